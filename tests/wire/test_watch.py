"""The process that watches Asterisk, and what the service knows of it, whatever becomes of it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine, select

from ivr.domain.agents import declared_members
from ivr.domain.calls.events import CallEnded, QueueLeft
from ivr.domain.routing.facts import NOT_KNOWN
from ivr.policy.loader import load
from ivr.service.watch import HEARD_SECONDS, STALE, DeclaredAgents, WatchKeeper
from ivr.service.watch_process import EndsTold
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store.journal_process import Recorder
from ivr.store.tables import facts
from tests.databases import Database
from tests.wire.fake_ami import SECRET, USER, FakeAmi, accepted, eventually, listed

START = 60.0  # seconds for a process that begins with a second's work, on a busy machine
BUNDLE = load(share("dialplans"))
WATCH, RECORDER = "ivr.service.watch_process", "ivr.store.journal_process"
QUEUE = "premium"
HAPPENED = QueueLeft("1.1", 1.0, QUEUE, "TIMEOUT")
DECLARED = DeclaredAgents(tuple(BUNDLE.agents), BUNDLE.own_queues())
SUMMARY = {"Event": "QueueSummary", "Queue": QUEUE, "Callers": "3", "Available": "1"}


SERVICE = """
import asyncio, sys
from pathlib import Path
from ivr.service.watch import DeclaredAgents, WatchKeeper
from ivr.settings import Settings
from ivr.store.journal_process import Recorder

async def main():
    recorder = Recorder(sys.argv[1], "error")
    recorder.start()
    settings = Settings(
        database_url=sys.argv[1],
        live_socket=Path(sys.argv[5]),
        ami_host="127.0.0.1",
        ami_port=int(sys.argv[2]),
        ami_user=sys.argv[3],
        ami_secret=sys.argv[4],
    )
    nobody = DeclaredAgents((), frozenset())
    watch = WatchKeeper(settings, lambda: nobody, print)
    watch.start(recorder.watched)
    while not watch.connected:
        await asyncio.sleep(0.01)
    print("connected", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@dataclass
class Site:
    """A service as far as this is about it. `later` is put on the clock that it has."""

    ami: FakeAmi
    settings: Settings
    recorder: Recorder
    declared: DeclaredAgents = DECLARED
    ended: list[str] = field(default_factory=list)
    later: float = 0.0

    def __post_init__(self) -> None:
        self.watch = WatchKeeper(
            self.settings,
            lambda: self.declared,
            self.ended.append,
            lambda: time.monotonic() + self.later,
        )

    def call(self, call_id: str) -> None:
        """A call of ours joins a queue, and ends."""
        told: dict[str, Any] = {"Uniqueid": call_id, "Timestamp": "1763900000.5"}
        self.ami.event("QueueCallerJoin", Queue=QUEUE, Position=1, **told)
        self.ami.event("Hangup", Cause=16, **told)


@asynccontextmanager
async def site_of(database: Database) -> AsyncIterator[Site]:
    """A watch that is logged in."""
    with TemporaryDirectory() as home:
        async with _site_of(database, Path(home)) as site:
            yield site


@asynccontextmanager
async def _site_of(database: Database, home: Path) -> AsyncIterator[Site]:
    async with FakeAmi() as ami:
        none = listed([])
        lists = ("QueueStatus", "CoreShowChannels")
        ami.answers |= {"QueueAdd": accepted(), **dict.fromkeys(lists, none)}
        ami.answers["QueueSummary"] = listed([SUMMARY])
        settings = Settings(
            database_url=database.url,
            policy_dir=share("dialplans"),
            ami_host="127.0.0.1",
            ami_port=ami.port,
            ami_user=USER,
            ami_secret=SECRET,
            live_socket=home / "live.sock",
        )
        site = Site(ami, settings, Recorder(database.url, "error"))
        site.recorder.start()
        site.watch.start(site.recorder.watched)
        try:
            await eventually(lambda: site.watch.connected, START)
            yield site
        finally:
            await site.watch.close(5)
            await site.recorder.close(10)


@pytest.fixture
async def site(database: Database, engine: Engine) -> AsyncIterator[Site]:
    async with site_of(database) as made:
        yield made


def process_of(module: str) -> int:
    """Which process of ours runs it."""
    command = ["pgrep", "-P", str(os.getpid()), "-f", module]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def recorded(engine: Engine) -> set[tuple[str, str]]:
    with engine.connect() as connection:
        return {(row.call_id, row.kind) for row in connection.execute(select(facts))}


async def test_what_asterisk_tells_is_recorded_and_told(site: Site, engine: Engine) -> None:
    site.call("pbx-1.1")
    await eventually(lambda: site.ended == ["pbx-1.1"])
    await eventually(lambda: recorded(engine) == {("pbx-1.1", "joined"), ("pbx-1.1", "ended")}, 10)
    await eventually(lambda: site.watch.queues().waiting == {QUEUE: 3}, 10)
    site.later = STALE + 1
    assert site.watch.queues() == NOT_KNOWN


async def test_a_watch_that_is_killed_is_replaced(site: Site, engine: Engine) -> None:
    site.call("pbx-1.1")
    await eventually(lambda: site.ended == ["pbx-1.1"])
    await eventually(lambda: site.watch.queues().waiting == {QUEUE: 3}, 10)
    os.kill(process_of(WATCH), signal.SIGKILL)
    await eventually(lambda: not site.watch.connected, START)  # the next one says so
    assert site.watch.queues().waiting == {QUEUE: 3}
    await eventually(lambda: site.ami.count("Login") == 2, START)
    await eventually(lambda: site.watch.connected)
    site.call("pbx-1.2")
    await eventually(lambda: site.ended == ["pbx-1.1", "pbx-1.2"])
    both = {(call, kind) for call in ("pbx-1.1", "pbx-1.2") for kind in ("joined", "ended")}
    await eventually(lambda: recorded(engine) == both, 10)


@pytest.mark.thorough
async def test_a_new_recorder_is_sent_again_what_was_told(site: Site, engine: Engine) -> None:
    pid = process_of(RECORDER)
    os.kill(pid, signal.SIGSTOP)
    site.call("pbx-1.1")
    await eventually(lambda: site.ended == ["pbx-1.1"])
    os.kill(pid, signal.SIGKILL)
    there = {("pbx-1.1", "joined"), ("pbx-1.1", "ended")}
    await eventually(lambda: recorded(engine) == there, START)


async def test_a_watch_that_stands_still_counts_as_none(site: Site) -> None:
    pid = process_of(WATCH)
    os.kill(pid, signal.SIGSTOP)
    try:
        site.later = HEARD_SECONDS + 1
        assert not site.watch.connected
    finally:
        os.kill(pid, signal.SIGCONT)
    site.later = 0.0
    site.call("pbx-1.1")
    await eventually(lambda: site.ended == ["pbx-1.1"])
    assert site.watch.connected


async def test_the_watch_brings_members_into_step_with_another_policy(site: Site) -> None:
    await eventually(lambda: site.ami.count("QueueAdd") > 0)
    declared = len(list(declared_members(site.declared.agents)))
    await eventually(lambda: site.ami.count("QueueAdd") == declared)
    asked = site.ami.count("QueueStatus")
    site.declared = DeclaredAgents((), site.declared.own_queues)
    site.watch.declare()
    await eventually(lambda: site.ami.count("QueueStatus") > asked)


def test_what_else_happens_to_a_call_does_not_end_it() -> None:
    told: list[object] = []
    ended: list[str] = []

    class Journal:
        def happened(self, event: object) -> None:
            told.append(event)

        def changed(self, event: object) -> None:
            told.append(event)

    journal = EndsTold(Journal(), ended.append)
    end = CallEnded("1.2", 1.0, 16)
    for event in (HAPPENED, end):
        journal.happened(event)
    assert (told, ended) == ([HAPPENED, end], ["1.2"])


@pytest.mark.thorough
@pytest.mark.usefixtures("engine")
async def test_a_watch_ends_with_its_service(database: Database, tmp_path: Path) -> None:
    """Killed with -9, it tells nobody; watch and recorder find the end of their sockets."""
    program = tmp_path / "service.py"
    program.write_text(SERVICE)
    async with FakeAmi() as ami:
        lists = ("QueueStatus", "CoreShowChannels", "QueueSummary")
        ami.answers |= dict.fromkeys(lists, listed([]))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(program),
            database.url,
            str(ami.port),
            USER,
            SECRET,
            str(tmp_path / "live.sock"),
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        async with asyncio.timeout(START):
            assert await process.stdout.readline() == b"connected\n"
        children = children_of(process.pid)
        assert len(children) == 2
        process.kill()
        await process.wait()
        await eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 10)
