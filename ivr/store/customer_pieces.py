"""What was changed about customers, as pieces for the model in memory: read from the database.

Each piece puts what is there now in the place of what the model has, for one customer, number or
chunk. So it may be carried out twice, and in any order.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ivr.store.changes import CONTACTS, CUSTOMER, NUMBER, NotedChange
from ivr.store.customer_model import Piece, Statement
from ivr.store.customer_query import Run
from ivr.store.snapshot_tables import (
    CALLS,
    CALLS_OF_ONE,
    CHUNKS,
    NAMED_CUSTOMERS,
    PHONES,
    PHONES_OF_ONE,
    PLACES,
    RUNS,
)

CHUNKS_AT_ONCE = 500
"""So many rows are read in one go when a run is followed: some 2 MB."""
_OF_PIECE = 20
_Rows = Sequence[Sequence[Any]]

_NAME = {CUSTOMER: "customer_id", NUMBER: "number", CONTACTS: "customer_id"}
_TABLES = {CUSTOMER: (NAMED_CUSTOMERS, PLACES), NUMBER: (PHONES,), CONTACTS: (CALLS,)}
_READ = {CALLS.name: CALLS_OF_ONE, PHONES.name: PHONES_OF_ONE}
_STATEMENTS = {
    kind: [
        (
            f"DELETE FROM {table.name} WHERE {_NAME[kind]} = ?",  # noqa: S608 - ours
            table.put,
            _READ.get(table.name) or table.read(which=f"{_NAME[kind]} = :key"),
        )
        for table in tables
    ]
    for kind, tables in _TABLES.items()
}
"""For each kind of change, and each table that it is about: how the model's rows go, how a new one
comes, and how the database is asked."""
_IN_FORCE = RUNS.read()
_CHUNKS = (
    f"SELECT {', '.join(CHUNKS.columns)} FROM score_chunks "  # noqa: S608 - ours
    "WHERE run = :run AND chunk >= :first ORDER BY chunk LIMIT :most"
)
_NEW_PLACES = PLACES.read(which="place >= :first")


def of_changes(run: Run, changes: Iterable[NotedChange]) -> list[Piece]:
    """Return the pieces of these changes, each once.

    Customers come first, for one may be blocked now.
    """
    keys = dict.fromkeys((change.kind, change.key) for change in changes)
    return [_of_key(run, kind, key) for each in _STATEMENTS for kind, key in keys if kind == each]


def _of_key(run: Run, kind: str, key: str) -> Piece:
    piece: list[Statement] = []
    for delete, put, read in _STATEMENTS[kind]:
        piece.append((delete, (key,)))
        piece += [(put, tuple(row)) for row in run(read, {"key": key})]
    return piece


def in_force(run: Run) -> Sequence[Any] | None:
    """Return the row of the run whose scores count; None when only given ones do."""
    return next(iter(run(_IN_FORCE, {})), None)


def new_places(run: Run, first: int, most: int) -> tuple[int, list[Piece]] | None:
    """Return how many places there are, and pieces with those from `first` on.

    None when they are more than `most`.
    """
    rows = run(f"{_NEW_PLACES} LIMIT {most + 1}", {"first": first})
    if len(rows) > most:
        return None
    good = [row for row in rows if isinstance(row[1], int)]  # hands other than ours may write
    places = max([first, *(place + 1 for _, place in good)])
    return places, list(_put(PLACES.put_over, good))


def chunks(run: Run, number: int, first: int) -> tuple[int, list[Piece]] | None:
    """Return the chunk to go on from, and pieces with the scores of a run from `first` on.

    None when there are no more.
    """
    rows = run(_CHUNKS, {"run": number, "first": first, "most": CHUNKS_AT_ONCE})
    if not rows:
        return None
    pieces = list(_put(CHUNKS.put_over, rows))
    return int(rows[-1][1]) + 1, pieces


def switch(row: Sequence[Any] | None) -> Piece:
    """Return the piece by which the scores of this run count, and those of no other."""
    put = [] if row is None else [(RUNS.put, tuple(row))]
    return [("DELETE FROM score_runs", ()), *put]


def _put(statement: str, rows: _Rows) -> Iterator[Piece]:
    for begin in range(0, len(rows), _OF_PIECE):
        yield [(statement, tuple(row)) for row in rows[begin : begin + _OF_PIECE]]
