"""Following Asterisk's queue_log."""

import os
from pathlib import Path

import pytest

from ivr.asterisk_files import queue_log
from ivr.asterisk_files.queue_log import LogPosition, QueueLogFollower, Read
from ivr.errors import FileError
from tests.queue_logs import (
    START,
    Change,
    everything,
    following,
    line,
    numbers,
    rotated_and_packed,
    write,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue_log"


@pytest.fixture(params=["goes on", "starts again"])
def again(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "starts again")


def test_lines_come_once_each_with_the_position_behind_it(path: Path) -> None:
    write(path, 1, 2, 3)
    with following(path) as follower:
        first = follower.read(2)
        assert [text for _, text in first.lines] == [line(1), line(2)]
        assert not first.at_end
        write(path, 4)
        assert everything(follower) == ([3, 4], [])
        assert everything(follower) == ([], [])
    for position, text in first.lines:
        with following(path, position) as follower:
            assert numbers(follower.read(1)) == [int(text.split("|")[0]) - START + 1]
    assert first.lines[-1][0].at == START + 2


def test_a_new_installation_begins_at_the_end(path: Path) -> None:
    write(path, 1, 2)
    follower = QueueLogFollower(path, None, from_start=False)
    assert follower.read(10) == Read((), (), at_end=True)
    position = follower.position
    write(path, 3)
    assert everything(follower) == ([3], [])
    follower.close()
    with following(path, position) as follower:  # it is known before a line was read
        assert everything(follower) == ([3], [])


def test_a_line_that_is_not_whole_waits(path: Path) -> None:
    write(path, 1)
    with path.open("a") as file:
        file.write(line(2)[:20])
    with following(path) as follower:
        assert everything(follower) == ([1], [])
        with path.open("a") as file:
            file.write(line(2)[20:])
        assert everything(follower) == ([], [])
        with path.open("a") as file:
            file.write("\n")
        assert follower.read(5).lines[0][1] == line(2)
    end = QueueLogFollower(path, None, from_start=False)
    with path.open("a") as file:
        file.write(line(3)[:20])
    assert end.read(5).lines == ()
    with path.open("a") as file:
        file.write(line(3)[20:] + "\n")
    assert [text for _, text in end.read(5).lines] == [line(3)]  # and not the rest of it
    end.close()


@pytest.mark.parametrize("length", [0, 20])
def test_a_file_may_have_no_line_at_first(path: Path, length: int, *, again: bool) -> None:
    path.write_text(line(0)[:length])
    with following(path) as follower:
        assert follower.read(5) == Read((), (), at_end=True)
        position = follower.position
        with path.open("a") as file:
            file.write(line(0)[length:] + "\n")
        write(path, 1)
        if not again:
            assert len(follower.read(5).lines) == 2
    with following(path, position) as follower:
        path.rename(path.with_name("queue_log.1"))
        write(path, 2)
        assert [text for _, text in follower.read(5).lines] == [line(0), line(1), line(2)]


def test_bytes_that_are_no_text_and_lines_that_do_not_end(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"1|\xff\xfe|\x00\n" + b"2|" + b"x" * 100_000 + b"\n")
        file.write(line(3).encode() + b"\n")
    with following(path) as follower:
        texts = [text for _, text in follower.read(10).lines]
    assert texts[0] == "1|\ufffd\ufffd|\x00"
    assert texts[1] == ("2|" + "x" * 100_000)[:10_000]
    assert texts[2] == line(3)


def test_a_read_ends_soon(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_log, "MOST_BYTES", 100_000)
    path.write_bytes(b"x" * 500_000)
    with following(path) as follower:
        reads = [follower.read(10) for _ in range(8)]
        assert [read.at_end for read in reads[:4]] == [False] * 4
        assert reads[-1].at_end
        with path.open("a") as file:
            file.write("\n" + line(1) + "\n")
        assert [len(text) for _, text in follower.read(10).lines] == [10_000, len(line(1))]


def as_folder(path: Path) -> None:
    path.mkdir()


def as_fifo(path: Path) -> None:
    os.mkfifo(path)


def as_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def as_nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


def as_loop(path: Path) -> None:
    path.symlink_to(path)


KINDS = [as_folder, as_fifo, as_device, as_nothing, as_loop]


@pytest.mark.parametrize("make", KINDS)
def test_what_cannot_be_followed_is_said(path: Path, make: Change) -> None:
    make(path)
    for position in (None, LogPosition(1, 2, "3")):
        follower = QueueLogFollower(path, position, from_start=False)
        for _ in range(2):
            with pytest.raises(FileError, match="queue_log: cannot be read"):
                follower.read(10)
    if path.is_symlink() or path.is_fifo():
        path.unlink()
    elif path.is_dir():
        path.rmdir()
    write(path, 1)
    assert follower.read(10).at_end  # and once it is mended, it goes on
    follower.close()


@pytest.mark.parametrize("make", [each for each in KINDS if each is not as_nothing])
def test_what_comes_in_its_place_is_said(path: Path, make: Change) -> None:
    write(path, 1, 2)
    with following(path) as follower:
        follower.read(1)
        path.rename(path.with_name("queue_log.1"))
        make(path)
        with pytest.raises(FileError, match="queue_log: cannot be read"):
            everything(follower)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_said(path: Path) -> None:
    write(path, 1)
    path.chmod(0)
    with pytest.raises(FileError, match="permission denied"):
        QueueLogFollower(path, None, from_start=False).read(1)


def test_no_more_than_one_file_is_kept_open(path: Path) -> None:
    def open_files() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    before = open_files()
    write(path, 1, 2)
    with following(path) as follower:
        for number in range(3, 9):
            everything(follower)
            rotated_and_packed(path)
            write(path, number)
            assert open_files() <= before + 1
        for broken in (as_folder, as_fifo):
            rotated_and_packed(path)
            broken(path)
            for _ in range(3):
                with pytest.raises(FileError):
                    everything(follower)
            path.rmdir() if path.is_dir() else path.unlink()
            write(path, 20)
    assert open_files() == before
