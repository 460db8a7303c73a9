"""Which of the recorded calls somebody asks for, and what a list tells of each."""

from dataclasses import dataclass

from ivr.domain.calls.history import CallHistory


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What has to be so of a call; all of it, and nothing where a field is empty.

    `endings` are digits, one of which the caller's number has to end with, or it is one of
    `numbers`. Queue and agent are those of any stay and talk of the call. The call was routed at
    `since` or later, and before `until` (Unix time).
    """

    customer: str = ""
    endings: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    queue: str = ""
    agent: str = ""
    segment: str = ""
    outcome: str = ""
    since: float | None = None
    until: float | None = None


ALL_CALLS = CallFilter()


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call as a list has it: `customer_id` and `reason` are those of its last decision."""

    history: CallHistory
    customer_id: str | None
    reason: str | None
