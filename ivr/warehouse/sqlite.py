"""Tables and views of SQLite, read in place into DuckDB, whose forms SQLite does not have."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from ivr.errors import ScoringError
from ivr.warehouse.duckdb_session import DuckSession
from ivr.warehouse.metric_sql import quoted
from ivr.warehouse.places import Table

_BATCH = 50_000  # rows


def copy(place: Table, names: Sequence[str], session: DuckSession, table: str) -> None:
    """Put these columns into a table of the session, as texts; raises ScoringError."""
    uri = f"file:{quote(str(Path(place.url).absolute()))}?mode=ro"
    columns = ", ".join(map(quoted, names))
    try:
        connection = sqlite3.connect(uri, uri=True)
        try:
            rows = f"FROM ({place.query})" if place.query else f"FROM {quoted(place.table)}"
            all_columns = connection.execute(f"SELECT * {rows} LIMIT 0").description
            refuse_missing(place.shown, names, [each[0] for each in all_columns])
            cursor = connection.execute(f"SELECT {columns} {rows}")
            session.put_texts(table, names, ())
            while batch := cursor.fetchmany(_BATCH):
                session.put_texts(table, names, batch)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise ScoringError(f"{place.shown}: {error}") from None


def refuse_missing(shown: str, names: Sequence[str], there: Sequence[str]) -> None:
    """Raise ScoringError for the first of the names that is not there."""
    for name in names:
        if name not in there:
            has = ", ".join(list(there)[:12])
            raise ScoringError(f"{shown} has no column {name}: it has {has}")
