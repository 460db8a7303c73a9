"""A file of customers, read once before anything is written: a broken one is refused at once."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ivr import regular_files
from ivr.delimited import encodings
from ivr.delimited.encodings import Encoding
from ivr.delimited.rows import Form, FormHints, Record, Rows, form_of, opened
from ivr.domain.imports import ImportMap
from ivr.errors import FileError
from ivr.store.customer_cells import plain, says_yes
from ivr.store.customer_columns import REMOVE, REQUIRED_NAMES, SCORE_NAMES
from ivr.store.customer_layout import Layout, is_known, layout_of

Look = Callable[[Record], None]
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_ID = REQUIRED_NAMES[0]


@dataclass(frozen=True, slots=True)
class FileSurvey:
    """What a file is: how it is read, how many rows it has, and which file it was.

    `decimal` is the sign of its scores. `leaving` are the customers that it says have left.
    `listed`, if it was asked for, are all that it speaks of, also in rows that do not fit. `notes`
    are for people: what they may not expect.
    """

    path: Path
    form: Form
    layout: Layout
    rows: int
    found: os.stat_result
    decimal: str = "."
    leaving: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Within it, the rows can be read. Raises FileError if the file is another by now."""
        with opened(self.path, FormHints(self.layout.map.encoding))[0] as file:
            self._refuse_changed(file)
            yield Rows(file, self.path, self.form)
            self._refuse_changed(file)

    def _refuse_changed(self, file: TextIO) -> None:
        if not regular_files.same(self.found, os.fstat(file.fileno())):
            raise FileError(
                self.path,
                None,
                "it was changed while it was read: import it again, that is safe",
            )


def survey(path: Path, given: ImportMap | None = None, *, listed: bool = False) -> FileSurvey:
    """Read all of the file once. Raises FileError for one that cannot be used.

    With `listed`, each row has to say whom it is about: whoever is not in the file is going to be
    removed.
    """
    with _begun(path, given) as (file, form):
        layout = layout_of(path, form, given)
        signs = _Signs(layout)
        ids = _Ids(layout) if listed or layout.remove is not None else None
        looks: list[Look] = [signs] if signs.places else []
        looks += [ids] if ids else []
        rows = Rows(file, path, form)
        count = _counted(rows, looks)
        if ids and listed:
            ids.refuse_lost(path)
            ids.listed.update(plain(fields[0]) for _, fields in rows.below)
        return FileSurvey(
            path,
            form,
            layout,
            count,
            os.fstat(file.fileno()),
            layout.map.decimal or signs.found(),
            leaving=frozenset(ids.leaving) if ids else frozenset(),
            listed=frozenset(ids.listed) if ids and listed else frozenset(),
            notes=(*_about_letters(path, form.encoding), *signs.notes(), *_below(rows)),
        )


def ids_in(path: Path, given: ImportMap | None = None) -> frozenset[str]:
    """Return the customers that a file lists: it needs no other column. Raises FileError.

    It may be made by another program than the file that the map is for: of that, what the letters
    are and what the column is called may hold for both.
    """
    both = None
    if given:
        both = ImportMap(path=given.path, columns=given.columns, encoding=given.encoding)
    with _begun(path, both) as (file, form):
        ids = _Ids(layout_of(path, form, both, only=(_ID,)))
        _counted(Rows(file, path, form), [ids])
        ids.refuse_lost(path)
        return frozenset(ids.listed)


@contextmanager
def _begun(path: Path, given: ImportMap | None) -> Iterator[tuple[TextIO, Form]]:
    asked = FormHints(given.encoding, given.separator, given.header_line) if given else FormHints()
    file, encoding = opened(path, asked)
    with file:
        form = form_of(file, path, encoding, asked, lambda name: is_known(given, name))
        if form is None:
            names = ",".join(REQUIRED_NAMES)
            raise FileError(path, None, f"the file is empty: its first line has to be {names}")
        file.seek(0)
        yield file, form


def _counted(rows: Rows, looks: list[Look]) -> int:
    if not looks:
        return sum(1 for _ in rows)
    count = 0
    for count, record in enumerate(rows, 1):  # noqa: B007 - how many there were
        for look in looks:
            look(record)
    return count


class _Signs:
    """Finds out which decimal sign the scores of a file have."""

    def __init__(self, layout: Layout) -> None:
        scores = [each for each in layout.sources if each.name in SCORE_NAMES]
        self.places = [each.places[0] for each in scores if each.places]
        self._points = self._commas = 0

    def __call__(self, record: Record) -> None:
        fields = record[1]
        if isinstance(fields, str):
            return
        for place in self.places:
            text = fields[place] if place < len(fields) else ""
            if "." in text:
                self._points += 1
            elif "," in text and not _THOUSANDS.fullmatch(text.strip()):
                self._commas += 1

    def found(self) -> str:
        """Return the sign: a comma if no score has a point."""
        return "," if self._commas and not self._points else "."

    def notes(self) -> Iterator[str]:
        """Say that there are both."""
        if self._commas and self._points:
            yield (
                "scores have both decimal signs "
                f"({self._points:,} a point, {self._commas:,} a comma): "
                "those with a comma are refused; `decimal` in a map says which it is"
            )


class _Ids:
    """Collects whom the rows are about, and who of them has left."""

    def __init__(self, layout: Layout) -> None:
        self.listed, self.leaving = set[str](), set[str]()
        self._id, self._remove, self._lost = layout.place_of(_ID), layout.remove, 0
        self._leaves = says_yes(layout.map, REMOVE)

    def __call__(self, record: Record) -> None:
        line, fields = record
        readable = not isinstance(fields, str) and self._id < len(fields)
        customer = plain(fields[self._id]) if readable else ""
        if not customer:
            self._lost = self._lost or line
            return
        self.listed.add(customer)
        place = self._remove
        if place is not None and place < len(fields) and self._leaves(plain(fields[place])):
            self.leaving.add(customer)

    def refuse_lost(self, path: Path) -> None:
        """Raise FileError where a row does not say whom it is about."""
        if self._lost:
            problem = "nobody can say whom this row is about, and a whole list has to: mend it"
            raise FileError(path, self._lost, problem)


def _about_letters(path: Path, encoding: Encoding) -> Iterator[str]:
    if not encoding.found and encoding.of_bytes and encodings.is_utf8_too(path):
        how = "but it looks like UTF-8: leave the encoding out"
        yield f"the file is read as {encoding.shown}, {how}"


def _below(rows: Rows) -> Iterator[str]:
    if rows.below:
        count, first = len(rows.below), rows.below[0][0]
        lines = "1 line is" if count == 1 else f"{count} lines are"
        why = "below an empty line, and one text each"
        yield f"{lines} left out at the end, from line {first} on: {why}"
