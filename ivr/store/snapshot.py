"""The last known customers, in a small file of their own, for when the database cannot be asked.

The file holds what routing needs and no names. It is written whole under another name and renamed, and never
changed after that, so whoever opens it reads one state of it without locks.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, Integer, insert, select, type_coerce

from ivr.errors import StoreError
from ivr.store.customer_query import OLDEST_SECONDS, last_known
from ivr.store.engine import explained, immutable
from ivr.store.lookup import CustomerLookup
from ivr.store.tables import customers, metadata, phones

_BATCH = 1000  # rows; the event loop has its turn between two
_TAKEN = "CREATE TABLE taken (at REAL NOT NULL)"


def take(source: Engine, path: Path, clock: Callable[[], float] = time.time) -> int:
    """Write the customers of `source` to `path`, whole or not at all; returns how many there are.

    Raises StoreError when `source` cannot be read, has nobody in it (then an older snapshot is worth more), or the
    file cannot be written.
    """
    at = clock()
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{path.name}.*.new"):  # of somebody who was killed while writing it
            old.unlink(missing_ok=True)
        new.touch(mode=0o600)  # it holds telephone numbers
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as file:
            count = _fill(source, file, at)
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(path)
        return count
    except sqlite3.Error as error:
        raise StoreError(f"{path}: the snapshot cannot be written: {error}: make room on the disk") from None
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise StoreError(f"{path}: the snapshot cannot be written: {problem}: check its folder") from None
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def _fill(source: Engine, file: sqlite3.Connection, at: float) -> int:
    file.execute("PRAGMA journal_mode=OFF")
    file.execute("PRAGMA synchronous=OFF")  # it counts only once it has been renamed
    file.execute("BEGIN")
    for table in metadata.sorted_tables:
        if table in (customers, phones):
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            keys = ", ".join(column.name for column in table.primary_key)
            file.execute(f"CREATE TABLE {table.name} ({columns}, PRIMARY KEY ({keys})) WITHOUT ROWID")
    unnamed = {"name": "''", "tags": "''", "preferred_agent": "''"}
    count = 0
    with explained(source), source.connect() as connection:
        for table in (customers, phones):
            names = [column.name for column in table.columns]
            values = ", ".join(unnamed.get(name, "?") if table is customers else "?" for name in names)
            # `blocked` as it is stored, or one damaged row would cost everybody the snapshot.
            read = [type_coerce(c, Integer) if c is customers.c.blocked else c for c in table.columns
                    if table is phones or c.name not in unnamed]  # fmt: skip
            statement = str(insert(table)).partition("(")[0] + f"({', '.join(names)}) VALUES ({values})"
            rows = connection.execution_options(yield_per=_BATCH).execute(select(*read))
            for batch in rows.partitions():
                file.executemany(statement, [tuple(row) for row in batch])
                count += len(batch) if table is customers else 0
    if not count:
        raise StoreError("there is nobody in the database: the last snapshot is kept")
    file.execute(_TAKEN)
    file.execute("INSERT INTO taken VALUES (?)", (at,))
    file.execute("COMMIT")
    return count


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
