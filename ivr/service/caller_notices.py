"""Why callers are treated as they are, looked up for those who are shown, while somebody looks."""

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress

from ivr.domain.live_state import CallerNotice
from ivr.errors import StoreError
from ivr.hanging_work import Looks, OverdueError
from ivr.store import call_query
from ivr.store.statement_reading import DatabaseReading, reading

PATIENCE_SECONDS = 1.0  # that one look may take; the next one then waits for the same
_MOST_AT_ONCE = 200
_REMEMBERED = 5000
_AGAIN_SECONDS, _LATEST_SECONDS = 1.0, 60.0  # until one that is not on record is looked up again


class CallerNotices:
    """Looks them up, in a thread that nobody waits for.

    A database that is away only leaves them out.
    """

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._reading: DatabaseReading | None = None
        self._found: OrderedDict[str, CallerNotice] = OrderedDict()
        # Those that are not on record: for how long they are not looked up, and until when.
        self._missing: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._wanted: list[str] = []
        self._looks = Looks(self._ask)

    @property
    def found(self) -> Mapping[str, CallerNotice]:
        """What was found, by call."""
        return self._found

    def forget(self, calls: Iterable[str]) -> None:
        """Look these up anew: something else was decided."""
        for call in calls:
            self._found.pop(call, None)
            self._missing.pop(call, None)

    async def look(self, calls: Iterable[str]) -> None:
        """Look up those of the calls of which nothing is known. Never raises."""
        now = time.monotonic()
        wanted = [each for each in calls if each not in self._found and self._is_due(each, now)]
        if not wanted:
            return
        self._wanted = wanted[:_MOST_AT_ONCE]
        with suppress(StoreError, OverdueError):
            asked, found = await self._looks.look(PATIENCE_SECONDS)
            self._take(asked, found)

    def close(self) -> None:
        """Ask nothing afterwards."""
        if self._reading is not None:
            self._reading.close()

    def _is_due(self, call: str, now: float) -> bool:
        return call not in self._missing or self._missing[call][1] <= now

    def _ask(self) -> tuple[list[str], dict[str, CallerNotice]]:
        """Ask the database. In a thread."""
        asked = self._wanted
        if self._reading is None:
            self._reading = reading(self._url)
        with self._reading.asking() as run:
            return asked, call_query.notices(run, asked)

    def _take(self, asked: Iterable[str], found: Mapping[str, CallerNotice]) -> None:
        self._found.update(found)
        for call in asked:
            before, _ = self._missing.pop(call, (_AGAIN_SECONDS / 2, 0.0))
            if call not in found:
                pause = min(2 * before, _LATEST_SECONDS)
                self._missing[call] = pause, time.monotonic() + pause
        for each in (self._found, self._missing):
            while len(each) > _REMEMBERED:
                each.popitem(last=False)
