"""Files of ours: customers, hashes of PINs, secrets, records of calls. Only their owner may read them.

Everything that we write is made here, or after `from_now_on`: nobody's umask has a say in it.
"""

import errno
import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

FILE, FOLDER, UMASK = 0o600, 0o700, 0o077
_LEFT_BEHIND = 60.0  # seconds after which a half-written file is that of a program that was killed


def from_now_on() -> None:
    """Have this process, and all that it starts, make private files and folders only."""
    os.umask(UMASK)


def folder(path: Path) -> Path:
    """Make the folder, and those above it that are missing. One that is there already is left as it is: it may be
    shared on purpose, and says nothing about what is in it. Raises OSError."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):  # another program was quicker
            each.mkdir(mode=FOLDER)
            each.chmod(FOLDER)  # where the umask takes even the owner's rights, or a default ACL gives others some
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    return path


def touch(path: Path) -> None:
    """Make an empty file, unless there is one, and take others' rights to one that is there. Raises OSError."""
    try:
        os.close(_new(path))
    except FileExistsError:
        tighten((path,))


def appending(path: Path) -> BinaryIO:
    """Open a file to write behind what is in it; it is made, or tightened. Raises OSError."""
    touch(path)
    return path.open("ab")


def write(path: Path, content: str | bytes) -> None:
    """Write a file as a whole, or not at all. Raises OSError."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        _clear(path)
        new.unlink(missing_ok=True)
        with os.fdopen(_new(new), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def tighten(paths: Iterable[Path]) -> None:
    """Take others' rights to files of ours that are there, as an older version or another umask left them: each is
    said once. Never raises: what cannot be changed is said, too."""
    for path in paths:
        try:
            mode = stat.S_IMODE(path.lstat().st_mode)
            if path.is_symlink() or not mode & ~stat.S_IRWXU:
                continue
            path.chmod(mode & FILE)
        except FileNotFoundError:
            continue
        except OSError as error:
            _warn("file is open to others, and cannot be closed", path, why=error.strerror)
        else:
            _warn("file was open to others: now only its owner may read it", path, was=f"{mode:04o}")


def _warn(event: str, path: Path, **more: str | None) -> None:
    import structlog  # noqa: PLC0415 - takes long, and a program that starts for each call hardly ever needs it

    structlog.get_logger().warning(event, path=str(path), **more)


def _clear(path: Path) -> None:
    """Remove what programs left behind that were killed while they wrote it."""
    for left in path.parent.glob(f"{path.name}.*.new"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > _LEFT_BEHIND:
                left.unlink()


def _new(path: Path) -> int:
    """A file descriptor for writing a file that was not there; never what a link of somebody else's leads to."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, FILE)
    os.fchmod(file, FILE)
    return file
