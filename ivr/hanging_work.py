"""Work that may hang for good (a file on a network drive that is away), and that nobody must have to wait for.

It runs in a thread that the program does not wait for when it ends, as it would for those of an executor.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class OverdueError(Exception):
    """It has not come to an end in time; `seconds` says since when it runs."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"no answer for {seconds:.0f} s: is it on a network drive that is away?")


class Looks(Generic[T]):
    """Has `work` done again and again, never twice at once. For one task of one event loop."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._running: asyncio.Future[T] | None = None
        self._began = 0.0

    async def look(self, patience: float) -> T:
        """What `work` returns or raises; OverdueError when it has not done so within `patience` seconds.

        The next look then waits for the same run of it.
        """
        if self._running is None:
            self._began = time.monotonic()
            self._running = asyncio.get_running_loop().create_future()
            Thread(target=self._run, args=(self._running,), name="look", daemon=True).start()
        done, _ = await asyncio.wait((self._running,), timeout=patience)
        if not done:
            raise OverdueError(time.monotonic() - self._began)
        running, self._running = self._running, None
        return running.result()

    def _run(self, future: asyncio.Future[T]) -> None:
        outcome = _outcome(self._work)
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            future.get_loop().call_soon_threadsafe(_settle, future, outcome)


def in_time(work: Callable[[], T], patience: float) -> T:
    """What `work` returns or raises; OverdueError when it has not done so within `patience` seconds."""
    answer = SimpleQueue[T | Exception]()
    Thread(target=lambda: answer.put(_outcome(work)), name="look", daemon=True).start()
    try:
        outcome = answer.get(timeout=patience)
    except Empty:
        raise OverdueError(patience) from None
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _outcome(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is for who asked
        return error


def _settle(future: asyncio.Future[T], outcome: T | Exception) -> None:
    if future.done():  # cancelled meanwhile
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
