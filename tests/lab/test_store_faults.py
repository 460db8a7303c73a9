"""The service runs, but its database does not answer."""

from ivr.lab.lab import Lab
from ivr.qa.calls import TestBench

KNOWN, NEW = "+442079460001", "+442079460005"


async def test_without_its_database_the_dialplans_memory_serves_before_the_default(lab: Lab, bench: TestBench) -> None:
    await bench.call(KNOWN, "1000", talk=0.1)
    lab.cli(f"database del ivr-remember {NEW}")
    database, away = lab.home / "ivr.db", lab.home / "ivr.away"
    database.rename(away)
    try:
        known = await bench.call(KNOWN, "1000", talk=0.1)
        new = await bench.call(NEW, "1000", talk=0.1)
    finally:
        away.rename(database)
    assert (known.queue, known.priority, known.segment) == ("premium", 100, "premium")
    assert (new.queue, new.priority, new.segment) == ("general-queue", 10, None)
    assert [display.shows for display in new.displays] == ["GENERAL lookup failed"]
    assert known.history is not None
    assert new.history is not None
    assert (known.history.rung, new.history.rung) == ("remembered", "default")
    again = await bench.call(NEW, "1000", talk=0.1)
    assert (again.queue, again.customer) == ("premium", "C0005")
