"""A customer's earlier calls, as a lookup finds them; and customers by the number that they type."""

import contextlib
import re
import sqlite3
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from ivr.domain.calls.events import CallEnded, CallEvent, QueueJoined, QueueLeft
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import Ambiguous, Contacts, Found, Lookup, Unavailable, Unknown
from ivr.store import calls, snapshot, tables
from ivr.store.contact_query import CONTACTS
from ivr.store.customer_query import _ASKED, CustomerQuestion, WithSnapshot, live
from ivr.store.engine import reader, writing
from ivr.store.journal import DatabaseJournal
from ivr.store.lookup import CustomerLookup
from ivr.store.one_shot_lookup import SingleLookup, customers
from ivr.store.snapshot import Snapshot
from tests.contract.test_one_shot_lookup import ask
from tests.contract.test_store import CALL, DECISION, NUMBER, ROUTED, add
from tests.databases import Database
from tests.decisions import changed

NOW = 1_700_000_000.0
DAY = 86_400.0
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
async def lookup(database: Database, engine: Engine) -> AsyncIterator[CustomerLookup]:
    add(engine, "C1", NUMBER, customer_number="0042")
    made = CustomerLookup(reader(database.url), deadline=5, query=live(lambda: NOW))
    yield made
    made.close()


def past(engine: Engine, call_id: str, ago: float, outcome: str = "answered", **columns: Any) -> None:
    """An earlier call of C1's."""
    row = {
        "call_id": call_id, "customer_id": "C1", "routed_at": NOW - ago, "outcome": outcome, "segment": "",
        "test": False, "rung": "live", "rings": 0,
        **dict.fromkeys(("linked_id", "caller_number", "dialled", "trunk", "sip_call_id"), ""),
        **columns,
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(tables.calls.insert(), row)


def contacts(found: Lookup) -> Contacts:
    assert isinstance(found, Found)
    return found.customer.contacts


# Earlier calls ---------------------------------------------------------------------------------------


async def test_who_never_called_has_no_contacts(engine: Engine, lookup: CustomerLookup) -> None:
    past(engine, "1", 60, customer_id="C2")
    past(engine, "2", 60, customer_id="")
    assert contacts(await lookup.find(NUMBER)) == Contacts()


async def test_the_newest_is_the_last(engine: Engine, lookup: CustomerLookup) -> None:
    past(engine, "1", 9 * DAY, "abandoned", segment="premium")
    past(engine, "2", 2 * DAY, "answered", segment="standard")
    past(engine, "3", 1 * DAY, "abandoned")
    past(engine, "4", 40 * DAY)
    expected = Contacts(NOW - DAY, (NOW - DAY, NOW - 2 * DAY, NOW - 9 * DAY), True, "standard")
    assert contacts(await lookup.find(NUMBER)) == expected
    past(engine, "5", 60, "answered")
    assert contacts(await lookup.find(NUMBER)) == replace(
        expected, last_at=NOW - 60, times=(NOW - 60, *expected.times), abandoned_last=False
    )


async def test_a_call_of_long_ago_is_the_last_and_no_recent_one(engine: Engine, lookup: CustomerLookup) -> None:
    past(engine, "1", 400 * DAY, "abandoned", segment="premium")
    assert contacts(await lookup.find(NUMBER)) == Contacts(NOW - 400 * DAY, (), True, "premium")


async def test_test_calls_are_no_contacts(engine: Engine, lookup: CustomerLookup) -> None:
    for n in range(60):
        past(engine, f"test-{n}", n, "abandoned", test=True, segment="test")
    past(engine, "1", DAY)
    assert contacts(await lookup.find(NUMBER)) == Contacts(NOW - DAY, (NOW - DAY,))


async def test_the_call_that_is_asked_for_is_no_contact(engine: Engine, lookup: CustomerLookup) -> None:
    past(engine, "now", 1, "talking", segment="premium")
    past(engine, "before", DAY, "abandoned")
    assert contacts(await lookup.find(NUMBER, "now")) == Contacts(NOW - DAY, (NOW - DAY,), True)
    assert contacts(await lookup.find(NUMBER)).last_at == NOW - 1
    assert contacts(await lookup.find_by_customer_number("0042", "now")).last_at == NOW - DAY


@pytest.mark.parametrize("call_id", ["\0", "\ud800", "'; --", "x" * 10_000])
async def test_any_call_may_be_asked_for(engine: Engine, lookup: CustomerLookup, call_id: str) -> None:
    past(engine, "1", DAY)
    assert isinstance(await lookup.find(NUMBER, call_id), Found)


async def test_fifty_are_counted(engine: Engine, lookup: CustomerLookup) -> None:
    for n in range(60):
        past(engine, f"{n}", n * 10.0)
    assert contacts(await lookup.find(NUMBER)).times == tuple(NOW - n * 10 for n in range(50))


async def test_the_journal_says_whose_call_it_was(engine: Engine, lookup: CustomerLookup) -> None:
    kept = DatabaseJournal(engine)
    told: list[CallEvent] = [
        replace(ROUTED, at=NOW - 50, segment="premium"),
        QueueJoined(CALL.call_id, NOW - 49, "premium", 1),
        QueueLeft(CALL.call_id, NOW - 40, "premium", "ABANDON"),
        CallEnded(CALL.call_id, NOW - 40, 16),
    ]
    kept.decided(replace(CALL, arrived_at=NOW - 51), DECISION, 1.0)
    for each in told:
        kept.happened(each)
    kept.decided(replace(CALL, call_id="2"), changed(DECISION, call_id="2", customer_id=None), 1.0)
    kept.decided(replace(CALL, call_id="3", arrived_at=NOW), replace(DECISION, call_id="3", test=True), 1.0)
    assert kept.close(5)
    assert contacts(await lookup.find(NUMBER)) == Contacts(None, (), False, "premium")


@pytest.mark.parametrize("later", ["C2", None])
def test_a_later_round_may_know_better_who_it_is(engine: Engine, later: str | None) -> None:
    kept = DatabaseJournal(engine)
    kept.decided(CALL, DECISION, 1.0)
    kept.happened(ROUTED)
    kept.decided(CALL, changed(DECISION, customer_id=later), 1.0)
    assert kept.close(5)
    found = calls.find_call(engine, CALL.call_id)
    assert found is not None
    assert found.history.customer_id == (later or "C1")


# Decisions that are not of the call they name -----------------------------------------------------------


def kept_of(engine: Engine) -> tuple[str, str, str | None, str | None]:
    """Number, DID and customer of the call on record, and the customer of its decision."""
    found = calls.find_call(engine, CALL.call_id)
    assert found is not None
    assert found.decision is not None
    history = found.history
    decided = found.decision.identity.customer_id
    return history.caller_number, history.dialled, history.customer_id, decided


FORGED = {
    "after the end": (replace(CALL, arrived_at=NOW + 1), True),
    "another number": (replace(CALL, caller_number="+442079460009", arrived_at=NOW - 45), False),
    "another DID": (replace(CALL, dialled="1003", arrived_at=NOW - 45), False),
    "no number": (replace(CALL, caller_number="", arrived_at=NOW - 45), False),
}


@pytest.mark.abuse
@pytest.mark.parametrize("at_once", [True, False], ids=["the journal knows the call", "the database knows it"])
@pytest.mark.parametrize(("forged", "ended"), FORGED.values(), ids=FORGED)
def test_a_record_is_not_rewritten(engine: Engine, forged: IncomingCall, ended: bool, at_once: bool) -> None:
    kept = DatabaseJournal(engine)
    kept.decided(replace(CALL, arrived_at=NOW - 51), DECISION, 1.0)
    kept.happened(replace(ROUTED, at=NOW - 50))
    if ended:
        kept.happened(CallEnded(CALL.call_id, NOW - 40, 16))
    before = CALL.caller_number, CALL.dialled, "C1", "C1"
    if not at_once:
        assert kept.close(5)
        kept = DatabaseJournal(engine)
    kept.decided(forged, changed(DECISION, customer_id="C666"), 1.0)
    kept.happened(replace(ROUTED, call_id="another", at=NOW))  # what comes with it is written
    assert kept.close(5)
    assert kept_of(engine) == before
    assert kept.dropped == 1
    assert calls.find_call(engine, "another") is not None


def test_a_decision_that_is_told_late_or_twice_is_recorded(engine: Engine) -> None:
    """Who hangs up at once: the end may be told before the decision. And a process that was replaced is told again."""
    kept = DatabaseJournal(engine)
    kept.happened(replace(ROUTED, at=NOW - 50))
    kept.happened(CallEnded(CALL.call_id, NOW - 40, 16))
    for _ in range(2):
        kept.decided(replace(CALL, arrived_at=NOW - 51), DECISION, 1.0)
    assert kept.close(5)
    assert kept_of(engine) == (CALL.caller_number, CALL.dialled, "C1", "C1")
    assert (kept.written, kept.dropped) == (4, 0)


@pytest.mark.abuse
async def test_a_call_that_nobody_made_is_no_contact(engine: Engine, lookup: CustomerLookup) -> None:
    """Whoever may ask the service can name any call: Asterisk must have said that it went that way."""
    kept = DatabaseJournal(engine)
    for n in range(60):
        forged = replace(CALL, call_id=f"forged-{n}", arrived_at=NOW - n)
        kept.decided(forged, changed(DECISION, call_id=forged.call_id, segment="premium"), 1.0)
        kept.happened(CallEnded(forged.call_id, NOW, 0))  # as a service that starts, and does not find it, says
    kept.decided(replace(CALL, arrived_at=NOW - DAY), DECISION, 1.0)
    kept.happened(replace(ROUTED, at=NOW - DAY, segment="standard"))
    assert kept.close(5)
    assert contacts(await lookup.find(NUMBER)) == Contacts(NOW - DAY, (NOW - DAY,), False, "standard")


# When they cannot be read ----------------------------------------------------------------------------


async def test_who_it_is_is_known_also_when_earlier_calls_are_not(
    database: Database, engine: Engine, lookup: CustomerLookup
) -> None:
    past(engine, "1", DAY)
    database.edit("ALTER TABLE calls RENAME TO elsewhere")
    for _ in range(7):  # nor is that a reason for the breaker
        assert contacts(await lookup.find(NUMBER)) == Contacts()
        assert contacts(ask(customers(database.url, Path("none.db"), 5), NUMBER)) == Contacts()
    database.edit("ALTER TABLE elsewhere RENAME TO calls")
    assert contacts(await lookup.find(NUMBER)).last_at == NOW - DAY
    assert lookup.counts == {"found": 8}


def held_up(opened: threading.Event) -> Any:
    """The query of the service, but that earlier calls take until `opened`."""

    def query(run: Any, question: CustomerQuestion) -> Lookup:
        def slow(sql: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
            if sql == CONTACTS:
                opened.wait(10)
            rows: Sequence[Sequence[Any]] = run(sql, values)
            return rows

        return live(lambda: NOW)(slow, question)

    return query


async def test_earlier_calls_that_come_too_late_are_left_out(database: Database, engine: Engine) -> None:
    add(engine, "C1", NUMBER)
    past(engine, "1", DAY)
    opened = threading.Event()
    made = CustomerLookup(reader(database.url), deadline=0.5, query=held_up(opened))
    assert contacts(await made.find(NUMBER)) == Contacts()
    assert isinstance(await made.find(NUMBER), Unavailable)  # the thread is still busy
    opened.set()
    while made._is_stuck():
        pass
    assert contacts(await made.find(NUMBER)).last_at == NOW - DAY
    made.close()


@only_sqlite
def test_so_it_is_in_a_program_of_one_call(database: Database, engine: Engine) -> None:
    add(engine, "C1", NUMBER)
    opened = threading.Event()

    def read(question: CustomerQuestion) -> Lookup:
        with engine.connect() as connection:
            return held_up(opened)(lambda sql, values: connection.execute(text(sql), dict(values)).fetchall(), question)  # type: ignore[no-any-return]

    assert contacts(ask(SingleLookup(read, 0.5), NUMBER)) == Contacts()
    opened.set()


@only_sqlite
@pytest.mark.parametrize(
    ("column", "value"), [("routed_at", "never"), ("segment", 7), ("segment", b"x"), ("outcome", 7)]
)
async def test_a_damaged_call_is_no_contact(
    database: Database, engine: Engine, lookup: CustomerLookup, column: str, value: object
) -> None:
    past(engine, "1", 2 * DAY, segment="premium")
    past(engine, "2", DAY)
    database.edit(f"UPDATE calls SET {column} = :value WHERE call_id = '2'", value=value)  # noqa: S608
    assert contacts(await lookup.find(NUMBER)).previous_segment in ("premium", "7")


async def test_who_is_found_in_one_call_is_found_the_same_in_the_other(
    database: Database, engine: Engine, lookup: CustomerLookup
) -> None:
    past(engine, "1", 400 * DAY, "abandoned", segment="premium")  # too old to depend on the clock
    single = customers(database.url, Path("none.db"), 5)
    assert ask(single, NUMBER) == await lookup.find(NUMBER)
    with pytest.raises(StopIteration) as end:
        single.find_by_customer_number("0042").send(None)
    assert end.value.value == await lookup.find_by_customer_number("0042")


def test_lookups_use_their_indexes(database: Database, engine: Engine) -> None:
    with engine.connect() as connection:
        if database.kind == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # empty tables need no index
            connection.execute(text("SET LOCAL enable_sort = off"))
        explain = "EXPLAIN QUERY PLAN " if database.kind == "sqlite" else "EXPLAIN "
        plan = connection.execute(text(explain + CONTACTS), {"customer_id": "C1", "call_id": ""}).all()
        assert "ix_calls_contacts" in str(plan)
        assert "TEMP B-TREE" not in str(plan)
        plan = connection.execute(text(explain + _ASKED["customer number"]), {"text": "1"}).all()
        assert "ix_customers_customer_number" in str(plan)
        two_forms = {"text": "+525555501234", "other": "+5215555501234"}
        plan = connection.execute(text(explain + _ASKED["phone in two forms"]), two_forms).all()
        assert not re.search(r"SCAN (customers|phones)|Seq Scan on (customers|phones)", str(plan))


# By customer number ----------------------------------------------------------------------------------


async def test_a_customer_number_finds_its_customer(engine: Engine, lookup: CustomerLookup) -> None:
    add(engine, "C2", customer_number="7")
    found = await lookup.find_by_customer_number("0042")
    assert isinstance(found, Found)
    assert (found.customer.customer_id, found.customer.customer_number) == ("C1", "0042")
    for other in ("42", "004", "00420", "8"):
        assert await lookup.find_by_customer_number(other) == Unknown("not a known customer number")
    add(engine, "C3", customer_number="7")
    assert await lookup.find_by_customer_number("7") == Ambiguous(("C2", "C3"))
    assert lookup.counts == {"found": 1, "unknown": 4, "ambiguous": 1}


@pytest.mark.parametrize(
    "digits", ["", " ", "0042 ", "\0", "\ud800", "%", "9" * 10_000, "٠٠٤٢", "'; DROP TABLE calls; --"]
)
async def test_what_is_no_customer_number_is_nobodys(engine: Engine, lookup: CustomerLookup, digits: str) -> None:
    add(engine, "C2")  # who has none
    assert await lookup.find_by_customer_number(digits) == Unknown("not a known customer number")


async def test_while_the_database_is_away_the_snapshot_is_asked(
    database: Database, engine: Engine, lookup: CustomerLookup, tmp_path: Path
) -> None:
    past(engine, "1", DAY)
    path = tmp_path / "snapshot.db"
    snapshot.take(engine, path, lambda: NOW)
    last_known = Snapshot(path, deadline=5, clock=lambda: NOW + 9)
    both = WithSnapshot(lookup, last_known)
    engine.dispose()
    lookup._engine.dispose()
    with database.away():
        found = await both.find_by_customer_number("0042")
        unknown = await both.find_by_customer_number("43")
    last_known.close()
    assert isinstance(found, Found)
    assert (found.customer.customer_id, found.customer.customer_number, found.age_seconds) == ("C1", "0042", 9)
    assert found.customer.contacts == Contacts(NOW - DAY, (NOW - DAY,), False, "")
    assert isinstance(unknown, Unavailable)


async def test_a_snapshot_of_before_is_asked_for_no_earlier_calls(
    engine: Engine, lookup: CustomerLookup, tmp_path: Path
) -> None:
    past(engine, "1", DAY)
    path = tmp_path / "snapshot.db"
    snapshot.take(engine, path, lambda: NOW)
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("DROP TABLE calls")
        file.execute("UPDATE taken SET form = 4")
    last_known = Snapshot(path, deadline=5, clock=lambda: NOW)
    found = await last_known.find(NUMBER, "1")
    last_known.close()
    assert contacts(found) == Contacts()
