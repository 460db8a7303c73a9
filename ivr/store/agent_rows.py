"""How long agents were in which state, as rows: each lasts until the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, or_, select, text, update

from ivr.domain.calls.events import AgentChanged
from ivr.domain.json_dataclasses import shallow
from ivr.store.engine import Prepared
from ivr.store.history_tables import agent_states

_END = """UPDATE agent_states SET until = :at
    WHERE interface = :interface AND until IS NULL AND at < :at"""


@dataclass(frozen=True, slots=True)
class NobodyWatched:
    """From `since` on nobody watched agents: the watch that did is gone, and did not say so."""

    since: float


def write_changes(connection: Connection, put: Prepared, changes: Sequence[AgentChanged]) -> None:
    """Write that agents are in other states; `put` inserts the rows that are new."""
    if not changes:
        return
    put(connection, [shallow(each) | {"until": None} for each in changes])
    ends = [{"interface": each.interface, "at": each.at} for each in changes]
    connection.execute(text(_END), ends)


def write_unwatched(connection: Connection, gap: NobodyWatched) -> None:
    """Write that nobody knows what agents did from then until what is known next of each."""
    row = agent_states.c
    lasts = (row.at < gap.since) & or_(row.until.is_(None), row.until > gap.since)
    cut: list[dict[str, Any]] = [
        dict(each)
        for each in connection.execute(select(agent_states).where(lasts)).mappings()
        if each["state"] != "not known"
    ]
    if not cut:
        return
    known = row.state != "not known"
    connection.execute(update(agent_states).where(lasts, known).values(until=gap.since))
    nothing = {"at": gap.since, "state": "not known", "reason": "", "because": "nobody watched"}
    connection.execute(insert(agent_states), [{**each, **nothing, "call_id": ""} for each in cut])
