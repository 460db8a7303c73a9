"""The service runs, but its database does not answer."""

import re

import pytest

from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.qa.faults import moved_away
from tests.conftest import until
from tests.decisions import values
from tests.lab.farm import recorded

pytestmark = pytest.mark.shared

KNOWN, NEW = "+442079460001", "+442079460005"


async def test_without_its_database_the_snapshot_serves(
    lab: Lab, bench: TestBench, hasty: TestBench, records: AwaitedRecords
) -> None:
    """Its age is said, and what it says is not remembered as if it were live."""
    lab.cli(f"database del ivr-remember {NEW}")
    until((lab.home / "snapshot.db").exists)
    with moved_away(lab.home / "ivr.db"):
        report = await hasty.call(NEW, "1000", talk=0.1)
    assert (report.queue, report.priority, report.segment) == ("premium", 100, "premium")
    assert [display.shows for display in report.displays] == ["PREMIUM value 95"]
    assert report.history is not None
    assert report.history.tier == "snapshot"
    decision = (await recorded(records, report.history.call_id)).decision  # written when the database was back
    assert decision is not None
    assert values(decision, "customer_id rung") == ("C0005", "snapshot")
    assert re.search(r"from the snapshot of \d+ (second|minute)s? ago", decision.trace.reason)
    assert "not found" in lab.cli(f"database get ivr-remember {NEW}")
    again = await bench.call(NEW, "1000", talk=0.1)
    assert again.history is not None
    assert again.history.tier == "live"


async def test_without_a_snapshot_the_dialplans_memory_serves_before_the_default(
    lab: Lab, bench: TestBench, hasty: TestBench
) -> None:
    await bench.call(KNOWN, "1000", talk=0.1)
    lab.cli(f"database del ivr-remember {NEW}")
    database, away = lab.home / "ivr.db", lab.home / "ivr.away"
    until((lab.home / "snapshot.db").exists)
    (lab.home / "snapshot.db").rename(lab.home / "snapshot.away")
    database.rename(away)
    try:
        known = await hasty.call(KNOWN, "1000", talk=0.1)
        new = await hasty.call(NEW, "1000", talk=0.1)
    finally:
        away.rename(database)
        (lab.home / "snapshot.away").rename(lab.home / "snapshot.db")
    assert (known.queue, known.priority, known.segment) == ("premium", 100, "premium")
    assert (new.queue, new.priority, new.segment) == ("general-queue", 10, None)
    assert [display.shows for display in new.displays] == ["GENERAL lookup failed"]
    assert known.history is not None
    assert new.history is not None
    assert (known.history.tier, new.history.tier) == ("remembered", "default")
    again = await bench.call(NEW, "1000", talk=0.1)
    assert (again.queue, again.customer) == ("premium", "C0005")
