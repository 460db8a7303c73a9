import asyncio
import time

from ivr.application.doctor.ports import Database, Ports
from ivr.application.doctor.verdicts import Verdict
from ivr.domain.durations import length
from ivr.errors import StoreError

_OLD_SECONDS = 1200.0  # after several that could not be taken


async def age(ports: Ports, *, served: bool) -> Verdict:
    """The last known customers, for when the database cannot be asked. A service that has just started writes them."""
    about, path = "snapshot", ports.snapshot.path
    patient_until = time.monotonic() + ports.first_snapshot_seconds
    while (at := ports.snapshot.taken_at()) is None and served and time.monotonic() < patient_until:  # noqa: ASYNC110 - it is a file
        await asyncio.sleep(0.1)
    if at is None and not _any_customers(ports.database):
        return Verdict(about, True, "none: there are no customers in the database yet")
    if at is None:
        mend = "the service takes one when it starts: its log says why not (IVR_SNAPSHOT_PATH)"
        return Verdict(about, False, f"{path}: none that can be read", mend)
    seconds = max(time.time() - at, 0)
    if seconds > _OLD_SECONDS:
        mend = "the service takes one every five minutes: does it run, and what does its log say?"
        return Verdict(about, False, f"{path}: {length(seconds)} old", mend)
    return Verdict(about, True, f"{length(seconds)} old")


def _any_customers(database: Database) -> bool:
    """Whether there are any; also when that cannot be said."""
    try:
        return database.any_customers()
    except StoreError:
        return True
