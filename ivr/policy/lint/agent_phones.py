"""Warnings about agents' phones: can Asterisk tell who is free, and what do colleagues dial?"""

import re
from collections.abc import Iterator

from ivr.domain.agents import Agent
from ivr.policy import schema
from ivr.policy.lint.unreachable import Doubt

_NUMBER = re.compile(r"(?:PJSIP/|Local/)([0-9]+)(?:@.*)?", re.ASCII)


def doubts(agents: schema.AgentsFile, file: schema.PolicyFile) -> Iterator[Doubt]:
    """Yield agents who are rung while they talk, and phones that are dialled as we are."""
    entries = {
        number.lstrip("+"): name
        for name, entry in file.entry_points.items()
        for number in (() if entry.numbers == "any" else entry.numbers)
    }
    for i, agent in enumerate(agents.agents):
        where = ("agents", i, "interface")
        device = Agent(agent.name, agent.interface, {}, state=agent.state or "").device
        if agent.interface.startswith("Local/") and not device:
            problem = f"to Asterisk {agent.interface} is free also while {agent.name} talks"
            mend = "name the phone behind it, as `state: hint:200@ext-local`"
            yield where, f"{problem}: {mend}", None
        number = _NUMBER.fullmatch(agent.interface)
        if number and number[1] in entries:
            entry = entries[number[1]]
            problem = f"{agent.interface} is dialled as the number of the entry point {entry}"
            why = "who passes a caller on to one of them may get the other"
            yield where, f"{problem}: {why}: give the phone another name", None
