"""Tables and views of PostgreSQL, read in place: it makes the metrics' states, and sends no row."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ivr.errors import ScoringError
from ivr.warehouse.metric_sql import over, quoted, translated
from ivr.warehouse.places import Table
from ivr.warehouse.rows import MOST_DIGITS, Found

_CONNECT_SECONDS = 10
_BLOCK = 1 << 16  # bytes
_FOUND: dict[int, Found] = {
    16: "yes-no",
    **dict.fromkeys((20, 21, 23), "whole"),
    **dict.fromkeys((700, 701, 1700), "decimal"),
    **dict.fromkeys((18, 19, 25, 1042, 1043, 2950), "text"),
    1082: "date",
    1114: "naive",
    1184: "moment",
}
"""By the number that PostgreSQL gives a type. 2950 are UUIDs."""
_NUMBER = r"^\s*[+-]?[0-9]{1,%d}([.][0-9]*)?\s*$"


class PostgresReads:
    """How PostgreSQL reads a column."""

    def decimal(self, column: str, found: Found, digits: int) -> str:
        """As `Reads` says."""
        made = f"CAST({column} AS DECIMAL({MOST_DIGITS}, {digits}))"
        if found in ("whole", "decimal"):
            bound = 10 ** (MOST_DIGITS - digits) - 1
            whole = "" if digits else f" AND {column} = ROUND(CAST({column} AS NUMERIC))"
            return f"CASE WHEN ABS({column}) < {bound}{whole} THEN {made} END"
        if found == "text":
            like = _NUMBER % (MOST_DIGITS - digits - 1)
            like = like if digits else r"^\s*[+-]?[0-9]{1,11}\s*$"
            return f"CASE WHEN {column} ~ '{like}' THEN {made} END"
        return "CAST(NULL AS DECIMAL)"

    def flag(self, column: str, found: Found) -> str:
        """As `Reads` says."""
        if found == "yes-no":
            return column
        if found in ("text", "whole"):
            said = f"LOWER(TRIM(CAST({column} AS VARCHAR)))"
            yes, no = "('yes', 'true', 'y', 't', '1')", "('no', 'false', 'n', 'f', '0')"
            return f"CASE WHEN {said} IN {yes} THEN TRUE WHEN {said} IN {no} THEN FALSE END"
        return "CAST(NULL AS BOOLEAN)"

    def seconds(self, column: str, found: Found, zone: str) -> str:
        """As `Reads` says."""
        if found == "whole":
            return f"CAST({column} AS BIGINT)"
        moment = column
        if found in ("naive", "date"):
            if not zone:
                return "CAST(NULL AS BIGINT)"
            moment = f"CAST({column} AS TIMESTAMP) AT TIME ZONE '{zone}'"
        elif found != "moment":
            raise ScoringError(f"{column} is no time there: make it a timestamp; a view will do")
        seconds = f"CAST(FLOOR(EXTRACT(EPOCH FROM {moment})) AS BIGINT)"
        return f"CASE WHEN ISFINITE({column}) THEN {seconds} END"


class PostgresTable:
    """One table, view or query, read in one transaction: what it says is of one moment."""

    reads = PostgresReads()
    rejected = 0

    def __init__(self, connection: Any, table: str, query: str = "") -> None:
        self._connection = connection
        self.table = ".".join(map(quoted, table.split(".")))
        if query:
            self.table = f"({query}) AS {self.table}"

    def columns(self) -> dict[str, Found]:
        """Return what its columns are."""
        nothing = f"SELECT * FROM {self.table} LIMIT 0"  # noqa: S608 - quoted, or ours
        cursor = self._connection.execute(nothing)
        return {each.name: _FOUND.get(each.type_code, "other") for each in cursor.description}

    def do(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask."""
        found: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
        return found

    def copy_states(self, events: str, sql: str, path: Path) -> None:
        """As `RowsInPlace` says."""
        states = over(events, translated(sql, "postgres"))
        with (
            self._connection.cursor() as cursor,
            path.open("xb") as file,
            cursor.copy(f"COPY ({states}) TO STDOUT (FORMAT csv)") as copied,
        ):
            file.writelines(copied)


@contextmanager
def opened(place: Table) -> Iterator[PostgresTable]:
    """Connect, for reading alone; raises ScoringError, also for what goes wrong later."""
    with _connected(place.url, place.shown) as connection:
        connection.read_only = True
        yield PostgresTable(connection, place.table, place.query)


@contextmanager
def staged(
    url: str,
    shown: str,
    columns: Mapping[str, str],
    path: Path,
) -> Iterator[PostgresTable]:
    """Put the rows of a CSV file into a table that only this connection has, and that goes with it.

    `columns` are their types, as DuckDB calls them. Raises as `opened` does.
    """
    made = ", ".join(f"{quoted(name)} {_type(type_)}" for name, type_ in columns.items())
    with _connected(url, shown) as connection:
        connection.execute(f"CREATE TEMPORARY TABLE staged ({made}) ON COMMIT DROP")
        table = PostgresTable(connection, "pg_temp.staged")
        copied = f"COPY {table.table} FROM STDIN (FORMAT csv)"
        with path.open("rb") as rows, connection.cursor() as cursor, cursor.copy(copied) as copy:
            while block := rows.read(_BLOCK):
                copy.write(block)
        connection.execute(f"ANALYZE {table.table}")
        yield table


def _type(type_: str) -> str:
    """Return PostgreSQL's type. Texts are compared byte by byte, as DuckDB does."""
    return 'TEXT COLLATE "C"' if type_ == "VARCHAR" else type_


@contextmanager
def _connected(url: str, shown: str) -> Iterator[Any]:
    """Connect for one transaction, of which nothing stays; raises ScoringError for all of it."""
    try:
        import psycopg  # noqa: PLC0415 - an extra, for those who have PostgreSQL
    except ImportError:
        problem = f"to read {shown}, PostgreSQL's driver is needed"
        raise ScoringError(f"{problem}: pip install 'segment-ivr[postgres]'") from None
    try:
        with psycopg.connect(url, connect_timeout=_CONNECT_SECONDS) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            yield connection
            connection.rollback()
    except psycopg.Error as error:
        said = str(error).strip().partition("\n")[0]
        raise ScoringError(f"{shown}: {said or type(error).__name__}") from None
