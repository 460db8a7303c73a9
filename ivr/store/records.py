"""The recorded calls, for programs that read them: they need the database, and nothing else of the service."""

from typing import Self

from ivr.domain.calls.history import CallEvent
from ivr.domain.calls.record import CallRecord
from ivr.settings import Settings
from ivr.store import call_query
from ivr.store.statement_reading import reading


class Records:
    """The recorded calls, for reading. Use as a context manager; raises StoreError."""

    def __init__(self, settings: Settings) -> None:
        self.reading = reading(settings.database_url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.reading.close()

    def last(self, count: int) -> list[CallRecord]:
        """The last `count` calls, the newest at the end."""
        with self.reading.asking() as run:
            return call_query.last(run, count)[::-1]

    def since(self, at: float) -> list[CallRecord]:
        """The calls routed since then (Unix time), in their order."""
        with self.reading.asking() as run:
            return call_query.since(run, at)

    def find(self, call_id: str) -> CallRecord | None:
        """The call with this Uniqueid or SIP Call-ID, or the only one with this beginning or end."""
        with self.reading.asking() as run:
            return call_query.find(run, call_id)

    def events(self, call_id: str) -> list[CallEvent]:
        """What happened to a call, in order."""
        with self.reading.asking() as run:
            return call_query.events(run, call_id)
