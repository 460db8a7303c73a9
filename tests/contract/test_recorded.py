"""What was recorded, as `ivr policy diff` reads it: whole, in order, fast, and a part at a time."""

import json
import time
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import Engine, event

from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.record import record_as_json, record_from_json
from ivr.domain.policy import Step
from ivr.errors import StoreError
from ivr.store import calls
from ivr.store.engine import Prepared, insert_new, writer, writing
from ivr.store.journal import DatabaseJournal
from ivr.store.tables import calls as calls_table
from ivr.store.tables import decisions
from tests.contract.test_store import CALL, DECISION, ROUTED
from tests.databases import Database
from tests.decisions import changed

FACTS = {f"customer.fact_{n}": value for n, value in enumerate(["found", -1.0, True, ["gold", "tv"], 7, ""] * 8)}
LARGE = changed(
    DECISION, steps=(Step(30, say=("queue-periodic", "wait")), Step(90, 20, "general"), Step(300, offer="voicemail")),
    greeting=("hello",), facts=FACTS,
)  # fmt: skip


def put(engine: Engine, *ats: float, decision: Any = DECISION, first: int = 0) -> None:
    """Decisions at these times, as quick as they can be written."""
    asked = [replace(CALL, call_id=f"call-{first + n:06}", arrived_at=at) for n, at in enumerate(ats)]
    histories = [calls.history_row(CallHistory(call.call_id, routed_at=call.arrived_at)) for call in asked]
    decided = [calls.decision_row(call, decision, 1.5) | {"call_id": call.call_id} for call in asked]
    with writing(engine) as connection:
        Prepared(engine, insert_new(engine, calls_table))(connection, histories)
        Prepared(engine, insert_new(engine, decisions))(connection, decided)


def names(engine: Engine, since: float, until: float) -> list[str]:
    return [record.history.call_id for record in calls.recorded(engine, since, until)]


def test_they_come_in_their_order_and_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    put(engine, 3.0, 1.0, 2.0, 2.0, 2.0, 2.0, 5.0)
    expected = [f"call-{n:06}" for n in (1, 2, 3, 4, 5, 0, 6)]
    for at_once in (1, 2, 3, 7, 8, 1000):
        monkeypatch.setattr(calls, "_AT_ONCE", at_once)
        assert names(engine, 0.0, 9.0) == expected
        assert names(engine, 2.0, 5.0) == expected[1:6]
    assert calls.count(engine, 0.0, 9.0) == 7
    assert calls.count(engine, 2.0, 5.0) == 5
    assert names(engine, 7.0, 9.0) == []
    assert calls.count(engine, 7.0, 9.0) == 0


def test_it_is_the_record_that_is_found_otherwise(engine: Engine) -> None:
    kept = DatabaseJournal(engine)
    kept.decided(CALL, DECISION, 12.5)
    kept.happened(ROUTED)
    kept.happened(replace(ROUTED, call_id="without a decision"))
    assert kept.close(5)
    found = list(calls.recorded(engine, 0.0, 1e12))
    assert found == [calls.find_call(engine, CALL.call_id)]
    assert found[0].decision == DECISION
    assert calls.count(engine, 0.0, 1e12) == 1


def test_no_more_is_read_than_is_taken(database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "_AT_ONCE", 10)
    put(engine, *map(float, range(100)))
    reads: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: reads.append(told[2][:6]))
    records = calls.recorded(engine, 0.0, 1000.0)
    assert len(list(islice(records, 15))) == 15
    assert reads.count("SELECT") == 2
    put(engine, 500.0, first=100)  # nobody is kept from writing meanwhile
    assert len(list(records)) == 86


def test_a_database_that_is_away_is_explained(empty_database: Database) -> None:
    engine = writer(empty_database.url)
    for read in (lambda: list(calls.recorded(engine, 0.0, 1.0)), lambda: calls.count(engine, 0.0, 1.0)):
        with pytest.raises(StoreError, match="ivr migrate"):
            read()
    engine.dispose()


def test_nested_records_come_back_as_they_were(engine: Engine) -> None:
    put(engine, 1.0, decision=LARGE)
    (record,) = calls.recorded(engine, 0.0, 9.0)
    assert record.decision == LARGE
    read: Any = record.decision
    assert read.treatment.steps[0] == Step(30, say=("queue-periodic", "wait"))
    again = record_from_json(json.loads(json.dumps(record_as_json(record, []))))
    assert again == (record, [])
    put(engine, 2.0, first=1)  # an older record has less in it
    old = next(calls.recorded(engine, 2.0, 9.0)).decision
    assert old == DECISION


@pytest.mark.parametrize(
    "facts", [{"a": "b\0"}, {"a\0": 1}, {"a": ["b", "\0"]}, {"a": float("nan")}, {"a": float("inf")}, {"a": object()}]
)
def test_what_one_of_the_databases_cannot_store_neither_does(facts: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        calls.decision_row(CALL, changed(LARGE, facts=facts), 1.0)


def test_a_text_that_only_looks_like_a_nul_is_stored(engine: Engine) -> None:
    decision = changed(LARGE, facts={"a": "\\u0000"})
    put(engine, 1.0, decision=decision)
    assert [record.decision for record in calls.recorded(engine, 0.0, 9.0)] == [decision]


@pytest.mark.thorough
def test_many_are_read_fast(engine: Engine) -> None:
    put(engine, *map(float, range(5_000)), decision=LARGE)
    used = time.process_time()
    assert sum(record.decision is not None for record in calls.recorded(engine, 0.0, 1e9)) == 5_000
    assert time.process_time() - used < 1  # a quarter of a second on a machine that does nothing else


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_no_json_is_explained(database: Database, engine: Engine) -> None:
    put(engine, 1.0)
    database.edit("UPDATE decisions SET call = :odd", odd=r'{"a": "\ud800"}')
    assert [record.call for record in calls.recorded(engine, 0.0, 9.0)] == [None]
    database.edit("UPDATE decisions SET decision = 'no JSON'")
    with pytest.raises(StoreError, match=r"ivr\.db"):
        list(calls.recorded(engine, 0.0, 9.0))
