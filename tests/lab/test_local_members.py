"""Agents behind a Local/ channel, as FreePBX writes its queue members: who talks is not rung."""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Iterator

import pytest

from ivr.ami.message import Message
from ivr.errors import AmiError
from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench, channels
from tests.lab.farm import Rung, edited, recorded

pytestmark = pytest.mark.shared

PREMIUM = "+442079460001"
LOCAL, HINT = "Local/201@from-queue/n", "hint:201@ext-local"
ALLOWED = 'agent_interfaces = ["PJSIP/NAME", "Local/N@from-queue/n"]\n'
OF_FREEPBX = """
[from-queue]
exten => 201,1,Dial(PJSIP/anna,20)

[ext-local]
exten => 201,hint,PJSIP/anna
"""


@contextlib.contextmanager
def written(lab: Lab, allowed: str, interface: str, contexts: str) -> Iterator[None]:
    """Have the service and Asterisk work with this meanwhile, and as before afterwards."""
    numbers, agents = lab.policy_dir / "numbers.conf", lab.policy_dir / "agents.yaml"
    last = numbers.read_text().splitlines()[-1]
    own = lab.state.settings_file.read_text().splitlines()[-1]
    with (
        edited(lab.state.settings_file, own, f"{own}\n{allowed}"),
        edited(numbers, last, f"{last}\n{contexts}"),
        edited(agents, "interface: PJSIP/anna\n", f"interface: {interface}\n"),
    ):
        begin_anew(lab)
        yield
    begin_anew(lab)


def begin_anew(lab: Lab) -> None:
    lab.state.process("service").stop()
    lab.cli("dialplan reload")
    lab.start_service()
    ready.wait(lab.state)


@pytest.fixture
def behind_local(lab: Lab) -> Iterator[None]:
    """Anna's phone is the extension 201 of a FreePBX."""
    with written(lab, ALLOWED, LOCAL, OF_FREEPBX):
        yield


@pytest.fixture
async def rung() -> Rung:
    return Rung()


@pytest.fixture
async def bench(
    lab: Lab,
    behind_local: None,
    records: AwaitedRecords,
    rung: Rung,
) -> AsyncIterator[TestBench]:
    async with TestBench(lab.state, records.decision, rung.watch) as bench:
        yield bench
        await bench.hang_up_all()


@contextlib.asynccontextmanager
async def talking(bench: TestBench, phone: str) -> AsyncIterator[None]:
    """Have a phone talk with somebody of the house meanwhile."""
    call = f"busy-{uuid.uuid4()}"
    await bench.pbx.request(
        "Originate",
        Channel=f"PJSIP/{phone}",
        Application="Echo",
        Async="true",
        Timeout=10_000,
        ChannelId=call,
    )
    await until_member_is(bench, "2")
    try:
        yield
    finally:
        for name in await channels(bench.pbx):
            if name.startswith(f"PJSIP/{phone}-"):
                with contextlib.suppress(AmiError):  # it ended by itself
                    await bench.pbx.request("Hangup", Channel=name, Cause=16)
        await until_member_is(bench, "1")


async def until_member_is(bench: TestBench, state: str) -> None:
    """Wait until the agent's device is in this state (devicestate.h: 1 free, 2 in use)."""
    async with asyncio.timeout(10):
        while (await anna(bench)).header("Status") != state:  # noqa: ASYNC110 - it has to be asked
            await asyncio.sleep(0.05)


async def anna(bench: TestBench) -> Message:
    """Return Anna as Asterisk has her in the premium queue; empty while she is not there."""
    events = await bench.pbx.collect("QueueStatus", Queue="premium", Member=LOCAL)
    return next((event for event in events if event.header("Location") == LOCAL), Message([]))


async def test_who_talks_is_not_rung_and_else_is(
    bench: TestBench,
    records: AwaitedRecords,
    rung: Rung,
) -> None:
    async with talking(bench, "anna"):
        rung.phones.clear()
        assert (await bench.call(PREMIUM, "1000", talk=0.1)).agent == "Ben Okafor"
        assert rung.phones == ["ben"]
    report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert (report.agent, rung.phones) == ("Anna Berg", ["ben", "anna"])
    history = (await recorded(records, report.call_id or "")).history
    assert (history.agent, history.interface) == ("Anna Berg", LOCAL)


async def test_who_is_put_in_by_hand_without_the_device_is_put_in_anew(bench: TestBench) -> None:
    """Else Asterisk would ring who talks."""
    await bench.pbx.request("QueueRemove", Queue="premium", Interface=LOCAL)
    by_hand = {"Queue": "premium", "Interface": LOCAL, "MemberName": "Anna Berg"}
    await bench.pbx.request("QueueAdd", **by_hand, Paused="true", Reason="lunch")
    async with asyncio.timeout(10):
        while (await anna(bench)).header("StateInterface") != HINT:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)
    member = await anna(bench)
    assert (member.header("Paused"), member.header("PausedReason")) == ("1", "lunch")
    await bench.pbx.request("QueuePause", Interface=LOCAL, Paused="false")
