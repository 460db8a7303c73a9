"""What `make chaos-history` breaks, one thing after the other, at moments that the seed chooses."""

import asyncio
import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from ivr.lab import ready
from ivr.lab.lab import AMI, Lab
from ivr.qa import faults
from ivr.qa.process_faults import RECORDER, WATCH, processes
from ivr.qa.proxy import Proxy

Say = Callable[[str], None]
DISK_BYTES = 8_000_000
_OLD_LOGS = 8  # that are kept, as logrotate is told


@dataclass(frozen=True, slots=True)
class AsteriskGone:
    """Asterisk was killed, and back (Unix times)."""

    since: float
    until: float


@dataclass(slots=True)
class HistoryBreaker:
    """Breaks what the dice say. `give_up` is called when Asterisk is gone: nobody tells callers."""

    lab: Lab
    dice: random.Random
    say: Say
    give_up: Callable[[], Awaitable[None]]
    kills_asterisk: bool
    proxy: Proxy | None = None
    disk: Path | None = None
    settings: dict[str, str] = field(default_factory=dict)
    gone: list[AsteriskGone] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def database(self) -> Path:
        """Return the file of the service's database."""
        return (self.disk or self.lab.home) / "ivr.db"

    async def prepare(self) -> None:
        """Have the service reach AMI by a proxy; put its database on a small disk, if possible."""
        self.proxy = Proxy(self.lab.state.pbx, AMI)
        self.settings["IVR_AMI_PORT"] = str(await self.proxy.open())
        await asyncio.to_thread(self.lab.state.process("service").stop)
        if not faults.no_tmpfs():
            self._small_disk()
        self._start()
        await ready.until_ready(self.lab.state)

    def close(self) -> None:
        """Leave nothing mounted, nothing listening."""
        if self.proxy:
            self.proxy.close()
        if self.disk:
            subprocess.run(["umount", "-l", str(self.disk)], check=False)  # noqa: S603, S607

    async def run(self, until: Callable[[], bool]) -> None:
        """Break one thing after the other until it is enough."""
        usual = [
            self.kill_calls,
            self.kill_watch,
            self.kill_recorder,
            self.freeze_calls,
            self.freeze_watch,
            self.freeze_recorder,
            self.cut_ami,
            self.half_open_ami,
            self.rotate,
            self.move_log,
            self.stop_service,
        ]
        if self.disk:
            usual.append(self.fill_disk)
        if self.kills_asterisk:
            usual += [self.kill_asterisk] * 2
        todo: list[Callable[[], Awaitable[None]]] = []
        while not until():
            todo = todo or self.dice.sample(usual, len(usual))
            await asyncio.sleep(self.dice.uniform(0.2, 2.0))
            step = todo.pop()
            name = step.__name__.replace("_", " ")
            began = time.monotonic()
            await step()
            self.done[name] += 1
            self.say(f"{name} ({time.monotonic() - began:.1f} s)")

    async def kill_calls(self) -> None:
        """Kill the process that decides about calls, and start it as systemd does."""
        self.lab.state.process("service").kill()
        await asyncio.sleep(self.dice.choice((0.0, 1.0)))
        self._start()

    async def kill_watch(self) -> None:
        """Kill the watch of Asterisk; the service starts it again."""
        await self._kill(WATCH)

    async def kill_recorder(self) -> None:
        """Kill the recorder; the service starts it again."""
        await self._kill(RECORDER)

    async def freeze_calls(self) -> None:
        """Let the process that decides stand still."""
        process = self.lab.state.process("service")
        process.signal(signal.SIGSTOP)
        await asyncio.sleep(self.dice.uniform(1.0, 5.0))
        process.signal(signal.SIGCONT)

    async def freeze_watch(self) -> None:
        """Let the watch stand still."""
        await self._freeze(WATCH)

    async def freeze_recorder(self) -> None:
        """Let the recorder stand still."""
        await self._freeze(RECORDER)

    async def cut_ami(self) -> None:
        """Break AMI's connection, now and again."""
        for _ in range(self.dice.randint(1, 4)):
            self._ami.cut()
            await asyncio.sleep(self.dice.uniform(0.1, 2.0))

    async def half_open_ami(self) -> None:
        """Let nothing come through, without a word."""
        self._ami.mute = True
        await asyncio.sleep(self.dice.uniform(1.0, 12.0))
        self._ami.mute = False
        self._ami.cut()  # what was held back is lost: no TCP would go on from there

    async def rotate(self) -> None:
        """Rotate queue_log several times quickly."""
        for _ in range(self.dice.randint(2, 4)):
            await asyncio.to_thread(self.lab.cli, "logger rotate")
            await asyncio.sleep(self.dice.uniform(0, 0.5))

    async def move_log(self) -> None:
        """Move queue_log as logrotate does."""
        folder = self.lab.home / "pbx/log"
        for number in reversed(range(1, _OLD_LOGS)):
            with contextlib.suppress(FileNotFoundError):
                (folder / f"queue_log.{number}").rename(folder / f"queue_log.{number + 1}")
        (folder / "queue_log").rename(folder / "queue_log.1")
        await asyncio.to_thread(self.lab.cli, "logger reload")

    async def stop_service(self) -> None:
        """Stop the service for a while."""
        await asyncio.to_thread(self.lab.state.process("service").stop)
        await asyncio.sleep(self.dice.uniform(1.0, 8.0))
        self._start()

    async def kill_asterisk(self) -> None:
        """Kill Asterisk, and start it again; the far side hangs up when it hears nothing."""
        since = time.time()
        self.lab.state.process("asterisk").kill()
        await asyncio.sleep(self.dice.uniform(0.2, 2.0))
        await self.give_up()
        self.lab.up()  # not in a thread: what a thread starts ends with it (PR_SET_PDEATHSIG)
        self.gone.append(AsteriskGone(since, time.time()))

    async def fill_disk(self) -> None:
        """Leave no byte for the database."""
        assert self.disk  # noqa: S101
        filler, ends = self.disk / "filler", time.monotonic() + self.dice.uniform(1.0, 5.0)
        with filler.open("wb", buffering=0) as file:
            while time.monotonic() < ends:
                with contextlib.suppress(OSError):
                    while file.write(b"x" * 4096):
                        pass
                await asyncio.sleep(0.05)
        filler.unlink()

    @property
    def _ami(self) -> Proxy:
        assert self.proxy  # noqa: S101
        return self.proxy

    def _start(self) -> None:
        self.lab.start_service(self.settings)

    async def _kill(self, module: str) -> None:
        for pid in processes(self.lab.state.process("service").pid, module):
            with contextlib.suppress(ProcessLookupError):
                _signal(pid, signal.SIGKILL)

    async def _freeze(self, module: str) -> None:
        pids = processes(self.lab.state.process("service").pid, module)
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    _signal(pid, number)
            if number is signal.SIGSTOP:
                await asyncio.sleep(self.dice.uniform(1.0, 8.0))

    def _small_disk(self) -> None:
        usual, disk = self.lab.home / "ivr.db", self.lab.home / "disk"
        disk.mkdir(exist_ok=True)
        size = f"size={usual.stat().st_size + DISK_BYTES}"
        mount = ["mount", "-t", "tmpfs", "-o", size, "none", str(disk)]
        subprocess.run(mount, check=True)  # noqa: S603 - a folder of ours
        self.disk = disk
        shutil.copy(usual, disk / "ivr.db")
        self.settings["IVR_DATABASE_URL"] = f"sqlite:///{disk}/ivr.db"


def _signal(pid: int, number: signal.Signals) -> None:
    os.kill(pid, number)
