"""Our queues: whether somebody serves them, who can be rung there, and who does not belong there."""

from collections.abc import AsyncIterator, Sequence

from ivr.application.doctor.ports import Manager, QueueMember, QueueStatus
from ivr.application.doctor.verdicts import Verdict
from ivr.domain.agents import Member, declared_members, strangers
from ivr.domain.showable import one_line
from ivr.policy.loader import Bundle
from ivr.settings import Settings

# Device states with which app_queue rings nobody (devicestate.h); unknown (0) is rung.
_NOT_REACHABLE = {"4": "no such phone", "5": "unavailable"}
_MOST_LISTED = 5  # members that nobody declared, in a line


def served(bundle: Bundle) -> Verdict:
    """Whether each queue has agents, as agents.yaml says."""
    if empty := bundle.queues_without_agents():
        mend = "give an agent a skill for it in agents.yaml"
        return Verdict("agents", False, f"nobody serves {', '.join(empty)}", mend)
    return Verdict("agents", True, f"{len(bundle.agents)} declared, every caller comes to some")


async def manned(manager: Manager, bundle: Bundle | None, settings: Settings) -> AsyncIterator[Verdict]:
    """Each of our queues as Asterisk has it, and who is in them without having been declared."""
    if bundle is None:
        return
    status = await manager.queues()
    for queue in sorted(bundle.queues()):
        if queue not in status.queues:
            mend = "is it in dialplans/queues.conf, and that in Asterisk's queues.conf (#include)? `queue reload all`"
            yield Verdict(f"queue {queue}", False, "Asterisk does not know it", mend)
        else:
            present = [member for member in status.members if member.queue == queue]
            declared = [m for m in declared_members(bundle.agents) if m.queue == queue]
            yield reachable(f"queue {queue}", present, {m.interface for m in declared})
    yield devices(bundle, status)
    yield undeclared(bundle, status, settings)


def reachable(about: str, members: Sequence[QueueMember], declared: set[str]) -> Verdict:
    """Whether the declared interfaces are among the members of a queue, and one of these can be rung."""
    missing = declared - {member.interface for member in members}
    away = [
        f"{one_line(member.name)} ({_NOT_REACHABLE.get(member.state, 'paused')})"
        for member in members
        if member.state in _NOT_REACHABLE or member.paused
    ]
    if missing:
        mend = "is the service logged in to AMI? its log says"
        return Verdict(about, False, f"without {', '.join(sorted(missing))}", mend)
    if len(away) == len(members):
        mend = "are the phones registered, and not paused? does a `state: hint:…` have its hint?"
        return Verdict(about, False, f"nobody can be rung: {', '.join(away)}", mend)
    return Verdict(about, True, f"{len(members)} agents" + (f"; away: {', '.join(away)}" if away else ""))


def devices(bundle: Bundle, status: QueueStatus) -> Verdict:
    """Whether Asterisk looks at the devices that agents.yaml names to see who is free."""
    about = "agents' devices"
    declared = {(m.queue, m.interface): m.state for m in declared_members(bundle.agents)}
    present = [each.member for each in status.members if each.member is not None]
    wrong = [m for m in present if m.state != declared.get((m.queue, m.interface), m.state)]
    if wrong:
        member = wrong[0]
        right = declared[member.queue, member.interface] or member.interface
        seen = one_line(member.state or member.interface)
        says = f"{member.interface} in {member.queue} goes by {seen}, and ought to go by {right}"
        mend = "whoever added it: take it out there, and the service puts it in"
        return Verdict(about, False, says, f"{mend}: `queue remove member …`", can_wait=True)
    return Verdict(about, True, "as agents.yaml says")


def undeclared(bundle: Bundle, status: QueueStatus, settings: Settings) -> Verdict:
    """Who is in our queues without standing in agents.yaml: calls reach them, too."""
    about, declared = "strangers", declared_members(bundle.agents)
    present = [each.member for each in status.members if each.member is not None]
    found = strangers(declared, present, (), bundle.own_queues())
    names = {member.interface for member in declared}
    if found.foreign:
        who = _listed(found.foreign)
        mend = "who added them? `queue remove member INTERFACE from QUEUE`; with own_queues = true the service does"
        if settings.own_queues:
            mend = "the service removes them within a minute; those of queues.conf only you can"
        return Verdict(about, False, f"nobody declared {who}", mend, can_wait=True)
    if found.namesakes:
        who = _listed([m for m in found.namesakes if m.interface not in names] or found.namesakes)
        return Verdict(about, False, f"two members of one name: {who}", "give each a name of its own", can_wait=True)
    return Verdict(about, True, "none in our queues")


def _listed(members: Sequence[Member]) -> str:
    """A few of them. Whoever added them chose the names, which may do things to a terminal."""
    named = [one_line(f"{m.interface} ({m.name}) in {m.queue}") for m in members[:_MOST_LISTED]]
    more = len(members) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
