"""DuckDB, shut in: it reads the files that the settings name, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from ivr.domain.scoring.numbers import Values
from ivr.errors import ScoringError
from ivr.warehouse.metric_sql import SourceQuestion, quoted
from ivr.warehouse.rows import MOST_DIGITS, Found

MEMORY = "400MB"
THREADS = 2
_OFFSET = r"[0-9]:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)? ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"
NO_MOMENTS: Mapping[str, str] = {}
_YES, _NO = "('yes', 'true', 'y', 't', '1')", "('no', 'false', 'n', 'f', '0')"


class DuckReads:
    """How DuckDB reads a column. `moments` are times that it reads in a way of their own."""

    def __init__(self, moments: Mapping[str, str] = NO_MOMENTS) -> None:
        self._moments = moments

    def decimal(self, column: str, found: Found, digits: int) -> str:
        """As `Reads` says."""
        if found == "exact" and digits:
            return f"TRY_CAST({column} AS DECIMAL({MOST_DIGITS}, {digits}))"
        if found not in ("text", "whole", "decimal", "exact"):
            return "CAST(NULL AS DECIMAL)"
        # By way of more digits: 0.145, which no binary fraction is, rounds to .15 everywhere.
        exact = f"TRY_CAST({column} AS DECIMAL({2 * MOST_DIGITS}, {MOST_DIGITS - 2}))"
        made = f"TRY_CAST({exact} AS DECIMAL({MOST_DIGITS}, {digits}))"
        return made if digits or found == "whole" else f"CASE WHEN {made} = {exact} THEN {made} END"

    def flag(self, column: str, found: Found) -> str:
        """As `Reads` says."""
        if found == "yes-no":
            return column
        if found in ("text", "whole"):
            said = f"LOWER(TRIM(CAST({column} AS VARCHAR)))"
            return f"CASE WHEN {said} IN {_YES} THEN TRUE WHEN {said} IN {_NO} THEN FALSE END"
        return "CAST(NULL AS BOOLEAN)"

    def seconds(self, column: str, found: Found, zone: str) -> str:
        """As `Reads` says."""
        if column in self._moments:
            return self._moments[column]
        if found == "whole":
            return f"CAST({column} AS BIGINT)"
        if found == "moment":
            return _epoch(column)
        if found in ("naive", "date"):
            return _epoch(_in_zone(f"CAST({column} AS TIMESTAMP)", zone)) if zone else _NEVER
        if found != "text":
            return _NEVER
        naive = _epoch(_in_zone(f"TRY_CAST({column} AS TIMESTAMP)", zone)) if zone else _NEVER
        return (
            f"CASE WHEN regexp_full_match({column}, '[0-9]{{1,12}}') THEN CAST({column} AS BIGINT) "
            f"WHEN regexp_matches({column}, '{_OFFSET}') "
            f"THEN {_epoch(f'TRY_CAST({column} AS TIMESTAMPTZ)')} ELSE {naive} END"
        )


_FOUND: Mapping[str, Found] = {
    "BOOLEAN": "yes-no",
    "DATE": "date",
    "DOUBLE": "decimal",
    "FLOAT": "decimal",
    "TIMESTAMP WITH TIME ZONE": "moment",
}
_NEVER = "CAST(NULL AS BIGINT)"


def _epoch(moment: str) -> str:
    return f"TRY_CAST(FLOOR(epoch({moment})) AS BIGINT)"


def _in_zone(naive: str, zone: str) -> str:
    return f"timezone('{zone}', {naive})"


@dataclass(frozen=True, slots=True)
class MadeStates:
    """Whole numbers (as floats, NaN for none) and texts, by column, in the order of the customers.

    `customers` is how many of them have any, `strangers` how many others do.
    """

    states: Mapping[str, Values]
    texts: Mapping[str, Sequence[str | None]]
    customers: int
    strangers: int


class EngineError(ScoringError):
    """DuckDB cannot do it."""


class DuckSession:
    """One DuckDB in memory. It may read `files`, and read and write in `folder`."""

    def __init__(self, folder: Path, files: Sequence[Path]) -> None:
        self.folder = folder
        self._connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "memory_limit": MEMORY,
                "threads": str(THREADS),
                "temp_directory": str(folder / "spilt"),
                "preserve_insertion_order": "false",
                # A condition that it moves to where the rows are read reads their times once more.
                "disabled_optimizers": "filter_pushdown",
            }
        )
        self.do("SET TimeZone = 'UTC'")
        self.do(f"SET allowed_directories = [{text(f'{folder}/')}]")
        self.do(f"SET allowed_paths = [{', '.join(text(str(each.absolute())) for each in files)}]")
        self.do("SET enable_external_access = false")
        self.do("SET lock_configuration = true")

    def do(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask; raises EngineError with the first line of what DuckDB says."""
        try:
            return self._connection.execute(sql).fetchall()
        except duckdb.Error as error:
            raise EngineError(_first_line(error)) from None

    def columns(self, table: str) -> dict[str, Found]:
        """Return what the columns of a table are."""
        described = self.do(f"DESCRIBE FROM {table}")
        return {name: _found(type_) for name, type_, *_ in described}

    def write(self, rows: str, path: Path) -> dict[str, str]:
        """Write selected rows into a CSV file of our own. Returns what DuckDB calls their types.

        All texts are in quotes: nothing without quotes is NULL.
        """
        types = {name: type_ for name, type_, *_ in self.do(f"DESCRIBE {rows}")}
        texts = ", ".join(quoted(name) for name, type_ in types.items() if type_ == "VARCHAR")
        how = f"FORMAT csv, HEADER false, NULLSTR '', FORCE_QUOTE ({texts})"
        self.do(f"COPY ({rows}) TO {text(str(path))} ({how})")
        return types

    def put_states(self, table: str, asked: SourceQuestion, path: Path) -> None:
        """Make a table of a CSV file of states, as another engine made them; the file goes away."""
        whole = [f"{text(name)}: 'BIGINT'" for name in asked.columns]
        whole += [f"{text(name)}: 'VARCHAR'" for name in asked.texts]
        columns = ", ".join(["'_customer': 'VARCHAR'", *whole])
        how = f"columns = {{{columns}}}, auto_detect = false, header = false"
        how += ", quote = '\"', escape = '\"'"
        self.do(f"CREATE TABLE {table} AS FROM read_csv({text(str(path))}, {how})")
        path.unlink()

    def put_customers(self, customers: Sequence[str]) -> None:
        """Make the table `customers`: each with its place `n`."""
        names = np.empty(len(customers), dtype=object)
        names[:] = customers
        self._connection.register("given", {"customer_id": names, "n": np.arange(len(customers))})
        as_text = "CAST(customer_id AS VARCHAR) AS customer_id"
        self.do(f"CREATE TABLE customers AS SELECT {as_text}, n FROM given")  # noqa: S608 - fixed
        self._connection.unregister("given")

    def put_texts(self, table: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add rows of another database to a table of texts, which is made if need be."""
        made = ", ".join(f"{quoted(name)} VARCHAR" for name in names)
        self.do(f"CREATE TABLE IF NOT EXISTS {table} ({made})")
        if not rows:
            return
        columns = {}
        for name, values in zip(names, zip(*rows, strict=True), strict=True):
            columns[name] = np.empty(len(rows), dtype=object)
            columns[name][:] = [None if each is None else str(each) for each in values]
        self._connection.register("given", columns)
        self.do(f"INSERT INTO {table} SELECT * FROM given")  # noqa: S608 - a table of ours
        self._connection.unregister("given")

    def made(self, table: str, asked: SourceQuestion, count: int) -> MadeStates:
        """Return what a table says of the customers, in their order, and of how many."""
        names = ", ".join(map(quoted, ("n", *asked.columns, *asked.texts)))
        joined = f"{table} LEFT JOIN customers ON customer_id = _customer"
        try:
            rows = self._connection.execute(f"SELECT {names} FROM {joined}")  # noqa: S608 - checked
            found: Mapping[str, Any] = rows.fetchnumpy()
        except duckdb.Error as error:
            raise ScoringError(_first_line(error)) from None
        places = np.ma.masked_array(found["n"])
        known = ~np.ma.getmaskarray(places)
        n = places.data[known]
        states, texts = dict[str, Values](), dict[str, list[str | None]]()
        for name in asked.columns:
            states[name] = np.full(count, np.nan)
            states[name][n] = np.ma.filled(found[name].astype(float), np.nan)[known]
        for name in asked.texts:
            column: list[str | None] = [None] * count
            texts[name] = column
            for place, said in zip(places.tolist(), found[name].tolist(), strict=True):
                if place is not None:
                    column[place] = said
        return MadeStates(states, texts, len(n), len(known) - len(n))

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()


def text(value: str) -> str:
    """Return a text, as SQL has it."""
    return "'" + value.replace("'", "''") + "'"


def _found(type_: str) -> Found:
    kind = type_.upper()
    if kind == "VARCHAR" or kind.startswith("ENUM"):
        return "text"
    if kind.endswith(("INT", "INTEGER")):
        return "whole"
    if kind.startswith("DECIMAL"):
        return "exact"
    if kind.startswith("TIMESTAMP") and kind not in _FOUND:
        return "naive"
    return _FOUND.get(kind, "other")


def _first_line(error: duckdb.Error) -> str:
    return str(error).partition("\n")[0]
