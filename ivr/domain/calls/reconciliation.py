"""What one source tells of a call and the other did not: so that each event counts once.

AMI and queue_log tell of the same events. queue_log's times are whole seconds, cut off; a line of
the dialplan's own may be written a moment after its event was sent, and AMI's events may be late by
seconds (4 were seen): so a time alone does not say which is which. Events are of one kind, and of
one queue, agent or word, as their values say; of those, the first of one source is the first of the
other, and so on, unless AMI missed some: then those are taken for the same that are told of the
same stay, and whose times are nearest. Never are two events of one source taken for one.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import accumulate

from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallStarted,
    PartOf,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)

EARLY, LATE = 2.0, 10.0
"""Seconds that AMI may be before queue_log's second, and behind it, on a machine that is busy."""
_OTHER_STAY, _OTHER_VALUE = 1.0, 0.1  # as if they were so many seconds further apart
_ONCE = (CallStarted, CallEnded, PartOf)
_NOT_COMPARED = frozenset({"call_id", "at", "source", "agent", "interface"})
_NOT_SAID = (None, "")

_UNKNOWN = "ABANDON"  # AMI's status of a leaving, whatever it was

_Events = Sequence[CallEvent]
_Names = Mapping[str, str]  # of agents, by their interfaces
_Alike = tuple[object, ...]
_Score = tuple[int, float]  # pairs, and how near they are: more is better


def missing(known: Sequence[CallEvent], told: Sequence[CallEvent]) -> list[CallEvent]:
    """Find what of `told`, all that queue_log says of one call so far, is not `known`.

    `known` is all that is on record of the call, from AMI and from queue_log. What is found is in
    the order of time. A caller who left a queue for a reason that AMI did not say has left with the
    status ABANDON there: then what queue_log says is not known, though AMI told of the leaving.
    """
    names = _names([*known, *told])
    told = sorted(told, key=_time)
    fresh = _not_read_before(told, known, names)
    seen = sorted((one for one in known if one.source != "queue_log"), key=_time)
    pairs = _matched(told, fresh, seen, names)
    kinds = {type(one) for one in known}
    found: list[CallEvent] = []
    for place in fresh:
        event = told[place]
        if isinstance(event, _ONCE):
            if type(event) not in kinds:
                found.append(event)
                kinds.add(type(event))
        elif place not in pairs or _says_why(told, place, pairs[place], known):
            found.append(event)
    return found


@dataclass(slots=True)
class _Group:
    """Events that only their times and order tell apart: their places in the two lists."""

    told: list[int] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)

    def pairs(
        self,
        told: _Events,
        seen: _Events,
        cost: Callable[[int, int], float],
    ) -> dict[int, int]:
        """Say which of AMI's each told one is, if any."""
        pairs = _nearest(
            [told[place].at for place in self.told],
            [seen[place].at for place in self.seen],
            lambda i, j: cost(self.told[i], self.seen[j]),
        )
        return {self.told[i]: self.seen[j] for i, j in pairs}


def _matched(
    told: _Events,
    fresh: Sequence[int],
    seen: _Events,
    names: _Names,
) -> dict[int, CallEvent]:
    """Say which event of AMI's each told one is, by its place: first the joins, of the stays."""
    groups: dict[_Alike, _Group] = defaultdict(_Group)
    for place in fresh:
        groups[_alike(told[place], names)].told.append(place)
    for place, event in enumerate(seen):
        groups[_alike(event, names)].seen.append(place)
    stays = _stays(told)
    possible = [(0, len(told))] * len(seen)  # stays that each event of AMI's may be of

    def cost(one: int, other: int) -> float:
        first, last = possible[other]
        elsewhere = 0.0 if first <= stays[one] <= last else _OTHER_STAY
        differences = _OTHER_VALUE * _differences(told[one], seen[other])
        return elsewhere + differences + _apart(told[one], seen[other])

    found: dict[int, int] = {}
    for group in (each for alike, each in groups.items() if alike[0] is QueueJoined):
        found |= group.pairs(told, seen, cost)
    begun = {other: stays[one] for one, other in found.items()}
    possible = _possible_stays(len(seen), begun, len(told))
    for group in (each for alike, each in groups.items() if alike[0] is not QueueJoined):
        found |= group.pairs(told, seen, cost)
    return {one: seen[other] for one, other in found.items()}


def _nearest(
    told: Sequence[float], seen: Sequence[float], cost: Callable[[int, int], float]
) -> Iterator[tuple[int, int]]:
    """Pair as many as there can be, in order, none too far apart, and so that they cost least.

    The times ascend. What is best for the first `i` and `j` of both is worked out only where the
    times can be the same: so a call with thousands of events takes no longer than they are many.
    """
    first = [bisect_left(seen, at - EARLY) for at in told]
    last = [bisect_right(seen, at + 1 + LATE) for at in told]
    rows: list[list[_Score]] = [[(0, 0.0)]]  # rows[i][j - first of i]

    def best(i: int, j: int) -> _Score:
        if not i:
            return 0, 0.0
        return rows[i][min(j, last[i - 1]) - first[i - 1]]

    for i, (begin, end) in enumerate(zip(first, last, strict=True), start=1):
        row = [best(i - 1, begin)]
        for j in range(begin + 1, end + 1):
            pairs, nearness = best(i - 1, j - 1)
            both = pairs + 1, nearness - cost(i - 1, j - 1)
            row.append(max(best(i - 1, j), row[-1], both))
        rows.append(row)
    i, j = len(told), len(seen)
    while i:
        j = min(j, last[i - 1])
        if j <= first[i - 1] or best(i, j) == best(i - 1, j):
            i -= 1
        elif best(i, j) == best(i, j - 1):
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield i, j


def _stays(events: _Events) -> list[int]:
    """Give the number of each event's stay; 0 before the first."""
    return list(accumulate(isinstance(event, QueueJoined) for event in events))


def _possible_stays(many: int, begun: Mapping[int, int], most: int) -> list[tuple[int, int]]:
    """Say of which stays each event may be, as the first and the last.

    That is from the one that has begun to the one before the next that AMI saw begin.
    """
    found: list[tuple[int, int]] = []
    following = most
    firsts = list(accumulate((begun.get(place, 0) for place in range(many)), max))
    for place in reversed(range(many)):
        found.append((firsts[place], following))
        if place in begun:
            found[-1] = begun[place], following
            following = begun[place] - 1
    return found[::-1]


def _not_read_before(told: _Events, known: _Events, names: _Names) -> list[int]:
    """Give the places of what is not on record from queue_log, each as often as it is told."""
    lines: dict[tuple[_Alike, float], list[CallEvent]] = defaultdict(list)
    for event in known:
        if event.source == "queue_log":
            lines[_alike(event, names), event.at].append(event)
    found = []
    for place, event in enumerate(told):
        same = lines[_alike(event, names), event.at]
        read = next((one for one in same if not _differences(event, one)), None)
        if read is None:
            found.append(place)
        else:
            same.remove(read)
    return found


def _says_why(told: _Events, place: int, seen: CallEvent, known: _Events) -> bool:
    """Whether it is a leaving of which AMI did not know why, and nothing else says so.

    The dialplan may: so it is waited for what comes after it.
    """
    event = told[place]
    if not isinstance(event, QueueLeft) or not isinstance(seen, QueueLeft):
        return False
    if seen.status != _UNKNOWN or event.status == _UNKNOWN:
        return False
    if place == len(told) - 1 and max(map(_time, known)) <= event.at + 1 + EARLY:
        return False
    stays = _stays(told)
    others = [told[other] for other in range(len(told)) if stays[other] == stays[place]]
    others = [*(one for one in others if one is not event), *known]
    return not any(
        isinstance(one, QueueLeft)
        and (one.queue, one.status) == (event.queue, event.status)
        and event.at - EARLY <= one.at <= event.at + 1 + LATE
        for one in others
    )


def _alike(event: CallEvent, names: _Names) -> _Alike:
    """Give what two events have in common that may be the same one: the kind, and of what."""
    of: tuple[object, ...] = ()
    match event:
        case QueueJoined() | QueueLeft():
            of = (event.queue,)
        case AgentDidNotAnswer() | AgentConnected() | AgentRang():
            of = event.queue, _name(event.agent, event.interface, names)
        case CallCompleted():
            of = event.queue, _name(event.agent, "", names)
        case AgentLeft(interface=said) | PassedOn(how=said):
            of = (said,)
        case CallerAsked(ask=said) | CallHandled(what=said):
            of = (said,)
        case PriorityGiven():
            of = (event.priority,)
    return type(event), *of


def _names(events: Iterable[CallEvent]) -> dict[str, str]:
    """Collect the agents' names, by their interfaces: one source may know only one of them."""
    return {
        event.interface: event.agent
        for event in events
        if isinstance(event, AgentRang | AgentDidNotAnswer | AgentConnected)
        and event.agent not in ("", event.interface)
    }


def _name(agent: str, interface: str, names: _Names) -> str:
    if agent and agent != interface:
        return names.get(agent, agent)
    return names.get(interface, interface)


def _differences(one: CallEvent, other: CallEvent) -> int:
    """Count the values that differ, of those that both say."""
    compared = [each.name for each in fields(one) if each.name not in _NOT_COMPARED]
    values = [(getattr(one, name), getattr(other, name)) for name in compared]
    return sum(a != b for a, b in values if a not in _NOT_SAID and b not in _NOT_SAID)


def _apart(told: CallEvent, seen: CallEvent) -> float:
    """Count the seconds between an event and the whole second that queue_log says."""
    return max(0.0, told.at - seen.at, seen.at - (told.at + 1))


def _time(event: CallEvent) -> float:
    return event.at
