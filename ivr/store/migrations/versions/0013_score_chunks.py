"""What runs calculate is kept for fifty customers in a row."""

import json
import math
import struct
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeGuard

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
_PLACES, _READ = 50, 1000
_SCORES = ("value", "potential", "need")
_Row = tuple[str, Sequence[float | None], dict[str, float | None], str]


def upgrade() -> None:
    """Take the database to this version. What counts of the runs goes on to count."""
    op.add_column("score_runs", sa.Column("columns", sa.JSON()))
    op.add_column("score_runs", sa.Column("places", sa.Integer()))
    op.create_table(
        "customer_places",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.customer_id"],
            name="fk_customer_places_customer_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customer_places"),
        sa.UniqueConstraint("place", name="uq_customer_places_place"),
        sqlite_with_rowid=False,
        postgresql_with={"vacuum_truncate": False},
    )
    scores = [sa.Column(name, sa.String(), nullable=False) for name in ("scores", "attributes")]
    _of_chunk("score_chunks", scores)
    _of_chunk("metric_chunks", [sa.Column("states", sa.LargeBinary(), nullable=False)])
    _move()
    op.drop_table("customer_scores")
    op.drop_table("customer_metrics")


def _of_chunk(name: str, columns: list[sa.Column[Any]]) -> None:
    op.create_table(
        name,
        sa.Column("run", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chunk", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("run", "chunk", name=f"pk_{name}"),
        postgresql_with={"vacuum_truncate": False},
    )


def _move() -> None:
    """Make chunks of what counts of the run in force. Of the others, nothing is kept."""
    database = op.get_bind()
    asked = "SELECT MAX(run) FROM score_runs WHERE state = 'done'"
    newest = database.execute(sa.text(asked)).scalar()
    # One that is under way has nowhere to write to any more, and must not end well.
    ended = "UPDATE score_runs SET state = 'failed', why = 'the database was upgraded meanwhile' "
    database.execute(sa.text(f"{ended} WHERE state = 'running'"))
    database.execute(
        sa.text("UPDATE score_runs SET put_back = :yes WHERE run <> :run"),
        {"yes": True, "run": newest or 0},
    )
    if newest is None:
        return
    names: dict[str, None] = {}
    for _, _, metrics, _ in _rows(database, newest):
        names |= dict.fromkeys(metrics)
    columns = list(names)
    count, rows = 0, _rows(database, newest)
    while part := list(islice(rows, _PLACES)):
        places = [{"id": row[0], "place": count + n} for n, row in enumerate(part)]
        put = "INSERT INTO customer_places (customer_id, place) VALUES (:id, :place)"
        database.execute(sa.text(put), places)
        key = {"run": newest, "chunk": count // _PLACES}
        texts = dict(zip(("scores", "attributes"), _texts(part), strict=True))
        put = "INSERT INTO score_chunks VALUES (:run, :chunk, :scores, :attributes)"
        database.execute(sa.text(put), key | texts)
        put = "INSERT INTO metric_chunks VALUES (:run, :chunk, :states)"
        database.execute(sa.text(put), key | {"states": _states(part, columns)})
        count += len(part)
    told = {"columns": json.dumps(columns), "places": count, "run": newest}
    cast = "CAST(:columns AS JSON)" if database.dialect.name == "postgresql" else ":columns"
    put = f"UPDATE score_runs SET columns = {cast}, places = :places WHERE run = :run"  # noqa: S608
    database.execute(sa.text(put), told)


def _rows(database: sa.Connection, run: int) -> Iterator[_Row]:
    """Give what counts of the run in force, customer by customer."""
    columns = ", ".join(
        f"{table}.{prefix}{name}"
        for table, names in (("s", _SCORES), ("m", ("metrics", "attributes")))
        for prefix in ("", "previous_")
        for name in ("run", *names)
    )
    asked = (
        f"SELECT s.customer_id, {columns} FROM customer_scores AS s "  # noqa: S608 - ours
        "LEFT JOIN customer_metrics AS m ON m.customer_id = s.customer_id "
        "WHERE s.customer_id > :after ORDER BY s.customer_id LIMIT :count"
    )
    after = ""
    while found := database.execute(sa.text(asked), {"after": after, "count": _READ}).all():
        for row in found:
            scores = _counts(row[1:5], row[5:9], run)
            metrics, attributes = _counts(row[9:12], row[12:15], run)
            states = _json(metrics)
            yield row[0], scores, states if isinstance(states, dict) else {}, _text(attributes)
        after = found[-1][0]


def _counts(last: Sequence[Any], before: Sequence[Any], run: int) -> Sequence[Any]:
    for row in (last, before):
        if row[0] is not None and row[0] <= run:
            return row[1:]
    return [None] * (len(last) - 1)


def _json(told: Any) -> Any:
    try:
        return json.loads(told) if isinstance(told, str) else told
    except ValueError:
        return None


def _text(told: Any) -> str:
    made = _json(told)
    return json.dumps(made, sort_keys=True) if made else ""


def _texts(part: Sequence[_Row]) -> tuple[str, str]:
    begins: dict[str, int] = {}
    entries, attributes = "", ""
    for _, scores, _, text in part:
        for score in scores:
            entries += f"{round(score * 10):04}" if _is_number(score, 0, 100) else " " * 4
        if text and text not in begins:
            begins[text] = len(attributes)
            attributes += text
        entries += f"{begins[text]:08}{len(text):08}" if text else " " * 16
    return entries.ljust(_PLACES * 28), attributes


def _is_number(value: Any, low: float, high: float) -> TypeGuard[float]:
    """Somebody may have damaged a row: that costs this customer, and nobody else."""
    return type(value) in (int, float) and low <= value <= high


def _states(part: Sequence[_Row], columns: Sequence[str]) -> bytes:
    made = []
    for name in columns:
        for _, _, metrics, _ in part:
            state = metrics.get(name, math.inf)
            if _is_number(state, -sys.float_info.max, sys.float_info.max):
                made.append(float(state))
            else:
                made.append(math.nan if state is None else math.inf)
        made += [math.inf] * (_PLACES - len(part))
    return struct.pack(f"<{len(made)}d", *made)


def downgrade() -> None:
    """Take it back to the version before: until there is a run, the given scores count."""
    for name in ("metric_chunks", "score_chunks", "customer_places"):
        op.drop_table(name)
    op.execute("DELETE FROM score_runs")
    for name in ("places", "columns"):
        op.drop_column("score_runs", name)
    _of_customer("customer_scores", [(name, sa.Float()) for name in _SCORES], with_rowid=False)
    kept = [("metrics", sa.JSON()), ("attributes", sa.JSON()), ("digest", sa.BigInteger())]
    _of_customer("customer_metrics", kept, with_rowid=True)


def _of_customer(table: str, parts: Sequence[tuple[str, Any]], *, with_rowid: bool) -> None:
    columns: list[sa.Column[Any]] = [sa.Column("customer_id", sa.String(), nullable=False)]
    for prefix in ("", "previous_"):
        columns.append(sa.Column(f"{prefix}run", sa.BigInteger(), nullable=bool(prefix)))
        for name, type_ in parts:
            optional = bool(prefix) or name not in ("metrics", "digest")
            columns.append(sa.Column(f"{prefix}{name}", type_, nullable=optional))
    op.create_table(
        table,
        *columns,
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.customer_id"],
            name=f"fk_{table}_customer_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_id", name=f"pk_{table}"),
        sqlite_with_rowid=with_rowid,
        postgresql_with={"vacuum_truncate": False},
    )
