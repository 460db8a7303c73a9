"""The tables of what happened beside the calls themselves. Times are Unix time in seconds."""

from sqlalchemy import JSON, BigInteger, Column, Float, Identity, Index, Integer, String, Table

from ivr.store.tables import metadata

# One caller in one queue: domain.calls.stays.Stay, by the same names, and its verdict.
stays = Table(
    "stays",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("queue", String, nullable=False),
    Column("joined_at", Float, nullable=False, index=True),
    Column("how", String, nullable=False),
    Column("left_at", Float),
    Column("wait_seconds", Float),
    Column("agent", String, nullable=False),
    Column("interface", String, nullable=False),
    Column("talk_seconds", Float),
    Column("priority", Integer),
    Column("within", Float),
    Column("short_abandon", Float),
    Column("source", String, nullable=False),
    Column("verdict", String, nullable=False),
    sqlite_with_rowid=False,
)

# One talk: domain.calls.stays.Talk, by the same names.
talks = Table(
    "talks",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("stay", Integer, nullable=False),
    Column("agent", String, nullable=False),
    Column("interface", String, nullable=False),
    Column("began_at", Float, nullable=False, index=True),
    Column("ended_at", Float),
    Column("ended_by", String, nullable=False),
    Column("passed_how", String, nullable=False),
    Column("passed_to", String, nullable=False),
    Column("source", String, nullable=False),
    sqlite_with_rowid=False,
)

# What calls are looked for by, the newest of them first.
Index("ix_stays_queue", stays.c.queue, stays.c.joined_at)
for _agent, _at in ((stays.c.agent, stays.c.joined_at), (talks.c.agent, talks.c.began_at)):
    Index(f"ix_{_agent.table.name}_agent", _agent, _at, sqlite_where=_agent != "")

# How long an agent was in which state: domain.calls.events.AgentChanged, until the next one.
agent_states = Table(
    "agent_states",
    metadata,
    Column("interface", String, primary_key=True),
    Column("at", Float, primary_key=True),
    Column("agent", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("because", String, nullable=False),
    Column("call_id", String, nullable=False),
    Column("source", String, nullable=False),
    Column("until", Float),
    sqlite_with_rowid=False,
)
Index("ix_agent_states_at", agent_states.c.at)

# When nobody saw what happened: domain.calls.gaps.Gap.
gaps = Table(
    "gaps",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    Column("what", String, nullable=False),
    Column("since", Float, nullable=False, index=True),
    Column("until", Float, nullable=False),
    Column("cause", String, nullable=False),
    Column("calls", JSON, nullable=False),  # their ids
)

# How far queue_log has been read: asterisk_files.queue_log.Position, one row for each file.
queue_log_positions = Table(
    "queue_log_positions",
    metadata,
    Column("path", String, primary_key=True),
    Column("position", JSON, nullable=False),
    Column("read_until", Float, nullable=False),  # all that happened until then is known
)
