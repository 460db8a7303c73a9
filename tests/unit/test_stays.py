"""Stays, talks and verdicts: what a call is made of, told by its events."""

import pytest

from ivr.domain.calls.events import (
    AgentConnected,
    AgentLeft,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallRouted,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.history import CallHistory, Story, story_of
from ivr.domain.calls.stays import Stay

CALL = "pbx-1700000000.7"
T = 1_700_000_000.0


def told(*events: CallEvent) -> Story:
    return story_of(CallHistory(CALL), events)


def routed(at: float = T, priority: int = 100) -> CallRouted:
    return CallRouted(
        CALL,
        at,
        linked_id=CALL,
        caller_number="+442079460001",
        dialled="1000",
        trunk="carrier",
        sip_call_id="a@b",
        tier="live",
        segment="premium",
        queue="premium",
        priority=priority,
        action="queue",
    )


def joined(at: float, queue: str = "premium", within: float | None = 20.0) -> QueueJoined:
    return QueueJoined(CALL, at, queue, 1, within, 5.0)


def connected(at: float, agent: str = "Anna", queue: str = "premium") -> AgentConnected:
    return AgentConnected(CALL, at, queue, agent, f"PJSIP/{agent.lower()}", 1)


def completed(at: float, agent: str = "Anna", by: str = "caller") -> CallCompleted:
    return CallCompleted(CALL, at, "premium", agent, 1, by)


def ended(at: float) -> CallEnded:
    return CallEnded(CALL, at, 16)


def test_waits_count_no_talk_and_both_agents_are_on_record() -> None:
    """Anna talks and passes the caller on; the colleague is busy, so the caller waits again."""
    story = told(
        routed(),
        joined(T + 1),
        connected(T + 1.2),
        PassedOn(CALL, T + 9.2, "blind", "cleo"),
        completed(T + 9.2, by="transfer"),
        PriorityGiven(CALL, T + 9.4, 100),
        joined(T + 9.4),
        connected(T + 9.6, "Ben"),
        completed(T + 20, "Ben", "agent"),
        ended(T + 20),
    )
    waits = [(s.number, s.how, s.wait_seconds, s.agent) for s in story.course.stays]
    assert waits == [(1, "answered", 0.2, "Anna"), (2, "answered", 0.2, "Ben")]
    talked = [(s.talk_seconds, s.verdict) for s in story.course.stays]
    assert talked == [(8.0, "met"), (10.4, "met")]
    anna, ben = story.course.talks
    assert (anna.ended_by, anna.passed_how, anna.passed_to) == ("transfer", "blind", "cleo")
    assert (ben.ended_by, ben.passed_how, ben.seconds) == ("agent", "", 10.4)
    history = story.history
    assert (history.wait_seconds, history.talk_seconds, history.agent) == (0.2, 18.4, "Ben")
    assert (history.outcome, history.hung_up_by) == ("answered", "agent")


def test_the_end_of_the_agents_phone_ends_the_talk_whatever_is_told_later() -> None:
    """A connected caller is led elsewhere: Asterisk says so only when they hang up."""
    story = told(
        joined(T),
        connected(T + 1),
        AgentLeft(CALL, T + 3, "PJSIP/anna"),
        completed(T + 7),
        ended(T + 7),
    )
    assert [talk.seconds for talk in story.course.talks] == [2.0]
    assert story.history.talk_seconds == 2.0
    assert story.course.talks[0].ended_by == "caller"


def test_the_end_of_another_phone_ends_no_talk() -> None:
    story = told(joined(T), connected(T + 1), AgentLeft(CALL, T + 2, "PJSIP/ben"))
    assert story.course.talks[0].ended_at is None
    assert story.history.outcome == "talking"


def test_a_colleague_who_takes_over_is_a_talk_without_a_stay() -> None:
    story = told(
        joined(T),
        connected(T + 1),
        PassedOn(CALL, T + 5, "attended", "PJSIP/cleo"),
        connected(T + 5, "Cleo", queue=""),
        AgentLeft(CALL, T + 9, "PJSIP/cleo"),
        ended(T + 9),
    )
    assert [(t.agent, t.stay, t.seconds) for t in story.course.talks] == [
        ("Anna", 1, 4.0),
        ("Cleo", 0, 4.0),
    ]
    assert len(story.course.stays) == 1
    assert (story.history.queue, story.history.agent) == ("premium", "Anna")


@pytest.mark.parametrize(
    ("status", "how"),
    [
        ("ABANDON", "abandoned"),
        ("TIMEOUT", "timeout"),
        ("LEAVEEMPTY", "empty"),
        ("WITHDRAW", "withdrawn"),
    ],
)
def test_how_a_caller_left(status: str, how: str) -> None:
    """Asterisk says of each that they gave up; the dialplan corrects it where they did not."""
    course = told(routed(), joined(T), QueueLeft(CALL, T + 8, "premium", "ABANDON")).course
    assert course.stays[0].how == "abandoned"
    course = told(
        joined(T),
        QueueLeft(CALL, T + 8, "premium", "ABANDON"),
        QueueLeft(CALL, T + 8.1, "premium", status),
    ).course
    assert (course.stays[0].how, course.stays[0].wait_seconds) == (how, 8.0)


def test_each_queue_that_a_caller_is_moved_to_is_a_stay_with_the_priority_of_then() -> None:
    story = told(
        routed(priority=30),
        joined(T),
        QueueLeft(CALL, T + 45, "premium", "TIMEOUT"),
        PriorityGiven(CALL, T + 46, 60),
        joined(T + 46, "general"),
        PriorityGiven(CALL, T + 50, 72),
        connected(T + 51, "Ben", "general"),
    )
    assert [(s.queue, s.priority, s.how) for s in story.course.stays] == [
        ("premium", 30, "timeout"),
        ("general", 72, "answered"),
    ]
    assert story.history.wait_seconds == 51.0


def test_what_was_missed_is_made_the_best_of() -> None:
    only_connected = told(connected(T + 9)).course
    assert [(s.how, s.wait_seconds) for s in only_connected.stays] == [("answered", 1.0)]
    only_completed = told(completed(T + 9)).course
    assert [(t.agent, t.seconds) for t in only_completed.talks] == [("Anna", 1.0)]
    cut_off = told(joined(T), ended(T + 4)).course
    assert (cut_off.stays[0].how, cut_off.stays[0].wait_seconds) == ("lost", 4.0)
    joined_twice = told(joined(T), joined(T + 5, "general")).course
    assert [s.how for s in joined_twice.stays] == ["left", "waiting"]


@pytest.mark.parametrize(
    ("how", "wait", "within", "verdict"),
    [
        ("answered", 20.0, 20.0, "met"),
        ("answered", 20.1, 20.0, "missed"),
        ("abandoned", 4.9, 20.0, "not counted"),
        ("abandoned", 5.0, 20.0, "missed"),
        ("abandoned", 33.0, 20.0, "missed"),
        ("timeout", 15.0, 20.0, "not counted"),
        ("timeout", 45.0, 20.0, "missed"),
        ("lost", 3.0, 20.0, "not counted"),
        ("answered", 99.0, None, "not counted"),
        ("waiting", None, 20.0, "pending"),
    ],
)
def test_the_verdict_of_a_stay(
    how: str,
    wait: float | None,
    within: float | None,
    verdict: str,
) -> None:
    stay = Stay(1, "premium", T, how, wait_seconds=wait, within=within, short_abandon=5.0)
    assert stay.verdict == verdict


def test_a_story_is_the_same_in_whatever_order_its_events_are_told() -> None:
    events = (
        joined(T),
        connected(T + 1),
        completed(T + 5, by="transfer"),
        joined(T + 6),
        ended(T + 9),
    )
    assert told(*reversed(events)) == told(*events)
