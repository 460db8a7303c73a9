"""The whole service on a PostgreSQL server: calls are routed and recorded, also while the server is away or silent."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from ivr import settings
from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.call_report import Report
from ivr.qa.calls import TestBench
from ivr.service import doctor
from ivr.store import snapshot
from ivr.store.lookup import HANGING_SECONDS
from tests.databases import PostgresDatabase, PostgresServer, Relay
from tests.decisions import values
from tests.lab.conftest import brought_up
from tests.lab.farm import recorded

pytestmark = pytest.mark.own

KNOWN, OTHER, NOBODY = "+442079460001", "+442079460005", "+12025550199"


@pytest.fixture(scope="module")
def database(postgres_server: PostgresServer) -> Iterator[PostgresDatabase]:
    """An empty one: the service makes its tables."""
    made = PostgresDatabase(postgres_server)
    yield made
    made.drop()


@pytest.fixture(scope="module")
def relay(database: PostgresDatabase) -> Iterator[Relay]:
    with database.relayed() as made:
        yield made


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, relay: Relay) -> Iterator[Lab]:
    with brought_up(tmp_path_factory.mktemp("lab"), relay.url) as lab:
        yield lab


@pytest.fixture
def records(lab: Lab, database: PostgresDatabase) -> Iterator[AwaitedRecords]:
    """Read with nothing between, so that only what the service does is seen."""
    with AwaitedRecords(replace(settings.load(lab.state.settings_file), database_url=database.url)) as records:
        yield records


@pytest.fixture
async def bench(lab: Lab, records: AwaitedRecords) -> AsyncIterator[TestBench]:
    async with TestBench(lab.state, records.decision) as bench:
        yield bench
        await bench.hang_up_all()


def tier_of(report: Report) -> str:
    assert report.history is not None
    return report.history.tier or ""


async def test_a_call_is_routed_by_its_segment_and_recorded(bench: TestBench, records: AwaitedRecords) -> None:
    report = await bench.call(KNOWN, "1000", talk=0.1)
    assert (report.queue, report.priority, report.segment, tier_of(report)) == ("premium", 100, "premium", "live")
    assert report.history is not None
    record = await recorded(records, report.history.call_id)
    assert record.decision is not None
    assert values(record.decision, "rung customer_id") == ("live", report.customer)
    assert record.history.agent
    assert report.history.call_id in {each.history.call_id for each in records.last(5)}
    unknown = await bench.call(NOBODY, "1000", talk=0.1)
    assert (unknown.queue, unknown.segment, tier_of(unknown)) == ("general-queue", None, "live")


async def test_the_doctor_has_nothing_to_complain_about(lab: Lab) -> None:
    verdicts = {each.about: each async for each in doctor.examine(settings.load(lab.state.settings_file))}
    assert all(each.ok for each in verdicts.values()), verdicts
    assert re.fullmatch(r"\d+ (second|minute)s? old", verdicts["snapshot"].says)


async def test_without_the_server_the_snapshot_serves(
    lab: Lab, bench: TestBench, records: AwaitedRecords, database: PostgresDatabase
) -> None:
    path = lab.home / "snapshot.db"
    taken = snapshot.taken_at(path)
    assert taken is not None
    with database.away():
        await ready.until_changes(lab.state.pbx, lambda known: known is None)
        report = await bench.call(OTHER, "1000", talk=0.1)
        assert snapshot.taken_at(path) == taken
    assert (report.queue, report.priority, report.segment, tier_of(report)) == ("premium", 100, "premium", "snapshot")
    assert report.history is not None
    decision = (await recorded(records, report.history.call_id)).decision  # written when the server was back
    assert decision is not None
    assert values(decision, "customer_id rung") == ("C0005", "snapshot")
    assert re.search(r"from the snapshot of \d+ (second|minute)s? ago", decision.trace.reason)
    async with asyncio.timeout(10):
        while tier_of(await bench.call(OTHER, "1000", talk=0.1)) != "live":
            pass


@pytest.mark.thorough
async def test_connections_that_only_listen_are_given_up(
    bench: TestBench, records: AwaitedRecords, relay: Relay
) -> None:
    assert tier_of(await bench.call(NOBODY, "1000", talk=0.1)) == "live"
    relay.silence()
    began = time.monotonic()
    first = await bench.call(NOBODY, "1000", talk=0.1)
    assert (first.queue, first.segment, tier_of(first)) == ("general-queue", None, "default")
    known = await bench.call(OTHER, "1000", talk=0.1)  # who is in memory
    assert (known.queue, known.segment, tier_of(known)) == ("premium", "premium", "live")
    while tier_of(last := await bench.call(NOBODY, "1000", talk=0.1)) != "live":
        assert time.monotonic() - began < HANGING_SECONDS + 3  # a call takes its time, too
    for each in (
        first,
        last,
    ):  # nothing that was to be recorded is lost, though the journal's connection was silent, too
        assert each.history is not None
        assert await records.decision(each.history.call_id, patience=30)
