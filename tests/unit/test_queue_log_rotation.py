"""Following Asterisk's queue_log when it is renamed, packed, cut or deleted."""

import gzip
import os
import shutil
import time
from pathlib import Path

import pytest

from ivr.asterisk_files import queue_log
from ivr.asterisk_files.queue_log import LogPosition
from ivr.asterisk_files.queue_log_file import FoundFile, files_of
from tests.queue_logs import (
    ROTATIONS,
    START,
    Change,
    everything,
    following,
    interrupted,
    line,
    packed,
    read_up_to,
    rotated_and_packed,
    rotated_by_asterisk,
    rotated_by_logrotate,
    write,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "queue_log"


@pytest.fixture(params=["goes on", "starts again"])
def again(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "starts again")


@pytest.mark.parametrize("rotate", ROTATIONS)
def test_it_is_followed_through_rotations(path: Path, rotate: Change, *, again: bool) -> None:
    write(path, -20, -19)  # of long before
    rotate(path)
    write(path, 1, 2, 3, 4)
    with interrupted(path, 2, again=again) as follower:
        write(path, 5)
        rotate(path)
        write(path, 6, 7)
        rotate(path)
        write(path, 8)
        rotate(path)
        write(path, 9, 10, 11)
        assert everything(follower) == ([3, 4, 5, 6, 7, 8, 9, 10, 11], [])
        write(path, 12)
        assert everything(follower) == ([12], [])


@pytest.mark.parametrize("rotate", ROTATIONS)
def test_a_start_in_the_middle_of_old_files(path: Path, rotate: Change) -> None:
    """Each line of each file is gone on from, whatever has happened since."""
    positions: list[LogPosition] = []
    with following(path) as follower:
        for begin in range(0, 16, 4):
            write(path, *range(begin, begin + 4))
            positions += [position for position, _ in follower.read(10).lines]
            if begin < 12:
                rotate(path)
    for number, position in enumerate(positions):
        with following(path, position) as follower:
            assert everything(follower, 2) == ([*range(number + 1, 16)], [])


def test_a_renamed_file_is_read_until_there_is_a_new_one(path: Path, *, again: bool) -> None:
    old = path.with_name("queue_log.1")
    write(path, 1)
    with interrupted(path, 1, again=again) as follower:
        path.rename(old)
        assert everything(follower) == ([], [])
        write(old, 2)
        assert everything(follower) == ([2], [])
        path.touch()  # logrotate's `create`; Asterisk has not opened it
        assert everything(follower) == ([], [])
        write(old, 3, 4)
        write(path, 5)
        assert everything(follower) == ([3, 4, 5], [])


def test_the_old_files_last_lines_are_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the end of the old file and the look at the new one, lines may come to both."""
    old = path.with_name("queue_log.1")
    write(path, 1)
    with following(path) as follower:
        assert everything(follower) == ([1], [])
        path.rename(old)

        def meanwhile(where: Path) -> list[FoundFile]:
            found = files_of(where)
            write(old, 2)
            write(path, 3)
            monkeypatch.setattr(queue_log, "files_of", files_of)
            return found

        monkeypatch.setattr(queue_log, "files_of", meanwhile)
        assert everything(follower) == ([2], [])
        assert everything(follower) == ([3], [])


def test_a_file_that_is_deleted_is_read_to_its_end_while_it_is_open(path: Path) -> None:
    write(path, 1, 2, 3)
    with interrupted(path, 1, again=False) as follower:
        path.unlink()
        write(path, 4)
        assert everything(follower) == ([2, 3, 4], [])


def test_a_file_that_is_cut_is_a_loss(path: Path, *, again: bool) -> None:
    write(path, 1, 2, 3)
    with interrupted(path, 2, again=again) as follower:
        os.truncate(path, 0)
        write(path, 7)
        found, losses = everything(follower)
        assert found == [7]
        assert [(loss.since, loss.until) for loss in losses] == [(START + 2, START + 7)]
        assert "was cut" in losses[0].why
        write(path, 8)
        assert everything(follower) == ([8], [])


def test_a_file_that_is_cut_and_longer_again_is_a_loss(path: Path, *, again: bool) -> None:
    write(path, 1, 2, 3)
    with interrupted(path, 2, again=again) as follower:
        os.truncate(path, 0)
        write(path, *range(7, 20))
        found, losses = everything(follower)
        assert found == [*range(7, 20)]
        assert [(loss.since, loss.until) for loss in losses] == [(START + 2, START + 7)]


def test_a_copy_is_read_on_when_the_file_is_cut(path: Path, *, again: bool) -> None:
    """`copytruncate`."""
    write(path, 1, 2, 3)
    with interrupted(path, 2, again=again) as follower:
        shutil.copy2(path, path.with_name("queue_log.1"))
        os.truncate(path, 0)
        assert everything(follower) == ([3], [])
        write(path, 4)
        assert everything(follower) == ([4], [])


def test_a_file_that_is_gone_is_a_loss(path: Path) -> None:
    write(path, 1, 2, 3)
    position = read_up_to(path, 2)
    path.unlink()
    write(path.with_name("queue_log.2"), -9, -8)  # of before: nobody asks for it again
    write(path.with_name("queue_log.1"), 6, 7)
    write(path, 8)
    with following(path, position) as follower:
        found, losses = everything(follower)
    assert found == [6, 7, 8]
    assert [(loss.since, loss.until) for loss in losses] == [(START + 2, START + 6)]
    unknown = LogPosition(position.inode, position.offset, position.first_line)
    with following(path, unknown) as follower:
        found, losses = everything(follower)
    assert found == [-9, -8, 6, 7, 8]
    assert [(loss.since, loss.until) for loss in losses] == [(None, START - 9)]


def test_another_file_with_the_same_inode_is_not_taken_for_it(path: Path) -> None:
    """An inode is used again, soon."""
    write(path, 1, 2, 3)
    position = read_up_to(path, 2)
    packed(path)
    path.with_name("queue_log.gz").rename(path.with_name("queue_log.1.gz"))
    write(path, 4, 5, 6, 7)
    position = LogPosition(path.stat().st_ino, position.offset, position.first_line, position.at)
    with following(path, position) as follower:
        assert everything(follower) == ([3, 4, 5, 6, 7], [])


@pytest.mark.parametrize("rotate", [rotated_by_asterisk, rotated_by_logrotate])
def test_files_of_one_second_are_told_apart(path: Path, rotate: Change, *, again: bool) -> None:
    write(path, 1, 2)
    with interrupted(path, 1, again=again) as follower:
        for name in "ABC":
            rotate(path)
            path.write_text(f"{line(3, 'CONFIGRELOAD|')}\n{line(3, f'{name}|')}\n")
        read = follower.read(10)
        told = [text.split("|")[4] for _, text in read.lines if "CONFIG" not in text]
        assert told == ["ABANDON", "A", "B", "C"]
    for number, (position, _) in enumerate(read.lines):
        with following(path, position) as follower:
            assert follower.read(10).lines == read.lines[number + 1 :]


def test_an_empty_file_is_rotated(path: Path, *, again: bool) -> None:
    write(path.with_name("queue_log.1"), -2, -1)
    old = time.time() - 100_000
    os.utime(path.with_name("queue_log.1"), (old, old))
    path.touch()
    with following(path) as follower:
        assert follower.read(5).at_end
        position = follower.position
        rotated_by_logrotate(path)
        path.write_text(f"{int(time.time()) + 1}|NONE|NONE|NONE|QUEUESTART|\n")
        if not again:
            assert [text[-11:-1] for _, text in follower.read(5).lines] == ["QUEUESTART"]
    if again:
        with following(path, position) as follower:
            assert "QUEUESTART" in follower.read(5).lines[-1][1]


def test_copies_are_not_read_again(path: Path, *, again: bool) -> None:
    write(path, 1, 2)
    with interrupted(path, 1, again=again) as follower:
        for number in (3, 5):
            rotated_by_logrotate(path)
            write(path, number, number + 1)
        for old in [path, *path.parent.glob("queue_log.*")]:
            shutil.copy(old, old.with_name(f"{old.name}-copy"))
            half = gzip.compress(old.read_bytes())[:-9]
            old.with_name(f"{old.name}.gz").write_bytes(half)  # it is being packed
            early = old.with_name(f"{old.name}.0")  # copied when there was only one line in it
            early.write_text(f"{old.read_text().splitlines()[0]}\n")
            os.utime(early, (START, START))
        assert everything(follower) == ([2, 3, 4, 5, 6], [])


def test_what_is_no_log_is_left_alone(path: Path, *, again: bool) -> None:
    write(path, 1, 2)
    with interrupted(path, 1, again=again) as follower:
        rotated_by_logrotate(path)
        path.with_name("queue_log.txt").write_text("what to do with it\n")
        path.with_name("queue_log.d").mkdir()
        os.mkfifo(path.with_name("queue_log.fifo"))
        path.with_name("queue_log.2.gz").write_bytes(b"\x1f\x8bnothing of the kind")
        path.with_name("queue_log.link").symlink_to("/dev/zero")
        write(path, 3)
        assert everything(follower) == ([2, 3], [])


def test_a_packed_file_that_is_broken_is_a_loss(path: Path) -> None:
    write(path, *range(5000))
    position = read_up_to(path, 10)
    whole = gzip.compress(path.read_bytes())
    path.unlink()
    path.with_name("queue_log.1.gz").write_bytes(whole[: len(whole) // 2])
    write(path, 6000)
    with following(path, position) as follower:
        found, losses = everything(follower, 500)
    assert found[0] == 10
    assert found[:-1] == [*range(10, 9 + len(found))]
    assert found[-1] == 6000
    assert [(loss.since, loss.until) for loss in losses] == [(START + found[-2], START + 6000)]


def test_more_lines_than_memory_is_given(path: Path) -> None:
    """A packed file is unpacked once, however many reads it takes."""
    write(path, *range(3000))
    position = read_up_to(path, 1)
    rotated_and_packed(path)
    write(path, 3000)
    with following(path, position) as follower:
        assert everything(follower, 7) == ([*range(1, 3001)], [])
