"""How a decision came about, as data: what was tried, what chose the treatment, on which facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ivr.domain.json_dataclasses import stored_as
from ivr.domain.routing.facts import CallerNotes

Tier = Literal["live", "snapshot", "default"]


@dataclass(frozen=True, slots=True)
class FailedCondition:
    """A condition that could not be evaluated, and why."""

    condition: str
    problem: str = ""

    def __str__(self) -> str:
        return f"{self.condition}: {self.problem}" if self.problem else self.condition


@dataclass(frozen=True, slots=True)
class Trace:
    """What led to a decision.

    `facts` and `notes` with the policy of `policy_version` give the decision again.

    `rule` names what chose the treatment, `adjustments` the rules that changed something in it,
    `reason` says it in a sentence. `tier` is the step of the fail-open ladder: `live` when the
    customers could be asked, `snapshot` when their last known state was used, `default` when
    nothing was known.
    """

    rule: str
    reason: str
    tier: Tier = field(metadata=stored_as("rung"))
    policy_version: str
    adjustments: tuple[str, ...] = ()  # the defaults are for older records
    failed: tuple[FailedCondition, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    notes: CallerNotes = field(default_factory=CallerNotes)


class Tried(NamedTuple):
    """One segment or rule, as it was tried.

    `failed` is the first condition that did not hold, `problem` why it could not be evaluated.
    `entered` is how a customer came to be in a segment. `takes` is the trust that it takes, where
    there is less. `decided_by` is what decided before it was reached; then `would` is whether it
    would have held.
    """

    kind: Literal["segment", "rule"]
    name: str
    held: bool
    failed: str = ""
    problem: str = ""
    entered: Literal["", "by conditions", "by number", "before"] = ""
    takes: str = ""
    decided_by: str = ""
    would: bool | None = None
