"""What came of a run of scenarios, as plain values: what the reports show, and what is written to results.json."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Verdict = Literal["passed", "warned", "failed", "skipped"]
Lane = Literal["caller", "service", "queue", "agent"]
WORST: tuple[Verdict, ...] = ("failed", "warned", "passed", "skipped")


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation, what was seen of it, and the verdict on it. `what` names the expectation: `queue`, `wait`."""

    what: str
    expected: str
    seen: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened in a call: `at` is in seconds since the call was placed; `seconds` how long it lasted.

    `says` is its label in pictures, a few words (`Anna Berg's phone rings`): longer ones are cut there. What has
    `seconds` is drawn as a bar, all else as a mark; what is not finite is left out of the picture.
    `kind` is one short word for its colour in pictures: placed, asked, decided, prompt, pressed, joined, waiting,
    rang, no answer, connected, talking, left, ended.
    """

    at: float
    lane: Lane
    kind: str
    says: str
    seconds: float | None = None


@dataclass(slots=True)
class CallResult:
    """One caller of a scenario. Times in seconds; None and empty where there was nothing.

    `placed_at` is when the call was placed, counted from the scenario's begin: callers of one scenario share a time
    axis.
    """

    name: str
    from_: str
    to: str
    call_id: str | None = None
    placed_at: float = 0.0
    customer: str | None = None
    segment: str | None = None
    queue: str | None = None
    priority: int | None = None
    agent: str | None = None
    wait_seconds: float | None = None
    route_ms: float | None = None
    outcome: str = "lost"
    reason: str = ""
    heard: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # what agents' phones showed, in order
    checks: tuple[Check, ...] = ()
    timeline: tuple[Moment, ...] = ()


@dataclass(slots=True)
class ScenarioResult:
    """One scenario. `why` says in a sentence why it was skipped, or what broke before there was a verdict.

    `evidence` maps a title (`SIP ladder`, `AMI timeline`, `queue_log`, `service log`, `recording of general-1`) to a
    file's name in `folder`, which is the scenario's own within the run's folder.
    """

    name: str
    file: str
    line: int
    about: str = ""
    tags: tuple[str, ...] = ()
    verdict: Verdict = "failed"
    why: str = ""
    seconds: float = 0.0
    worker: int = 1
    checks: tuple[Check, ...] = ()  # those of all callers together: their order
    calls: tuple[CallResult, ...] = ()
    folder: str = ""
    evidence: dict[str, str] = field(default_factory=dict)

    def all_checks(self) -> list[tuple[str, Check]]:
        """Every check with its caller's name, empty for those of all callers together."""
        own = [("", check) for check in self.checks]
        return own + [(call.name, check) for call in self.calls for check in call.checks]


@dataclass(slots=True)
class RunResult:
    """A whole run. `started_at` is Unix time; `versions` maps what was tested to its version."""

    target: str
    started_at: float
    seconds: float = 0.0
    workers: int = 1
    interrupted: bool = False
    versions: dict[str, str] = field(default_factory=dict)
    scenarios: list[ScenarioResult] = field(default_factory=list)

    def count(self) -> Counter[str]:
        """How many scenarios had each verdict."""
        return Counter(scenario.verdict for scenario in self.scenarios)

    def as_json(self) -> dict[str, Any]:
        """For programs: every field by its name."""
        return asdict(self) | {"count": dict(self.count())}


def worst(checks: "tuple[Check, ...] | list[Check]") -> Verdict:
    """The verdict on all of them together; passed when there is none."""
    verdicts = {check.verdict for check in checks}
    return next((verdict for verdict in WORST if verdict in verdicts), "passed")
