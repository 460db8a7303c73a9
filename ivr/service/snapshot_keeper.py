"""Writes down from time to time who the customers are, and at once where somebody needs that."""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import structlog
from sqlalchemy import Engine

from ivr.background_process import aside
from ivr.errors import StoreError
from ivr.limits import DATABASE_AGAIN_SECONDS
from ivr.service.metrics import Metrics
from ivr.store import changes, snapshot
from ivr.store.changes import Position
from ivr.store.engine import reader

SECONDS = 300.0  # how old the last known customers get before they are written down again
LIMIT = 300.0  # seconds that writing them down may take
AGAIN = 60.0  # seconds at most until it is tried again; at first DATABASE_AGAIN_SECONDS
KEPT_SECONDS = 120.0  # for which a change is kept once it has been read
_MARKS = 10  # that are known as our own

log = structlog.get_logger()


class SnapshotKeeper:
    """Keeps the snapshot at `path`. `engine` writes.

    `read` gives the position in the changes that has been read. What had been read when the
    snapshot before was taken is deleted, KEPT_SECONDS later at the earliest: others read them, too.
    """

    def __init__(self, url: str, path: Path, engine: Engine, metrics: Metrics) -> None:
        self.path = path
        self.read: Callable[[], Position | None] = lambda: None
        self.marks: deque[str] = deque(maxlen=_MARKS)
        self._url, self._engine, self._metrics = url, engine, metrics
        self._wanted, self._taken = asyncio.Event(), asyncio.Event()
        self._waiting: list[asyncio.Future[None]] = []
        self._complained = ""
        self._read_before: tuple[Position, float] | None = None  # and when, by the steady clock

    async def first(self) -> None:
        """Wait until one has been taken."""
        await self._taken.wait()

    async def fresh(self) -> None:
        """Wait until one is there that was begun after now."""
        waits = asyncio.get_running_loop().create_future()
        self._waiting.append(waits)
        self._wanted.set()
        await waits

    async def run(self) -> None:
        """Take one after the other, until cancelled."""
        pause = DATABASE_AGAIN_SECONDS
        while True:
            self._wanted.clear()
            waiting, self._waiting = self._waiting, []
            if await self._take():
                self._taken.set()
                for each in waiting:
                    if not each.done():
                        each.set_result(None)
                pause = DATABASE_AGAIN_SECONDS
                await self._until_wanted(SECONDS)
            else:
                self._waiting += waiting
                await asyncio.sleep(pause)
                pause = min(2 * pause, AGAIN)

    async def _take(self) -> bool:
        """Take one; whether it is there."""
        try:
            async with asyncio.timeout(LIMIT):
                await self._mark()
                count = await aside(_take, self._url, self.path)
        except TimeoutError:
            why = f"it takes longer than {LIMIT:g} s"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
            why = str(error) or type(error).__name__
        else:
            self._complained = ""
            log.info("snapshot taken", customers=count, path=str(self.path))
            await self.tell()
            return True
        if why != self._complained:  # each cause once: the figures and `ivr doctor` say how long
            log.warning("snapshot not taken: it is tried again", why=why)
        self._complained = why
        await self.tell(problem=True)
        return False

    async def _mark(self) -> None:
        """Write the mark behind which it is taken, and forget what nobody needs any more.

        Without its own mark, the file is as good as the one before.
        """
        name = secrets.token_hex(8)
        self.marks.append(name)
        try:
            await asyncio.to_thread(changes.mark, self._engine, name)
            await self._forget()
        except StoreError:  # somebody writes, or nobody can: what is read is another matter
            return

    async def _forget(self) -> None:
        """Delete what was read so long ago that everybody has read it who reads on at all."""
        now, read = time.monotonic(), self.read()
        if self._read_before is not None:
            position, at = self._read_before
            if now - at < KEPT_SECONDS:
                return
            await asyncio.to_thread(changes.forget, self._engine, position)
        self._read_before = (read, now) if read else None

    async def tell(self, *, problem: bool = False) -> None:
        """Show when the last one was taken, and whether the last try to take one failed."""
        at = await asyncio.to_thread(snapshot.taken_at, self.path)
        self._metrics.snapshot(at, problem=problem)

    async def _until_wanted(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wanted.wait()
        except TimeoutError:
            return


def _take(database_url: str, path: Path) -> int:
    source = reader(database_url)
    try:
        return snapshot.take(source, path)
    finally:
        source.dispose()
