"""Lines whose number has two forms: every way to look a customer up finds them by either."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.domain.customers import Ambiguous, Found, Lookup, Unknown
from ivr.store import snapshot, tables
from ivr.store.customer_query import last_known
from ivr.store.engine import reader, upsert, writing
from ivr.store.lookup import CustomerLookup
from ivr.store.one_shot_lookup import customers
from tests.databases import Database

LONDON = "+442079460001"
NOW_AND_THEN = "+525555501234", "+5215555501234"  # a Mexican mobile, now and until 2019
HERE_AND_ABROAD = "+541155550123", "+5491155550123"  # an Argentine one
PAIRS = [NOW_AND_THEN, NOW_AND_THEN[::-1], HERE_AND_ABROAD, HERE_AND_ABROAD[::-1]]


@pytest.fixture
def live(database: Database, engine: Engine) -> Iterator[CustomerLookup]:
    made = CustomerLookup(reader(database.url), deadline=5)
    yield made
    made.close()


def add(engine: Engine, customer_id: str, *numbers: str) -> None:
    row = {
        "customer_id": customer_id,
        "name": "Ann",
        "language": "",
        "tags": "",
        "preferred_agent": "",
        "blocked": False,
        "updated_at": 9.0,
    }
    absent = [column.name for column in tables.customers.columns if column.name not in row]
    with writing(engine) as connection:
        connection.execute(upsert(engine, tables.customers, absent), row)
        for number in numbers:
            connection.execute(
                tables.phones.insert(),
                {"number": number, "customer_id": customer_id},
            )


def known(found: Lookup) -> str:
    assert isinstance(found, Found), found
    return found.customer.customer_id


@pytest.mark.parametrize(("stored", "called"), PAIRS)
async def test_each_is_found_by_the_other(
    engine: Engine,
    live: CustomerLookup,
    stored: str,
    called: str,
) -> None:
    add(engine, "C1", stored)
    add(engine, "C2", LONDON)
    assert known(await live.find(called)) == known(await live.find(stored)) == "C1"
    assert await live.find(f"{called[:-1]}9") == Unknown("not a known number")


@pytest.mark.parametrize(("stored", "called"), PAIRS)
async def test_who_has_both_is_one_and_two_who_have_one_each_share_it(
    engine: Engine, live: CustomerLookup, stored: str, called: str
) -> None:
    add(engine, "C1", stored, called)
    assert known(await live.find(called)) == "C1"
    add(engine, "C2", called)
    assert await live.find(stored) == await live.find(called) == Ambiguous(("C1", "C2"))


@pytest.mark.parametrize(("stored", "called"), PAIRS)
async def test_a_program_of_one_call_and_the_snapshot_find_them_too(
    database: Database, engine: Engine, tmp_path: Path, stored: str, called: str
) -> None:
    add(engine, "C1", stored)
    single = customers(database.url, tmp_path / "none.db", deadline=5)
    assert known(await single.find(called)) == "C1"
    path = tmp_path / "taken.db"
    source = reader(database.url)
    snapshot.take(source, path)
    source.dispose()
    taken = CustomerLookup(reader(f"sqlite:///{path}"), deadline=5, query=last_known())
    assert known(await taken.find(called)) == "C1"
    taken.close()
