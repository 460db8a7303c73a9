"""`make bench-events`: how fast what Asterisk tells of calls becomes rows, and is known live.

A scripted manager sends events over TCP, to the process that watches and the one that records, as
the service starts them. Nobody calls.
"""

import argparse
import asyncio
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from ivr.ami.call_tracker import CallTracker
from ivr.ami.message import Message
from ivr.domain.agents import declared_members
from ivr.domain.calls.events import AgentChanged, CallEvent
from ivr.lab import ready
from ivr.service.live_watch import LiveWatch
from ivr.service.watch import DeclaredAgents, WatchKeeper
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store import migrate
from ivr.store.engine import reader, writer
from ivr.store.history_tables import agent_states
from ivr.store.journal_process import ALONE_SECONDS, WATCH_ENDS_SECONDS, Recorder
from ivr.store.tables import calls, facts
from tests.bench import rig
from tests.bench.day_of_events import AGENTS, OWN_QUEUES, Scripted, day
from tests.bench.processor import family, of_process
from tests.bench.rig import Line
from tests.wire.fake_ami import SECRET, USER, FakeAmi, accepted, eventually, listed

LEAST_A_SECOND, MOST_LAG_MS, MOST_GROWTH = 6000, 50.0, 1.1
EVENTS, MILLION, LAG_RATE = 20_000, 1_000_000, 500  # the last: events a second
_FEW, _AHEAD = 500, 10_000  # events that are sent at once; and rows that are waited for at most
_SEED, _PATIENCE, _SAY_SECONDS = 7946, 60.0, 10.0
_DECLARED = DeclaredAgents(AGENTS, frozenset(OWN_QUEUES))


async def _measured(count: int, lag_seconds: float, home: Path) -> dict[str, Any]:
    url = f"sqlite:///{home}/ivr.db"
    engine = writer(url)
    migrate.upgrade(engine)
    engine.dispose()
    rig.say(f"{LAG_RATE} events a second, for {lag_seconds:g} s")
    async with _ours(url, home) as (ami, recorder):
        began = time.monotonic()
        figures = await _lag(lag_seconds, url, home)
        # Until then, somebody else might still write about calls.
        alone = began + WATCH_ENDS_SECONDS + ALONE_SECONDS + 1
        await asyncio.sleep(max(0.0, alone - time.monotonic()) if lag_seconds > 1 else 0)
        return figures | await _Day(ami, recorder, reader(url), count).run()


@asynccontextmanager
async def _manager() -> Any:
    """A scripted manager, who has all declared agents as members."""
    members = [
        {
            "Event": "QueueMember",
            "Queue": each.queue,
            "Name": each.name,
            "Location": each.interface,
            "StateInterface": each.interface,
            "Membership": "dynamic",
            "Penalty": str(each.penalty),
            "Status": "1",
            "Paused": "0",
            "InCall": "0",
            "LastCall": "0",
        }
        for each in declared_members(AGENTS)
    ]
    async with FakeAmi() as ami:
        ami.answers["QueueStatus"] = listed(members)
        ami.answers |= dict.fromkeys(("CoreShowChannels", "QueueSummary"), listed([]))
        ami.answers |= dict.fromkeys(("QueuePause", "QueueAdd", "QueuePenalty"), accepted())
        yield ami


def _settings(url: str, ami: FakeAmi, home: Path, name: str) -> Settings:
    return Settings(
        database_url=url,
        policy_dir=share("dialplans"),
        ami_host="127.0.0.1",
        ami_port=ami.port,
        ami_user=USER,
        ami_secret=SECRET,
        live_socket=home / f"{name}.sock",
        queue_log=None,
        no_answer_rest=0,
    )


@asynccontextmanager
async def _ours(url: str, home: Path) -> Any:
    """Have our two processes run, logged in at a manager."""
    async with _manager() as ami:
        recorder = Recorder(url, "error")
        settings = _settings(url, ami, home, "watched")
        watch = WatchKeeper(settings, lambda: _DECLARED, lambda call: None)
        recorder.start()
        watch.start(recorder.watched)
        try:
            await eventually(lambda: watch.connected, _PATIENCE)
            yield ami, recorder
        finally:
            await watch.close(5)
            await recorder.close(30)


@dataclass
class _Day:
    """Sends the events of a day, as fast as they become rows."""

    ami: FakeAmi
    recorder: Recorder
    engine: Engine
    count: int
    rows: int = 0  # that are to become of what was sent
    rss: list[float] = field(default_factory=list)

    async def run(self) -> dict[str, Any]:
        """Send them, and wait until all are rows."""
        rig.say(f"{self.count:,} events, as fast as they become rows")
        events, sent, said_at = day(_SEED), 0, time.monotonic()
        used, began = _used(), time.monotonic()
        while sent < self.count:
            some = list(islice(events, min(_FEW, self.count - sent)))
            self._send(some)
            sent += len(some)
            await self._until(self.rows - _AHEAD)
            if not self.rss and sent >= self.count / 10:
                self.rss.append(_rss_mb())
            if time.monotonic() - said_at >= _SAY_SECONDS:
                said_at = time.monotonic()
                rig.say(f"{sent:,} sent, {sent / (said_at - began):,.0f} a second")
        await self._until(self.rows)
        took, used = time.monotonic() - began, _used() - used
        self.rss.append(_rss_mb())
        figures = await asyncio.to_thread(self._counted)
        rig.yardstick(figures["facts"] == self.rows, f"{figures['facts']} facts of {self.rows}")
        return figures | {
            "events": sent,
            "processor_s": round(used, 2),
            "seconds": round(took, 1),
            "events_per_core_s": round(sent / used),
            "rss_start_mb": self.rss[0],
            "rss_end_mb": self.rss[1],
        }

    def _send(self, events: list[Scripted]) -> None:
        now = time.time()
        self.ami.send(b"".join(each.at(now + n / 1e5) for n, each in enumerate(events)))
        self.rows += sum(each.rows for each in events)

    async def _until(self, rows: int) -> None:
        """Wait until there are so many. Nothing is ever deleted."""
        deadline = time.monotonic() + _PATIENCE
        while (there := await asyncio.to_thread(self._there)) < rows:
            late = time.monotonic() > deadline
            rig.yardstick(not late, f"{there} rows of {rows} after {_PATIENCE:g} s")
            await asyncio.sleep(0.05)

    def _there(self) -> int:
        with self.engine.connect() as connection:
            return connection.execute(select(func.max(facts.c.id))).scalar_one() or 0

    def _counted(self) -> dict[str, Any]:
        with self.engine.connect() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (facts, calls, agent_states)
            }


class _Stamped(LiveWatch):
    """Notes how long after the event the live state has it."""

    late: list[float]

    def happened(self, event: CallEvent) -> None:
        super().happened(event)
        self.late.append(time.time() - event.at)


class _Nowhere:
    """A journal that keeps nothing."""

    def happened(self, event: CallEvent) -> None:
        pass

    def changed(self, event: AgentChanged) -> None:
        pass


async def _lag(seconds: float, url: str, home: Path) -> dict[str, Any]:
    """Send events steadily to a live state in this process."""
    async with _manager() as ami:

        def take(message: Message) -> None:
            live.event(message)
            tracker.event(message)

        client = ami.client(events="agent,call,user", on_event=take)
        live = _Stamped(
            _settings(url, ami, home, "lag"),
            client,
            _Nowhere(),
            lambda: _DECLARED,
            time.monotonic,
        )
        live.late = []
        tracker = CallTracker(live, lambda: (), lambda: _DECLARED.own_queues)

        running = asyncio.create_task(client.run())
        try:
            await eventually(lambda: client.connected, _PATIENCE)
            await live.resync()
            began, events = time.monotonic(), day(_SEED)
            for n, event in enumerate(islice(events, round(seconds * LAG_RATE))):
                await asyncio.sleep(max(0.0, began + n / LAG_RATE - time.monotonic()))
                ami.send(event.at(time.time()))
            await asyncio.sleep(0.2)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    late = sorted(live.late)
    rig.yardstick(len(late) > seconds * LAG_RATE / 4, f"only {len(late)} events were known live")
    return {f"lag_p{p}_ms": round(late[len(late) * p // 100] * 1000, 1) for p in (50, 99)}


def _used() -> float:
    """Return the processor time that the processes beside this one have taken, in seconds."""
    return sum(of_process(pid) for pid in _processes())


def _rss_mb() -> float:
    pages = 0
    for pid in _processes():
        pages += int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return round(pages * resource.getpagesize() / 1024**2, 1)


def _processes() -> list[int]:
    return [pid for pid in family(os.getpid()) if pid != os.getpid()]


def _lines(figures: dict[str, Any]) -> Iterator[Line]:
    speed, lag = figures["events_per_core_s"], figures["lag_p99_ms"]
    start, end = figures["rss_start_mb"], figures["rss_end_mb"]
    good = speed >= LEAST_A_SECOND
    yield Line("events for a second of a processor", f"{speed:,}", f"≥ {LEAST_A_SECOND:,}", good)
    yield Line("events", f"{figures['events']:,}, of {figures['calls']:,} calls")
    yield Line("rows", f"{figures['facts']:,} of calls, {figures['agent_states']:,} of agents")
    good = lag <= MOST_LAG_MS
    yield Line("known live after, p99", f"{lag:g} ms", f"≤ {MOST_LAG_MS:g} ms", good)
    # Of few events, most of the growth is that of a process that has just begun.
    flat = end <= start * MOST_GROWTH if figures["events"] >= MILLION else None
    memory = f"{start:g} and {end:g} MB"
    yield Line("memory, at a tenth and in the end", memory, "≤ 10 % more", flat)
    yield Line("conditions", figures["machine"])


def run(count: int = EVENTS, folder: Path = rig.FOLDER, lag_seconds: float = 10) -> dict[str, Any]:
    """Measure, print the table, write events.json; returns what is in it."""
    machine = rig.load()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="events-") as home:
        figures = asyncio.run(_measured(count, lag_seconds, Path(home).resolve()))
    figures["machine"] = f"{machine}; SQLite; {LAG_RATE} events a second for the lag"
    rig.report("events", figures, list(_lines(figures)), folder)
    return figures


def main() -> None:
    """Run it as the Makefile says."""
    parser = argparse.ArgumentParser(prog="make bench-events", description=run.__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    count: int = parser.parse_args().events
    with ready.interruptible():
        rig.guarded(lambda: run(count))


if __name__ == "__main__":
    main()
