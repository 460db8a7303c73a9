"""The last known customers, in a small file of their own, for when the database cannot be asked.

The file holds what routing needs: no names, no PINs, no earlier calls. It is written whole under another name and
renamed, and never changed after that, so whoever opens it reads one state of it without locks.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, select, text

from ivr import private_files
from ivr.errors import StoreError
from ivr.limits import LOOKUP_SECONDS
from ivr.store.customer_columns import STORED
from ivr.store.customer_query import FORM, OLDEST_SECONDS, last_known
from ivr.store.engine import explained, immutable
from ivr.store.lookup import CustomerLookup
from ivr.store.sqlite_file import connect
from ivr.store.tables import customers

_BATCH = 5000  # rows that are in memory at once
_LEFT_OUT = {column.name for column in STORED if not column.in_snapshot}
_BY_CUSTOMER_NUMBER = "CREATE INDEX by_customer_number ON customers (customer_number) WHERE customer_number <> ''"
_WAITING = """
    SELECT EXISTS (
        SELECT FROM pg_locks WHERE NOT granted
            AND relation = ANY (ARRAY[
                to_regclass('customers'), to_regclass('phones'), to_regclass('customer_places'),
                to_regclass('score_chunks'), to_regclass('score_runs')
            ])
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""
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
    file.execute(_BY_CUSTOMER_NUMBER)
    file.execute(_TAKEN)
    file.execute("INSERT INTO taken VALUES (?, ?)", (at, FORM))
    file.execute("COMMIT")
    return count


def _from_file(path: Path, file: sqlite3.Connection) -> int:
    """SQLite copies a million customers in a second, where row by row it takes ten."""
    file.execute("ATTACH ? AS source", (f"file:{quote(str(path))}?mode=ro",))
    file.execute("BEGIN")
    for table in _tables("source."):
        _make(table, file)
        file.execute(f"INSERT INTO main.{table.name} {table.read}")
    return _count(file)


def _from_server(connection: Connection, file: sqlite3.Connection) -> int:
    file.execute("BEGIN")
    for table in _tables():
        _make(table, file)
        write = f"INSERT INTO main.{table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
        asked = text(table.read).execution_options(yield_per=_BATCH)
        with connection.execute(asked) as rows:
            for batch in rows.partitions(_BATCH):
                file.executemany(write, [tuple(row) for row in batch])
                _give_way(connection)
    return _count(file)


def _give_way(connection: Connection) -> None:
    """A migration needs the tables for itself, and lookups fail while it waits for us."""
    if connection.exec_driver_sql(_WAITING).scalar():
        raise StoreError("somebody waits for the tables of customers: the snapshot gives way")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the snapshot. `read` is the statement that gives its rows.

    Rows are what a column holds, and not what its type makes of it: one damaged row must not cost
    all the others.
    """

    name: str
    columns: Sequence[str]
    key: str
    read: str


def _tables(place: str = "") -> list[_Table]:
    """The tables, to be filled from those in the schema `place`, which ends with a point."""
    newest = f"SELECT MAX(run) FROM {place}score_runs WHERE state = 'done'"  # noqa: S608 - ours
    in_force = f"WHERE run = ({newest})"

    def table(name: str, columns: Sequence[str], key: str, which: str = "") -> _Table:
        values = ("''" if each in _LEFT_OUT else each for each in columns)
        read = f"SELECT {', '.join(values)} FROM {place}{name} {which}"  # noqa: S608 - ours
        return _Table(name, columns, key, read)

    of_customer = [*(column.name for column in STORED), "scored_at"]
    of_chunk = ("run", "chunk", "scores", "attributes")
    of_run = ("run", "state", "began_at", "as_of", "definition")
    return [
        table("customers", of_customer, "customer_id"),
        table("phones", ("number", "customer_id"), "number, customer_id"),
        table("customer_places", ("customer_id", "place"), "customer_id"),
        table("score_chunks", of_chunk, "run, chunk", in_force),
        table("score_runs", of_run, "run", in_force),
    ]


def _make(table: _Table, file: sqlite3.Connection) -> None:
    columns = ", ".join([*table.columns, f"PRIMARY KEY ({table.key})"])
    file.execute(f"CREATE TABLE main.{table.name} ({columns}) WITHOUT ROWID")


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
