"""Looking customers up while their call waits. A lookup may fail, but it is never late and never raises."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPICursor

from ivr.domain.customers import Lookup, Unavailable
from ivr.limits import LOOKUP_SECONDS
from ivr.store.customer_query import CustomerQuestion, Query, failed, late, live, pyformat

HANGING_SECONDS = 3.0  # that a read may take before another is tried beside it, on a connection of its own
MOST_HANGING = 3  # such reads at once: a database that stays silent must not cost a thread for each try


class Breaker:
    """After `failures` in a row, lets nobody through for `pause` seconds, and then one at a time to try."""

    def __init__(self, clock: Callable[[], float], failures: int = 5, pause: float = 2.0) -> None:
        self._clock, self._limit, self._pause = clock, failures, pause
        self._failed, self._closed_until = 0, 0.0

    def lets_through(self) -> bool:
        """Whether to try. The one that is let through after a pause keeps the others out for another."""
        if self._failed < self._limit:
            return True
        if self._clock() < self._closed_until:
            return False
        self._closed_until = self._clock() + self._pause
        return True

    def tell(self, worked: bool) -> None:
        """What came of a try."""
        self._failed = 0 if worked else self._failed + 1
        if not worked:
            self._closed_until = self._clock() + self._pause


class CustomerLookup:
    """The Customers port, on an engine made by `store.engine.reader`; takes the engine over and closes it.

    `deadline` is in seconds, `clock` counts seconds. `counts` has the number of lookups per outcome: found,
    ambiguous, unknown, unavailable. `query` is `live()` unless said otherwise. All reading is done in one thread, so
    nothing here holds up the loop. One that hangs is given up for another thread, with another connection.
    """

    def __init__(
        self,
        engine: Engine,
        deadline: float = LOOKUP_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        query: Query | None = None,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._engine, self._query = engine, query or live()
        self._written = pyformat if engine.dialect.paramstyle == "pyformat" else str
        self._deadline, self._clock, self._breaker = deadline, clock, Breaker(clock)
        self._thread = _thread()
        self._overdue: Future[Lookup] | None = None
        self._overdue_since = 0.0
        self._given_up: list[Future[Lookup]] = []

    async def find(self, number: str, call_id: str = "") -> Lookup:
        """Who has this E.164 number; Unavailable when the database cannot say so within the deadline.

        Earlier calls that cannot be read in time are left out; the call named `call_id` is none of them.
        """
        return await self._answered(CustomerQuestion(number, call_id=call_id))

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        """Who has this customer number; otherwise as `find`."""
        return await self._answered(CustomerQuestion(digits, "customer number", call_id))

    def close(self) -> None:
        """End the thread and close the connections. A read that hangs is not waited for."""
        if not self._is_stuck():
            self._thread.shutdown(wait=True, cancel_futures=True)
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._engine.dispose()

    async def _answered(self, question: CustomerQuestion) -> Lookup:
        found = await self._find(question)
        self.counts[type(found).__name__.lower()] += 1
        return found

    async def _find(self, question: CustomerQuestion) -> Lookup:
        if self._is_stuck() and not self._give_up():
            return Unavailable("an earlier lookup still waits for the database")
        if not self._breaker.lets_through():
            return Unavailable("lookups failed one after the other, and pause for a moment")
        began = self._clock()
        try:
            reading = self._thread.submit(self._read, question)
            async with asyncio.timeout(self._deadline):
                found = await asyncio.wrap_future(reading)
        except asyncio.CancelledError:  # the caller is gone, and what was asked for them runs on
            self._note_overdue(reading, began)
            raise
        except TimeoutError:
            self._note_overdue(reading, began)
            found = question.so_far or late(self._deadline)
            self._breaker.tell(worked=question.so_far is not None)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller must reach somebody
            found = failed(error)
            self._breaker.tell(worked=False)
        else:
            self._breaker.tell(worked=True)
        return found

    def _note_overdue(self, reading: Future[Lookup], began: float) -> None:
        """A read that runs cannot be stopped; one that only queued behind it has been cancelled."""
        if not reading.cancelled():
            self._overdue, self._overdue_since = reading, began

    def _is_stuck(self) -> bool:
        return self._overdue is not None and not self._overdue.done()

    def _give_up(self) -> bool:
        """Leave a read that hangs to itself, with its thread and its connection; False when it is too early for that.

        It ends when its connection does, or when the disk answers. Until then it counts.
        """
        self._given_up = [each for each in self._given_up if not each.done()]
        hangs = self._clock() - self._overdue_since >= HANGING_SECONDS
        if self._overdue is None or not hangs or len(self._given_up) >= MOST_HANGING:
            return False
        self._given_up.append(self._overdue)
        self._overdue = None
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._thread = _thread()
        return True

    def _read(self, question: CustomerQuestion) -> Lookup:
        # The driver's own cursor: SQLAlchemy's way to it takes longer than all else that a decision needs.
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            found = self._query(lambda sql, values: _rows(cursor, self._written(sql), values), question)
            if question.broken:
                connection.invalidate()
        except Exception:
            connection.invalidate()
            raise
        finally:
            connection.close()
        return found


def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="lookup")


def _rows(cursor: DBAPICursor, sql: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
    cursor.execute(sql, values)
    return cursor.fetchall()
