"""Rows of which only what has changed is written.

An index takes time when a column of it is named, whether that has changed or not.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, update

from ivr.store.engine import Prepared, upsert

_REMEMBERED = 256  # statements: there are some dozens, one for what changes together
Row = Mapping[str, Any]
Changes = Iterable[tuple[Row | None, Row]]
"""Rows, each with what is on record of it; None where nothing is."""


class ChangedRows:
    """Writes rows of a table: new ones whole, and of the others what is not as it was."""

    def __init__(self, engine: Engine, table: Table) -> None:
        self._engine, self._table = engine, table
        self._put = Prepared(engine, upsert(engine, table))
        self._of = lru_cache(_REMEMBERED)(self._update)

    def __call__(self, connection: Connection, changes: Changes) -> None:
        """Write them, each row once."""
        new: list[Row] = []
        changed: dict[tuple[str, ...], list[Row]] = {}
        for before, row in changes:
            if before is None:
                new.append(row)
            elif names := tuple([name for name, value in row.items() if value != before[name]]):
                changed.setdefault(names, []).append(row)
        self._put(connection, new)
        for names, rows in changed.items():
            self._of(names)(connection, rows)

    def _update(self, names: tuple[str, ...]) -> Prepared:
        keys = [column == bindparam(column.name) for column in self._table.primary_key]
        others = {column.name for column in self._table.columns}.difference(names)
        return Prepared(self._engine, update(self._table).where(*keys), without=others)
