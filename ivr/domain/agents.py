"""Agents and their queues: what is declared, what Asterisk has, and the steps from one to the other."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

BEST_SKILL = 5
_OF_FREEPBX = re.compile(r"Local/([0-9]+)@from-queue/n", re.ASCII)


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent: `skills` maps a queue to 1 (can help out) to 5 (best).

    `state` is the device whose state says whether the agent is free, as Asterisk calls it; empty
    where that is the interface.
    """

    name: str
    interface: str
    skills: dict[str, int]
    languages: tuple[str, ...] = ()
    state: str = ""

    @property
    def device(self) -> str:
        """Return the device that is declared, or that a member of this interface has on a FreePBX.

        FreePBX writes its members as `Local/201@from-queue/n` with the state `hint:201@ext-local`.
        Empty where the interface itself is the device.
        """
        extension = _OF_FREEPBX.fullmatch(self.interface)
        derived = f"hint:{extension[1]}@ext-local" if extension else ""
        return "" if self.state == self.interface else self.state or derived


@dataclass(frozen=True, slots=True)
class Member:
    """A queue member as Asterisk has it; `dynamic` members can be removed over AMI, the others not.

    `state` is the device whose state counts (StateInterface), empty for the interface itself.
    `paused_for` is the reason of a pause, which may be empty; None when they are not paused.
    """

    queue: str
    interface: str
    name: str
    penalty: int
    dynamic: bool = True
    state: str = ""
    paused_for: str | None = None


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
        Member(queue, agent.interface, agent.name, penalty(skill), state=agent.device)
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


def _differ(one: Member, other: Member) -> bool:
    """Return whether they differ in what Asterisk takes only when a member is added."""
    return (one.name, one.state) != (other.name, other.state)


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
        elif _differ(have[key], member) and key in ours and have[key].dynamic:  # it changes neither
            again = replace(member, paused_for=have[key].paused_for)
            changes += [Change("remove", have[key]), Change("add", again)]
        elif have[key].penalty != member.penalty:
            changes.append(Change("set_penalty", member))
    gone = [key for key in sorted(ours) if key not in want and key in have and have[key].dynamic]
    return changes + [Change("remove", have[key]) for key in gone]
