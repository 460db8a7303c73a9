"""Agents and their queues: what is declared, what Asterisk has, and the steps from one to the other."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

BEST_SKILL = 5


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent: `skills` maps a queue to 1 (can help out) to 5 (best)."""

    name: str
    interface: str
    skills: dict[str, int]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A queue member as Asterisk has it; `dynamic` members can be removed over AMI, the others not."""

    queue: str
    interface: str
    name: str
    penalty: int
    dynamic: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One step that brings Asterisk nearer to what is declared."""

    kind: Literal["add", "set_penalty", "remove"]
    member: Member


def penalty(skill: int) -> int:
    """Asterisk rings members with the lowest penalty first: skill 5 is penalty 0, skill 1 is penalty 4."""
    return BEST_SKILL - skill


def declared_members(agents: Iterable[Agent]) -> list[Member]:
    """The members that the declared agents ought to be."""
    return [
        Member(queue, agent.interface, agent.name, penalty(skill))
        for agent in agents
        for queue, skill in agent.skills.items()
    ]


@dataclass(frozen=True, slots=True)
class Strangers:
    """Members of our queues whom nobody declared, and those who bear the name of somebody else there."""

    foreign: tuple[Member, ...] = ()
    namesakes: tuple[Member, ...] = ()


def strangers(
    declared: Iterable[Member], present: Iterable[Member], owned: Iterable[tuple[str, str]], queues: Collection[str]
) -> Strangers:
    """Who is in `queues` without having been declared or added by us, and who goes by the name of another interface.

    Of those who share a name, all are given: which of them is the right one is not for us to say.
    """
    ours = {*owned, *((member.queue, member.interface) for member in declared)}
    present = sorted((m for m in present if m.queue in queues), key=lambda m: (m.queue, m.interface))
    named: dict[str, set[str]] = {}
    for member in present:
        named.setdefault(member.name, set()).add(member.interface)
    return Strangers(
        tuple(m for m in present if (m.queue, m.interface) not in ours),
        tuple(m for m in present if m.name and len(named[m.name]) > 1),
    )


def steps(declared: Iterable[Member], present: Iterable[Member], owned: Iterable[tuple[str, str]]) -> list[Change]:
    """What to change so that the declared members are in their queues, and no longer those we once added.

    A member is ours when it is declared now or when (queue, interface) is in `owned`: everybody else's members
    are left alone. A static member (queues.conf) can get a new penalty, but stays.
    """
    have = {(m.queue, m.interface): m for m in present}
    want = {(m.queue, m.interface): m for m in declared}
    ours = set(owned)
    changes: list[Change] = []
    for key, member in want.items():
        if key not in have:
            changes.append(Change("add", member))
        elif have[key].name != member.name and key in ours and have[key].dynamic:  # Asterisk renames nobody
            changes += [Change("remove", have[key]), Change("add", member)]
        elif have[key].penalty != member.penalty:
            changes.append(Change("set_penalty", member))
    gone = [key for key in sorted(ours) if key not in want and key in have and have[key].dynamic]
    return changes + [Change("remove", have[key]) for key in gone]
