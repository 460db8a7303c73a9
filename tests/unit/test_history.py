"""Events fold into the history of a call: whole courses, and events that are late, missing or told twice."""

from functools import reduce
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.history import CallHistory, Outcome, fold

CALL = "pbx-1700000000.7"
T = 1_700_000_000.0


def folded(*events: CallEvent) -> CallHistory:
    return reduce(fold, events, CallHistory(CALL))


def routed(
    at: float = T, tier: str = "live", segment: str = "premium", action: str = "queue", queue: str = "premium"
) -> CallRouted:
    return CallRouted(
        CALL, at, linked_id=CALL, caller_number="+442079460001", dialled="1000", trunk="carrier", sip_call_id="a@b",
        tier=tier, segment=segment, queue=queue if action == "queue" else "", priority=100, action=action,
    )  # fmt: skip


def asked(at: float, ask: str = "menu") -> CallerAsked:
    return CallerAsked(CALL, at, ask)


def handled(at: float, what: str) -> CallHandled:
    return CallHandled(CALL, at, what)


def joined(at: float, queue: str = "premium") -> QueueJoined:
    return QueueJoined(CALL, at, queue, 1)


def rang(at: float, agent: str = "anna", queue: str = "premium") -> AgentRang:
    return AgentRang(CALL, at, queue, agent, f"PJSIP/{agent}")


def connected(at: float, hold: int, agent: str = "anna", queue: str = "premium") -> AgentConnected:
    return AgentConnected(CALL, at, queue, agent, f"PJSIP/{agent}", hold)


def completed(at: float, talk: int, agent: str = "anna", queue: str = "premium", by: str = "caller") -> CallCompleted:
    return CallCompleted(CALL, at, queue, agent, talk, by)


def left(at: float, status: str, queue: str = "premium") -> QueueLeft:
    return QueueLeft(CALL, at, queue, status)


NORMAL: tuple[CallEvent, ...] = (
    routed(), joined(T + 1), rang(T + 2), connected(T + 13, 11), completed(T + 73, 60), CallEnded(CALL, T + 74, 16),
)  # fmt: skip
ANSWERED = CallHistory(
    CALL, linked_id=CALL, caller_number="+442079460001", dialled="1000", trunk="carrier", sip_call_id="a@b",
    tier="live", segment="premium", routed_at=T, queue="premium", priority=100, joined_at=T + 1, rings=1, agent="anna",
    interface="PJSIP/anna", connected_at=T + 13, wait_seconds=12.0, talk_seconds=60.0, hung_up_by="caller",
    ended_at=T + 74, outcome="answered",
)  # fmt: skip


# Whole courses ---------------------------------------------------------------------------------------


def test_a_call_that_is_served() -> None:
    outcomes = [folded(*NORMAL[:n]).outcome for n in range(len(NORMAL) + 1)]
    assert outcomes == ["routing", "routing", "waiting", "waiting", "talking", "answered", "answered"]
    assert folded(*NORMAL) == ANSWERED


def test_a_caller_who_gives_up() -> None:
    history = folded(routed(), joined(T + 1), rang(T + 2), left(T + 31.5, "ABANDON"), CallEnded(CALL, T + 31.6, 16))
    assert (history.outcome, history.hung_up_by, history.wait_seconds) == ("abandoned", "caller", 30.5)
    assert (history.agent, history.connected_at, history.talk_seconds) == (None, None, None)


def test_a_timeout_then_the_next_queue_and_its_agent() -> None:
    first = [routed(), joined(T + 1), left(T + 46, "ABANDON")]  # AMI says so of a timeout, too
    second = [left(T + 46, "TIMEOUT"), joined(T + 46.5, "general-queue")]
    third = [connected(T + 61, 15, "ben", "general-queue"), completed(T + 91, 30, "ben", "general-queue", "agent")]
    assert folded(*first).outcome == "abandoned"
    assert folded(*first, second[0]).outcome == "asking", "he hears what the dialplan has to say"
    assert folded(*first, second[0]).hung_up_by is None
    gone = folded(*first, second[0], CallEnded(CALL, T + 47, 16))
    assert (gone.outcome, gone.hung_up_by, gone.wait_seconds) == ("abandoned", "caller", 45.0)
    waiting = folded(*first, *second)
    assert (waiting.outcome, waiting.queue, waiting.wait_seconds) == ("waiting", "general-queue", None)
    history = folded(*first, *second, *third)
    assert (history.outcome, history.queue, history.agent) == ("answered", "general-queue", "ben")
    assert (history.joined_at, history.wait_seconds) == (T + 1, 60.0)  # the whole wait, over both queues
    assert (history.talk_seconds, history.hung_up_by) == (30.0, "agent")


def test_a_timeout_whose_own_event_was_missed_is_no_hang_up_of_the_caller() -> None:
    course = [routed(), joined(T + 1), left(T + 46, "ABANDON")]
    assert folded(*course, joined(T + 47, "general-queue")).hung_up_by is None
    assert folded(*course, connected(T + 60, 14)).hung_up_by is None


def test_an_agent_who_does_not_answer_then_another() -> None:
    history = folded(
        routed(), joined(T + 1), rang(T + 2), AgentDidNotAnswer(CALL, T + 17, "premium", "anna", "PJSIP/anna", 15.0),
        rang(T + 18, "ben"), connected(T + 21, 20, "ben"), completed(T + 31, 10, "ben"), CallEnded(CALL, T + 31, 16),
    )  # fmt: skip
    assert (history.rings, history.agent, history.interface) == (2, "ben", "PJSIP/ben")
    assert (history.wait_seconds, history.outcome) == (20.0, "answered")


def test_a_refused_call() -> None:
    history = folded(routed(action="refuse"), CallEnded(CALL, T + 2, 21))
    assert (history.outcome, history.queue, history.wait_seconds) == ("refused", None, None)


def test_a_call_that_is_unserved_or_lost() -> None:
    ended = CallEnded(CALL, T + 9, 16)
    assert folded(routed(), left(T + 1, "JOINEMPTY"), ended).outcome == "unserved"
    assert folded(routed(), ended).outcome == "lost"
    assert folded(routed(), joined(T + 1), ended).outcome == "lost"


@pytest.mark.parametrize("tier", ["remembered", "dialplan", "default"])
def test_the_rung_of_the_ladder_is_kept(tier: str) -> None:
    history = folded(routed(tier=tier, segment=""), joined(T + 1, "general-queue"))
    assert (history.tier, history.segment, history.outcome) == (tier, "", "waiting")


# Questions, and what is no agent's ------------------------------------------------------------------


def test_a_question_and_then_what_its_answer_decides() -> None:
    course = [routed(queue="general-queue"), asked(T + 1), routed(T + 6), joined(T + 7)]
    assert [folded(*course[:n]).outcome for n in range(1, 5)] == ["routing", "asking", "routing", "waiting"]
    decided = folded(*course[:3])
    assert (decided.queue, decided.routed_at) == ("premium", T)
    assert folded(*course, connected(T + 8, 1)).outcome == "talking"


def test_who_hangs_up_on_a_question_has_given_up() -> None:
    history = folded(routed(), asked(T + 1, "number"), CallEnded(CALL, T + 5, 16))
    assert (history.outcome, history.hung_up_by, history.wait_seconds) == ("abandoned", "caller", None)


def test_an_answer_may_take_back_a_refusal_or_refuse() -> None:
    assert folded(routed(action="refuse"), asked(T + 1), routed(T + 2)).outcome == "routing"
    assert folded(routed(action="refuse"), routed(T + 2)).outcome == "routing"
    assert folded(routed(), asked(T + 1), routed(T + 2, action="refuse")).outcome == "refused"


@pytest.mark.parametrize(
    ("what", "outcome"),
    [("voicemail", "voicemail"), ("message", "told"), ("ended", "told"), ("self-service", "self-service")],
)
def test_a_call_that_ends_well_without_an_agent(what: str, outcome: str) -> None:
    end = CallEnded(CALL, T + 60, 16)
    at_once = folded(routed(action="voicemail"), asked(T + 1, "voicemail"), handled(T + 50, what), end)
    assert (at_once.outcome, at_once.hung_up_by, at_once.wait_seconds) == (outcome, None, None)
    waited = [routed(), joined(T + 1), left(T + 46, "ABANDON"), left(T + 46, "TIMEOUT"), asked(T + 47, "voicemail")]
    after = folded(*waited, handled(T + 58, what), end)
    assert (after.outcome, after.hung_up_by, after.wait_seconds, after.agent) == (outcome, None, 45.0, None)
    assert folded(*waited, end).outcome == "abandoned"
    assert folded(*waited, handled(T + 58, "somersault"), end).outcome == "abandoned"


def test_from_self_service_a_caller_may_go_on_to_an_agent() -> None:
    course = [routed(), asked(T + 1, "self-service"), handled(T + 5, "self-service"), joined(T + 20)]
    assert [folded(*course[:n]).outcome for n in range(2, 5)] == ["asking", "self-service", "waiting"]
    history = folded(*course, connected(T + 25, 5), completed(T + 35, 10), CallEnded(CALL, T + 35, 16))
    assert (history.outcome, history.wait_seconds) == ("answered", 5.0)
    assert folded(*course[:3], left(T + 20, "JOINEMPTY")).outcome == "unserved"


def test_an_offered_voicemail_that_takes_nothing_leads_back_to_the_queue() -> None:
    course = [routed(), joined(T + 1), left(T + 46, "TIMEOUT"), asked(T + 47, "voicemail"), joined(T + 50)]
    assert folded(*course).outcome == "waiting"


def test_a_late_question_or_message_takes_nothing_from_an_agent() -> None:
    for event in (asked(T + 20), handled(T + 20, "voicemail")):
        assert fold(folded(*NORMAL[:4]), event).outcome == "talking"
        assert fold(ANSWERED, event) == ANSWERED
    recorded = folded(routed(), handled(T + 5, "voicemail"))
    assert fold(recorded, left(T + 4, "TIMEOUT")) == recorded


# Late, missing, twice --------------------------------------------------------------------------------


def test_the_end_of_the_conversation_after_the_end_of_the_call() -> None:
    *before, complete, end = NORMAL
    assert folded(*before, end).outcome == "answered"
    assert folded(*before, end, complete) == ANSWERED


def test_the_order_of_the_facts_of_a_served_call_does_not_matter() -> None:
    for events in permutations(NORMAL):
        assert folded(*events) == ANSWERED, [event.kind for event in events]


def test_the_order_of_the_facts_of_an_abandoned_call_does_not_matter() -> None:
    course = (routed(), joined(T + 1), rang(T + 2), left(T + 31, "ABANDON"), CallEnded(CALL, T + 31, 16))
    for events in permutations(course):
        if events.index(course[1]) < events.index(course[3]):  # a join after a departure is a new wait
            assert folded(*events) == folded(*course), [event.kind for event in events]


@pytest.mark.parametrize("missing", range(len(NORMAL) - 1))
def test_a_served_call_is_answered_whatever_single_fact_is_missing(missing: int) -> None:
    events = [event for i, event in enumerate(NORMAL) if i != missing]
    for order in permutations(events):
        assert folded(*order).outcome == "answered"


def test_without_the_join_asterisks_own_count_of_the_wait_counts() -> None:
    history = folded(routed(), connected(T + 13, 11))
    assert (history.wait_seconds, history.joined_at, history.outcome) == (11.0, None, "talking")
    assert folded(routed(), left(T + 13, "ABANDON")).wait_seconds is None


def test_without_the_answer_asterisks_own_count_of_the_talk_counts() -> None:
    assert folded(routed(), joined(T + 1), completed(T + 73, 59)).talk_seconds == 59.0


def test_a_departure_after_the_agent_answered_changes_nothing() -> None:
    served = folded(*NORMAL[:4])
    assert fold(served, left(T + 14, "ABANDON")) == served
    only_completed = folded(routed(), completed(T + 73, 60))
    assert fold(only_completed, left(T + 14, "ABANDON")) == only_completed


@pytest.mark.parametrize("event", [event for event in NORMAL if not isinstance(event, AgentRang)])
def test_an_event_that_is_told_twice_counts_once(event: CallEvent) -> None:
    at = NORMAL.index(event)
    assert folded(*NORMAL[: at + 1], event, *NORMAL[at + 1 :]) == ANSWERED
    assert folded(*NORMAL, event) == ANSWERED
    assert folded(*NORMAL[:5], event).outcome == "answered"


def test_clocks_that_run_backwards_make_no_negative_durations() -> None:
    history = folded(joined(T + 5), connected(T + 4, 0), completed(T + 3, 0))
    assert (history.wait_seconds, history.talk_seconds) == (0.0, 0.0)
    assert folded(joined(T + 5), left(T + 4, "TIMEOUT")).wait_seconds == 0.0


TIMES = st.floats(0, 2e9) | st.sampled_from([0.0, T, T + 1])
TEXTS = st.sampled_from(["", "premium", "general-queue"])
EVENTS = st.one_of(
    st.builds(
        CallRouted, st.just(CALL), TIMES, linked_id=TEXTS, caller_number=TEXTS, dialled=TEXTS, trunk=TEXTS,
        sip_call_id=TEXTS, tier=TEXTS, segment=TEXTS, queue=TEXTS, priority=st.integers(0, 1000),
        action=st.sampled_from(["queue", "refuse", "voicemail", "end", ""]),
    ),
    st.builds(CallerAsked, st.just(CALL), TIMES, st.sampled_from(["menu", "number", "pin", "voicemail", ""])),
    st.builds(
        CallHandled, st.just(CALL), TIMES, st.sampled_from(["voicemail", "message", "ended", "self-service", ""])
    ),
    st.builds(QueueJoined, st.just(CALL), TIMES, TEXTS, st.integers(1, 9)),
    st.builds(AgentRang, st.just(CALL), TIMES, TEXTS, TEXTS, TEXTS),
    st.builds(AgentDidNotAnswer, st.just(CALL), TIMES, TEXTS, TEXTS, TEXTS, st.floats(0, 60)),
    st.builds(AgentConnected, st.just(CALL), TIMES, TEXTS, TEXTS, TEXTS, st.integers(0, 9999)),
    st.builds(CallCompleted, st.just(CALL), TIMES, TEXTS, TEXTS, st.integers(0, 9999), TEXTS),
    st.builds(QueueLeft, st.just(CALL), TIMES, TEXTS, st.sampled_from(["ABANDON", "TIMEOUT", "JOINEMPTY"])),
    st.builds(CallEnded, st.just(CALL), TIMES, st.integers(0, 127)),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(EVENTS, max_size=12))
def test_any_events_make_a_history_that_makes_sense(events: list[CallEvent]) -> None:
    history = CallHistory(CALL)
    for event in events:
        history = fold(history, event)
        assert history.outcome in get_args(Outcome)
        assert history.wait_seconds is None or history.wait_seconds >= 0
        assert history.talk_seconds is None or history.talk_seconds >= 0
    assert history.rings == sum(isinstance(event, AgentRang) for event in events)
    served = [event for event in events if isinstance(event, AgentConnected | CallCompleted)]
    if served:
        assert history.outcome in ("talking", "answered", "refused")
