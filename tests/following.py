"""A follower of customers at work, beside a lookup in the database."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, select

from ivr.domain.customers import Ambiguous, Found, Lookup
from ivr.service.customer_follower import CustomerFollower
from ivr.service.metrics import Metrics
from ivr.service.snapshot_keeper import SnapshotKeeper
from ivr.settings import Settings
from ivr.store import tables
from ivr.store.customer_query import CustomerQuestion
from ivr.store.engine import reader, writing
from ivr.store.lookup import CustomerLookup
from tests.contract.test_store import NUMBER

PATIENCE = 30.0  # seconds
NUMBERS = [f"+44207946{n:04}" for n in range(20)]


class Following:
    """A follower at work beside a lookup in the database."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        assert settings.snapshot_path
        self.engine, self.path = engine, settings.snapshot_path
        metrics = Metrics()
        self.keeper = SnapshotKeeper(settings.database_url, self.path, engine, metrics)
        self.follower = CustomerFollower(settings, self.keeper, metrics)
        self.database = CustomerLookup(reader(settings.database_url), deadline=5)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Following":
        self._tasks = [asyncio.create_task(each.run()) for each in (self.keeper, self.follower)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self.follower.close)
        self.database.close()

    async def settled(self) -> None:
        """Wait until all that is written now is followed."""
        with self.engine.connect() as connection:
            last = connection.execute(select(tables.changes.c.id)).scalars().all()
        await self.until(lambda: (self.follower.followed or 0) >= max(last, default=1))

    async def agrees(self, *questions: CustomerQuestion) -> None:
        """Assert that memory and database say the same about these."""
        await self.settled()
        for question in questions:
            said = self.follower.live(question)
            if question.by == "phone":
                asked = await self.database.find(question.text)
            else:
                asked = await self.database.find_by_customer_number(question.text)
            assert said == (asked if isinstance(asked, Found | Ambiguous) else None), question

    async def until(self, what: Callable[[], object]) -> object:
        async with asyncio.timeout(PATIENCE):
            while not (seen := what()):  # noqa: ASYNC110 - nothing announces it
                await asyncio.sleep(0.005)
        return seen

    def is_new(self, before: object) -> bool:
        """Whether the model was filled anew."""
        return self.follower._model is not before

    def knows(self, number: str = NUMBER) -> Lookup | None:
        return self.follower.live(CustomerQuestion(number))


def execute(engine: Engine, statement: Any) -> None:
    with writing(engine) as connection:
        connection.execute(statement)
