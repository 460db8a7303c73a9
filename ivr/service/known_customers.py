"""The customers as the service asks for them."""

import contextlib
import time
from collections.abc import AsyncIterator, Callable

from ivr.settings import Settings
from ivr.store.customer_query import WithSnapshot, live
from ivr.store.engine import reader
from ivr.store.lookup import CustomerLookup
from ivr.store.snapshot import Snapshot
from ivr.store.sqlite_file import snapshot_path


@contextlib.asynccontextmanager
async def known_customers(settings: Settings) -> AsyncIterator[WithSnapshot]:
    """Ask the database, and the last known customers when it is away."""
    customers = lookup(settings)
    path = settings.snapshot_path or snapshot_path(settings.database_url)
    last_known = Snapshot(path, settings.lookup_deadline)
    try:
        yield WithSnapshot(customers, last_known)
    finally:
        customers.close()
        last_known.close()


def lookup(settings: Settings, clock: Callable[[], float] = time.time) -> CustomerLookup:
    """Return what asks the database; `clock` gives Unix time in seconds."""
    engine = reader(settings.database_url, settings.lookup_deadline)
    return CustomerLookup(engine, settings.lookup_deadline, query=live(clock))
