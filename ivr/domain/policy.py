"""The policy: which segments there are, and how each is treated. A checked value; files are read elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Overflow:
    """After so many seconds in the first queue, the caller moves on to another."""

    after_seconds: int
    queue: str


@dataclass(frozen=True, slots=True)
class Step:
    """What changes when the caller has waited so many seconds (`after`); None and empty change nothing.

    `say` names sounds; the words `position` and `wait` among them stand for the caller's place in the queue and
    for how long the wait is. `offer` is `voicemail` or empty, `then` (the waiting ends) `voicemail`, `end` or empty.
    """

    after: int
    priority: int | None = None
    queue: str | None = None
    say: tuple[str, ...] = ()
    offer: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a call gets: a queue and a priority in it (higher is served first), or a refusal."""

    queue: str | None = None
    priority: int = 0
    overflow: Overflow | None = None
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A named condition: every score named in `when` must be at least as high as it says."""

    name: str
    when: Mapping[str, float]
    treatment: str


@dataclass(frozen=True, slots=True)
class TestCalls:
    """What QA may call on a live system: from these numbers (E.164), to these, so many times a minute."""

    __test__ = False  # no pytest class, whatever its name

    callers: tuple[str, ...]
    dialled: tuple[str, ...]
    per_minute: int


@dataclass(frozen=True, slots=True)
class Policy:
    """How callers are treated. `version` is the hash of the files that it was read from.

    `score` says how much each score counts in the overall score; only the proportions matter.
    """

    region: str
    score: Mapping[str, float]
    segments: tuple[Segment, ...]
    treatments: Mapping[str, Treatment]
    default: str
    blocked: str
    version: str
    test: TestCalls | None = None

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """The policy that `dataclasses.asdict` took apart, or that was checked as a file.

        Raises KeyError, TypeError or AttributeError when `data` has another form; values are not looked at.
        """
        treatments = {name: _treatment(**treatment) for name, treatment in data["treatments"].items()}
        segments = tuple(Segment(**segment) for segment in data["segments"])
        return cls(**{**data, "segments": segments, "treatments": treatments, "test": _test_calls(data.get("test"))})


def _test_calls(data: Mapping[str, Any] | None) -> TestCalls | None:
    return TestCalls(tuple(data["callers"]), tuple(data["dialled"]), data["per_minute"]) if data else None


def _treatment(overflow: Mapping[str, Any] | None, **others: Any) -> Treatment:
    return Treatment(**others, overflow=Overflow(**overflow) if overflow else None)
