"""A process that is kept: it is started again, whatever it ended by."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from ivr import kept_process
from ivr.kept_process import KeptProcess
from tests.wire.fake_ami import eventually

START = 60.0  # seconds for a process, on a busy machine
MODULE = "kept_by_a_test"
NO_PYTHON = SimpleNamespace(executable="/nowhere/python")
ENDS = "open({!r}, 'a').write('x'); raise SystemExit(1)"


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many times the process has begun. It ends at once."""
    made = tmp_path / "began"
    made.touch()
    (tmp_path / f"{MODULE}.py").write_text(ENDS.format(str(made)))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return lambda: len(made.read_text())


async def test_one_that_cannot_be_started_is_started_later(
    begun: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process or descriptor is free, for a while."""
    monkeypatch.setattr(kept_process, "sys", NO_PYTHON)
    kept = KeptProcess("test", MODULE, lambda: None)
    kept.start(())
    await asyncio.sleep(0.3)
    monkeypatch.setattr(kept_process, "sys", sys)
    await eventually(lambda: begun() > 0, START)
    await kept.close(0.1)


async def test_closing_one_that_cannot_be_started_harms_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_process, "sys", NO_PYTHON)
    kept = KeptProcess("test", MODULE, lambda: None)
    kept.start(())
    await asyncio.sleep(0.1)
    await kept.close(0.5)


async def test_one_that_is_killed_before_it_is_told_is_started_again(
    begun: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With uvloop, who speaks to it finds a handle that is closed."""
    killed: list[int] = []
    communicate = asyncio.subprocess.Process.communicate

    async def told(self: asyncio.subprocess.Process, what: bytes) -> object:
        if not killed:
            killed.append(self.pid)
            self.kill()
            raise RuntimeError("the handler is closed")
        return await communicate(self, what)

    monkeypatch.setattr(asyncio.subprocess.Process, "communicate", told)
    kept = KeptProcess("test", MODULE, lambda: None)
    kept.start(())
    await eventually(lambda: begun() > 0, START)
    await kept.close(0.1)
    assert killed
