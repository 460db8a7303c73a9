"""Keeps the customers in memory as they are in the database, whoever writes there."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy import event

from ivr.domain.customers import Ambiguous, Found, Lookup
from ivr.domain.ports import Customers
from ivr.limits import DATABASE_AGAIN_SECONDS
from ivr.service.metrics import Metrics
from ivr.service.snapshot_keeper import SnapshotKeeper
from ivr.settings import Settings
from ivr.store import changes, customer_model, customer_pieces
from ivr.store.changes import LostError, NotedChange, Position
from ivr.store.customer_model import CustomerModel, Piece
from ivr.store.customer_query import OLDEST_SECONDS, CustomerQuestion, Run, known_last
from ivr.store.engine import explained, reader
from ivr.store.engine_reading import run_on_driver
from ivr.store.snapshot_tables import LONGEST_NAME

LOOK_SECONDS = 0.25
"""Between two looks at what was changed."""
LIVE_SECONDS = 5.0
"""How old the last look may be while the model counts as the database's own word."""
HELD_SECONDS = 0.002
"""For how long the event loop is held at most while what was changed is taken over."""
BUSY_SECONDS = 1.5
"""How long changes may take to be taken over until the database is asked instead."""
LOST_SECONDS = 30.0
"""How old the last look may be to go on from there: what was read is deleted KEPT_SECONDS later."""
MOST_CHANGES, MOST_KEYS, MOST_PLACES = 200_000, 20_000, 50_000
"""Above that, the model is filled anew: it takes no longer."""
_PATIENCE = 1.0  # seconds for a statement
_NAMES_AT_ONCE = 5_000
_NAMES = """
    SELECT customer_id, substr(name, 1, :longest) FROM customers WHERE customer_id > :after
    ORDER BY customer_id LIMIT :most
"""
T = TypeVar("T")

log = structlog.get_logger()


class CustomerFollower:
    """Follows the changes in the database of the settings. `clock` gives Unix time in seconds.

    The model is *live* while the last look at the changes is not older than LIVE_SECONDS.
    """

    def __init__(
        self,
        settings: Settings,
        keeper: SnapshotKeeper,
        metrics: Metrics,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine = reader(settings.database_url, _PATIENCE)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="customers")
        self._server = self._engine.dialect.name == "postgresql"
        self._keeper, self._clock = keeper, clock
        self._model: CustomerModel | None = None
        self._follows = False  # else a new model is to take the place of the one that there is
        self._lost = False  # the file cannot be followed from
        self._looked, self._looked_at = 0.0, 0.0
        self._busy_since: float | None = None  # changes are known that are not taken over
        self._complained = ""
        if not self._server:  # one name that is no text must not cost everybody else
            event.listen(self._engine, "connect", _replace_what_is_no_text)
        keeper.read = lambda: self._model.position if self._model and self._follows else None
        metrics.customers_in_memory(lambda: self.followed is not None)

    @property
    def followed(self) -> int | None:
        """The last change that the model has; None while it is not live."""
        now = time.monotonic()
        busy = self._busy_since is not None and now - self._busy_since > BUSY_SECONDS
        if self._model is None or not self._follows or busy or now - self._looked > LIVE_SECONDS:
            return None
        return self._model.position.last.number

    def live(self, question: CustomerQuestion) -> Lookup | None:
        """Say whom the database has; None for whom only itself can say."""
        if self._model is None or self.followed is None:
            return None
        found = self._model.find(question)
        return found if isinstance(found, Found | Ambiguous) else None

    def last_known(self, question: CustomerQuestion) -> Lookup | None:
        """Say whom the database had when it could be asked last; None without a model."""
        age = max(time.monotonic() - self._looked, time.time() - self._looked_at)
        if self._model is None or age > OLDEST_SECONDS:
            return None
        return known_last(self._model.find(question), age)

    async def run(self) -> None:
        """Follow, until cancelled. Whatever fails is tried again, and said once."""
        while True:
            pause = LOOK_SECONDS
            try:
                if self._model is None or not self._follows:
                    await self._fill()
                await self._look()
                self._complained = ""
            except LostError:
                self._follows, self._lost = False, True
            except Exception as error:  # noqa: BLE001 - meanwhile, the database is asked
                self._complain(str(error) or type(error).__name__)
                pause = LOOK_SECONDS if self._follows else DATABASE_AGAIN_SECONDS
            await asyncio.sleep(pause)

    def close(self) -> None:
        """Close the connections, once nothing is read any more."""
        self._thread.shutdown(cancel_futures=True)
        self._engine.dispose()

    async def _fill(self) -> None:
        """Fill a new model, from the file if nothing is lost since."""
        if self._lost:
            await self._keeper.fresh()
        elif not await self._beside(self._has_base):
            await self._keeper.first()  # it is being taken: there is none to begin with
        self._lost = True  # should it be no good
        began = time.monotonic()
        names = self._names()
        model = await self._beside(CustomerModel.load, self._keeper.path, names, self._clock)
        before, self._model = self._model, model
        self._follows, self._lost = True, False
        # Not live yet.
        self._looked, self._looked_at = time.monotonic() - LIVE_SECONDS, model.taken_at
        self._busy_since = None
        took = round(time.monotonic() - began, 2)
        log.info("customers in memory", customers=model.customers, seconds=took)
        if before is not None:
            await self._beside(before.close)

    def _has_base(self) -> bool:
        """Whether the snapshot's file can be followed from. Raises StoreError."""
        base = customer_model.base_of(self._keeper.path)
        last = partial(changes.last_mark, besides=self._keeper.marks)
        return base is not None and bool(base.mark) and base.mark == self._ask(last)

    def _names(self) -> Iterator[Sequence[tuple[str, str]]]:
        values = {"after": "", "most": _NAMES_AT_ONCE, "longest": LONGEST_NAME}
        while rows := self._ask(lambda run: run(_NAMES, values)):
            yield [(row[0], row[1]) for row in rows]
            values["after"] = rows[-1][0]

    async def _look(self) -> None:
        """Take over what was changed. Raises LostError, StoreError."""
        model = self._model
        assert model is not None  # noqa: S101 - it has been filled
        looked, looked_at = time.monotonic(), time.time()
        if looked - self._looked > LOST_SECONDS:
            raise LostError
        position, changed = await self._beside(self._read, model.position)
        if changed and self._busy_since is None:
            self._busy_since = looked
        asked = partial(customer_pieces.of_changes, changes=changed)
        await self._change(model, await self._beside(self._ask, asked))
        if any(change.kind == changes.RUN for change in changed):
            await self._follow_run(model)
        model.position = position
        self._looked, self._looked_at, self._busy_since = looked, looked_at, None

    def _read(self, at: Position) -> tuple[Position, Sequence[NotedChange]]:
        asked = partial(changes.since, at=at, most=MOST_CHANGES, server=self._server)
        if (found := self._ask(asked)) is None:
            raise LostError
        _, changed = found
        keys = {(change.kind, change.key) for change in changed}
        if len(keys) > MOST_KEYS or any(change.kind == changes.ALL for change in changed):
            raise LostError
        return found

    async def _follow_run(self, model: CustomerModel) -> None:
        """Take over the scores of the run that is in force now. Raises LostError, StoreError."""
        row = await self._beside(self._ask, customer_pieces.in_force)
        before = model.run
        if row is not None and row[0] != before:
            await self._follow_places(model)
            await self._follow_chunks(model, row[0])
            now = await self._beside(self._ask, customer_pieces.in_force)
            if now is None or now[0] != row[0]:
                return  # yet another one: the next look sees it
        await self._change(model, [customer_pieces.switch(row)])
        while model.leave_other_runs():  # noqa: ASYNC110 - it is work, and calls go first
            await asyncio.sleep(0)

    async def _follow_chunks(self, model: CustomerModel, number: int) -> None:
        """Take over the scores of a run."""
        first = 0
        while True:
            asked = partial(customer_pieces.chunks, number=number, first=first)
            if (found := await self._beside(self._ask, asked)) is None:
                return
            first, pieces = found
            await self._change(model, pieces)

    async def _follow_places(self, model: CustomerModel) -> None:
        """Take over the places that were given since."""
        asked = partial(customer_pieces.new_places, first=model.places, most=MOST_PLACES)
        if (new := await self._beside(self._ask, asked)) is None:
            raise LostError
        places, pieces = new
        await self._change(model, pieces)
        model.places = places

    async def _change(self, model: CustomerModel, pieces: Iterable[Piece]) -> None:
        """Carry pieces out, and let calls go first after each moment of it."""
        until = time.monotonic() + HELD_SECONDS
        for piece in pieces:
            model.change(piece)
            if time.monotonic() > until:
                await asyncio.sleep(0)
                until = time.monotonic() + HELD_SECONDS

    async def _beside(self, work: Callable[..., T], *arguments: object) -> T:
        """Do it in our thread: the loop goes on."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def _ask(self, question: Callable[[Run], T]) -> T:
        with explained(self._engine), self._engine.connect() as connection:
            return question(run_on_driver(connection))

    def _complain(self, why: str) -> None:
        if why != self._complained:
            log.warning("customers not followed: it is tried again", why=why)
        self._complained = why


def _replace_what_is_no_text(connection: sqlite3.Connection, _: object) -> None:
    connection.text_factory = lambda written: written.decode("utf-8", "replace")


class MemoryFirst:
    """The Customers port: what the memory says by `ask`, and the `others` where it says nothing."""

    def __init__(self, ask: Callable[[CustomerQuestion], Lookup | None], others: Customers) -> None:
        self._ask, self._others = ask, others

    async def find(self, number: str, call_id: str = "") -> Lookup:
        """Say who has this E.164 number; never raises, and is never late."""
        known = self._ask(CustomerQuestion(number, call_id=call_id))
        return known or await self._others.find(number, call_id)

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        """Say who has this customer number; otherwise as `find`."""
        known = self._ask(CustomerQuestion(digits, "customer number", call_id))
        return known or await self._others.find_by_customer_number(digits, call_id)
