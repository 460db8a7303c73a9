"""What agents do, made of what Asterisk says of queue members and calls, whichever comes first."""

import itertools
from collections.abc import Iterable
from dataclasses import replace

import pytest

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
    CallEvent,
    PassedOn,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.member_events import (
    MemberState,
    MemberTold,
    QueuePicture,
    TalkingCaller,
)
from ivr.domain.calls.tracked_agent import SETTLE

ANNA, BEN, EVE = "PJSIP/anna", "PJSIP/ben", "PJSIP/eve"
OWN = frozenset({"premium", "general-queue"})
AGENTS = [Agent("Anna", ANNA, {"premium": 5}), Agent("Ben", BEN, {"general-queue": 5})]
CALL = "1.1"
FREE = MemberState("premium", ANNA, "Anna", "free")
IN_USE = replace(FREE, device="in use")
Event = CallEvent | MemberTold


def status(at: float, member: MemberState) -> MemberTold:
    return MemberTold(at, "status", member)


def paused(at: float, reason: str | None, queue: str = "premium") -> MemberTold:
    return MemberTold(at, "paused", replace(FREE, queue=queue, paused_for=reason))


def rang(at: float, interface: str = ANNA, call: str = CALL) -> AgentRang:
    return AgentRang(call, at, "premium", "Anna", interface)


def connected(at: float, interface: str = ANNA, queue: str = "premium") -> AgentConnected:
    return AgentConnected(CALL, at, queue, "Anna", interface, 1)


def completed(at: float, call: str = CALL) -> CallCompleted:
    return CallCompleted(call, at, "premium", "Anna", 1, "caller")


class Fold:
    """The fold, and all that it told."""

    def __init__(self, *members: MemberState, wrapups: dict[str, float] | None = None) -> None:
        self.states, self.told = AgentStates(wrapups), list[AgentChanged]()
        self.tell(self.states.declare(AGENTS, OWN, 0.0))
        assert not self.told, "before anybody watches"
        self.tell(self.states.picture(QueuePicture(1.0, members or (FREE,))))

    def tell(self, changes: Iterable[AgentChanged]) -> None:
        self.told += changes

    def take(self, *events: Event) -> "Fold":
        for event in events:
            if isinstance(event, MemberTold):
                self.tell(self.states.member(event))
            else:
                self.tell(self.states.call(event))
        return self

    def due(self, now: float) -> "Fold":
        self.tell(self.states.due(now))
        return self

    def of(self, interface: str = ANNA) -> list[tuple[str, float]]:
        return [(each.state, each.at) for each in self.told if each.interface == interface]

    @property
    def last(self) -> AgentChanged:
        return self.told[-1]


def test_a_declared_agent_who_is_in_no_queue_is_out() -> None:
    fold = Fold()
    assert fold.of(ANNA) == [("ready", 1.0)]
    assert fold.of(BEN) == [("out", 1.0)]
    fold.take(MemberTold(2.0, "added", replace(FREE, interface=BEN, queue="general-queue")))
    assert fold.of(BEN) == [("out", 1.0), ("ready", 2.0)]
    fold.take(MemberTold(3.0, "removed", replace(FREE, interface=BEN, queue="general-queue")))
    assert fold.of(BEN)[-1] == ("out", 3.0)


def test_a_call_from_the_first_ring_to_the_end() -> None:
    fold = Fold().take(rang(2.0), status(2.1, IN_USE), connected(5.0))
    fold.take(completed(9.0), status(9.1, FREE))
    assert fold.of() == [("ready", 1.0), ("ringing", 2.0), ("talking", 5.0), ("ready", 9.0)]
    assert {each.call_id for each in fold.told if each.state in ("ringing", "talking")} == {CALL}
    fold.due(60.0)
    assert len(fold.of()) == 4


@pytest.mark.parametrize("burst", list(itertools.permutations(range(3))))
def test_the_order_of_what_is_told_at_once_does_not_matter(burst: tuple[int, ...]) -> None:
    """Asterisk's threads tell of one thing in any order: nobody is busy for some milliseconds."""
    begin: list[Event] = [rang(2.0), status(2.01, IN_USE), status(2.02, IN_USE)]
    end: list[Event] = [completed(9.0), status(9.01, FREE), CallEnded(CALL, 9.02, 16)]
    fold = Fold().take(*(begin[i] for i in burst), connected(5.0), *(end[i] for i in burst))
    fold.due(60.0)
    states = [state for state, _ in fold.of()]
    assert states == ["ready", "ringing", "talking", "ready"]


def test_wrapping_up_is_ended_by_time() -> None:
    fold = Fold(wrapups={"premium": 10.0}).take(connected(5.0), completed(9.7))
    assert fold.of()[-1] == ("wrapping up", 9.7)
    fold.due(18.9)
    assert fold.of()[-1] == ("wrapping up", 9.7)
    fold.due(19.3)
    assert fold.of()[-1] == ("ready", 19.0), "Asterisk counts from the whole second"
    assert fold.last.because == "time"
    fold.due(40.0)
    assert len(fold.of()) == 4


def test_what_comes_after_the_end_of_wrap_up_finds_it_ended() -> None:
    fold = Fold(wrapups={"premium": 10.0}).take(connected(5.0), completed(9.0))
    fold.take(paused(30.0, "lunch"))
    assert fold.of()[-2:] == [("ready", 19.0), ("paused", 30.0)]


def test_a_members_own_wrap_up_comes_before_the_queues() -> None:
    fold = Fold(replace(FREE, wrapup=3.0), wrapups={"premium": 10.0})
    fold.take(connected(5.0), completed(9.0)).due(12.0)
    assert fold.of()[-1] == ("ready", 12.0)


def test_a_pause_counts_when_it_is_in_all_queues_of_ours() -> None:
    other = replace(FREE, queue="general-queue")
    fold = Fold(FREE, other).take(paused(2.0, "lunch"))
    assert fold.of()[-1] == ("ready", 1.0)
    fold.take(paused(2.1, "lunch", "general-queue"))
    assert (fold.last.state, fold.last.reason, fold.last.at) == ("paused", "lunch", 2.1)
    fold.take(paused(3.0, "meeting"), paused(3.1, "meeting", "general-queue"))
    assert [each.reason for each in fold.told[-2:]] == ["lunch", "meeting"]
    assert fold.last.at == 3.0
    fold.take(paused(4.0, None))
    assert fold.of()[-1] == ("ready", 4.0)
    fold.take(MemberTold(5.0, "removed", FREE))
    assert fold.last.reason == "meeting", "in the only queue that is left"


def test_our_own_rest_is_a_pause_with_its_reason() -> None:
    fold = Fold().take(rang(2.0), AgentDidNotAnswer(CALL, 17.0, "premium", "Anna", ANNA, 15.0))
    fold.take(paused(17.01, "no answer"))
    assert fold.of()[-2:] == [("ready", 17.0), ("paused", 17.01)]
    assert fold.last.reason == "no answer"


def test_who_is_paused_while_talking_talks() -> None:
    fold = Fold().take(connected(2.0), paused(3.0, "lunch"), completed(9.0))
    assert fold.of()[1:] == [("talking", 2.0), ("paused", 9.0)]


def test_a_phone_in_use_with_nothing_of_ours_is_busy_from_then_on() -> None:
    fold = Fold().take(status(2.0, IN_USE))
    assert fold.of()[-1] == ("ready", 1.0)
    fold.due(2.0 + SETTLE / 2)
    assert fold.of()[-1] == ("ready", 1.0)
    fold.due(2.0 + SETTLE)
    assert fold.of()[-1] == ("busy", 2.0)
    fold.take(status(9.0, FREE))
    assert fold.of()[-1] == ("ready", 9.0)


def test_a_phone_that_stays_in_use_after_the_talk_is_busy_since_its_end() -> None:
    fold = Fold().take(status(2.0, IN_USE), connected(2.0), completed(9.0)).due(11.0)
    assert fold.of()[-2:] == [("talking", 2.0), ("busy", 9.0)]


def test_a_phone_that_is_free_ends_a_talk_that_nobody_ended() -> None:
    fold = Fold().take(status(2.0, IN_USE), connected(2.0), status(9.0, FREE))
    assert fold.of()[-1] == ("talking", 2.0)
    fold.due(9.0 + SETTLE)
    assert fold.of()[-1] == ("ready", 9.0)
    fold.take(completed(30.0))
    assert fold.of()[-1] == ("ready", 9.0)


def test_a_phone_without_states_does_not_end_a_talk() -> None:
    """A Local channel is free whatever happens."""
    fold = Fold().take(connected(2.0)).due(60.0)
    assert fold.of()[-1] == ("talking", 2.0)


def test_an_unreachable_phone() -> None:
    fold = Fold().take(status(2.0, replace(FREE, device="unreachable")), paused(3.0, "out"))
    assert fold.of()[1:] == [("unreachable", 2.0), ("paused", 3.0)]


@pytest.mark.parametrize(
    "event",
    [
        AgentLeft(CALL, 9.0, ANNA),
        CallEnded(CALL, 9.0, 16),
        PassedOn(CALL, 9.0, "blind", "200"),
        QueueJoined(CALL, 9.0, "general-queue", 1),
        connected(9.0, BEN, queue=""),
    ],
    ids=lambda event: str(event.kind),
)
def test_what_else_ends_a_talk(event: CallEvent) -> None:
    fold = Fold().take(connected(5.0), event)
    assert fold.of()[-1] == ("ready", 9.0)
    if isinstance(event, AgentConnected):
        assert fold.of(BEN)[-1] == ("talking", 9.0)


@pytest.mark.parametrize(
    "event",
    [
        AgentLeft(CALL, 9.0, BEN),
        QueueJoined(CALL, 4.0, "premium", 1),  # told late
        PassedOn(CALL, 9.0, "attended", ANNA),
        CallEnded("2.2", 9.0, 16),
        QueueLeft(CALL, 9.0, "premium", "ABANDON"),
        rang(9.0),
    ],
    ids=lambda event: str(event.kind),
)
def test_what_does_not_end_a_talk(event: CallEvent) -> None:
    assert Fold().take(connected(5.0), event).of()[-1] == ("talking", 5.0)


def test_who_was_rung_beside_another_is_rung_no_more() -> None:
    ben = replace(FREE, interface=BEN, name="Ben")
    fold = Fold(FREE, ben).take(rang(2.0), rang(2.0, BEN), connected(4.0))
    assert fold.of(BEN) == [("ready", 1.0), ("ringing", 2.0), ("ready", 4.0)]


def test_members_of_other_peoples_queues_leave_nothing() -> None:
    fold = Fold()
    before = list(fold.told)
    theirs = MemberState("sales", EVE, "Eve", "in use", "lunch")
    fold.take(MemberTold(2.0, "added", theirs), status(3.0, theirs), rang(4.0, EVE))
    fold.tell(fold.states.picture(QueuePicture(5.0, (FREE, theirs))))
    assert fold.told == before
    assert len(fold.states) == len(AGENTS)


def test_a_stranger_in_a_queue_of_ours_counts_while_in_it() -> None:
    fold = Fold()
    eve = MemberState("premium", EVE, "Eve", "free")
    fold.take(MemberTold(2.0, "added", eve), MemberTold(3.0, "removed", eve))
    assert fold.of(EVE) == [("ready", 2.0), ("out", 3.0)]
    assert len(fold.states) == len(AGENTS)


def test_while_nobody_watches_nothing_is_known_and_what_was_is_still_shown() -> None:
    fold = Fold().take(paused(2.0, "lunch"))
    fold.tell(fold.states.lost(5.0))
    assert fold.of() == [("ready", 1.0), ("paused", 2.0), ("not known", 5.0)]
    fold.tell(fold.states.lost(6.0))
    fold.take(paused(7.0, None))
    assert fold.of()[-1] == ("not known", 5.0)
    shown = {each.name: each for each in fold.states.agents}
    assert (shown["Anna"].state, shown["Anna"].reason) == ("paused", "lunch")
    fold.tell(fold.states.picture(QueuePicture(9.0, (FREE,))))
    assert fold.of()[-1] == ("ready", 9.0)


def test_a_picture_finds_talks_and_wrap_up_that_nobody_saw() -> None:
    ben = MemberState("premium", BEN, "Ben", "free", last_call=95.0)
    members = (replace(IN_USE, in_call=True), ben)
    talks = {CALL: TalkingCaller(CALL, "premium", ANNA)}
    fold = Fold(wrapups={"premium": 10.0})
    fold.tell(fold.states.picture(QueuePicture(100.0, members, (), talks, frozenset({CALL}))))
    assert fold.of(ANNA)[-1] == ("talking", 100.0)
    assert fold.of(BEN)[-1] == ("wrapping up", 100.0)
    fold.take(completed(110.0), status(110.1, FREE)).due(130.0)
    assert fold.of(ANNA)[-2:] == [("wrapping up", 110.0), ("ready", 120.0)]
    assert fold.of(BEN)[-1] == ("ready", 105.0)


def test_a_talk_with_nobody_knows_whom_ends_by_the_agents_name() -> None:
    fold = Fold()
    fold.tell(fold.states.picture(QueuePicture(100.0, (replace(IN_USE, in_call=True),))))
    assert (fold.last.state, fold.last.call_id) == ("talking", "")
    fold.take(replace(completed(110.0, "9.9"), agent="Ben"))
    assert fold.of()[-1] == ("talking", 100.0)
    fold.take(completed(111.0, "9.9"), status(111.1, FREE))
    assert fold.of()[-1] == ("ready", 111.0)


def test_a_picture_ends_what_is_no_more() -> None:
    fold = Fold().take(status(1.5, IN_USE), connected(2.0), rang(2.0, BEN, "3.3"))
    fold.tell(fold.states.picture(QueuePicture(100.0, (FREE,))))
    assert fold.of(ANNA)[-1] == ("ready", 100.0)
    assert fold.of(BEN)[-1] == ("out", 100.0)


def test_another_policy() -> None:
    fold = Fold()
    fold.tell(fold.states.declare([Agent("Ben B.", BEN, {})], frozenset({"general-queue"}), 5.0))
    assert fold.of(ANNA)[-1] == ("out", 5.0), "her queue is not ours any more, nor is she"
    assert len(fold.states) == 1


def test_a_colleague_may_be_passed_several_callers_and_talks_until_the_last_is_gone() -> None:
    states = AgentStates()
    states.declare([Agent("Hal", "PJSIP/hal", {"premium": 5})], frozenset({"premium"}), 0.0)
    member = MemberState("premium", "PJSIP/hal", "Hal", "free", None, False, 0.0, 0.0)
    states.picture(QueuePicture(1.0, (member,), (), {}, frozenset()))
    told = []
    for call, at in (("1.1", 10.0), ("2.2", 11.0)):
        told += states.call(AgentConnected(call, at, "", "Hal", "PJSIP/hal", 0))
    told += states.call(CallEnded("2.2", 15.0, 16))
    assert [(each.state, each.call_id) for each in told] == [
        ("talking", "1.1"),
        ("talking", "2.2"),
        ("talking", "1.1"),
    ]
    assert [each.state for each in states.call(CallEnded("1.1", 20.0, 16))] == ["ready"]
