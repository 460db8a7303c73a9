"""Runs that calculate customers' scores, and what one leaves for each customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ivr.domain.scoring.attributes import AttributeColumn, AttributeValue
from ivr.domain.scoring.numbers import Values

RunState = Literal["running", "done", "failed", "withdrawn"]
"""A run that was killed is `running` until another begins; a rollback leaves one `withdrawn`."""


@dataclass(frozen=True, slots=True)
class CustomerScore:
    """What a run calculated for one customer: scores from 0 to 100, raw metrics, attributes.

    None for a score: the given one, from a CSV file, stands. What is not known is no attribute.
    """

    customer_id: str
    value: float | None
    potential: float | None
    need: float | None
    metrics: Mapping[str, float | None]
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoredCustomers:
    """What a run calculated for all customers: arrays, in the order of `customers`.

    NaN is no score, or a metric without a row. `metrics` are their states, by column; `unknown`
    says of some columns of whom nothing at all is known. Nobody is in `customers` twice.
    """

    customers: Sequence[str]
    scores: Mapping[str, Values]
    metrics: Mapping[str, Values]
    unknown: Mapping[str, Values] = field(default_factory=dict)
    attributes: Mapping[str, AttributeColumn] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunSource:
    """What a run took of one source. Times are Unix time; the numbers are of the rows that count.

    `as_of` is the time whose data counts: that of the run; that of an earlier run, where `error`
    says why the source could not be used; that of the newest row, where it is older than the
    `oldest` days that are allowed; None where nothing counts. `metrics` says of each metric how it
    was made, as a hash.
    """

    name: str
    as_of: float | None
    rows: int = 0
    bad: int = 0
    customers: int = 0
    newest: int | None = None
    oldest: int | None = None
    error: str = ""
    metrics: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoreRun:
    """One run. Times are Unix time in seconds.

    `run` is a number that no other run ever has. `version` is that of the scoring file,
    `calibration` that of the calibration. `customers` is how many it scored, `changed` how many of
    them it wrote. `why` says why it failed. `definition` names both, file and calibration, as they
    are kept; empty where they are not. `as_of` is how old its scores are, where that is not
    `began_at`: the time of the oldest source that they rest on. `sources` is empty for a run that
    did not say.
    """

    run: int
    state: RunState
    version: str
    calibration: str
    began_at: float
    ended_at: float | None
    withdrawn_at: float | None
    customers: int
    changed: int
    why: str
    definition: str = ""
    as_of: float | None = None
    sources: tuple[RunSource, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptScore:
    """What counts of the runs for a customer; `run` is the one in force."""

    run: int
    score: CustomerScore
