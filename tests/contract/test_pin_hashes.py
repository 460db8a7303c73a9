"""The process that compares PINs: whatever becomes of it, callers are told in time."""

import asyncio
import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from structlog.testing import capture_logs

from ivr.domain.calls.incoming_call import PinCaller
from ivr.store import peppers, pin_process
from ivr.store.pin_hashes import PinHashes
from ivr.store.pins import DatabasePins, hashed
from tests.conftest import until
from tests.contract.test_pins import OTHER, OWN, PIN, Asking, kept
from tests.contract.test_store import NUMBER, add
from tests.wire.fake_ami import eventually

DEADLINE, SLACK = 1.0, 1.0  # seconds; the slack is for a busy machine


@pytest.fixture
def tries(engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    """C1's PIN, which has the newest pepper; its process has answered once."""
    file = tmp_path / "secrets/pepper"
    peppers.add(file)
    add(engine, "C1", NUMBER, pin_hash=hashed(PIN, cheap=True, known=peppers.load(file)))
    made = DatabasePins(engine, deadline=10, pepper_file=file)
    asking = Asking(made, caller=OWN)
    asyncio.run(until_right(asking))
    made._deadline = DEADLINE
    yield asking
    made.close()


def pid_of(of: DatabasePins) -> int:
    assert of._hashes._process is not None
    return of._hashes._process._process.pid


def runs(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def unread(of: DatabasePins) -> int:
    """Bytes that the process was sent, and has not read."""
    assert of._hashes._process is not None
    stream = of._hashes._process._stream
    count: int = struct.unpack("i", fcntl.ioctl(stream, termios.TIOCOUTQ, b"\0" * 4))[0]
    return count


async def stopped(tries: Asking, pin: str = PIN) -> "asyncio.Task[str]":
    """A try that waits for the process, which stands still."""
    os.kill(pid_of(tries.pins), signal.SIGSTOP)
    trying = asyncio.create_task(tries(pin))
    await eventually(lambda: unread(tries.pins) > 0)
    return trying


async def until_right(tries: Asking) -> None:
    """The next try is right, however long it takes: on a busy machine longer than callers wait.

    What has waited too long for the thread is asked again; that is no try, and `kept` has none.
    """
    tries.pins._deadline = 30
    async with asyncio.timeout(30):
        while await tries(PIN) != "right":
            pass


async def test_one_process_compares_all_and_lets_calls_go_first(tries: Asking) -> None:
    first = pid_of(tries.pins)
    assert [await tries(pin) for pin in (PIN, OTHER, PIN)] == ["right", "wrong", "right"]
    assert pid_of(tries.pins) == first
    here = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, first) == min(here + pin_process.NICE, 19)


async def test_it_begins_when_a_caller_may_be_asked(engine: Engine) -> None:
    made = DatabasePins(engine)
    assert made._hashes._process is None
    assert made.may_ask(PinCaller("carrier"), 0.0)
    await eventually(lambda: made._hashes._process is not None)
    assert runs(pid := pid_of(made))
    made.close()
    assert not runs(pid)
    assert made.may_ask(OWN, 0.0), "the service ends: that is no harm to a call"


async def test_killed_while_a_caller_waits(engine: Engine, tries: Asking) -> None:
    tries.pins._deadline = 60
    before, trying = pid_of(tries.pins), await stopped(tries)
    with capture_logs() as logs:
        began = time.monotonic()
        os.kill(before, signal.SIGKILL)
        assert await trying == "unavailable"
        assert time.monotonic() - began < SLACK
    assert [line["log_level"] for line in logs] == ["warning"]
    await until_right(tries)
    assert pid_of(tries.pins) != before
    assert kept(engine) == [True, None, True], "it was no wrong try"


async def test_killed_in_the_middle_of_a_hash(tries: Asking) -> None:
    of, before = tries.pins._hashes, pid_of(tries.pins)
    dear = hashed(PIN, cheap=True).replace("m=8,t=1,", "m=65536,t=15,")  # a second
    os.kill(before, signal.SIGSTOP)
    asked = asyncio.to_thread(of.compared, dear, PIN, peppers.NONE, time.monotonic() + 60)
    comparing = asyncio.create_task(asked)
    await eventually(lambda: unread(tries.pins) > 0)
    os.kill(before, signal.SIGCONT)
    await eventually(lambda: unread(tries.pins) == 0)
    began = time.monotonic()
    os.kill(before, signal.SIGKILL)
    assert await comparing == "unavailable"
    assert time.monotonic() - began < SLACK
    await until_right(tries)


async def test_killed_while_nobody_waits(engine: Engine, tries: Asking) -> None:
    os.kill(before := pid_of(tries.pins), signal.SIGKILL)
    await eventually(lambda: not runs(before))
    await until_right(tries)
    assert kept(engine) == [True, True], "nobody was told that it cannot be said"


async def test_one_that_stands_still_has_until_the_deadline(engine: Engine, tries: Asking) -> None:
    before, began = pid_of(tries.pins), time.monotonic()
    assert await (await stopped(tries)) == "unavailable"
    assert time.monotonic() - began < DEADLINE + SLACK
    await eventually(lambda: not runs(before))
    await until_right(tries)
    assert kept(engine) == [True, None, True]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_what_ends_the_service_does_not_end_it(tries: Asking, number: int) -> None:
    before = pid_of(tries.pins)
    os.kill(before, number)
    await until_right(tries)
    assert pid_of(tries.pins) == before


async def test_closing_waits_for_nobody(tries: Asking) -> None:
    tries.pins._deadline = 60
    before, trying = pid_of(tries.pins), await stopped(tries)
    began = time.monotonic()
    tries.pins.close()
    assert await trying == "unavailable"
    assert time.monotonic() - began < SLACK
    assert not runs(before)


async def test_one_that_cannot_start(
    engine: Engine,
    tries: Asking,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    os.kill(before := pid_of(tries.pins), signal.SIGKILL)
    await eventually(lambda: not runs(before))
    for program in ("/nowhere/python", "/bin/false"):
        with monkeypatch.context() as patched:
            patched.setattr(sys, "executable", program)
            assert await tries(PIN) == "unavailable"
    await until_right(tries)
    assert kept(engine) == [True, None, None, True]


def test_it_ends_with_a_service_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "service.py"
    program.write_text(
        textwrap.dedent("""
        import os, signal, sys, time
        from ivr.store.peppers import NONE
        from ivr.store.pin_hashes import PinHashes

        hashes = PinHashes()
        assert hashes.compared(sys.stdin.read(), "86420975", NONE, time.monotonic() + 30) == "right"
        print(hashes._process._process.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
        """)
    )
    done = subprocess.run(
        [sys.executable, str(program)],
        input=hashed(PIN, cheap=True),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    until(lambda: not runs(int(done.stdout)))


@pytest.mark.abuse
async def test_nothing_of_it_is_where_others_look(
    engine: Engine, tries: Asking, capfd: pytest.CaptureFixture[str]
) -> None:
    """In the list of processes, in what it began with, in logs: no PIN, pepper or hash."""
    assert tries.pins._pepper_file is not None
    newest = peppers.load(tries.pins._pepper_file).known[0]
    with capture_logs() as logs:
        trying = await stopped(tries, OTHER)
        here = Path(f"/proc/{pid_of(tries.pins)}")
        seen = [(here / name).read_bytes().decode() for name in ("cmdline", "environ", "comm")]
        assert await trying == "unavailable"
        tries.pins._deadline = 10
        assert await tries(OTHER) == "wrong"
    assert "ivr.store.pin_process" in seen[0]
    told = "".join(seen) + str(logs) + str(capfd.readouterr()) + repr(tries.pins._hashes)
    mixed = newest.mixed(PIN), newest.mixed(OTHER)
    for secret in (PIN, OTHER, newest.secret.hex(), *mixed, "argon2id"):
        assert secret not in told


def test_a_request_that_is_none_is_unavailable() -> None:
    for request in ("", "compare", "compare x", "compare x y", "compare x y z", "renew x y"):
        assert pin_process.answer(f"{request}\n") == "unavailable"


def test_what_argon2_says_is_not_repeated_there(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    class Telltale(PasswordHasher):
        def hash(self, password: Any, *, salt: bytes | None = None) -> str:
            raise ValueError(f"cannot hash {password}")

        def verify(self, hash: Any, password: Any) -> Any:  # noqa: A002 - its name
            raise ValueError(f"cannot verify {password}")

    cheap = hashed(PIN, cheap=True)
    monkeypatch.setattr(pin_process, "PasswordHasher", Telltale)
    for what in ("compare", "renew"):
        assert pin_process.answer(f"{what} {cheap} {PIN}\n") == "unavailable"
    assert PIN not in str(capfd.readouterr())


def test_after_the_end_it_cannot_be_said() -> None:
    hashes = PinHashes()
    hashes.close()
    assert hashes.compared("x", PIN, peppers.NONE, time.monotonic() + 1) == "unavailable"
    assert hashes.renewed("x", PIN, peppers.NONE, time.monotonic() + 1) == ""
    assert hashes._process is None


def test_it_imports_little() -> None:
    """So that it is there soon, and needs little memory."""
    program = "import sys, ivr.store.pin_process; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "argon2" in imported
    assert not imported & {"sqlalchemy", "structlog", "pydantic", "asyncio", "subprocess"}
    ours = {name for name in imported if name.startswith("ivr")}
    assert ours == {"ivr", "ivr.store", "ivr.store.pin_process"}
