"""The tables by which calls are found, and what is left of those that are forgotten."""

from sqlalchemy import Column, Float, String, Table

from ivr.store.tables import metadata

_AS_IT_IS = String().with_variant(String(collation="C"), "postgresql")
"""A text in the order of its characters, as SQLite has all."""

# Pieces of the calls' names, for whoever knows a part of one: call_parts.py says which.
# Triggers write it, and the next one.
call_parts = Table(
    "call_parts",
    metadata,
    Column("part", _AS_IT_IS, primary_key=True),
    Column("call_id", String, primary_key=True),
    sqlite_with_rowid=False,
)
# Each number that calls came from, once, for whoever knows its last digits.
call_numbers = Table(
    "call_numbers",
    metadata,
    Column("reversed", _AS_IT_IS, primary_key=True),
    Column("number", String, nullable=False),
    sqlite_with_rowid=False,
)

# Calls of which nothing personal is kept any more, and what stands for the caller's number: the
# same for each call from it, and without the key nobody can find the number by it.
forgotten_calls = Table(
    "forgotten_calls",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("forgotten_at", Float, nullable=False),
    Column("number_hash", String, nullable=False, index=True),  # empty: there was no number
    sqlite_with_rowid=False,
)
