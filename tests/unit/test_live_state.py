"""Who waits and who talks now, as calls go, and after a gap in what was seen."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ivr.domain import live_state as module
from ivr.domain.calls.agent_states import AgentShown
from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallRouted,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.member_events import (
    MemberState,
    QueuePicture,
    TalkingCaller,
    WaitingCaller,
)
from ivr.domain.live_state import CallerNotice, LiveState

ANNA = "PJSIP/anna"
QUEUES = ("premium", "general-queue")
READY = AgentShown(ANNA, "Anna", "ready", 1.0, "", "", ("general-queue", "premium"), ("premium",))


def routed(call: str, at: float, priority: int = 100, *, test: bool = False) -> CallRouted:
    return CallRouted(
        call,
        at,
        call,
        "+442079460001",
        "1000",
        "carrier",
        "",
        "live",
        "premium",
        "premium",
        priority,
        "queue",
        test=test,
    )


def state_of(*events: CallEvent) -> LiveState:
    state = LiveState()
    for event in events:
        state.happened(event)
    return state


def parts(state: LiveState, **found: CallerNotice) -> dict[str, Any]:
    now = 100.0
    told: dict[str, Any] = json.loads(json.dumps(state.parts(now, [READY], QUEUES, found, now)))
    return told


def callers(state: LiveState) -> dict[str, dict[str, Any]]:
    return {row["call_id"]: row for row in parts(state)["callers"]["rows"]}


JOINED = QueueJoined("1.1", 10.0, "premium", 1)
TALKS = AgentConnected("1.1", 30.0, "premium", "Anna", ANNA, 20)


def test_a_caller_who_waits_is_rung_for_and_served() -> None:
    state = state_of(routed("1.1", 9.0, test=True))
    assert not callers(state), "nobody waits so far"
    state.happened(JOINED)
    row = callers(state)["1.1"]
    assert (row["state"], row["since"], row["position"]) == ("waiting", 10.0, 1)
    assert (row["number"], row["segment"], row["priority"]) == ("+442079460001", "premium", 100)
    assert row["test"]
    state.happened(AgentRang("1.1", 25.0, "premium", "Anna", ANNA))
    assert callers(state)["1.1"]["rings"] == "Anna"
    state.happened(AgentDidNotAnswer("1.1", 28.0, "premium", "Anna", ANNA, 3.0))
    assert callers(state)["1.1"]["rings"] == ""
    state.happened(TALKS)
    row = callers(state)["1.1"]
    assert (row["state"], row["since"], row["agent"]) == ("talking", 30.0, "Anna")
    assert row["position"] is None
    state.happened(CallEnded("1.1", 60.0, 16))
    assert not callers(state)
    assert len(state) == 0


@pytest.mark.parametrize(
    "event",
    [
        CallCompleted("1.1", 40.0, "premium", "Anna", 10, "caller"),
        AgentLeft("1.1", 40.0, ANNA),
        PassedOn("1.1", 40.0, "blind", "200"),
    ],
    ids=lambda event: str(event.kind),
)
def test_who_is_back_in_a_queue_after_a_talk_waits_anew(event: CallEvent) -> None:
    state = state_of(JOINED, TALKS, event)
    assert not callers(state)
    state.happened(QueueJoined("1.1", 50.0, "general-queue", 1))
    assert callers(state)["1.1"]["since"] == 50.0


def test_a_wait_goes_on_over_a_step_and_in_another_queue() -> None:
    state = state_of(JOINED, QueueLeft("1.1", 40.0, "premium", "TIMEOUT"))
    assert not callers(state)
    state.happened(QueueJoined("1.1", 45.0, "general-queue", 2))
    row = callers(state)["1.1"]
    assert (row["queue"], row["since"]) == ("general-queue", 10.0)


def test_places_are_by_priority_and_then_by_who_came_first() -> None:
    state = state_of(
        *(routed(call, 1.0, 10) for call in ("1.1", "2.2", "3.3")),
        QueueJoined("1.1", 10.0, "premium", 1),
        QueueJoined("2.2", 11.0, "premium", 2),
        QueueJoined("3.3", 12.0, "premium", 3),
        QueueJoined("4.4", 9.0, "general-queue", 1),
        PriorityGiven("3.3", 20.0, 50),
    )
    places = {call: row["position"] for call, row in callers(state).items()}
    assert places == {"3.3": 1, "1.1": 2, "2.2": 3, "4.4": 1}


def test_figures_of_queues_are_of_the_callers_and_agents_that_are_told() -> None:
    later, theirs = QueueJoined("2.2", 40.0, "premium", 2), QueueJoined("3.3", 1.0, "sales", 1)
    state = state_of(JOINED, later, theirs)
    general, premium = parts(state)["queues"]["rows"]
    assert premium == {
        "queue": "premium",
        "waiting": 2,
        "longest_wait": 90.0,
        "agents": 1,
        "free": 1,
    }
    assert general == {
        "queue": "general-queue",
        "waiting": 0,
        "longest_wait": None,
        "agents": 1,
        "free": 0,
    }


def test_what_is_on_record_is_added() -> None:
    state = state_of(JOINED)
    notice = CallerNotice("vip", "value 91", "gold", 70)
    row = parts(state, **{"1.1": notice})["callers"]["rows"][0]
    assert (row["rule"], row["reason"]) == ("vip", "value 91")
    assert (row["segment"], row["priority"]) == ("gold", 70)
    assert callers(state)["1.1"]["rule"] is None
    state.happened(routed("1.1", 11.0))
    assert state.routed_again() == {"1.1"}
    assert state.routed_again() == set()


WAITING = (
    WaitingCaller("1.1", "premium", 1, 12.0, "", 5),
    WaitingCaller("4.4", "premium", 2, 90.0, "+4930", 7),
)


def test_after_a_gap_only_those_are_there_whom_asterisk_has() -> None:
    state = state_of(
        JOINED,
        QueueJoined("2.2", 10.0, "premium", 2),
        QueueJoined("3.3", 10.0, "premium", 3),
        QueueJoined("5.5", 10.0, "premium", 4),
        AgentConnected("5.5", 11.0, "premium", "Ben", "PJSIP/ben", 1),
    )
    picture = QueuePicture(
        100.0,
        (
            MemberState("premium", ANNA, "Anna", "in use", in_call=True),
            MemberState("premium", "PJSIP/ben", "Ben", "free"),
        ),
        WAITING,
        {"3.3": TalkingCaller("3.3", "premium", ANNA)},
        frozenset({"1.1", "3.3", "4.4", "5.5"}),
    )
    state.picture(picture)
    found = callers(state)
    assert set(found) == {"1.1", "3.3", "4.4"}, "2.2 is gone, and Ben talks with nobody"
    assert (found["1.1"]["since"], found["1.1"]["priority"]) == (10.0, 5)
    assert (found["4.4"]["since"], found["4.4"]["number"]) == (90.0, "+4930")
    assert found["4.4"]["position"] == 1
    assert (found["3.3"]["state"], found["3.3"]["agent"]) == ("talking", "Anna")
    state.picture(QueuePicture(200.0))
    assert len(state) == 0


def test_a_talk_with_a_colleague_outlives_a_gap() -> None:
    state = state_of(JOINED, TALKS, AgentConnected("1.1", 40.0, "", "Boss", "PJSIP/boss", 0))
    members = (MemberState("premium", ANNA, "Anna", "free"),)
    state.picture(QueuePicture(100.0, members, alive=frozenset({"1.1"})))
    assert callers(state)["1.1"]["agent"] == "Boss"


def test_a_state_is_never_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CALLERS", 20)
    monkeypatch.setattr(module, "MOST_TOLD", 5)
    state = state_of(*(QueueJoined(f"{n}.1", float(n), "premium", n) for n in range(50)))
    state.happened(CallCompleted("99.1", 1.0, "premium", "Anna", 1, "caller"))
    assert len(state) == 20
    told = parts(state)["callers"]
    assert [row["call_id"] for row in told["rows"]] == [f"{n}.1" for n in range(30, 35)]
    assert told["more"] == 15


def test_nothing_known_is_no_zero() -> None:
    told = LiveState().parts(None, [], QUEUES, {}, 100.0)
    assert [told[name]["at"] for name in ("callers", "agents", "queues")] == [None] * 3


CALLS = st.sampled_from(["1.1", "2.2", "3.3"])
TIMES = st.floats(1.0, 99.0)
NAMES = st.sampled_from(QUEUES)
EVENTS = st.one_of(
    st.builds(routed, CALLS, TIMES),
    st.builds(QueueJoined, CALLS, TIMES, NAMES, st.integers(1, 9)),
    st.builds(AgentRang, CALLS, TIMES, NAMES, st.just("Anna"), st.just(ANNA)),
    st.builds(AgentConnected, CALLS, TIMES, NAMES, st.just("Anna"), st.just(ANNA), st.just(1)),
    st.builds(CallCompleted, CALLS, TIMES, NAMES, st.just("Anna"), st.just(1), st.just("agent")),
    st.builds(QueueLeft, CALLS, TIMES, NAMES, st.just("ABANDON")),
    st.builds(CallEnded, CALLS, TIMES, st.just(16)),
)


@hypothesis_settings(max_examples=200, deadline=None)
@given(events=st.lists(EVENTS, max_size=30))
def test_figures_agree_with_the_rows_whatever_happens(events: list[CallEvent]) -> None:
    state = state_of(*events)
    told = parts(state)
    rows = told["callers"]["rows"]
    for queue in told["queues"]["rows"]:
        here = [row for row in rows if row["queue"] == queue["queue"]]
        waiting = [row for row in here if row["state"] == "waiting"]
        assert queue["waiting"] == len(waiting)
        assert sorted(row["position"] for row in waiting) == list(range(1, len(waiting) + 1))
        oldest = min((row["since"] for row in waiting), default=None)
        wait = None if oldest is None else pytest.approx(100.0 - oldest, abs=0.2)
        assert queue["longest_wait"] == wait
    ended = {event.call_id for event in events[-1:] if isinstance(event, CallEnded)}
    assert not ended & {row["call_id"] for row in rows}
    assert re.fullmatch(r"[\x20-\x7e]*", json.dumps(told))
