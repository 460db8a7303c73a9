"""The socket on which the live state is told: to whom, how fast, and at whose cost."""

import asyncio
import json
import os
import socket
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from structlog.testing import capture_logs

from ivr.errors import SettingError
from ivr.service import live_socket as module
from ivr.service.live_socket import LiveSocket, listening
from tests.wire.fake_ami import eventually

HELLO = {"node": "here", "boot": "1", "version": "0"}


class Reader:
    """Somebody who reads."""

    ends: ClassVar[list[socket.socket]] = []

    def __init__(self, path: Path) -> None:
        self.end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.end.setblocking(False)
        self.end.connect(str(path))
        self.ends.append(self.end)
        self.text = b""
        self.ended = False

    def read(self) -> None:
        while not self.ended:
            try:
                came = self.end.recv(1 << 20)
            except BlockingIOError:
                return
            except ConnectionResetError:
                came = b""
            self.text += came
            self.ended = not came

    @property
    def lines(self) -> list[dict[str, Any]]:
        self.read()
        return [json.loads(line) for line in self.text.split(b"\n")[:-1]]

    @property
    def states(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["type"] == "state"]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(module, "_FRESH_SECONDS", 0.0)
    yield
    while Reader.ends:
        Reader.ends.pop().close()


@asynccontextmanager
async def told(
    path: Path,
    parts: Callable[[], dict[str, Any]] = lambda: {"callers": {"at": 1.0, "rows": []}},
    may_read: Callable[[socket.socket, int], bool] = module.may_read,
) -> AsyncIterator[LiveSocket]:
    made = LiveSocket(path, HELLO, parts, may_read)
    task = asyncio.create_task(made.run())
    try:
        await eventually(lambda: path.is_socket() and stat.S_IMODE(path.stat().st_mode) == 0o660)
        yield made
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "live.sock"


async def test_hello_and_then_one_state_after_the_other(path: Path) -> None:
    async with told(path):
        reader = Reader(path)
        await eventually(lambda: len(reader.states) >= 3)
    hello, *states = reader.lines
    assert hello == {"type": "hello", **HELLO}
    numbers = [state["seq"] for state in states]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert states[0]["callers"] == {"at": 1.0, "rows": []}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not is_there(path), "taken away in the end"


async def test_a_state_is_made_once_for_all_and_not_while_nobody_reads(path: Path) -> None:
    made = 0

    def parts() -> dict[str, Any]:
        nonlocal made
        made += 1
        return {}

    async with told(path, parts) as live:
        readers = [Reader(path) for _ in range(10)]
        await eventually(lambda: live.readers == 10 and all(len(r.states) > 20 for r in readers))
        assert made <= max(state["seq"] for state in readers[0].states) + 10
        for reader in readers:
            reader.end.close()
        await eventually(lambda: live.readers == 0)
        before = made
        await asyncio.sleep(0.05)
        assert made == before


async def test_who_does_not_read_is_dropped_and_another_gets_all(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_UNREAD_BYTES", 300_000)
    async with told(path, lambda: {"much": "x" * 100_000}) as live:
        slow, quick = Reader(path), Reader(path)
        await eventually(lambda: live.readers == 2)
        await eventually(lambda: len(quick.states) > 3 and live.readers == 1)
        seen = len(quick.states)
        await eventually(lambda: len(quick.states) > seen + 5)
        numbers = [state["seq"] for state in quick.states]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        slow.read()
        assert slow.ended
        assert len(slow.text) < 300_000 + 1_000_000


async def test_somebody_else_is_refused_with_a_word(path: Path) -> None:
    async with told(path, may_read=lambda peer, group: False) as live:
        reader = Reader(path)
        await eventually(lambda: bool(reader.lines) and reader.ended)
        assert reader.lines == [{"type": "refused", "why": "this user may not read it"}]
        assert live.readers == 0


@pytest.mark.parametrize(
    ("uid", "gid", "groups", "may"),
    [
        (os.geteuid(), 9, [], True),
        (0, 0, [], True),
        (4711, 9, [], False),
        (4711, 77, [], True),
        (4711, 9, [5, 77], True),
        (4711, 9, [5, 78], False),
        (4711, 9, None, False),
    ],
)
def test_who_may_read(uid: int, gid: int, groups: list[int] | None, may: bool) -> None:
    """The kernel is asked who it is; a name service is not."""

    class Peer:
        def getsockopt(self, level: int, what: int, size: int) -> bytes:
            if what == socket.SO_PEERCRED:
                return module._PEER.pack(1, uid, gid)
            if groups is None:
                raise OSError
            return b"".join(each.to_bytes(4, "little") for each in groups)

    assert module.may_read(Peer(), 77) is may  # type: ignore[arg-type]


async def test_what_a_reader_says_is_nothing_up_to_a_limit(path: Path) -> None:
    async with told(path) as live:
        reader = Reader(path)
        reader.end.send(b"x" * 4000)
        await eventually(lambda: len(reader.states) > 3)
        assert live.readers == 1
        reader.end.send(b"x" * 200)
        await eventually(lambda: live.readers == 0)


async def test_readers_have_a_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_READERS", 3)
    async with told(path) as live:
        readers = [Reader(path) for _ in range(3)]
        await eventually(lambda: live.readers == 3)
        late = Reader(path)
        await eventually(lambda: bool(late.lines))
        assert late.lines == [{"type": "refused", "why": "too many read already"}]
        readers[0].end.close()
        await eventually(lambda: live.readers == 2)
        again = Reader(path)
        await eventually(lambda: bool(again.states))


def is_there(path: Path) -> bool:
    return path.exists()


def take_away(path: Path) -> None:
    path.unlink()


def left_behind(path: Path) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as old:
        old.bind(str(path))


async def test_a_socket_that_was_left_behind_is_replaced(path: Path) -> None:
    left_behind(path)
    async with told(path):
        reader = Reader(path)
        await eventually(lambda: bool(reader.states))


async def test_one_that_somebody_listens_on_is_not(path: Path) -> None:
    async with told(path):
        with capture_logs() as logs:
            second = LiveSocket(path, HELLO, dict)
            task = asyncio.create_task(second.run())
            await eventually(lambda: bool(logs))
            await asyncio.sleep(0.05)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        assert len(logs) == 1
        assert "another service listens there" in logs[0]["why"]
        reader = Reader(path)
        await eventually(lambda: bool(reader.states))


async def test_what_somebody_took_away_is_there_again(path: Path) -> None:
    async with told(path) as live:
        before = Reader(path)
        await eventually(lambda: live.readers == 1)
        take_away(path)
        await eventually(path.is_socket)
        after = Reader(path)
        await eventually(lambda: live.readers == 2)
        await eventually(lambda: bool(after.states) and bool(before.states))


def test_nothing_else_is_taken_away(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("mine")
    with pytest.raises(SettingError, match="something else lies there"):
        listening(path)
    assert path.read_text() == "mine"
    with pytest.raises(SettingError, match="107 bytes"):
        listening(path.with_name("x" * 120))


async def test_a_mistake_of_ours_ends_nothing(path: Path) -> None:
    is_broken = True

    def parts() -> dict[str, Any]:
        if is_broken:
            raise RuntimeError
        return {}

    async with told(path, parts):
        reader = Reader(path)
        await eventually(lambda: len(reader.lines) == 1)
        is_broken = False
        await eventually(lambda: bool(reader.states))
