"""Customers from a CSV file: `ivr import customers FILE.csv`. Bad rows are named, good rows are kept."""

import csv
import gc
import multiprocessing
import os
import re
import signal
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Engine, bindparam, delete, insert

from ivr.domain.ports import NumberPlan
from ivr.errors import FileError, StoreError
from ivr.store import rules
from ivr.store.engine import Prepared, explained, upsert, writing
from ivr.store.tables import customers, phones

COLUMNS = (
    "customer_id",
    "name",
    "phones",
    "value",
    "potential",
    "need",
    "language",
    "tags",
    "preferred_agent",
    "blocked",
)
OPTIONAL = (
    "products",
    "contract",
    "open_case",
    "lapsed",
    "prefers_self_service",
    "customer_number",
    "pin_hash",
)
"""Columns that a file may do without: known customers keep what is stored there, new ones have nothing."""
_BATCH = 5_000  # rows per transaction: more at once, and a call's record would wait long for its turn
_MANY_ROWS = 20_000  # from here on two processes read numbers: that takes most of the time
_LONGEST_LINE = 1_000_000  # characters
_PROBLEMS_KEPT = 100
_IN_FLIGHT = 4  # batches that are read ahead
_NUMBER = re.compile(r"[0-9.eE+-]{1,40}")  # no inf, nan, 1_000 or digits of other scripts, which float() reads
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import.

    `problems` are the first 100 bad rows, as `FILE:LINE: column: what is wrong and what to write`.
    When the import was interrupted, `stopped_at_line` is the line of the last row that it has dealt with (the
    header is 1); else None.
    """

    rows_ok: int
    rows_bad: int
    problems: tuple[str, ...]
    seconds: float
    stopped_at_line: int | None


# Plain tuples, because they go from one process to another by the million.
# A row as the file has it: the line where it begins, its fields or what is wrong with its quotes.
_Record = tuple[int, list[str] | str]
# A row that fits: its line, its row in `customers`, its numbers in E.164.
_Good = tuple[int, dict[str, Any], list[str]]
# A row that does not: its line, and what is wrong with it.
_Bad = tuple[int, str]
_Checked = tuple[list[_Good], list[_Bad]]


class _Refused(Exception):  # noqa: N818 - caught where the row is read; the message says what to write instead
    pass


def import_customers(
    engine: Engine,
    path: Path,
    numbers: NumberPlan,
    region: str,
    progress: Callable[[int, int], None] = lambda done, rows: None,
) -> ImportReport:
    """Add the customers in the file at `path`; one who is known is replaced, with all their numbers.

    Of one who is known, the columns of OPTIONAL that the file does not have stay as they are.
    `region` (two letters) says how to read numbers without a country code. `progress` is told the number of
    rows done, and of all rows. Raises FileError when the file as a whole cannot be used, before anything is
    written, and StoreError when the database fails. Ctrl-C ends it with a report; what is written by then are
    whole customers.
    """
    started = time.monotonic()
    header, rows = _survey(path)
    check = _Check(header, numbers, region, time.time())
    writer = _Writer(engine, path, [name for name in OPTIONAL if name not in header], lambda done: progress(done, rows))
    stopped = None
    with _open(path) as file:
        records = islice(_records(file, path), 1, None)  # without the header
        batches = iter(lambda: list(islice(records, _BATCH)), [])
        checked = _in_processes(check, batches) if rows >= _MANY_ROWS else map(check, batches)
        try:
            for batch in checked:
                writer.write(batch)
        except KeyboardInterrupt:
            stopped = writer.line
        finally:
            if isinstance(checked, Generator):
                checked.close()  # ends the processes
    seconds = time.monotonic() - started
    return ImportReport(writer.ok, writer.bad, tuple(writer.problems), seconds, stopped)


# The file --------------------------------------------------------------------------------------------


def _survey(path: Path) -> tuple[list[str], int]:
    """The header, and how many rows follow. Reads the whole file, so that a broken one is refused at once."""
    with _open(path) as file:
        records = _records(file, path)
        first = next(records, None)
        if first is None:
            raise FileError(path, None, f"the file is empty: its first line has to be {','.join(COLUMNS)}")
        header = _header(path, first)
        return header, sum(1 for _ in records)


def _header(path: Path, first: _Record) -> list[str]:
    line, fields = first
    if isinstance(fields, str):
        raise FileError(path, line, fields)
    header = [name.strip(" ") for name in fields]
    for name in header:
        if name not in (*COLUMNS, *OPTIONAL):
            hint = "separate columns by commas; " if ";" in name or "\t" in name else ""
            raise FileError(
                path,
                line,
                f"the column {_quoted(name)} is not known: {hint}known are {', '.join((*COLUMNS, *OPTIONAL))}",
            )
        if header.count(name) > 1:
            raise FileError(path, line, f"the column {name} is there twice: remove one")
    if missing := [name for name in COLUMNS if name not in header]:
        raise FileError(
            path,
            line,
            f"the column {missing[0]} is missing: the first line has to name {', '.join(COLUMNS)}",
        )
    return header


def _open(path: Path) -> TextIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError(path, None, "not a plain file: it is read twice, so save it as one first")
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise FileError(path, None, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _records(file: TextIO, path: Path) -> Iterator[_Record]:
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


# One row ---------------------------------------------------------------------------------------------


class _Check:
    """Turns records into rows that fit, or says why they do not. Other processes get it pickled."""

    def __init__(self, header: list[str], numbers: NumberPlan, region: str, now: float) -> None:
        self._header, self._now = header, now
        self._read: dict[str, Callable[[str], Any]] = {
            "customer_id": _customer_id,
            "name": _name,
            "phones": partial(_numbers, numbers, region),
            "value": _score,
            "potential": _score,
            "need": _score,
            "language": _language,
            "tags": _tags,
            "preferred_agent": _preferred_agent,
            "blocked": _yes_no,
            "products": _tags,
            "contract": _contract,
            "open_case": _yes_no,
            "lapsed": _yes_no,
            "prefers_self_service": _yes_no,
            "customer_number": _customer_number,
            "pin_hash": _pin_hash,
        }

    def __call__(self, batch: list[_Record]) -> _Checked:
        good: list[_Good] = []
        bad: list[_Bad] = []
        for line, fields in batch:
            try:
                customer = self._customer(fields)
            except _Refused as refused:
                bad.append((line, str(refused)))
            else:
                good.append((line, customer, customer.pop("phones")))
        return good, bad

    def _customer(self, fields: list[str] | str) -> dict[str, Any]:
        if isinstance(fields, str):
            raise _Refused(fields)
        if len(fields) != len(self._header):
            raise _Refused(
                f"{len(fields)} fields, and the header has {len(self._header)}: "
                "put a field that has a comma in it in quotes"
            )
        customer: dict[str, Any] = {"updated_at": self._now}
        for column, text in zip(self._header, fields, strict=True):
            try:
                customer[column] = self._read[column](text.strip(" "))
            except _Refused as refused:
                raise _Refused(f"{column}: {refused}") from None
        return customer


def _customer_id(text: str) -> str:
    if rules.CUSTOMER_ID.fullmatch(text):
        return text
    raise _Refused(f"{_quoted(text)} does not fit: write 1 to 64 letters (a-z), digits or any of . _ : @ -")


def _name(text: str) -> str:
    if not text:
        raise _Refused("empty: write the customer's name")
    return _printable(text, rules.NAME_LENGTH)


def _preferred_agent(text: str) -> str:
    return _printable(text, rules.AGENT_LENGTH)


def _printable(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _Refused(f"{len(text)} characters long: write at most {longest}")
    if code := rules.unshowable(text):
        raise _Refused(f"{_quoted(text)} has a character that cannot be shown ({code}): remove it")
    return text


def _numbers(plan: NumberPlan, region: str, text: str) -> list[str]:
    numbers: dict[str, None] = {}  # each once, in the file's order
    for part in _parts(text):
        number = plan.e164(part, region)
        if number is None:
            raise _Refused(f"{_quoted(part)} is not a telephone number: write it like +442079460001")
        numbers[number] = None
    return list(numbers)


def _score(text: str) -> float | None:
    if not text:
        return None
    try:
        score = float(text) if _NUMBER.fullmatch(text) else -1
    except ValueError:
        score = -1
    if rules.is_score(score):
        return score
    raise _Refused(f"{_quoted(text)} is no number from 0 to 100: write it like 72.5 (with a point), or nothing")


def _language(text: str) -> str:
    if rules.LANGUAGE.fullmatch(text):
        return text
    raise _Refused(f"{_quoted(text)} is no language: write two lower-case letters like en, or nothing")


def _tags(text: str) -> str:
    tags = dict.fromkeys(_parts(text))
    for tag in tags:
        if not rules.TAG.fullmatch(tag):
            raise _Refused(f"{_quoted(tag)} does not fit: write 1 to 32 of a-z, 0-9, _ and -, and ; between them")
    return ";".join(tags)


def _yes_no(text: str) -> bool:
    try:
        return _YES_NO[text.lower()]
    except KeyError:
        raise _Refused(f"{_quoted(text)} does not fit: write yes or no, or nothing for no") from None


def _contract(text: str) -> str:
    if rules.CONTRACT.fullmatch(text):
        return text
    raise _Refused(f"{_quoted(text)} does not fit: write one word, 1 to 32 of a-z, 0-9, _ and -, or nothing")


def _customer_number(text: str) -> str:
    if not text or rules.CUSTOMER_NUMBER.fullmatch(text):
        return text
    raise _Refused(f"{_quoted(text)} does not fit: write 1 to 20 digits, as a caller types them, or nothing")


def _pin_hash(text: str) -> str:
    if not text or rules.is_pin_hash(text):
        return text
    # What stands there may be somebody's PIN, so it is not repeated.
    raise _Refused(
        "no hash of argon2id (what stands there is not shown): write $argon2id$v=19$m=…,t=…,p=…$salt$hash with m at most "
        "262144 and m times t at most 1000000, or nothing; never the PIN itself"
    )


def _parts(text: str) -> list[str]:
    return [part for piece in text.split(";") if (part := piece.strip(" "))]


def _quoted(text: str) -> str:
    """`text` for a message: short, and with control characters made visible."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


# Many rows -------------------------------------------------------------------------------------------


def _in_processes(check: _Check, batches: Iterable[list[_Record]]) -> Generator[_Checked, None, None]:
    """The checked batches in their order, from two processes that are never many batches ahead."""
    # spawn: the program that we are part of may have threads, which a fork would break.
    pool = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), initializer=_prepare)
    collecting = gc.isenabled()
    gc.disable()  # rows make no cycles, and looking for some takes a tenth of the time, here and there
    try:
        waiting: deque[Future[_Checked]] = deque()
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

    def write(self, checked: _Checked) -> None:
        good, bad = self._once(checked)
        if good:
            self._store(good)
        self.ok += len(good)
        self.bad += len(bad)
        kept = bad[: _PROBLEMS_KEPT - len(self.problems)]
        self.problems += [f"{self._path}:{line}: {problem}" for line, problem in kept]
        self.line = max([line for line, _, _ in good[-1:]] + [line for line, _ in bad[-1:]])
        self._progress(self.ok + self.bad)

    def _once(self, checked: _Checked) -> _Checked:
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

    def _store(self, good: list[_Good]) -> None:
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
