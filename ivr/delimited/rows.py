"""The rows of a delimited file: what separates its columns, what names them, the fields.

Python's csv module reads what RFC 4180 describes; here is what real files have beside it: a first
line `sep=;` (Excel), titles above the names, lines below the rows that are none (reports of
Salesforce).
"""

import csv
import io
import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from ivr import regular_files
from ivr.delimited import encodings
from ivr.delimited.encodings import Encoding
from ivr.errors import FileError

Record = tuple[int, list[str] | str]
"""A row of the file: the line where it begins, its fields or what is wrong with its quotes."""

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}
MOST_BYTES = 4_000_000_000
_LONGEST_LINE = 1_000_000  # characters
_MOST_COLUMNS = 1_000
_MOST_HEADER_LINES = 50  # that one header may take: names may have line breaks in them
_MOST_BELOW = 20  # lines below the rows


@dataclass(frozen=True, slots=True)
class FormHints:
    """What a person says about a file's form; what is empty is found out."""

    encoding: str = ""
    separator: str = ""
    header_line: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is read: `names` of columns stand in line `line`, and rows begin after `end`."""

    encoding: Encoding
    separator: str
    names: tuple[str, ...]
    line: int
    end: int


def alike(name: str) -> str:
    """Return a column's name as all programs may write it: `Customer ID` is `customer_id`."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = plain.replace("_", " ").replace("-", " ").split()
    return "_".join(words)


def opened(path: Path, asked: FormHints) -> tuple[TextIO, Encoding]:
    """Open the file; whoever reads it closes it. Raises FileError for what is no text."""
    file = open(regular_files.opened(path), "rb")  # noqa: PTH123, SIM115 - a descriptor; see above
    try:
        _refuse_large(file, path)
        encoding = encodings.encoding_of(file, path, asked.encoding)
    except OSError as error:
        file.close()
        raise regular_files.unreadable(path, error) from None
    except FileError:
        file.close()
        raise
    return io.TextIOWrapper(file, encoding.codec, newline=""), encoding


def _refuse_large(file: BinaryIO, path: Path) -> None:
    if os.fstat(file.fileno()).st_size > MOST_BYTES:
        problem = f"larger than {MOST_BYTES:,} bytes: split it, each part with the header line"
        raise FileError(path, None, problem)


def form_of(
    file: TextIO,
    path: Path,
    encoding: Encoding,
    asked: FormHints,
    known: Callable[[str], bool],
) -> Form | None:
    """Find out how the rows of `file` are read, which is at its beginning; None for an empty one.

    `known` says whether there is such a column: the separator is the one that makes most of them.
    Raises FileError.
    """
    head = _head(file, path, encoding, asked)
    if not head.lines:
        return None
    told = asked.separator or head.separator
    separators = [told] if told else list(SEPARATORS)
    found = [(separator, *_names(head.lines, separator)) for separator in separators]
    separator, names, lines = max(found, key=lambda each: (sum(map(known, each[1])), len(each[1])))
    if not any(map(known, names)) and not all(lines for _, _, lines in found):
        raise FileError(
            path,
            head.first,
            f"a quote is opened in the columns' names and not closed: {_CLOSE}",
        )
    if len(names) > _MOST_COLUMNS:
        problem = f"{len(names):,} columns, and {_MOST_COLUMNS:,} at most are read"
        raise FileError(path, head.first, f"{problem}: export those that are needed")
    return Form(encoding, separator, names, head.first, head.first + lines - 1)


_CLOSE = "close it, or remove it"


class Rows:
    """The rows below the names, without empty ones.

    Reading them raises FileError where nobody can say what the rest means.
    `below` are rows at the end that are none, when all of them are read: single texts below an
    empty line, such as the name of a report and whose it is.
    """

    def __init__(self, file: TextIO, path: Path, form: Form) -> None:
        """`file` is at its beginning."""
        self.below: list[Record] = []
        self._lines = _lines(file, path, form.encoding)
        for _ in range(form.end):
            next(self._lines, None)
        self._path, self._form = path, form

    def __iter__(self) -> Iterator[Record]:
        """Give each row."""
        held, empty = self.below, False
        single = len(self._form.names) > 2
        for record in self._records():
            fields = record[1]
            if not any(fields):
                empty = single
            elif not empty:
                yield record
            elif _is_single(fields) and len(held) < _MOST_BELOW:
                held.append(record)
            else:
                yield from held
                held.clear()
                empty = False
                yield record

    def _records(self) -> Iterator[Record]:
        reader = csv.reader(self._lines, delimiter=self._form.separator, strict=True)
        before = self._form.end + 1
        while True:
            line = reader.line_num + before
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield line, _quoting_problem(self._path, line, str(error))
                continue
            yield line, fields


def _is_single(fields: list[str] | str) -> bool:
    return isinstance(fields, list) and bool(fields[0]) and not any(fields[1:])


def _quoting_problem(path: Path, line: int, error: str) -> str:
    if "unexpected end" in error:
        raise FileError(path, line, f"a quote is opened in this row and never closed: {_CLOSE}")
    if "field limit" in error:
        limit = f"{csv.field_size_limit():,} characters"
        raise FileError(path, line, f"a field is longer than {limit}: is a quote not closed?")
    how = 'put the whole field in quotes, and write a quote inside it as ""'
    return f"the quotes do not fit ({error}): {how}"


def _lines(file: TextIO, path: Path, encoding: Encoding) -> Iterator[str]:
    number = 0
    try:
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if "\0" in line:
                raise encodings.with_nul(path, number)
            if len(line) == _LONGEST_LINE:
                raise FileError(
                    path,
                    number,
                    f"the line is longer than {_LONGEST_LINE:,} characters",
                )
            yield line
    except UnicodeError:
        raise encodings.undecodable(path, encoding) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise FileError(path, number + 1, f"cannot be read: {why}") from None


# The line with the names --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines from the names on; the number of the first; what a line `sep=` says."""

    lines: list[str]
    first: int
    separator: str


def _head(file: TextIO, path: Path, encoding: Encoding, asked: FormHints) -> _Head:
    lines, separator, number = list[str](), "", 0
    for number, line in enumerate(_lines(file, path, encoding), 1):
        if number < asked.header_line or (not lines and not line.strip(" \t\r\n,;|")):
            continue
        if not lines and not separator and (told := _told_separator(path, number, line)):
            separator = told
            continue
        lines.append(line)
        if len(lines) == _MOST_HEADER_LINES:
            break
    return _Head(lines, number - len(lines) + 1, separator)


def _told_separator(path: Path, number: int, line: str) -> str:
    """Return what Excel's line `sep=;` says; nothing if it is none."""
    text = line.strip("\r\n").strip('"')
    if not text.lower().startswith("sep="):
        return ""
    separator = text[4:]
    if separator not in SEPARATORS:
        raise FileError(path, number, "sep= has to be followed by one of , ; | or a tab")
    return separator


def _names(lines: Sequence[str], separator: str) -> tuple[tuple[str, ...], int]:
    """Return the names in the first row, and how many lines it takes; none for bad quotes."""
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    try:
        names = next(reader)
    except csv.Error:
        return (), 0
    return tuple(" ".join(name.split()) for name in names), reader.line_num
