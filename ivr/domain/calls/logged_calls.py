"""What queue_log says of calls of ours, gathered until they have ended."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ivr.domain.calls.events import AgentLeft, CallEnded, CallEvent
from ivr.domain.calls.gaps import Gap

Position = TypeVar("Position")
MOST_CALLS, MOST_EVENTS, LONGEST_SECONDS = 10_000, 200, 4 * 3600.0
LATE_SECONDS = 30.0  # after a call's end in which a line of it may still come


@dataclass(slots=True)
class _Logged(Generic[Position]):
    """A call: its events, and the position before the first of them."""

    before: Position
    began_at: float
    events: list[CallEvent] = field(default_factory=list)
    is_needed: bool = False  # Asterisk's own events do not tell all of it
    is_told: bool = True


class LoggedCalls(Generic[Position]):
    """Gathers, line by line, and says which calls are to be reconciled.

    A call is told whole, from its first line, again with each line that is new: who compares it
    with what is on record sees what is missing. `knows` says whether Asterisk's events have told
    of a call, `saw_end` whether they told of its end. Where reading is to go on after a restart,
    `position` says: before the first line of the oldest call that has not ended.

    Lines of other channels of a call may come after that of its end (a colleague's, an agent's):
    such a call is told once more.
    """

    def __init__(
        self,
        position: Position,
        knows: Callable[[str], bool],
        saw_end: Callable[[str], bool],
    ) -> None:
        self._position, self._knows, self._saw_end = position, knows, saw_end
        self._calls: OrderedDict[str, _Logged[Position]] = OrderedDict()
        self._ended: OrderedDict[str, tuple[float, _Logged[Position]]] = OrderedDict()
        self._last_at = float("-inf")

    @property
    def position(self) -> Position:
        """Where reading is to go on."""
        return next(iter(self._calls.values())).before if self._calls else self._position

    def has(self, call_id: str) -> bool:
        """Say whether it is one of ours that has not ended, or has of late."""
        return call_id in self._calls or call_id in self._ended

    def line(
        self, after: Position, at: float, events: Sequence[CallEvent], *, is_covered: bool
    ) -> dict[str, tuple[CallEvent, ...]]:
        """Take a line of a call of ours; gives the calls that are to be reconciled now."""
        before, self._position = self._position, after
        self._last_at = max(self._last_at, at)
        if not events:
            return {}
        name = events[0].call_id
        _, call = self._ended.pop(name, (at, self._calls.get(name)))
        if call is None:
            if all(isinstance(event, AgentLeft) for event in events):
                return {}  # of a call that ended before we began to read
            call = _Logged(before, at)
        has_ended = name not in self._calls and bool(call.events)
        call.events = [*call.events, *events][-MOST_EVENTS:]
        call.is_needed = call.is_needed or not is_covered or not self._knows(name)
        call.is_told = False
        if not has_ended and not any(isinstance(event, CallEnded) for event in events):
            self._calls[name] = call
            self._forget_old(at)
            return {}
        self._calls.pop(name, None)
        self._ended[name] = at, call
        self._forget_old(at)
        return {name: tuple(call.events)} if call.is_needed else {}

    def passes(self, after: Position) -> None:
        """Take a line that says nothing of calls of ours."""
        self._position = after

    def going_on(self) -> dict[str, tuple[CallEvent, ...]]:
        """Give the calls that have not ended, are to be reconciled, and have lines that are new."""
        ready = {}
        for name, call in self._calls.items():
            if call.is_needed and not call.is_told:
                ready[name] = tuple(call.events)
                call.is_told = True
        return ready

    def restarted(
        self, after: Position, at: float, seen_until: float
    ) -> tuple[dict[str, tuple[CallEvent, ...]], Gap | None]:
        """Asterisk has begun anew: the calls that have not ended were cut off, nobody saw when.

        It was after `seen_until`, when something was heard last, or after the last line.
        """
        self._position = after
        died = min(at, max(seen_until, self._last_at))
        cut = {
            name: (*call.events, CallEnded(name, died, 0, source="queue_log"))
            for name, call in self._calls.items()
            if not self._saw_end(name)
        }
        self._calls.clear()
        self._ended.clear()
        gap = Gap("calls", died, at, "Asterisk ended without a word", tuple(cut)) if cut else None
        return cut, gap

    def _forget_old(self, now: float) -> None:
        while self._ended:
            ended_at, _ = next(iter(self._ended.values()))
            if len(self._ended) <= MOST_CALLS and ended_at > now - LATE_SECONDS:
                break
            self._ended.popitem(last=False)
        while self._calls:
            oldest = next(iter(self._calls.values()))
            if len(self._calls) <= MOST_CALLS and oldest.began_at > now - LONGEST_SECONDS:
                return
            self._calls.popitem(last=False)
