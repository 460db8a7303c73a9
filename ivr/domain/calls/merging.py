"""What queue_log adds to what is on record of a call, at times that keep the order of its lines."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ivr.domain.calls.events import CallEnded, CallEvent
from ivr.domain.calls.reconciliation import missing

_STEP = 0.0001  # seconds between two events whose times are told alike
_LAST = 0.9999  # of a second


def added(known: Sequence[CallEvent], told: Sequence[CallEvent]) -> list[CallEvent]:
    """Find what is not `known` of all that queue_log says of a call, in the order of its lines.

    queue_log's times are whole seconds, cut off: an event of 10.9 s would come before one that was
    seen at 10.7. So each is moved within its second, behind what was seen of the lines before it;
    and no two of a kind have the same time.
    """
    wanted = Counter(missing([_as_told(event) for event in known], told))
    seen = sorted(event.at for event in known)
    taken = {(event.kind, event.at) for event in known}
    found: list[CallEvent] = []
    floor = float("-inf")
    for event in sorted(told, key=_in_order):
        if not wanted[event]:
            floor = max(floor, _seen_within(seen, event.at))
            continue
        wanted[event] -= 1
        at = min(max(event.at, floor + _STEP), event.at + _LAST)
        while (event.kind, at) in taken:
            at += _STEP
        taken.add((event.kind, at))
        found.append(replace(event, at=at))
        floor = max(floor, at)
    return found


def _in_order(event: CallEvent) -> tuple[float, bool]:
    """Say where an event belongs: Asterisk may write that a talk is over after the call's end."""
    return event.at, isinstance(event, CallEnded)


def told_twice(known: Sequence[CallEvent]) -> list[CallEvent]:
    """Find what is on record from queue_log, and was told by Asterisk's events after that.

    Then those count: their times are exact.
    """
    logged = [event for event in known if event.source == "queue_log"]
    if not logged:
        return []
    others = [event for event in known if event.source != "queue_log"]
    as_told = [_as_told(event) for event in logged]
    wanted = Counter(missing(others, as_told))
    found: list[CallEvent] = []
    for event, told in zip(logged, as_told, strict=True):
        if wanted[told]:
            wanted[told] -= 1
        else:
            found.append(event)
    return found


def _as_told(event: CallEvent) -> CallEvent:
    """Return an event as the line has it that it was read from."""
    return replace(event, at=float(int(event.at))) if event.source == "queue_log" else event


def _seen_within(seen: Sequence[float], second: float) -> float:
    """Return the last time within this second at which something was seen, else the second."""
    place = bisect_right(seen, second + _LAST)
    return seen[place - 1] if place and seen[place - 1] >= second else second
