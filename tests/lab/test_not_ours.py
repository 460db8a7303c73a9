"""Beside queues of the site's own, with the same agents: nothing of ours happens there."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from ivr.ami.message import Message
from ivr.ami.no_answer_pause import REASON
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from tests.lab.farm import edited, phone, recorded

pytestmark = pytest.mark.shared

PREMIUM, SOMEBODY = "+442079460001", "+442079460602"
THEIRS, THEIR_NUMBER = "reception", "7740"
QUEUES = f"""
[{THEIRS}]
strategy = ringall
timeout = 2
retry = 1
member = PJSIP/anna
member = PJSIP/ben
"""


class Seen:
    """What Asterisk said: rings in vain, and pauses with our reason."""

    def __init__(self) -> None:
        self.in_vain: list[tuple[str, str]] = []
        self.paused: list[tuple[str, str]] = []

    def watch(self, side: str, _: float, message: Message) -> None:
        place = (message.header("Queue"), message.header("Interface"))
        if side == "pbx" and message.header("Event") == "AgentRingNoAnswer":
            self.in_vain.append(place)
        if side == "pbx" and message.header("Event") == "QueueMemberPause" and message.header("PausedReason") == REASON:
            self.paused += [place] if message.header("Paused") == "1" else []


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
async def bench(lab: Lab, records: AwaitedRecords, seen: Seen) -> AsyncIterator[TestBench]:
    async with TestBench(lab.state, records.decision, seen.watch) as bench:
        yield bench
        await bench.hang_up_all()


@pytest.fixture
def their_queue(lab: Lab) -> Iterator[None]:
    """The site's own queue, and its number, which no dialplan of ours knows."""
    path = lab.policy_dir / "queues.conf"
    with edited(path, "[premium](every-queue)", f"{QUEUES}\n[premium](every-queue)"):
        lab.cli("queue reload all")
        for line in ("1,Answer()", f"2,Queue({THEIRS})"):
            lab.cli(f"dialplan add extension {THEIR_NUMBER},{line} into from-carrier")
        try:
            yield
        finally:
            lab.cli(f"dialplan remove extension {THEIR_NUMBER}@from-carrier")
    lab.cli("queue reload all")


@pytest.mark.usefixtures("their_queue")
async def test_nothing_of_ours_happens_in_somebody_elses_queue(
    bench: TestBench, records: AwaitedRecords, seen: Seen
) -> None:
    async with phone(bench, "anna", ANSWER="no"), phone(bench, "ben", ANSWER="no"):
        theirs = await bench.place(SOMEBODY, THEIR_NUMBER)
        both = {(THEIRS, "PJSIP/anna"), (THEIRS, "PJSIP/ben")}
        await bench.wait_for(lambda: set(seen.in_vain) == both, 15)
        await bench.hang_up(theirs)
    async with phone(bench, "ben", RING="0"):
        theirs = await bench.place(SOMEBODY, THEIR_NUMBER)  # and one that is answered there
        async with asyncio.timeout(10):
            while not await _talks(bench, THEIRS):  # noqa: ASYNC110 - Asterisk has to be asked
                await asyncio.sleep(0.05)
        await bench.hang_up(theirs)
    # The service has taken all that came before what it records now. In a queue of ours, who does not answer rests.
    async with phone(bench, "anna", ANSWER="no"):
        report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert report.agent == "Ben Okafor"
    assert report.call_id is not None
    await recorded(records, report.call_id)
    assert seen.paused == [("premium", "PJSIP/anna")]
    last = await asyncio.to_thread(records.last, 20)
    assert report.call_id in [record.history.call_id for record in last]
    assert not [record for record in last if record.history.queue == THEIRS or record.history.routed_at is None]
    await bench.pbx.request("QueuePause", Interface="PJSIP/anna", Paused="false")


async def _talks(bench: TestBench, queue: str) -> bool:
    """Whether some member of the queue is in use."""
    events = await bench.pbx.collect("QueueStatus", Queue=queue)
    return any(event.header("InCall") == "1" for event in events)
