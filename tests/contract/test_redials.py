"""Who hangs up and calls again has no more calls behind them than before."""

from typing import Any

import pytest
from sqlalchemy import Engine

from ivr.domain.customers import Contacts
from ivr.store.lookup import CustomerLookup
from tests.contract.test_contacts import DAY, NOW, contacts, lookup, past
from tests.contract.test_store import NUMBER

__all__ = ["lookup"]  # a fixture
HOUR = 3600.0
BEFORE = Contacts(NOW - DAY, (NOW - DAY,), abandoned_last=False, previous_segment="standard")


@pytest.mark.parametrize(
    ("ago", "outcome", "columns"),
    [
        (10, "abandoned", {"wait_seconds": 6.0}),
        (3000, "abandoned", {"wait_seconds": 600.0}),
        (3000, "lost", {}),
        (60, "waiting", {}),  # on another line, at this moment
        (60, "routing", {}),
        (60, "asking", {}),
        (60, "unserved", {"wait_seconds": 30.0}),
        (2 * HOUR, "abandoned", {"wait_seconds": 6.0}),
        (2 * HOUR, "abandoned", {"ended_at": NOW - 2 * HOUR + 6}),  # at a question
        (2 * HOUR, "lost", {"ended_at": NOW - 2 * HOUR + 1}),
    ],
)
async def test_a_call_that_reached_nobody_is_no_contact(
    engine: Engine, lookup: CustomerLookup, ago: float, outcome: str, columns: dict[str, Any]
) -> None:
    past(engine, "before", DAY, segment="standard")
    past(engine, "again", ago, outcome, **columns)
    assert contacts(await lookup.find(NUMBER)) == BEFORE


@pytest.mark.parametrize(
    ("ago", "outcome", "columns"),
    [
        (10, "answered", {}),
        (10, "talking", {}),
        (10, "voicemail", {}),
        (2 * HOUR, "abandoned", {"wait_seconds": 60.0}),
        (2 * HOUR, "abandoned", {"wait_seconds": None}),  # nobody knows
        (2 * HOUR, "unserved", {"wait_seconds": 60.0}),
    ],
)
async def test_every_other_call_is_one(
    engine: Engine, lookup: CustomerLookup, ago: float, outcome: str, columns: dict[str, Any]
) -> None:
    past(engine, "before", DAY, segment="standard")
    past(engine, "again", ago, outcome, **columns)
    found = contacts(await lookup.find(NUMBER))
    assert found.times == (NOW - ago, NOW - DAY)
    assert found.last_at == NOW - ago
    assert found.abandoned_last == (outcome == "abandoned")
