"""The recorder: a process that writes down what happens, and that may end at any time without anything being lost."""

import asyncio
import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from ivr.domain.calls.events import CallEnded, QueueJoined
from ivr.store.journal_process import Recorder
from ivr.store.tables import calls, facts
from tests.databases import Database
from tests.wire.fake_ami import eventually

PATIENCE = 60.0  # seconds for a process that begins with a second's work, and lets everybody else go first


@pytest.fixture
async def recorder(database: Database, engine: Engine) -> AsyncIterator[Recorder]:
    made = Recorder(database.url, "error")
    made.start()
    yield made
    await made.close(10)


def children() -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "ivr.store.journal_process"], capture_output=True, check=False
    )
    return [int(pid) for pid in found.stdout.split()]


def written(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(facts.c.call_id).order_by(facts.c.id)).scalars())


def joined(n: int) -> QueueJoined:
    return QueueJoined(f"1.{n}", float(n), "premium", 1)


async def test_what_happened_is_in_the_database(engine: Engine, recorder: Recorder) -> None:
    for n in range(50):
        recorder.happened(joined(n))
    await eventually(lambda: not recorder.waiting, PATIENCE)
    assert written(engine) == [f"1.{n}" for n in range(50)]


@pytest.mark.thorough
async def test_closing_waits_for_what_was_told_last(engine: Engine, database: Database) -> None:
    recorder = Recorder(database.url, "error")
    recorder.happened(joined(1))  # before there is a process
    recorder.start()
    recorder.happened(CallEnded("1.1", 2.0, 16))
    assert await recorder.close(20)
    with engine.connect() as connection:
        assert connection.execute(select(calls.c.queue, calls.c.ended_at)).all() == [("premium", 2.0)]
    recorder.happened(joined(2))
    assert (recorder.waiting, recorder.dropped) == (0, 1)


@pytest.mark.thorough
async def test_a_process_that_is_killed_is_replaced_and_nothing_is_lost_or_there_twice(
    engine: Engine, recorder: Recorder
) -> None:
    killed = 0
    for n in range(200):
        recorder.happened(joined(n))
        if n in {20, 100, 180} and (here := children()):
            os.kill(here[0], signal.SIGKILL)
            killed += 1
        await asyncio.sleep(0.01)
    await eventually(lambda: not recorder.waiting, PATIENCE)
    assert killed
    assert sorted(written(engine)) == sorted(f"1.{n}" for n in range(200))


@pytest.mark.thorough
async def test_one_that_dies_in_the_end_is_replaced(engine: Engine, recorder: Recorder) -> None:
    recorder.happened(joined(1))
    await eventually(lambda: not recorder.waiting, PATIENCE)
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)
    recorder.happened(joined(2))
    closing = asyncio.create_task(recorder.close(20))
    await asyncio.sleep(0)
    os.kill(pid, signal.SIGKILL)
    assert await closing
    assert written(engine) == ["1.1", "1.2"]


async def test_one_that_cannot_be_started_is_tried_again(
    engine: Engine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, tries = asyncio.create_subprocess_exec, list[None]()

    async def failing(*command: Any, **how: Any) -> Any:
        tries.append(None)
        if len(tries) == 1:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return await start(*command, **how)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", failing)
    recorder = Recorder(database.url, "error")
    recorder.start()
    recorder.happened(joined(1))
    await eventually(lambda: not recorder.waiting, PATIENCE)
    assert written(engine) == ["1.1"]
    assert await recorder.close(10)


async def test_too_much_that_waits_is_dropped_and_counted(database: Database) -> None:
    recorder = Recorder(database.url, "error", capacity=3)
    for n in range(5):
        recorder.happened(joined(n))
    assert (recorder.waiting, recorder.dropped) == (3, 2)
    assert not await recorder.close(0)


@pytest.mark.thorough
@pytest.mark.usefixtures("engine")
async def test_what_a_killed_service_has_sent_is_written(database: Database, engine: Engine, tmp_path: Path) -> None:
    program = tmp_path / "service.py"
    program.write_text(
        textwrap.dedent("""
        import asyncio, os, signal, sys
        from ivr.domain.calls.events import QueueJoined
        from ivr.store.journal_process import Recorder

        async def main():
            recorder = Recorder(sys.argv[1], "error")
            recorder.start()
            recorder.happened(QueueJoined("1.0", 0.0, "premium", 1))
            while recorder.waiting:
                await asyncio.sleep(0.01)
            for n in range(1, 20):
                recorder.happened(QueueJoined(f"1.{n}", float(n), "premium", 1))
            os.kill(os.getpid(), signal.SIGKILL)

        asyncio.run(main())
        """)
    )
    process = await asyncio.create_subprocess_exec(sys.executable, str(program), database.url)
    assert await process.wait() == -signal.SIGKILL
    await eventually(lambda: len(written(engine)) == 20, PATIENCE)
