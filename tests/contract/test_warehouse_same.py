"""The same rows give the same states to the last digit, whichever engine makes them."""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import psycopg
import pytest

from ivr.warehouse import engines
from tests.databases import PostgresDatabase
from tests.scored import AT, DAY, TYPES, metric, read, scoring

METRICS = (
    metric("sum", window=365),
    metric("sum", "less", of='"amount" - "minutes" * 0.35', digits=5),
    metric("sum", "cost", of="cost-to-serve", where=""),
    metric("count", where="\"channel\" IN ('phone', 'shop') AND NOT \"first\""),
    metric("mean", window=200),
    metric("share", window=365),
    metric("last"),
    metric("last", "last-minutes", of='"minutes"', digits=3, where="", window=30),
    metric("days-since-last"),
    metric("tenure"),
    metric("distinct", of='"channel"'),
    metric("decayed-sum", half_life=30),
    metric("decayed-sum", "decayed-count", of="", digits=0, half_life=7, where=""),
    metric("trend", window=182),
)
CHANNELS = "['phone', 'chat', 'shop', NULL]"


def history(folder: Path, customers: int) -> tuple[Path, Path]:
    """Two and a half orders for each customer, as Parquet and as CSV; the same each time."""
    rows = f"""
        SELECT 'C' || (hash(n) % {customers})::VARCHAR AS customer_id,
          to_timestamp({AT + DAY} - (hash(n * 31) % {800 * DAY})::BIGINT) AS ordered_at,
          ((hash(n * 37) % 200000)::DECIMAL(12, 3) / 100 - 200)::DECIMAL(12, 3) AS amount,
          CASE WHEN hash(n * 41) % 5 = 0 THEN 'lost' ELSE 'ok' END AS status,
          {CHANNELS}[1 + (hash(n * 43) % 4)::BIGINT] AS channel,
          CASE WHEN hash(n * 47) % 3 > 0 THEN (hash(n * 53) % 60000) / 1000 END
            ::DECIMAL(9, 3) AS minutes,
          hash(n * 59) % 4 = 0 AS first
        FROM range({customers * 5 // 2}) AS numbers(n)"""  # noqa: S608 - numbers of our own
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for kind in ("parquet", "csv"):
            connection.execute(f"COPY ({rows}) TO '{folder / kind}.{kind}' (FORMAT {kind})")
    return folder / "parquet.parquet", folder / "csv.csv"


@pytest.mark.parametrize("customers", [2_000, pytest.param(100_000, marks=pytest.mark.thorough)])
def test_engines_agree_to_the_last_digit(
    tmp_path: Path,
    empty_postgres: PostgresDatabase,
    customers: int,
) -> None:
    parquet, csv = history(tmp_path, customers)
    columns = ", ".join(f'"{name}" {type_}' for name, type_ in TYPES.items())
    with psycopg.connect(
        f"host={empty_postgres.server.folder} user=ivr dbname={empty_postgres.name}",
    ) as connection:
        connection.execute(f"CREATE TABLE orders ({columns})".encode())
        with connection.cursor().copy("COPY orders FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(csv.read_bytes())
    made, ids = scoring(*METRICS), [f"C{n}" for n in range(customers)]
    places = {
        "duckdb": str(parquet),
        "of texts": str(csv),
        "postgresql": f"{empty_postgres.url}#orders",
    }
    found = {name: read({"orders": place}, made, ids) for name, place in places.items()}
    other = engines.chosen("postgresql", "", empty_postgres.url)
    for name, place in places.items():
        found[f"{name} by the switch"] = read({"orders": place}, made, ids, other)
    assert {each.sources[0].error for each in found.values()} == {""}
    assert len({replace(each.sources[0], place="") for each in found.values()}) == 1
    expected = found.pop("duckdb").states
    assert {name for name, states in expected.items() if np.isfinite(states).mean() < 0.03} == set()
    for engine, reading in found.items():
        for name, states in reading.states.items():
            differing = np.flatnonzero(
                ~((states == expected[name]) | (np.isnan(states) & np.isnan(expected[name]))),
            )
            assert differing.size == 0, (engine, name, differing[:3])
