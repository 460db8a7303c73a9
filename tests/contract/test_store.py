"""The store against real databases: a SQLite file and a PostgreSQL server."""

import asyncio
import os
import random
import re
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, func, select, update
from sqlalchemy.exc import InterfaceError

from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallRouted,
    QueueJoined,
)
from ivr.domain.calls.history import CallHistory, fold
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.domain.customers import Ambiguous, Customer, Found, Scores, Unavailable, Unknown
from ivr.domain.json_dataclasses import stored_names
from ivr.errors import StoreError
from ivr.store import calls, entries, journal, migrate, tables
from ivr.store.engine import explained, reader, upsert, writer, writing
from ivr.store.journal import DatabaseJournal
from ivr.store.lookup import Breaker, CustomerLookup
from ivr.store.member_ownership import MemberOwnership
from tests.conftest import until
from tests.databases import Database, PostgresDatabase, SqliteFile
from tests.decisions import changed, decision_of

NUMBER = "+442079460001"
HOSTILE = ["x,IVR_QUEUE=premium", 'Ann "the boss" O\'Neil', "Zoë 😀", "${SHELL(id)}", "'; DROP TABLE customers; --"]


only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def kept(engine: Engine) -> Iterator[DatabaseJournal]:
    made = DatabaseJournal(engine)
    yield made
    made.close(5)


@pytest.fixture
def lookup(database: Database, engine: Engine) -> Iterator[CustomerLookup]:
    made = CustomerLookup(reader(database.url), deadline=5)
    yield made
    made.close()


def add(engine: Engine, customer_id: str, *numbers: str, **columns: Any) -> None:
    row = {
        "customer_id": customer_id, "name": "Ann", "value": 80.0, "potential": None, "need": 0.0, "language": "en",
        "tags": "vip;new", "preferred_agent": "", "blocked": False,
        "updated_at": 9.0, "scored_at": 1.0,
    } | columns  # fmt: skip
    absent = [column.name for column in tables.customers.columns if column.name not in row]
    with writing(engine) as connection:
        connection.execute(upsert(engine, tables.customers, absent), row)
        for number in numbers:
            connection.execute(tables.phones.insert(), {"number": number, "customer_id": customer_id})


# Looking up ------------------------------------------------------------------------------------------


async def test_a_lookup_finds_nobody_one_or_several(engine: Engine, lookup: CustomerLookup) -> None:
    assert await lookup.find(NUMBER) == Unknown("not a known number")
    add(engine, "C1", NUMBER)
    assert await lookup.find(NUMBER) == Found(
        Customer("C1", "Ann", Scores(80.0, None, 0.0), language="en", tags=("vip", "new"), scored_at=1.0)
    )
    add(engine, "C2", NUMBER)
    assert await lookup.find(NUMBER) == Ambiguous(("C1", "C2"))
    assert lookup.counts == {"unknown": 1, "found": 1, "ambiguous": 1}


async def test_a_blocked_customer_with_a_preferred_agent(engine: Engine, lookup: CustomerLookup) -> None:
    add(engine, "C1", NUMBER, blocked=True, preferred_agent="Bo", tags="", value=None, need=100.0)
    assert await lookup.find(NUMBER) == Found(
        Customer(
            "C1", "Ann", Scores(None, None, 100.0), language="en", preferred_agent="Bo", blocked=True, scored_at=1.0
        )
    )


async def test_all_that_is_known_of_a_customer(engine: Engine, lookup: CustomerLookup) -> None:
    add(
        engine, "C1", NUMBER, products="tv;mobile", contract="gold", open_case=True, lapsed=True,
        prefers_self_service=True, customer_number="0042", pin_hash="$argon2id$...", scored_at=1_700_000_000.5,
    )  # fmt: skip
    assert await lookup.find(NUMBER) == Found(
        Customer(
            "C1", "Ann", Scores(80.0, None, 0.0), language="en", tags=("vip", "new"), products=("tv", "mobile"),
            contract="gold", open_case=True, lapsed=True, prefers_self_service=True, customer_number="0042",
            has_pin=True, scored_at=1_700_000_000.5,
        )
    )  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
async def test_names_come_back_as_they_are(engine: Engine, lookup: CustomerLookup, name: str) -> None:
    add(engine, "C1", NUMBER, name=name)
    found = await lookup.find(NUMBER)
    assert isinstance(found, Found)
    assert found.customer.name == name


@pytest.mark.parametrize("number", ["", "'; DROP TABLE phones; --", "%", "\0", "\ud800", "9" * 10_000])
async def test_any_number_gets_an_answer(lookup: CustomerLookup, number: str) -> None:
    assert isinstance(await lookup.find(number), Unknown | Unavailable)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", 100.5), ("value", -1), ("potential", float("inf")), ("name", "a\x07b"), ("language", "English"),
        ("tags", "a b"), ("products", "a;B"), ("contract", "two words"), ("customer_number", "12 34"),
    ],
)  # fmt: skip
async def test_a_row_that_somebody_damaged_is_no_customer(
    database: Database, engine: Engine, lookup: CustomerLookup, column: str, value: object
) -> None:
    await see_the_damage(database, engine, lookup, column, value)


@only_sqlite
@pytest.mark.parametrize(
    ("column", "value"),
    [("need", "lots"), ("potential", b"\x01"), ("name", b"\xff"), ("blocked", "no"), ("blocked", 7), ("lapsed", 2)],
)
async def test_a_row_with_what_only_sqlite_lets_in_is_no_customer(
    database: Database, engine: Engine, lookup: CustomerLookup, column: str, value: object
) -> None:
    await see_the_damage(database, engine, lookup, column, value)


@only_postgres
@pytest.mark.parametrize("column", ["value", "potential", "need"])
async def test_a_score_that_is_no_number_is_no_score(
    database: Database, engine: Engine, lookup: CustomerLookup, column: str
) -> None:
    await see_the_damage(database, engine, lookup, column, float("nan"))  # SQLite makes it NULL


async def see_the_damage(
    database: Database, engine: Engine, lookup: CustomerLookup, column: str, value: object
) -> None:
    add(engine, "C1", NUMBER)
    add(engine, "C2", "+442079460002")
    database.edit(f"UPDATE customers SET {column} = :value WHERE customer_id = 'C1'", value=value)  # noqa: S608
    for _ in range(6):
        found = await lookup.find(NUMBER)
        assert isinstance(found, Unavailable)
        assert column in found.why
    assert isinstance(await lookup.find("+442079460002"), Found)  # one damaged row does not stop the others


@only_sqlite
async def test_text_that_is_not_utf8_is_no_exception(
    database: Database, engine: Engine, lookup: CustomerLookup
) -> None:
    add(engine, "C1", NUMBER)
    database.edit("UPDATE customers SET name = CAST(x'ff41' AS TEXT)")
    assert isinstance(await lookup.find(NUMBER), Unavailable)


async def test_a_lookup_waits_for_no_writer(database: Database, engine: Engine, lookup: CustomerLookup) -> None:
    add(engine, "C1", NUMBER)
    with database.busy():
        assert isinstance(await lookup.find(NUMBER), Found)


@only_sqlite
async def test_a_lookup_leaves_no_lock(database: SqliteFile, engine: Engine, lookup: CustomerLookup) -> None:
    add(engine, "C1", NUMBER)
    with sqlite3.connect(database.path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert isinstance(await lookup.find(NUMBER), Found)
        other.execute("COMMIT")
        # The whole log can be put back into the file only when nobody is reading an older state of it.
        assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    other.close()


@only_postgres
async def test_a_lookup_waits_for_no_row_and_leaves_no_lock(
    database: PostgresDatabase, engine: Engine, lookup: CustomerLookup
) -> None:
    add(engine, "C1", NUMBER)
    with database.connected() as other:
        other.execute("UPDATE customers SET name = 'Bo'")
        found = await lookup.find(NUMBER)
        assert isinstance(found, Found)
        assert found.customer.name == "Ann"
        other.rollback()
        other.execute("LOCK TABLE customers, phones IN ACCESS EXCLUSIVE MODE NOWAIT")


@only_postgres
async def test_a_table_that_is_locked_is_not_waited_for(
    database: PostgresDatabase, engine: Engine, lookup: CustomerLookup
) -> None:
    add(engine, "C1", NUMBER)
    assert isinstance(await lookup.find(NUMBER), Found)
    with database.connected() as other:
        other.execute("LOCK TABLE phones IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        assert await lookup.find(NUMBER) == Unavailable("canceling statement due to lock timeout")
        assert time.monotonic() - started < 1
    assert isinstance(await lookup.find(NUMBER), Found)


@only_sqlite
async def test_a_database_without_wal_that_is_locked_is_not_waited_for(
    database: SqliteFile, engine: Engine, lookup: CustomerLookup
) -> None:
    add(engine, "C1", NUMBER)
    engine.dispose()
    with sqlite3.connect(database.path, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        found = await lookup.find(NUMBER)
        assert time.monotonic() - started < 1
        assert found == Unavailable("database is locked")
        other.execute("COMMIT")
        assert isinstance(await lookup.find(NUMBER), Found)
    other.close()


@only_sqlite
async def test_a_file_that_was_replaced_is_read_anew(
    tmp_path: Path, database: SqliteFile, engine: Engine, lookup: CustomerLookup
) -> None:
    add(engine, "C1", NUMBER)
    assert isinstance(await lookup.find(NUMBER), Found)
    other = writer(f"sqlite:///{tmp_path}/other.db")
    migrate.upgrade(other)
    add(other, "C9", NUMBER)
    other.dispose()
    database.edit("PRAGMA wal_checkpoint(TRUNCATE)")  # or what is left in the log would be read with the new file
    engine.dispose()
    (tmp_path / "other.db").replace(database.path)
    found = await lookup.find(NUMBER)
    assert isinstance(found, Found)
    assert found.customer.customer_id == "C9"


async def test_a_database_that_is_away_is_missed_until_it_is_back(
    database: Database, engine: Engine, lookup: CustomerLookup
) -> None:
    add(engine, "C1", NUMBER)
    assert isinstance(await lookup.find(NUMBER), Found)
    engine.dispose()
    with database.away():
        assert isinstance(await lookup.find(NUMBER), Unavailable)
    assert isinstance(await lookup.find(NUMBER), Found)


@only_postgres
async def test_a_server_that_was_restarted_meanwhile_is_no_failure(
    database: Database, engine: Engine, lookup: CustomerLookup
) -> None:
    add(engine, "C1", NUMBER)
    assert isinstance(await lookup.find(NUMBER), Found)
    with database.away():
        pass
    assert isinstance(await lookup.find(NUMBER), Found)
    assert lookup.counts == {"found": 2}


@only_postgres
async def test_a_server_that_is_frozen_keeps_no_caller(database: PostgresDatabase, engine: Engine) -> None:
    lookup = CustomerLookup(reader(database.url, 0.1))
    add(engine, "C1", NUMBER)
    until_found = time.monotonic() + 10
    while not isinstance(await lookup.find(NUMBER), Found):  # connecting may take longer on a busy machine
        assert time.monotonic() < until_found
    with database.connected() as other:
        asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%FROM calls%'"
        pids = [pid for (pid,) in other.execute(asked) if pid != other.info.backend_pid]
    assert len(pids) == 1
    os.kill(pids[0], signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert await lookup.find(NUMBER) == Unavailable("the database did not answer within 0.1 s")
        assert await lookup.find(NUMBER) == Unavailable("an earlier lookup still waits for the database")
        assert time.monotonic() - started < 1
    finally:
        os.kill(pids[0], signal.SIGCONT)
    until(lambda: not lookup._is_stuck())
    assert isinstance(await lookup.find(NUMBER), Found)
    lookup.close()


@pytest.mark.thorough
async def test_a_server_that_accepts_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        lookup = CustomerLookup(reader(f"postgresql://u@127.0.0.1:{silent.getsockname()[1]}/db"))
        started = time.monotonic()
        assert await lookup.find(NUMBER) == Unavailable("the database did not answer within 0.1 s")
        assert time.monotonic() - started < 1
        until(lambda: not lookup._is_stuck(), 10)
        assert time.monotonic() - started < 8  # 2 s, but for a busy machine
        lookup.close()


@only_postgres
def test_a_statement_that_takes_too_long_is_given_up_by_the_server(database: Database) -> None:
    impatient = reader(database.url, 0.05)
    started = time.monotonic()
    with (
        pytest.raises(StoreError, match=": it took too long"),
        explained(impatient),
        impatient.connect() as connection,
    ):
        connection.exec_driver_sql("SELECT pg_sleep(10)")
    assert time.monotonic() - started < 5
    impatient.dispose()


async def test_a_lookup_cannot_write(engine: Engine, database: Database) -> None:
    read_only = reader(database.url)
    refused = pytest.raises(StoreError, match=r"check the permissions|cannot be written")
    with refused, explained(read_only), read_only.connect() as connection:
        connection.execute(tables.customers.delete())
    read_only.dispose()


class Gate:
    """Holds up reads of an engine while it is shut."""

    def __init__(self, engine: Engine) -> None:
        self.opened = threading.Event()
        self.reads = 0
        event.listen(engine, "checkout", self._wait)

    def _wait(self, *_: object) -> None:
        self.reads += 1
        assert self.opened.wait(10)


@pytest.fixture
def gated(database: Database, engine: Engine) -> Iterator[tuple[CustomerLookup, Gate]]:
    held = reader(database.url)
    gate = Gate(held)
    made = CustomerLookup(held, deadline=0.02)
    yield made, gate
    gate.opened.set()
    until(lambda: not made._is_stuck())  # a connection that is in use is not closed with the others
    made.close()


async def test_a_read_that_hangs_is_waited_for_once(engine: Engine, gated: tuple[CustomerLookup, Gate]) -> None:
    lookup, gate = gated
    add(engine, "C1", NUMBER)
    assert await lookup.find(NUMBER) == Unavailable("the database did not answer within 0.02 s")
    for _ in range(20):  # not a breaker's limit: as long as the thread is busy
        assert await lookup.find(NUMBER) == Unavailable("an earlier lookup still waits for the database")
    until(lambda: gate.reads)
    assert gate.reads == 1
    gate.opened.set()
    until(lambda: not lookup._is_stuck())
    lookup._deadline = 10  # as long as a busy machine needs
    assert isinstance(await lookup.find(NUMBER), Found)
    assert lookup.counts == {"unavailable": 21, "found": 1}


async def test_many_lookups_at_once_are_all_answered_in_time(gated: tuple[CustomerLookup, Gate]) -> None:
    lookup, gate = gated
    started = time.monotonic()
    found = await asyncio.gather(*(lookup.find(NUMBER) for _ in range(50)))
    assert time.monotonic() - started < 1
    assert {type(each) for each in found} == {Unavailable}
    assert await lookup.find(NUMBER) == Unavailable("an earlier lookup still waits for the database")
    until(lambda: gate.reads)
    assert gate.reads == 1


async def test_lookups_that_keep_failing_are_left_alone_for_a_while(engine: Engine, database: Database) -> None:
    now = [100.0]
    broken = reader(database.url)
    gate = Gate(broken)
    gate.opened.set()
    lookup = CustomerLookup(broken, deadline=5, clock=lambda: now[0])
    add(engine, "C1", NUMBER)
    engine.dispose()
    with database.away():
        for _ in range(5):
            found = await lookup.find(NUMBER)
            assert isinstance(found, Unavailable)
            assert re.match(r"unable to open database file$|connection (failed|is bad): ", found.why)
    pause = Unavailable("lookups failed one after the other, and pause for a moment")
    now[0] += 1.9
    assert await lookup.find(NUMBER) == pause
    assert gate.reads == 0
    now[0] += 0.2
    assert isinstance(await lookup.find(NUMBER), Found)
    assert isinstance(await lookup.find(NUMBER), Found)
    lookup.close()


def test_the_breaker_lets_one_try_after_the_pause() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(4):
        breaker.tell(worked=False)
    breaker.tell(worked=True)  # only failures in a row count
    for _ in range(5):
        assert breaker.lets_through()
        breaker.tell(worked=False)
    assert not breaker.lets_through()
    now[0] = 2.0
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.tell(worked=False)
    now[0] = 3.9
    assert not breaker.lets_through()
    now[0] = 4.0
    assert breaker.lets_through()
    breaker.tell(worked=True)
    assert [breaker.lets_through() for _ in range(3)] == [True, True, True]


async def test_a_lookup_after_the_end_is_unavailable(database: Database) -> None:
    lookup = CustomerLookup(reader(database.url))
    lookup.close()
    assert isinstance(await lookup.find(NUMBER), Unavailable)


# Keeping ---------------------------------------------------------------------------------------------

CALL = IncomingCall("pbx-1.1", "pbx-1.1", NUMBER, "+442079460999", False, "carrier", "abc@10.0.0.1", 1000.25, "B")
DECISION = decision_of(
    call_id="pbx-1.1", action="queue", treatment="premium", queue="premium", priority=10,
    segment="premium", customer_id="C1", customer_name='Zoë "😀", IVR_QUEUE=premium',
    scores=Scores(80.1, None, 1 / 3), score=66.7, lookup="found", rule="segment premium", reason="value 80",
    label="PREMIUM value 80", rung="live", policy_version="abc123", language="de",
)  # fmt: skip
ROUTED = CallRouted(
    "pbx-1.1", 1000.5, "pbx-1.1", NUMBER, "+442079460999", "carrier", "abc@10.0.0.1", "live", "premium", "premium",
    10, "queue", "failed",
)  # fmt: skip
HAPPENED: list[CallEvent] = [
    ROUTED,
    QueueJoined("pbx-1.1", 1001.0, "premium", 1),
    AgentRang("pbx-1.1", 1002.0, "premium", "Bo", "PJSIP/bo"),
    AgentDidNotAnswer("pbx-1.1", 1012.0, "premium", "Bo", "PJSIP/bo", 10.0),
    AgentRang("pbx-1.1", 1013.0, "premium", "Al", "PJSIP/al"),
    AgentConnected("pbx-1.1", 1015.5, "premium", "Al", "PJSIP/al", 14),
    CallCompleted("pbx-1.1", 1075.0, "premium", "Al", 60, "caller"),
    CallEnded("pbx-1.1", 1075.25, 16),
]


def decided(history: CallHistory) -> CallHistory:
    """Return the history with what DECISION says."""
    known = replace(history, customer_id="C1", policy_version="abc123")
    return replace(known, treatment="premium", rule="segment premium")


def folded(*told: CallEvent) -> CallHistory:
    history = CallHistory(told[0].call_id)
    for each in told:
        history = fold(history, each)
    return history


def record(engine: Engine, call_id: str = "pbx-1.1") -> CallRecord:
    found = calls.find_call(engine, call_id)
    assert found is not None
    return found


def test_a_call_from_decision_to_end(engine: Engine, kept: DatabaseJournal) -> None:
    kept.decided(CALL, DECISION, 12.5)
    for each in HAPPENED:
        kept.happened(each)
    assert kept.flush(5)
    history = decided(folded(*HAPPENED))
    assert record(engine) == CallRecord(history, DECISION, CALL, 12.5)
    assert record(engine).history.outcome == "answered"
    assert calls.events_of(engine, "pbx-1.1") == HAPPENED
    assert (kept.written, kept.dropped, kept.waiting) == (9, 0, 0)


def test_the_calls_since_a_moment_come_in_their_order(engine: Engine, kept: DatabaseJournal) -> None:
    routed = next(each for each in HAPPENED if isinstance(each, CallRouted))
    for call_id, at in (("pbx-1.3", 1003.0), ("pbx-1.2", 1002.0), ("pbx-1.1", 1001.0)):
        kept.happened(replace(routed, call_id=call_id, at=at))
    kept.decided(replace(CALL, call_id="pbx-1.3"), replace(DECISION, call_id="pbx-1.3"), 2.5)
    assert kept.flush(5)
    found = calls.calls_since(engine, 1002.0)
    assert [(each.history.call_id, each.route_ms) for each in found] == [("pbx-1.2", None), ("pbx-1.3", 2.5)]
    assert found[1].decision == replace(DECISION, call_id="pbx-1.3")


@pytest.mark.parametrize("remembered", [10_000, 0])
def test_a_fact_counts_once_however_often_it_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr(entries, "_REMEMBERED", remembered)  # 0: every history comes out of its row
    kept = DatabaseJournal(engine)
    kept.decided(CALL, DECISION, 1.0)
    for _ in range(3):
        for each in HAPPENED[:5]:
            kept.happened(each)
            kept.happened(each)
        assert kept.flush(5)
    assert record(engine).history == decided(folded(*HAPPENED[:5]))
    assert record(engine).history.rings == 2
    assert len(kept._writer._open) == (1 if remembered else 0)
    assert kept.close(5)


def test_what_classic_agi_decided_stays(engine: Engine, kept: DatabaseJournal) -> None:
    """Its program writes the decision, while the service is told what happens."""
    kept.happened(HAPPENED[0])
    assert kept.flush(5)
    program = DatabaseJournal(engine)
    program.decided(CALL, DECISION, 1.0)
    assert program.close(5)
    kept.happened(HAPPENED[1])
    assert kept.flush(5)
    assert record(engine).history == decided(folded(*HAPPENED[:2]))


def test_of_a_call_only_what_has_changed_is_written(engine: Engine, kept: DatabaseJournal) -> None:
    kept.happened(HAPPENED[0])
    assert kept.flush(5)
    with writing(engine) as other:
        other.execute(update(tables.calls).values(segment="theirs", queue="theirs"))
    kept.happened(QueueJoined("pbx-1.1", 1001.0, "premium", 1))
    assert kept.flush(5)
    found = record(engine).history
    assert (found.segment, found.joined_at, found.outcome) == ("theirs", 1001.0, "waiting")


def test_what_was_kept_before_a_restart_goes_on(engine: Engine) -> None:
    for each in HAPPENED:
        kept = DatabaseJournal(engine)
        kept.happened(each)
        kept.happened(HAPPENED[0])
        assert kept.close(5)
    assert record(engine).history == folded(*HAPPENED)


def test_a_decision_makes_a_row_and_leaves_what_facts_have_said(engine: Engine, kept: DatabaseJournal) -> None:
    kept.decided(CALL, DECISION, 1.0)
    assert kept.flush(5)
    assert record(engine).history == CallHistory(
        "pbx-1.1", linked_id="pbx-1.1", caller_number=NUMBER, dialled="+442079460999", trunk="carrier",
        sip_call_id="abc@10.0.0.1", routed_at=1000.25, customer_id="C1",
        treatment="premium", rule="segment premium", policy_version="abc123",
    )  # fmt: skip
    kept.happened(ROUTED)
    assert kept.flush(5)
    assert record(engine).history == decided(folded(ROUTED))
    again = changed(DECISION, queue="general")
    kept.decided(replace(CALL, trunk="another", arrived_at=2000.0), again, 2.0)
    assert kept.flush(5)
    assert record(engine).history == decided(folded(ROUTED))
    assert record(engine).decision == again  # the last decision is the one that holds


def test_a_journal_in_a_hurry_never_waits_and_counts_what_it_drops(
    database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(journal.log, "warning", lambda what, **_: said.append(what))
    with database.busy():
        kept = DatabaseJournal(engine, capacity=10)
        kept.happened(HAPPENED[0])
        until(lambda: not kept._entries)  # the thread has it, and waits for the lock
        started = time.monotonic()
        for _ in range(500):
            kept.decided(CALL, DECISION, 1.0)
        assert time.monotonic() - started < 1
        assert (kept.dropped, kept.waiting) == (490, 11)
        assert not kept.flush(0.01)
        assert len(said) == 1  # once per second at most
    assert kept.close(10)
    assert (kept.written, kept.dropped, kept.waiting) == (11, 490, 0)
    kept.happened(HAPPENED[1])
    assert kept.dropped == 491  # closed


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_FIRST_RETRY", 0.01)
    monkeypatch.setattr(journal, "_LAST_RETRY", 0.02)


def test_a_missing_database_is_waited_for(
    database: Database, engine: Engine, kept: DatabaseJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    kept.happened(HAPPENED[0])
    assert kept.flush(5)
    engine.dispose()
    with database.away():
        for each in HAPPENED[1:4]:
            kept.happened(each)
        assert not kept.flush(0.1)
    assert kept.flush(5)
    assert record(engine).history == folded(*HAPPENED[:4])
    assert kept.dropped == 0


def test_what_comes_before_the_tables_waits_for_them(empty_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient(monkeypatch)
    engine = writer(empty_database.url)
    kept = DatabaseJournal(engine)
    kept.happened(HAPPENED[0])
    assert not kept.flush(0.1)
    migrate.upgrade(engine)
    assert kept.flush(5)
    assert record(engine).history == folded(HAPPENED[0])
    assert kept.close(5)
    engine.dispose()


def written_more_than(kept: DatabaseJournal, count: int) -> bool:
    return kept.written > count


@only_postgres
def test_a_server_that_stops_in_the_middle_costs_no_entry(
    database: PostgresDatabase, engine: Engine, kept: DatabaseJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    stop = threading.Event()

    def tell() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            kept.happened(AgentRang(f"call-{n % 5}", float(n), "q", "Bo", "PJSIP/bo"))
            stop.wait(0.001)

    thread = threading.Thread(target=tell)
    thread.start()
    until(partial(written_more_than, kept, 20))
    for _ in range(2):
        with database.away():
            pass
        before = kept.written
        until(partial(written_more_than, kept, before + 20))
    stop.set()
    thread.join()
    assert kept.flush(10)
    assert kept.dropped == 0
    assert sum(each.history.rings for each in calls.last_calls(engine, 100)) == kept.written


@only_postgres
def test_what_the_server_says_of_itself_is_waited_for(
    database: Database, engine: Engine, kept: DatabaseJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    tries: list[str | None] = []
    listening = event.listens_for(engine, "handle_error")
    listening(lambda context: tries.append(getattr(context.original_exception, "sqlstate", None)))
    # Disk full, too many connections, out of memory, cannot be written here, deadlock, cancelled, no right.
    for state in ("53100", "53300", "53200", "25006", "40P01", "57014", "42501"):
        database.edit(
            "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"
        )
        database.edit("CREATE TRIGGER failing BEFORE INSERT ON calls FOR EACH ROW EXECUTE FUNCTION fail()")
        kept.happened(replace(ROUTED, call_id=state))
        until(partial(tries.__contains__, state))
        assert not kept.flush(0)
        database.edit("DROP TRIGGER failing ON calls")
        assert kept.flush(5)
    assert (kept.written, kept.dropped) == (7, 0)


@only_sqlite
def test_a_full_disk_is_waited_for(engine: Engine, kept: DatabaseJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient(monkeypatch)
    pages = [1]  # the file may not grow beyond what it has
    tries: list[int] = []

    def limit(connection: Connection) -> None:
        tries.append(1)
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages[0]}")

    event.listen(engine, "begin", limit)
    large = replace(ROUTED, trunk="x" * 100_000)
    for each in (large, *HAPPENED[1:]):
        kept.happened(each)
    until(lambda: len(tries) > 2)
    assert not kept.flush(0)
    pages[0] = 1_000_000
    assert kept.flush(5)
    assert record(engine).history == folded(large, *HAPPENED[1:])
    assert (kept.written, kept.dropped) == (8, 0)


def test_one_bad_entry_does_not_take_the_others_with_it(
    database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(journal.log, "error", lambda _, **details: said.append(details["entry"]))
    with database.busy():  # so that all of them come into one batch
        kept = DatabaseJournal(engine)
        kept.happened(CallEnded("first", 1.0, 16))
        until(lambda: not kept._entries)
        kept.happened(HAPPENED[0])
        kept.happened(replace(ROUTED, at=1000.6, caller_number="\ud800"))
        kept.happened(replace(ROUTED, at=1000.7, priority=2**70))
        kept.happened(HAPPENED[1])
        kept.decided(replace(CALL, call_id="pbx-2"), changed(DECISION, call_id="pbx-2", rule="\ud800"), 1.0)
        kept.happened(HAPPENED[2])
        kept.happened(replace(ROUTED, at=1002.5, trunk="a\0b"))
        kept.decided(replace(CALL, trunk="a\0b"), DECISION, 1.0)
    assert kept.flush(10)
    assert record(engine).history == folded(*HAPPENED[:3])
    assert calls.events_of(engine, "pbx-1.1") == HAPPENED[:3]  # an event is in both tables or in none
    assert calls.find_call(engine, "pbx-2") is None
    assert (kept.written, kept.dropped, kept.waiting, len(said)) == (4, 5, 0, 5)
    assert kept.close(5)


@only_postgres
def test_an_identifier_too_long_for_an_index_stops_nobody(engine: Engine, kept: DatabaseJournal) -> None:
    noise = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=20_000))
    kept.happened(replace(ROUTED, sip_call_id=noise))
    kept.happened(replace(ROUTED, call_id="other"))
    assert kept.flush(5)
    assert (kept.written, kept.dropped) == (1, 1)


@only_sqlite
def test_a_damaged_row_holds_up_nobody_but_its_call(database: Database, engine: Engine, kept: DatabaseJournal) -> None:
    for call_id in ("bad", "good"):
        kept.happened(replace(ROUTED, call_id=call_id))
    assert kept.flush(5)
    kept._writer._open.clear()
    database.edit("UPDATE calls SET trunk = CAST(x'ff41' AS TEXT) WHERE call_id = 'bad'")
    for call_id in ("bad", "good"):
        kept.happened(CallEnded(call_id, 2000.0, 16))
    assert kept.flush(5)
    assert record(engine, "good").history.ended_at == 2000.0
    assert (kept.written, kept.dropped) == (3, 1)


def test_memory_of_open_calls_is_bounded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_REMEMBERED", 3)
    kept = DatabaseJournal(engine)
    for n in range(10):
        kept.decided(replace(CALL, call_id=f"call-{n}"), DECISION, 1.0)
        kept.happened(replace(ROUTED, call_id=f"call-{n}"))
    assert kept.flush(5)
    assert list(kept._writer._open) == ["call-7", "call-8", "call-9"]
    kept.happened(CallEnded("call-8", 2000.0, 16))
    kept.happened(CallEnded("call-0", 2000.0, 16))
    assert kept.flush(5)
    assert list(kept._writer._open) == ["call-7", "call-9"]
    assert record(engine, "call-0").history == replace(
        decided(folded(ROUTED, CallEnded("call-0", 2000.0, 16))), call_id="call-0"
    )
    assert kept.close(5)


def test_a_transaction_that_was_done_although_it_failed_counts_once(
    engine: Engine, kept: DatabaseJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    kept.happened(AgentRang("pbx-1.1", 1.0, "q", "Bo", "PJSIP/bo"))
    assert kept.flush(5)
    remember = kept._writer._remember

    def lose_the_connection(_: object) -> None:
        monkeypatch.setattr(kept._writer, "_remember", remember)
        raise InterfaceError("COMMIT", None, Exception("connection lost"))

    monkeypatch.setattr(kept._writer, "_remember", lose_the_connection)
    kept.happened(AgentRang("pbx-1.1", 2.0, "q", "Bo", "PJSIP/bo"))
    assert kept.flush(5)
    kept.happened(AgentRang("pbx-1.1", 3.0, "q", "Bo", "PJSIP/bo"))
    assert kept.flush(5)
    assert record(engine).history.rings == 3


def test_several_threads_may_tell(engine: Engine, kept: DatabaseJournal) -> None:
    def tell(thread: int) -> None:
        for n in range(100):
            kept.happened(AgentRang(f"call-{n % 7}", thread * 1000.0 + n, "q", "Bo", "PJSIP/bo"))

    threads = [threading.Thread(target=tell, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.flush(10)
    assert kept.written == 400
    assert sum(each.history.rings for each in calls.last_calls(engine, 100)) == 400


def test_closing_gives_up_after_its_time(database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient(monkeypatch)
    kept = DatabaseJournal(engine)
    engine.dispose()
    with database.away():
        kept.happened(HAPPENED[0])
        started = time.monotonic()
        assert not kept.close(0.1)
        assert time.monotonic() - started < 2
        assert kept.waiting == 1
        kept._thread.join(5)
        assert not kept._thread.is_alive()


# Reading back ----------------------------------------------------------------------------------------


def test_the_last_calls_come_newest_first(engine: Engine, kept: DatabaseJournal) -> None:
    for n in range(5):
        kept.happened(replace(ROUTED, call_id=f"call-{n}", at=1000.0 + n))
    kept.happened(CallEnded("never-routed", 5000.0, 16))
    assert kept.flush(5)
    assert [each.history.call_id for each in calls.last_calls(engine, 3)] == ["call-4", "call-3", "call-2"]
    assert [each.history.call_id for each in calls.last_calls(engine, 99)][-1] == "never-routed"
    assert calls.last_calls(engine, 0) == calls.last_calls(engine, -1) == []


@pytest.mark.abuse
def test_a_caller_who_takes_another_calls_name_does_not_hide_it(engine: Engine, kept: DatabaseJournal) -> None:
    """The Call-ID is the caller's to choose, and the names of calls can be guessed."""
    kept.happened(replace(ROUTED, call_id="pbx-1700000000.17", at=1000.0))
    for number in (18, 19, 20):
        kept.happened(
            replace(ROUTED, call_id=f"pbx-1700000000.{number}", sip_call_id="pbx-1700000000.17", at=1000.0 + number)
        )
    assert kept.flush(5)
    found = calls.find_call(engine, "pbx-1700000000.17")
    assert found is not None
    assert found.history.call_id == "pbx-1700000000.17"


def test_a_call_is_found_by_its_names_or_an_unmistakable_part(engine: Engine, kept: DatabaseJournal) -> None:
    kept.happened(replace(ROUTED, call_id="pbx-1700000000.17", sip_call_id="aaa@10.0.0.1"))
    kept.happened(replace(ROUTED, call_id="pbx-1700000000.18", sip_call_id="bbb_%@10.0.0.2", at=2000.0))
    kept.happened(replace(ROUTED, call_id="pbx-1700000001.19", sip_call_id="aaa@10.0.0.1", at=3000.0))
    assert kept.flush(5)

    def found(name: str) -> str | None:
        each = calls.find_call(engine, name)
        return each.history.call_id[-2:] if each else None

    assert found("pbx-1700000000.17") == "17"
    assert found("bbb_%@10.0.0.2") == "18"
    assert found("aaa@10.0.0.1") == "19"  # the newer one
    assert found("0000000.18") == "18"
    assert found("@10.0.0.2") == "18"
    assert found("pbx-1700000001") == "19"
    assert found("bbb_%@") == "18"
    assert found("BBB_%@") == "18"
    for nothing in (
        "",
        "18",
        "00.18",
        "pbx-1700000000",
        "bbbx%@",
        "pbx-17_0000001",
        "______",
        "%%%%%%",
        "\0",
        "'; --" * 9,
    ):
        assert found(nothing) is None, nothing


def test_open_calls_are_those_without_an_end(engine: Engine, kept: DatabaseJournal) -> None:
    for call_id in ("b", "a", "c"):
        kept.happened(replace(ROUTED, call_id=call_id))
    kept.happened(CallEnded("a", 2000.0, 16))
    assert kept.flush(5)
    assert calls.open_calls(engine) == ["b", "c"]


def test_what_another_version_stored_is_left_out(database: Database, engine: Engine, kept: DatabaseJournal) -> None:
    kept.decided(CALL, DECISION, 1.0)
    kept.happened(HAPPENED[0])
    assert kept.flush(5)
    more = {
        "sqlite": "json_insert(decision, '$.added_later', 1)",
        "postgresql": """jsonb_set(decision::jsonb, '{added_later}', '1')""",
    }
    database.edit(f"UPDATE decisions SET decision = {more[database.kind]}")  # noqa: S608
    database.edit("INSERT INTO facts (call_id, kind, at, data) VALUES ('pbx-1.1', 'flew_away', 1, '{}')")
    database.edit("INSERT INTO facts (call_id, kind, at, data) VALUES ('pbx-1.1', 'joined', 1, '{}')")
    assert record(engine).decision == DECISION
    assert calls.events_of(engine, "pbx-1.1") == HAPPENED[:1]
    older = {"sqlite": "json_remove(decision, '$.language')", "postgresql": "decision::jsonb - 'language'"}
    database.edit(f"UPDATE decisions SET decision = {older[database.kind]}")  # noqa: S608
    assert record(engine).decision == changed(DECISION, language=None)
    older = {"sqlite": "json_remove(call, '$.attestation')", "postgresql": "call::jsonb - 'attestation'"}
    database.edit(f"UPDATE decisions SET call = {older[database.kind]}")  # noqa: S608
    assert record(engine).call == replace(CALL, attestation="")
    database.edit("UPDATE decisions SET decision = '{}', call = '[]'")
    assert (record(engine).decision, record(engine).call) == (None, None)


@only_sqlite
def test_what_is_no_json_is_explained(database: Database, engine: Engine, kept: DatabaseJournal) -> None:
    kept.decided(CALL, DECISION, 1.0)
    assert kept.flush(5)
    database.edit("UPDATE decisions SET decision = 'no JSON'")
    with pytest.raises(StoreError, match=r"ivr\.db"):
        calls.last_calls(engine, 1)


def test_the_row_of_a_call_is_its_history() -> None:
    assert [column.name for column in tables.calls.columns] == list(stored_names(CallHistory))


def test_members_that_are_ours(engine: Engine) -> None:
    ours = MemberOwnership(engine)
    assert ours.owned() == set()
    ours.own("premium", "PJSIP/bo")
    ours.own("premium", "PJSIP/bo")
    ours.own("general", "PJSIP/bo")
    assert MemberOwnership(engine).owned() == {("premium", "PJSIP/bo"), ("general", "PJSIP/bo")}
    ours.disown("premium", "PJSIP/bo")
    ours.disown("premium", "PJSIP/nobody")
    assert ours.owned() == {("general", "PJSIP/bo")}


def test_reading_says_what_is_wrong_with_the_database(empty_database: Database) -> None:
    empty = writer(empty_database.url)
    for read in (lambda: calls.last_calls(empty, 1), lambda: MemberOwnership(empty).owned()):
        with pytest.raises(StoreError, match=r"ivr[\w.]*(\?\S+)?: .*run `ivr migrate`"):
            read()
    empty.dispose()


# Engines ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "cannot be read: write sqlite:///"),
        ("var/ivr.db", "cannot be read: write sqlite:///"),
        ("sqlite://", "a plain path to a file is needed"),
        ("sqlite:///:memory:", "a plain path to a file is needed"),
        ("sqlite:///x.db?mode=memory", "a plain path to a file is needed"),
        ("sqlite+aiosqlite:///x.db", "begins with 'sqlite+aiosqlite', which is not supported"),
        ("mysql://u:secret@host/db", "begins with 'mysql', which is not supported"),
        ("postgresql://u:secret@host:port/db", "cannot be read: write sqlite:///"),
    ],
)
@pytest.mark.parametrize("make", [writer, reader])
def test_a_url_that_cannot_be_used_is_explained(make: Callable[[str], Engine], url: str, problem: str) -> None:
    with pytest.raises(StoreError) as caught:
        make(url)
    assert problem in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(StoreError, match=r'u:\*\*\*@host/db: .*psycopg.*: .*pip install "psycopg\[binary\]"'):
        writer("postgresql://u:secret@host/db")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:secret@127.0.0.1:1/db",
        "postgresql://127.0.0.1:1/db?user=u&password=secret",
        "postgresql:///db?host=/nowhere&user=u&password=secret",
    ],
)
@pytest.mark.parametrize("make", [writer, reader])
def test_a_server_that_is_not_there_is_waited_for_and_explained(make: Callable[[str], Engine], url: str) -> None:
    engine = make(url)
    with pytest.raises(StoreError, match=r"/db.*: is the server running") as caught:
        calls.last_calls(engine, 1)
    assert "secret" not in str(caught.value)
    engine.dispose()


@only_postgres
def test_a_service_may_start_before_its_server(database: Database) -> None:
    with database.away():
        engine = writer(database.url)
        with pytest.raises(StoreError, match="is the server running"):
            migrate.upgrade(engine)
    assert calls.last_calls(engine, 1) == []
    engine.dispose()


@only_postgres
def test_what_the_url_says_to_the_server_is_kept(database: Database) -> None:
    engine = reader(database.url + "&connect_timeout=7&options=-c%20application_name%3Dours")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW application_name").scalar() == "ours"
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "1ms"
        driver: Any = connection.connection.driver_connection
        assert driver.info.get_parameters()["connect_timeout"] == "7"
    engine.dispose()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "ivr.db").write_text("this is not a database, but long enough to be taken for one\n" * 99)
    with pytest.raises(StoreError, match=r"ivr\.db: .*: it is no SQLite file: restore a backup"):
        writer(f"sqlite:///{tmp_path}/ivr.db")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"not a directory|file exists"):
        writer(f"sqlite:///{tmp_path}/file/ivr.db")


def test_a_path_may_have_any_character(tmp_path: Path) -> None:
    engine = writer(f"sqlite:///{tmp_path}/a b#ü&c/ivr.db")
    migrate.upgrade(engine)
    engine.dispose()
    assert (tmp_path / "a b#ü&c" / "ivr.db").stat().st_size > 0


def test_a_relative_path_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = writer("sqlite:///ivr.db")
    engine.dispose()
    monkeypatch.chdir("/")
    migrate.upgrade(engine)
    engine.dispose()
    assert (tmp_path / "ivr.db").stat().st_size > 0


@only_sqlite
def test_writers_use_wal(engine: Engine) -> None:
    with engine.connect() as connection:
        said = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert said == ["wal", 1, 1, 5000]


def test_a_number_must_be_somebodys(engine: Engine) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"), explained(engine), writing(engine) as connection:
        connection.execute(tables.phones.insert(), {"number": NUMBER, "customer_id": "nobody"})


def test_a_writer_has_its_turn_from_the_start(database: Database, engine: Engine) -> None:
    assert database.is_free()
    with engine.begin(), writing(engine):
        assert not database.is_free()
    assert database.is_free()  # its turn is over


def test_a_turn_that_does_not_come_is_explained(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.store.engine._WRITER_WAIT", 0.1)
    impatient = writer(database.url)
    with database.busy(), pytest.raises(StoreError, match="another program is writing to it"):
        MemberOwnership(impatient).own("premium", "PJSIP/bo")
    MemberOwnership(impatient).own("premium", "PJSIP/bo")
    impatient.dispose()


def test_two_writers_take_turns(engine: Engine, database: Database) -> None:
    other = writer(database.url)
    ours, theirs = MemberOwnership(engine), MemberOwnership(other)
    threads = [
        threading.Thread(target=lambda m=m, n=n: [m.own(f"q{n}", f"PJSIP/{i}") for i in range(50)])
        for n, m in enumerate((ours, theirs))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tables.members)).scalar() == 100
    other.dispose()
