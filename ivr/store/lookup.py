"""Looking customers up while their call waits. A lookup may fail, but it is never late and never raises."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, Integer, Row, bindparam, select, type_coerce

from ivr.domain.customer import SCORES, Ambiguous, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.store import rules
from ivr.store.engine import problem_of
from ivr.store.tables import customers, phones

_MANY = 3  # customers with the same number; more than these are not counted
# `blocked` as it is stored: read as a Boolean, whatever somebody has put there would count as true.
_COLUMNS = [type_coerce(c, Integer).label(c.name) if c is customers.c.blocked else c for c in customers.c]
_BY_NUMBER = (
    select(*_COLUMNS)
    .join(phones, phones.c.customer_id == customers.c.customer_id)
    .where(phones.c.number == bindparam("number"))
    .order_by(phones.c.customer_id)
    .limit(_MANY)
)


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
    ambiguous, unknown, unavailable. All reading is done in one thread, so nothing here holds up the loop.
    """

    def __init__(self, engine: Engine, deadline: float = 0.1, clock: Callable[[], float] = time.monotonic) -> None:
        self.counts: Counter[str] = Counter()
        self._engine, self._deadline, self._breaker = engine, deadline, Breaker(clock)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lookup")
        self._overdue: Future[Lookup] | None = None

    async def find(self, number: str) -> Lookup:
        """Who has this E.164 number; Unavailable when the database cannot say so within the deadline."""
        found = await self._find(number)
        self.counts[type(found).__name__.lower()] += 1
        return found

    def close(self) -> None:
        """End the thread and close the connections. A read that hangs is not waited for."""
        if not self._is_stuck():
            self._thread.shutdown(wait=True, cancel_futures=True)
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._engine.dispose()

    async def _find(self, number: str) -> Lookup:
        if "\0" in number:  # PostgreSQL knows no such text
            return Unknown("not a known number")
        if self._is_stuck():
            return Unavailable("an earlier lookup still waits for the database")
        if not self._breaker.lets_through():
            return Unavailable("lookups failed one after the other, and pause for a moment")
        try:
            reading = self._thread.submit(self._read, number)
            found = await asyncio.wait_for(asyncio.wrap_future(reading), self._deadline)
        except TimeoutError:
            # A read that runs cannot be stopped; one that only queued behind it has been cancelled.
            self._overdue = self._overdue if reading.cancelled() else reading
            found = Unavailable(f"the database did not answer within {self._deadline:g} s")
            self._breaker.tell(worked=False)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller must reach somebody
            found = Unavailable(problem_of(error))
            self._breaker.tell(worked=False)
        else:
            self._breaker.tell(worked=True)
        return found

    def _is_stuck(self) -> bool:
        return self._overdue is not None and not self._overdue.done()

    def _read(self, number: str) -> Lookup:
        with self._engine.connect() as connection:
            rows = connection.execute(_BY_NUMBER, {"number": number}).all()
        return _lookup(rows)


def _lookup(rows: Sequence[Row[Any]]) -> Lookup:
    match rows:
        case []:
            return Unknown("not a known number")
        case [row]:
            try:
                return Found(_customer(row))
            except ValueError as error:
                # The database answered, so this is no reason for the breaker to keep others from it.
                return Unavailable(f"the customer's row is damaged: {error}")
        case _:
            return Ambiguous(tuple(str(row.customer_id) for row in rows))


def _customer(row: Row[Any]) -> Customer:
    """The customer in `row`; ValueError when somebody has put there what an import would have refused."""
    for name in ("customer_id", "name", "language", "tags", "preferred_agent"):
        if not isinstance(getattr(row, name), str) or rules.unshowable(getattr(row, name)):
            raise ValueError(f"{name} is not plain text")
    for name in SCORES:
        score = getattr(row, name)
        if score is not None and not (isinstance(score, float) and rules.is_score(score)):
            raise ValueError(f"{name} is not a number from 0 to 100")
    tags = tuple(tag for tag in row.tags.split(";") if tag)
    if not rules.LANGUAGE.fullmatch(row.language):
        raise ValueError("language is not two lower-case letters")
    if not all(rules.TAG.fullmatch(tag) for tag in tags):
        raise ValueError("tags are not words joined by ';'")
    if row.blocked not in (0, 1):  # False and True are such, too
        raise ValueError("blocked is neither 0 nor 1")
    return Customer(
        customer_id=row.customer_id,
        name=row.name,
        scores=Scores(row.value, row.potential, row.need),
        language=row.language,
        tags=tags,
        preferred_agent=row.preferred_agent,
        blocked=bool(row.blocked),
    )
