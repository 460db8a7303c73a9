"""What AMI events mean: one table from the message's name to what happened to a call.

A call in a queue gives, in this order: QueueCallerJoin, AgentCalled (for each ring), QueueCallerLeave,
AgentConnect, AgentComplete. `Uniqueid` is the caller's channel in all of them, `DestUniqueid` the agent's.
QueueCallerLeave has no CallEvent: AgentConnect, or the reason why there was none, says more.

Nothing in a message is trusted: one with a value that Asterisk would not write says nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from ivr.ami.message import Message
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
    CallRouted,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.told import CALL_ID, STATUS, WORD, kept

TIMESTAMP = re.compile(r"[0-9]{1,11}\.[0-9]{1,6}", re.ASCII)
HungUpBy = Literal["caller", "agent", "transfer"]
NOBODY = "<unknown>"  # Asterisk's word for a caller without a number
INTERFACE = re.compile(r"(.{1,150})-[0-9a-f]{8}", re.ASCII)  # and what makes a channel's name of it
MOST_TALKS = 10_000  # conversations under way that are remembered


@dataclass(slots=True)
class _Talk:
    """A conversation: the queue and agent, the agent's channel, and whether the caller's channel is gone."""

    queue: str
    interface: str
    agent_channel: str
    ended: bool = False


class EventReader:
    """`event_of` for one stream of events, with the memory that the end of a talk needs.

    app_queue sends AgentComplete from a thread of its own and fills in the channels from a cache. On a busy
    machine it comes after the Hangup, and then without the headers of the caller's channel, or of both: nothing
    in it says whose conversation ended. Of a talk that was broken off otherwise it tells only when
    the caller hangs up. So it is remembered who talks with whom, on which channel: when the agent's
    is gone, the talk is over.
    """

    def __init__(self) -> None:
        self._talks: dict[str, _Talk] = {}  # by call_id, the latest last
        self._callers: dict[str, str] = {}  # by the agent's channel

    def event(self, message: Message, now: float) -> CallEvent | None:
        """Read what happened, as `event_of`."""
        if message.header("Event") == "AgentComplete" and not message.all("Uniqueid"):
            message = Message([*message.items(), ("Uniqueid", self._caller(message))])
        event = event_of(message, now)
        match event:
            case AgentConnected():
                channel = message.header("DestUniqueid" if event.queue else "Uniqueid")
                self.talks(event.call_id, event.queue, event.interface, channel)
            case CallCompleted():
                self.forget(event.call_id)
            case CallEnded() if event.call_id in self._talks:
                self._talks[event.call_id].ended = True
            case CallEnded() if caller := self._callers.get(event.call_id):
                talk = self._talks[caller]
                if not talk.ended:  # else AgentComplete says all
                    return AgentLeft(caller, event.at, talk.interface)
        return event

    def talks(self, call_id: str, queue: str, interface: str, channel: str) -> None:
        """Note that caller and agent talk; `channel` is the id of the agent's."""
        self.forget(call_id)
        self._talks[call_id] = _Talk(queue, interface, channel)
        if channel:
            self._callers[channel] = call_id
        if len(self._talks) > MOST_TALKS:
            self.forget(next(iter(self._talks)))

    def forget(self, call_id: str) -> None:
        """The conversation is over, whatever may still come."""
        if talk := self._talks.pop(call_id, None):
            self._callers.pop(talk.agent_channel, None)

    def _caller(self, message: Message) -> str:
        """Whose conversation this AgentComplete ends; "" when nobody's that we know.

        The agent's channel says it for certain, where it is given. Else it is the agent's latest caller in this
        queue who has hung up (or will, when the Hangup comes after this).
        """
        if channel := message.header("DestUniqueid"):
            return self._callers.get(channel, "")
        queue, interface = message.header("Queue"), message.header("Interface")
        talks = [
            (call, talk) for call, talk in self._talks.items() if (talk.queue, talk.interface) == (queue, interface)
        ]
        ended = [call for call, talk in talks if talk.ended]
        return (ended or [call for call, _ in talks] or [""])[-1]


def event_of(message: Message, now: float) -> CallEvent | None:
    """Read what happened to a call; None for messages of other kinds, or that cannot be understood.

    `now` (Unix seconds) is taken where Asterisk gives no time (`timestampevents=yes` in manager.conf).
    """
    handler = HANDLERS.get(event_name(message))
    if handler is None:
        return None
    try:
        return handler(message, call_id(message), happened_at(message, now))
    except ValueError:
        return None


def event_name(message: Message) -> str:
    """The event's name as the table has it: one of the dialplan's own is `UserEvent` and its name."""
    name = message.header("Event")
    return f"{name} {message.header('UserEvent')}" if name == "UserEvent" else name


def call_id(message: Message) -> str:
    """The Uniqueid of the caller's channel; ValueError when it is none.

    The Exten of a hostile caller stands before it in the event and may hold line breaks: a second Uniqueid
    means that one of them is forged.
    """
    if len(message.all("Uniqueid")) != 1:
        raise ValueError("Uniqueid")
    return _matching(CALL_ID, message, "Uniqueid")


def _routed(message: Message, call_id: str, at: float) -> CallEvent:
    """The dialplan's own: a decision has been applied. (`Priority` would be a dialplan line: `Prio`.)"""
    number = _text(message, "CallerIDNum")
    return CallRouted(
        call_id,
        at,
        linked_id=_matching(CALL_ID, message, "Linkedid"),
        caller_number="" if number == NOBODY else number,
        dialled=_text(message, "DID"),
        trunk=_text(message, "Trunk"),
        sip_call_id=_text(message, "SipCallID"),
        tier=_text(message, "Rung"),
        segment=_text(message, "Segment"),
        queue=_text(message, "Queue"),
        priority=_number(message, "Prio") if message.header("Prio") else 0,
        action=_text(message, "Action"),
        attestation=_text(message, "Attestation"),
        test=message.header("Test") == "1",
    )


def _asked(message: Message, call_id: str, at: float) -> CallEvent:
    """The dialplan's own: it asks the caller something."""
    return CallerAsked(call_id, at, _matching(WORD, message, "Ask"))


def _handled(message: Message, call_id: str, at: float) -> CallEvent:
    """The dialplan's own: the caller got something else than an agent."""
    return CallHandled(call_id, at, _matching(WORD, message, "What"))


def _left(message: Message, call_id: str, at: float) -> CallEvent:
    """The dialplan's own: the caller is back from a queue without having had an agent, and still there."""
    return QueueLeft(call_id, at, _required(message, "Queue"), _matching(STATUS, message, "Status"))


def _priority(message: Message, call_id: str, at: float) -> CallEvent:
    """Read the dialplan's own: the caller will wait with another priority than before."""
    return PriorityGiven(call_id, at, _number(message, "Prio"))


def _talks(message: Message, _: str, at: float) -> CallEvent:
    """Read the dialplan's own: a colleague has answered, to whom the caller was passed on.

    It comes from the colleague's leg, so the caller's is said in `Call`.
    """
    if len(message.all("Call")) != 1:
        raise ValueError("Call")
    interface = _required(message, "Interface")
    call = _matching(CALL_ID, message, "Call")
    return AgentConnected(call, at, "", interface, interface, hold_seconds=0)


def _joined(message: Message, call_id: str, at: float) -> CallEvent:
    """A caller waits. Comes again for the next queue; a refusal (full, empty) comes not at all."""
    return QueueJoined(call_id, at, _required(message, "Queue"), _number(message, "Position"))


def _abandoned(message: Message, call_id: str, at: float) -> CallEvent:
    """A caller left a queue without an agent: by hanging up, but also by timeout, empty queue or withdrawal.

    In those other cases the caller is still there, and the dialplan's IvrLeftQueue follows.
    """
    return QueueLeft(call_id, at, _required(message, "Queue"), "ABANDON")


def _rang(message: Message, call_id: str, at: float) -> CallEvent:
    """An agent's phone begins to ring. With ringall this comes for each of several at once."""
    return AgentRang(call_id, at, *_agent(message))


def _rang_in_vain(message: Message, call_id: str, at: float) -> CallEvent:
    """The agent did not answer, or was rung no more (another one answered). RingTime is milliseconds here."""
    return AgentDidNotAnswer(call_id, at, *_agent(message), ring_seconds=_number(message, "RingTime") / 1000)


def _forwards(message: Message, _: str, at: float) -> CallEvent:
    """The dialplan's own: an agent's phone would have sent the caller elsewhere, and was rung no more.

    It comes from the agent's leg, so the caller's is said in `Call`. Whose phone it is, Asterisk does not say there.
    """
    if len(message.all("Call")) != 1:
        raise ValueError("Call")
    interface = _required(message, "Interface")
    call = _matching(CALL_ID, message, "Call")
    return AgentDidNotAnswer(call, at, _required(message, "Queue"), interface, interface, ring_seconds=0.0)


def _connected(message: Message, call_id: str, at: float) -> CallEvent:
    """The agent has answered and talks with the caller. HoldTime and RingTime are whole seconds."""
    return AgentConnected(call_id, at, *_agent(message), hold_seconds=_number(message, "HoldTime"))


def _completed(message: Message, call_id: str, at: float) -> CallEvent:
    """The conversation with this agent is over, by hanging up or because the call was transferred away.

    A thread of its own sends it, so it can come after the Hangup of the caller's channel.
    """
    queue, agent, _ = _agent(message)
    by = message.header("Reason")
    if by not in get_args(HungUpBy):
        raise ValueError(by)
    return CallCompleted(call_id, at, queue, agent, _number(message, "TalkTime"), by)


def _ended(message: Message, call_id: str, at: float) -> CallEvent:
    """A channel is gone. Any channel, agents' too: who asks must know which are callers."""
    return CallEnded(call_id, at, _number(message, "Cause"))


HANDLERS: dict[str, Callable[[Message, str, float], CallEvent]] = {
    "UserEvent IvrRouted": _routed,
    "UserEvent IvrAsked": _asked,
    "UserEvent IvrHandled": _handled,
    "UserEvent IvrLeftQueue": _left,
    "UserEvent IvrForwards": _forwards,
    "UserEvent IvrPriority": _priority,
    "UserEvent IvrTalk": _talks,
    "QueueCallerJoin": _joined,
    "QueueCallerAbandon": _abandoned,
    "AgentCalled": _rang,
    "AgentRingNoAnswer": _rang_in_vain,
    "AgentConnect": _connected,
    "AgentComplete": _completed,
    "Hangup": _ended,
}


def _agent(message: Message) -> tuple[str, str, str]:
    """Queue, agent and interface."""
    return _required(message, "Queue"), _text(message, "MemberName"), _required(message, "Interface")


def happened_at(message: Message, now: float) -> float:
    """When Asterisk says that it happened, in Unix time; `now` when it does not say."""
    stamp = message.header("Timestamp")
    return float(stamp) if TIMESTAMP.fullmatch(stamp) else now


def _text(message: Message, name: str) -> str:
    return kept(message.header(name))


def _required(message: Message, name: str) -> str:
    if text := _text(message, name):
        return text
    raise ValueError(name)


def _matching(pattern: re.Pattern[str], message: Message, name: str) -> str:
    value = message.header(name)
    if pattern.fullmatch(value):
        return value
    raise ValueError(name)


def _number(message: Message, name: str) -> int:
    number = message.number(name)
    if number is None:
        raise ValueError(name)
    return number


def interface_of(channel: str) -> str:
    """Return whose channel it is: its name without what makes it one of several."""
    match = INTERFACE.fullmatch(channel)
    return kept(match[1]) if match else ""
