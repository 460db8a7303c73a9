"""SQLite files: which one a URL names, and how it is opened."""

import sqlite3
from pathlib import Path
from urllib.parse import quote, unquote

from ivr.errors import StoreError


def path_of(url: str) -> Path | None:
    """The file that a database URL names; None when it is for another kind of database.

    Raises StoreError when it is for SQLite and names no file.
    """
    kind, _, place = url.partition("://")
    if kind not in ("sqlite", "sqlite+pysqlite"):
        return None
    path = unquote(place[1:])
    if not place.startswith("/") or path in ("", ":memory:") or "?" in place:
        raise StoreError("the database URL names no file: a plain path to a file is needed: write sqlite:///var/ivr.db")
    if "\0" in path:
        raise StoreError("the database URL has a NUL byte in it: write sqlite:///var/ivr.db")
    return Path(path).absolute()


def snapshot_path(url: str) -> Path:
    """Where the snapshot goes if nobody says: beside the SQLite file, else var/snapshot.db. Raises StoreError."""
    path = path_of(url)
    return path.with_name("snapshot.db") if path else Path("var/snapshot.db")


def live_socket_path(url: str) -> Path:
    """Say where the socket of the live state is if nobody says: beside the snapshot.

    Raises StoreError.
    """
    return snapshot_path(url).with_name("live.sock")


def connect(path: Path, *, wait: float | None = None, immutable: bool = False) -> sqlite3.Connection:
    """Open a file that is there already: to read, or to write when `wait` says how long another writer is waited for.

    `wait` is in seconds. Of an `immutable` file, which is only ever replaced, no lock is taken.
    """
    return sqlite3.connect(
        _uri(path, "ro" if wait is None else "rw", immutable=immutable),
        uri=True,
        timeout=wait or 0,
        isolation_level=None,  # sqlite3 begins no transaction by itself: a read holds no lock once its rows are fetched
        check_same_thread=False,  # one thread at a time uses it, but not always the same
    )


def attached(path: Path) -> str:
    """Return what ATTACH takes for an immutable file, which is read. Raises sqlite3.Error."""
    return _uri(path, "ro", immutable=True)


def _uri(path: Path, mode: str, *, immutable: bool) -> str:
    if path.exists() and not path.is_file():  # SQLite would wait for the other end of a FIFO
        raise sqlite3.OperationalError("unable to open database file: it is no plain file")
    return f"file:{quote(str(path))}?mode={mode}{'&immutable=1' if immutable else ''}"
