"""A worker of a scenario run ends its stack, whatever ends the worker."""

import asyncio
import contextlib
import signal
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from ivr.errors import LabError
from ivr.qa.scenarios import run, worker
from tests.conftest import until


class FakeStack:
    closed = False

    def __init__(self, close: Exception | None = None) -> None:
        self._close = close

    async def open(self) -> None:
        await asyncio.sleep(0)

    async def versions(self) -> dict[str, str]:
        return {}

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.closed = True
        if self._close:
            raise self._close


class FakeConnection:
    def __init__(self, recv: type[BaseException] | None = None) -> None:
        self._recv = recv

    def send(self, said: object) -> None:
        pass

    def recv(self) -> None:
        if self._recv:
            raise self._recv


def work(connection: FakeConnection, stack: FakeStack, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    try:
        asyncio.run(worker._work(cast(Any, connection), 1, lambda _: cast(Any, stack), tmp_path))
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("how", [KeyboardInterrupt, EOFError])
def test_interrupted_between_two_scenarios(how: type[BaseException], tmp_path: Path) -> None:
    stack = FakeStack()
    with pytest.raises(how):
        work(FakeConnection(how), stack, tmp_path)
    assert stack.closed


def test_interrupted_while_it_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run ends its workers when the last scenario is over: the signal comes before it is ignored, as a rule."""
    stack, real = FakeStack(), signal.signal

    def interrupted(number: signal.Signals, handler: Any) -> object:
        if (number, handler) != (signal.SIGTERM, signal.SIG_IGN):
            return real(number, handler)
        monkeypatch.setattr(signal, "signal", real)
        raise KeyboardInterrupt

    monkeypatch.setattr(signal, "signal", interrupted)
    with pytest.raises(KeyboardInterrupt):
        work(FakeConnection(), stack, tmp_path)
    assert stack.closed


def test_a_stack_that_cannot_be_removed_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work(FakeConnection(), FakeStack(LabError("it is still there: remove it by hand")), tmp_path)
    assert capsys.readouterr().err == "ivr: it is still there: remove it by hand\n"


class DeafStack(FakeStack):
    """Loses an interruption, as `wait_for` may."""

    def __init__(self, folder: Path, number: int) -> None:
        super().__init__()
        self._folder = folder

    async def open(self) -> None:
        (self._folder / "open").touch()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(3600)
        await asyncio.sleep(3600)

    async def close(self) -> None:
        (self._folder / "closed").touch()


@pytest.mark.thorough
def test_a_worker_that_loses_an_interruption_is_interrupted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_ASK_AGAIN_SECONDS", 0.1)
    at_work = run._ScenarioWorker(1, cast(Any, partial(DeafStack, tmp_path)), tmp_path)
    until((tmp_path / "open").exists, 60)
    at_work.process.terminate()
    at_work.stop()
    assert at_work.process.exitcode == 0
    assert (tmp_path / "closed").exists()
