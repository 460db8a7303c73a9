"""What only MySQL and MariaDB have: their types, their zero dates, and how they go away."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from ivr.domain.scoring.definition import Source
from ivr.warehouse import mysql
from ivr.warehouse.duckdb_session import DuckSession
from tests.mariadb import MariadbDatabase
from tests.scored import AT, DAY, metric, read, scoring

NAN = math.nan
PLAIN = Source("orders", "customer_id", "at", {"amount": "money", "status": "text"})


def made(database: MariadbDatabase, columns: str, values: str, **changes: Any) -> Any:
    """Count and sum the orders of a table that has these columns and rows."""
    database.do(f"CREATE TABLE orders (customer_id VARCHAR(20), {columns})")
    database.do(f"INSERT INTO orders VALUES {values}")  # noqa: S608 - of this test
    source = replace(PLAIN, **changes)
    metrics = metric("count", where=""), metric("sum", where="")
    return read({"orders": database.url("orders")}, scoring(*metrics, source=source))


def test_the_last_digit_of_every_decimal_counts(empty_mariadb: MariadbDatabase) -> None:
    found = made(
        empty_mariadb,
        "at TIMESTAMP, amount DECIMAL(30, 10), status TEXT",
        "('C1', '2026-06-01', 0.145, ''), ('C1', '2026-06-01', 0.0000000000, ''), "
        "('C2', '2026-06-01', -9999999999.99, ''), ('C3', '2026-06-01', 1e19, '')",
    )
    assert found.states["sum"].tolist() == pytest.approx([15, -999_999_999_999, NAN], nan_ok=True)
    assert found.sources[0].bad == 1
    assert "is no amount in GBP" in found.sources[0].problems[0]


def test_a_timestamp_is_a_moment_and_a_datetime_is_in_the_zone_of_the_source(
    empty_mariadb: MariadbDatabase,
) -> None:
    columns = "at {}, amount DECIMAL(9, 2), status TEXT"
    row = "('C1', '2026-06-01 00:00:00', 1, '')"
    empty_mariadb.server.do("SET GLOBAL time_zone = '+05:30'")
    try:
        moments = made(empty_mariadb, columns.format("TIMESTAMP"), row, zone="Europe/London")
    finally:
        empty_mariadb.server.do("SET GLOBAL time_zone = 'SYSTEM'")
    assert moments.sources[0].newest == AT - 30 * DAY
    empty_mariadb.do("DROP TABLE orders")
    naive = made(empty_mariadb, columns.format("DATETIME"), row, zone="Europe/London")
    assert naive.sources[0].newest == AT - 30 * DAY - 3600
    empty_mariadb.do("DROP TABLE orders")
    none = made(empty_mariadb, columns.format("DATETIME"), row)
    assert "is no time with its zone: give orders a `zone`" in none.sources[0].problems[0]


@pytest.mark.parametrize("type_", ["DATETIME", "TIMESTAMP", "DATE"])
def test_a_zero_date_is_a_bad_row(empty_mariadb: MariadbDatabase, type_: str) -> None:
    rows = "('C1', '0000-00-00', 1, ''), ('C2', '2026-06-01', 1, '')"
    columns = f"at {type_} NOT NULL DEFAULT '0000-00-00', amount DECIMAL(9, 2), status TEXT"
    found = made(empty_mariadb, columns, rows, zone="UTC")
    assert found.states["count"].tolist() == pytest.approx([NAN, 1, NAN], nan_ok=True)
    assert found.sources[0].bad == 1
    assert "'0000-00-00" in found.sources[0].problems[0]


@pytest.mark.thorough
@pytest.mark.parametrize("type_", ["TINYINT(1)", "BIT(1)", "BOOLEAN", "ENUM('0', '1')"])
def test_yes_and_no_in_their_types(empty_mariadb: MariadbDatabase, type_: str) -> None:
    empty_mariadb.do(f"CREATE TABLE orders (customer_id VARCHAR(20), at TIMESTAMP, first {type_})")
    no, yes = ("'0'", "'1'") if "ENUM" in type_ else ("0", "1")
    when = "'2026-06-01'"
    rows = f"('C1', {when}, {yes}), ('C2', {when}, {no})"
    empty_mariadb.do(f"INSERT INTO orders VALUES {rows}")  # noqa: S608 - of this test
    source = replace(PLAIN, columns={"first": "yes-no"})
    asked = scoring(metric("count", where='"first"'), source=source)
    found = read({"orders": empty_mariadb.url("orders")}, asked)
    assert found.states["count"].tolist() == pytest.approx([1, NAN, NAN], nan_ok=True)
    assert found.sources[0].bad == 0


def test_letters_and_names_of_all_kinds_in_a_view(empty_mariadb: MariadbDatabase) -> None:
    """Capitals, marks, emoji; one name is a word of SQL."""
    empty_mariadb.do("CREATE TABLE `Table` (`Kunde` VARCHAR(20), `order` BIGINT, `Größe` TEXT)")
    rows = f"('C1', {AT - DAY}, '🐘'), ('Ç2', {AT - DAY}, 'x')"
    empty_mariadb.do(f"INSERT INTO `Table` VALUES {rows}")  # noqa: S608 - of this test
    empty_mariadb.do("CREATE VIEW Alle AS SELECT * FROM `Table`")
    source = Source("orders", "Kunde", "order", {"Größe": "text"})
    asked = scoring(metric("count", where="\"Größe\" = '🐘'"), source=source)
    found = read({"orders": empty_mariadb.url(f"{empty_mariadb.name}.Alle")}, asked, ("C1", "Ç2"))
    assert found.sources[0].error == ""
    assert found.sources[0].customers == 2
    assert found.states["count"].tolist() == pytest.approx([1, NAN], nan_ok=True)


def test_a_server_that_goes_away_in_the_middle_fails_its_source_alone(
    empty_mariadb: MariadbDatabase,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = "SELECT 'C1', '2026-06-01', 1, REPEAT('x', 500) FROM seq_1_to_60000"
    columns = "customer_id TEXT, at TIMESTAMP, amount INT, status TEXT"
    empty_mariadb.do(f"CREATE TABLE orders ({columns})")
    empty_mariadb.do(f"INSERT INTO orders {rows}")
    monkeypatch.setattr(mysql, "_BATCH", 100)
    put, batches = DuckSession.put_texts, 0

    def gone(
        session: DuckSession,
        table: str,
        names: Sequence[str],
        rows: Sequence[Sequence[object]],
    ) -> None:
        nonlocal batches
        batches += 1
        if batches == 3:
            empty_mariadb.server.do(f"KILL USER '{empty_mariadb.reader}'@'localhost'")
        put(session, table, names, rows)

    monkeypatch.setattr(DuckSession, "put_texts", gone)
    asked = scoring(metric("count", where=""), source=PLAIN)
    found = read({"orders": empty_mariadb.url("orders")}, asked)
    assert batches >= 3
    assert found.sources[0].error.startswith(f"mariadb://localhost/{empty_mariadb.name}#orders: ")
    assert not found.states


@pytest.mark.parametrize(
    ("password", "more", "said"),
    [
        ("s3cret-word", "", "Access denied"),
        ("s3cret/word@x", "", "#orders: "),
        ("p%40ss%2Fw0rd", "&local_infile=1", "'local_infile' is no option"),
    ],
)
def test_a_password_is_never_shown(
    empty_mariadb: MariadbDatabase,
    password: str,
    more: str,
    said: str,
) -> None:
    place = empty_mariadb.url("orders", password, "mysql").replace("#", f"{more}#")
    found = read({"orders": place}, scoring(metric("count"), source=PLAIN))
    assert said in found.sources[0].error
    parts = ("s3cret", "t-word", "word@x", "p%40ss")
    assert not any(part in found.sources[0].error for part in parts)
    assert not found.states


def test_nothing_can_be_written_there_even_by_one_who_may(empty_mariadb: MariadbDatabase) -> None:
    """A view whose function writes: the transaction is for reading."""
    empty_mariadb.do("CREATE TABLE seen (n INT)")
    body = "BEGIN INSERT INTO seen VALUES (1); RETURN 'C1'; END"
    empty_mariadb.do(f"CREATE FUNCTION mark() RETURNS TEXT {body}")
    empty_mariadb.do(
        "CREATE VIEW orders AS SELECT mark() customer_id, '' at, 1 amount, '' status",
    )
    asked = scoring(metric("count"), source=PLAIN)
    found = read({"orders": empty_mariadb.url("orders")}, asked)
    assert "READ ONLY" in found.sources[0].error
