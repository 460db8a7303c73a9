"""The service runs, but its database does not answer."""

import contextlib
import re
import sqlite3
import time
from collections.abc import Mapping

import pytest
from sqlalchemy import update

from ivr.agi import probe
from ivr.lab import ready
from ivr.lab.lab import AGI, Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.qa.faults import moved_away
from ivr.store import changes
from ivr.store.engine import writer, writing
from ivr.store.engine_reading import EngineReading
from ivr.store.tables import phones
from tests.decisions import values
from tests.lab.farm import recorded

pytestmark = pytest.mark.shared

KNOWN, NEW = "+442079460001", "+442079460005"


async def test_without_its_database_the_snapshot_serves(
    lab: Lab, bench: TestBench, hasty: TestBench, records: AwaitedRecords
) -> None:
    """Its age is said, and what it says is not remembered as if it were live."""
    lab.cli(f"database del ivr-remember {NEW}")
    await ready.until_changes(lab.state.pbx, lambda known: known is not None)
    with moved_away(lab.home / "ivr.db"):
        said = probe.verdict(await probe.ask(lab.state.pbx, AGI, "check"))
        assert said  # it asks for a number that is in memory, and tells all the same
        assert (said["database"], said["changes"] != "none") == ("no", True)
        await ready.until_changes(lab.state.pbx, lambda known: known is None)
        report = await hasty.call(NEW, "1000", talk=0.1)
    assert (report.queue, report.priority, report.segment) == ("premium", 100, "premium")
    assert [display.shows for display in report.displays] == ["PREMIUM value 95 - Grace Hopper"]
    assert report.history is not None
    assert report.history.tier == "snapshot"
    decision = (await recorded(records, report.history.call_id)).decision  # written when the database was back
    assert decision is not None
    assert values(decision, "customer_id rung") == ("C0005", "snapshot")
    assert re.search(r"from the snapshot of \d+ (second|minute)s? ago", decision.trace.reason)
    assert "not found" in lab.cli(f"database get ivr-remember {NEW}")
    await ready.until_changes(lab.state.pbx, lambda known: known is not None)
    again = await bench.call(NEW, "1000", talk=0.1)
    assert again.history is not None
    assert again.history.tier == "live"


async def test_whom_nobody_knew_last_the_dialplans_memory_serves_before_the_default(
    lab: Lab, bench: TestBench, hasty: TestBench
) -> None:
    """Two numbers that are nobody's since: one of them is remembered."""
    await bench.call(KNOWN, "1000", talk=0.1)
    lab.cli(f"database del ivr-remember {NEW}")
    away = {number: f"{number}000" for number in (KNOWN, NEW)}
    await renumber(lab, away)
    try:
        with moved_away(lab.home / "ivr.db"):
            await ready.until_changes(lab.state.pbx, lambda known: known is None)
            known = await hasty.call(KNOWN, "1000", talk=0.1)
            new = await hasty.call(NEW, "1000", talk=0.1)
    finally:
        await renumber(lab, {there: number for number, there in away.items()})
    assert (known.queue, known.priority, known.segment) == ("premium", 100, "premium")
    assert (new.queue, new.priority, new.segment) == ("general-queue", 10, None)
    assert [display.shows for display in new.displays] == ["GENERAL lookup failed"]
    assert known.history is not None
    assert new.history is not None
    assert (known.history.tier, new.history.tier) == ("remembered", "default")
    again = await bench.call(NEW, "1000", talk=0.1)
    assert (again.queue, again.customer) == ("premium", "C0005")


async def renumber(lab: Lab, numbers: Mapping[str, str]) -> None:
    """Give these numbers' customers others, and wait until the service knows."""
    engine = writer(f"sqlite:///{lab.home}/ivr.db")
    with writing(engine) as connection:
        for old, new in numbers.items():
            change = update(phones).where(phones.c.number == old).values(number=new)
            connection.execute(change)
    with EngineReading(engine).asking() as run:
        last = changes.last(run)
    engine.dispose()
    await ready.until_changes(lab.state.pbx, lambda known: known is not None and known >= last)


async def test_a_customer_who_is_blocked_is_so_at_the_next_call(lab: Lab, bench: TestBench) -> None:
    """Whoever writes it, and whatever is known in memory: within two seconds."""
    await ready.until_changes(lab.state.pbx, lambda known: known is not None)
    with contextlib.closing(sqlite3.connect(lab.home / "ivr.db", timeout=10)) as database:
        named = "UPDATE customers SET blocked = ? WHERE customer_id = 'C0005'"
        with database:
            database.execute(named, [True])
        written = time.monotonic()
        while (report := await bench.call(NEW, "1000", talk=0.1)).queue is not None:
            assert time.monotonic() - written < 2
        with database:
            database.execute(named, [False])
        (last,) = database.execute("SELECT MAX(id) FROM changes").fetchone()
    assert report.decision is not None
    assert report.decision.trace.rule == "blocked"
    await ready.until_changes(lab.state.pbx, lambda known: known is not None and known >= last)
