"""Unix times of a zone's clocks: as DuckDB's calendar has them, also while clocks are changed."""

# ruff: noqa: S608 - statements of our own

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from ivr.warehouse import zone_offsets

ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Chatham",  # 12:45 ahead
    "Asia/Kathmandu",
    "Africa/Casablanca",  # back for a month a year
    "Pacific/Apia",  # left out a day
    "America/Caracas",
    "UTC",
]


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("SET TimeZone = 'UTC'")
        yield made


def rows(database: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return database.execute(sql).fetchall()


@pytest.mark.parametrize("zone", ZONES)
def test_it_is_what_the_calendar_says(database: duckdb.DuckDBPyConnection, zone: str) -> None:
    times = "range(TIMESTAMP '2007-01-01 00:00:00.5', TIMESTAMP '2019-01-01', INTERVAL 599 SECOND)"
    database.execute(f"CREATE TABLE rows AS SELECT range AS days FROM {times}")
    sql = zone_offsets.seconds(lambda asked: rows(database, asked), "rows", '"days"', zone)
    assert sql
    calendar = f"CAST(FLOOR(epoch(timezone('{zone}', days))) AS BIGINT)"
    wrong = f"SELECT days, {sql}, {calendar} FROM rows WHERE {sql} <> {calendar} LIMIT 3"
    assert rows(database, wrong) == []
    ((count,),) = rows(database, f"SELECT COUNT({sql}) FROM rows")
    assert count > 600_000


@pytest.mark.parametrize(
    "times",
    [
        "('1979-12-31 23:59:59'), ('2020-01-01')",
        "('1980-01-01'), ('2011-01-01')",
        "('infinity'), ('2020-01-01')",
        "(NULL)",
    ],
)
def test_the_calendar_is_asked_for_others(database: duckdb.DuckDBPyConnection, times: str) -> None:
    database.execute(f"CREATE TABLE rows AS SELECT v::TIMESTAMP AS v FROM (VALUES {times}) AS t(v)")
    asked = zone_offsets.seconds(lambda sql: rows(database, sql), "rows", "v", "Europe/London")
    assert asked is None
