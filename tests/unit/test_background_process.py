"""Work in a process of its own: what it returns, raises, and that nothing of it stays behind."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from ivr.background_process import AsideError, aside
from ivr.errors import StoreError
from tests.conftest import until


def add(one: int, other: int) -> tuple[int, int, int]:
    return one + other, os.getpid(), os.nice(0)


def refuse() -> None:
    raise StoreError("no room")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def take_long(pid_file: Path) -> None:
    pid_file.write_text(str(os.getpid()))
    time.sleep(60)


async def test_it_returns_what_the_work_returns_from_a_process_that_makes_way() -> None:
    total, pid, niceness = await aside(add, 1, 2)
    assert total == 3
    assert pid != os.getpid()
    assert niceness == min(19, os.nice(0) + 19)


async def test_it_raises_what_the_work_raises() -> None:
    with pytest.raises(StoreError, match="no room"):
        await aside(refuse)


async def test_a_process_that_is_killed_is_told() -> None:
    with pytest.raises(AsideError, match="die ended before it was done"):
        await aside(die)


async def test_cancelled_it_ends_at_once(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    task = asyncio.create_task(aside(take_long, pid_file))
    await asyncio.to_thread(until, lambda: pid_file.exists() and pid_file.read_text() != "", 20)
    pid = int(pid_file.read_text())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.to_thread(until, lambda: not alive(pid), 5)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
