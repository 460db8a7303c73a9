"""The snapshot of customers: written from a real database, read when that cannot be asked."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert

from ivr.background_process import aside
from ivr.domain.customers import Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.errors import StoreError
from ivr.service import snapshot_keeper
from ivr.store import snapshot, tables
from ivr.store.customer_query import OLDEST_SECONDS, WithSnapshot
from ivr.store.engine import reader, writer, writing
from ivr.store.lookup import CustomerLookup
from ivr.store.snapshot import Snapshot
from ivr.store.sqlite_file import snapshot_path
from tests.conftest import until
from tests.databases import Database, PostgresDatabase, make_tables

NUMBER, SHARED = "+442079460001", "+12025550110"
TAKEN = 1_700_000_000.0
only_postgres = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    made = writer(database.url)
    with writing(made) as connection:
        fill(connection)
    yield made
    made.dispose()


def fill(connection: Connection) -> None:
    for name, numbers, blocked in (("C1", (NUMBER, SHARED), False), ("C2", ("+442079460002", SHARED), True)):
        connection.execute(insert(tables.customers), [row(name, blocked=blocked)])
        connection.execute(insert(tables.phones), [{"number": n, "customer_id": name} for n in numbers])


@pytest.fixture
def source(database: Database) -> Iterator[Engine]:
    """As the service opens it for this."""
    made = reader(database.url)
    yield made
    made.dispose()


@pytest.fixture
def path(tmp_path: Path, engine: Engine, source: Engine) -> Path:
    path = tmp_path / "snapshot.db"
    assert snapshot.take(source, path, lambda: TAKEN) == 2
    return path


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """One whose database is no part of the matter."""
    engine, path = writer(f"sqlite:///{tmp_path}/any.db"), tmp_path / "taken.db"
    make_tables(engine)
    with writing(engine) as connection:
        fill(connection)
    assert snapshot.take(engine, path, lambda: TAKEN) == 2
    engine.dispose()
    return path


def row(customer_id: str, **columns: Any) -> dict[str, Any]:
    return {
        "customer_id": customer_id, "name": "Ada Lovelace", "value": 91.0, "potential": None, "need": 0.5,
        "language": "fr", "tags": "tv", "preferred_agent": "Anna Berg", "blocked": False,
        "updated_at": 9.0, "scored_at": 1.0,
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
        "C1", "", Scores(91.0, None, 0.5), "fr", ("tv",), "Anna Berg",
        products=("tv",), contract="gold", open_case=True, lapsed=True, prefers_self_service=True,
        customer_number="042", scored_at=1.0,
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
async def test_one_that_is_too_old_or_from_the_future_is_not_used(taken: Path, at: float) -> None:
    assert isinstance(await found(taken, NUMBER, at), Unavailable)


async def test_a_clock_that_is_a_little_behind_makes_no_negative_age(taken: Path) -> None:
    known = await found(taken, NUMBER, TAKEN - 2)
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
async def test_a_damaged_one_is_unavailable(taken: Path, damage: Callable[[Path], object]) -> None:
    damage(taken)
    assert isinstance(await found(taken, NUMBER), Unavailable)


async def test_a_new_one_is_read_at_once(source: Engine, path: Path) -> None:
    lookup = Snapshot(path, deadline=5, clock=lambda: TAKEN + 60)
    before = await lookup.find(NUMBER)
    snapshot.take(source, path, lambda: TAKEN + 50)
    after = await lookup.find(NUMBER)
    lookup.close()
    assert isinstance(before, Found)
    assert isinstance(after, Found)
    assert (before.age_seconds, after.age_seconds) == (60, 10)


def test_an_empty_database_leaves_the_last_one(database: Database, source: Engine, path: Path) -> None:
    before = path.read_bytes()
    database.edit("DELETE FROM phones")
    database.edit("DELETE FROM customers")
    with pytest.raises(StoreError, match="nobody in the database"):
        snapshot.take(source, path)
    assert path.read_bytes() == before


def test_a_database_that_cannot_be_read_leaves_the_last_one(
    database: Database, engine: Engine, source: Engine, path: Path
) -> None:
    before = path.read_bytes()
    engine.dispose()
    with database.away(), pytest.raises(StoreError):
        snapshot.take(source, path)
    assert path.read_bytes() == before
    assert snapshot.taken_at(path) == TAKEN
    assert not list(path.parent.glob("*.new"))
    assert snapshot.take(source, path) == 2


def test_one_that_breaks_off_at_the_end_leaves_the_last_one(
    source: Engine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_: object) -> int:
        assert len(list(path.parent.glob("*.new"))) == 1
        raise StoreError("no room")

    before = path.read_bytes()
    monkeypatch.setattr(snapshot, "_count", break_off)
    with pytest.raises(StoreError, match="no room"):
        snapshot.take(source, path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.new"))


@pytest.mark.usefixtures("engine")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, source: Engine) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        snapshot.take(source, tmp_path / "file" / "snapshot.db")


async def test_a_damaged_row_costs_nobody_else_the_snapshot(database: Database, source: Engine, path: Path) -> None:
    damage = {"sqlite": "blocked = 'perhaps'", "postgresql": "contract = 'two words'"}[database.kind]
    database.edit(f"UPDATE customers SET {damage} WHERE customer_id = 'C2'")  # noqa: S608
    snapshot.take(source, path, lambda: TAKEN)
    assert isinstance(await found(path, NUMBER), Found)
    assert isinstance(await found(path, "+442079460002"), Unavailable)


def test_it_lies_beside_the_database_unless_somebody_says() -> None:
    assert snapshot_path("sqlite:////data/ivr.db") == Path("/data/snapshot.db")
    assert snapshot_path("postgresql://host/name") == Path("var/snapshot.db")


@pytest.mark.parametrize("answer", [Unknown("not a known number"), Found(Customer("C9", "Ben", Scores()))])
async def test_who_can_be_asked_is_believed(taken: Path, answer: Lookup) -> None:
    last_known = Snapshot(taken, deadline=5, clock=lambda: TAKEN)
    assert await WithSnapshot(Live(answer), last_known).find(NUMBER) == answer
    last_known.close()


@pytest.mark.parametrize(("number", "customer"), [(NUMBER, "C1"), (SHARED, None), ("+442079460999", None)])
async def test_only_one_certain_customer_is_taken_from_it(taken: Path, number: str, customer: str | None) -> None:
    last_known = Snapshot(taken, deadline=5, clock=lambda: TAKEN + 9)
    known = await WithSnapshot(Live(Unavailable("locked")), last_known).find(number)
    last_known.close()
    if customer is None:
        assert known == Unavailable("locked")
    else:
        assert isinstance(known, Found)
        assert (known.customer.customer_id, known.age_seconds, known.why) == (customer, 9, "locked")


async def test_with_a_real_database_that_goes_away(database: Database, engine: Engine, path: Path) -> None:
    live = CustomerLookup(reader(database.url), deadline=5)
    last_known = Snapshot(path, deadline=5, clock=lambda: TAKEN + 5)
    both = WithSnapshot(live, last_known)
    first = await both.find(NUMBER)
    engine.dispose()
    with database.away():
        second = await both.find(NUMBER)
    third = await both.find(NUMBER)
    live.close()
    last_known.close()
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.age_seconds, first.customer.name) == (None, "Ada Lovelace")
    assert (second.age_seconds, second.customer.name) == (5, "")
    assert third == first


# As the service takes it -----------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.usefixtures("engine")
async def test_the_process_of_the_service_takes_it(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "of the service.db"
    assert await aside(snapshot_keeper._take, database.url, path) == 2
    assert isinstance(await found(path, NUMBER, time.time()), Found)
    at = snapshot.taken_at(path)
    assert at is not None
    assert 0 <= time.time() - at < 60


def many(database: Database, count: int) -> None:
    """So many customers like C1 more, each with one number, as quick as the database makes them."""
    names = [column.name for column in tables.customers.columns]
    like = ", ".join("'D' || n" if name == "customer_id" else name for name in names)
    counted = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) SELECT n FROM s"  # noqa: S608
    database.edit(
        f"INSERT INTO customers ({', '.join(names)}) SELECT {like} FROM customers, ({counted}) AS numbered "  # noqa: S608
        "WHERE customer_id = 'C1'"
    )
    numbers = f"SELECT '+4930' || n, 'D' || n FROM ({counted}) AS numbered"  # noqa: S608
    database.edit(f"INSERT INTO phones (number, customer_id) {numbers}")


def megabytes_for(database_url: str, path: Path) -> float:
    """What the work takes at most, in the process that it is done in."""
    snapshot_keeper._take(database_url, path)
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@pytest.mark.thorough
@pytest.mark.usefixtures("engine")
async def test_two_hundred_thousand_customers_take_little_memory(database: Database, tmp_path: Path) -> None:
    few = await aside(megabytes_for, database.url, tmp_path / "few.db")
    many(database, 200_000)
    whole = await aside(megabytes_for, database.url, tmp_path / "many.db")
    with sqlite3.connect(tmp_path / "many.db") as file:
        assert file.execute("SELECT count(*) FROM phones").fetchone() == (200_004,)
    file.close()
    assert whole - few < 40  # all rows at once take some 270


@only_postgres
async def test_it_is_one_state_and_keeps_nobody_from_writing(
    database: Database, engine: Engine, source: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two tables a customer leaves, and the numbers with them."""

    def meanwhile(_: object) -> None:
        if not gone:
            gone.append(1)
            database.edit("DELETE FROM phones WHERE customer_id = 'C1'")
            database.edit("DELETE FROM customers WHERE customer_id = 'C1'")

    gone: list[int] = []
    monkeypatch.setattr(snapshot, "_give_way", meanwhile)
    path = tmp_path / "snapshot.db"
    assert snapshot.take(source, path, lambda: TAKEN) == 2
    assert gone
    assert isinstance(await found(path, NUMBER), Found)
    assert snapshot.take(source, path, lambda: TAKEN) == 1


@only_postgres
def test_it_gives_way_to_who_wants_the_tables(
    database: PostgresDatabase, source: Engine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, waited, give_way = path.read_bytes(), [], snapshot._give_way

    def want() -> None:
        began = time.monotonic()
        with database.connected() as other:
            other.execute("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE")
            waited.append(time.monotonic() - began)

    wanting = threading.Thread(target=want)

    def when_wanted(connection: Connection) -> None:
        if not wanting.ident:
            wanting.start()
        until(lambda: connection.exec_driver_sql(snapshot._WAITING).scalar())
        give_way(connection)

    monkeypatch.setattr(snapshot, "_give_way", when_wanted)
    with pytest.raises(StoreError, match="gives way"):
        snapshot.take(source, path)
    wanting.join(10)
    assert len(waited) == 1
    assert path.read_bytes() == before


@only_postgres
def test_a_table_that_is_locked_is_not_waited_for(database: PostgresDatabase, source: Engine, path: Path) -> None:
    with database.connected() as other:
        other.execute("LOCK TABLE phones IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="another program"):
            snapshot.take(source, path)
