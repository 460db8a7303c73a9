"""What scores are made of: the sources, the metrics, what serving costs, and how much each counts.

A checked value; scoring.yaml is read elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr.domain.scoring.attributes import Attribute
from ivr.domain.scoring.formula import Weights
from ivr.domain.scoring.metrics import Metric
from ivr.domain.scoring.schedule import Schedule

ColumnType = Literal["text", "whole", "number", "money", "yes-no", "time"]
Origin = Literal["run", "given"]
ReportPart = Literal["revenue", "cost-to-serve", "agent-minutes"]
NUMBER_DIGITS = 3
"""Decimal digits of a number that is neither whole nor money."""
RATE_DIGITS = 6
OWN_CALLS = "calls"
"""The source that needs no setting: the calls that this product has recorded."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Which columns of a source say what serving cost; empty for none."""

    channel: str = ""
    agent_minutes: str = ""
    line_minutes: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows about customers. Where they lie is a setting of the machine.

    `customer` and `time` are columns; without a time the rows are always true. `zone` is for times
    that do not say theirs; `currency` a column that says which one a row's money is in. `oldest` is
    how many days old the newest row may be.
    """

    name: str
    customer: str
    time: str = ""
    columns: Mapping[str, ColumnType] = field(default_factory=dict)
    zone: str = ""
    currency: str = ""
    oldest: int | None = None
    owner: str = ""
    serving: Serving | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """What serving costs from Unix time `since` on, in the currency, as decimals are written."""

    since: int
    contact: Mapping[str, str]
    agent_minute: str = "0"
    line_minute: str = "0"


@dataclass(frozen=True, slots=True)
class Scoring:
    """Everything that a run needs to know, but for where the data lies and the calibration.

    `money_digits` are the decimal digits of the currency. `rates` say what one of another currency
    is worth, in millionths. `attributes` are those that are made: demographic ones that are off are
    not among them. `origins` say for each score which stands: a run's, or the given one.
    `report` says which metrics are added up for a manager.
    """

    version: str
    currency: str
    money_digits: int
    sources: Mapping[str, Source]
    metrics: Mapping[str, Metric]
    weights: Weights
    origins: Mapping[str, Origin]
    costs: tuple[Costs, ...] = ()
    rates: Mapping[str, int] = field(default_factory=dict)
    report: Mapping[ReportPart, str] = field(default_factory=dict)
    schedule: Schedule | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def made(self) -> Weights:
        """The weights of the scores that a run makes."""
        return {name: of for name, of in self.weights.items() if self.origins.get(name) == "run"}
