"""A PostgreSQL server over whose connections nothing more comes, though they are acknowledged; new ones work."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from ivr.domain.calls.events import QueueJoined
from ivr.domain.calls.incoming_call import PinCaller
from ivr.domain.customers import Found, Lookup, Unavailable
from ivr.errors import StoreError
from ivr.store import calls, member_ownership, migrate, postgres_connection, versions
from ivr.store.customer_query import WithSnapshot
from ivr.store.engine import explained, reader, unhurried, writer, writing
from ivr.store.journal import DatabaseJournal
from ivr.store.journal_process import Recorder
from ivr.store.lookup import HANGING_SECONDS, MOST_HANGING, CustomerLookup
from ivr.store.one_shot_lookup import customers
from ivr.store.pins import DatabasePins, hashed
from ivr.store.postgres_server import SILENT_MIGRATION_SECONDS, SILENT_WRITER_SECONDS
from ivr.store.snapshot import Snapshot, take
from ivr.store.tables import facts
from tests.conftest import until
from tests.contract.test_store import NUMBER, add
from tests.databases import PostgresDatabase, Relay
from tests.wire.fake_ami import eventually

SLACK = 3.0  # seconds, for a machine with other work
DEADLINE = 0.5  # seconds for a lookup: in the usual 0.1, a busy machine makes no new connection
PIN = "86420975"


@pytest.fixture
def engine(postgres: PostgresDatabase) -> Iterator[Engine]:
    """For writing, with nothing between."""
    made = writer(postgres.url)
    add(made, "C1", NUMBER, pin_hash=hashed(PIN, cheap=True))
    yield made
    made.dispose()


@pytest.fixture
def relay(postgres: PostgresDatabase, engine: Engine) -> Iterator[Relay]:
    with postgres.relayed() as made:
        yield made


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is long enough for everybody: what comes of it is the same."""
    monkeypatch.setattr("ivr.store.engine.SILENT_WRITER_SECONDS", 1.0)
    monkeypatch.setattr("ivr.store.engine.IDLE_SECONDS", 1.0)
    monkeypatch.setattr("ivr.store.lookup.HANGING_SECONDS", 1.0)
    monkeypatch.setattr("ivr.store.postgres_server.SILENT_SECONDS", 1.0)
    monkeypatch.setattr("ivr.store.postgres_server._LATER_SECONDS", 0.5)


def lookup_threads() -> set[int | None]:
    return {each.ident for each in threading.enumerate() if each.name.startswith("lookup")}


async def found_live(lookup: CustomerLookup | WithSnapshot, patience: float) -> float:
    """Ask until the customer is found in the database; returns after how long that was."""
    began = time.monotonic()
    while True:
        asked = time.monotonic()
        found = await lookup.find(NUMBER)
        assert time.monotonic() - asked < 1  # nobody waits for longer, whatever comes
        took = time.monotonic() - began
        if isinstance(found, Found) and found.age_seconds is None:
            return took
        assert took < patience, found
        await asyncio.sleep(0.05)


@pytest.mark.thorough
async def test_a_lookup_that_hangs_is_given_up_for_a_new_connection(relay: Relay) -> None:
    lookup = CustomerLookup(reader(relay.url, DEADLINE), DEADLINE)
    await found_live(lookup, 10)
    for _ in range(2):
        relay.silence()
        assert await lookup.find(NUMBER) == Unavailable(f"the database did not answer within {DEADLINE:g} s")
        assert await lookup.find(NUMBER) == Unavailable("an earlier lookup still waits for the database")
        took = await found_live(lookup, HANGING_SECONDS + SLACK)
        assert took > HANGING_SECONDS - 1
    lookup.close()


@pytest.mark.usefixtures("hurried")
async def test_the_snapshot_is_asked_meanwhile(relay: Relay, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.db"
    take(engine, path)
    lookup, last_known = CustomerLookup(reader(relay.url, DEADLINE), DEADLINE), Snapshot(path)
    both = WithSnapshot(lookup, last_known)
    await found_live(both, 10)
    relay.silence()
    said: list[Lookup] = [await both.find(NUMBER) for _ in range(3)]
    assert all(isinstance(each, Found) and each.age_seconds is not None for each in said), said
    await found_live(both, 1 + SLACK)
    lookup.close()
    last_known.close()


@pytest.mark.thorough
@pytest.mark.usefixtures("hurried")
async def test_however_long_it_is_silent_there_are_few_threads(relay: Relay) -> None:
    before = lookup_threads()
    lookup = CustomerLookup(reader(relay.url, DEADLINE), DEADLINE)
    await found_live(lookup, 10)
    relay.silent = True
    relay.silence()
    most = 0
    enough = time.monotonic() + 4
    while time.monotonic() < enough:
        assert isinstance(await lookup.find(NUMBER), Unavailable)
        most = max(most, len(lookup_threads() - before))
        await asyncio.sleep(0.05)
    assert most <= 1 + MOST_HANGING
    relay.silent = False
    await found_live(lookup, 8)  # connecting is given up after 2 s, and tried again after 2 s more
    lookup.close()
    until(lambda: not lookup_threads() - before, 8)


async def test_a_thread_that_hangs_for_good_costs_no_more_than_the_bound() -> None:
    """As on a disk that does not answer, or with a name server that does not: nothing ends such a read."""
    now, ends, started = [0.0], threading.Event(), []

    def hang(*_: object) -> Lookup:
        started.append(1)
        ends.wait(30)
        raise StoreError("too late")

    lookup = CustomerLookup(reader("sqlite:////dev/null"), 0.02, lambda: now[0])
    lookup._read = hang  # type: ignore[method-assign, assignment]
    for _ in range(20):
        assert isinstance(await lookup.find(NUMBER), Unavailable)
        now[0] += HANGING_SECONDS
    assert len(started) == 1 + MOST_HANGING
    ends.set()
    await eventually(lambda: all(each.done() for each in lookup._given_up) and not lookup._is_stuck())
    assert isinstance(await lookup.find(NUMBER), Unavailable)
    assert len(started) == 2 + MOST_HANGING  # and now it is tried again
    lookup.close()


@pytest.mark.usefixtures("hurried")
async def test_a_caller_who_is_gone_leaves_no_lookup_that_nobody_gives_up(relay: Relay) -> None:
    lookup = CustomerLookup(reader(relay.url, DEADLINE), DEADLINE)
    await found_live(lookup, 10)
    relay.silence()
    asking = asyncio.ensure_future(lookup.find(NUMBER))
    await asyncio.sleep(0.03)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await lookup.find(NUMBER) == Unavailable("an earlier lookup still waits for the database")
    await found_live(lookup, 1 + SLACK)
    lookup.close()


async def test_a_program_of_one_call_is_not_held_up(relay: Relay, tmp_path: Path) -> None:
    relay.silent = True
    began = time.monotonic()
    assert isinstance(await customers(relay.url, tmp_path / "none.db", 0.1).find(NUMBER), Unavailable)
    assert time.monotonic() - began < 1


READS: dict[str, Callable[[Engine], object]] = {
    "what is published": lambda engine: versions.log(engine, 1),
    "calls": lambda engine: calls.last_calls(engine, 5),
    "the version": migrate.current,
}


@pytest.mark.thorough
@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("what", READS)
def test_reading_is_given_up_and_works_with_the_next_connection(relay: Relay, what: str) -> None:
    asked = reader(relay.url, 0.5)
    READS[what](asked)
    relay.silence()
    began = time.monotonic()
    READS[what](asked)  # the pool finds out that the connection is dead, and makes another
    assert 0.5 < time.monotonic() - began < 1 + SLACK
    asked.dispose()


@pytest.mark.usefixtures("hurried")
def test_one_that_falls_silent_in_the_middle_is_explained(relay: Relay) -> None:
    made = writer(relay.url)

    def fall_silent() -> None:
        with explained(made), writing(made) as connection:
            relay.silence()
            connection.exec_driver_sql("SELECT 1")

    with pytest.raises(StoreError, match="has said nothing for 1 s: the connection was given up"):
        fall_silent()
    assert member_ownership.MemberOwnership(made).owned() == set()
    made.dispose()


@pytest.mark.usefixtures("hurried")
def test_queue_members_are_remembered_all_the_same(relay: Relay) -> None:
    made = writer(relay.url)
    ours = member_ownership.MemberOwnership(made)
    ours.own("premium", "PJSIP/anna")
    relay.silence()
    ours.own("premium", "PJSIP/ben")
    assert ours.owned() == {("premium", "PJSIP/anna"), ("premium", "PJSIP/ben")}
    made.dispose()


@pytest.mark.usefixtures("hurried")
async def test_a_pin_that_cannot_be_checked_holds_nobody_up_and_the_next_one_is_checked(relay: Relay) -> None:
    made = writer(relay.url)
    pins = DatabasePins(made, 0.5)

    async def tried() -> str:
        began = time.monotonic()
        verdict = await pins.verify("C1", PIN, "call-1", 1e9, caller=PinCaller("carrier"))
        assert time.monotonic() - began < 1
        return verdict

    async with asyncio.timeout(10):
        while await tried() != "right":
            pass
    relay.silence()
    assert await tried() == "unavailable"
    async with asyncio.timeout(1 + SLACK):
        while await tried() != "right":
            pass
    pins.close()
    made.dispose()


def written(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(facts.c.call_id).order_by(facts.c.id)).scalars())


@pytest.mark.usefixtures("hurried")
def test_the_journal_loses_nothing_and_writes_nothing_twice(relay: Relay, engine: Engine) -> None:
    made = writer(relay.url)
    journal = DatabaseJournal(made)
    for n in range(60):
        journal.happened(QueueJoined(f"1.{n}", float(n), "premium", 1))
        if n in {15, 45}:
            relay.silence()  # wherever it is: before the transaction, in it, or before its end is acknowledged
        time.sleep(0.005)
    assert journal.flush(40)
    assert (journal.written, journal.dropped) == (60, 0)
    assert sorted(written(engine)) == sorted(f"1.{n}" for n in range(60))
    assert journal.close(5)
    made.dispose()


@pytest.mark.thorough
@pytest.mark.parametrize("pieces", range(1, 8))
@pytest.mark.usefixtures("hurried")
def test_a_transaction_that_is_cut_anywhere_keeps_no_writer_waiting(relay: Relay, engine: Engine, pieces: int) -> None:
    # The server may wait for the next of several statements then, and counts itself as busy.
    journal = DatabaseJournal(made := writer(relay.url))
    journal.happened(QueueJoined("1.0", 0.0, "premium", 1))
    assert journal.flush(10)
    relay.silence(after=pieces)
    for n in range(1, 31):
        journal.happened(QueueJoined(f"1.{n}", float(n), "premium", 1))
    assert journal.flush(1 + 3 * SLACK)
    assert sorted(written(engine)) == sorted(f"1.{n}" for n in range(31))
    assert relay.connections > 1
    assert journal.close(5)
    made.dispose()


@pytest.mark.thorough  # it takes as long as it takes
async def test_the_recorder_goes_on_with_a_new_connection(relay: Relay, engine: Engine) -> None:
    recorder = Recorder(relay.url, "error")
    recorder.start()
    recorder.happened(QueueJoined("1.0", 0.0, "premium", 1))
    await eventually(lambda: not recorder.waiting, 60.0)  # it begins, and lets everybody else go first
    relay.silence()
    recorder.happened(QueueJoined("1.1", 1.0, "premium", 1))
    await asyncio.to_thread(until, lambda: not recorder.waiting, SILENT_WRITER_SECONDS + 3 * SLACK)
    assert written(engine) == ["1.0", "1.1"]
    assert await recorder.close(10)


def test_a_statement_that_works_for_long_is_waited_for_where_that_is_meant(
    postgres: PostgresDatabase, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivr.store.engine.SILENT_WRITER_SECONDS", 0.3)
    made = writer(postgres.url)
    with writing(made) as connection, unhurried(connection):
        driver = connection.connection.driver_connection
        assert isinstance(driver, postgres_connection.PatientConnection)
        assert driver.patience == SILENT_MIGRATION_SECONDS
        connection.exec_driver_sql("SELECT pg_sleep(0.6)")
    assert driver.patience == 0.3
    made.dispose()


def test_many_rows_that_come_slowly_are_no_silence(postgres: PostgresDatabase) -> None:
    listening = postgres_connection.connect(0.5, lambda _: None, conninfo=postgres.url)
    with listening:
        rows = listening.execute("SELECT pg_sleep(0.2), repeat('x', 100000) FROM generate_series(1, 5)").fetchall()
    assert len(rows) == 5
