"""One caller in one queue, and one talk: what a call is made of.

A call has a stay for each time that its caller was in a queue, and a talk for each agent or
colleague. Their events come in the order in which they happened; what is missing is made the best
of, and no duration is negative.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from ivr.domain.calls.events import (
    AgentConnected,
    AgentLeft,
    CallCompleted,
    CallEnded,
    CallEvent,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
    Source,
)
from ivr.domain.changed import changed

Verdict = Literal["met", "missed", "not counted", "pending"]
WAITING = "waiting"
_HOW = {
    "ABANDON": "abandoned",
    "TIMEOUT": "timeout",
    "LEAVEEMPTY": "empty",
    "LEAVEUNAVAIL": "empty",
    "WITHDRAW": "withdrawn",
    "CONTINUE": "continued",
    "KEY": "continued",
}


@dataclass(frozen=True, slots=True)
class Stay:
    """One caller in one queue. Times are Unix seconds, durations seconds to the millisecond.

    `how` it ended: answered, abandoned, timeout, empty (nobody was there), withdrawn, continued
    (by a key), left (for another reason), lost (nobody saw how), or waiting: it has not ended.
    `talk_seconds` is that of the agent who answered. `priority` is the one at the end. What was
    promised: to answer `within` so many seconds, without counting who gives up before
    `short_abandon`; None: nothing.
    """

    number: int
    queue: str
    joined_at: float
    how: str = WAITING
    left_at: float | None = None
    wait_seconds: float | None = None
    agent: str = ""
    interface: str = ""
    talk_seconds: float | None = None
    priority: int | None = None
    within: float | None = None
    short_abandon: float | None = None
    source: Source = "ami"

    @property
    def verdict(self) -> Verdict:
        """Say whether the promise was kept.

        The service level is met ÷ (met + missed). Not counted: who gave up at once, and who moved
        on in time; and where nothing was promised.
        """
        if self.wait_seconds is None:
            return "pending"
        if self.within is None:
            return "not counted"
        if self.wait_seconds > self.within:
            return "missed"
        if self.how == "answered":
            return "met"
        is_counted = self.how == "abandoned" and self.wait_seconds >= (self.short_abandon or 0)
        return "missed" if is_counted else "not counted"


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk. `stay` is the number of the stay in which the agent answered, 0 for a colleague.

    `ended_by` is caller, agent, transfer, or empty where nobody saw it. Who talked may have passed
    the call on: how (blind or attended), and to whom.
    """

    number: int
    stay: int
    agent: str
    interface: str
    began_at: float
    ended_at: float | None = None
    ended_by: str = ""
    passed_how: str = ""
    passed_to: str = ""
    source: Source = "ami"

    @property
    def seconds(self) -> float | None:
        """Give its length; None while it goes on."""
        return None if self.ended_at is None else between(self.began_at, self.ended_at)


def between(earlier: float, later: float) -> float:
    """Seconds to the millisecond; 0 where clocks or late events would make them negative."""
    return round(max(0.0, later - earlier), 3)


@dataclass(frozen=True, slots=True)
class Course:
    """The stays and talks of a call so far. `priority` is what the next stay has."""

    stays: tuple[Stay, ...] = ()
    talks: tuple[Talk, ...] = ()
    priority: int | None = None


def after(course: Course, event: CallEvent) -> Course:
    """Return the course after an event."""
    told = _TOLD.get(type(event))
    return told(course, event) if told else course


def _given(course: Course, event: PriorityGiven) -> Course:
    course = changed(course, priority=event.priority)
    return _changed(course, _waiting(course), priority=event.priority)


def _joined(course: Course, event: QueueJoined) -> Course:
    course = _changed(course, _waiting(course), how="left", left_at=event.at)
    stay = Stay(
        len(course.stays) + 1,
        event.queue,
        event.at,
        priority=course.priority,
        within=event.within,
        short_abandon=event.short_abandon,
        source=event.source,
    )
    return changed(course, stays=(*course.stays, stay))


def _connected(course: Course, event: AgentConnected) -> Course:
    course = _ended_talk(course, _going_on(course), event.at, "")
    stay = _waiting(course) if event.queue else None
    if event.queue and stay is None:  # nobody saw the caller join, or whether the wait had ended
        joined = QueueJoined(event.call_id, event.at - event.hold_seconds, event.queue, 1)
        course = _joined(course, replace(joined, source=event.source))
        stay = course.stays[-1]
    course = _changed(
        course,
        stay,
        how="answered",
        left_at=event.at,
        agent=event.agent,
        interface=event.interface,
    )
    talk = Talk(
        len(course.talks) + 1,
        stay.number if stay else 0,
        event.agent,
        event.interface,
        event.at,
        source=event.source,
    )
    return changed(course, talks=(*course.talks, talk))


def _completed(course: Course, event: CallCompleted) -> Course:
    talk = next((t for t in reversed(course.talks) if t.agent == event.agent), None)
    if talk is None:  # nobody saw it begin
        began = event.at - event.talk_seconds
        seen = AgentConnected(event.call_id, began, event.queue, event.agent, "", 0)
        course = _connected(course, replace(seen, source=event.source))
        talk = course.talks[-1]
    return _ended_talk(course, talk, event.at, event.hung_up_by)


def _agent_left(course: Course, event: AgentLeft) -> Course:
    talk = _going_on(course)
    if talk is None or talk.interface != event.interface:
        return course
    return _ended_talk(course, talk, event.at, "")


def _passed_on(course: Course, event: PassedOn) -> Course:
    if not course.talks:
        return course
    course = _ended_talk(course, course.talks[-1], event.at, "transfer")
    talk = changed(course.talks[-1], passed_how=event.how, passed_to=event.to)
    return _with_talk(course, talk)


def _left(course: Course, event: QueueLeft) -> Course:
    how = _HOW.get(event.status, "left")
    if waiting := _waiting(course):
        return _changed(course, waiting, how=how, left_at=event.at)
    last = course.stays[-1] if course.stays else None
    # Asterisk says of everybody that they gave up; who is still there is told by the dialplan.
    if last and last.how == "abandoned" and last.queue == event.queue:
        return _changed(course, last, how=how, left_at=last.left_at)
    return course


def _ended(course: Course, event: CallEnded) -> Course:
    course = _changed(course, _waiting(course), how="lost", left_at=event.at)
    return _ended_talk(course, _going_on(course), event.at, "")


def _waiting(course: Course) -> Stay | None:
    """Return the stay that has not ended; only the last one can be."""
    return course.stays[-1] if course.stays and course.stays[-1].how == WAITING else None


def _going_on(course: Course) -> Talk | None:
    """Return the talk that has not ended; only the last one can be."""
    return course.talks[-1] if course.talks and course.talks[-1].ended_at is None else None


def _changed(course: Course, stay: Stay | None, **changes: object) -> Course:
    """Change a stay; its wait is what the time at which it was left says."""
    if stay is None:
        return course
    stay = changed(stay, **changes)
    if stay.left_at is not None:
        stay = changed(stay, wait_seconds=between(stay.joined_at, stay.left_at))
    place = stay.number - 1
    return changed(course, stays=(*course.stays[:place], stay, *course.stays[place + 1 :]))


def _ended_talk(course: Course, talk: Talk | None, at: float, by: str) -> Course:
    """End a talk; one that has ended did so at the earlier time, by whoever was seen to end it."""
    if talk is None:
        return course
    ended = at if talk.ended_at is None else min(at, talk.ended_at)
    talk = changed(talk, ended_at=ended, ended_by=talk.ended_by or by)
    course = _with_talk(course, talk)
    if not talk.stay:
        return course
    stay = course.stays[talk.stay - 1]
    return _changed(course, stay, talk_seconds=talk.seconds)


def _with_talk(course: Course, talk: Talk) -> Course:
    place = talk.number - 1
    return changed(course, talks=(*course.talks[:place], talk, *course.talks[place + 1 :]))


_TOLD: Mapping[type[CallEvent], Callable[[Course, Any], Course]] = {
    PriorityGiven: _given,
    QueueJoined: _joined,
    AgentConnected: _connected,
    CallCompleted: _completed,
    AgentLeft: _agent_left,
    PassedOn: _passed_on,
    QueueLeft: _left,
    CallEnded: _ended,
}
