"""The customers in memory: no disk, no server and no thread is waited for.

A model has the tables of a snapshot, with the names, in a SQLite database of the memory's own. It
is filled from the snapshot's file, and changed in small pieces afterwards: each is a few statements
that count together, and takes some ten microseconds. The event loop reads it and changes it, and
nobody else.
"""

import contextlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from ivr.domain.customers import Lookup
from ivr.errors import StoreError
from ivr.store.changes import NotedChange, Position
from ivr.store.customer_query import FORM, CustomerQuestion, failed, live
from ivr.store.snapshot_tables import BY_CUSTOMER_NUMBER, NAMED_CUSTOMERS, TABLES
from ivr.store.sqlite_file import attached

Statement = tuple[str, Sequence[Any]]
Piece = Sequence[Statement]
"""Statements that count together."""
Names = Sequence[tuple[str, str]]
"""Customers with their names."""

_TAKEN = "SELECT at, form FROM taken.taken"
_FOLLOWED = "SELECT id, kind, key, seen, mark FROM taken.followed"
_COLUMNS = ", ".join(
    "COALESCE(names.name, '')" if column == "name" else f"taken.customers.{column}"
    for column in NAMED_CUSTOMERS.columns
)
_NAMED = (
    f"INSERT INTO main.customers SELECT {_COLUMNS} FROM taken.customers "  # noqa: S608 - ours
    "LEFT JOIN names.names AS names ON names.customer_id = taken.customers.customer_id"
)


_OF_OTHER_RUNS = [
    "DELETE FROM score_chunks WHERE (run, chunk) IN "  # noqa: S608 - ours
    f"(SELECT run, chunk FROM score_chunks WHERE run {sign} :run LIMIT 20)"
    for sign in ("<", ">")
]
_OTHER_THINGS = "SELECT count(*) FROM taken.sqlite_master WHERE type NOT IN ('table', 'index')"
_SEEN = re.compile(r"(\d+:\d+:[\d,]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ModelBase:
    """What can be followed from: up to where a file goes, its mark, and its time (Unix)."""

    position: Position
    mark: str
    taken_at: float


def base_of(path: Path) -> ModelBase | None:
    """Return what a snapshot's file says of itself; None when it cannot be followed from."""
    with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(_empty()) as memory:
        _attach(memory, path)
        at, form = memory.execute(_TAKEN).fetchone() or (None, None)
        if form != FORM or not isinstance(at, float):
            return None
        if row := memory.execute(_FOLLOWED).fetchone():
            number, *texts = row
            if type(number) is int and all(isinstance(each, str) for each in texts):
                kind, key, seen, mark = texts
                if _SEEN.fullmatch(seen):
                    return ModelBase(Position(NotedChange(number, kind, key), seen), mark, at)
    return None


class CustomerModel:
    """Who the customers are, up to a position in the changes. `clock` gives Unix time in seconds.

    `customers` is how many it was filled with, `places` how many places they have, given or not,
    and `taken_at` the Unix time at which the file was taken.
    """

    def __init__(
        self,
        memory: sqlite3.Connection,
        base: ModelBase,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.position, self.taken_at = base.position, base.taken_at
        self._memory, self._query = memory, live(clock)
        places = "SELECT COALESCE(MAX(place) + 1, 0) FROM customer_places"
        self.customers: int = self._rows("SELECT count(*) FROM customers", {})[0][0]
        self.places: int = self._rows(places, {})[0][0]

    @classmethod
    def load(
        cls,
        path: Path,
        names: Iterable[Names],
        clock: Callable[[], float] = time.time,
    ) -> Self:
        """Fill a model from a snapshot's file. `names` are those of customers, many at a time.

        Raises StoreError when the file is damaged, or of another version.
        """
        base = base_of(path)
        if base is None:
            raise StoreError(f"{path}: it cannot be followed from: a new one is taken")
        memory = _empty()
        try:
            _fill(memory, path, names)
        except (sqlite3.Error, OSError) as error:
            memory.close()
            why = f"the snapshot is damaged ({error}): a new one is taken"
            raise StoreError(f"{path}: {why}") from None
        return cls(memory, base, clock)

    @property
    def run(self) -> int | None:
        """The run whose scores it has."""
        numbers: list[int] = [row[0] for row in self._rows("SELECT run FROM score_runs", {})]
        return numbers[0] if numbers else None

    def find(self, question: CustomerQuestion) -> Lookup:
        """Say whom it knows. Never raises."""
        try:
            return self._query(self._rows, question)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller must reach somebody
            return failed(error)

    def change(self, piece: Piece) -> None:
        """Carry out a piece, whole or not at all. Raises StoreError."""
        try:
            self._memory.execute("BEGIN")
            for statement, values in piece:
                self._memory.execute(statement, values)
            self._memory.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                self._memory.execute("ROLLBACK")
            raise StoreError(f"the customers in memory cannot be changed: {error}") from None

    def leave_other_runs(self) -> bool:
        """Take away a few chunks of runs that do not count; whether there were any."""
        number = -1 if self.run is None else self.run
        run = {"run": number}
        return any(self._memory.execute(each, run).rowcount for each in _OF_OTHER_RUNS)

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()

    def _rows(self, sql: str, values: Any) -> Sequence[Sequence[Any]]:
        return self._memory.execute(sql, values).fetchall()


def _empty() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", uri=True, isolation_level=None, check_same_thread=False)


def _attach(memory: sqlite3.Connection, path: Path) -> None:
    """Attach a file that has nothing in it but rows: a view could take for ever to be read."""
    memory.execute("ATTACH ? AS taken", (attached(path),))
    if memory.execute(_OTHER_THINGS).fetchone() != (0,):
        raise sqlite3.DatabaseError("there is more in it than tables")


def _fill(
    memory: sqlite3.Connection,
    path: Path,
    names: Iterable[Names],
) -> None:
    _attach(memory, path)
    memory.execute("ATTACH ':memory:' AS names")  # they are given back when they are in
    memory.execute("CREATE TABLE names.names (customer_id PRIMARY KEY, name) WITHOUT ROWID")
    memory.execute("BEGIN")
    for batch in names:
        memory.executemany("INSERT OR REPLACE INTO names.names VALUES (?, ?)", batch)
    for table in TABLES:
        memory.execute(table.make)
        fill = f"INSERT INTO main.{table.name} SELECT * FROM taken.{table.name}"  # noqa: S608
        memory.execute(_NAMED if table.name == NAMED_CUSTOMERS.name else fill)
    memory.execute(BY_CUSTOMER_NUMBER)
    memory.execute("COMMIT")
    for each in ("taken", "names"):
        memory.execute(f"DETACH {each}")
