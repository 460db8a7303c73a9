"""The last known customers, in a small file of their own, for when the database cannot be asked.

The file holds what routing needs: no names and no PINs. It is written whole under another name and
renamed, and never changed after that, so whoever opens it reads one state of it without locks.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, select, text

from ivr import private_files
from ivr.errors import StoreError
from ivr.limits import LOOKUP_SECONDS
from ivr.store import changes
from ivr.store.customer_query import FORM, OLDEST_SECONDS, Run, last_known
from ivr.store.engine import explained, immutable
from ivr.store.engine_reading import run_on
from ivr.store.lookup import CustomerLookup
from ivr.store.snapshot_tables import BY_CUSTOMER_NUMBER, TABLES
from ivr.store.sqlite_file import connect
from ivr.store.tables import customers

_BATCH = 5000  # rows that are in memory at once
_WAITING = """
    SELECT EXISTS (
        SELECT FROM pg_locks WHERE NOT granted
            AND relation = ANY (ARRAY[
                to_regclass('customers'), to_regclass('phones'), to_regclass('customer_places'),
                to_regclass('score_chunks'), to_regclass('score_runs'),
                to_regclass('calls'), to_regclass('changes')
            ])
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""
_FOLLOWED = "CREATE TABLE followed (id INTEGER, kind TEXT, key TEXT, seen TEXT, mark TEXT)"
_TAKEN = "CREATE TABLE taken (at REAL NOT NULL, form INTEGER NOT NULL)"


def take(source: Engine, path: Path, clock: Callable[[], float] = time.time) -> int:
    """Write the customers of `source` to `path`, whole or not at all; returns how many there are.

    It is one state of them, and takes the memory of a few thousand. Raises StoreError when `source` cannot be read, has
    nobody in it (then an older snapshot is worth more), somebody wants its tables for themselves, or the file cannot be
    written.
    """
    at = clock()
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        private_files.folder(path.parent)
        for old in path.parent.glob(f"{path.name}.*.new"):  # of somebody who was killed while writing it
            old.unlink(missing_ok=True)
        private_files.touch(new)
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(new))}", isolation_level=None, uri=True)) as file:
            count = _fill(source, file, at)
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(path)
        return count
    except sqlite3.Error as error:
        raise StoreError(
            f"{path}: the snapshot cannot be taken: {error}: is there room, and is the database whole?"
        ) from None
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise StoreError(f"{path}: the snapshot cannot be written: {problem}: check its folder") from None
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def taken_at(path: Path) -> float | None:
    """When the snapshot at `path` was taken, as Unix time; None when there is none that can be read."""
    try:
        with contextlib.closing(connect(path, immutable=True)) as file:
            at = file.execute("SELECT at FROM taken").fetchone()
    except (sqlite3.Error, OSError):
        return None
    return at[0] if at and isinstance(at[0], float) else None


def any_customers(source: Engine) -> bool:
    """Whether there is somebody to take a snapshot of. Raises StoreError."""
    with explained(source), source.connect() as connection:
        return connection.execute(select(customers.c.customer_id).limit(1)).first() is not None


def _fill(source: Engine, file: sqlite3.Connection, at: float) -> int:
    file.execute("PRAGMA journal_mode=OFF")
    file.execute("PRAGMA synchronous=OFF")  # it counts only once it has been renamed
    with explained(source):
        path = source.get_execution_options().get("ivr_path")
        if path:
            count = _from_file(path, file)
        else:
            with source.execution_options(isolation_level="REPEATABLE READ").begin() as connection:
                count = _from_server(connection, file)
    if not count:
        raise StoreError("there is nobody in the database: the last snapshot is kept")
    file.execute(BY_CUSTOMER_NUMBER)
    file.execute(_TAKEN)
    file.execute("INSERT INTO taken VALUES (?, ?)", (at, FORM))
    file.execute("COMMIT")
    return count


def _from_file(path: Path, file: sqlite3.Connection) -> int:
    """SQLite copies a million customers in a second, where row by row it takes ten."""
    file.execute("ATTACH ? AS source", (f"file:{quote(str(path))}?mode=ro",))
    file.execute("BEGIN")
    for table in TABLES:
        file.execute(table.make)
        file.execute(f"INSERT INTO main.{table.name} {table.read('source.')}")
    _note_position(lambda sql, _: file.execute(sql).fetchall(), file, server=False)
    return _count(file)


def _from_server(connection: Connection, file: sqlite3.Connection) -> int:
    file.execute("BEGIN")
    for table in TABLES:
        file.execute(table.make)
        asked = text(table.read()).execution_options(yield_per=_BATCH)
        with connection.execute(asked) as rows:
            for batch in rows.partitions(_BATCH):
                file.executemany(table.put, [tuple(row) for row in batch])
                _give_way(connection)
    _note_position(run_on(connection), file, server=True)
    return _count(file)


def _note_position(run: Run, file: sqlite3.Connection, *, server: bool) -> None:
    """Write down up to which change all that is read in this transaction goes."""
    file.execute(_FOLLOWED)
    if at := changes.position(run, server=server):
        last = (at.last.number, at.last.kind, at.last.key)
        file.execute("INSERT INTO followed VALUES (?, ?, ?, ?, ?)", (*last, at.seen, changes.last_mark(run)))


def _give_way(connection: Connection) -> None:
    """A migration needs the tables for itself, and lookups fail while it waits for us."""
    if connection.exec_driver_sql(_WAITING).scalar():
        raise StoreError("somebody waits for the tables of customers: the snapshot gives way")


def _count(file: sqlite3.Connection) -> int:
    count: int = file.execute("SELECT count(*) FROM main.customers").fetchone()[0]
    return count


class Snapshot(CustomerLookup):
    """Finds customers in the snapshot at `path`, which may be missing and may be replaced at any time.

    `clock` gives Unix time in seconds. Found has the snapshot's age; one older than `oldest` seconds is not used.
    """

    def __init__(
        self,
        path: Path,
        deadline: float = LOOKUP_SECONDS,
        *,
        oldest: float = OLDEST_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(immutable(path), deadline, query=last_known(oldest, clock))
