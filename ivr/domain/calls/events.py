"""What happened to a call: frozen past-tense events.

Every event is keyed by the Uniqueid of the caller's channel (`call_id`) and carries `at`, Unix time
in seconds. `source` says who told: Asterisk's manager interface, which stamps microseconds, or its
queue_log, where `at` is a whole second.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ivr.domain.json_dataclasses import stored_as

Source = Literal["ami", "queue_log"]


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something that happened to a call."""

    kind: ClassVar[str] = ""
    call_id: str
    at: float
    source: Source = field(default="ami", kw_only=True)


@dataclass(frozen=True, slots=True)
class CallStarted(CallEvent):
    """The caller's channel came to our dialplan; `linked_id` is that of the channel it belongs to.

    Only queue_log tells, so that a call is known that ends before anything is decided about it.
    """

    kind: ClassVar[str] = "started"
    caller_number: str
    dialled: str
    trunk: str
    linked_id: str = ""


@dataclass(frozen=True, slots=True)
class CallRouted(CallEvent):
    """The dialplan applied a decision: the service's, a remembered one, or its own default.

    `tier` says which. `attestation` is as in IncomingCall.
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
    """The caller was asked something by the dialplan.

    `ask` is menu, number, pin, self-service or voicemail.
    """

    kind: ClassVar[str] = "asked"
    ask: str


@dataclass(frozen=True, slots=True)
class CallHandled(CallEvent):
    """The caller got something else than an agent.

    `what` is voicemail, message, ended, no-room, self-service or busy. Only self-service may go
    on: with an agent.
    """

    kind: ClassVar[str] = "handled"
    what: str


@dataclass(frozen=True, slots=True)
class QueueJoined(CallEvent):
    """The caller began to wait in a queue, at `position` (1 is next).

    What was promised then: to answer `within` so many seconds; who gives up before `short_abandon`
    seconds have passed is not counted. None: nothing was.
    """

    kind: ClassVar[str] = "joined"
    queue: str
    position: int
    within: float | None = None
    short_abandon: float | None = None


@dataclass(frozen=True, slots=True)
class PriorityGiven(CallEvent):
    """The caller waits with this priority from now on, or will in the next queue."""

    kind: ClassVar[str] = "priority"
    priority: int


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
    """Caller and agent talk. `hold_seconds` (whole) is Asterisk's own count of the wait.

    Without a queue it is a colleague, to whom the call was passed on.
    """

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
class AgentLeft(CallEvent):
    """The agent's phone has left the call: the talk is over, whatever else is told of it."""

    kind: ClassVar[str] = "agent_left"
    interface: str


@dataclass(frozen=True, slots=True)
class PassedOn(CallEvent):
    """Who talked with the caller has passed the call on.

    `how` is blind or attended. `to` is the number or name that was dialled, or the interface of who
    took over.
    """

    kind: ClassVar[str] = "passed_on"
    how: str
    to: str


@dataclass(frozen=True, slots=True)
class PartOf(CallEvent):
    """This call was an agent's, for a caller, who has taken its place: `caller` is theirs."""

    kind: ClassVar[str] = "part_of"
    caller: str


@dataclass(frozen=True, slots=True)
class QueueLeft(CallEvent):
    """The caller left a queue without an agent.

    `status` is Asterisk's QUEUESTATUS, KEY for who pressed one, or ABANDON while unknown. AMI's
    QueueCallerAbandon comes for hang-ups, timeouts and withdrawals alike; the dialplan's own event,
    which follows when the caller is still there, says which it was.
    """

    kind: ClassVar[str] = "left"
    queue: str
    status: str


@dataclass(frozen=True, slots=True)
class CallEnded(CallEvent):
    """The caller's channel is gone. `cause` is that of Q.850, 0 when the end was not seen."""

    kind: ClassVar[str] = "ended"
    cause: int


EVENTS: dict[str, type[CallEvent]] = {
    kind.kind: kind
    for kind in (
        CallStarted,
        CallRouted,
        CallerAsked,
        QueueJoined,
        PriorityGiven,
        AgentRang,
        AgentDidNotAnswer,
        AgentConnected,
        CallCompleted,
        AgentLeft,
        PassedOn,
        PartOf,
        QueueLeft,
        CallHandled,
        CallEnded,
    )
}
"""Every event, by its kind."""


AgentState = Literal[
    "out",
    "ready",
    "paused",
    "ringing",
    "talking",
    "wrapping up",
    "busy",
    "unreachable",
    "not known",
]


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """From `at` on, an agent was in this state.

    `out`: in no queue of ours. `busy`: on the phone with something that is not ours. `not known`:
    nobody watched. `reason` is that of a pause, `because` the event that says so, `call_id` the
    call of ours that rings or talks.
    """

    interface: str
    at: float
    agent: str
    state: AgentState
    reason: str = ""
    because: str = ""
    call_id: str = ""
    source: Source = "ami"
