"""The recorded calls, for programs that place calls and wait for what the service writes about them."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from ivr.domain.calls.record import CallRecord
from ivr.domain.routing.decision import Decision
from ivr.errors import LabError, StoreError
from ivr.store.records import Records

RECORD_SECONDS = 3.0  # how long a reader waits for a record that is being written


class AwaitedRecords(Records):
    """Records that may come a moment later."""

    async def decision(
        self, call_id: str, asked: int = 0, patience: float = RECORD_SECONDS
    ) -> tuple[Decision, float] | None:
        """Wait for the service's decision on a call, as `awaited_decision` does."""
        return await awaited_decision(lambda: asyncio.to_thread(self.find, call_id), asked, patience)


async def awaited_decision(
    find: Callable[[], Awaitable[CallRecord | None]], asked: int, patience: float
) -> tuple[Decision, float] | None:
    """Wait for the last decision on the call that `find` looks for; with it, how long it took in ms.

    The service writes its records beside the call, so they may come a moment after it: for
    `patience` seconds at most. A caller who was `asked` something so many times has been decided on
    once more, and that decision is waited for. None when there is none at all.
    """
    deadline, known = time.monotonic() + patience, None
    while time.monotonic() < deadline:
        with contextlib.suppress(StoreError, LabError):  # a call is reported also without it
            record = await find()
            if record and record.decision:
                known = record.decision, record.route_ms or 0.0
                if record.call and len(record.call.asked) >= asked:
                    break
        await asyncio.sleep(0.05)
    return known
