"""Rows of what runs calculate, as the database takes them many at a time."""

import json
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine

from ivr.domain.customers import SCORES
from ivr.domain.scoring.attributes import AttributeColumn
from ivr.domain.scoring.runs import CustomerScore, ScoredCustomers
from ivr.store.score_digest import Digests

SCORE_PARTS: Mapping[str, str] = dict.fromkeys(SCORES, "float8")
METRIC_PARTS: Mapping[str, str] = {"metrics": "json", "attributes": "json", "digest": "bigint"}
"""What the tables keep twice, with PostgreSQL's names of their types."""
Columns = Sequence[Sequence[Any]]
_EXACT = 2.0**53  # whole numbers below it are floats, too


class RowWriter:
    """Writes rows of one table; what was there becomes the previous.

    Who is no customer any more gets none: somebody may have deleted one since.
    """

    def __init__(self, engine: Engine, table: str, parts: Mapping[str, str]) -> None:
        self._is_sqlite = engine.dialect.name == "sqlite"
        names = ("run", *parts)
        moved = [f"previous_{name} = {table}.{name}" for name in names]
        fresh = [f"{name} = excluded.{name}" for name in names]
        told = self._one(len(parts)) if self._is_sqlite else self._many(parts)
        self._sql = (
            f"INSERT INTO {table} (customer_id, {', '.join(names)}) {told} "
            f"ON CONFLICT (customer_id) DO UPDATE SET {', '.join([*moved, *fresh])}"
        )

    def __call__(
        self,
        connection: Connection,
        run: int,
        names: Sequence[str],
        columns: Columns,
    ) -> None:
        """Write rows of these customers."""
        if not names:
            return
        values: Any = (run, names, *columns)
        if self._is_sqlite:
            values = list(zip(names, repeat(run), *columns, names))
        connection.exec_driver_sql(self._sql, values)

    @staticmethod
    def _one(parts: int) -> str:
        known = "SELECT 1 FROM customers WHERE customer_id = ?"
        return f"SELECT ?, ?{', ?' * parts} WHERE EXISTS ({known})"

    @staticmethod
    def _many(parts: Mapping[str, str]) -> str:
        """All in one statement, as arrays: one after the other takes ten times as long."""
        arrays = ["%s::text[]"]
        arrays += [f"%s::{'text' if type_ == 'json' else type_}[]" for type_ in parts.values()]
        told = f"unnest({', '.join(arrays)}) AS told (customer_id, {', '.join(parts)})"
        values = ", ".join(f"told.{name}::{type_}" for name, type_ in parts.items())
        known = f"{told} JOIN customers USING (customer_id)"
        return f"SELECT customer_id, %s::bigint, {values} FROM {known}"  # noqa: S608 - ours


def scores(scored: ScoredCustomers, places: NDArray[Any]) -> Columns:
    """Return the scores of the customers at these places, as they are written."""
    nothing = [None] * len(places)
    columns = [scored.scores.get(name) for name in SCORES]
    return [nothing if each is None else _plain(each[places]) for each in columns]


def metrics(scored: ScoredCustomers, digests: Digests, places: NDArray[Any]) -> Columns:
    """Return what they are made of, likewise: `digests` are of all customers."""
    attributes: list[str | None] = [None] * len(places)
    if scored.attributes:
        by_name = sorted(scored.attributes.items())
        parts = [_attribute(name, column, places) for name, column in by_name]
        attributes = [_object(row, ", ") or None for row in zip(*parts, strict=True)]
    return [_metrics(scored, places), attributes, digests[places].tolist()]


def scored_customers(rows: Sequence[CustomerScore]) -> ScoredCustomers:
    """Return a few customers' rows as those of all are told."""
    columns = {name: [getattr(row, name) for row in rows] for name in SCORES}
    metrics = sorted({name for row in rows for name in row.metrics})
    states = {name: [row.metrics.get(name) for row in rows] for name in metrics}
    unknown = {name: np.array([name not in row.metrics for row in rows]) for name in metrics}
    attributes = {}
    for name in sorted({name for row in rows for name in row.attributes}):
        values = [row.attributes.get(name) for row in rows]
        places = [float("nan") if each is None else n for n, each in enumerate(values)]
        told = ["" if each is None else each for each in values]
        attributes[name] = AttributeColumn(np.array(places, dtype=float), told)
    return ScoredCustomers(
        [row.customer_id for row in rows],
        {name: np.array(values, dtype=float) for name, values in columns.items()},
        {name: np.array(values, dtype=float) for name, values in states.items()},
        unknown,
        attributes,
    )


def _plain(values: NDArray[Any]) -> list[float | None]:
    return [value if value == value else None for value in values.tolist()]  # noqa: PLR0124 - NaN


def _object(parts: Sequence[str], separator: str) -> str:
    made = separator.join(filter(None, parts))
    return f"{{{made}}}" if made else ""


def _metrics(scored: ScoredCustomers, places: NDArray[Any]) -> list[str]:
    """Write the states of their metrics as JSON, without those of which nothing is known."""
    cells = [_cells(values[places]) for values in scored.metrics.values()]
    rows = zip(*cells, strict=True) if cells else repeat((), len(places))
    keys = [json.dumps(name) for name in scored.metrics]
    unknown = {name: blank[places] for name, blank in scored.unknown.items()}
    if not any(blank.any() for blank in unknown.values()):
        form = f"{{{','.join(key.replace('%', '%%') + ':%s' for key in keys)}}}"
        return [form % row for row in rows]
    nowhere = np.zeros(len(places), dtype=bool)
    blanks = zip(*(unknown.get(name, nowhere).tolist() for name in scored.metrics), strict=True)
    made = []
    for row, blank in zip(rows, blanks, strict=True):
        parts = zip(keys, row, blank, strict=True)
        known = [f"{key}:{cell}" for key, cell, is_blank in parts if not is_blank]
        made.append(_object(known, ",") or "{}")
    return made


def _cells(values: NDArray[Any]) -> list[Any]:
    """Return states as JSON has them. They are whole, and shorter without a point."""
    known = ~np.isnan(values)
    made = np.where(known, values, 0.0)
    is_whole = np.all((np.floor(made) == made) & (np.abs(made) < _EXACT))
    cells = (made.astype(np.int64) if is_whole else made).astype(object)
    cells[~known] = "null"
    found: list[Any] = cells.tolist()
    return found


def _attribute(name: str, column: AttributeColumn, places: NDArray[Any]) -> list[str]:
    texts = [f"{json.dumps(name)}: {json.dumps(value)}" for value in column.values]
    here = column.places[places].tolist()
    return ["" if place != place else texts[int(place)] for place in here]  # noqa: PLR0124 - NaN
