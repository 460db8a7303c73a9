"""What is on record of a call of the real Asterisk: waits, talks, to whom it was passed on."""

import asyncio
from pathlib import Path

import pytest

from ivr.domain.calls.stays import Stay, Talk
from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.calls import Placed, TestBench
from ivr.settings import Settings
from ivr.store.records import Records
from tests.lab.farm import hung_up_by_agent, only_these_agents, phone

pytestmark = pytest.mark.shared

ALIKE = "+12025550190"


@pytest.fixture
async def bench(rested_bench: TestBench) -> TestBench:
    return rested_bench


async def recorded(lab: Lab, placed: Placed) -> tuple[list[Stay], list[Talk]]:
    """Return what is on record of a call once it has ended."""
    assert placed.history is not None
    call_id = placed.history.call_id
    with Records(Settings(database_url=f"sqlite:///{lab.home}/ivr.db")) as records:
        async with asyncio.timeout(10):
            record = records.find(call_id)
            while record is None or record.history.ended_at is None:
                await asyncio.sleep(0.05)  # another process writes it
                record = records.find(call_id)
        return records.course(call_id)


def queue_log(lab: Lab, call_id: str) -> list[str]:
    """Return the events that queue_log has of a call, in order."""
    lines = Path(lab.home / "pbx/log/queue_log").read_text(encoding="utf-8").splitlines()
    return [line.split("|")[4] for line in lines if line.split("|")[1] == call_id]


async def test_a_caller_who_is_passed_on_to_a_colleague(lab: Lab, bench: TestBench) -> None:
    async with only_these_agents(bench, "ben"), phone(bench, "ben", TRANSFER="cleo"):
        placed = await bench.place(ALIKE, "1000")
        await bench.wait_for(lambda: placed.connected, 15)
        await hung_up_by_agent(bench, "cleo")
        stays, talks = await recorded(lab, placed)
    assert [(stay.queue, stay.how, stay.agent) for stay in stays] == [
        ("general-queue", "answered", "Ben Okafor"),
    ]
    assert [(t.agent, t.passed_how, t.passed_to) for t in talks] == [
        ("Ben Okafor", "blind", "cleo"),
        ("Cleo Marsh", "", ""),
    ]
    assert all(talk.seconds is not None and talk.seconds < 5 for talk in talks)
    assert placed.history is not None
    lines = queue_log(lab, placed.history.call_id)
    assert lines[0] == "IVRSTART"
    assert lines[-1] == "IVREND"
    assert lines.count("IVRTALK") == lines.count("IVRTALKED") == lines.count("IVREND") == 1


async def test_a_call_that_came_while_the_service_was_away(lab: Lab, bench: TestBench) -> None:
    """The dialplan serves the caller alone; what happened is in queue_log, with whole seconds."""
    try:
        async with only_these_agents(bench, "ben"), phone(bench, "ben", TALK="1"):
            lab.state.process("service").kill()
            placed = await bench.place(ALIKE, "1000")
            await bench.wait_for(lambda: placed.over, 20)
    finally:
        lab.start_service()
        await ready.until_ready(lab.state)
    stays, talks = await recorded(lab, placed)
    assert [(stay.queue, stay.how, stay.agent, stay.source) for stay in stays] == [
        ("general-queue", "answered", "Ben Okafor", "queue_log")
    ]
    assert [(talk.agent, talk.source) for talk in talks] == [("Ben Okafor", "queue_log")]
