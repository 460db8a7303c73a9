"""Sources of scores for tests: a few rows by hand, in each kind of place that there is."""

import csv
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from ivr.domain.scoring.definition import Costs, Scoring, Serving, Source
from ivr.domain.scoring.metrics import Metric
from ivr.domain.scoring.reading import Reading
from ivr.warehouse.engines import Engine
from ivr.warehouse.sources import Sources
from tests.databases import PostgresDatabase

AT = int(datetime(2026, 7, 1, tzinfo=UTC).timestamp())
DAY = 86_400
TYPES = {
    "customer_id": "VARCHAR",
    "ordered_at": "TIMESTAMPTZ",
    "amount": "DECIMAL(12, 3)",
    "status": "VARCHAR",
    "channel": "VARCHAR",
    "minutes": "DECIMAL(9, 3)",
    "first": "BOOLEAN",
}
ORDERS = Source(
    "orders",
    "customer_id",
    "ordered_at",
    {
        "amount": "money",
        "status": "text",
        "channel": "text",
        "minutes": "number",
        "first": "yes-no",
    },
    serving=Serving("channel", "minutes"),
)
_PUT = "INSERT INTO orders VALUES "
Row = tuple[str | None, ...]


def ago(days: float) -> str:
    return datetime.fromtimestamp(AT - days * DAY, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


ROWS: Sequence[Row] = [
    ("C1", ago(10), "10.00", "ok", "phone", "2.5", "no"),
    ("C1", ago(30), "2.50", "ok", "shop", None, "no"),
    ("C1", ago(90), "4.00", "ok", None, "1", "yes"),
    ("C1", ago(1), "99.99", "cancelled", "letter", "0", "no"),
    ("C2", ago(10), "0.145", "cancelled", "phone", "0.001", "no"),
]


def metric(form: Any, name: str = "", **changes: Any) -> Metric:
    """Of the orders that were not cancelled, with what the form needs."""
    made = Metric(name or form, form, "orders", where="\"status\" = 'ok'")
    if form in ("sum", "mean", "last", "distinct", "decayed-sum", "trend"):
        made = replace(made, of='"amount"', digits=2)
    if form == "decayed-sum":
        made = replace(made, half_life=10)
    return replace(made, **changes)


def scoring(*metrics: Metric, source: Source = ORDERS, **changes: Any) -> Scoring:
    """A scoring with these metrics, in pounds."""
    made = Scoring(
        version="v1",
        currency="GBP",
        money_digits=2,
        sources={source.name: source},
        metrics={each.name: each for each in metrics},
        weights={},
        origins={},
        costs=(
            Costs(AT - 40 * DAY, {"phone": "0.45", "other": "0.20"}, "0.72"),
            Costs(AT - 20 * DAY, {"phone": "0.50", "other": "0.25"}, "1"),
        ),
    )
    return replace(made, **changes)


def read(
    places: Mapping[str, str],
    made: Scoring,
    customers: Sequence[str] = ("C1", "C2", "C3"),
    engine: Engine | None = None,
) -> Reading:
    return Sources(places, engine=engine).read(made, customers, AT, lambda name: None)


Put = Callable[[Sequence[Row]], str]
"""Puts rows somewhere, and returns the setting that names the place."""


HEAD = "customer_id,ordered_at,amount,status\n"
PLAIN = Source("orders", "customer_id", "ordered_at", {"amount": "money", "status": "text"})


def csv_of(folder: Path, text: str, name: str = "orders.csv") -> str:
    """Write a CSV file as it stands, and return the setting that names it."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def in_csv(folder: Path, rows: Sequence[Row], names: Sequence[str] = tuple(TYPES)) -> str:
    path = folder / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
    return str(path)


def in_parquet(folder: Path, rows: Sequence[Row]) -> str:
    path = folder / "orders.parquet"
    columns = ", ".join(f"'{name}': '{type_}'" for name, type_ in TYPES.items())
    how = f"columns = {{{columns}}}, auto_detect = false, header = true"
    read = f"read_csv('{in_csv(folder, rows)}', {how})"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM {read}) TO '{path}' (FORMAT parquet)")
    return str(path)


def in_sqlite(folder: Path, rows: Sequence[Row]) -> str:
    path = folder / "shop.db"
    names = ", ".join(f'"{name}"' for name in TYPES)
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE orders ({names})")
        marks = ", ".join("?" * len(TYPES))
        connection.executemany(_PUT + f"({marks})", rows)
    connection.close()
    return f"sqlite:///{path}#orders"


def in_postgres(database: PostgresDatabase, rows: Sequence[Row]) -> str:
    columns = ", ".join(f'"{name}" {type_}' for name, type_ in TYPES.items())
    with psycopg.connect(
        f"host={database.server.folder} user=ivr dbname={database.name}",
    ) as connection:
        connection.execute(f"CREATE TABLE orders ({columns})".encode())
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(TYPES))
            cursor.executemany((_PUT + f"({marks})").encode(), rows)
    return f"{database.url}#public.orders"
