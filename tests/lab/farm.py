"""Hands on the lab's far side: phones that do not answer, agents who are away."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from ivr.agi import probe
from ivr.ami.message import Message
from ivr.domain.calls.record import CallRecord
from ivr.lab.lab import AGI, Lab
from ivr.policy import loader
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import Placed, TestBench, channels
from ivr.qa.passed_over import rung_again

AGENTS = ("anna", "ben", "cleo", "dora")


@asynccontextmanager
async def only_these_agents(bench: TestBench, *names: str) -> AsyncIterator[None]:
    """The other agents are paused for a while."""
    others = [name for name in AGENTS if name not in names]
    for name in others:
        await bench.pbx.request("QueuePause", Interface=f"PJSIP/{name}", Paused="true", Reason="test")
    try:
        yield
    finally:
        for name in others:
            await bench.pbx.request("QueuePause", Interface=f"PJSIP/{name}", Paused="false")


@asynccontextmanager
async def phone(bench: TestBench, name: str, **behaviour: str) -> AsyncIterator[None]:
    """A phone behaves otherwise for a while: ANSWER="no", BUSY="yes", RING="2" (seconds)."""
    for key, value in behaviour.items():
        await bench.carrier.request("DBPut", Family=f"phone/{name}", Key=key, Val=value)
    try:
        yield
    finally:
        for key in behaviour:
            await bench.carrier.request("DBDel", Family=f"phone/{name}", Key=key)


async def hung_up_by_agent(bench: TestBench, name: str) -> None:
    """The agent called `name`, who talks with one caller, hangs up."""
    here = ("phones", name, "Up")
    async with asyncio.timeout(5):  # the phone's side of the call before may be about to end
        while True:
            listed = await channels(bench.carrier)
            mine = [
                channel
                for channel, event in listed.items()
                if tuple(map(event.header, ("Context", "Exten", "ChannelStateDesc"))) == here
            ]
            if len(mine) == 1:
                break
            await asyncio.sleep(0.02)
    await bench.carrier.request("Hangup", Channel=mine[0], Cause=16)


async def language_in_queue(bench: TestBench, placed: Placed) -> str:
    """In which language a caller hears what the queue plays."""
    assert placed.history is not None
    (language,) = [
        event.header("Language")
        for event in (await channels(bench.pbx)).values()
        if event.header("Application") == "Queue" and event.header("Uniqueid") == placed.history.call_id
    ]
    return language


async def recorded(records: AwaitedRecords, call_id: str, *, unseen: bool = False) -> CallRecord:
    """The record of a call, once its end has been written (AgentComplete may come after the Hangup).

    `unseen`: nobody saw the end of the conversation.
    """
    record, deadline = None, time.monotonic() + 20
    while time.monotonic() < deadline:
        record = await asyncio.to_thread(records.find, call_id)
        history = record.history if record else None
        talked = history is not None and (not history.agent or history.talk_seconds is not None)
        if record and history and history.ended_at and (talked or unseen):
            return record
        await asyncio.sleep(0.02)
    raise AssertionError(f"the end is not recorded: {record and record.history}, {records.events(call_id)}")


@contextmanager
def edited(path: Path, old: str, new: str) -> Iterator[None]:
    """A file of the admin's, changed for a while."""
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))
    try:
        yield
    finally:
        path.write_text(before)


async def in_force(lab: Lab, patience: float = 5) -> None:
    """Until the service works with the files as they are now."""
    version = loader.load(lab.policy_dir).policy.version
    async with asyncio.timeout(patience):
        while True:
            said = probe.verdict(await probe.ask(lab.state.pbx, AGI, "check"))
            if said and said["policy"] == version:
                return
            await asyncio.sleep(0.02)


class Rung:
    """Which phones, ours and others, have rung at the far side; what AMI said of pauses at ours."""

    def __init__(self) -> None:
        self.phones: list[str] = []
        self.paused: set[tuple[str, str]] = set()

    def watch(self, side: str, _: float, message: Message) -> None:
        if side == "carrier" and message.header("UserEvent") == "PhoneRings":
            self.phones.append(message.header("Phone"))
        if side == "pbx" and message.header("Event") == "QueueMemberPause" and message.header("Paused") == "1":
            self.paused.add((message.header("Queue"), message.header("Interface")))


def ring_again(lab: Lab, *phones: str) -> None:
    """Have the dialplan pass over none of these phones."""
    for command in rung_again(phones):
        lab.cli(command)


async def put_back(lab: Lab, bench: TestBench, *interfaces: str) -> None:
    """Nobody rests, no phone is passed over."""
    ring_again(lab, *AGENTS)
    for interface in interfaces or ("PJSIP/anna", "PJSIP/ben", "PJSIP/cleo"):
        await bench.pbx.request("QueuePause", Interface=interface, Paused="false")


@asynccontextmanager
async def rested(lab: Lab, records: AwaitedRecords, rung: Rung) -> AsyncIterator[TestBench]:
    """A bench whose agents all may be rung, before and after; `rung` watches."""
    async with TestBench(lab.state, records.decision, rung.watch) as bench:
        await put_back(lab, bench)
        try:
            yield bench
        finally:
            await bench.hang_up_all()
            await put_back(lab, bench)
