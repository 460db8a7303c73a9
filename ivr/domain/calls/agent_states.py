"""Folds what Asterisk says of queue members and of calls into the states of agents.

Only what is ours counts: declared agents, and members of our queues. A call of ours says more than
the phone does, and what somebody chose (a pause) more than what follows from something.

Several of Asterisk's threads tell of one thing, in any order and some milliseconds apart: a phone
is still in use when the talk is over, or rings before it is said for whom. So a phone in use counts
for itself only once that has lasted for a moment (SETTLE); the change is dated back then. A phone
that has been free for as long ends what was told of a call.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ivr.domain.agents import Agent
from ivr.domain.calls.events import (
    AgentChanged,
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    AgentRang,
    AgentState,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallHandled,
    PassedOn,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.member_events import MemberState, MemberTold, QueuePicture, TalkingCaller
from ivr.domain.calls.tracked_agent import NEVER, SETTLE, UNKNOWN_CALL, OwnTalk, TrackedAgent

MOST_AGENTS = 10_000  # whoever adds members can add any number: those beyond are not followed
Changes = list[AgentChanged]

_ABOUT_ONE = (AgentRang, AgentDidNotAnswer, AgentLeft)
_ENDS_TALK = (
    AgentConnected,  # of somebody else
    AgentLeft,
    CallCompleted,
    CallEnded,
    CallHandled,
    PassedOn,
    QueueJoined,
)
_ENDS_RING = (
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    CallEnded,
    CallHandled,
    QueueJoined,
    QueueLeft,
)


@dataclass(frozen=True, slots=True)
class AgentShown:
    """An agent as last known.

    `queues` are those of ours that they are in, `free_in` where they may be rung now.
    """

    interface: str
    name: str
    state: AgentState
    since: float
    reason: str
    call_id: str
    queues: tuple[str, ...]
    free_in: tuple[str, ...]


class AgentStates:
    """The states of all agents. Each method returns what changed by it, in order.

    `wrapups` gives the seconds after a talk for each queue that has any; it may be replaced.
    """

    def __init__(self, wrapups: Mapping[str, float] | None = None) -> None:
        self.wrapups: Mapping[str, float] = wrapups or {}
        self._agents: dict[str, TrackedAgent] = {}
        self._own: frozenset[str] = frozenset()
        self._of_call: dict[str, set[str]] = {}  # who has this call, on the phone or ringing
        self._waited_for: set[str] = set()
        self._gone: dict[str, TrackedAgent] = {}  # who is followed no more
        self._watched = False

    def __len__(self) -> int:
        return len(self._agents)

    @property
    def agents(self) -> Iterator[AgentShown]:
        """All of them, as last known."""
        for each in self._agents.values():
            if told := each.shown:
                open_ = (queue for queue, place in each.places.items() if place.paused_for is None)
                yield AgentShown(
                    each.interface,
                    each.name,
                    told.state,
                    told.at,
                    told.reason,
                    told.call_id,
                    tuple(sorted(each.places)),
                    tuple(sorted(open_)) if told.state == "ready" else (),
                )

    def declare(self, agents: Iterable[Agent], own_queues: frozenset[str], at: float) -> Changes:
        """Another policy is in force: these are our agents and queues now."""
        self._own = own_queues
        declared = {agent.interface: agent.name for agent in agents}
        for interface, name in declared.items():
            self._followed(interface, name).name = name
        changes: Changes = []
        for agent in list(self._agents.values()):
            agent.is_declared = agent.interface in declared
            agent.places = {q: each for q, each in agent.places.items() if q in own_queues}
            changes += self._tell(agent, at, "declared")
        return changes

    def member(self, event: MemberTold) -> Changes:
        """Take what was told of a member."""
        told = event.member
        agent = self._agents.get(told.interface)
        if told.queue not in self._own:
            return []
        if agent is None:
            if event.what == "removed" or len(self._agents) >= MOST_AGENTS:
                return []
            agent = self._followed(told.interface, told.name)
        changes = self._passed(agent, event.at)
        if event.what == "removed":
            agent.places.pop(told.queue, None)
        else:
            agent.is_member(told)
        agent.phone_is(told.device, event.at)
        return changes + self._tell(agent, event.at, f"member {event.what}")

    def call(self, event: CallEvent) -> Changes:
        """Take what happened to a call of ours."""
        call, about = event.call_id, set(self._of_call.get(event.call_id, ()))
        if isinstance(event, AgentRang | AgentConnected):
            about.add(event.interface)
        elif isinstance(event, CallCompleted) and not about:
            call = UNKNOWN_CALL
            about = {each for each in self._of_call.get(call, ()) if self._is_of(each, event)}
        changes: Changes = []
        for interface in sorted(about):
            if (agent := self._agents.get(interface)) is not None:
                changes += self._passed(agent, event.at)
                before = agent.calls
                self._happened(agent, event, call)
                self._index(agent, before)
                changes += self._tell(agent, event.at, event.kind)
        return changes

    def picture(self, picture: QueuePicture) -> Changes:
        """Take all of it anew, after a login."""
        changes: Changes = []
        for agent in list(self._agents.values()):
            changes += self._passed(agent, picture.at)
        self._watched = True
        members: dict[str, list[MemberState]] = {}
        for member in picture.members:
            if member.queue in self._own:
                members.setdefault(member.interface, []).append(member)
        for interface, theirs in members.items():
            if len(self._agents) < MOST_AGENTS:
                self._followed(interface, theirs[0].name)
        talks = {each.interface: each for each in picture.talking.values()}
        waiting = {each.call_id for each in picture.waiting}
        for agent in list(self._agents.values()):
            before = agent.calls
            agent.renew(members.get(agent.interface, ()), picture.at, self.wrapups)
            for call in [*agent.rings]:
                if call not in waiting or agent.device != "in use":
                    agent.stop_ringing(call, picture.at)
            self._talks(agent, talks.get(agent.interface), picture)
            self._index(agent, before)
            changes += self._tell(agent, picture.at, "picture", at_once=True)
        return changes

    def lost(self, at: float) -> Changes:
        """Nobody watches any more."""
        changes: Changes = []
        if self._watched:
            for agent in list(self._agents.values()):
                changes += self._passed(agent, at)
                changes += self._say(agent, "not known", "", "", at, "connection lost")
                agent.held_at = None
        self._watched = False
        return changes

    def due(self, now: float) -> Changes:
        """Say what has changed by the time that has passed."""
        changes: Changes = []
        for interface in sorted(self._waited_for):
            if (agent := self._agents.get(interface)) is not None:
                changes += self._passed(agent, now)
        return changes

    def _followed(self, interface: str, name: str) -> TrackedAgent:
        """Return the agent of this interface, who is followed from now on, after what was told."""
        if interface not in self._agents:
            before = self._gone.pop(interface, None)
            told = before.told if before else None
            self._agents[interface] = TrackedAgent(interface, name, told=told)
        return self._agents[interface]

    def _happened(self, agent: TrackedAgent, event: CallEvent, call: str) -> None:
        """Change what is known of an agent who has this call, or gets it."""
        at, is_theirs = event.at, getattr(event, "interface", "") == agent.interface
        if isinstance(event, _ABOUT_ONE) and not is_theirs:
            return
        if isinstance(event, AgentRang):
            agent.rang(call, at)
            return
        if isinstance(event, AgentConnected) and is_theirs:
            agent.begin(OwnTalk(call, event.queue, at))
            return
        if isinstance(event, _ENDS_RING):
            agent.stop_ringing(call, at)
        if isinstance(event, _ENDS_TALK) and not _spares(event, agent):
            agent.end(call, at, self.wrapups)

    def _talks(
        self,
        agent: TrackedAgent,
        talk: TalkingCaller | None,
        picture: QueuePicture,
    ) -> None:
        """Take with whom they talk, as the picture has it."""
        at = picture.at
        in_call = next((queue for queue, each in agent.places.items() if each.in_call), None)
        if talk is not None:
            agent.begin(OwnTalk(talk.call_id, talk.queue, at))
            return
        for known in list(agent.talks.values()):
            is_gone = known.call_id not in picture.alive | {UNKNOWN_CALL}
            is_free = in_call is None and (known.queue or agent.device != "in use")
            if is_gone or is_free:
                agent.end(known.call_id, at, {})
        if in_call is not None and not agent.talks:
            agent.begin(OwnTalk(UNKNOWN_CALL, in_call, at))

    def _is_of(self, interface: str, event: CallCompleted) -> bool:
        """Whether this agent's talk, with nobody knows whom, is the one that is over."""
        agent = self._agents.get(interface)
        talk = agent.talks.get(UNKNOWN_CALL) if agent else None
        if agent is None or talk is None or talk.queue != event.queue:
            return False
        return event.agent in {agent.name, *(each.name for each in agent.places.values())}

    def _index(self, agent: TrackedAgent, before: frozenset[str]) -> None:
        for call in agent.calls - before:
            self._of_call.setdefault(call, set()).add(agent.interface)
        for call in before - agent.calls:
            theirs = self._of_call.get(call, set())
            theirs.discard(agent.interface)
            if not theirs:
                self._of_call.pop(call, None)

    def _passed(self, agent: TrackedAgent, now: float) -> Changes:
        """Say what time has changed for one agent."""
        changes: Changes = []
        if (silent := agent.silent_from) is not None and now >= silent:
            before, at = agent.calls, silent - SETTLE
            for call in before:
                agent.stop_ringing(call, at)
                agent.end(call, at, self.wrapups)
            self._index(agent, before)
            changes += self._tell(agent, at, "phone")
        if NEVER < agent.wraps_until <= now:
            at, agent.wraps_until = agent.wraps_until, NEVER
            changes += self._tell(agent, at, "time")
        if agent.held_at is not None and now >= agent.busy_from:
            changes += self._tell(agent, now, "phone")
        return changes

    def _tell(
        self,
        agent: TrackedAgent,
        at: float,
        because: str,
        *,
        at_once: bool = False,
    ) -> Changes:
        """Say how they are, if it is another state than was told before."""
        changes: Changes = []
        state, reason, call = agent.state(at)
        if self._watched:
            before = agent.told.state if agent.told else "not known"
            is_news = state == "busy" and before not in ("busy", "not known")
            if is_news and not at_once and at < agent.busy_from:
                agent.held_at = at if agent.held_at is None else agent.held_at
            else:
                if agent.held_at is not None and state in ("busy", "ready"):
                    at = agent.held_at
                agent.held_at = None
                changes = self._say(agent, state, reason, call, at, because)
        if state == "out" and not agent.is_declared:
            self._agents.pop(agent.interface, None)
            if len(self._gone) < MOST_AGENTS:
                self._gone[agent.interface] = agent
        if agent.is_waited_for:
            self._waited_for.add(agent.interface)
        else:
            self._waited_for.discard(agent.interface)
        return changes

    def _say(
        self,
        agent: TrackedAgent,
        state: AgentState,
        reason: str,
        call: str,
        at: float,
        because: str,
    ) -> Changes:
        told = agent.told
        if told is not None and (told.state, told.reason, told.call_id) == (state, reason, call):
            return []
        if told is None and state == "out" and not agent.is_declared:
            return []  # was never ours
        at = at if told is None else max(at, told.at)
        said = AgentChanged(agent.interface, at, agent.name, state, reason, because, call)
        agent.told = said
        if state != "not known":
            agent.shown = said
        return [said]


def _spares(event: CallEvent, agent: TrackedAgent) -> bool:
    """Say whether an agent talks on: it was passed on to them, or the event is of before."""
    if isinstance(event, PassedOn):
        return event.to == agent.interface
    talk = agent.talks.get(event.call_id)
    is_late = talk is not None and event.at < talk.since
    return isinstance(event, QueueJoined) and is_late
