"""Callers whom an agent passes on to a colleague: what becomes of them when nobody is there."""

import pytest

from ivr.qa.calls import Placed, TestBench, channels
from tests.lab.farm import Rung, only_these_agents, phone

pytestmark = pytest.mark.shared

IN_TROUBLE, ALIKE = "+442079460003", "+12025550190"


@pytest.fixture
async def bench(rested_bench: TestBench) -> TestBench:
    return rested_bench


async def waiting(bench: TestBench) -> list[str]:
    """Return the calls that wait in the general queue, in order."""
    events = await bench.pbx.collect("QueueStatus", {"Queue": "general-queue"})
    entries = [event for event in events if event.header("Event") == "QueueEntry"]
    return [e.header("Uniqueid") for e in sorted(entries, key=lambda e: int(e.header("Position")))]


async def variable(bench: TestBench, placed: Placed, name: str) -> str:
    """Return a variable of the caller's channel."""
    assert placed.history is not None
    answer = await bench.pbx.request("Getvar", Channel=placed.history.call_id, Variable=name)
    return answer.header("Value")


async def placed_and_waiting(bench: TestBench, caller: str) -> Placed:
    placed = await bench.place(caller, "1000")
    await bench.wait_for(lambda: placed.waiting, 15)
    return placed


async def declined(bench: TestBench, name: str) -> None:
    """Have the phone that rings decline."""
    for channel, event in (await channels(bench.carrier)).items():
        if (event.header("Context"), event.header("Exten")) == ("phones", name):
            await bench.carrier.request("Hangup", Channel=channel, Cause=17)


async def moved_up(bench: TestBench, placed: Placed, priority: int) -> None:
    """Have a caller wait at this priority, as one who came back from announcements does."""
    assert placed.history is not None
    call_id = placed.history.call_id
    await bench.pbx.request("Setvar", Channel=call_id, Variable="QUEUE_PRIO", Value=priority)
    channel = await variable(bench, placed, "CHANNEL(name)")
    await bench.pbx.request(
        "QueueChangePriorityCaller",
        Queue="general-queue",
        Caller=channel,
        Priority=priority,
        Immediate="yes",
    )


async def test_who_comes_back_from_a_colleague_is_first_of_their_priority(
    bench: TestBench,
    rung: Rung,
) -> None:
    away = phone(bench, "cleo", ANSWER="no")
    async with only_these_agents(bench, "ben"), phone(bench, "ben", TRANSFER="cleo"), away:
        passed_on = await bench.place(ALIKE, "1000")
        await bench.wait_for(lambda: passed_on.connected, 15)
        await bench.pbx.request("QueuePause", Interface="PJSIP/ben", Paused="true", Reason="test")
        steps = await variable(bench, passed_on, "CALL_STEPS")
        await bench.wait_for(lambda: "cleo" in rung.phones, 15)
        alike = await placed_and_waiting(bench, "+12025550191")
        await moved_up(bench, alike, 13)
        in_trouble = await placed_and_waiting(bench, IN_TROUBLE)
        await declined(bench, "cleo")
        await bench.wait_for(lambda: len(joined(passed_on)) == 2, 15)
        in_order = [each.history.call_id for each in (in_trouble, passed_on, alike) if each.history]
        assert await waiting(bench) == in_order
        assert await variable(bench, passed_on, "CALL_PRIORITY") == "010"
        assert await variable(bench, passed_on, "CALL_STEPS") == steps != ""


def joined(placed: Placed) -> list[object]:
    """Return each time that the caller began to wait."""
    assert placed.seen is not None
    return [event for event in placed.seen.events if event.kind == "joined"]


async def test_a_caller_who_hangs_up_while_a_colleague_rings_is_gone(
    bench: TestBench,
    rung: Rung,
) -> None:
    away = phone(bench, "cleo", ANSWER="no")
    async with only_these_agents(bench, "ben"), phone(bench, "ben", TRANSFER="cleo"), away:
        placed = await bench.place(ALIKE, "1000")
        await bench.wait_for(lambda: "cleo" in rung.phones, 15)
        await bench.hang_up(placed)
        assert len(joined(placed)) == 1
        assert rung.phones == ["ben", "cleo"]
