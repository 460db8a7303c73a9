"""Faults of the processes beside the one that decides: the watch of Asterisk, and the recorder."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ivr.qa.faults import Site

WATCH, RECORDER = "ivr.service.watch_process", "ivr.store.journal_process"


def killed(module: str) -> Callable[["Site"], Awaitable[None]]:
    """Make a fault: the process is killed (-9) at moments that the dice choose."""

    async def run(site: "Site") -> None:
        ends = time.monotonic() + site.seconds
        while time.monotonic() < ends:
            await asyncio.sleep(site.dice.uniform(0.2, 2.0))
            _signal(processes(site.service.pid, module), signal.SIGKILL)

    return run


def frozen(module: str) -> Callable[["Site"], Awaitable[None]]:
    """Make a fault: the process stands still."""

    async def run(site: "Site") -> None:
        with _standing_still(site, module):
            await site.last()

    return run


async def small_pipes(site: "Site") -> None:
    """Give the processes room for a few entries between them."""
    await site.restart_service(module=("ivr.qa.small_pipes",))


async def pipes_full(site: "Site") -> None:
    """Let the recorder stand still, then the watch, until nothing goes into the pipes any more."""
    for module in (RECORDER, WATCH):
        with _standing_still(site, module):
            await asyncio.sleep(site.seconds / 2)


@contextmanager
def _standing_still(site: "Site", module: str) -> Iterator[None]:
    pids = processes(site.service.pid, module)
    _signal(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(pids, signal.SIGCONT)


def _signal(pids: list[int], number: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # it has ended
            os.kill(pid, number)


def processes(service: int, module: str) -> list[int]:
    """Find the processes of the service that run this module: one; none while it is replaced."""
    found: list[int] = []
    for each in Path(f"/proc/{service}/task").glob("*/children"):
        with suppress(OSError):  # that thread has ended
            found += [int(pid) for pid in each.read_text().split() if _runs(pid, module)]
    return found


def _runs(pid: str, module: str) -> bool:
    try:
        return module.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended
        return False
