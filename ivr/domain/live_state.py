"""Who waits and who talks now, and how the queues are: a fold of what happens to calls of ours.

Nothing here is thrown away because nobody hears from Asterisk: what was known stays, with the time
at which it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ivr.domain.calls.agent_states import AgentShown
from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallHandled,
    CallRouted,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.member_events import QueuePicture, TalkingCaller, WaitingCaller

MOST_CALLERS = 10_000  # known at a time: of more the oldest is forgotten
MOST_TOLD = 1000  # callers, and agents, that are told of; of more only how many
Parts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CallerNotice:
    """What is on record of a call: which rule decided, why, and for which segment."""

    rule: str
    reason: str
    segment: str = ""
    priority: int | None = None


@dataclass(slots=True)
class _Here:
    """A caller. `doing` is empty while they neither wait nor talk.

    `entered` is when they came to this queue, `since` when they began to do what they do.
    """

    call_id: str
    number: str = ""
    segment: str = ""
    priority: int | None = None
    test: bool = False
    queue: str = ""
    doing: Literal["", "waiting", "talking"] = ""
    since: float = 0.0
    entered: float = 0.0
    place: int = 0  # as it was told
    agent: str = ""
    interface: str = ""
    rings: str = ""
    has_talked: bool = False


class LiveState:
    """The callers of ours."""

    def __init__(self) -> None:
        self._here: dict[str, _Here] = {}  # by call id, the oldest first
        self._routed_again: set[str] = set()

    def __len__(self) -> int:
        return len(self._here)

    @property
    def shown(self) -> list[str]:
        """The calls that are told of, those that were first in the beginning."""
        found = sorted(
            (each for each in self._here.values() if each.doing),
            key=lambda each: (each.since, each.call_id),
        )
        return [each.call_id for each in found[:MOST_TOLD]]

    def routed_again(self) -> set[str]:
        """Give, once, the calls of which what is on record may have changed."""
        given, self._routed_again = self._routed_again, set()
        return given

    def happened(self, event: CallEvent) -> None:
        """Take what happened to a call of ours."""
        if isinstance(event, CallEnded):
            self._here.pop(event.call_id, None)
            return
        here = self._here.get(event.call_id)
        if here is None:
            if not isinstance(event, CallRouted | QueueJoined | AgentConnected):
                return
            here = self._came(event.call_id)
        self._fold(here, event)

    def picture(self, picture: QueuePicture) -> None:
        """Take who is there anew. Who is not in Asterisk any more is not here either."""
        waiting = {each.call_id: each for each in picture.waiting}
        agents = {each.interface: each.name for each in picture.members}
        for call in [each for each in self._here if each not in picture.alive]:
            if call not in waiting:
                del self._here[call]
        for each in picture.waiting:
            here = self._here.get(each.call_id) or self._came(each.call_id)
            self._waits(here, each)
        for talk in picture.talking.values():
            here = self._here.get(talk.call_id) or self._came(talk.call_id)
            self._talks(here, talk, agents.get(talk.interface, talk.interface), picture.at)
        in_call = {each.interface for each in picture.members if each.in_call}
        for call, here in self._here.items():
            is_member = here.interface in agents and here.interface not in in_call
            talks = call in picture.talking or not is_member
            if call not in waiting and (here.doing == "waiting" or not talks):
                here.doing = ""

    def parts(
        self,
        at: float | None,
        agents: Iterable[AgentShown],
        queues: Iterable[str],
        notices: Mapping[str, CallerNotice],
        now: float,
    ) -> Parts:
        """Tell all of it, as it was known `at` that time; None: nothing was ever known.

        `notices` are what is on record of calls, as far as that is known.
        """
        shown = [self._here[call] for call in self.shown]
        positions = self._positions()
        known = sorted(agents, key=lambda each: (each.name, each.interface))
        rows = [_row(each, positions, notices.get(each.call_id)) for each in shown]
        until = now if at is None else at
        return {
            "callers": {"at": at, "rows": rows, "more": self._count() - len(rows)},
            "agents": {
                "at": at,
                "rows": [_agent_row(each) for each in known[:MOST_TOLD]],
                "more": max(0, len(known) - MOST_TOLD),
            },
            "queues": {"at": at, "rows": self._queue_rows(known, queues, until)},
        }

    def _count(self) -> int:
        return sum(1 for each in self._here.values() if each.doing)

    def _came(self, call: str) -> _Here:
        here = self._here[call] = _Here(call)
        if len(self._here) > MOST_CALLERS:
            del self._here[next(iter(self._here))]
        return here

    def _fold(self, here: _Here, event: CallEvent) -> None:
        match event:
            case CallRouted():
                self._routed(here, event)
            case PriorityGiven():
                here.priority = event.priority
            case QueueJoined():
                if not (here.doing == "talking" and event.at < here.since):  # told late
                    self._joined(here, event.queue, event.at, event.position)
            case AgentConnected():
                talk = TalkingCaller(event.call_id, event.queue, event.interface)
                self._talks(here, talk, event.agent, event.at)
            case QueueLeft() if here.doing == "waiting" and here.queue == event.queue:
                here.doing, here.rings = "", ""
            case AgentRang() | AgentDidNotAnswer() if here.doing == "waiting":
                self._rings(here, event)
            case _ if here.doing == "talking" and _ends_talk(event, here.interface):
                here.doing = ""

    def _routed(self, here: _Here, event: CallRouted) -> None:
        here.number, here.segment = event.caller_number, event.segment
        here.priority, here.test = event.priority, event.test
        self._routed_again.add(event.call_id)
        while len(self._routed_again) > MOST_CALLERS:
            self._routed_again.pop()

    def _rings(self, here: _Here, event: AgentRang | AgentDidNotAnswer) -> None:
        if isinstance(event, AgentRang):
            here.rings = event.agent or event.interface
        elif here.rings in (event.agent, event.interface):
            here.rings = ""

    def _joined(self, here: _Here, queue: str, at: float, position: int) -> None:
        """They wait, since they began to: also in another queue, and when a step was between."""
        is_first = here.has_talked or not here.since
        here.since = at if is_first else min(here.since, at)
        here.doing, here.queue, here.entered, here.place = "waiting", queue, at, position
        here.rings = here.agent = here.interface = ""
        here.has_talked = False

    def _waits(self, here: _Here, entry: WaitingCaller) -> None:
        if here.doing != "waiting" or here.queue != entry.queue:
            self._joined(here, entry.queue, entry.since, entry.position)
        here.place = entry.position
        here.number = here.number or entry.number
        here.priority = here.priority if entry.priority is None else entry.priority

    def _talks(self, here: _Here, talk: TalkingCaller, agent: str, at: float) -> None:
        if here.doing == "talking" and here.interface == talk.interface:
            return
        here.doing, here.since, here.has_talked, here.rings = "talking", at, True, ""
        here.queue = talk.queue or here.queue
        here.agent, here.interface = agent, talk.interface
        here.number = here.number or talk.number

    def _positions(self) -> dict[str, int]:
        """Give each who waits their place: who has the highest priority, and came first."""
        waiting = [each for each in self._here.values() if each.doing == "waiting"]
        waiting.sort(key=lambda each: (-(each.priority or 0), each.entered, each.place))
        counted: dict[str, int] = {}
        places: dict[str, int] = {}
        for each in waiting:
            places[each.call_id] = counted[each.queue] = counted.get(each.queue, 0) + 1
        return places

    def _queue_rows(
        self,
        agents: Iterable[AgentShown],
        queues: Iterable[str],
        until: float,
    ) -> list[Parts]:
        """Tell of each queue. The longest wait is in seconds, from the caller's first queue on."""
        none: Parts = {"waiting": 0, "longest_wait": None, "agents": 0, "free": 0}
        rows = {name: {"queue": name, **none} for name in sorted(queues)}
        first: dict[str, float] = {}
        for here in self._here.values():
            if here.doing == "waiting" and (row := rows.get(here.queue)):
                row["waiting"] += 1
                first[here.queue] = min(here.since, first.get(here.queue, here.since))
        for agent in agents:
            for what, where in (("agents", agent.queues), ("free", agent.free_in)):
                for queue in where:
                    if row := rows.get(queue):
                        row[what] += 1
        for queue, since in first.items():
            rows[queue]["longest_wait"] = round(max(0.0, until - since), 1)
        return list(rows.values())


def _ends_talk(event: CallEvent, interface: str) -> bool:
    if isinstance(event, AgentLeft):
        return event.interface == interface
    if isinstance(event, PassedOn):
        return event.to != interface
    return isinstance(event, CallCompleted | CallHandled)


def _row(here: _Here, positions: Mapping[str, int], notice: CallerNotice | None) -> Parts:
    priority = here.priority
    return {
        "call_id": here.call_id,
        "number": here.number,
        "segment": here.segment or (notice.segment if notice else ""),
        "priority": notice.priority if priority is None and notice else priority,
        "queue": here.queue,
        "state": here.doing,
        "since": round(here.since, 3),
        "position": positions.get(here.call_id),
        "agent": here.agent,
        "rings": here.rings,
        "rule": notice.rule if notice else None,
        "reason": notice.reason if notice else None,
        "test": here.test,
    }


def _agent_row(agent: AgentShown) -> Parts:
    return {
        "agent": agent.name,
        "interface": agent.interface,
        "state": agent.state,
        "since": round(agent.since, 3),
        "reason": agent.reason,
        "call_id": agent.call_id,
        "queues": agent.queues,
    }
