"""One source in one run: its rows are counted, bad ones are told, and states are made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from ivr.domain.scoring.definition import Scoring, Source
from ivr.domain.scoring.numbers import Values
from ivr.domain.scoring.reading import SourceReading
from ivr.errors import ScoringError
from ivr.warehouse import csv_files, mysql, sqlite, zone_offsets
from ivr.warehouse.duckdb_session import DuckReads, DuckSession, EngineError, MadeStates, text
from ivr.warehouse.engines import Engine, RowsInPlace
from ivr.warehouse.metric_sql import SourceQuestion, quoted
from ivr.warehouse.places import DataFiles, Place, Table
from ivr.warehouse.rows import Found, Reads, names, relation, shown, why_bad

_TOLD = 20  # bad rows of a source, each in a line
_BATCH = 50_000  # lines
_NAMED = 3  # customers who are not known
_NOT_UTF8 = "error_type = 'INVALID ENCODING'"
_REJECTED = f"CASE WHEN {_NOT_UTF8} THEN 'it is not UTF-8' ELSE error_message END"
Problems = tuple[str, ...]
Texts = Mapping[str, Sequence[str | None]]
"""Of attributes, by their columns, in the order of the customers."""


class Asks(Protocol):
    """What a source's rows are asked in."""

    def do(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask."""
        ...


@dataclass(frozen=True)
class OneSource:
    """One source in one run. `at` is Unix time in seconds."""

    scoring: Scoring
    source: Source
    place: Place
    session: DuckSession
    engine: Engine
    asked: SourceQuestion
    at: int

    def read(self, count: int) -> tuple[SourceReading, Mapping[str, Values], Texts]:
        """How it went, states and texts for `count` customers; none when it cannot be read."""
        try:
            opened = self.engine.asked(self.source, self.place)
            if opened is not None:
                with opened as table:
                    reading = self._in_place(table)
            elif isinstance(self.place, DataFiles):
                reading = self._of_files(self.place)
            else:
                reading = self._copied(self.place)
            made = self.session.made(self._states, self.asked, count)
            reading = self._with_customers(reading, made)
            self.session.do(f"DROP TABLE {self._states}")
        except (ScoringError, OSError) as error:
            why = str(error) or type(error).__name__
            return SourceReading(self.source.name, self.place.shown, error=why), {}, {}
        return reading, made.states, made.texts

    @property
    def _states(self) -> str:
        return quoted(f"states of {self.source.name}")

    def _of_files(self, files: DataFiles) -> SourceReading:
        if files.kind == "parquet":
            return self._of_parquet(files)
        rejects = f"rejects_{self.source.name.replace('-', '_')}"
        checked = csv_files.table(self.source, files.paths, rejects)
        skipped = f"FROM {rejects} SELECT COUNT(*) WHERE error_type = 'UNQUOTED VALUE'"
        try:
            reading = self._of_table(csv_files.table(self.source, files.paths), checked)
            slowly = self.session.do(skipped) != [(0,)]
        except EngineError:  # lines that end in two ways, say
            slowly = True
        return self._slowly(files) if slowly else self._with_rejects(reading, rejects)

    def _of_parquet(self, files: DataFiles) -> SourceReading:
        paths = ", ".join(text(str(path.absolute())) for path in files.paths)
        try:
            return self._of_table(f"read_parquet([{paths}])")
        except EngineError as error:
            mend = "is each file whole, and have all the same columns? Write them anew"
            raise ScoringError(f"{files.shown}: {error}: {mend}") from None

    def _slowly(self, files: DataFiles) -> SourceReading:
        self.session.do(f"DROP TABLE IF EXISTS {self._states}")
        columns, lines = csv_files.slowly(self.source, files.paths)
        table, wrong, bad = quoted(f"rows of {self.source.name}"), list[str](), 0
        self.session.put_texts(table, columns, ())
        for batch in iter(lambda: list(islice(lines, _BATCH)), []):
            good = [line.fields for line in batch if not line.problem]
            self.session.put_texts(table, columns, good)
            bad += len(batch) - len(good)
            for line in batch:
                if line.problem and len(wrong) < _TOLD:
                    where = f"{line.path.name}:{line.number}"
                    wrong.append(self._problem(f"{where}: {line.problem}: left out"))
        reading = self._of_table(table)
        self.session.do(f"DROP TABLE {table}")
        more = _with(reading, [*wrong, *_more(bad - len(wrong))])
        return replace(more, rows=reading.rows + bad, bad=reading.bad + bad)

    def _copied(self, where: Table) -> SourceReading:
        table = quoted(f"rows of {self.source.name}")
        copy = mysql.copy if where.kind == "mysql" else sqlite.copy
        copy(where, names(self.source), self.session, table)
        reading = self._of_table(table)
        self.session.do(f"DROP TABLE {table}")
        return reading

    def _of_table(self, table: str, counted: str = "") -> SourceReading:
        """Make the states of a table of DuckDB's. It is counted as `counted`, if that is given."""
        found = self.session.columns(table)
        reads = DuckReads(self._moments(table, found))
        typed = self._typed(table, found, reads)
        to_count = self._typed(counted, found, reads) if counted else typed
        of_text = [name for name, type_ in self.source.columns.items() if type_ == "text"]
        reading = self._counted(self.session, to_count, of_text if counted else ())
        self.engine.make(self.session, _good(typed), self.asked, self._states)
        return self._with_bad_rows(reading, self.session, typed)

    def _moments(self, table: str, found: Mapping[str, Found]) -> Mapping[str, str]:
        """Say how times without a zone are read quickly."""
        source = self.source
        if not (source.time and source.zone and found.get(source.time) == "naive"):
            return {}
        column = quoted(source.time)
        sql = zone_offsets.seconds(self.session.do, table, column, source.zone)
        return {column: sql} if sql else {}

    def _in_place(self, table: RowsInPlace) -> SourceReading:
        """Make the states where the rows lie; what comes is a row for each customer."""
        path = self.session.folder / f"{self.source.name}.csv"
        typed = self._typed(table.table, table.columns(), table.reads)
        reading = self._counted(table, typed)
        reading = self._with_bad_rows(reading, table, typed)
        table.copy_states(_good(typed), self.asked.sql, path)
        self.session.put_states(self._states, self.asked, path)
        if not table.rejected:
            return reading
        lines = f"lines whose columns or quotes do not fit: {table.rejected:,}: left out"
        rows, bad = reading.rows + table.rejected, reading.bad + table.rejected
        return replace(_with(reading, [self._problem(lines)]), rows=rows, bad=bad)

    def _typed(self, table: str, found: Mapping[str, Found], reads: Reads) -> str:
        sqlite.refuse_missing(self.place.shown, names(self.source), list(found))
        return relation(self.scoring, self.source, table, found, reads)

    def _counted(self, asks: Asks, typed: str, also: Sequence[str] = ()) -> SourceReading:
        """Count the rows. The columns `also` are looked at, too: DuckDB passes over bad bytes else.

        Where these are read later, their rows would be left out, and nobody told.
        """
        time = '"_time"' if self.source.time else "CAST(NULL AS BIGINT)"
        newest = f"MAX({time}) FILTER (WHERE {time} <= {self.at})"
        later = f"COUNT(*) FILTER (WHERE {time} > {self.at})"
        said = f"_bad IS NULL, COUNT(*), {newest}, {later}"
        looked_at = "".join(f", COUNT({quoted(name)})" for name in also)
        found = [row[:4] for row in asks.do(_select(f"{said}{looked_at}", typed, "GROUP BY 1"))]
        rows = {good: count for good, count, _, _ in found}
        good = [each for each in found if each[0]]
        newest_at, in_future = good[0][2:] if good else (None, 0)
        problems: Problems = ()
        if in_future:
            problems = (self._problem(f"rows in the future: {in_future:,}: they do not count yet"),)
        return SourceReading(
            self.source.name,
            self.place.shown,
            rows=sum(rows.values()),
            bad=rows.get(False, 0),
            newest=newest_at,
            problems=problems,
        )

    def _with_bad_rows(self, reading: SourceReading, asks: Asks, typed: str) -> SourceReading:
        """With a line for each row that cannot be read, the first of them."""
        if not reading.bad:
            return reading
        order = f"WHERE _bad IS NOT NULL ORDER BY 1, 2, 3 LIMIT {_TOLD}"
        lines = [
            self._problem(f"customer {shown(customer or '')}, {self._why(column, raw)}: left out")
            for customer, column, raw in asks.do(_select("_customer, _bad, _raw", typed, order))
        ]
        return _with(reading, [*lines, *_more(reading.bad - len(lines))])

    def _why(self, column: str, raw: str | None) -> str:
        return why_bad(self.scoring, self.source, column, raw)

    def _with_rejects(self, reading: SourceReading, rejects: str) -> SourceReading:
        """With the lines of CSV files whose columns or quotes do not fit."""
        said = f"file_path, line, MIN({_REJECTED})"
        joined = f"FROM {rejects} JOIN {rejects}_scans USING (scan_id, file_id)"
        found = self.session.do(f"SELECT {said} {joined} GROUP BY 1, 2 ORDER BY 1, 2")
        if not found:
            return reading
        lines = [
            self._problem(f"{Path(path).name}:{line}: {shown(why.splitlines()[0])}: left out")
            for path, line, why in found[:_TOLD]
        ]
        more = _with(reading, [*lines, *_more(len(found) - len(lines))])
        return replace(more, rows=reading.rows + len(found), bad=reading.bad + len(found))

    def _with_customers(self, reading: SourceReading, made: MadeStates) -> SourceReading:
        """With how many customers have rows, and a line about those who are not known."""
        reading = replace(reading, customers=made.customers)
        if not made.strangers:
            return reading
        others = f"{self._states} ANTI JOIN customers ON customer_id = _customer"
        few = self.session.do(f"FROM {others} SELECT _customer ORDER BY 1 LIMIT {_NAMED}")
        more = ", …" if made.strangers > _NAMED else ""
        named = ", ".join(shown(each) for (each,) in few) + more
        who = f"rows of nobody who is a customer: {made.strangers:,} ids ({named}): left out"
        return _with(reading, [self._problem(who)])

    def _problem(self, problem: str) -> str:
        return f"{self.source.name}: {problem}"


def _with(reading: SourceReading, problems: Sequence[str]) -> SourceReading:
    return replace(reading, problems=(*reading.problems, *problems))


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"… and {count:,} more like these"


def _select(columns: str, typed: str, rest: str) -> str:
    return f"SELECT {columns} FROM ({typed}) AS typed {rest}"  # noqa: S608 - checked parts


def _good(typed: str) -> str:
    """Select the rows that can be read."""
    return _select("*", typed, "WHERE _bad IS NULL")
