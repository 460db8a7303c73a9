"""What happened to a call: frozen past-tense events, and the history that they fold into.

Every event is keyed by the Uniqueid of the caller's channel (`call_id`) and carries `at`, Unix time
in seconds as Asterisk stamped it. Events may come late, and one may be missing: `fold` makes the
best of what there is, and never a negative duration. It counts rings, so an event that comes twice
has to be dropped before (the journal does).
"""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from ivr.domain.json_dataclasses import stored_as

Outcome = Literal[
    "routing", "asking", "waiting", "talking", "answered", "abandoned", "unserved", "refused", "lost",
    "voicemail", "told", "self-service",
]  # fmt: skip
_HANDLED: dict[str, Outcome] = {
    "voicemail": "voicemail",  # a message was recorded
    "message": "told",  # we are closed, or the like
    "ended": "told",  # a polite end after a long wait
    "no-room": "told",  # no message could be taken
    "self-service": "self-service",
    "busy": "refused",  # a call more than this number or trunk may have at once
}
_LEFT: dict[str, Outcome] = {
    "ABANDON": "abandoned",
    "TIMEOUT": "asking",  # the dialplan has something to say: who hangs up now has given up
}
_ENDED_WELL = ("voicemail", "told")  # from there no caller comes back to a queue
_MAY_BE_ASKED = ("routing", "asking", "refused", "waiting", "unserved")


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something that happened to a call."""

    kind: ClassVar[str] = ""
    call_id: str
    at: float


@dataclass(frozen=True, slots=True)
class CallRouted(CallEvent):
    """The dialplan applied a decision: the service's, a remembered one, or its own default (`tier`).

    `attestation` is as in IncomingCall.
    """

    kind: ClassVar[str] = "routed"
    linked_id: str
    caller_number: str
    dialled: str
    trunk: str
    sip_call_id: str
    tier: str = field(metadata=stored_as("rung"))
    segment: str
    queue: str
    priority: int
    action: str
    attestation: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class CallerAsked(CallEvent):
    """The caller was asked something by the dialplan: `ask` is menu, number, pin, self-service or voicemail."""

    kind: ClassVar[str] = "asked"
    ask: str


@dataclass(frozen=True, slots=True)
class CallHandled(CallEvent):
    """The caller got something else than an agent: `what` is voicemail, message, ended, no-room, self-service or busy.

    Only self-service may go on: with an agent.
    """

    kind: ClassVar[str] = "handled"
    what: str


@dataclass(frozen=True, slots=True)
class QueueJoined(CallEvent):
    """The caller began to wait in a queue, at `position` (1 is next)."""

    kind: ClassVar[str] = "joined"
    queue: str
    position: int


@dataclass(frozen=True, slots=True)
class AgentRang(CallEvent):
    """An agent's phone began to ring for the caller."""

    kind: ClassVar[str] = "rang"
    queue: str
    agent: str
    interface: str


@dataclass(frozen=True, slots=True)
class AgentDidNotAnswer(CallEvent):
    """An agent's phone rang in vain, for `ring_seconds`."""

    kind: ClassVar[str] = "no_answer"
    queue: str
    agent: str
    interface: str
    ring_seconds: float


@dataclass(frozen=True, slots=True)
class AgentConnected(CallEvent):
    """Caller and agent talk. `hold_seconds` (whole) is Asterisk's own count of the wait."""

    kind: ClassVar[str] = "connected"
    queue: str
    agent: str
    interface: str
    hold_seconds: int


@dataclass(frozen=True, slots=True)
class CallCompleted(CallEvent):
    """The conversation ended; `hung_up_by` is caller, agent or transfer."""

    kind: ClassVar[str] = "completed"
    queue: str
    agent: str
    talk_seconds: int
    hung_up_by: str


@dataclass(frozen=True, slots=True)
class QueueLeft(CallEvent):
    """The caller left a queue without an agent. `status` is Asterisk's QUEUESTATUS, or ABANDON while unknown.

    AMI's QueueCallerAbandon comes for hang-ups, timeouts and withdrawals alike; the dialplan's own event, which
    follows when the caller is still there, says which it was.
    """

    kind: ClassVar[str] = "left"
    queue: str
    status: str


@dataclass(frozen=True, slots=True)
class CallEnded(CallEvent):
    """The caller's channel is gone. `cause` is the Q.850 hang-up cause, 0 when the end was not seen."""

    kind: ClassVar[str] = "ended"
    cause: int


EVENTS: dict[str, type[CallEvent]] = {
    kind.kind: kind
    for kind in (
        CallRouted,
        CallerAsked,
        QueueJoined,
        AgentRang,
        AgentDidNotAnswer,
        AgentConnected,
        CallCompleted,
        QueueLeft,
        CallHandled,
        CallEnded,
    )
}
"""Every event, by its kind."""


@dataclass(frozen=True, slots=True)
class CallHistory:
    """What is known of one call. Times are Unix seconds, durations seconds; None: has not happened.

    `wait_seconds` is the time from the first queue to the agent (or to giving up). `queue` is the one that the
    caller was in last.
    """

    call_id: str
    linked_id: str = ""
    caller_number: str = ""
    dialled: str = ""
    trunk: str = ""
    sip_call_id: str = ""
    tier: str = field(default="", metadata=stored_as("rung"))
    segment: str = ""
    routed_at: float | None = None
    queue: str | None = None
    priority: int | None = None
    joined_at: float | None = None
    rings: int = 0
    agent: str | None = None
    interface: str | None = None
    connected_at: float | None = None
    wait_seconds: float | None = None
    talk_seconds: float | None = None
    hung_up_by: str | None = None
    ended_at: float | None = None
    outcome: Outcome = "routing"
    test: bool = False  # a call of QA's: no statistics count it
    customer_id: str = ""  # whom the service took the caller for, empty for nobody


def fold(history: CallHistory, event: CallEvent) -> CallHistory:
    """The history after `event`."""
    after = history
    match event:
        case CallRouted():
            after = _routed(history, event)
        case CallerAsked() if history.ended_at is None and history.outcome in _MAY_BE_ASKED and not _served(history):
            after = replace(history, outcome="asking")
        case CallHandled() if event.what in _HANDLED and not _served(history):
            after = replace(history, hung_up_by=None, outcome=_HANDLED[event.what])
        case QueueJoined():
            after = _joined(history, event)
        case AgentRang():
            after = replace(history, rings=history.rings + 1)
        case AgentConnected():
            after = _connected(history, event)
        case CallCompleted():
            connected = history.connected_at
            talk = float(event.talk_seconds) if connected is None else _between(connected, event.at)
            after = replace(
                history, agent=event.agent, talk_seconds=talk, hung_up_by=event.hung_up_by, outcome="answered"
            )
        case QueueLeft() if not _served(history) and history.outcome not in _ENDED_WELL:
            wait = None if history.joined_at is None else _between(history.joined_at, event.at)
            by = "caller" if event.status == "ABANDON" else None
            outcome: Outcome = _LEFT.get(event.status, "unserved")
            after = replace(history, wait_seconds=wait, hung_up_by=by, outcome=outcome)
        case CallEnded():
            by = "caller" if history.outcome == "asking" else history.hung_up_by
            after = replace(history, ended_at=event.at, outcome=_final(history), hung_up_by=by)
    return after


def _routed(history: CallHistory, event: CallRouted) -> CallHistory:
    """What was decided, each time anew: a question's answer may change it. The call was routed when it first was."""
    again = bool(history.tier)  # (without an event, the time is that of the service's record)
    arrived = min(history.routed_at, event.at) if again and history.routed_at is not None else event.at
    in_queue = history.joined_at is not None or _served(history)
    routed = replace(
        history, linked_id=event.linked_id, caller_number=event.caller_number, dialled=event.dialled,
        trunk=event.trunk, sip_call_id=event.sip_call_id, tier=event.tier, segment=event.segment,
        routed_at=arrived, priority=event.priority, queue=(history.queue if in_queue else None) or event.queue or None,
        test=event.test,
    )  # fmt: skip
    if event.action == "refuse":
        return replace(routed, outcome="refused")
    anew = history.outcome in ("asking", "refused") and history.ended_at is None and not _served(history)
    return replace(routed, outcome="routing") if anew else routed


def _joined(history: CallHistory, event: QueueJoined) -> CallHistory:
    first = event.at if history.joined_at is None else min(history.joined_at, event.at)
    joined = replace(history, queue=event.queue, joined_at=first)
    if history.connected_at is not None:
        return replace(joined, wait_seconds=_between(first, history.connected_at))
    if _served(history) or history.ended_at is not None:
        return joined
    return replace(joined, wait_seconds=None, hung_up_by=None, outcome="waiting")


def _connected(history: CallHistory, event: AgentConnected) -> CallHistory:
    wait = float(event.hold_seconds) if history.joined_at is None else _between(history.joined_at, event.at)
    talked = history.talk_seconds is not None
    return replace(
        history, queue=event.queue, agent=event.agent, interface=event.interface, connected_at=event.at,
        wait_seconds=wait, hung_up_by=history.hung_up_by if talked else None,
        outcome="answered" if talked or history.ended_at is not None else "talking",
    )  # fmt: skip


def _between(earlier: float, later: float) -> float:
    """Seconds to the millisecond; 0 where clocks or late events would make them negative."""
    return round(max(0.0, later - earlier), 3)


def _served(history: CallHistory) -> bool:
    """Whether an agent has talked with the caller; of the two events that say so one may be missing."""
    return history.connected_at is not None or history.talk_seconds is not None


def _final(history: CallHistory) -> Outcome:
    if _served(history):
        return "answered"
    if history.outcome == "asking":
        return "abandoned"
    return "lost" if history.outcome in ("routing", "waiting") else history.outcome
