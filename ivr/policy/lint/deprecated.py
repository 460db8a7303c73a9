"""Warnings about forms that have had their day."""

from collections.abc import Iterator

from ivr.domain.agent_interfaces import Interfaces
from ivr.policy import schema
from ivr.policy.lint.unreachable import Doubt


def zones(file: schema.PolicyFile) -> Iterator[Doubt]:
    """Yield time zones by a name that is no place's: `GMT` and `EST` have no summer time."""
    for name, hours in file.hours.items():
        if "/" not in hours.zone and hours.zone != "UTC":
            problem = f"hours.{name}.zone: {hours.zone} is an old name, and may know no summer time"
            yield ("hours", name, "zone"), f"{problem}: name a place, as Europe/London", None


def interfaces(agents: schema.AgentsFile, allowed: Interfaces | None) -> Iterator[Doubt]:
    """Yield interfaces that are allowed, of channel drivers that Asterisk no longer has."""
    for i, agent in enumerate(agents.agents):
        refused = allowed is not None and allowed.refusal(agent.interface)
        if agent.interface.startswith("SIP/") and not refused:
            now = agent.interface.replace("SIP/", "PJSIP/", 1)
            problem = f"{agent.interface} rings nobody: chan_sip is gone since Asterisk 21"
            yield ("agents", i, "interface"), f"{problem}: write {now}", None
