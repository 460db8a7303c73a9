"""The tables. Times are Unix time in seconds. A change here needs a migration: a test compares the two.

What only PostgreSQL is told when they are made stands in tables_made.py.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

customers = Table(
    "customers",
    metadata,
    Column("customer_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("value", Float),  # the scores: 0-100, NULL where the data says nothing
    Column("potential", Float),
    Column("need", Float),
    Column("language", String, nullable=False),  # two letters, or empty
    Column("tags", String, nullable=False),  # joined by ';'
    Column("preferred_agent", String, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("updated_at", Float, nullable=False),
    Column("products", String, nullable=False, server_default=""),  # joined by ';'
    Column("contract", String, nullable=False, server_default=""),
    Column("open_case", Boolean, nullable=False, server_default=false()),
    Column("lapsed", Boolean, nullable=False, server_default=false()),
    Column("prefers_self_service", Boolean, nullable=False, server_default=false()),
    Column("customer_number", String, nullable=False, server_default=""),  # digits, as a caller types them
    Column("pin_hash", String, nullable=False, server_default=""),  # a PHC string of argon2, or empty
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
)
Index(
    "ix_calls_open",  # small however many calls there are: only those that have not ended are in it
    calls.c.call_id,
    sqlite_where=calls.c.ended_at.is_(None),
)
_IS_CONTACT = text("customer_id <> '' AND NOT test")
Index(  # test calls are not in it: however many there are of a customer's, a lookup passes over none
    "ix_calls_contacts",
    calls.c.customer_id,
    calls.c.routed_at,
    sqlite_where=_IS_CONTACT,
)

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
    UniqueConstraint("call_id", "kind", "at"),  # what makes a fact count once, however often it is told
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

# The texts of policy.yaml and agents.yaml, by their hash. A row never changes.
policy_versions = Table(
    "policy_versions",
    metadata,
    Column("version", String, primary_key=True),
    Column("policy", String, nullable=False),
    Column("agents", String, nullable=False),
    Column("first_seen_at", Float, nullable=False),
)

# What was put in force over the files, and by whom. The last row counts.
policy_publications = Table(
    "policy_publications",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("version", ForeignKey("policy_versions.version"), nullable=False),
    Column("at", Float, nullable=False),
    Column("author", String, nullable=False),
    Column("message", String, nullable=False),
    Column("kind", String, nullable=False),  # publish, rollback, or withdraw: of the version that was in force
)

# Queue members that the service added and may therefore remove.
members = Table(
    "members",
    metadata,
    Column("queue", String, primary_key=True),
    Column("interface", String, primary_key=True),
)
