"""What was written about customers, as somebody reads it who wants to have them as they are.

Triggers note it in the table `changes`, whoever writes. A row says whose it was, and not what it
was: who reads it then asks for that customer, number or run as it is now. So it does not matter in
which order rows are read, as long as none is left out.

SQLite has one writer at a time, and its rows come in the order of their numbers. On PostgreSQL a
transaction may end after a later one: there a reader keeps the state of the database that it saw
(`pg_current_snapshot`), and reads what could not be seen in it.

A *mark* is a row with a name that nobody can know: a file that was taken behind the newest one can
be read on from. Rows are deleted that everybody has read who reads on at all; whoever has not finds
that the row that was read last is gone, and begins anew.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from ivr.store.customer_query import Run
from ivr.store.engine import explained, writing

CUSTOMER, NUMBER, CONTACTS, RUN, ALL, MARK = "customer", "number", "contacts", "run", "all", "mark"

_LAST = "SELECT id, kind, key FROM changes ORDER BY id DESC LIMIT 1"
_SEEN = "SELECT CAST(pg_current_snapshot() AS text)"
_MARKS = f"SELECT key FROM changes WHERE kind = '{MARK}' ORDER BY id DESC LIMIT 100"  # noqa: S608
# The row that was read last comes again: where it is gone, it is another database, or an older one.
_IN_FILE = "SELECT '', id, kind, key FROM changes WHERE id >= :id ORDER BY id LIMIT :most"
# Of those before it only the ones that could not be seen then: they are few, and have an index. A
# number of another cluster's, from before the database was put back here, is in the future.
_ON_SERVER = """
    SELECT CAST(pg_current_snapshot() AS text), id, kind, key FROM (
        (SELECT id, kind, key FROM changes WHERE id >= :id ORDER BY id LIMIT :most)
        UNION ALL
        (
            SELECT id, kind, key FROM changes WHERE id < :id
            AND written_in >=
                CAST(CAST(pg_snapshot_xmin(CAST(:seen AS pg_snapshot)) AS text) AS bigint)
            AND written_in < CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)
            AND NOT pg_visible_in_snapshot(
                CAST(CAST(written_in AS text) AS xid8), CAST(:seen AS pg_snapshot)
            )
            LIMIT :most
        )
    ) AS found
"""
_FORGET_AT_ONCE = 10_000
"""Rows that are deleted in a transaction: a call's record waits for no more."""
_FORGET_IN_FILE = """
    DELETE FROM changes WHERE id IN (SELECT id FROM changes WHERE id < :id ORDER BY id LIMIT :most)
"""
_FORGET_ON_SERVER = """
    DELETE FROM changes WHERE id IN (
        SELECT id FROM changes WHERE id < :id AND (
            written_in IS NULL
            OR written_in >= CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)
            OR pg_visible_in_snapshot(
                CAST(CAST(written_in AS text) AS xid8), CAST(:seen AS pg_snapshot)
            )
        ) LIMIT :most
    )
"""
_MARK_IN_FILE = "INSERT INTO changes (kind, key) VALUES (:kind, :name)"
_MARK_ON_SERVER = """
    INSERT INTO changes (kind, key, written_in)
    VALUES (:kind, :name, CAST(CAST(pg_current_xact_id() AS text) AS bigint))
"""


@dataclass(frozen=True, slots=True)
class NotedChange:
    """Something was written: a row of `changes`."""

    number: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where somebody has read: the last change, and on PostgreSQL what could be seen then."""

    last: NotedChange
    seen: str = ""


class LostError(Exception):
    """There is no reading on from this position: changes behind it may be gone."""


def position(run: Run, *, server: bool) -> Position | None:
    """Return the position of somebody who sees all that there is; None before the first change.

    In a transaction it is that of all that is read in it.
    """
    rows = run(_LAST, {})
    if not rows:
        return None
    return Position(NotedChange(*rows[0]), run(_SEEN, {})[0][0] if server else "")


def last(run: Run) -> int:
    """Return the number of the last change that there is; 0 before the first."""
    rows = run(_LAST, {})
    return int(rows[0][0]) if rows else 0


def last_mark(run: Run, besides: Collection[str] = ()) -> str:
    """Return the name of the newest mark that is none of these; empty without one."""
    return next((str(name) for (name,) in run(_MARKS, {}) if name not in besides), "")


def since(
    run: Run,
    at: Position,
    most: int,
    *,
    server: bool,
) -> tuple[Position, Sequence[NotedChange]] | None:
    """Read on from a position: the new one, and the changes; None where these are more than `most`.

    Raises LostError.
    """
    asked = {"id": at.last.number, "seen": at.seen, "most": most + 2}
    rows = run(_ON_SERVER if server else _IN_FILE, asked)
    known = [NotedChange(*row[1:]) for row in rows]
    if at.last not in known:
        raise LostError
    found = [change for change in known if change != at.last]
    if len(found) > most:
        return None
    return Position(max(known, key=lambda change: change.number), rows[0][0]), found


def mark(engine: Engine, name: str) -> None:
    """Write a mark of this name. Raises StoreError."""
    with explained(engine), writing(engine) as connection:
        server = connection.dialect.name == "postgresql"
        written = text(_MARK_ON_SERVER if server else _MARK_IN_FILE)
        connection.execute(written, {"kind": MARK, "name": name})


def forget(engine: Engine, read: Position) -> None:
    """Delete the changes before this position. Raises StoreError."""
    server = engine.dialect.name == "postgresql"
    gone = text(_FORGET_ON_SERVER if server else _FORGET_IN_FILE)
    which = {"id": read.last.number, "seen": read.seen, "most": _FORGET_AT_ONCE}
    deleted = _FORGET_AT_ONCE
    while deleted == _FORGET_AT_ONCE:
        with explained(engine), writing(engine) as connection:
            deleted = connection.execute(gone, which).rowcount
