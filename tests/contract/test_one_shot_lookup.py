"""The lookup of a program that takes one call: it says what the service's says, without an event loop."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.domain.customers import Found, Lookup, Unavailable, Unknown
from ivr.domain.ports import Customers
from ivr.errors import StoreError
from ivr.store import snapshot, tables
from ivr.store.customer_query import CustomerQuestion
from ivr.store.engine import reader, upsert, writing
from ivr.store.lookup import CustomerLookup
from ivr.store.one_shot_lookup import SingleLookup, customers
from tests.databases import Database, PostgresDatabase, SqliteFile

NUMBER, SHARED, NOBODY = "+442079460001", "+12025550110", "+12025550199"
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def two_customers(engine: Engine) -> None:
    row = {
        "name": "Ann", "value": 80.0, "potential": None, "need": 0.5, "language": "en", "tags": "vip;new",
        "preferred_agent": "Bo", "updated_at": 9.0, "scored_at": 1.0,
    }  # fmt: skip
    with writing(engine) as connection:
        for name, number, blocked in (("C1", NUMBER, False), ("C2", "+442079460002", True)):
            connection.execute(upsert(engine, tables.customers), row | {"customer_id": name, "blocked": blocked})
            for each in (number, SHARED):
                connection.execute(tables.phones.insert(), {"number": each, "customer_id": name})


def ask(asked: Customers, number: str) -> Lookup:
    """What it says, without an event loop."""
    with pytest.raises(StopIteration) as end:
        asked.find(number).send(None)
    found: Lookup = end.value.value
    return found


def say(database: Database, number: str, taken: Path = Path("none.db")) -> Lookup:
    return ask(customers(database.url, taken, deadline=5), number)


@pytest.mark.parametrize("number", [NUMBER, "+442079460002", SHARED, NOBODY, "", "\0", "'; DROP TABLE phones; --"])
async def test_it_says_what_the_service_says(database: Database, number: str) -> None:
    service = CustomerLookup(reader(database.url), deadline=5)
    assert say(database, number) == await service.find(number)
    service.close()


@pytest.mark.parametrize(
    ("column", "value"), [("value", 100.5), ("name", "a\x07b"), ("language", "English"), ("tags", "a b")]
)
async def test_it_says_so_of_damaged_rows_too(database: Database, column: str, value: object) -> None:
    database.edit(f"UPDATE customers SET {column} = :value", value=value)  # noqa: S608
    service = CustomerLookup(reader(database.url), deadline=5)
    found = say(database, NUMBER)
    assert isinstance(found, Unavailable)
    assert column in found.why
    assert found == await service.find(NUMBER)
    service.close()


def test_a_database_that_is_away_is_missed_until_it_is_back(database: Database, engine: Engine) -> None:
    engine.dispose()
    with database.away():
        assert isinstance(say(database, NUMBER), Unavailable)
    assert isinstance(say(database, NUMBER), Found)


def test_while_the_database_is_away_the_snapshot_is_asked(database: Database, engine: Engine, tmp_path: Path) -> None:
    taken = tmp_path / "snapshot.db"
    snapshot.take(engine, taken)
    engine.dispose()
    assert say(database, NOBODY, taken) == Unknown("not a known number")
    with database.away():
        known = say(database, NUMBER, taken)
        assert isinstance(say(database, NOBODY, taken), Unavailable)
    assert isinstance(known, Found)
    assert known.customer.customer_id == "C1"
    assert known.age_seconds is not None
    assert known.why


def test_a_writer_is_not_waited_for(database: Database) -> None:
    with database.busy():
        assert isinstance(say(database, NUMBER), Found)


@only_sqlite
def test_a_database_without_wal_that_is_locked_is_not_waited_for(database: SqliteFile, engine: Engine) -> None:
    engine.dispose()
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("PRAGMA journal_mode=DELETE")
    other.execute("BEGIN EXCLUSIVE")
    assert say(database, NUMBER) == Unavailable("database is locked")
    other.close()


@only_postgres
def test_a_table_that_is_locked_is_not_waited_for(database: PostgresDatabase) -> None:
    with database.connected() as other:
        other.execute("LOCK TABLE phones IN ACCESS EXCLUSIVE MODE")
        assert say(database, NUMBER) == Unavailable("canceling statement due to lock timeout")


@only_sqlite
def test_a_read_that_hangs_is_given_up_at_the_deadline() -> None:
    opened = threading.Event()

    def hang(_: CustomerQuestion) -> Lookup:
        opened.wait(10)
        return Unknown("much later")

    began = time.monotonic()
    assert ask(SingleLookup(hang, 0.05), NUMBER) == Unavailable("the database did not answer within 0.05 s")
    assert time.monotonic() - began < 5
    opened.set()


@only_sqlite
@pytest.mark.parametrize(
    "url",
    ["", "var/ivr.db", "sqlite://", "sqlite:///:memory:", "mysql://u:secret@host/db", "postgresql://u:secret@[::1/db"],
)
def test_a_url_that_cannot_be_used_is_explained(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="write sqlite:///") as caught:
        customers(url, tmp_path / "snapshot.db", 0.1)
    assert "secret" not in str(caught.value)


@only_postgres
def test_what_the_url_says_to_the_server_is_kept(database: PostgresDatabase) -> None:
    url = database.url.replace("postgresql://", "postgresql+psycopg://") + "&options=-c%20search_path%3Dnowhere"
    assert "does not exist" in str(ask(customers(url, Path("none.db"), 5), NUMBER))
