"""Peppers: secrets that PINs are mixed with before they are hashed, in a file of their own, never in the database.

Four digits are found by trying all of them, however slow the hash: who has the database alone must not have the PINs.
Each line of the file is `ID SECRET`; the first is for new hashes, the others for those that were made with them before.
A hash says by its ID which one it takes (`$pepper$ID$argon2id$…`).
"""

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import PinError

_LINE = re.compile(r"([0-9a-f]{8}) ([0-9a-f]{64})")
_PEPPERED = re.compile(r"\$pepper\$([0-9a-f]{8})(\$.*)", re.DOTALL)
_MOST = 16  # peppers
_LARGEST = 4096  # bytes of the file
_ABOUT = """\
# Secrets for PINs (segment-ivr): `ID SECRET`, the newest first. Keep a copy, but not beside the database's:
# without this file no PIN is right any more. `ivr pin pepper` adds one; `ivr pin pepper --drop-old` takes
# those away that no PIN needs.
"""


@dataclass(frozen=True, slots=True)
class Pepper:
    """One secret, by the name that hashes have for it."""

    id: str
    secret: bytes = field(repr=False)

    def mixed(self, pin: str) -> str:
        """The PIN as it is hashed: HMAC-SHA256 with this secret, in hexadecimal."""
        return hmac.new(self.secret, pin.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Peppers:
    """Those of a file, the newest first; there may be none."""

    known: tuple[Pepper, ...] = ()

    @property
    def newest(self) -> Pepper | None:
        """The one for new hashes."""
        return self.known[0] if self.known else None

    def get(self, id_: str) -> Pepper | None:
        """The one that hashes call so."""
        return next((pepper for pepper in self.known if pepper.id == id_), None)


NONE = Peppers()


def parted(kept: str) -> tuple[str, str]:
    """A hash as it is stored, in two: the ID of its pepper (empty without one), and what argon2 knows."""
    found = _PEPPERED.fullmatch(kept)
    return (found[1], found[2]) if found else ("", kept)


def joined(pepper: Pepper | None, bare: str) -> str:
    """A hash as it is stored."""
    return f"$pepper${pepper.id}{bare}" if pepper else bare


def load(path: Path | None) -> Peppers:
    """The peppers of a file; none without one. Raises PinError, which repeats nothing of what is in it."""
    if path is None:
        return NONE
    try:
        # O_NONBLOCK: a FIFO must keep nobody waiting.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise PinError(f"{path}: is no regular file: `ivr pin pepper` makes one")
            if about.st_mode & 0o027:
                raise PinError(f"{path}: others may read or change the pepper: chmod 600 {path}")
            if about.st_uid not in (0, os.geteuid()):
                raise PinError(f"{path}: the pepper belongs to another user: chown it to the one who runs the service")
            text = os.read(descriptor, _LARGEST + 1).decode("utf-8", "replace")
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise PinError(
            f"{path}: the file with the pepper is missing: restore it; if no PIN has one yet, `ivr pin pepper` makes it"
        ) from None
    except OSError as error:
        problem = (error.strerror or "it cannot be used").lower()
        raise PinError(f"{path}: the pepper cannot be read: {problem}") from None
    return _parsed(path, text)


def _parsed(path: Path, text: str) -> Peppers:
    found: list[Pepper] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        read = _LINE.fullmatch(line.strip())
        if read is None:
            raise PinError(f"{path}:{number}: is no pepper (what stands there is not shown): restore the file")
        if any(pepper.id == read[1] for pepper in found):
            raise PinError(f"{path}:{number}: a second pepper has the same ID: restore the file")
        found.append(Pepper(read[1], bytes.fromhex(read[2])))
    if not found or len(found) > _MOST or len(text) > _LARGEST:
        raise PinError(f"{path}: must have 1 to {_MOST} peppers: restore it, or take the old ones away (--drop-old)")
    return Peppers(tuple(found))


def add(path: Path) -> Pepper:
    """Put a new pepper before those that are there, or make the file. Raises PinError."""
    known = load(path).known if os.path.lexists(path) else ()
    if len(known) >= _MOST:
        raise PinError(f"{path}: has {_MOST} peppers already: `ivr pin pepper --drop-old` takes old ones away")
    taken = {pepper.id for pepper in known}
    id_ = next(each for each in iter(lambda: secrets.token_hex(4), "") if each not in taken)
    made = Pepper(id_, secrets.token_bytes(32))
    _write(path, (made, *known))
    return made


def drop(path: Path, needed: set[str]) -> list[str]:
    """Take the peppers away that are neither the newest nor in `needed`; their IDs. Raises PinError."""
    known = load(path).known
    stay = tuple(pepper for n, pepper in enumerate(known) if n == 0 or pepper.id in needed)
    if len(stay) < len(known):
        _write(path, stay)
    return [pepper.id for pepper in known if pepper not in stay]


def _write(path: Path, peppers: tuple[Pepper, ...]) -> None:
    """Replace the file as a whole, or leave it as it is. One that is a link stays one."""
    text = _ABOUT + "".join(f"{pepper.id} {pepper.secret.hex()}\n" for pepper in peppers)
    path = path.resolve()
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        about = path.stat() if path.exists() else None
        with _removed_after(new):
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                if about is not None:
                    os.fchown(descriptor, about.st_uid, about.st_gid)  # whoever could read it still can
                    os.fchmod(descriptor, stat.S_IMODE(about.st_mode) & 0o640)
                os.write(descriptor, text.encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        problem = (error.strerror or "it failed").lower()
        raise PinError(f"{path}: the pepper cannot be written: {problem}: nothing is changed") from None


@contextlib.contextmanager
def _removed_after(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
