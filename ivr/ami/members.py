"""Brings Asterisk's queue members into step with the declared agents."""

import asyncio
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.message import Message
from ivr.domain.agent_interfaces import PHONES, Interfaces
from ivr.domain.agents import Agent, Change, Member, Strangers, declared_members, steps, strangers
from ivr.errors import IvrError

log = structlog.get_logger()
MOST_TOLD = 20  # strange members at once: whoever adds them can add any number


class Ownership(Protocol):
    """Remembers, across restarts, which (queue, interface) members we added. May block, and raise StoreError."""

    def owned(self) -> set[tuple[str, str]]:
        """The members that we added and have not removed."""
        ...

    def own(self, queue: str, interface: str) -> None:
        """Record a member as ours."""
        ...

    def disown(self, queue: str, interface: str) -> None:
        """Record that a member is not ours, or no longer."""
        ...


@dataclass(frozen=True, slots=True)
class MemberOutcome:
    """The steps that Asterisk took, and those that failed with the reason; who was there that nobody declared."""

    done: list[Change] = field(default_factory=list)
    failed: list[tuple[Change, str]] = field(default_factory=list)
    strangers: Strangers = field(default_factory=Strangers)


class Watchman:
    """Tells of each member that nobody declared, once for as long as it is there."""

    def __init__(self) -> None:
        self._told: set[tuple[str, Member]] = set()

    def tell(self, found: Strangers, *, removed: bool) -> None:
        """Log who is new; `removed`: those that nobody declared are taken out of the queue."""
        seen = {*(("foreign", m) for m in found.foreign), *(("namesake", m) for m in found.namesakes)}
        new = sorted(seen - self._told, key=lambda each: (each[0], each[1].queue, each[1].interface))
        if len(new) > MOST_TOLD:
            log.warning("more queue members of this kind", untold=len(new) - MOST_TOLD, hint="see `queue show`")
        for kind, member in new[:MOST_TOLD]:
            known = {"queue": member.queue, "interface": member.interface, "name": member.name}
            if kind == "namesake":
                log.warning("two queue members of one name", **known)
            else:
                log.warning("queue member that nobody declared", **known, removed=removed and member.dynamic)
        self._told = seen


async def bring_into_step(
    client: AmiClient,
    agents: Iterable[Agent],
    ownership: Ownership,
    interfaces: Interfaces = PHONES,
    queues: Collection[str] = (),
    *,
    only_declared: bool = False,
) -> MemberOutcome:
    """Add, rank and remove members until the declared agents are in their queues.

    Agents whose interface this machine does not allow are left out, wherever they come from. A step that fails (a
    queue that Asterisk lacks) is logged and reported, and the others go on. Raises AmiError when Asterisk's members
    cannot be read, and StoreError when ours cannot. In our `queues`, members that nobody declared are reported, and
    with `only_declared` removed first.
    """
    owned = await asyncio.to_thread(ownership.owned)
    events = await client.collect("QueueStatus")
    declared = declared_members(_allowed(agents, interfaces))
    present = [member for event in events if (member := member_of(event)) is not None]
    await _disown_the_vanished(owned, declared, present, events, ownership)
    outcome = MemberOutcome(strangers=strangers(declared, present, owned, queues))
    foreign = [Change("remove", member) for member in outcome.strangers.foreign if member.dynamic and only_declared]
    for change in [*foreign, *steps(declared, present, owned)]:
        try:
            await _TAKE[change.kind](client, change.member, ownership)
        except IvrError as error:
            _report(change, str(error))
            outcome.failed.append((change, str(error)))
        else:
            outcome.done.append(change)
    if outcome.done:
        log.info("queue members changed", steps=len(outcome.done))
    return outcome


def _allowed(agents: Iterable[Agent], interfaces: Interfaces) -> Iterator[Agent]:
    for agent in agents:
        if problem := interfaces.refusal(agent.interface):
            log.error("agent is not rung", agent=agent.name, why=problem)
        else:
            yield agent


def member_of(event: Message) -> Member | None:
    """The member of a QueueMember event. (Other events call these headers MemberName and Interface.)"""
    queue, interface, penalty = event.header("Queue"), event.header("Location"), event.number("Penalty")
    if event.header("Event") != "QueueMember" or not queue or not interface or penalty is None:
        return None
    dynamic, state = event.header("Membership") == "dynamic", event.header("StateInterface")
    device = "" if state == interface else state
    paused = event.header("PausedReason") if event.header("Paused") == "1" else None
    return Member(queue, interface, event.header("Name"), penalty, dynamic, device, paused)


async def _disown_the_vanished(
    owned: set[tuple[str, str]],
    declared: Iterable[Member],
    present: Iterable[Member],
    events: Iterable[Message],
    ownership: Ownership,
) -> None:
    """Members of ours that somebody else removed: should they come back, they are somebody else's.

    Only in queues that Asterisk has: while it starts, its queues and their kept members are not there yet.
    """
    queues = {event.header("Queue") for event in events if event.header("Event") == "QueueParams"}
    known = {(member.queue, member.interface) for member in (*declared, *present)}
    for queue, interface in owned - known:
        if queue in queues:
            await asyncio.to_thread(ownership.disown, queue, interface)


async def _add(client: AmiClient, member: Member, ownership: Ownership) -> None:
    """Ownership comes first: a crash in between must not leave a member that nobody removes."""
    await asyncio.to_thread(ownership.own, member.queue, member.interface)
    try:
        await client.request(
            "QueueAdd",
            Queue=member.queue,
            Interface=member.interface,
            MemberName=member.name,
            Penalty=member.penalty,
            **_where_needed(member),
        )
    except AmiRefusedError:
        await asyncio.to_thread(ownership.disown, member.queue, member.interface)
        raise


def _where_needed(member: Member) -> dict[str, str]:
    """Return the headers of QueueAdd that most members do without."""
    device = {"StateInterface": member.state} if member.state else {}
    if member.paused_for is None:
        return device
    return {**device, "Paused": "true", "Reason": member.paused_for}


async def _set_penalty(client: AmiClient, member: Member, ownership: Ownership) -> None:
    await client.request("QueuePenalty", Queue=member.queue, Interface=member.interface, Penalty=member.penalty)


async def _remove(client: AmiClient, member: Member, ownership: Ownership) -> None:
    """Disowned even when refused: Asterisk then says that it is not there, or cannot be removed."""
    try:
        await client.request("QueueRemove", Queue=member.queue, Interface=member.interface)
    except AmiRefusedError:
        await asyncio.to_thread(ownership.disown, member.queue, member.interface)
        raise
    await asyncio.to_thread(ownership.disown, member.queue, member.interface)


_TAKE = {"add": _add, "set_penalty": _set_penalty, "remove": _remove}


def _report(change: Change, why: str) -> None:
    member = change.member
    if "No such queue" in why:
        log.warning("queue missing", queue=member.queue, agent=member.name, hint="add it to queues.conf and reload")
    else:
        log.warning("queue member not changed", step=change.kind, queue=member.queue, agent=member.name, why=why)
