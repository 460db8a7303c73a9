"""Whatever happens, and in whatever order: the states of agents add up."""

import itertools
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.domain.agents import Agent
from ivr.domain.calls.agent_states import AgentStates
from ivr.domain.calls.events import (
    AgentChanged,
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    AgentRang,
    CallCompleted,
    CallEnded,
    PassedOn,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.member_events import (
    MemberState,
    MemberTold,
    QueuePicture,
    TalkingCaller,
    WaitingCaller,
)

ANNA, BEN, EVE = "PJSIP/anna", "PJSIP/ben", "PJSIP/eve"
OWN = frozenset({"premium", "general-queue"})
AGENTS = [Agent("Anna", ANNA, {"premium": 5}), Agent("Ben", BEN, {"general-queue": 5})]

WHO = st.sampled_from([ANNA, BEN, EVE])
QUEUES = st.sampled_from(["premium", "general-queue", "sales"])
CALLS = st.sampled_from(["1.1", "2.2", "3.3"])
TIMES = st.floats(1.0, 100.0)
MEMBERS = st.builds(
    MemberState,
    QUEUES,
    WHO,
    st.sampled_from(["Anna", "Ben", "Eve"]),
    st.sampled_from(["free", "in use", "unreachable", "not known"]),
    st.sampled_from([None, "", "lunch", "no answer"]),
    st.booleans(),
    st.sampled_from([0.0, 50.0]),
    st.sampled_from([0.0, 4.0]),
)
WHAT = st.sampled_from(["added", "removed", "paused", "status"])
TOLD = st.builds(MemberTold, TIMES, WHAT, MEMBERS)
HAPPENED = st.one_of(
    st.builds(AgentRang, CALLS, TIMES, QUEUES, st.just("Anna"), WHO),
    st.builds(AgentDidNotAnswer, CALLS, TIMES, QUEUES, st.just("Anna"), WHO, st.just(1.0)),
    st.builds(AgentConnected, CALLS, TIMES, QUEUES, st.just("Anna"), WHO, st.just(1)),
    st.builds(CallCompleted, CALLS, TIMES, QUEUES, st.just("Anna"), st.just(1), st.just("caller")),
    st.builds(AgentLeft, CALLS, TIMES, WHO),
    st.builds(PassedOn, CALLS, TIMES, st.just("blind"), WHO),
    st.builds(QueueJoined, CALLS, TIMES, QUEUES, st.just(1)),
    st.builds(QueueLeft, CALLS, TIMES, QUEUES, st.just("ABANDON")),
    st.builds(CallEnded, CALLS, TIMES, st.just(16)),
)
PICTURES = st.builds(
    QueuePicture,
    TIMES,
    st.lists(MEMBERS, max_size=4).map(tuple),
    st.lists(st.builds(WaitingCaller, CALLS, QUEUES, st.just(1), TIMES), max_size=2).map(tuple),
    st.dictionaries(CALLS, st.builds(TalkingCaller, CALLS, QUEUES, WHO), max_size=2),
    st.frozensets(CALLS),
)
STEPS = st.one_of(
    TOLD,
    HAPPENED,
    PICTURES,
    TIMES,
    st.just("lost"),
    st.sampled_from([frozenset({"premium"}), OWN]),
)


def done(states: AgentStates, step: object, now: float) -> list[AgentChanged]:
    actions: dict[type, Callable[[], list[AgentChanged]]] = {
        MemberTold: lambda: states.member(step),  # type: ignore[arg-type]
        QueuePicture: lambda: states.picture(step),  # type: ignore[arg-type]
        float: lambda: states.due(step),  # type: ignore[arg-type]
        str: lambda: states.lost(now),
        frozenset: lambda: states.declare(AGENTS, step, now),  # type: ignore[arg-type]
    }
    action = actions.get(type(step))
    return action() if action else states.call(step)  # type: ignore[arg-type]


@settings(max_examples=400, deadline=None)
@given(steps=st.lists(STEPS, max_size=40), in_order=st.booleans())
def test_whatever_happens_states_add_up(steps: list[object], in_order: bool) -> None:
    """Each change is one, they follow one another in time, and the last is how it is."""
    if in_order:
        steps = sorted(steps, key=lambda step: float(getattr(step, "at", 50.0)))
    states, told = AgentStates({"premium": 10.0}), list[AgentChanged]()
    told += states.declare(AGENTS, OWN, 0.0)
    for step in steps:
        told += done(states, step, 60.0)
    told += states.due(1000.0)
    assert not states.due(2000.0), "nothing is left for time to change"
    for interface in (ANNA, BEN, EVE):
        theirs = [each for each in told if each.interface == interface]
        for before, after in itertools.pairwise(theirs):
            assert before.at <= after.at
            is_same = (before.state, before.reason, before.call_id) == (
                after.state,
                after.reason,
                after.call_id,
            )
            assert not is_same
        shown = next((each for each in states.agents if each.interface == interface), None)
        known = [each for each in theirs if each.state != "not known"]
        if shown is not None:
            assert (known[-1].state, known[-1].at) == (shown.state, shown.since)
    assert {each.interface for each in states.agents} <= {ANNA, BEN, EVE}


def of_sales(told: MemberTold) -> MemberTold:
    """Make it one of a queue that is not ours."""
    return replace(told, member=replace(told.member, queue="sales"))


@settings(max_examples=100, deadline=None)
@given(steps=st.lists(TOLD.map(of_sales), max_size=20))
def test_what_is_not_ours_changes_nothing(steps: list[MemberTold]) -> None:
    states = AgentStates()
    states.declare(AGENTS, OWN, 0.0)
    states.picture(QueuePicture(1.0))
    assert [change for step in steps for change in states.member(step)] == []
    assert states.due(1000.0) == []
    assert len(states) == len(AGENTS)
