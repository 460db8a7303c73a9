"""What lines of Asterisk's queue_log mean: from the event's name to what happened to a call.

A line is `time|call|queue|agent|event|` and what belongs to that event. The time is whole seconds,
the call the Uniqueid of the caller's channel (NONE and the like where it is nobody's), the agent a
member's *name*. The events that begin with IVR are our dialplan's own.

Nothing in a line is trusted: what a caller sent stands behind the call, and may hold more of the
`|`. A line with a value that Asterisk would not write says nothing. What a line break in a caller's
number would make of it cannot be told from a line: our dialplan lets none through, and others that
lead to our queues must not either.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    CallStarted,
    PartOf,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.told import CALL_ID, STATUS, WHOLE_NUMBER, WORD, kept

LONGEST_LINE = 8191  # bytes; Asterisk cuts what is longer, and what is cut is not understood
KEY = "KEY"
"""The status of a caller who left by a key: Asterisk gives none (QUEUESTATUS is empty)."""

_SECONDS = re.compile(r"[0-9]{1,11}", re.ASCII)
_EVENT = re.compile(r"[A-Z][A-Z0-9_]{0,39}", re.ASCII)
_NONE = "NONE"
_NO_CALLS = frozenset({_NONE, "MANAGER", "CLI", "REALTIME"})  # in the call's place


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A line that Asterisk wrote: `at` is Unix time, `fields` what belongs to the event.

    The texts are cut, and can be shown.
    """

    at: float
    call_id: str
    queue: str
    agent: str
    event: str
    fields: tuple[str, ...]

    def number(self, place: int) -> int:
        """Read a field as a whole number; raises ValueError."""
        return _number(self.fields[place])


def parse(text: str) -> QueueLine | None:
    """Read a line, without its line break; None for what is none, or too long for one."""
    if len(text.encode(errors="replace")) >= LONGEST_LINE:
        return None
    at, *columns = text.split("|")
    if not _SECONDS.fullmatch(at) or len(columns) < 5:
        return None
    call_id, queue, agent, event, *fields = columns
    if not CALL_ID.fullmatch(call_id) or not _EVENT.fullmatch(event):
        return None
    return QueueLine(float(at), call_id, kept(queue), kept(agent), event, tuple(map(kept, fields)))


def events_of(line: QueueLine, interface_of: Callable[[str], str]) -> tuple[CallEvent, ...]:
    """Say what happened to the call; nothing for lines of no call, or that cannot be understood.

    `interface_of` gives the interface of the agent with this name, "" for nobody's.
    """
    handler = HANDLERS.get(line.event)
    if handler is None or line.call_id in _NO_CALLS:
        return ()
    try:
        told = handler(line, interface_of)
    except (ValueError, IndexError):
        return ()
    return tuple(replace(event, source="queue_log") for event in told)


_InterfaceOf = Callable[[str], str]
_Told = tuple[CallEvent, ...]


def _joined(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Read url, the caller's number and position; fourth is the caller's name, where it is logged.

    The number may have more of the `|`: then the position is the last that can be one.
    """
    numbers = [field for field in line.fields[2:] if WHOLE_NUMBER.fullmatch(field)]
    usual = len(line.fields) <= 4 and numbers[:1] == [line.fields[2]]
    position = int((numbers if usual else numbers[::-1])[0])
    return (QueueJoined(line.call_id, line.at, _queue(line), position),)


def _connected(line: QueueLine, interface_of: _InterfaceOf) -> _Told:
    """Read hold, the agent's channel and ring; seconds."""
    queue, agent, interface = _member(line, interface_of)
    hold = line.number(0)
    return (AgentConnected(line.call_id, line.at, queue, agent, interface, hold),)


def _rang_in_vain(line: QueueLine, interface_of: _InterfaceOf) -> _Told:
    """Read the milliseconds that it rang."""
    queue, agent, interface = _member(line, interface_of)
    seconds = line.number(0) / 1000
    return (AgentDidNotAnswer(line.call_id, line.at, queue, agent, interface, seconds),)


def _forwards(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Take the interface from the agent's column: the dialplan knows no name there."""
    phone = _some(line.agent)
    return (AgentDidNotAnswer(line.call_id, line.at, _queue(line), phone, phone, 0.0),)


def _completed(by: str) -> Callable[[QueueLine, _InterfaceOf], _Told]:
    """Read hold, talk and the first position, of a conversation that `by` ended."""

    def handler(line: QueueLine, _: _InterfaceOf) -> _Told:
        line.number(0)
        return (_ended_talk(line, line.number(1), by),)

    return handler


def _passed_on_blind(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Read what was dialled (it may have more of the `|`), its context, hold, talk and position."""
    *dialled, _context, _hold, _talk, _position = line.fields
    return _transfer(line, "blind", kept("|".join(dialled)))


def _passed_on_attended(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Read how it was done, hold, talk and position.

    How is BRIDGE and its id, APP and its name, or LINK and two channels. Only an application
    says who took over.
    """
    how = {"BRIDGE": 5, "APP": 5, "LINK": 6}
    if how.get(line.fields[0]) != len(line.fields):
        raise ValueError(line.fields[0])
    return _transfer(line, "attended", line.fields[1] if line.fields[0] == "APP" else "")


def _transfer(line: QueueLine, how: str, to: str) -> _Told:
    line.number(-3)  # the hold, which the conversation's event has told already
    done = _ended_talk(line, line.number(-2), "transfer")
    return done, PassedOn(line.call_id, line.at, how, to)


def _left(status: str) -> Callable[[QueueLine, _InterfaceOf], _Told]:
    """Say that the caller left without an agent, with the status that the dialplan is given."""

    def handler(line: QueueLine, _: _InterfaceOf) -> _Told:
        return (QueueLeft(line.call_id, line.at, _queue(line), status),)

    return handler


def _came_back(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Read the status, which the dialplan says again: it also knows who was not let in."""
    status = _matching(STATUS, line.fields[0])
    return (QueueLeft(line.call_id, line.at, _queue(line), status),)


def _started(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Read the caller's number, the number dialled and the trunk."""
    number, dialled, trunk = line.fields
    return (CallStarted(line.call_id, line.at, number, dialled, trunk),)


def _routed(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Read tier, segment, priority, number dialled, whether it is a test, and the action.

    The queue has its column. The caller's number, the trunk and the ids are not said. Lines of
    earlier versions have no action.
    """
    tier, segment, priority, dialled, test, *action = line.fields
    if len(action) > 1:
        raise ValueError(line.event)
    routed = CallRouted(
        line.call_id,
        line.at,
        linked_id="",
        caller_number="",
        dialled=dialled,
        trunk="",
        sip_call_id="",
        tier=tier,
        segment=segment,
        queue="" if line.queue == _NONE else line.queue,
        priority=_number(priority) if priority else 0,
        action=(action or ["queue"])[0],
        test=test == "1",
    )
    return (routed,)


def _asked(line: QueueLine, _: _InterfaceOf) -> _Told:
    return (CallerAsked(line.call_id, line.at, _matching(WORD, line.fields[0])),)


def _handled(line: QueueLine, _: _InterfaceOf) -> _Told:
    return (CallHandled(line.call_id, line.at, _matching(WORD, line.fields[0])),)


def _priority(line: QueueLine, _: _InterfaceOf) -> _Told:
    return (PriorityGiven(line.call_id, line.at, line.number(0)),)


def _talks(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Take the colleague's interface from the agent's column: the call was passed on to them."""
    phone = _some(line.agent)
    return (AgentConnected(line.call_id, line.at, "", phone, phone, 0),)


def _talked(line: QueueLine, _: _InterfaceOf) -> _Told:
    return (AgentLeft(line.call_id, line.at, _some(line.agent)),)


def _ended(line: QueueLine, _: _InterfaceOf) -> _Told:
    """Read the cause (0 or nothing: not known), and the channel that it belongs to: a caller's?"""
    cause, linked_id = line.fields
    ended = CallEnded(line.call_id, line.at, _number(cause) if cause else 0)
    if linked_id == line.call_id or not CALL_ID.fullmatch(linked_id):
        return (ended,)
    return PartOf(line.call_id, line.at, linked_id), ended


HANDLERS: dict[str, Callable[[QueueLine, _InterfaceOf], _Told]] = {
    "ENTERQUEUE": _joined,
    "CONNECT": _connected,
    "RINGNOANSWER": _rang_in_vain,
    "COMPLETECALLER": _completed("caller"),
    "COMPLETEAGENT": _completed("agent"),
    "BLINDTRANSFER": _passed_on_blind,
    "ATTENDEDTRANSFER": _passed_on_attended,
    "ABANDON": _left("ABANDON"),
    "EXITWITHTIMEOUT": _left("TIMEOUT"),
    "EXITEMPTY": _left("LEAVEEMPTY"),
    "EXITWITHKEY": _left(KEY),
    "WITHDRAW": _left("WITHDRAW"),
    "IVRSTART": _started,
    "IVRROUTED": _routed,
    "IVRASKED": _asked,
    "IVRHANDLED": _handled,
    "IVRLEFT": _came_back,
    "IVRFORWARDS": _forwards,
    "IVRPRIORITY": _priority,
    "IVRTALK": _talks,
    "IVRTALKED": _talked,
    "IVREND": _ended,
}


def _ended_talk(line: QueueLine, seconds: int, by: str) -> CallCompleted:
    return CallCompleted(line.call_id, line.at, _queue(line), line.agent, seconds, by)


def _member(line: QueueLine, interface_of: _InterfaceOf) -> tuple[str, str, str]:
    """Queue, agent and interface."""
    agent = _some(line.agent)
    return _queue(line), agent, kept(interface_of(agent))


def _queue(line: QueueLine) -> str:
    return _some(line.queue)


def _some(text: str) -> str:
    """Take what is the name of somebody or something."""
    if text in ("", _NONE):
        raise ValueError(text)
    return text


def _number(text: str) -> int:
    return int(_matching(WHOLE_NUMBER, text))


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if pattern.fullmatch(text):
        return text
    raise ValueError(text)
