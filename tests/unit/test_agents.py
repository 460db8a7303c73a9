"""From the declared agents to the steps that bring Asterisk's queue members into step."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.domain.agents import Agent, Change, Member, declared_members, penalty, steps

ANNA = Member("premium", "PJSIP/anna", "Anna", 0)
BEN = Member("premium", "PJSIP/ben", "Ben", 2)
Key = tuple[str, str]


def key(member: Member) -> Key:
    return member.queue, member.interface


@pytest.mark.parametrize(("skill", "expected"), [(5, 0), (4, 1), (3, 2), (2, 3), (1, 4)])
def test_the_best_agents_have_the_lowest_penalty(skill: int, expected: int) -> None:
    assert penalty(skill) == expected


def test_an_agent_is_a_member_of_each_queue_that_they_are_good_for() -> None:
    agents = [Agent("Ben", "PJSIP/ben", {"premium": 3, "general-queue": 5}), Agent("Off", "PJSIP/off", {})]
    assert declared_members(agents) == [
        Member("premium", "PJSIP/ben", "Ben", 2),
        Member("general-queue", "PJSIP/ben", "Ben", 0),
    ]


def test_who_is_missing_is_added() -> None:
    assert steps([ANNA, BEN], [BEN], []) == [Change("add", ANNA)]


def test_a_changed_skill_changes_the_penalty_and_nothing_else() -> None:
    assert steps([ANNA], [replace(ANNA, penalty=4)], []) == [Change("set_penalty", ANNA)]
    assert steps([ANNA], [ANNA], [key(ANNA)]) == []


def test_only_what_we_added_is_removed() -> None:
    assert steps([], [ANNA, BEN], [key(ANNA)]) == [Change("remove", ANNA)]


def test_the_same_agent_in_another_queue_is_another_member() -> None:
    elsewhere = replace(ANNA, queue="general-queue")
    assert steps([ANNA], [elsewhere], [key(elsewhere)]) == [Change("add", ANNA), Change("remove", elsewhere)]


def test_a_static_member_stays_but_gets_its_penalty() -> None:
    static = replace(ANNA, dynamic=False, penalty=3)
    assert steps([], [static], [key(static)]) == []
    assert [change.kind for change in steps([ANNA], [static], [])] == ["set_penalty"]


def test_what_is_ours_and_gone_already_needs_no_step() -> None:
    assert steps([], [], [key(ANNA)]) == []


MEMBERS = st.lists(
    st.builds(
        Member, st.sampled_from(["premium", "general-queue"]), st.sampled_from(["PJSIP/a", "PJSIP/b", "Local/c@x"]),
        st.just("A"), st.integers(0, 4), st.booleans(),
    ),
    unique_by=key,
)  # fmt: skip
DECLARED = MEMBERS.map(lambda members: [replace(m, dynamic=True) for m in members])
OWNED = st.sets(st.tuples(st.sampled_from(["premium", "general-queue"]), st.sampled_from(["PJSIP/a", "PJSIP/b"])))


def after(present: Iterable[Member], owned: set[Key], changes: Iterable[Change]) -> tuple[dict[Key, Member], set[Key]]:
    """The members of Asterisk, and those that are ours, once the changes are made. Each must be possible."""
    members, ours = {key(m): m for m in present}, set(owned)
    for change in changes:
        where = key(change.member)
        match change.kind:
            case "add":
                assert where not in members
                members[where] = change.member
                ours.add(where)
            case "set_penalty":
                members[where] = replace(members[where], penalty=change.member.penalty)
            case "remove":
                assert members.pop(where).dynamic
                ours.remove(where)
    return members, ours


@settings(deadline=None)
@given(DECLARED, MEMBERS, OWNED)
def test_after_the_steps_everything_is_in_step(declared: list[Member], present: list[Member], owned: set[Key]) -> None:
    members, ours = after(present, owned, steps(declared, present, owned))
    assert steps(declared, members.values(), ours) == []
    for member in declared:
        assert members[key(member)].penalty == member.penalty
    wanted = {key(m) for m in declared}
    for member in present:
        if key(member) not in wanted and (key(member) not in owned or not member.dynamic):
            assert members[key(member)] == member  # somebody else's: left alone
        elif key(member) not in wanted:
            assert key(member) not in members


def test_a_renamed_agent_is_taken_out_and_put_in_again() -> None:
    """Asterisk cannot rename a member, and the queue_log names agents."""
    old, new = Member("q", "PJSIP/a", "Anna", 0), Member("q", "PJSIP/a", "Anna Berg", 0)
    assert steps([new], [old], {("q", "PJSIP/a")}) == [Change("remove", old), Change("add", new)]


def test_a_member_whose_device_is_another_is_put_in_again_and_stays_paused() -> None:
    """Asterisk takes the device only when a member is added; who is at lunch stays there."""
    here = Member("q", "Local/201@from-queue/n", "Anna", 0, paused_for="lunch")
    agent = Agent("Anna", "Local/201@from-queue/n", {"q": 5})
    (want,) = declared_members([agent])
    assert want.state == "hint:201@ext-local"
    again = replace(want, paused_for="lunch")
    assert steps([want], [here], {key(here)}) == [Change("remove", here), Change("add", again)]
    assert steps([want], [again], {key(here)}) == []
    assert steps([want], [here], []) == []  # somebody else's
