"""What queue_log tells of a call and AMI did not: each event counts once."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    CallStarted,
    PartOf,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.reconciliation import missing

Lags = Sequence[float]
CALL, START = "pbx-1.1", 1_700_000_000
AGENTS = {"Ada": "PJSIP/101", "Bob": "PJSIP/102"}


@dataclass(slots=True)
class Course:
    """A call as it happens: events, each as AMI and as queue_log tell it, or one of them."""

    at: float = START + 0.5
    lag: float = 0.0  # of AMI
    told_of: list[tuple[CallEvent | None, CallEvent | None]] = field(default_factory=list)

    def happens(self, ami: CallEvent | None, log: CallEvent | None, late: float = 0.0) -> None:
        """Something happens now; its line is written a moment later, and then the call goes on."""
        first = ami and replace(ami, at=round(self.at + self.lag, 6))
        self.at += late
        self.told_of.append((first, log and replace(log, at=self.at // 1, source="queue_log")))

    @property
    def told(self) -> list[CallEvent]:
        return [log for _, log in self.told_of if log]


@st.composite
def courses(draw: st.DrawFn, gaps: st.SearchStrategy[float], lags: Lags = (0.0,)) -> Course:
    """A call with some stays, rings, talks and transfers, and these seconds between its events."""
    course = Course(at=START + draw(st.floats(0, 1)), lag=draw(st.sampled_from(lags)))
    late = st.sampled_from([0.0, 0.0, 0.001, 0.3, 0.99])  # the dialplan, on a busy machine

    def both(event: CallEvent, *, ours: bool = False, at_once: bool = False) -> None:
        course.at += 0.001 if at_once else draw(gaps)
        course.happens(event, event, draw(late) if ours else draw(st.sampled_from([0.0, 0.002])))

    def one(ami: CallEvent | None, log: CallEvent | None) -> None:
        course.at += draw(gaps)
        course.happens(ami, log)

    one(None, CallStarted(CALL, 0, "+44123", "5000", "isp"))
    for number in range(draw(st.integers(0, 2))):
        both(routed(number), ours=True)
        if draw(st.booleans()):
            both(CallerAsked(CALL, 0, draw(st.sampled_from(["menu", "pin"]))), ours=True)
    for _ in range(draw(st.integers(0, 4))):
        stay(draw, one, both)
    if draw(st.booleans()):
        both(CallHandled(CALL, 0, "voicemail"), ours=True)
    both(CallEnded(CALL, 0, 16), ours=True)
    return course


def stay(draw, one, both) -> None:  # type: ignore[no-untyped-def]
    queue, agent = draw(st.sampled_from("ab")), draw(st.sampled_from(sorted(AGENTS)))
    interface = AGENTS[agent]
    if draw(st.booleans()):
        both(PriorityGiven(CALL, 0, draw(st.sampled_from([10, 20]))), ours=True)
    end = draw(st.sampled_from(["TIMEOUT", "JOINEMPTY", "ABANDON", "caller", "transfer", "passed"]))
    if end == "JOINEMPTY":
        both(QueueLeft(CALL, 0, queue, "JOINEMPTY"), ours=True)
        return
    both(QueueJoined(CALL, 0, queue, draw(st.integers(1, 3))))
    for ringing in draw(st.lists(st.sampled_from(sorted(AGENTS)), max_size=4)):
        one(AgentRang(CALL, 0, queue, ringing, AGENTS[ringing]), None)
        both(AgentDidNotAnswer(CALL, 0, queue, ringing, AGENTS[ringing], draw(st.floats(0, 9))))
    if end in ("TIMEOUT", "ABANDON"):
        one(QueueLeft(CALL, 0, queue, "ABANDON"), QueueLeft(CALL, 0, queue, end))
        if end == "TIMEOUT":
            both(QueueLeft(CALL, 0, queue, end), ours=True, at_once=True)
        return
    one(AgentRang(CALL, 0, queue, agent, interface), None)
    both(AgentConnected(CALL, 0, queue, agent, interface, 5))
    both(CallCompleted(CALL, 0, queue, agent, 7, "caller" if end == "caller" else "transfer"))
    if end == "passed":
        both(PassedOn(CALL, 0, "blind", "205"))
        both(AgentConnected(CALL, 0, "", "PJSIP/205", "PJSIP/205", 0), ours=True)
        both(AgentLeft(CALL, 0, "PJSIP/205"), ours=True)


def routed(number: int) -> CallRouted:
    return CallRouted(
        CALL,
        0,
        linked_id=CALL,
        caller_number="",
        dialled="5000",
        trunk="",
        sip_call_id="",
        tier="live",
        segment=f"s{number}",
        queue="a",
        priority=10,
        action="queue",
    )


Windows = list[tuple[int, int]]
Looks = list[int]


def away(course: Course, windows: Windows) -> list[bool]:
    """Say of each event whether AMI missed it, which was away in these windows (event numbers)."""
    return [
        ami is None or any(begin <= place < begin + many for begin, many in windows)
        for place, (ami, _) in enumerate(course.told_of)
    ]


def came(course: Course, windows: Windows) -> list[CallEvent]:
    """What came over AMI."""
    missed = zip(course.told_of, away(course, windows), strict=True)
    return [ami for (ami, _), gone in missed if ami and not gone]


def happened(course: Course, windows: Windows) -> list[CallEvent]:
    """All of which either told."""
    missed = zip(course.told_of, away(course, windows), strict=True)
    return [event for (ami, log), gone in missed if (event := log or (None if gone else ami))]


def same(event: CallEvent) -> tuple[object, ...]:
    """What an event is, beside its time; a leaving's status, of AMI's, is not known at first."""
    agent, queue = getattr(event, "agent", ""), getattr(event, "queue", "")
    words = [getattr(event, name, "") for name in ("ask", "what", "how")]
    number = event.priority if isinstance(event, PriorityGiven) else 0
    return event.kind, queue if event.kind != "routed" else "", agent, *words, number


def counted(events: Sequence[CallEvent]) -> Counter[tuple[object, ...]]:
    return Counter(same(event) for event in events)


SHORT = st.sampled_from([0.0, 0.001, 0.01, 0.2, 0.7, 1.0, 1.9, 3.5, 20.0])
LAGS = 0.0, 0.0, 0.5, 4.3
WINDOWS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=3)


@given(courses(SHORT, LAGS), WINDOWS)
def test_each_event_counts_once(course: Course, windows: Windows) -> None:
    """However short the times between them, and whatever AMI missed."""
    known = came(course, windows)
    found = missing(known, course.told)
    assert counted([*known, *found]) == counted(happened(course, windows))
    assert missing([*known, *found], course.told) == []


@given(courses(st.floats(5.5, 30)), WINDOWS)
def test_what_ami_was_away_for_is_what_is_missing(course: Course, windows: Windows) -> None:
    """Where no two events may be each other's (as two leavings may), it is just those lines."""
    missed = zip(course.told_of, away(course, windows), strict=True)
    lines = [log for (_, log), gone in missed if gone and log]
    found = missing(came(course, windows), course.told)
    assert [one for one in found if not isinstance(one, QueueLeft)] == [
        one for one in lines if not isinstance(one, QueueLeft)
    ]


@given(courses(SHORT, LAGS), WINDOWS, st.lists(st.integers(0, 60), max_size=4), st.randoms())
def test_told_as_it_goes_on(course: Course, windows: Windows, looks: Looks, order: Random) -> None:
    """The record is looked at now and then, and is in any order."""
    known: list[CallEvent] = []
    for begin, end in pairwise([0, *sorted(looks), len(course.told_of)]):
        part = Course(told_of=course.told_of[:end])
        gone = [*windows, (0, begin)]
        known += came(part, gone)
        order.shuffle(known)
        known += missing(known, part.told)
    assert counted(known) == counted(happened(course, windows))


# Cases ------------------------------------------------------------------------------------------


def join(at: float, position: int = 1, queue: str = "a") -> CallEvent:
    return QueueJoined(CALL, START + at, queue, position)


def rang(at: float, agent: str = "Ada", seconds: float = 5.0) -> AgentDidNotAnswer:
    return AgentDidNotAnswer(CALL, START + at, "a", agent, AGENTS[agent], seconds)


def left(at: float, status: str = "TIMEOUT") -> CallEvent:
    return QueueLeft(CALL, START + at, "a", status)


def log(*events: CallEvent) -> list[CallEvent]:
    return [replace(event, source="queue_log") for event in events]


def test_nothing_is_known_and_nothing_is_told() -> None:
    told = log(join(1), rang(3))
    assert missing([], told) == told
    assert missing([join(1.5)], []) == []


def test_two_equal_rings_of_one_second_are_two() -> None:
    told = log(join(1), rang(3), rang(3))
    assert missing([join(1.2), rang(3.1), rang(3.9)], told) == []
    assert missing([join(1.2), rang(3.1)], told) == log(rang(3))
    assert missing([join(1.2), rang(3.1), *log(rang(3))], told) == []
    assert missing([join(1.2), *log(rang(3))], told) == log(rang(3))
    assert missing([join(1.2)], told) == log(rang(3), rang(3))


def test_the_stay_tells_rings_apart_whose_times_do_not() -> None:
    """The second ring's line was written as the next second began."""
    told = log(join(1), rang(10), left(10), left(10), join(10), rang(11))
    known = [join(10.9), rang(10.98)]
    assert missing(known, told) == log(join(1), rang(10), left(10), left(10))


def test_the_stay_tells_rings_apart_where_ami_comes_late() -> None:
    """Without times of Asterisk's, an event has that of its arrival."""
    told = log(join(1), rang(11), left(11), left(11), join(12), rang(12))
    known = [join(1.1), rang(12.5), join(13.4)]
    assert missing(known, told) == log(left(11), left(11), rang(12))


def test_a_ring_after_a_join_that_ami_missed_may_be_of_the_later_stay() -> None:
    told = log(join(1), rang(10), left(10), left(10), join(10), rang(12))
    assert missing([join(1.1), rang(12.2)], told) == log(rang(10), left(10), left(10), join(10))


def test_events_of_ami_may_be_late() -> None:
    done = CallCompleted(CALL, START + 13, "a", "Ada", 3, "caller")
    assert missing([replace(done, at=START + 17.35)], log(done)) == []
    assert missing([replace(done, at=START + 10.5)], log(done)) == log(done)  # but not early


def test_values_tell_events_of_one_second_apart() -> None:
    told = log(join(1), rang(3, seconds=1.0), rang(3, seconds=2.0))
    assert missing([join(1.2), rang(3.1, seconds=2.0)], told) == log(rang(3, seconds=1.0))
    told = log(join(1, 5), join(1, 4))
    assert missing([join(1.2, 4)], told) == log(join(1, 5))


def test_agents_that_queue_log_knows_by_name_alone() -> None:
    told = log(replace(rang(3), interface=""), rang(4, "Bob"))
    assert missing([rang(3.1), rang(4.1, "Bob")], told) == []
    forwards = AgentDidNotAnswer(CALL, START + 3.5, "a", "PJSIP/101", "PJSIP/101", 0.0)
    assert missing([forwards, rang(4.1, "Bob")], told) == log(replace(rang(3), interface=""))
    assert missing([forwards, rang(3.1), rang(4.1, "Bob")], told) == []


def test_a_colleague_whom_ami_knows_by_name() -> None:
    told = log(AgentConnected(CALL, START + 3, "", "PJSIP/101", "PJSIP/101", 0))
    assert missing([AgentConnected(CALL, START + 3.1, "", "Ada", "PJSIP/101", 0)], told) == []
    assert missing([AgentConnected(CALL, START + 3.1, "", "Bob", "PJSIP/102", 0)], told) == told


def test_an_agent_may_have_another_phone_by_now() -> None:
    was, now = log(rang(3))[0], log(replace(rang(3), interface="PJSIP/999"))[0]
    assert missing([was], [now]) == []
    assert missing([rang(3.5)], [now]) == []


def test_a_wait_that_was_seen_after_a_login() -> None:
    """Its begin is calculated, to about a second, and may lie before what came before it."""
    told = log(replace(routed(1), at=START + 10), join(10, 3), rang(15))
    known = [replace(routed(1), at=START + 10.2), join(10.05, 1), rang(15.5)]
    assert missing(known, told) == []
    told = log(join(10), left(10), left(10), join(10, queue="b"))
    known = [join(10.2), left(10.3), left(10.31), join(10.05, queue="b")]
    assert missing(known, told) == []


def test_a_call_ends_once() -> None:
    """Also where AMI saw only later that it was gone."""
    told = log(PartOf(CALL, START + 9, "pbx-1.0"), CallEnded(CALL, START + 9, 16))
    assert missing([CallEnded(CALL, START + 99, 0)], told) == told[:1]
    assert missing([], [*told, *told]) == told
    assert missing(told[1:], log(CallEnded(CALL, START + 12, 16))) == []


@pytest.mark.parametrize("status", ["TIMEOUT", "LEAVEEMPTY", "WITHDRAW", "KEY"])
def test_why_a_caller_left_is_told_where_ami_could_not(status: str) -> None:
    """Whose dialplan does not say it, too: to AMI it was an abandon."""
    told = log(join(1), left(5, status))
    known: list[CallEvent] = [join(1.1), left(5.2, "ABANDON")]
    assert missing(known, told) == []  # the dialplan may still say it
    for later in (log(join(9)), [CallEnded(CALL, START + 19, 16)]):
        after = [*known, *later]
        assert missing(after, told) == told[1:]
        assert missing([*after, *told[1:]], told) == []
        assert missing([*after, left(5.3, status)], told) == []
        ours = [*told, *log(left(6, status))]
        assert missing(after, ours) in (ours[1:2], ours[2:])
        assert missing([*after, *told[1:]], ours) == []
        assert missing(after, log(join(1), left(5, "ABANDON"))) == []


def test_what_the_service_has_added_to_a_line_is_the_same_line() -> None:
    line = replace(routed(1), at=START + 3, linked_id="", source="queue_log")
    known = [replace(line, linked_id="pbx-1.0", caller_number="+44123")]
    assert missing(known, [line]) == []
    promised = QueueJoined(CALL, START + 5, "a", 1, within=20.0, source="queue_log")
    assert missing([promised], log(join(5))) == []


def test_a_call_of_thousands_of_events_takes_no_long_time() -> None:
    told = log(join(0), *(rang(number) for number in range(5_000)))
    known = [join(0.1), *(rang(number + 0.3) for number in range(5_000) if number % 7)]
    begin = time.process_time()
    assert len(missing(known, told)) == len(range(0, 5_000, 7))
    assert time.process_time() - begin < 5
