"""What makes the states of a source's metrics: DuckDB, or an engine that a larger site has."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from ivr.domain.scoring.definition import Source
from ivr.errors import ScoringError, SettingError
from ivr.warehouse import postgres, spark
from ivr.warehouse.duckdb_session import DuckSession
from ivr.warehouse.metric_sql import SourceQuestion, over
from ivr.warehouse.places import Place, Table, without_password
from ivr.warehouse.rows import Found, Reads

_SET = "set it to postgresql://USER:PASSWORD@HOST/DATABASE, or use --engine duckdb"


class RowsInPlace(Protocol):
    """A source's rows where they lie, in an engine that answers for itself."""

    @property
    def reads(self) -> Reads:
        """How it reads a column."""
        ...

    @property
    def table(self) -> str:
        """What its SQL calls the rows."""
        ...

    @property
    def rejected(self) -> int:
        """How many lines of files are no rows at all."""
        ...

    def columns(self) -> dict[str, Found]:
        """Return what its columns are."""
        ...

    def do(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask, in the engine's own words."""
        ...

    def copy_states(self, events: str, sql: str, path: Path) -> None:
        """Ask DuckDB's `sql` of the rows that `events` selects, into a CSV file of our own."""
        ...


class Engine(Protocol):
    """One engine, chosen for a run."""

    def asked(self, source: Source, place: Place) -> AbstractContextManager[RowsInPlace] | None:
        """Open a source that is asked where it lies; None where its rows are read first.

        Raises ScoringError for one that this engine cannot read.
        """
        ...

    def make(self, session: DuckSession, events: str, asked: SourceQuestion, states: str) -> None:
        """Make the session's table `states` of rows that were read: `events` selects them there."""
        ...


class InDuckDB:
    """DuckDB, in the process of the run. PostgreSQL's tables are asked in place."""

    def asked(self, source: Source, place: Place) -> AbstractContextManager[RowsInPlace] | None:
        """As `Engine` says."""
        return _in_place(place)

    def make(self, session: DuckSession, events: str, asked: SourceQuestion, states: str) -> None:
        """As `Engine` says."""
        session.do(f"CREATE TABLE {states} AS {over(events, asked.sql)}")


class InPostgres:
    """PostgreSQL: its own tables in place, and other rows in temporary tables of one database."""

    def __init__(self, url: str) -> None:
        self._url = url

    def asked(self, source: Source, place: Place) -> AbstractContextManager[RowsInPlace] | None:
        """As `Engine` says."""
        return _in_place(place)

    def make(self, session: DuckSession, events: str, asked: SourceQuestion, states: str) -> None:
        """As `Engine` says."""
        rows, made = session.folder / "rows.csv", session.folder / "states.csv"
        columns = session.write(events, rows)
        with postgres.staged(self._url, without_password(self._url), columns, rows) as table:
            rows.unlink()
            table.copy_states(f"TABLE {table.table}", asked.sql, made)
        session.put_states(states, asked, made)


class InSpark:
    """Apache Spark: it reads CSV and Parquet files."""

    def asked(self, source: Source, place: Place) -> AbstractContextManager[RowsInPlace] | None:
        """As `Engine` says."""
        if isinstance(place, Table):
            mend = f"export {source.name} as Parquet or CSV, or use another --engine"
            raise ScoringError(f"{place.shown}: Spark reads files only: {mend}")
        return spark.opened(source, place)

    def make(self, session: DuckSession, events: str, asked: SourceQuestion, states: str) -> None:
        """Raise ScoringError: what Spark reads never comes here."""
        raise ScoringError("Spark reads files only")


def chosen(name: str, url: str, service_url: str) -> Engine:
    """Return the engine that a setting names. Raises SettingError for one that cannot be used.

    `url` is that of the engine, and empty where none is set; `service_url` that of our database.
    """
    if name == "postgresql":
        where = url or service_url
        kind, separator, rest = where.partition("://")
        if kind.partition("+")[0] not in ("postgresql", "postgres") or not separator:
            what = "names another database" if url else "is not set, and the service's is another"
            raise SettingError(f"IVR_SCORE_ENGINE_URL {what}: where is PostgreSQL? {_SET}")
        return InPostgres(f"postgresql://{rest}")
    return InSpark() if name == "spark" else InDuckDB()


def _in_place(place: Place) -> AbstractContextManager[RowsInPlace] | None:
    if isinstance(place, Table) and place.kind == "postgresql":
        return postgres.opened(place)
    return None
