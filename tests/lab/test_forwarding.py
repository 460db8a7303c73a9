"""Phones that forward their calls: nobody is called on the company's bill, and no caller waits for it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from ivr.ami.no_answer_pause import REASON
from ivr.domain.calls.events import AgentDidNotAnswer
from ivr.errors import AmiError
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.call_report import Report
from ivr.qa.calls import TestBench, channels
from tests.lab.farm import Rung, phone, recorded, ring_again

pytestmark = pytest.mark.shared

PREMIUM = "+442079460001"
OUTSIDE = "00493012345"


@pytest.fixture
async def bench(rested_bench: TestBench) -> TestBench:
    return rested_bench


async def reason_of(bench: TestBench, queue: str, interface: str) -> str:
    events = await bench.pbx.collect("QueueStatus", Queue=queue, Member=interface)
    (member,) = [event for event in events if event.header("Event") == "QueueMember"]
    return member.header("PausedReason") if member.header("Paused") == "1" else ""


@pytest.mark.parametrize(
    "destination",
    [
        OUTSIDE,
        "%2B493012345",
        "cleo",  # who is paused
        "PJSIP/00493012345%40carrier",  # Asterisk itself takes this for a channel to dial, in whatever context
        "Local/1000%40from-carrier",
        "%20!_x",  # no extension of any dialplan
    ],
)
async def test_who_forwards_is_passed_over(
    bench: TestBench, records: AwaitedRecords, rung: Rung, destination: str
) -> None:
    await bench.pbx.request("QueuePause", Interface="PJSIP/cleo", Paused="true", Reason="lunch")
    async with phone(bench, "anna", FORWARD=destination):
        report = await bench.call(PREMIUM, "1000", talk=0.1)
        assert (report.agent, report.outcome) == ("Ben Okafor", "answered")
        assert (report.wait_seconds or 99) < 3
        assert rung.phones == ["anna", "ben"]
        assert report.call_id is not None
        record = await recorded(records, report.call_id)
        assert (record.history.agent, record.history.interface) == ("Ben Okafor", "PJSIP/ben")
        assert not [name for name in await channels(bench.pbx) if name.startswith("Local/")]


async def until_told(lab: Lab, bench: TestBench) -> Report:
    """Call until Asterisk tells why Anna's phone did not ring: it may let go of it before it has noted that."""
    for _ in range(10):
        report = await bench.call(PREMIUM, "1000", talk=0.1)
        if report.history and any(
            isinstance(event, AgentDidNotAnswer) for event in bench.seen[report.call_id or ""].events
        ):
            return report
        ring_again(lab, "anna")
    raise AssertionError("Asterisk never told")


async def test_who_forwards_rests(lab: Lab, bench: TestBench, records: AwaitedRecords) -> None:
    async with phone(bench, "anna", FORWARD=OUTSIDE):
        report = await until_told(lab, bench)
        assert await reason_of(bench, "premium", "PJSIP/anna") == REASON
        await recorded(records, report.call_id or "")
        told = records.events(report.call_id or "")
        passed_over = [event for event in told if isinstance(event, AgentDidNotAnswer)]
        (missed,) = passed_over
        assert (missed.queue, missed.interface) == ("premium", "PJSIP/anna")


async def test_without_the_service_the_dialplan_alone_passes_the_phone_over(
    lab: Lab, bench: TestBench, rung: Rung
) -> None:
    async with phone(bench, "anna", FORWARD=OUTSIDE):
        await until_told(lab, bench)
        await bench.pbx.request("QueuePause", Interface="PJSIP/anna", Paused="false")  # as if nobody had paused her
        rung.phones.clear()
        report = await bench.call(PREMIUM, "1000", talk=0.1)
        assert (report.agent, rung.phones) == ("Ben Okafor", ["ben"])
        assert (report.wait_seconds or 99) < 1
    ring_again(lab, "anna")
    assert (await bench.call(PREMIUM, "1000", talk=0.1)).agent == "Anna Berg"  # she forwards no more


async def test_a_colleague_who_forwards_is_not_there(bench: TestBench, rung: Rung) -> None:
    """The caller goes back to the queue, as from a colleague who is busy."""
    async with phone(bench, "anna", TRANSFER="cleo"), phone(bench, "cleo", FORWARD=OUTSIDE):
        placed = await bench.place(PREMIUM, "1000")
        await bench.wait_for(lambda: rung.phones.count("anna") + rung.phones.count("ben") >= 2, 15)
        await bench.hang_up(placed)
    assert rung.phones[:2] == ["anna", "cleo"]
    assert OUTSIDE not in rung.phones


async def test_an_agent_passes_a_caller_on_as_before(bench: TestBench, rung: Rung) -> None:
    async with phone(bench, "anna", TRANSFER="cleo"):
        placed = await bench.place(PREMIUM, "1000")
        await bench.wait_for(lambda: "cleo" in rung.phones, 15)
        await bench.hang_up(placed)
    assert rung.phones == ["anna", "cleo"]


async def test_an_agent_passes_nobody_on_to_a_number_outside(bench: TestBench, rung: Rung) -> None:
    """As before: what an agent's phone may dial, a caller may be passed on to, and nothing else."""
    async with phone(bench, "anna", TRANSFER=OUTSIDE):
        placed = await bench.place(PREMIUM, "1000")
        await bench.wait_for(lambda: placed.connected, 15)
        await asyncio.sleep(2)  # she passes the caller on after a second
        await bench.hang_up(placed)
    assert OUTSIDE not in rung.phones


@pytest.mark.parametrize("forward", ["", OUTSIDE])
async def test_an_agent_calls_a_colleague(bench: TestBench, rung: Rung, forward: str) -> None:
    """By a Local channel, as Asterisk's own attended transfer does; no caller of ours is there."""
    async with phone(bench, "cleo", **({"FORWARD": forward} if forward else {})):
        await bench.pbx.request(
            "Originate", Channel="Local/cleo@from-phones/n", Application="Wait", Data=20, Async="true"
        )
        await bench.wait_for(lambda: "cleo" in rung.phones, 10)
        if forward:
            async with asyncio.timeout(10):  # and that is the end of it
                while await channels(bench.pbx):  # noqa: ASYNC110 - Asterisk has to be asked
                    await asyncio.sleep(0.05)
        for name in await channels(bench.pbx):
            with contextlib.suppress(AmiError):  # its other half took it along
                await bench.pbx.request("Hangup", Channel=name, Cause=16)
    assert rung.phones == ["cleo"]


# Members behind Local/ ---------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def behind_local(lab: Lab, bench: TestBench) -> AsyncIterator[str]:
    """Anna is reached by a dialplan of the site's own, in which the outside can be dialled."""
    interface = "Local/anna@their-agents/n"
    for line in ("anna,1,Dial(PJSIP/anna,20)", "anna,2,Hangup()",
                 f"{OUTSIDE},1,Dial(PJSIP/{OUTSIDE}@carrier,20)"):  # fmt: skip
        lab.cli(f"dialplan add extension {line} into their-agents")
    await bench.pbx.request("QueuePause", Interface="PJSIP/anna", Paused="true", Reason="test")
    await bench.pbx.request("QueueAdd", Queue="premium", Interface=interface, MemberName="Anna at home", Penalty=0)
    try:
        yield interface
    finally:
        await bench.pbx.request("QueueRemove", Queue="premium", Interface=interface)
        lab.cli("dialplan remove context their-agents")


async def test_behind_a_local_channel_it_is_the_same(lab: Lab, bench: TestBench, rung: Rung) -> None:
    async with behind_local(lab, bench), phone(bench, "anna", FORWARD=OUTSIDE):
        placed = await bench.place(PREMIUM, "1000")
        await bench.wait_for(lambda: "anna" in rung.phones, 10)
        await asyncio.sleep(1.5)  # Asterisk tries this member again: nobody declared it, so it does not rest
        await bench.hang_up(placed)
    assert OUTSIDE not in rung.phones


async def test_an_agent_behind_a_local_channel_passes_a_caller_on(lab: Lab, bench: TestBench, rung: Rung) -> None:
    async with behind_local(lab, bench), phone(bench, "anna", TRANSFER="cleo"):
        placed = await bench.place(PREMIUM, "1000")
        await bench.wait_for(lambda: "cleo" in rung.phones, 15)
        await bench.hang_up(placed)
    assert rung.phones == ["anna", "cleo"]
