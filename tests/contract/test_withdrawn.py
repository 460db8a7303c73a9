"""A decision that Asterisk did not carry out: it is recorded with its answer, and taken back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from ivr.domain.calls.decided import Decided
from ivr.domain.calls.events import CallerAsked
from ivr.store import calls
from ivr.store.journal import DatabaseJournal
from ivr.store.tables import calls as calls_table
from ivr.store.tables import decisions
from tests.contract.test_store import CALL, DECISION

FIRST = Decided(CALL, DECISION, 1.0)
AGAIN = replace(CALL, arrived_at=CALL.arrived_at + 5, asked="m", intent="2")
SECOND = Decided(AGAIN, replace(DECISION, test=True), 2.0)


@pytest.fixture
def kept(engine: Engine) -> Iterator[DatabaseJournal]:
    made = DatabaseJournal(engine)
    yield made
    made.close(5)


def rows(engine: Engine) -> tuple[int, int]:
    """How many decisions and calls are recorded."""
    with engine.connect() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (decisions, calls_table)
        ]
    return counts[0], counts[1]


def decide(kept: DatabaseJournal, decided: Decided) -> None:
    kept.decided(decided.call, decided.decision, decided.route_ms)


@pytest.mark.parametrize("is_written", [True, False])
def test_of_a_call_that_did_not_wait_nothing_is_left(
    engine: Engine, kept: DatabaseJournal, *, is_written: bool
) -> None:
    decide(kept, FIRST)
    if is_written:
        assert kept.flush(5)
        assert rows(engine) == (1, 1)
    kept.withdrawn(CALL)
    assert kept.flush(5)
    assert rows(engine) == (0, 0)
    assert (kept.dropped, kept.waiting) == (0, 0)
    decide(kept, FIRST)  # and it may be decided on as if nothing had been
    assert kept.flush(5)
    assert rows(engine) == (1, 1)


def test_the_answer_before_counts_again(engine: Engine, kept: DatabaseJournal) -> None:
    decide(kept, FIRST)
    kept.happened(CallerAsked(CALL.call_id, CALL.arrived_at + 1, "menu"))
    decide(kept, SECOND)
    kept.withdrawn(AGAIN, FIRST)
    assert kept.flush(5)
    found = calls.find_call(engine, CALL.call_id)
    assert found is not None
    assert (found.call, found.decision, found.route_ms) == (CALL, DECISION, 1.0)
    assert [each.kind for each in calls.events_of(engine, CALL.call_id)] == ["asked"]


def test_the_answer_before_counts_unseen(engine: Engine, kept: DatabaseJournal) -> None:
    decide(kept, FIRST)
    decide(kept, SECOND)
    kept.withdrawn(AGAIN, FIRST)
    assert kept.flush(5)
    found = calls.find_call(engine, CALL.call_id)
    assert found is not None
    assert (found.call, found.decision) == (CALL, DECISION)


def test_many_are_taken_back_at_once(engine: Engine, kept: DatabaseJournal) -> None:
    """Asterisk stood still for a while, say."""
    for n in range(60):
        call = replace(CALL, call_id=f"pbx-9.{n}")
        kept.decided(call, replace(DECISION, call_id=call.call_id), 1.0)
        kept.withdrawn(call)
    assert kept.flush(10)  # each waited 0.2 s once
    assert rows(engine) == (0, 0)


def test_what_happened_to_a_call_stays(engine: Engine, kept: DatabaseJournal) -> None:
    decide(kept, FIRST)
    kept.happened(CallerAsked(CALL.call_id, CALL.arrived_at + 1, "menu"))
    kept.withdrawn(CALL)
    assert kept.flush(5)
    assert rows(engine) == (0, 1)


def test_another_request_takes_nothing_back(engine: Engine, kept: DatabaseJournal) -> None:
    """One that was never recorded, because it could not be of this call, is withdrawn as well."""
    decide(kept, FIRST)
    kept.withdrawn(replace(CALL, arrived_at=CALL.arrived_at + 60), SECOND)
    assert kept.flush(5)
    found = calls.find_call(engine, CALL.call_id)
    assert found is not None
    assert (found.call, found.decision) == (CALL, DECISION)
