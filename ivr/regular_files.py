"""Files that somebody else can put there, read without being led astray by them.

A FIFO would hold the reader up for good, a device can do anything when it is opened, a link leads to files that whoever
made it may not read, and a file that is being written is half of one. None of them is read here.
"""

import os
import stat
from pathlib import Path

from ivr.errors import FileError

_TRIES = 3  # for a file that changes while it is read
_CHUNK = 1 << 20


class NotOursError(FileError):
    """Somebody else may have written the file."""


def read(path: Path, most: int, within: Path | None = None, *, private: bool = False, trusted: bool = False) -> bytes:
    """What is in a file of at most `most` bytes, as it was at one moment; raises FileError, which says what to do.

    With `within`, it has to be in that folder, also when it is a link. A `private` file has to be our own user's, and
    nobody else may write to it: what is in it is believed. A `trusted` one may be root's, too, and a group may write
    to it (NotOursError).
    """
    for _ in range(_TRIES):
        file = opened(path, within)
        try:
            before = os.fstat(file)
            if private and (before.st_uid != os.geteuid() or before.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
                raise NotOursError(path, None, "somebody else may have written it: it is not believed")
            if trusted and (before.st_uid not in (os.geteuid(), 0) or before.st_mode & stat.S_IWOTH):
                raise NotOursError(path, None, "somebody else may have written it: it is not believed")
            found = _content(file, most + 1)
            if len(found) > most:
                raise FileError(path, None, f"larger than {most:,} bytes")
            if same(before, os.fstat(file)):
                return found
        except OSError as error:
            raise unreadable(path, error) from None
        finally:
            os.close(file)
    raise FileError(path, None, "it changes while it is read: write it elsewhere, and move it here when it is whole")


def text(path: Path, most: int, within: Path | None = None) -> str:
    """The same for a text in UTF-8."""
    raw = read(path, most, within)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileError(path, line, "not UTF-8: save the file as UTF-8") from None


def opened(path: Path, within: Path | None = None) -> int:
    """A file descriptor for reading; raises FileError for what is no regular file, or leads out of `within`."""
    try:
        _refuse_others(path, path.stat())  # before it is opened: a device may do something then
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except OSError as error:
        raise unreadable(path, error) from None
    except ValueError:  # a NUL in the name
        raise FileError(repr(str(path)), None, "cannot be read: no file has such a name") from None
    try:
        found = os.fstat(file)
        _refuse_others(path, found)
        if within is not None:
            _refuse_outsiders(path, found, within)
    except OSError as error:
        os.close(file)
        raise unreadable(path, error) from None
    except FileError:
        os.close(file)
        raise
    return file


def same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether it is the same file, unchanged."""
    return _stamp(one) == _stamp(other)


def unreadable(path: Path, error: OSError) -> FileError:
    """What the system says, in one line."""
    return FileError(path, None, f"cannot be read: {(error.strerror or str(error)).lower()}")


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _content(file: int, most: int) -> bytes:
    parts: list[bytes] = []
    while most and (part := os.read(file, min(most, _CHUNK))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _refuse_others(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = next(words for is_it, words in _KINDS if is_it(found.st_mode))
        raise FileError(path, None, f"cannot be read: is {kind}: put a plain file there")


_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (lambda _: True, "a device"),
)


def _refuse_outsiders(path: Path, found: os.stat_result, within: Path) -> None:
    """The name may be changed at any time, so what counts is the file that is open already. Where a link leads to is
    not told: it may be somebody's secret that it is there."""
    real = path.resolve()
    if not real.is_relative_to(within.resolve()) or not os.path.samestat(found, real.stat()):
        raise FileError(path, None, f"cannot be read: it is a link that leads out of {within}: put the file there")
