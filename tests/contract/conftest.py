"""Every kind of place that rows of a source may lie in; and the customers in memory."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.service import customer_follower, snapshot_keeper
from ivr.settings import Settings
from tests import scored
from tests.contract.test_store import NUMBER, add
from tests.databases import Database, PostgresDatabase
from tests.following import NUMBERS, Following
from tests.mariadb import MariadbDatabase, in_mariadb
from tests.scored import Put


@pytest.fixture(params=["csv", "parquet", "sqlite", "postgresql", "mariadb"])
def put(request: pytest.FixtureRequest, tmp_path: Path) -> Put:
    if request.param == "postgresql":
        database: PostgresDatabase = request.getfixturevalue("empty_postgres")
        return lambda rows: scored.in_postgres(database, rows)
    if request.param == "mariadb":
        other: MariadbDatabase = request.getfixturevalue("empty_mariadb")
        return lambda rows: in_mariadb(other, rows)
    into = {"csv": scored.in_csv, "parquet": scored.in_parquet, "sqlite": scored.in_sqlite}
    return lambda rows: into[request.param](tmp_path, rows)


@pytest.fixture
def following_settings(database: Database, tmp_path: Path) -> Settings:
    return Settings(database_url=database.url, snapshot_path=tmp_path / "snapshot.db")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot is taken here, and not in a process that makes way for all others."""
    monkeypatch.setattr(snapshot_keeper, "aside", asyncio.to_thread)
    monkeypatch.setattr(customer_follower, "LOOK_SECONDS", 0.02)


@pytest.fixture
async def following(
    following_settings: Settings,
    at_once: None,
    engine: Engine,
) -> AsyncIterator[Following]:
    add(engine, "C1", NUMBER, NUMBERS[0], customer_number="0042", preferred_agent="Bo", name="Ada")
    async with Following(following_settings, engine) as made:
        await made.settled()
        yield made
