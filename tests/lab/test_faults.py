"""Whatever of ours breaks, the caller is served: in a queue within two seconds, and never premium by accident."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Iterator

import pytest

from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.call_report import Report
from ivr.qa.calls import TestBench
from tests.conftest import until
from tests.lab.farm import language_in_queue, only_these_agents, phone, recorded

pytestmark = pytest.mark.shared

CUSTOMER = "+442079460005"  # premium, and called in no other test before the service is gone
REMEMBERED = "+442079460001"  # premium, speaks French
GERMAN = "+442079460427"  # premium
ASTERISKS_OWN = "en"  # language, when nobody says another
TO_QUEUE_SECONDS = 2.0
REMEMBERED_SECONDS = 7 * 86400
SKIPPED_SECONDS = 3.0  # by the dialplan, after a request that hung


@pytest.fixture
def repaired(lab: Lab) -> Iterator[None]:
    """Whatever a test broke works again for the next one."""
    yield
    lab.state.process("service").signal(signal.SIGCONT)
    if not lab.state.process("service").alive():
        lab.start_service()
    ready.wait(lab.state)
    lab.cli('dialplan set global IVR_SKIP_UNTIL ""')
    assert not skipping(lab)


def skipping(lab: Lab) -> bool:
    """Whether the dialplan keeps callers from waiting for the service."""
    values = [line for line in lab.cli("dialplan show globals").splitlines() if "IVR_SKIP_UNTIL" in line]
    return any(line.partition("=")[2].strip() for line in values)


@contextlib.asynccontextmanager
async def without_service(lab: Lab) -> AsyncIterator[None]:
    """The service is stopped (connections are refused) and started again."""
    lab.state.process("service").stop()
    try:
        yield
    finally:
        lab.start_service()
        await ready.until_ready(lab.state)


async def forget(lab: Lab, number: str) -> None:
    lab.cli(f"database del ivr-remember {number}")


def memory_of(lab: Lab, number: str) -> str | None:
    """What the dialplan remembers of a number."""
    label, _, value = lab.cli(f"database get ivr-remember {number}").partition(":")
    return value.strip() if label == "Value" else None


async def call_and_listen(bench: TestBench, number: str, *, withhold: bool = False) -> tuple[Report, str]:
    """A call, and the language that its caller hears in the queue."""
    placed = await bench.place(number, "1000", withhold=withhold)
    await bench.wait_for(lambda: placed.connected, 20)
    language = await language_in_queue(bench, placed)
    await bench.hang_up(placed)
    return await bench.report(placed, number, "1000"), language


def assert_served_generally(report: Report) -> None:
    assert (report.queue, report.priority, report.segment, report.customer) == ("general-queue", 10, None, None)
    assert report.agent in ("Ben Okafor", "Cleo Marsh")
    assert report.to_queue_seconds is not None
    assert report.to_queue_seconds < TO_QUEUE_SECONDS
    assert [display.shows for display in report.displays] == ["GENERAL not identified"]


async def assert_fully_routed(bench: TestBench) -> None:
    report = await bench.call(CUSTOMER, "1000", talk=0.1)
    assert (report.queue, report.priority, report.customer) == ("premium", 100, "C0005")


@pytest.mark.alone
@pytest.mark.usefixtures("repaired")
async def test_service_refused(lab: Lab, bench: TestBench) -> None:
    await forget(lab, CUSTOMER)
    async with without_service(lab):
        report = await bench.call(CUSTOMER, "1000", talk=0.1)
    assert_served_generally(report)
    assert report.reason == "the service did not answer: the dialplan sent the call to the general queue"
    await assert_fully_routed(bench)


@pytest.mark.alone
@pytest.mark.usefixtures("repaired")
async def test_service_killed_while_it_decides(lab: Lab, bench: TestBench) -> None:
    """AGISTATUS says SUCCESS here: only the sentinel tells."""
    await forget(lab, CUSTOMER)
    process, asked = lab.state.process("service"), bench.asked
    process.signal(signal.SIGSTOP)
    placed = await bench.place(CUSTOMER, "1000")
    await bench.wait_for(lambda: bench.asked > asked, 5)
    process.kill()
    await bench.wait_for(lambda: placed.connected, 5)
    await bench.hang_up(placed)
    assert_served_generally(await bench.report(placed, CUSTOMER, "1000"))
    lab.start_service()
    await ready.until_ready(lab.state)
    await assert_fully_routed(bench)


@pytest.mark.alone
@pytest.mark.usefixtures("repaired")
async def test_service_frozen_and_awake_again(lab: Lab, bench: TestBench) -> None:
    """The kernel accepts for it, and nobody answers: TIMEOUT(absolute) ends the wait after a second."""
    await forget(lab, CUSTOMER)
    process = lab.state.process("service")
    process.signal(signal.SIGSTOP)
    report = await bench.call(CUSTOMER, "1000", talk=0.1)
    assert_served_generally(report)
    assert (report.to_queue_seconds or 0) > 1, "the freeze was not felt: is this test still testing one?"
    next_one = await bench.call(CUSTOMER, "1000", talk=0.1)
    assert_served_generally(next_one)
    assert (next_one.to_queue_seconds or 9) < 0.8, "the next caller is not kept waiting"
    process.signal(signal.SIGCONT)
    awake = time.monotonic()
    await asyncio.sleep(SKIPPED_SECONDS)
    await assert_fully_routed(bench)
    assert time.monotonic() - awake < SKIPPED_SECONDS + 2
    assert not skipping(lab)
    assert process.alive(), "nothing was restarted"


@pytest.mark.alone
@pytest.mark.usefixtures("repaired")
async def test_while_it_stays_frozen_no_second_caller_waits(lab: Lab, bench: TestBench) -> None:
    """Also when the three seconds are over: a probe asks in the callers' place."""
    await forget(lab, CUSTOMER)
    process = lab.state.process("service")
    process.signal(signal.SIGSTOP)
    waits = []
    for _ in range(6):
        report = await bench.call(CUSTOMER, "1000", talk=0.1)
        assert_served_generally(report)
        waits.append(report.to_queue_seconds or 9)
        await asyncio.sleep(0.5)
    process.signal(signal.SIGCONT)
    assert waits[0] > 1
    assert max(waits[1:]) < 0.9


@pytest.mark.alone
@pytest.mark.usefixtures("repaired")
async def test_a_call_that_outlives_a_freeze_is_not_cut_off(
    lab: Lab, bench: TestBench, records: AwaitedRecords
) -> None:
    """The time limit of the request must not stay on the call."""
    await forget(lab, CUSTOMER)
    process = lab.state.process("service")
    process.signal(signal.SIGSTOP)
    report = await bench.call(CUSTOMER, "1000", talk=2.5)
    process.signal(signal.SIGCONT)
    assert report.call_id is not None
    history = (await recorded(records, report.call_id)).history
    assert history.hung_up_by == "caller"
    assert (history.talk_seconds or 0) > 2.4


@pytest.mark.usefixtures("repaired")
class TestRemembered:
    """The dialplan remembers segment and language of a live decision, for the day when the service is away."""

    @pytest.fixture
    async def away(self, lab: Lab, bench: TestBench, repaired: None) -> AsyncIterator[None]:
        """A premium caller has called; then the service went away."""
        report = await bench.call(REMEMBERED, "1000", talk=0.1)
        assert report.queue == "premium"
        async with without_service(lab):
            yield

    @pytest.mark.usefixtures("away")
    async def test_a_remembered_premium_caller_stays_premium(self, bench: TestBench) -> None:
        report, language = await call_and_listen(bench, REMEMBERED)
        assert (report.queue, report.priority, report.segment, report.agent) == ("premium", 100, "premium", "Anna Berg")
        assert language == "en"
        assert report.to_queue_seconds is not None
        assert report.to_queue_seconds < TO_QUEUE_SECONDS
        assert report.reason == "the service did not answer: the dialplan remembered the segment premium"
        assert [display.shows for display in report.displays] == ["PREMIUM remembered"]

    @pytest.mark.usefixtures("away")
    async def test_not_when_the_number_is_withheld(self, bench: TestBench) -> None:
        report, language = await call_and_listen(bench, REMEMBERED, withhold=True)
        assert_served_generally(report)
        assert language == ASTERISKS_OWN

    @pytest.mark.usefixtures("away")
    async def test_not_for_another_number(self, bench: TestBench) -> None:
        assert_served_generally(await bench.call("+12025550177", "1000", talk=0.1))

    @pytest.mark.usefixtures("away")
    async def test_not_after_its_expiry_or_on_another_trunk(self, lab: Lab, bench: TestBench) -> None:
        for memory in (
            "1700000000|v3|carrier||premium|premium|100|45::general-queue:::||fr",  # expired
            "9900000000|v3|elsewhere||premium|premium|100|45::general-queue:::||fr",  # given on another trunk
            "9900000000|v3|carrier|A|premium|premium|100|45::general-queue:::||fr",  # signed then, and not now
            "9900000000|v2|carrier|premium|premium|100|45::general-queue:::||fr",  # of an older dialplan
            "9900000000|carrier|premium|premium|100|45|general-queue|fr",  # of one that is older still
            "",
            "nonsense",
        ):
            lab.cli(f'database put ivr-remember {REMEMBERED} "{memory}"')
            try:
                report, language = await call_and_listen(bench, REMEMBERED)
            finally:
                await forget(lab, REMEMBERED)
            assert_served_generally(report)
            assert language == ASTERISKS_OWN, memory

    async def test_a_german_customer_hears_german_with_the_service_and_without(
        self, lab: Lab, bench: TestBench
    ) -> None:
        await forget(lab, GERMAN)
        live, language = await call_and_listen(bench, GERMAN)
        assert (live.customer, live.segment, language) == ("C0427", "premium", "de")
        expiry, _, memory = (memory_of(lab, GERMAN) or "").partition("|")
        assert memory == "v3|carrier||premium|premium|100|45::general-queue:::||de"
        assert abs(int(expiry) - time.time() - REMEMBERED_SECONDS) < 60
        async with without_service(lab):
            remembered, language = await call_and_listen(bench, GERMAN)
        assert (remembered.customer, remembered.segment, remembered.queue) == (None, "premium", "premium")
        assert language == "de"

    async def test_of_a_withheld_number_nothing_is_remembered(self, lab: Lab, bench: TestBench) -> None:
        await forget(lab, GERMAN)
        before = lab.cli("database show ivr-remember")
        report, language = await call_and_listen(bench, GERMAN, withhold=True)
        assert (report.segment, report.reason) == (None, "number withheld, so the default applies")
        assert language == ASTERISKS_OWN
        assert lab.cli("database show ivr-remember") == before


@pytest.mark.thorough
@pytest.mark.usefixtures("repaired")
async def test_a_call_that_the_service_missed_is_in_its_history_as_far_as_it_can_be(
    lab: Lab, bench: TestBench, records: AwaitedRecords
) -> None:
    """Killed while a caller waits, it finds the caller waiting when it is back, and follows on."""
    async with only_these_agents(bench, "anna", "cleo", "dora"), phone(bench, "anna", ANSWER="no"):
        placed = await bench.place(CUSTOMER, "1000")
        await bench.wait_for(lambda: placed.waiting, 10)
        lab.state.process("service").kill()
        lab.start_service()
        await ready.until_ready(lab.state)
    await bench.wait_for(lambda: placed.connected, 20)
    await bench.hang_up(placed)
    assert placed.history is not None
    record = await recorded(records, placed.history.call_id)
    assert (record.history.outcome, record.history.agent) == ("answered", placed.history.agent)
    assert record.decision is not None
    assert record.decision.identity.customer_id == "C0005"


@pytest.mark.usefixtures("repaired")
async def test_a_call_that_ended_unseen_is_closed(lab: Lab, bench: TestBench, records: AwaitedRecords) -> None:
    placed = await bench.place(CUSTOMER, "1000")
    await bench.wait_for(lambda: placed.connected, 10)
    assert placed.history is not None
    call_id = placed.history.call_id
    # We may have seen it before the service has; what it has not, it can close as lost only.
    await asyncio.to_thread(until, lambda: "connected" in [event.kind for event in records.events(call_id)])
    async with without_service(lab):
        await bench.hang_up(placed)
    history = (await recorded(records, call_id, unseen=True)).history
    assert history.outcome == "answered"
    assert records.events(call_id)[-1].kind == "ended"
