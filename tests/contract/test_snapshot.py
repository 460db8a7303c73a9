"""The snapshot of customers: written from a real database, read when that cannot be asked."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from ivr.domain.customer import Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.errors import StoreError
from ivr.store import snapshot, tables
from ivr.store.customer_query import OLDEST_SECONDS, WithSnapshot
from ivr.store.engine import reader, writer, writing
from ivr.store.lookup import CustomerLookup
from ivr.store.snapshot import Snapshot
from ivr.store.sqlite_file import snapshot_path

NUMBER, SHARED = "+442079460001", "+12025550110"
TAKEN = 1_700_000_000.0


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = writer(f"sqlite:///{tmp_path}/ivr.db")
    tables.metadata.create_all(made)
    with writing(made) as connection:
        for name, numbers, blocked in (("C1", (NUMBER, SHARED), False), ("C2", ("+442079460002", SHARED), True)):
            connection.execute(insert(tables.customers), [row(name, blocked=blocked)])
            connection.execute(insert(tables.phones), [{"number": n, "customer_id": name} for n in numbers])
    yield made
    made.dispose()


@pytest.fixture
def path(tmp_path: Path, engine: Engine) -> Path:
    path = tmp_path / "snapshot.db"
    assert snapshot.take(engine, path, lambda: TAKEN) == 2
    return path


def row(customer_id: str, **columns: Any) -> dict[str, Any]:
    return {
        "customer_id": customer_id, "name": "Ada Lovelace", "value": 91.0, "potential": None, "need": 0.5,
        "language": "fr", "tags": "tv", "preferred_agent": "Anna Berg", "blocked": False, "updated_at": 1.0,
        "products": "tv", "contract": "gold", "open_case": True, "lapsed": True, "prefers_self_service": True,
        "customer_number": "042", "pin_hash": "$argon2id$...", **columns,
    }  # fmt: skip


class Live:
    """Customers who can or cannot be asked."""

    def __init__(self, answer: Lookup) -> None:
        self.answer = answer

    async def find(self, number: str, call_id: str = "") -> Lookup:
        return self.answer

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        return self.answer


async def found(path: Path, number: str, at: float = TAKEN + 240) -> Lookup:
    lookup = Snapshot(path, deadline=5, clock=lambda: at)
    try:
        return await lookup.find(number)
    finally:
        lookup.close()


async def test_it_knows_what_routing_needs_and_no_names(path: Path) -> None:
    customer = Customer(
        "C1", "", Scores(91.0, None, 0.5), "fr", products=("tv",), contract="gold", open_case=True, lapsed=True,
        prefers_self_service=True, customer_number="042", scored_at=1.0,
    )  # fmt: skip
    assert await found(path, NUMBER) == Found(customer, age_seconds=240.0)
    blocked = await found(path, "+442079460002")
    assert isinstance(blocked, Found)
    assert blocked.customer.blocked


def test_no_name_and_no_pin_is_in_it(path: Path) -> None:
    written = path.read_bytes()
    assert b"Lovelace" not in written
    assert b"argon2" not in written


@pytest.mark.parametrize("at", [TAKEN + OLDEST_SECONDS + 1, TAKEN - 3600])
async def test_one_that_is_too_old_or_from_the_future_is_not_used(path: Path, at: float) -> None:
    assert isinstance(await found(path, NUMBER, at), Unavailable)


async def test_a_clock_that_is_a_little_behind_makes_no_negative_age(path: Path) -> None:
    known = await found(path, NUMBER, TAKEN - 2)
    assert isinstance(known, Found)
    assert known.age_seconds == 0


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def without_its_age(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("DELETE FROM taken")
    file.close()


@pytest.mark.parametrize(
    "damage", [Path.unlink, cut, without_its_age, lambda p: p.write_bytes(b""), lambda p: p.write_bytes(b"x" * 9000)]
)
async def test_a_damaged_one_is_unavailable(path: Path, damage: Callable[[Path], object]) -> None:
    damage(path)
    assert isinstance(await found(path, NUMBER), Unavailable)


async def test_a_new_one_is_read_at_once(engine: Engine, path: Path) -> None:
    lookup = Snapshot(path, deadline=5, clock=lambda: TAKEN + 60)
    before = await lookup.find(NUMBER)
    snapshot.take(engine, path, lambda: TAKEN + 50)
    after = await lookup.find(NUMBER)
    lookup.close()
    assert isinstance(before, Found)
    assert isinstance(after, Found)
    assert (before.age_seconds, after.age_seconds) == (60, 10)


def test_an_empty_database_leaves_the_last_one(tmp_path: Path, path: Path) -> None:
    before = path.read_bytes()
    empty = writer(f"sqlite:///{tmp_path}/empty.db")
    tables.metadata.create_all(empty)
    with pytest.raises(StoreError, match="nobody in the database"):
        snapshot.take(empty, path)
    empty.dispose()
    assert path.read_bytes() == before


def test_a_database_that_cannot_be_read_leaves_the_last_one(tmp_path: Path, path: Path) -> None:
    before = path.read_bytes()
    gone = reader(f"sqlite:///{tmp_path}/gone.db")
    with pytest.raises(StoreError, match="gone"):
        snapshot.take(gone, path)
    gone.dispose()
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.new"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        snapshot.take(engine, tmp_path / "file" / "snapshot.db")


async def test_a_damaged_row_costs_nobody_else_the_snapshot(engine: Engine, path: Path) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE customers SET blocked = 'perhaps' WHERE customer_id = 'C2'")
    snapshot.take(engine, path, lambda: TAKEN)
    assert isinstance(await found(path, NUMBER), Found)
    assert isinstance(await found(path, "+442079460002"), Unavailable)


def test_it_lies_beside_the_database_unless_somebody_says() -> None:
    assert snapshot_path("sqlite:////data/ivr.db") == Path("/data/snapshot.db")
    assert snapshot_path("postgresql://host/name") == Path("var/snapshot.db")


@pytest.mark.parametrize("answer", [Unknown("not a known number"), Found(Customer("C9", "Ben", Scores()))])
async def test_who_can_be_asked_is_believed(path: Path, answer: Lookup) -> None:
    last_known = Snapshot(path, deadline=5, clock=lambda: TAKEN)
    assert await WithSnapshot(Live(answer), last_known).find(NUMBER) == answer
    last_known.close()


@pytest.mark.parametrize(("number", "customer"), [(NUMBER, "C1"), (SHARED, None), ("+442079460999", None)])
async def test_only_one_certain_customer_is_taken_from_it(path: Path, number: str, customer: str | None) -> None:
    last_known = Snapshot(path, deadline=5, clock=lambda: TAKEN + 9)
    known = await WithSnapshot(Live(Unavailable("locked")), last_known).find(number)
    last_known.close()
    if customer is None:
        assert known == Unavailable("locked")
    else:
        assert isinstance(known, Found)
        assert (known.customer.customer_id, known.age_seconds, known.why) == (customer, 9, "locked")


async def test_with_a_real_database_that_goes_away(tmp_path: Path, engine: Engine, path: Path) -> None:
    live = CustomerLookup(reader(f"sqlite:///{tmp_path}/ivr.db"), deadline=5)
    last_known = Snapshot(path, deadline=5, clock=lambda: TAKEN + 5)
    both = WithSnapshot(live, last_known)
    first = await both.find(NUMBER)
    (tmp_path / "ivr.db").rename(tmp_path / "away.db")
    second = await both.find(NUMBER)
    (tmp_path / "away.db").rename(tmp_path / "ivr.db")
    live.close()
    last_known.close()
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.age_seconds, first.customer.name) == (None, "Ada Lovelace")
    assert (second.age_seconds, second.customer.name) == (5, "")
