"""A day's mix of calls as Asterisk's manager interface tells of them, event after event."""

import heapq
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from ivr.domain.agents import Agent

OWN_QUEUES = ("premium", "general-queue")
AGENTS = tuple(Agent(f"Agent {n}", f"PJSIP/a{n}", dict.fromkeys(OWN_QUEUES, 5)) for n in range(400))
_EACH_SECONDS = 0.9  # between two calls, on average
_IN_USE, _FREE, _RINGS = 2, 1, 6
_CHANNEL = """{of}Channel: {channel}
{of}ChannelState: 6
{of}ChannelStateDesc: Up
{of}CallerIDNum: {number}
{of}CallerIDName: <unknown>
{of}ConnectedLineNum: <unknown>
{of}ConnectedLineName: <unknown>
{of}Language: en
{of}AccountCode:
{of}Context: ivr
{of}Exten: s
{of}Priority: 1
{of}Uniqueid: {id}
{of}Linkedid: {linked}
"""


@dataclass(frozen=True, slots=True)
class Scripted:
    """An event: its bytes before the time, and after it; how many rows of `facts` it becomes."""

    begin: bytes
    end: bytes
    rows: int

    def at(self, when: float) -> bytes:
        """Give the message of an event that happens then (Unix time)."""
        return b"%bTimestamp: %.6f\r\n%b" % (self.begin, when, self.end)


def day(seed: int) -> Iterator[Scripted]:
    """Tell of calls, one after the other and beside each other, without an end."""
    dice, numbers = random.Random(seed), count()
    free = list(AGENTS)
    waiting: list[tuple[float, int, Iterator[_Step]]] = []
    starts_at = 0.0
    for n in numbers:
        while waiting and waiting[0][0] <= starts_at:
            at, place, steps = heapq.heappop(waiting)
            for seconds, event in steps:
                yield event
                heapq.heappush(waiting, (at + seconds, place, steps))
                break
        agent = free[n % len(free)]
        kind = dice.choices(list(_KINDS), list(_KINDS.values()))[0]
        steps = _with_pauses(kind(_Call(n, agent)), dice)
        heapq.heappush(waiting, (starts_at, n, steps))
        starts_at += dice.expovariate(1 / _EACH_SECONDS)


_Step = tuple[float, Scripted]


def _with_pauses(events: Iterable[Scripted], dice: random.Random) -> Iterator[_Step]:
    for event in events:
        yield dice.expovariate(1 / 20), event


class _Call:
    """Makes the events of one call."""

    def __init__(self, n: int, agent: Agent) -> None:
        self.agent = agent
        ids = [f"pbx-{1_763_900_000 + n}.{3 * n + place}" for place in range(3)]
        self.id, self.leg, self.other = ids
        self.number = f"+44207{n % 10_000_000:07}"
        self.sip = f"{n:08x}-7f31b0c2@10.0.0.1"

    def channel(self, of: str = "", which: str = "") -> str:
        """Tell of a channel as Asterisk does: the caller's, if no other is said."""
        told = _CHANNEL.format(
            of=of,
            channel=f"{self.agent.interface if which else 'PJSIP/carrier'}-0000a1b2",
            number=self.number,
            id=which or self.id,
            linked=self.id,
        )
        return told.replace("\n", "\r\n")

    def event(self, name: str, rows: int = 1, *, channel: str = "", **headers: Any) -> Scripted:
        """Tell of one event; of the caller's channel, if no other is said."""
        more = "".join(f"{header}: {value}\r\n" for header, value in headers.items())
        begin = f"Event: {name}\r\nPrivilege: call,all\r\n"
        return Scripted(begin.encode(), f"{channel or self.channel()}{more}\r\n".encode(), rows)

    def dialplan(self, name: str, **headers: Any) -> Scripted:
        """Tell of an event of the dialplan's own."""
        return self.event("UserEvent", UserEvent=name, **headers)

    def routed(self, queue: str = "premium", action: str = "queue") -> Scripted:
        """Tell that it was decided about."""
        decided = {"Rung": "live", "Segment": "premium", "Queue": queue, "Prio": 10}
        who: dict[str, Any] = {"DID": "1000", "Trunk": "carrier", "SipCallID": self.sip}
        return self.dialplan("IvrRouted", **who, **decided, Action=action, Test="", Attestation="A")

    def joined(self, queue: str) -> Scripted:
        """Tell that it waits."""
        return self.event("QueueCallerJoin", Queue=queue, Position=1, Count=1)

    def left(self, queue: str) -> Scripted:
        """Tell that it waits no more."""
        told: dict[str, Any] = {"Position": 1, "OriginalPosition": 1, "HoldTime": 20}
        return self.event("QueueCallerAbandon", Queue=queue, **told)

    def of_agent(self, name: str, queue: str, **headers: Any) -> Scripted:
        """Tell of the call and an agent."""
        who: dict[str, Any] = {"Queue": queue, "Interface": self.agent.interface}
        who["MemberName"] = self.agent.name
        both = self.channel() + self.channel("Dest", self.leg)
        return self.event(name, channel=both, **who, **headers)

    def phone(self, state: int) -> Iterator[Scripted]:
        """Tell how the agent's phone is: once for each queue."""
        where: dict[str, Any] = {"MemberName": self.agent.name, "Interface": self.agent.interface}
        where |= {"StateInterface": self.agent.interface, "Membership": "dynamic", "Penalty": "0"}
        told: dict[str, Any] = {"CallsTaken": 1, "LastCall": 0, "LastPause": 0, "LoginTime": 1}
        told |= {"InCall": int(state == _IN_USE), "Status": state, "Paused": 0, "PausedReason": ""}
        told |= {"Ringinuse": 0, "Wrapuptime": 0}
        for queue in OWN_QUEUES:
            of = f"Queue: {queue}\r\n"
            yield self.event("QueueMemberStatus", 0, channel=of, **where, **told)

    def ended(self, which: str = "", rows: int = 0) -> Scripted:
        """Tell that a channel is gone: the caller's, if no other is said."""
        channel = self.channel("", which)
        cause: dict[str, Any] = {"Cause": 16, "Cause-txt": "Normal Clearing"}
        return self.event("Hangup", rows if which else 1, channel=channel, **cause)

    def talk(self, queue: str) -> Iterator[Scripted]:
        """Tell that an agent rings, and talks."""
        yield self.of_agent("AgentCalled", queue)
        yield from self.phone(_RINGS)
        yield self.of_agent("AgentConnect", queue, HoldTime=10, RingTime=4)
        yield from self.phone(_IN_USE)

    def end_of_talk(self, queue: str, reason: str) -> Iterator[Scripted]:
        """Tell that the talk with the agent is over."""
        yield self.of_agent("AgentComplete", queue, HoldTime=10, TalkTime=60, Reason=reason)
        yield self.ended(self.leg)
        yield from self.phone(_FREE)


def _answered(call: _Call) -> Iterator[Scripted]:
    yield call.routed()
    yield call.joined("premium")
    yield from call.talk("premium")
    yield from call.end_of_talk("premium", "caller")
    yield call.ended()


def _abandoned(call: _Call) -> Iterator[Scripted]:
    yield call.routed("general-queue")
    yield call.joined("general-queue")
    yield call.left("general-queue")
    yield call.ended()


def _passed_on(call: _Call) -> Iterator[Scripted]:
    """From one queue to another, when nobody answered."""
    yield call.routed()
    yield call.joined("premium")
    yield call.of_agent("AgentCalled", "premium")
    yield from call.phone(_RINGS)
    yield call.of_agent("AgentRingNoAnswer", "premium", RingTime=15000)
    yield from call.phone(_FREE)
    yield call.left("premium")
    yield call.dialplan("IvrLeftQueue", Queue="premium", Status="TIMEOUT")
    yield call.dialplan("IvrPriority", Prio=40)
    yield call.joined("general-queue")
    yield from call.talk("general-queue")
    yield from call.end_of_talk("general-queue", "agent")
    yield call.ended()


def _transferred(call: _Call) -> Iterator[Scripted]:
    """Passed on to a colleague, without a word to them before."""
    yield call.routed()
    yield call.joined("premium")
    yield from call.talk("premium")
    both = call.channel("Transferer", call.leg) + call.channel("Transferee")
    told: dict[str, Any] = {"Result": "Success", "IsExternal": "Yes"}
    told |= {"Context": "phones", "Extension": "201"}
    yield call.event("BlindTransfer", channel=both, **told)
    yield from call.end_of_talk("premium", "transfer")
    leg = call.channel("", call.other)
    talks: dict[str, Any] = {"Call": call.id, "Interface": "PJSIP/colleague"}
    yield call.event("UserEvent", channel=leg, UserEvent="IvrTalk", **talks)
    yield call.ended(call.other, rows=1)
    yield call.ended()


def _voicemail(call: _Call) -> Iterator[Scripted]:
    yield call.routed("", "voicemail")
    yield call.dialplan("IvrAsked", Ask="voicemail")
    yield call.dialplan("IvrHandled", What="voicemail")
    yield call.ended()


_KINDS: dict[Callable[[_Call], Iterator[Scripted]], int] = {
    _answered: 60,
    _abandoned: 12,
    _passed_on: 10,
    _transferred: 8,
    _voicemail: 10,
}
"""Each with how many of a hundred there are."""
