"""When Asterisk's events were heard, and which calls of queue_log are to be compared with them."""

import pytest

from ivr.domain.calls.coverage import EARLIER, LATER, Coverage, Outage
from ivr.domain.calls.events import (
    AgentConnected,
    AgentLeft,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallStarted,
    QueueJoined,
)
from ivr.domain.calls.gaps import Gap
from ivr.domain.calls.logged_calls import LATE_SECONDS, LONGEST_SECONDS, LoggedCalls
from ivr.domain.calls.merging import added

T = 1_700_000_000.0


def started(call: str = "1.1", at: float = T) -> CallStarted:
    return CallStarted(call, at, "+442079460001", "1000", "carrier", source="queue_log")


def joined(call: str = "1.1", at: float = T) -> QueueJoined:
    return QueueJoined(call, at, "premium", 1, source="queue_log")


def ended(call: str = "1.1", at: float = T + 9) -> CallEnded:
    return CallEnded(call, at, 16, source="queue_log")


class TestCoverage:
    """What was heard, and what not."""

    def test_what_happens_long_enough_after_the_login_was_heard_once_something_came_later(
        self,
    ) -> None:
        coverage = Coverage()
        assert coverage.covers(T) is False
        coverage.begins(T)
        assert coverage.covers(T) is False
        assert coverage.covers(T + EARLIER) is None
        coverage.heard(T + EARLIER + LATER)
        assert coverage.covers(T + EARLIER) is True

    def test_what_happened_just_before_a_connection_was_lost_may_not_have_been_heard(self) -> None:
        coverage = Coverage()
        coverage.begins(T)
        coverage.heard(T + 60)
        coverage.ends()
        assert coverage.covers(T + 30) is True
        assert coverage.covers(T + 55) is False
        assert coverage.covers(T + 600) is False

    def test_an_outage_lasts_from_what_was_heard_last_to_the_next_login(self) -> None:
        coverage = Coverage()
        coverage.begins(T)
        coverage.heard(T + 60)
        coverage.begins(T + 70)
        outage = Outage(T + 60, T + 70)
        assert coverage.outages() == [outage]
        assert coverage.covers_all(T + 1, T + 60)
        assert not coverage.covers_all(T + 1, T + 65)
        coverage.dealt_with([outage])
        assert coverage.outages() == []

    @pytest.mark.parametrize("told_first", [True, False])
    def test_so_does_one_before_the_first_login(self, *, told_first: bool) -> None:
        coverage = Coverage()
        if told_first:
            coverage.was_heard_before(T - 100)
        coverage.begins(T)
        if not told_first:
            coverage.was_heard_before(T - 100)
        assert coverage.outages() == [Outage(T - 100, T)]

    def test_what_was_heard_before_a_restart_was_heard_over_the_connection_of_before(self) -> None:
        coverage = Coverage()
        coverage.begins(T)
        coverage.heard(T + 60)
        coverage.begins(T + 70)
        coverage.heard(T + 80)
        assert coverage.heard_before(T + 65) == T + 60

    def test_without_anybody_before_us_there_is_no_outage(self) -> None:
        coverage = Coverage()
        coverage.begins(T)
        assert coverage.outages() == []


class TestLoggedCalls:
    """Lines of calls, one by one."""

    def test_a_line_after_the_end_is_told_with_all_of_its_call(self) -> None:
        calls = LoggedCalls[int](0, lambda name: False, lambda name: False)
        calls.line(1, T, [started()], is_covered=False)
        calls.line(2, T + 9, [ended()], is_covered=False)
        left = AgentLeft("1.1", T + 9, "PJSIP/hal", source="queue_log")
        assert calls.line(3, T + 9, [left], is_covered=False) == {"1.1": (started(), ended(), left)}
        assert calls.line(4, T + 9, [ended()], is_covered=False)["1.1"][-1] == ended()
        assert calls.going_on() == {}
        assert calls.position == 4

    def test_a_colleague_s_end_of_a_call_that_nobody_knows_holds_no_position(self) -> None:
        calls = LoggedCalls[int](0, lambda name: False, lambda name: False)
        left = AgentLeft("1.1", T + 9, "PJSIP/hal", source="queue_log")
        assert calls.line(1, T + 9, [left], is_covered=False) == {}
        assert (calls.position, calls.going_on()) == (1, {})

    def test_an_ended_call_is_forgotten_after_a_while(self) -> None:
        calls = LoggedCalls[int](0, lambda name: False, lambda name: False)
        calls.line(1, T, [started()], is_covered=False)
        calls.line(2, T + 9, [ended()], is_covered=False)
        calls.line(3, T + 9 + LATE_SECONDS + 1, [started("1.2")], is_covered=False)
        assert not calls.has("1.1")

    def test_a_call_that_asterisks_events_tell_is_left_to_them(self) -> None:
        calls = LoggedCalls(0, knows=lambda _: True, saw_end=lambda _: True)
        assert calls.line(1, T, [started()], is_covered=True) == {}
        assert calls.line(2, T + 9, [ended()], is_covered=True) == {}
        assert calls.going_on() == {}

    @pytest.mark.parametrize("knows", [True, False])
    def test_one_of_which_they_miss_something_is_told_whole(self, *, knows: bool) -> None:
        """Because nobody listened, or because nothing of it came: it ended before it was routed."""
        calls = LoggedCalls(0, knows=lambda _: knows, saw_end=lambda _: False)
        assert calls.line(1, T, [started()], is_covered=knows) == {}
        told = calls.line(2, T + 9, [ended()], is_covered=not knows)
        assert told == {"1.1": (started(), ended())}

    def test_one_that_goes_on_is_told_again_with_each_line(self) -> None:
        calls = LoggedCalls(0, knows=lambda _: True, saw_end=lambda _: False)
        calls.line(1, T, [started()], is_covered=False)
        assert calls.going_on() == {"1.1": (started(),)}
        assert calls.going_on() == {}
        calls.line(2, T, [joined()], is_covered=True)
        assert calls.going_on() == {"1.1": (started(), joined())}

    def test_reading_goes_on_before_the_oldest_call_that_has_not_ended(self) -> None:
        calls = LoggedCalls(0, knows=lambda _: True, saw_end=lambda _: False)
        calls.line(1, T, [started("1.1")], is_covered=True)
        calls.line(2, T, [started("1.2")], is_covered=True)
        assert calls.position == 0
        calls.line(3, T, [ended("1.1")], is_covered=True)
        assert calls.position == 1
        calls.line(4, T, [ended("1.2")], is_covered=True)
        calls.passes(5)
        assert calls.position == 5

    def test_who_never_ends_is_forgotten_in_time(self) -> None:
        calls = LoggedCalls(0, knows=lambda _: True, saw_end=lambda _: False)
        calls.line(1, T, [started("1.1")], is_covered=True)
        later = T + LONGEST_SECONDS + 1
        calls.line(2, later, [started("1.2", later)], is_covered=True)
        assert not calls.has("1.1")
        assert calls.position == 1

    def test_when_asterisk_begins_anew_the_calls_that_were_there_are_cut_off_in_a_gap(self) -> None:
        calls = LoggedCalls(0, knows=lambda _: True, saw_end=lambda call: call == "1.2")
        for place, call in enumerate(("1.1", "1.2"), 1):
            calls.line(place, T, [started(call)], is_covered=True)
        cut, gap = calls.restarted(3, T + 30, seen_until=T + 20)
        assert cut == {"1.1": (started(), CallEnded("1.1", T + 20, 0, source="queue_log"))}
        assert gap == Gap("calls", T + 20, T + 30, "Asterisk ended without a word", ("1.1",))
        assert calls.restarted(4, T + 90, seen_until=T + 80) == ({}, None)


def test_what_is_added_keeps_the_order_of_the_lines() -> None:
    """The join was seen at .7; the answer came in the same second, and was missed."""
    seen = QueueJoined("1.1", T + 0.7, "premium", 1)
    answer = AgentConnected("1.1", T, "premium", "Anna", "PJSIP/anna", 0, source="queue_log")
    told: list[CallEvent] = [started(), joined(), answer]
    found = added([seen], told)
    assert [event.kind for event in found] == ["started", "connected"]
    assert found[1].at > seen.at
    assert int(found[1].at) == T
    assert added([seen, *found], told) == []


def test_a_talk_that_is_over_in_the_last_second_is_over_before_the_call() -> None:
    """Asterisk may write it after the call's end."""
    over = CallCompleted("1.1", T + 9, "premium", "Anna", 5, "caller", source="queue_log")
    found = added([], [started(), joined(), ended(), over])
    in_order = sorted(found, key=lambda event: event.at)
    assert [event.kind for event in in_order][-2:] == ["completed", "ended"]


def test_two_alike_in_one_second_are_two() -> None:
    told = [joined(), ended(at=T), joined()]
    assert len({(event.kind, event.at) for event in added([], told)}) == 3
