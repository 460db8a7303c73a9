"""Customers from a CSV file: `ivr import customers FILE.csv`. Bad rows are named, good rows are kept."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine, insert

from ivr.domain.imports import ImportMap
from ivr.domain.ports import NumberPlan
from ivr.errors import StoreError
from ivr.store.customer_batches import checked_batches
from ivr.store.customer_removal import Removal
from ivr.store.customer_row import CheckedBatch, Good, RowCheck, Told, has_scores, kept
from ivr.store.customer_survey import FileSurvey, survey
from ivr.store.engine import Prepared, explained, upsert, writing
from ivr.store.tables import customers, phones

PROBLEMS_KEPT = 100


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import.

    `problems` are the first 100 bad rows, as `FILE:LINE: column: what is wrong and what to write`, and `doubts` the
    first 100 things about good ones that could also mean something else; `rows_in_doubt` says how many rows have some.
    When the import was interrupted, `stopped_at_line` is the line of the last row that it has dealt with (the
    header is 1); else None. `has_lapsed` says that the file has that column, which a run of scores calculates.
    `removed` is how many customers were removed.
    """

    rows_ok: int
    rows_bad: int
    problems: tuple[str, ...]
    seconds: float
    stopped_at_line: int | None
    has_lapsed: bool = False
    doubts: tuple[str, ...] = ()
    rows_in_doubt: int = 0
    removed: int = 0


def import_customers(
    engine: Engine,
    path: Path,
    numbers: NumberPlan,
    region: str,
    progress: Callable[[int, int], None] = lambda done, rows: None,
    surveyed: FileSurvey | None = None,
    given: ImportMap | None = None,
) -> ImportReport:
    """Add the customers in the file at `path`; one who is known is replaced, with all their numbers.

    Of one who is known, what the file has no column for stays as it is, and so does the age of the
    scores when the file has none. Customers whom it says to have left are removed.
    `region` (two letters) says how to read numbers without a country code. `progress` is told the number of
    rows done, and of all rows. `surveyed` is what `survey` found, if it was asked before; else `given` is the map.
    Raises FileError when the file as a whole cannot be used, before anything is written, and StoreError when the
    database fails. Ctrl-C ends it with a report; what is written by then are whole customers.
    """
    started = time.monotonic()
    found = surveyed or survey(path, given)
    check = RowCheck(found.layout, numbers, region, time.time(), found.decimal)
    writer = _Writer(engine, found, lambda done: progress(done, found.rows))
    stopped = None
    try:
        with found.reading() as rows, checked_batches(check, rows, found.rows) as batches:
            for batch in batches:
                writer.write(batch)
    except KeyboardInterrupt:
        stopped = writer.told.line
    return replace(writer.report(), seconds=time.monotonic() - started, stopped_at_line=stopped)


class RowCounts:
    """Counts the rows of a file, and keeps the first lines of what is to be said about them."""

    def __init__(self, path: Path) -> None:
        """Begin at the header. `line` is that of the last row that is done."""
        self.ok = self.bad = self.in_doubt = self.leaving = 0
        self.problems: list[str] = []
        self.doubts: list[str] = []
        self.line = 1
        self._path = path

    def add(self, checked: CheckedBatch) -> None:
        """Add a batch that is done."""
        self.ok += len(checked.good)
        self.bad += len(checked.bad)
        self.leaving += len(checked.leaving)
        self.in_doubt += len({line for line, _ in checked.doubts})
        self._keep(self.problems, checked.bad)
        self._keep(self.doubts, checked.doubts)
        ends = (checked.good[-1:], checked.bad[-1:], checked.leaving[-1:])
        self.line = max([self.line, *(row[0] for end in ends for row in end)])

    @property
    def done(self) -> int:
        """How many rows that were."""
        return self.ok + self.bad + self.leaving

    def _keep(self, kept: list[str], told: list[Told]) -> None:
        first = told[: PROBLEMS_KEPT - len(kept)]
        kept += [f"{self._path}:{line}: {what}" for line, what in first]


class _Writer:
    """Writes batches, one transaction each."""

    def __init__(self, engine: Engine, found: FileSurvey, progress: Callable[[int], None]) -> None:
        self.told = RowCounts(found.path)
        self._engine, self._found, self._progress = engine, found, progress
        self._removed = 0
        keep, without = _absent(found)
        self._put_customers = Prepared(engine, upsert(engine, customers, keep), without)
        self._put_phones = Prepared(engine, insert(phones))
        self._removal = Removal(engine)

    def write(self, checked: CheckedBatch) -> None:
        """Write a batch."""
        if checked.good or checked.leaving:
            self._store(checked)
        self.told.add(checked)
        self._progress(self.told.done)

    def report(self) -> ImportReport:
        """Return what came of it so far."""
        told = self.told
        return ImportReport(
            told.ok,
            told.bad,
            tuple(told.problems),
            seconds=0.0,
            stopped_at_line=None,
            has_lapsed="lapsed" in self._found.layout.given,
            doubts=tuple(told.doubts),
            rows_in_doubt=told.in_doubt,
            removed=self._removed,
        )

    def _store(self, checked: CheckedBatch) -> None:
        good = checked.good
        try:
            with explained(self._engine), writing(self._engine) as connection:
                self._put_customers(connection, [customer for _, customer, _ in good])
                self._removal.forget_phones(connection, [customer["customer_id"] for _, customer, _ in good])
                self._put_phones(connection, _reached(good))
                self._removed += self._removal.remove(connection, [left for _, left in checked.leaving])
        except StoreError as error:
            raise StoreError(f"{error} (the rows up to line {self.told.line} are imported)") from None


def _absent(found: FileSurvey) -> tuple[Collection[str], Collection[str]]:
    """Return the columns of the table that stay as they are for a known customer, and those that no row has."""
    absent = kept(found.layout)
    scored = [] if has_scores(found.layout.given) else ["scored_at"]
    keep = [each.name for each in absent] + scored
    return keep, [each.name for each in absent if each.defaulted] + scored


def _reached(good: list[Good]) -> list[dict[str, str]]:
    return [
        {"customer_id": customer["customer_id"], "number": number}
        for _, customer, numbers in good
        for number in numbers
    ]
