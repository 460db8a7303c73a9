"""Rows of customers' calculated scores, as the database takes them many at a time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, case, insert

from ivr.domain.customers import SCORES
from ivr.domain.scoring.attributes import stored
from ivr.domain.scoring.runs import CustomerScore
from ivr.store.engine import Prepared, insert_into
from ivr.store.tables import customer_scores

PARTS = (*SCORES, "metrics", "attributes", "digest")
PREVIOUS = ("previous_run", *(f"previous_{name}" for name in PARTS))
_encode = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


class RowWriter:
    """Writes rows; what was there becomes the previous."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._add = Prepared(engine, insert(customer_scores), PREVIOUS)
        self._put = Prepared(engine, _upsert(engine), PREVIOUS)

    def made(self, run: int, rows: Sequence[tuple[CustomerScore, int, bool]]) -> "MadeRows":
        """Make what `put` then writes. The last of each row says that nothing is there so far."""
        made = [_written(run, score, digest) for score, digest, _ in rows]
        names = [row["customer_id"] for row in made]
        is_new = all(new for _, _, new in rows)  # most often all of them are, or none
        return MadeRows(made, names, self._add if is_new else self._put, self._engine)


@dataclass(frozen=True, slots=True)
class MadeRows:
    """Rows ready to be written."""

    rows: Sequence[dict[str, Any]]
    names: Sequence[str]
    statement: Prepared
    engine: Engine

    def put(self, connection: Connection) -> None:
        """Write those who are still customers: somebody may have deleted one since."""
        asked, values = among("customer_id", self.names, self.engine)
        sql = f"SELECT customer_id FROM customers WHERE {asked}"  # noqa: S608
        known = set(connection.exec_driver_sql(sql, values).scalars())
        self.statement(connection, [row for row in self.rows if row["customer_id"] in known])


def among(column: str, names: Sequence[str], engine: Engine) -> tuple[str, tuple[Any, ...]]:
    """Make a condition in the driver's own words, and its values.

    SQLAlchemy's takes longer than the database.
    """
    if engine.dialect.name == "sqlite":
        return f"{column} IN ({', '.join('?' * len(names))})", tuple(names)
    return f"{column} = ANY(%s)", (list(names),)


def _upsert(engine: Engine) -> Any:
    """Make the statement that writes a row; what was there becomes the previous."""
    into = insert_into(engine, customer_scores)
    row, new = customer_scores.c, into.excluded
    again = row.run == new.run  # the run scores somebody twice: what was there before it stays
    moved = {
        before: case((again, row[before]), else_=row[name])
        for before, name in zip(PREVIOUS, ("run", *PARTS), strict=True)
    }
    fresh = {name: new[name] for name in ("run", *PARTS)}
    return into.on_conflict_do_update(index_elements=[row.customer_id], set_=moved | fresh)


def _written(run: int, score: CustomerScore, digest: int) -> dict[str, Any]:
    """Make the row as the driver takes it."""
    return {
        "customer_id": score.customer_id,
        "run": run,
        "value": score.value,
        "potential": score.potential,
        "need": score.need,
        "metrics": _encode(score.metrics),
        "attributes": stored(score.attributes),
        "digest": digest,
    }
