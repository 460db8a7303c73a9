"""The history of a call, folded from what happened to it.

Events may come late, and one may be missing: `fold` makes the best of what there is, and never a
negative duration. It counts rings, so an event that comes twice has to be dropped before (the
journal does). A `Story` has the stays and talks beside it; its events come in their order.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ivr.domain.calls.events import (
    AgentConnected,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    CallStarted,
    PartOf,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.stays import Course, Talk, after, between
from ivr.domain.changed import changed
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
    "KEY": "asking",  # they pressed one
}
_ENDED_WELL = ("voicemail", "told")  # from there no caller comes back to a queue
_MAY_BE_ASKED = ("routing", "asking", "refused", "waiting", "unserved")


@dataclass(frozen=True, slots=True)
class CallHistory:
    """What is known of one call. Times are Unix seconds, durations seconds; None: has not happened.

    `wait_seconds` is the time from the first queue to the first agent (or to giving up), and
    `talk_seconds` that of all talks. `queue` is the one that the caller was in last, `agent` who
    answered there last. A call that an agent made for a caller is `part_of` that caller's.
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
    # What the service decided, by the last decision that was carried out; empty: nothing.
    entry_point: str = ""
    intent: str = ""
    treatment: str = ""
    rule: str = ""
    policy_version: str = ""
    part_of: str = ""
    identified: str = ""  # `afterwards`: by the number alone, when the call was over; empty: when it came


def fold(history: CallHistory, event: CallEvent) -> CallHistory:
    """The history after `event`."""
    told = _TOLD.get(type(event))
    return told(history, event) if told else history


def _asked(history: CallHistory, event: CallerAsked) -> CallHistory:
    is_there = history.ended_at is None and not _served(history)
    may_be_asked = is_there and history.outcome in _MAY_BE_ASKED
    return changed(history, outcome="asking") if may_be_asked else history


def _handled(history: CallHistory, event: CallHandled) -> CallHistory:
    if event.what not in _HANDLED or _served(history):
        return history
    return changed(history, hung_up_by=None, outcome=_HANDLED[event.what])


def _rang(history: CallHistory, event: AgentRang) -> CallHistory:
    return changed(history, rings=history.rings + 1)


def _completed(history: CallHistory, event: CallCompleted) -> CallHistory:
    connected = history.connected_at
    talk = float(event.talk_seconds) if connected is None else between(connected, event.at)
    return changed(
        history,
        agent=event.agent,
        talk_seconds=talk,
        hung_up_by=event.hung_up_by,
        outcome="answered",
    )


def _left(history: CallHistory, event: QueueLeft) -> CallHistory:
    if _served(history) or history.outcome in _ENDED_WELL:
        return history
    wait = None if history.joined_at is None else between(history.joined_at, event.at)
    by = "caller" if event.status == "ABANDON" else None
    outcome: Outcome = _LEFT.get(event.status, "unserved")
    return changed(history, wait_seconds=wait, hung_up_by=by, outcome=outcome)


def _ended(history: CallHistory, event: CallEnded) -> CallHistory:
    by = "caller" if history.outcome == "asking" else history.hung_up_by
    return changed(history, ended_at=event.at, outcome=_final(history), hung_up_by=by)


def _given(history: CallHistory, event: PriorityGiven) -> CallHistory:
    return changed(history, priority=event.priority)


def _part_of(history: CallHistory, event: PartOf) -> CallHistory:
    return changed(history, part_of=event.caller)


def _started(history: CallHistory, event: CallStarted) -> CallHistory:
    """Fill in what nothing else has said."""
    return changed(
        history,
        linked_id=history.linked_id or event.linked_id,
        caller_number=history.caller_number or event.caller_number,
        dialled=history.dialled or event.dialled,
        trunk=history.trunk or event.trunk,
        routed_at=event.at if history.routed_at is None else history.routed_at,
    )


def _routed(history: CallHistory, event: CallRouted) -> CallHistory:
    """What was decided, each time anew: a question's answer may change it. The call was routed when it first was."""
    again = bool(history.tier)  # (without an event, the time is that of the service's record)
    arrived = min(history.routed_at, event.at) if again and history.routed_at is not None else event.at
    in_queue = history.joined_at is not None or _served(history)
    routed = changed(
        history,
        linked_id=event.linked_id or history.linked_id,
        caller_number=event.caller_number or history.caller_number,
        dialled=event.dialled or history.dialled,
        trunk=event.trunk or history.trunk,
        sip_call_id=event.sip_call_id or history.sip_call_id,
        tier=event.tier,
        segment=event.segment,
        routed_at=arrived,
        priority=event.priority,
        queue=(history.queue if in_queue else None) or event.queue or None,
        test=event.test,
    )
    if event.action == "refuse":
        return changed(routed, outcome="refused")
    anew = history.outcome in ("asking", "refused") and history.ended_at is None and not _served(history)
    return changed(routed, outcome="routing") if anew else routed


def _joined(history: CallHistory, event: QueueJoined) -> CallHistory:
    connected = history.connected_at
    if connected is not None and history.joined_at is not None and event.at > connected:
        return changed(history, queue=event.queue)  # once more, after a talk
    first = event.at if history.joined_at is None else min(history.joined_at, event.at)
    joined = changed(history, queue=event.queue, joined_at=first)
    if connected is not None:
        return changed(joined, wait_seconds=between(first, connected))
    if _served(history) or history.ended_at is not None:
        return joined
    return changed(joined, wait_seconds=None, hung_up_by=None, outcome="waiting")


def _connected(history: CallHistory, event: AgentConnected) -> CallHistory:
    wait = float(event.hold_seconds) if history.joined_at is None else between(history.joined_at, event.at)
    talked = history.talk_seconds is not None
    told = changed(
        history,
        queue=event.queue or history.queue,
        agent=event.agent if event.queue else history.agent,
        interface=event.interface if event.queue else history.interface,
        hung_up_by=history.hung_up_by if talked else None,
        outcome="answered" if talked or history.ended_at is not None else "talking",
    )
    if history.connected_at is not None and history.connected_at <= event.at:
        return told  # the wait was that for the first one
    return changed(told, connected_at=event.at, wait_seconds=wait)


def _served(history: CallHistory) -> bool:
    """Whether an agent has talked with the caller; of the two events that say so one may be missing."""
    return history.connected_at is not None or history.talk_seconds is not None


def _final(history: CallHistory) -> Outcome:
    if _served(history):
        return "answered"
    if history.outcome == "asking":
        return "abandoned"
    return "lost" if history.outcome in ("routing", "waiting") else history.outcome


_TOLD: Mapping[type[CallEvent], Callable[[CallHistory, Any], CallHistory]] = {
    CallStarted: _started,
    CallRouted: _routed,
    PriorityGiven: _given,
    PartOf: _part_of,
    CallerAsked: _asked,
    CallHandled: _handled,
    QueueJoined: _joined,
    AgentRang: _rang,
    AgentConnected: _connected,
    CallCompleted: _completed,
    QueueLeft: _left,
    CallEnded: _ended,
}
NOTHING_SO_FAR = Course()


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of a call: its history, stays and talks, of events in their order."""

    history: CallHistory
    course: Course = NOTHING_SO_FAR

    def after(self, event: CallEvent) -> "Story":
        """Return the story after an event that came after all others."""
        history, course = fold(self.history, event), after(self.course, event)
        if isinstance(event, CallRouted):
            course = after(course, PriorityGiven(event.call_id, event.at, event.priority))
        if course.talks != self.course.talks:
            history = _with_talks(history, course.talks)
        return Story(history, course)


def _with_talks(history: CallHistory, talks: Sequence[Talk]) -> CallHistory:
    """Sum up the talks; while one goes on, it is the outcome."""
    lengths = [talk.seconds for talk in talks if talk.seconds is not None]
    talked = round(sum(lengths), 3) if lengths else None
    goes_on = talks[-1].seconds is None and history.ended_at is None
    outcome: Outcome = "talking" if goes_on else "answered"
    last = talks[-1]
    served = next((talk for talk in reversed(talks) if talk.stay), last)
    by = None if goes_on else last.ended_by or history.hung_up_by
    return changed(
        history,
        talk_seconds=talked,
        agent=served.agent,
        interface=served.interface or history.interface,
        hung_up_by=by,
        outcome=outcome,
    )


def story_of(known: CallHistory, events: Iterable[CallEvent]) -> Story:
    """Tell the story from its beginning; `known` is what else than events has said of the call."""
    story = Story(known)
    for event in sorted(events, key=lambda each: each.at):
        story = story.after(event)
    return story
