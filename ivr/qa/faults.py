"""The faults: each a small function that breaks something of the lab, waits, and mends it."""

import asyncio
import contextlib
import random
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.lab.processes import Process


@dataclass(slots=True)
class Site:
    """What a fault has to work with. `seconds` is how long it lasts."""

    lab: Lab
    dice: random.Random
    seconds: float
    afterwards: ExitStack = field(default_factory=ExitStack)  # undone once the last call has ended
    gaps: list[tuple[float, float]] = field(default_factory=list)  # Unix times: Asterisk itself was away

    @property
    def service(self) -> Process:
        """The routing service, as it runs now."""
        return self.lab.state.process("service")

    async def last(self) -> None:
        """Let the fault last."""
        await asyncio.sleep(self.seconds)

    async def restart_service(
        self, settings: Mapping[str, str] | None = None, *, module: Sequence[str] = ("ivr", "serve")
    ) -> None:
        """Start the service anew, in this way, and wait until it answers."""
        await asyncio.to_thread(self.service.stop)
        self.lab.start_service(settings, module=module)
        await ready.until_ready(self.lab.state)


Step = Callable[[Site], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `prepare` runs before the first call, `run` under load."""

    name: str
    says: str
    run: Step
    prepare: Step | None = None
    seconds: float = 8.0
    unable: Callable[[], str] = lambda: ""  # why it cannot be tried here


async def nothing(site: Site) -> None:
    """The yardstick."""
    await site.last()


async def refused(site: Site) -> None:
    """The service is stopped: connections are refused."""
    await asyncio.to_thread(site.service.stop)
    await site.last()
    site.lab.start_service()


async def frozen(site: Site) -> None:
    """The kernel goes on accepting, and nobody answers."""
    process = site.service
    process.signal(signal.SIGSTOP)
    try:
        await site.last()
    finally:
        process.signal(signal.SIGCONT)


@contextlib.contextmanager
def moved_away(database: Path) -> Iterator[None]:
    """The database and the files that belong to it are elsewhere for a while."""
    parts = [path for end in ("", "-wal", "-shm") if (path := database.with_name(database.name + end)).exists()]
    away = [(path, path.with_name(f"away-{path.name}")) for path in parts]
    for path, other in away:
        path.rename(other)
    try:
        yield
    finally:
        for end in ("", "-wal", "-shm"):
            database.with_name(database.name + end).unlink(missing_ok=True)
        for path, other in away:
            other.rename(path)


async def database_missing(site: Site) -> None:
    """The file is gone, and comes back."""
    with moved_away(site.lab.home / "ivr.db"):
        await site.last()


FAULTS = (
    Fault("nothing", "the yardstick: nothing is broken", nothing),
    Fault("refused", "the service is stopped: connections are refused", refused),
    Fault("frozen", "the service stands still and answers nothing", frozen, seconds=60),
    Fault("database-missing", "the database file is gone", database_missing),
)
