"""FastAGI sessions whose time is over before they begin, and peers who talk while we think."""

import asyncio
import gc
import time

import pytest

from ivr.agi import server
from ivr.agi.request import ENVIRONMENT_LIMIT
from ivr.agi.session import Session
from tests.wire.fake_ami import eventually
from tests.wire.test_agi_server import ROUTE, Running

pytestmark = pytest.mark.abuse

REQUEST = "agi_network_script: route\nagi_uniqueid: 1.1\nagi_callerid: +442079460001\n" + "".join(
    f"agi_arg_{number}: {value}\n" for number, value in enumerate(ROUTE, 1)
)
LARGEST_READ = 256 * 1024  # bytes that a loop reads at once


async def test_a_session_whose_time_is_over_when_it_begins_ends(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is after the machine, or the service, has stood still."""
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.1)
    _, writer = await asyncio.open_connection("127.0.0.1", running.server.port)
    await eventually(lambda: running.server.sessions == 1)
    writer.write(f"{REQUEST}\n".encode())
    time.sleep(0.2)  # noqa: ASYNC251 - that is what is tried
    await running.outcome("timeout")
    assert running.server.sessions == 0
    assert running.journal.decisions == []
    monkeypatch.undo()
    await running.still_serves()
    writer.close()


async def test_an_answer_that_was_taken_while_we_stood_still_stands(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", running.server.port)
    writer.write(f"{REQUEST}\n".encode())
    assert (await reader.readline()).startswith(b"EXEC MSet")
    writer.write(b"200 result=0\n")
    time.sleep(0.5)  # noqa: ASYNC251 - that is what is tried
    await eventually(lambda: running.server.sessions == 0)
    assert (running.server.outcomes["done"], running.journal.taken_back) == (1, [])
    writer.close()


async def test_who_talks_while_we_think_is_kept_waiting(
    running: Running,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.5)
    running.customers.hangs = True
    _, writer = await asyncio.open_connection("127.0.0.1", running.server.port)
    writer.write(f"{REQUEST}\n".encode() + b"200 result=0\n" * 1_000_000)
    await eventually(lambda: bool(running.customers.asked))
    await asyncio.sleep(0.1)
    sessions = [each for each in gc.get_objects() if isinstance(each, Session)]
    kept = max(len(session._heard) for session in sessions)
    assert 0 < kept <= 2 * ENVIRONMENT_LIMIT + LARGEST_READ
    await running.outcome("timeout")
    running.customers.hangs = False
    await running.still_serves()
    writer.transport.abort()
