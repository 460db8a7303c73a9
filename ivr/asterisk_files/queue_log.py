"""Follows Asterisk's queue_log: each line once, also when the file is renamed, packed or cut.

Asterisk's own `logger rotate` renames it to the lowest free number (or shifts the numbers),
logrotate shifts them, and packs later: so a file is known by its inode and its first line, and the
order is that of the first lines' times. A renamed file is written to until Asterisk opens a new
one, which has a line at once: what is in the old one by then is all that will ever be.

(A rotation that copies the file and cuts it, `copytruncate`, loses lines of that moment unseen.)
"""

from dataclasses import dataclass
from pathlib import Path

from ivr import regular_files
from ivr.asterisk_files.queue_log_file import FoundFile, LogFile, files_of, time_of
from ivr.errors import FileError

MOST_BYTES = 8 << 20  # of one read, so that it ends soon


@dataclass(frozen=True, slots=True)
class LogPosition:
    """Where reading goes on: behind so many bytes of the file with this inode and first line.

    `at` is the time of the last line read (Unix seconds), None when there was none.
    """

    inode: int
    offset: int
    first_line: str
    at: int | None = None


_Line = tuple[LogPosition, str]


@dataclass(frozen=True, slots=True)
class Loss:
    """Lines that nobody has read, of between these times (Unix seconds; None: not known)."""

    since: int | None
    until: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Read:
    """What one read gave: lines, each with the position behind it, and what was lost.

    `at_end` tells that there is no more so far.
    """

    lines: tuple[_Line, ...]
    losses: tuple[Loss, ...]
    at_end: bool


class QueueLogFollower:
    """Reads the queue_log at `path`, on from `position`; for one thread.

    Without a position it begins at the end, or, `from_start`, at the beginning of the file as
    it is. A position that is stored has to be that of a line whose events are stored. After a loss,
    lines may come that were read before.
    """

    def __init__(self, path: Path, position: LogPosition | None, *, from_start: bool) -> None:
        self._path, self._from_start = path, from_start
        self._file: LogFile | None = None
        self._told = False  # that it cannot be unpacked
        self.position = position

    def close(self) -> None:
        """Close the file; the next read opens it again."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def read(self, most_lines: int) -> Read:
        """Read on, up to so many lines. Raises FileError, which says what is wrong."""
        lines: list[_Line] = []
        losses: list[Loss] = []
        at_end = False
        try:
            at_end = self._read(most_lines, lines, losses)
        except FileError:
            self.close()
            if not lines and not losses:
                raise
        return Read(tuple(lines), tuple(losses), at_end)

    def _read(self, most_lines: int, lines: list[_Line], losses: list[Loss]) -> bool:
        """Read on, from file to file; True at the end of all."""
        most_bytes = MOST_BYTES
        while True:
            file = self._opened(losses)
            after = self._after(file)  # looked for first: what is written until it begins is read
            while len(lines) < most_lines and most_bytes > 0:
                length, line = file.piece()
                most_bytes -= length
                if line is not None:
                    lines.append((self._passed(file, line), line.decode(errors="replace")))
                elif not length:
                    break
            else:
                return False
            if file.broken and not self._told:
                self._told = True
                why = f"{file.path} cannot be unpacked to its end"
                losses.append(Loss(self._at, after.begins if after else None, why))
            if after is None:
                return True
            self._open(after, 0)

    @property
    def _at(self) -> int | None:
        return self.position.at if self.position else None

    def _passed(self, file: LogFile, line: bytes) -> LogPosition:
        """Note that a line is read."""
        before = self.position
        first_line = before.first_line if before else ""
        at = time_of(line)
        self.position = LogPosition(
            file.inode,
            file.offset,
            first_line or file.found().fingerprint,  # it was empty
            self._at if at is None else at,
        )
        return self.position

    def _opened(self, losses: list[Loss]) -> LogFile:
        """Take the file that is read at the moment; look for it where it is not what it was."""
        if self._file is not None:
            if self.position is None or _is_of(self._file.found(), self.position):
                return self._file
            self.close()
        if self.position is None:
            return self._begin()
        try:
            with LogFile(self._path) as file:
                current = file.found()
        except FileError:
            if not (files := files_of(self._path)):
                raise
            return self._found(self.position, None, files, losses)
        if _is_of(current, self.position):
            return self._open(current, self.position.offset)
        return self._found(self.position, current, files_of(self._path), losses)

    def _begin(self) -> LogFile:
        """Begin where there is no position."""
        file = self._file = LogFile(self._path)
        if not self._from_start:
            file.go_to_end()
        self.position = LogPosition(file.inode, file.offset, file.found().fingerprint)
        return file

    def _found(
        self,
        position: LogPosition,
        current: FoundFile | None,
        files: list[FoundFile],
        losses: list[Loss],
    ) -> LogFile:
        """Go on in the file that was renamed or packed; if it is gone, in the next there is."""
        own = [each for each in files if _may_be_of(each, position)]
        if own:
            own.sort(key=lambda each: each.inode != position.inode)
            return self._open(own[0], position.offset)
        later = [each for each in files if (each.begins or 0) >= (position.at or 0)]
        if current is not None and (current.inode == position.inode or not later):
            start = current
        else:
            start = (later or files[-1:])[0]
        if start.inode == position.inode:
            why = f"{start.path} was cut: the lines that were in it are gone"
        else:
            why = f"the file that was read before is gone; the oldest after it is {start.path}"
        losses.append(Loss(position.at, start.begins, why))
        return self._open(start, 0)

    def _after(self, file: LogFile) -> FoundFile | None:
        """Find the file that was begun after this one; None when there is none yet."""
        own = file.found()
        try:
            if self._path.stat().st_ino == own.inode:
                return None
            LogFile(self._path).close()  # what is wrong with it has to be told
        except FileNotFoundError:
            pass  # until Asterisk has opened a new one
        except OSError as error:
            raise regular_files.unreadable(self._path, error) from None
        for each in files_of(self._path):
            begun_later = each.path == self._path or each.place > own.place
            if each.inode != own.inode and begun_later and not each.is_copy_of(own):
                return each
        return None

    def _open(self, found: FoundFile, offset: int) -> LogFile:
        """Open a file and go on there; FileError when it was renamed since it was found."""
        self.close()
        file = LogFile(found.path)
        if file.inode != found.inode:
            file.close()
            raise FileError(found.path, None, "was renamed meanwhile: it is looked for again")
        self._file, self._told = file, False
        file.go_to(offset)
        self.position = LogPosition(found.inode, offset, found.fingerprint, self._at)
        return file


def _is_of(file: FoundFile, position: LogPosition) -> bool:
    """Whether it is the file of a position, and still has what was read."""
    same = not position.first_line or file.fingerprint == position.first_line
    return same and file.inode == position.inode and file.has(position.offset)


def _may_be_of(file: FoundFile, position: LogPosition) -> bool:
    """Whether it is the file of a position, perhaps packed."""
    if not position.first_line:
        return file.inode == position.inode
    return file.fingerprint == position.first_line and file.has(position.offset)
