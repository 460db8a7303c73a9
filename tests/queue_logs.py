"""A queue_log for tests, its rotations, and a follower of it."""

import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ivr.asterisk_files.queue_log import LogPosition, Loss, QueueLogFollower, Read

Change = Callable[[Path], None]
START = 1_700_000_000


def line(number: int, what: str = "ABANDON|1|1|5") -> str:
    return f"{START + number}|pbx-{number}.1|sales|NONE|{what}"


def write(path: Path, *numbers: int) -> None:
    with path.open("a") as file:
        file.writelines(f"{line(number)}\n" for number in numbers)


def numbers(read: Read) -> list[int]:
    return [int(text.split("|")[0]) - START for _, text in read.lines]


def everything(follower: QueueLogFollower, most_lines: int = 3) -> tuple[list[int], list[Loss]]:
    """Read to the end, a few lines at once."""
    found: list[int] = []
    losses: list[Loss] = []
    for _ in range(1000):
        read = follower.read(most_lines)
        found += numbers(read)
        losses += read.losses
        if read.at_end:
            return found, losses
    raise AssertionError("it does not end")


@contextmanager
def following(path: Path, position: LogPosition | None = None) -> Iterator[QueueLogFollower]:
    follower = QueueLogFollower(path, position, from_start=position is None)
    try:
        yield follower
    finally:
        follower.close()


def read_up_to(path: Path, many: int) -> LogPosition:
    """The position behind the first lines."""
    with following(path) as follower:
        read = follower.read(many)
    assert len(read.lines) == many
    return read.lines[-1][0]


@contextmanager
def interrupted(path: Path, many: int, *, again: bool) -> Iterator[QueueLogFollower]:
    """A follower that has read the first lines; perhaps another one that goes on from there."""
    with following(path) as follower:
        position = follower.read(many).lines[-1][0]
        if not again:
            yield follower
    if again:
        with following(path, position) as follower:
            yield follower


def rotated_by_asterisk(path: Path) -> None:
    """To the lowest free number: .0 is the oldest."""
    free = next(n for n in range(100) if not path.with_name(f"queue_log.{n}").exists())
    path.rename(path.with_name(f"queue_log.{free}"))


def rotated_by_logrotate(path: Path) -> None:
    """.1 is the newest."""
    for number in range(20, 0, -1):
        for end in ("", ".gz"):
            old = path.with_name(f"queue_log.{number}{end}")
            if old.exists():
                old.rename(path.with_name(f"queue_log.{number + 1}{end}"))
    path.rename(path.with_name("queue_log.1"))


def rotated_and_packed(path: Path) -> None:
    rotated_by_logrotate(path)
    packed(path.with_name("queue_log.1"))


def packed_by_and_by(path: Path) -> None:
    """All but the newest are packed (delaycompress)."""
    rotated_by_logrotate(path)
    for old in path.parent.glob("queue_log.*"):
        if old.suffix not in (".1", ".gz"):
            packed(old)


def packed(path: Path) -> None:
    about = path.stat()
    to = path.with_name(f"{path.name}.gz")
    to.write_bytes(gzip.compress(path.read_bytes()))
    os.utime(to, ns=(about.st_atime_ns, about.st_mtime_ns))
    path.unlink()


def numbered_by_time(path: Path) -> None:
    path.rename(path.with_name(f"queue_log.{path.read_text().split('|', 1)[0]}"))


ROTATIONS = [
    rotated_by_asterisk,
    rotated_by_logrotate,
    rotated_and_packed,
    packed_by_and_by,
    numbered_by_time,
]
