"""The recorded calls, for programs that read them: they need the database, and nothing else of the service."""

import asyncio
import contextlib
import time

from ivr.domain.decision import Decision
from ivr.domain.history import Fact
from ivr.errors import StoreError
from ivr.settings import Settings
from ivr.store import calls
from ivr.store.calls import CallRecord
from ivr.store.engine import reader

RECORD_SECONDS = 3.0  # how long a reader waits for a record that is being written


class Records:
    """The recorded calls, for reading. Use as a context manager; raises StoreError."""

    def __init__(self, settings: Settings) -> None:
        self.engine = reader(settings.database_url)

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def last(self, count: int) -> list[CallRecord]:
        """The last `count` calls, the newest at the end."""
        return calls.last_calls(self.engine, count)[::-1]

    def since(self, at: float) -> list[CallRecord]:
        """The calls routed since then (Unix time), in their order."""
        return calls.calls_since(self.engine, at)

    def find(self, call_id: str) -> CallRecord | None:
        """The call with this Uniqueid or SIP Call-ID."""
        return calls.find_call(self.engine, call_id)

    def facts(self, call_id: str) -> list[Fact]:
        """What happened to a call, in order."""
        return calls.facts_of(self.engine, call_id)

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
