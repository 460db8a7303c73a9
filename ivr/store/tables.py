"""The tables. Times are Unix time in seconds. A change here needs a migration: a test compares the two.

What only PostgreSQL is told when they are made stands in tables_for_migrations.py.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from ivr.store.customer_columns import STORED, CustomerColumn, Kind

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

_TYPES = {Kind.SCORE: Float, Kind.FLAG: Boolean}  # all others are texts


def _customer_column(column: CustomerColumn) -> Column[Any]:
    """A score is NULL where the data says nothing; everything else has something that stands for nothing."""
    default = None if not column.defaulted else false() if column.kind is Kind.FLAG else ""
    return Column(
        column.name,
        _TYPES.get(column.kind, String),
        primary_key=column.kind is Kind.ID,
        nullable=column.kind is Kind.SCORE,
        server_default=None if column.kind is Kind.SCORE else default,
    )


customers = Table(
    "customers",
    metadata,
    *map(_customer_column, STORED),
    Column("updated_at", Float, nullable=False),
    Column("scored_at", Float),  # when the scores here were given
    sqlite_with_rowid=False,  # the row is in its key's index: an import of a million writes half as much
)

Index(
    "ix_customers_customer_number",  # most customers may have none
    customers.c.customer_number,
    customers.c.customer_id,  # in the order of the lookup, or PostgreSQL may think that the key's index does as well
    sqlite_where=customers.c.customer_number != "",
)

# Several customers may share a number, so neither column is unique by itself.
phones = Table(
    "phones",
    metadata,
    Column("number", String, primary_key=True),  # E.164
    Column("customer_id", ForeignKey("customers.customer_id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Calculations of scores. Those of the newest run that is done count: see effective_scores.py.
# No number is used twice.
score_runs = Table(
    "score_runs",
    metadata,
    Column("run", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    Column("state", String, nullable=False),  # running, done, failed, withdrawn
    Column("version", String, nullable=False),
    Column("calibration", String, nullable=False),
    Column("began_at", Float, nullable=False),
    Column("ended_at", Float),
    Column("withdrawn_at", Float),
    Column("customers", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("why", String, nullable=False, server_default=""),
    Column("put_back", Boolean, nullable=False, server_default=false()),  # nothing of it is kept
    Column("definition", String, nullable=False, server_default=""),  # one of score_versions
    Column("as_of", Float),  # of the oldest source that it rests on; else began_at
    Column("sources", JSON),  # domain.scoring.runs.RunSource, one for each
    Column("columns", JSON),  # the names of the states in its metric_chunks
    Column("places", Integer),  # how many places there were when it had given some
    sqlite_autoincrement=True,
)

# What runs calculated, fifty customers in a row: score_layout.py says how. A customer's place
# is never another's.
customer_places = Table(
    "customer_places",
    metadata,
    Column(
        "customer_id",
        ForeignKey("customers.customer_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("place", Integer, nullable=False, unique=True),
    sqlite_with_rowid=False,
)


def _of_chunk(name: str, *columns: Column[Any]) -> Table:
    """Make a table with a row for each chunk of a run."""
    return Table(
        name,
        metadata,
        Column("run", BigInteger, primary_key=True, autoincrement=False),
        Column("chunk", Integer, primary_key=True, autoincrement=False),
        *columns,
    )


score_chunks = _of_chunk(
    "score_chunks",
    Column("scores", String, nullable=False),
    Column("attributes", String, nullable=False),
)
metric_chunks = _of_chunk("metric_chunks", Column("states", LargeBinary, nullable=False))

# Times at which scores are to be calculated: each is a service's, whose heart beats meanwhile.
score_schedule = Table(
    "score_schedule",
    metadata,
    Column("planned_at", Float, primary_key=True),
    Column("state", String, nullable=False),  # running, done, failed
    Column("runner", String, nullable=False),
    Column("heartbeat_at", Float, nullable=False),
    Column("began_at", Float, nullable=False),
    Column("ended_at", Float),
    Column("why", String, nullable=False, server_default=""),
)

# One row per call: the fields of domain.history.CallHistory, by the same names.
calls = Table(
    "calls",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("linked_id", String, nullable=False),
    Column("caller_number", String, nullable=False),
    Column("dialled", String, nullable=False),
    Column("trunk", String, nullable=False),
    Column("sip_call_id", String, nullable=False, index=True),
    Column("rung", String, nullable=False),
    Column("segment", String, nullable=False),
    Column("routed_at", Float, index=True),
    Column("queue", String),
    Column("priority", Integer),
    Column("joined_at", Float),
    Column("rings", Integer, nullable=False),
    Column("agent", String),
    Column("interface", String),
    Column("connected_at", Float),
    Column("wait_seconds", Float),
    Column("talk_seconds", Float),
    Column("hung_up_by", String),
    Column("ended_at", Float),
    Column("outcome", String, nullable=False),
    Column("test", Boolean, nullable=False, server_default=false()),
    Column("customer_id", String, nullable=False, server_default=""),
    *(
        Column(name, String, nullable=False, server_default="")
        for name in (
            "entry_point",
            "intent",
            "treatment",
            "rule",
            "policy_version",
            "part_of",
            "identified",
        )
    ),
)
Index(
    "ix_calls_open",  # small however many calls there are: only those that have not ended are in it
    calls.c.call_id,
    sqlite_where=calls.c.ended_at.is_(None),
)
Index(
    "ix_calls_part_of",  # few are
    calls.c.part_of,
    sqlite_where=calls.c.part_of != "",
)
_IS_CONTACT = text("customer_id <> '' AND NOT test")
Index(  # test calls are not in it: however many there are of a customer's, a lookup passes over none
    "ix_calls_contacts",
    calls.c.customer_id,
    calls.c.routed_at,
    sqlite_where=_IS_CONTACT,
)
Index(  # the others
    "ix_calls_tests",
    calls.c.customer_id,
    calls.c.routed_at,
    sqlite_where=text("customer_id <> '' AND test"),
)
Index("ix_calls_linked_id", calls.c.linked_id)
for _column, _has in (  # what calls are looked for by, the newest of them first
    (calls.c.caller_number, "caller_number <> ''"),
    (calls.c.agent, "agent IS NOT NULL"),
    (calls.c.queue, "queue IS NOT NULL"),
    (calls.c.segment, "segment <> ''"),
    (calls.c.outcome, "ended_at IS NOT NULL"),
):
    Index(f"ix_calls_{_column.name}", _column, calls.c.routed_at, sqlite_where=text(_has))

# The last decision taken for a call. The columns are for reports; `decision` and `call` hold everything.
decisions = Table(
    "decisions",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("at", Float, nullable=False, index=True),
    Column("customer_id", String),
    Column("segment", String),
    Column("queue", String),
    Column("priority", Integer, nullable=False),
    Column("score", Float),
    Column("rule", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("route_ms", Float, nullable=False),
    Column("lookup", String, nullable=False),
    Column("rung", String, nullable=False),
    Column("policy_version", String, nullable=False),
    Column("decision", JSON, nullable=False),
    Column("call", JSON, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("call_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("data", JSON, nullable=False),
    Column("source", String, nullable=False, server_default="ami"),
    UniqueConstraint("call_id", "kind", "at"),  # what makes an event count once, however often it is told
)

# Each time that a caller typed a PIN; what was typed is nowhere. `right` is NULL for one that was refused unchecked.
# A row is deleted when it counts no longer (pin_limits.COUNTED), and so is the caller's number.
pin_tries = Table(
    "pin_tries",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("customer_id", String, nullable=False),
    Column("call_id", String, nullable=False),  # empty: nobody typed, but staff made wrong tries count no longer
    Column("at", Float, nullable=False),
    Column("right", Boolean),
    Column("trunk", String, nullable=False, server_default=""),
    Column("caller", String, nullable=False, server_default=""),  # E.164 where the number is believed, else empty
    Column("own", Boolean, nullable=False, server_default=false()),  # it is the customer's own number
    Index(None, "customer_id", "id"),
    Index(None, "trunk", "caller", "at"),
    Index(None, "at"),
)


def _versions(name: str, *texts: str) -> Table:
    """Keep texts of files that count together, by the hash of all. A row never changes."""
    return Table(
        name,
        metadata,
        Column("version", String, primary_key=True),
        *(Column(text, String, nullable=False) for text in texts),
        Column("first_seen_at", Float, nullable=False),
    )


def _publications(name: str, versions: str) -> Table:
    """Keep what was put in force over the files, and by whom. The last row counts.

    `kind` is publish, rollback, or withdraw: of the version that was in force.
    """
    return Table(
        name,
        metadata,
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("version", ForeignKey(f"{versions}.version"), nullable=False),
        Column("at", Float, nullable=False),
        Column("author", String, nullable=False),
        Column("message", String, nullable=False),
        Column("kind", String, nullable=False),
    )


# What was written about customers, in the order in which it came: changes.py says how it is read.
# Triggers write it, whoever writes the rest.
changes = Table(
    "changes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),  # whose it is
    Column("written_in", BigInteger),  # the transaction's number; on SQLite nothing
)
Index(
    "ix_changes_written_in",
    changes.c.written_in,
    sqlite_where=changes.c.written_in.is_not(None),  # nothing is in it there
)

policy_versions = _versions("policy_versions", "policy", "agents")
policy_publications = _publications("policy_publications", "policy_versions")
score_versions = _versions("score_versions", "scoring", "calibration")
score_publications = _publications("score_publications", "score_versions")

# Queue members that the service added and may therefore remove.
members = Table(
    "members",
    metadata,
    Column("queue", String, primary_key=True),
    Column("interface", String, primary_key=True),
)
