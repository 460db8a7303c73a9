"""The tables for whoever makes or compares them, with what only PostgreSQL is told about them.

Its part of SQLAlchemy takes a while to import, and a program that reads and writes rows does without it.
"""

from ivr.store import history_tables, search_tables
from ivr.store.tables import (
    calls,
    customer_places,
    customers,
    metadata,
    metric_chunks,
    phones,
    score_chunks,
)

__all__ = ["history_tables", "metadata", "search_tables"]

for _table in (customers, phones, customer_places, score_chunks, metric_chunks):
    # It would lock out lookups for a moment.
    _table.dialect_options["postgresql"]["with"] = {"vacuum_truncate": False}
_stays, _talks = history_tables.stays, history_tables.talks
for _index in (*customers.indexes, *calls.indexes, *_stays.indexes, *_talks.indexes):
    # Of only some rows in the one as in the other.
    _index.dialect_options["postgresql"]["where"] = _index.dialect_options["sqlite"]["where"]
