"""One file of Asterisk's queue_log, plain or packed by gzip, and the files that there are of it."""

import gzip
import hashlib
import os
import re
import zlib
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Self

from ivr import regular_files
from ivr.errors import FileError

LONGEST_LINE = 10_000  # bytes of a line that are kept; Asterisk itself writes no more than 8191
MOST_FILES = 1000  # of one log: more are something else

_HEAD = LONGEST_LINE + 1
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_BROKEN = (EOFError, zlib.error, gzip.BadGzipFile)
_TIME = re.compile(rb"([0-9]{1,11})\|")


class LogFile:
    """A file of the log, open for reading.

    `offset` counts in what is in it, also where it is packed; `broken` tells that the rest cannot
    be unpacked. Raises FileError for what is no plain file, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._plain: BufferedReader = os.fdopen(regular_files.opened(path), "rb")
        self._file: BufferedReader | gzip.GzipFile = self._plain
        self.offset, self.broken = 0, False
        self._begun = b""  # of the line that comes next
        self._passed = 0  # bytes of it, also those that are not kept
        try:
            found = os.fstat(self._plain.fileno())
            self.inode, self.packed = found.st_ino, self._peek(len(_GZIP)) == _GZIP
            if self.packed:
                self._file = gzip.GzipFile(fileobj=self._plain)
        except OSError as error:
            self._plain.close()
            raise regular_files.unreadable(path, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it."""
        self._file.close()
        self._plain.close()

    def found(self) -> "FoundFile":
        """Describe the file as it is now."""
        try:
            about = os.fstat(self._plain.fileno())
            head = self._unpacked_head() if self.packed else self._peek(_HEAD)
        except OSError as error:
            raise regular_files.unreadable(self.path, error) from None
        size = None if self.packed else about.st_size
        return FoundFile(self.path, self.inode, head, about.st_mtime_ns, size)

    def go_to(self, offset: int) -> None:
        """Go on from there; a packed file is unpacked up to there first."""
        try:
            self._file.seek(offset)
            self.broken = self._file.tell() != offset  # it has less than that
        except _BROKEN:
            self.broken = True
        except OSError as error:
            raise regular_files.unreadable(self.path, error) from None
        self.offset, self._begun, self._passed = offset, b"", 0

    def go_to_end(self) -> None:
        """Go to behind the last line that is whole."""
        try:
            end = self._plain.seek(0, os.SEEK_END)
            tail = os.pread(self._plain.fileno(), _CHUNK, max(0, end - _CHUNK))
        except OSError as error:
            raise regular_files.unreadable(self.path, error) from None
        if b"\n" in tail:
            self.go_to(end - len(tail) + tail.rindex(b"\n") + 1)
        else:
            self.go_to(0 if len(tail) == end else end)

    def piece(self) -> tuple[int, bytes | None]:
        """Read on: how many bytes (0: there are no more so far), and the line that they end.

        The line is None when it is not whole yet. It is cut where it is too long.
        """
        if self.broken:
            return 0, None
        try:
            part = self._file.readline(_CHUNK)
        except _BROKEN:
            self.broken = True
            return 0, None
        except OSError as error:
            raise regular_files.unreadable(self.path, error) from None
        self._begun += part[: LONGEST_LINE - len(self._begun)]
        self._passed += len(part)
        if not part.endswith(b"\n"):
            return len(part), None
        line = self._begun.removesuffix(b"\n")
        self.offset += self._passed
        self._begun, self._passed = b"", 0
        return len(part), line

    def _peek(self, most: int) -> bytes:
        return os.pread(self._plain.fileno(), most, 0)

    def _unpacked_head(self) -> bytes:
        """Unpack the beginning, apart from where we are."""
        unpacker = zlib.decompressobj(wbits=31)
        try:
            return unpacker.decompress(self._peek(_HEAD), _HEAD)
        except zlib.error:
            return b""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the log: `head` is what it begins with, `size` in bytes, None where packed."""

    path: Path
    inode: int
    head: bytes
    written: int
    size: int | None

    @property
    def fingerprint(self) -> str:
        """Tell it from other files by its first line; "" while it has none."""
        line = self.head[:LONGEST_LINE].partition(b"\n")
        whole = line[1] or len(self.head) > LONGEST_LINE
        return hashlib.sha256(line[0]).hexdigest()[:32] if whole else ""

    @property
    def begins(self) -> int | None:
        """Read the time of its first line; None when it is no file of a log, or has no line yet."""
        return time_of(self.head) if self.fingerprint else None

    @property
    def place(self) -> tuple[int, int]:
        """Say where it stands among the files of its log; an empty one began when it was made."""
        begins = self.begins
        return self.written // 10**9 if begins is None else begins, self.written

    def has(self, offset: int) -> bool:
        """Whether so much may be in it."""
        return self.size is None or self.size >= offset

    def is_copy_of(self, other: "FoundFile") -> bool:
        """Whether one begins with all that is known of the other."""
        heads = sorted((self.head, other.head), key=len)
        return self.fingerprint == other.fingerprint and heads[1].startswith(heads[0])


def time_of(line: bytes) -> int | None:
    """Read the time that a line begins with; None when it has none."""
    found = _TIME.match(line)
    return int(found[1]) if found else None


def files_of(path: Path) -> list[FoundFile]:
    """Find all files of the log at `path` that have a line, the oldest first, `path` itself last.

    Of a file that is there twice (packed, or copied), one is taken. What cannot be read is left
    out.
    """
    found: list[FoundFile] = []
    for one in sorted(_siblings(path)):
        try:
            with LogFile(one) as file:
                about = file.found()
        except FileError:
            continue
        if about.begins is not None:
            found.append(about)
    found.sort(key=lambda each: (each.path != path, each.size is None, -each.written))
    kept: list[FoundFile] = []
    for each in found:
        if not any(each.is_copy_of(other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: (each.path == path, each.place))


def _siblings(path: Path) -> list[Path]:
    try:
        with os.scandir(path.parent) as entries:
            names = [each.name for each in entries if each.name.startswith(path.name)]
    except OSError as error:
        raise regular_files.unreadable(path.parent, error) from None
    return [path.parent / name for name in names[:MOST_FILES]]
