"""The last known customers, in a small file of their own, for when the database cannot be asked.

The file holds what routing needs: no names, no PINs, no earlier calls. It is written whole under another name and
renamed, and never changed after that, so whoever opens it reads one state of it without locks.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, Table, text

from ivr import private_files
from ivr.errors import StoreError
from ivr.store.customer_query import OLDEST_SECONDS, last_known
from ivr.store.engine import explained, immutable
from ivr.store.lookup import CustomerLookup
from ivr.store.tables import customers, phones

_BATCH = 1000  # rows
_LEFT_OUT = ("name", "tags", "preferred_agent", "pin_hash")  # columns of customers that are left empty
_BY_CUSTOMER_NUMBER = "CREATE INDEX by_customer_number ON customers (customer_number) WHERE customer_number <> ''"
_TAKEN = "CREATE TABLE taken (at REAL NOT NULL)"


def take(source: Engine, path: Path, clock: Callable[[], float] = time.time) -> int:
    """Write the customers of `source` to `path`, whole or not at all; returns how many there are.

    Raises StoreError when `source` cannot be read, has nobody in it (then an older snapshot is worth more), or the
    file cannot be written.
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


def _fill(source: Engine, file: sqlite3.Connection, at: float) -> int:
    file.execute("PRAGMA journal_mode=OFF")
    file.execute("PRAGMA synchronous=OFF")  # it counts only once it has been renamed
    with explained(source), source.connect() as connection:
        path = connection.get_execution_options().get("ivr_path")
        if path:  # SQLite copies a million customers in a second, where row by row it takes ten
            file.execute("ATTACH ? AS source", (f"file:{quote(str(path))}?mode=ro",))
        file.execute("BEGIN")
        count = 0
        for table in (customers, phones):
            names, values = _columns(table)
            key = ", ".join(column.name for column in table.primary_key)
            file.execute(f"CREATE TABLE main.{table.name} ({', '.join(names)}, PRIMARY KEY ({key})) WITHOUT ROWID")
            # What a column holds, and not what its type makes of it: one damaged row must not cost all the others.
            read = f"SELECT {', '.join(values)} FROM"
            if path:
                file.execute(f"INSERT INTO main.{table.name} {read} source.{table.name}")
            else:
                write = f"INSERT INTO main.{table.name} VALUES ({', '.join('?' for _ in names)})"  # noqa: S608
                rows = connection.execution_options(yield_per=_BATCH).execute(text(f"{read} {table.name}"))
                for batch in rows.partitions():
                    file.executemany(write, [tuple(row) for row in batch])
            count = count or file.execute("SELECT count(*) FROM main.customers").fetchone()[0]
    if not count:
        raise StoreError("there is nobody in the database: the last snapshot is kept")
    file.execute(_BY_CUSTOMER_NUMBER)
    file.execute(_TAKEN)
    file.execute("INSERT INTO taken VALUES (?)", (at,))
    file.execute("COMMIT")
    return count


def _columns(table: Table) -> tuple[list[str], list[str]]:
    """The names of the table's columns, and what of them goes into a snapshot."""
    names = [column.name for column in table.columns]
    return names, ["''" if table is customers and name in _LEFT_OUT else name for name in names]


class Snapshot(CustomerLookup):
    """Finds customers in the snapshot at `path`, which may be missing and may be replaced at any time.

    `clock` gives Unix time in seconds. Found has the snapshot's age; one older than `oldest` seconds is not used.
    """

    def __init__(
        self,
        path: Path,
        deadline: float = 0.1,
        *,
        oldest: float = OLDEST_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(immutable(path), deadline, query=last_known(oldest, clock))
