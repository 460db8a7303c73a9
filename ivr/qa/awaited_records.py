"""The recorded calls, for programs that place calls and wait for what the service writes about them."""

import asyncio
import contextlib
import time

from ivr.domain.routing.decision import Decision
from ivr.errors import StoreError
from ivr.store.records import Records

RECORD_SECONDS = 3.0  # how long a reader waits for a record that is being written


class AwaitedRecords(Records):
    """Records that may come a moment later."""

    async def decision(self, call_id: str, patience: float = RECORD_SECONDS) -> tuple[Decision, float] | None:
        """The service's decision on a call and how long it took in ms; None when it took none.

        The service writes its records beside the call, so they may come a moment after it: for so many seconds at most.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            with contextlib.suppress(StoreError):  # a call is reported also when its record cannot be read
                record = await asyncio.to_thread(self.find, call_id)
                if record and record.decision:
                    return record.decision, record.route_ms or 0.0
            await asyncio.sleep(0.05)
        return None
