"""Customers from a CSV file: `ivr import customers FILE.csv`. Bad rows are named, good rows are kept."""

import csv
import gc
import multiprocessing
import os
import re
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine, bindparam, delete, insert

from ivr import processes, regular_files
from ivr.domain.ports import NumberPlan
from ivr.errors import FileError, StoreError
from ivr.store.customer_columns import NAMES, OPTIONAL_NAMES, REQUIRED_NAMES
from ivr.store.customer_row import Checked, Good, Record, RowCheck, has_scores, quoted
from ivr.store.engine import Prepared, explained, upsert, writing
from ivr.store.tables import customers, phones

Survey = tuple[list[str], int, os.stat_result]
_BATCH = 5_000  # rows per transaction: more at once, and a call's record would wait long for its turn
_MANY_ROWS = 20_000  # from here on two processes read numbers: that takes most of the time
_MOST_BYTES = 4_000_000_000
_LONGEST_LINE = 1_000_000  # characters
_PROBLEMS_KEPT = 100
_IN_FLIGHT = 4  # batches that are read ahead


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import.

    `problems` are the first 100 bad rows, as `FILE:LINE: column: what is wrong and what to write`.
    When the import was interrupted, `stopped_at_line` is the line of the last row that it has dealt with (the
    header is 1); else None. `has_lapsed` says that the file has
    that column, which a run of scores calculates.
    """

    rows_ok: int
    rows_bad: int
    problems: tuple[str, ...]
    seconds: float
    stopped_at_line: int | None
    has_lapsed: bool = False


def import_customers(
    engine: Engine,
    path: Path,
    numbers: NumberPlan,
    region: str,
    progress: Callable[[int, int], None] = lambda done, rows: None,
    surveyed: Survey | None = None,
) -> ImportReport:
    """Add the customers in the file at `path`; one who is known is replaced, with all their numbers.

    Of one who is known, the optional columns that the file does not have stay as they are, and so does the age of the
    scores when the file has none.
    `region` (two letters) says how to read numbers without a country code. `progress` is told the number of
    rows done, and of all rows. `surveyed` is what `survey` found, if it was asked before. Raises FileError when the
    file as a whole cannot be used, before anything is written, and StoreError when the database fails. Ctrl-C ends
    it with a report; what is written by then are whole customers.
    """
    started = time.monotonic()
    header, rows, found = surveyed or survey(path)
    check = RowCheck(header, numbers, region, time.time())
    absent = [name for name in OPTIONAL_NAMES if name not in header]
    absent += [] if has_scores(header) else ["scored_at"]
    writer = _Writer(engine, path, absent, lambda done: progress(done, rows))
    stopped = None
    with _open(path) as file:
        _refuse_changed(path, found, file)
        records = islice(_records(file, path), 1, None)  # without the header
        batches = iter(lambda: list(islice(records, _BATCH)), [])
        checked = _in_processes(check, batches) if rows >= _MANY_ROWS else map(check, batches)
        try:
            for batch in checked:
                writer.write(batch)
            _refuse_changed(path, found, file)
        except KeyboardInterrupt:
            stopped = writer.line
        finally:
            if isinstance(checked, Generator):
                checked.close()  # ends the processes
    seconds = time.monotonic() - started
    problems, has_lapsed = tuple(writer.problems), "lapsed" in header
    return ImportReport(writer.ok, writer.bad, problems, seconds, stopped, has_lapsed)


# The file --------------------------------------------------------------------------------------------


def survey(path: Path) -> Survey:
    """The header, how many rows follow, and which file it was. Reads it all: a broken one is refused at once.

    Raises FileError.
    """
    with _open(path) as file:
        records = _records(file, path)
        first = next(records, None)
        if first is None:
            raise FileError(path, None, f"the file is empty: its first line has to be {','.join(REQUIRED_NAMES)}")
        header = _header(path, first)
        return header, sum(1 for _ in records), os.fstat(file.fileno())


def _refuse_changed(path: Path, surveyed: os.stat_result, file: TextIO) -> None:
    if not regular_files.same(surveyed, os.fstat(file.fileno())):
        raise FileError(path, None, "it was changed while it was read: import it again, that is safe")


def _header(path: Path, first: Record) -> list[str]:
    line, fields = first
    known = set(NAMES)
    if isinstance(fields, str):
        raise FileError(path, line, fields)
    header = [name.strip(" ") for name in fields]
    # A file without any of them may be another than is meant, and its words secrets: they are not repeated.
    if known.isdisjoint(word for name in header for word in re.split("[;\t]", name)):
        raise FileError(path, line, f"no line with the columns' names: the first has to be {','.join(REQUIRED_NAMES)}")
    for name in header:
        if name not in known:
            hint = "separate columns by commas; " if ";" in name or "\t" in name else ""
            raise FileError(
                path,
                line,
                f"the column {quoted(name)} is not known: {hint}known are {', '.join(NAMES)}",
            )
        if header.count(name) > 1:
            raise FileError(path, line, f"the column {name} is there twice: remove one")
    if missing := [name for name in REQUIRED_NAMES if name not in header]:
        raise FileError(
            path,
            line,
            f"the column {missing[0]} is missing: the first line has to name {', '.join(REQUIRED_NAMES)}",
        )
    return header


def _open(path: Path) -> TextIO:
    file = open(regular_files.opened(path), encoding="utf-8-sig", newline="")  # noqa: PTH123, SIM115 - a descriptor; whoever reads it closes it
    if os.fstat(file.fileno()).st_size > _MOST_BYTES:
        file.close()
        raise FileError(path, None, f"larger than {_MOST_BYTES:,} bytes: split it, each part with the header line")
    return file


def _records(file: TextIO, path: Path) -> Iterator[Record]:
    """The rows of the file, without empty ones. Raises FileError where nobody can say what the rest means."""
    reader = csv.reader(_lines(file, path), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, _quoting_problem(path, line, str(error))
            continue
        if any(fields):
            yield line, fields


def _quoting_problem(path: Path, line: int, error: str) -> str:
    if "unexpected end" in error:
        raise FileError(path, line, "a quote is opened in this row and never closed: close it, or remove it")
    if "field limit" in error:
        raise FileError(
            path,
            line,
            f"a field is longer than {csv.field_size_limit():,} characters: is a quote not closed?",
        )
    return f'the quotes do not fit ({error}): put the whole field in quotes, and write a quote inside it as ""'


def _lines(file: TextIO, path: Path) -> Iterator[str]:
    number = 0
    try:
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if "\0" in line:
                raise FileError(path, number, "there is a NUL byte: this is no text file, save it as CSV in UTF-8")
            if len(line) == _LONGEST_LINE:
                raise FileError(path, number, f"the line is longer than {_LONGEST_LINE:,} characters")
            yield line
    except UnicodeDecodeError:
        raise FileError(path, _first_bad_line(path), "not UTF-8: save the file as UTF-8") from None
    except OSError as error:
        raise FileError(path, number + 1, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _first_bad_line(path: Path) -> int | None:
    """Where the file stops being UTF-8. The decoder reads ahead, so it cannot say."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return None


# Many rows -------------------------------------------------------------------------------------------


def _in_processes(check: RowCheck, batches: Iterable[list[Record]]) -> Generator[Checked, None, None]:
    """The checked batches in their order, from two processes that are never many batches ahead."""
    # spawn: the program that we are part of may have threads, which a fork would break.
    pool = ProcessPoolExecutor(2, processes.spawn_context(), initializer=_prepare)
    collecting = gc.isenabled()
    gc.disable()  # rows make no cycles, and looking for some takes a tenth of the time, here and there
    try:
        waiting: deque[Future[Checked]] = deque()
        for batch in batches:
            waiting.append(pool.submit(check, batch))
            if len(waiting) == _IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise StoreError("a process of the import was ended (out of memory?): run the import again") from None
    finally:
        pool.shutdown(cancel_futures=True)
        if collecting:
            gc.enable()


def _prepare() -> None:
    """Leave Ctrl-C to the process that started this one, and do not outlive it."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(parent: int) -> None:
    wait([parent])
    os._exit(1)


class _Writer:
    """Writes batches, one transaction each, and counts. `line` is that of the last row that is done."""

    def __init__(self, engine: Engine, path: Path, absent: Collection[str], progress: Callable[[int], None]) -> None:
        self.ok = self.bad = 0
        self.problems: list[str] = []
        self.line = 1
        self._engine, self._path, self._progress = engine, path, progress
        self._lines: dict[str, int] = {}  # of each customer_id
        self._put_customers = Prepared(engine, upsert(engine, customers, absent), absent)
        self._forget_phones = Prepared(engine, delete(phones).where(phones.c.customer_id == bindparam("replaced")))
        self._put_phones = Prepared(engine, insert(phones))

    def write(self, checked: Checked) -> None:
        good, bad = self._once(checked)
        if good:
            self._store(good)
        self.ok += len(good)
        self.bad += len(bad)
        kept = bad[: _PROBLEMS_KEPT - len(self.problems)]
        self.problems += [f"{self._path}:{line}: {problem}" for line, problem in kept]
        self.line = max([line for line, _, _ in good[-1:]] + [line for line, _ in bad[-1:]])
        self._progress(self.ok + self.bad)

    def _once(self, checked: Checked) -> Checked:
        """The same rows, but those whose customer has been in an earlier line are bad."""
        good, bad = [], checked[1]
        for row in checked[0]:
            line, customer, _ = row
            name = customer["customer_id"]
            first = self._lines.setdefault(name, line)
            if first == line:
                good.append(row)
            else:
                bad.append((line, f"customer_id: {name!r} is in line {first} already: make one row of the two"))
        return good, sorted(bad)

    def _store(self, good: list[Good]) -> None:
        found = [customer for _, customer, _ in good]
        names = [{"replaced": customer["customer_id"]} for customer in found]
        reached = [
            {"customer_id": customer["customer_id"], "number": number}
            for _, customer, numbers in good
            for number in numbers
        ]
        try:
            with explained(self._engine), writing(self._engine) as connection:
                self._put_customers(connection, found)
                self._forget_phones(connection, names)
                self._put_phones(connection, reached)
        except StoreError as error:
            raise StoreError(f"{error} (the rows up to line {self.line} are imported)") from None
