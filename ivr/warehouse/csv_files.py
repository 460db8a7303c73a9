"""CSV files: which columns they have, and how DuckDB is to read them."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr import regular_files
from ivr.domain.scoring.definition import Source
from ivr.errors import FileError, ScoringError
from ivr.warehouse.duckdb_session import text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CSV file; what is wrong with it, if something is."""

    path: Path
    number: int
    fields: tuple[str | None, ...]
    problem: str = ""


_SEPARATORS = ",;\t|"
_LONGEST = 100_000  # bytes of the first line
_END_OF_LINE = re.compile(rb"[\r\n]")
_MOST_COLUMNS = 1_000
_MOST_LINES = 100  # of one row; with more, a quote is not closed


def table(source: Source, paths: Sequence[Path], rejects: str = "") -> str:
    """Return the SQL of the rows of the files, all columns as texts.

    Rows whose columns or quotes do not fit are left out; with `rejects`, that table gets them.
    Raises ScoringError when the files do not have the same columns.
    """
    separator, names = columns(source, paths)
    files = ", ".join(text(str(path.absolute())) for path in paths)
    typed = ", ".join(f"{text(name)}: 'VARCHAR'" for name in names)
    bad = "ignore_errors = true"
    if rejects:
        bad = f"store_rejects = true, rejects_table = '{rejects}', rejects_scan = '{rejects}_scans'"
    return (
        f"read_csv([{files}], columns = {{{typed}}}, auto_detect = false, header = true, "
        f"delim = {text(separator)}, quote = '\"', escape = '\"', strict_mode = true, "
        f"nullstr = '', {bad})"
    )


def columns(source: Source, paths: Sequence[Path]) -> tuple[str, list[str]]:
    """Return what separates the columns of the files, and their names. Raises as `table` does."""
    separator, names = _header(source, paths[0])
    for path in paths[1:]:
        if _header(source, path) != (separator, names):
            problem = f"its first line is not that of {paths[0].name}"
            raise ScoringError(f"{path}: {problem}: give all files the same columns")
    return separator, names


def slowly(source: Source, paths: Sequence[Path]) -> tuple[list[str], Iterator[Line]]:
    """Return the columns of the files, and their lines one by one: none is lost beside a bad one.

    For files with quotes in the wrong places, after which DuckDB skips a good line. Raises
    ScoringError where a quote is never closed: nobody can say what the rest means.
    """
    separator, names = _header(source, paths[0])
    return names, (line for path in paths for line in _lines(path, separator, len(names)))


def _lines(path: Path, separator: str, count: int) -> Iterator[Line]:
    with open(regular_files.opened(path), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        lines = csv.reader(file, delimiter=separator, strict=True)
        next(lines, None)
        while True:
            number = lines.line_num + 1
            try:
                fields = next(lines)
            except StopIteration:
                return
            except csv.Error as error:
                swallowed = lines.line_num - number
                if "unexpected end" in str(error) or swallowed > _MOST_LINES:
                    problem = "a quote is opened here and never closed: close it, or remove it"
                    raise ScoringError(f"{path}:{number}: {problem}") from None
                yield Line(path, number, (), "the quotes do not fit")
                continue
            except UnicodeDecodeError:
                raise ScoringError(f"{path}: not UTF-8: write it as UTF-8") from None
            if len(fields) == count:
                yield Line(path, number, tuple(field or None for field in fields))
            elif fields:
                yield Line(path, number, (), f"it has {len(fields)} columns, and not {count}")


def _header(source: Source, path: Path) -> tuple[str, list[str]]:
    try:
        with open(regular_files.opened(path), "rb") as file:  # noqa: PTH123 - a descriptor
            begins = file.read(_LONGEST)
        line = _END_OF_LINE.split(begins, maxsplit=1)[0].decode("utf-8-sig")
    except FileError as error:
        raise ScoringError(str(error)) from None
    except (OSError, UnicodeDecodeError):
        raise ScoringError(f"{path}: its first line cannot be read as UTF-8") from None
    separator = max(_SEPARATORS, key=line.count)
    names = next(csv.reader([line], delimiter=separator), [])
    if not names:
        raise ScoringError(f"{path} is empty: its first line has to name the columns")
    if len(names) > _MOST_COLUMNS:
        problem = f"it has {len(names):,} columns, and may have {_MOST_COLUMNS:,}"
        raise ScoringError(f"{path}: {problem}: write those that scoring.yaml names")
    if twice := [name for name in names if names.count(name) > 1]:
        raise ScoringError(f"{path}: the column {twice[0]!r} is there twice: remove one")
    return separator, names
