"""The recorded calls, for programs that read them: they need the database, and nothing else of the service."""

from collections.abc import Iterator, Sequence
from typing import Self

from ivr.domain.calls.call_filter import CallFilter, ListedCall
from ivr.domain.calls.events import CallEvent
from ivr.domain.calls.record import CallRecord
from ivr.domain.calls.stays import Stay, Talk
from ivr.settings import Settings
from ivr.store import call_query, call_search
from ivr.store.call_parts import Fitting
from ivr.store.statement_reading import reading

_FEW = 1000  # calls that are read at once


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

    def listed(self, wanted: CallFilter, last: int | None) -> Iterator[ListedCall]:
        """Give the `last` calls that fit, or all, the newest at the end, few of them in memory."""
        if last is None or last > _FEW:
            for page in call_search.pages(self.reading.asking, wanted, last):
                yield from page
            return
        with self.reading.asking() as run:
            found = call_search.newest_lines(run, wanted, last)
        yield from found[::-1]

    def like(self, part: str, count: int) -> tuple[Fitting, Sequence[ListedCall]]:
        """Find the calls in whose names the part is; what a list tells of the `count` newest."""
        with self.reading.asking() as run:
            return call_query.like(run, part, count)

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

    def course(self, call_id: str) -> tuple[list[Stay], list[Talk]]:
        """Find the stays and talks of a call, in order."""
        with self.reading.asking() as run:
            return call_query.course(run, call_id)

    def parts(self, call_id: str) -> list[str]:
        """Find the ids of the calls that agents made for this one."""
        with self.reading.asking() as run:
            return call_query.parts(run, call_id)
