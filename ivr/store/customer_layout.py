"""Which fields of a row are which columns of ours: by the names in the file, or as a map says."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.delimited.rows import Form, alike
from ivr.domain.imports import ImportMap
from ivr.errors import FileError
from ivr.store.customer_columns import CUSTOMER_COLUMNS, FILE_NAMES, REMOVE, REQUIRED_NAMES, Kind

NO_MAP = ImportMap()
MAP_NAME = "customers.map.yaml"
_JOINED = {Kind.NAME: " ", Kind.PHONES: ";", Kind.WORDS: ";"}
"""What several columns of a file are joined by where they make one of ours."""
_KINDS = {column.name: column.kind for column in CUSTOMER_COLUMNS} | {REMOVE: Kind.FLAG}
_SEVERAL = tuple(name for name, kind in _KINDS.items() if kind in _JOINED)


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """The fields at `places` that make a column of ours, joined by `glue`; none: its default."""

    name: str
    places: tuple[int, ...]
    glue: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a row is taken apart.

    `names` are those of the file's columns; a row has as many fields as there are.
    `sources` are the columns of ours that it gives. `unnamed` are places of columns without a name,
    in which nothing may stand; `unused` the names of those that are left out. `remove` and `region`
    are places, or None.
    """

    names: tuple[str, ...]
    separator: str
    sources: tuple[ColumnSource, ...]
    unnamed: tuple[int, ...] = ()
    unused: tuple[str, ...] = ()
    remove: int | None = None
    region: int | None = None
    map: ImportMap = NO_MAP

    @property
    def given(self) -> frozenset[str]:
        """The columns of ours that the file, or a default, gives."""
        return frozenset(source.name for source in self.sources)

    @property
    def least(self) -> int:
        """How many fields a row has to have at least: up to the last one that is read."""
        places = [place for source in self.sources for place in source.places]
        return 1 + max([*places, self.remove or 0, self.region or 0])

    def place_of(self, name: str) -> int:
        """Return the place of a column of ours that is made of one field."""
        return next(source.places[0] for source in self.sources if source.name == name)

    def called(self, name: str) -> str:
        """Return a column of ours with what the file calls it, where that is something else."""
        theirs = self.theirs(name)
        return f"{name} ({theirs})" if theirs and alike(theirs) != name else name

    def theirs(self, name: str) -> str:
        """Return what the file calls a column of ours."""
        places = next((each.places for each in self.sources if each.name == name), ())
        return " + ".join(quoted_name(self.names[place]) for place in places)


def layout_of(path: Path, form: Form, given: ImportMap | None, only: Sequence[str] = ()) -> Layout:
    """Match the names in the file with our columns.

    Raises FileError, with the place in the file or the map.
    `only` are the columns that have to be there, when no others are read.
    """
    header = _Header(path, form, given or NO_MAP)
    found = header.listed(only) if only else header.all()
    of_file = {each.name: each for each in found}
    remove = of_file.pop(REMOVE, None)
    defaults = [] if only else [name for name in header.map.defaults if name != REMOVE]
    for name in only or REQUIRED_NAMES:
        if name not in of_file and (name not in defaults or name == REQUIRED_NAMES[0]):
            raise header.without(name, only or REQUIRED_NAMES)
    used = {place for each in found for place in each.places}
    region = header.region()
    named = [place for place, name in enumerate(form.names) if name]
    return Layout(
        form.names,
        form.separator,
        (*of_file.values(), *(ColumnSource(name, ()) for name in defaults if name not in of_file)),
        unnamed=tuple(place for place, name in enumerate(form.names) if not name),
        unused=tuple(form.names[place] for place in named if place not in used and place != region),
        remove=remove.places[0] if remove else None,
        region=region,
        map=header.map,
    )


def plain_layout(names: Sequence[str]) -> Layout:
    """Return the layout of rows whose columns are ours, each by its name."""
    sources = (ColumnSource(name, (place,)) for place, name in enumerate(names))
    return Layout(tuple(names), ",", tuple(sources))


def is_known(given: ImportMap | None, name: str) -> bool:
    """Say whether a column of this name is read."""
    if given is None or not given.columns:
        return alike(name) in FILE_NAMES
    return alike(name) in {alike(each) for names in given.columns.values() for each in names}


class _Header:
    """The line with the names, and the map."""

    def __init__(self, path: Path, form: Form, given: ImportMap) -> None:
        self._path, self._form, self.map = path, form, given
        self._alike = [alike(name) for name in form.names]

    def all(self) -> list[ColumnSource]:
        """Take the columns that the map names; without any, those that have our names."""
        return self._mapped(self.map.columns) if self.map.columns else self._ours()

    def listed(self, only: Sequence[str]) -> list[ColumnSource]:
        """Take these columns, by our names or those of the map, and no others."""
        columns = {name: self.map.columns[name] for name in only if name in self.map.columns}
        if columns and set(self._alike).isdisjoint(only):
            return self._mapped(columns)
        self._refuse_strange(only, f"has to name {', '.join(only)}")
        for name in only:
            self._refuse_twice(name, name)
        places = [place for place, name in enumerate(self._alike) if name in only]
        return [ColumnSource(self._alike[place], (place,)) for place in places]

    def _ours(self) -> list[ColumnSource]:
        self._refuse_strange(FILE_NAMES, f"has to be {','.join(REQUIRED_NAMES)}")
        found = []
        region = alike(self.map.region_column)
        for place, name in enumerate(self._alike):
            if name in FILE_NAMES:
                self._refuse_twice(name, self._form.names[place])
                found.append(ColumnSource(name, (place,), _JOINED.get(_KINDS[name], "")))
            elif name and name != region:
                raise self._unknown(self._form.names[place])
        return found

    def _mapped(self, columns: Mapping[str, tuple[str, ...]]) -> list[ColumnSource]:
        theirs = {alike(each) for names in columns.values() for each in names}
        self._refuse_strange(theirs, f"has to have those that {Path(self.map.path).name} names")
        found = []
        for name, names in columns.items():
            glue = _JOINED.get(_KINDS[name], "")
            if len(names) > 1 and not glue:
                several = f"only {', '.join(_SEVERAL)} are made of several"
                raise self._in_map(
                    ("columns", name),
                    f"columns: {name}: name one column: {several}",
                )
            places = tuple(self._place(each, ("columns", name, n)) for n, each in enumerate(names))
            found.append(ColumnSource(name, places, glue))
        return found

    def region(self) -> int | None:
        """Return the place of the column with the country, if there is one."""
        if not self.map.region_column:
            return None
        return self._place(self.map.region_column, ("region-column",))

    def without(self, name: str, needed: Sequence[str]) -> FileError:
        """Say that a column is missing."""
        how = f"the first line has to name {', '.join(needed)}"
        if self.map.columns:
            how = f"name it under `columns` in {self.map.path}"
        elif len(needed) > 1:
            how = f"{how}; {MAP_NAME} beside the file may say which column it is"
        return FileError(self._path, self._form.line, f"the column {name} is missing: {how}")

    def _place(self, name: str, where: tuple[str | int, ...]) -> int:
        wanted = alike(name)
        exact = [place for place, each in enumerate(self._form.names) if each == name]
        found = exact or [place for place, each in enumerate(self._alike) if each == wanted]
        if len(found) == 1:
            return found[0]
        part = where[0]
        if found:
            columns = " and ".join(str(place + 1) for place in found[:2])
            where_twice = f"{self._path.name} (columns {columns})"
            problem = f"{quoted_name(name)} is there twice in {where_twice}: rename one"
            raise self._in_map(where, f"{part}: {problem}")
        meant = difflib.get_close_matches(name, [each for each in self._form.names if each], 1, 0.5)
        hint = f": there are {listed(self._form.names)}"
        if meant:
            hint = f": is {quoted_name(meant[0])} meant?"
        raise self._in_map(
            where,
            f"{part}: no column {quoted_name(name)} is in {self._path.name}{hint}",
        )

    def _in_map(self, where: tuple[str | int, ...], problem: str) -> FileError:
        line, column = self.map.place(*where)
        return FileError(self.map.path, line, problem, column)

    def _refuse_strange(self, known: Collection[str], what: str) -> None:
        """Refuse a file that has none of the columns.

        It may be another than is meant, and its words secrets: they are not repeated.
        """
        words = (alike(word) for name in self._form.names for word in re.split("[,;\t|]", name))
        if set(known).isdisjoint(words):
            how = f"; {MAP_NAME} beside it may say which column is which"
            hint = how if known is FILE_NAMES else ""
            problem = f"no line with the columns' names: the first {what}{hint}"
            raise FileError(self._path, self._form.line, problem)

    def _refuse_twice(self, name: str, shown: str) -> None:
        if self._alike.count(name) > 1:
            problem = f"the column {quoted_name(shown)} is there twice: remove one"
            raise FileError(self._path, self._form.line, problem)

    def _unknown(self, name: str) -> FileError:
        meant = difflib.get_close_matches(alike(name), FILE_NAMES, 1)
        hint = f"is {meant[0]} meant? Known" if meant else "known"
        known = f"{hint} are {', '.join(FILE_NAMES)}"
        problem = f"the column {quoted_name(name)} is not known: {known}"
        how = f"{MAP_NAME} beside the file may say which columns are read"
        return FileError(self._path, self._form.line, f"{problem}; {how}")


def listed(names: Sequence[str]) -> str:
    """Return the first names of columns for a message."""
    named = [quoted_name(name) for name in names if name]
    return ", ".join(named[:12]) + (f" and {len(named) - 12:,} more" if len(named) > 12 else "")


def quoted_name(name: str) -> str:
    """Return the name of a column for a message, short and without control characters."""
    shown = name if len(name) <= 40 else f"{name[:40]}…"
    return shown if shown.isprintable() and shown.replace("_", "").isalnum() else repr(shown)
