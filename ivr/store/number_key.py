"""The key with which callers' numbers are hashed that are forgotten: so calls of one still count.

It is in a file of its own, and never in the database: there are so few numbers that whoever has the
key finds each by trying all.
"""

import hashlib
import hmac
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ivr import private_files
from ivr.errors import StoreError
from ivr.settings import Settings
from ivr.store.sqlite_file import snapshot_path

FILE = "number.key"
_LINE = re.compile(r"[0-9a-f]{64}\n?")
_LARGEST = 4096  # bytes


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The key. The same number has the same hash, and nobody can find it without the key."""

    secret: bytes = field(repr=False)

    def hashed(self, number: str) -> str:
        """Hash a number; nothing stays nothing."""
        if not number:
            return ""
        said = number.encode("utf-8", "surrogatepass")
        return hmac.new(self.secret, said, hashlib.sha256).hexdigest()


def path_of_key(settings: Settings) -> Path:
    """Say where it is: as the settings have it, else beside the snapshot. Raises StoreError."""
    place = settings.snapshot_path or snapshot_path(settings.database_url)
    return settings.number_key_file or place.with_name(FILE)


def kept_or_made(path: Path) -> NumberKey:
    """Read the key; where there is no file, make one. Raises StoreError, without what is in it."""
    try:
        if not os.path.lexists(path):
            private_files.folder(path.parent)
            private_files.write(path, f"{secrets.token_hex(32)}\n")
        return NumberKey(_read(path))
    except OSError as error:
        problem = (error.strerror or "it cannot be used").lower()
        raise StoreError(f"{path}: the key for numbers: {problem}: nothing is forgotten") from None


def _read(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a FIFO keeps nobody
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise StoreError(f"{path}: the key for numbers must be a regular file")
        if about.st_mode & 0o027:
            raise StoreError(f"{path}: others may read or change the key: chmod 600 {path}")
        if about.st_uid not in (0, os.geteuid()):
            mend = "chown it to the one who runs the service"
            raise StoreError(f"{path}: the key belongs to another user: {mend}")
        text = os.read(descriptor, _LARGEST).decode("ascii", "replace")
    finally:
        os.close(descriptor)
    if not _LINE.fullmatch(text):
        raise StoreError(f"{path}: is no key for numbers (64 of 0-9 and a-f): restore the file")
    return bytes.fromhex(text.strip())
