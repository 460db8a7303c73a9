"""The map of an import (`customers.map.yaml`): read, checked, and ready to be used."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from ivr import regular_files
from ivr.delimited import encodings
from ivr.domain.imports import ImportMap, Place
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES
from ivr.policy.part_schema import PartSchema
from ivr.policy.schema import MisfitError, Region, Where, like
from ivr.policy.suggestions import is_it
from ivr.policy.yaml_file import Document, names_of, problems

_LONGEST = 200  # characters of a cell that has a meaning of its own
Header = Annotated[str, Field(min_length=1, max_length=_LONGEST, strict=True)]
_HEADER = {"type": "string", "minLength": 1, "maxLength": _LONGEST}
Headers = Annotated[
    tuple[Header, ...],
    BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else (value,)),
    Field(min_length=1, max_length=20),
    WithJsonSchema(
        {"anyOf": [_HEADER, {"type": "array", "items": _HEADER, "minItems": 1, "maxItems": 20}]},
    ),
]
_COLUMN = r"^[a-z][a-z0-9_]{0,31}$"
_OF_COLUMNS = ("columns", "defaults", "values")
Column = Annotated[str, like(_COLUMN, "a column of ours, like customer_id")]


def _text(value: Any) -> Any:
    """Take whole numbers and true as they are written: a code of a program's is often one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else value


Cell = Annotated[str, BeforeValidator(_text), Field(max_length=_LONGEST)]
Words = Annotated[tuple[Cell, ...], Field(max_length=50)]


def _encoding(name: str) -> str:
    known = encodings.named(name)
    if known is None:
        raise ValueError(encodings.unknown(name))
    return known


class ImportMapFile(PartSchema):
    """What says how a file is imported; all of it may be left out."""

    columns: Annotated[
        dict[Column, Headers],
        Field(
            max_length=50,
            description="our columns, and the file's that each is made of: one, or a list",
        ),
    ] = Field(default_factory=dict)
    defaults: Annotated[
        dict[Column, Cell],
        Field(
            max_length=50,
            description="what stands where there is no such column, or nothing in it",
        ),
    ] = Field(default_factory=dict)
    values: Annotated[
        dict[Column, Annotated[dict[str, Cell], Field(max_length=1000)]],
        Field(
            max_length=50,
            description="of a column of ours: what stands in the file, and what that means",
        ),
    ] = Field(default_factory=dict)
    yes_words: Annotated[Words, Field(description="what means yes, beside yes, true and 1")] = ()
    no_words: Annotated[
        Words,
        Field(description="what means no, beside no, false, 0 and nothing"),
    ] = ()
    region: Annotated[
        Region | None,
        Field(description="the country of numbers without a country code, if not the policy's"),
    ] = None
    region_column: Annotated[
        Header | None,
        Field(description="the file's column with each customer's country, for such numbers"),
    ] = None
    regions: Annotated[
        dict[str, Region],
        Field(
            max_length=300,
            description="what stands in that column, and its two letters, if not these",
        ),
    ] = Field(default_factory=dict)
    encoding: Annotated[
        str | None,
        AfterValidator(lambda name: name and _encoding(name)),
        Field(max_length=40, description="of the letters, like windows-1252"),
    ] = None
    separator: Annotated[
        Literal[",", ";", "|", "tab"] | None,
        Field(description="what stands between two columns"),
    ] = None
    list_separator: Annotated[
        Literal[",", ";", "|", "/"] | None,
        Field(description="what else than ; stands between several tags or numbers in a cell"),
    ] = None
    decimal: Annotated[
        Literal[".", ","] | None,
        Field(description="the decimal sign of scores"),
    ] = None
    header_line: Annotated[
        int | None,
        Field(
            ge=1,
            le=1000,
            strict=True,
            description="the line with the columns' names, if not the first",
        ),
    ] = None

    @model_validator(mode="after")
    def _regions_have_a_column(self) -> Self:
        if self.regions and not self.region_column:
            problem = "regions: these are read in `region-column`: name that, too"
            raise MisfitError(("regions",), problem)
        return self

    @model_validator(mode="after")
    def _words_mean_one_thing(self) -> Self:
        yes = {word.casefold() for word in self.yes_words}
        for n, word in enumerate(self.no_words):
            if word.casefold() in yes:
                problem = f"no-words: {word!r} is among the yes-words, too: remove one"
                raise MisfitError(("no-words", n), problem)
        return self


def checked(path: Path, columns: Collection[str]) -> ImportMap | list[FileError]:
    """Read the map, or say everything that is wrong with it, in its order.

    `columns` are the names that ours may have. Raises FileError when it cannot be read at all.
    """
    text = regular_files.text(path, LARGEST_TEXT_BYTES, path.parent)
    document = Document(path, text, collect=True, names=names_of(ImportMapFile))
    mistakes = [*document.mistakes, *_misfits(document, columns)]
    file = None
    try:
        file = ImportMapFile.model_validate(document.data)
    except ValidationError as error:
        mistakes += problems(document, error)
    if mistakes or file is None:
        return sorted(mistakes, key=lambda each: (each.line or 0, each.column or 0))
    return _made(file, document)


def _misfits(document: Document, columns: Collection[str]) -> Iterator[FileError]:
    """Say which columns of ours there are not."""
    for part in _OF_COLUMNS:
        given = document.data.get(part)
        for name in given if isinstance(given, dict) else ():
            if name not in columns and re.fullmatch(_COLUMN, name):
                known = is_it(name, columns) or f": ours are {', '.join(columns)}"
                yield document.error((part, name), f"{part}: there is no column {name}{known}")


def _made(file: ImportMapFile, document: Document) -> ImportMap:
    return ImportMap(
        path=str(document.path),
        columns=file.columns,
        defaults=file.defaults,
        values=file.values,
        yes_words=file.yes_words,
        no_words=file.no_words,
        region=file.region or "",
        region_column=file.region_column or "",
        regions=file.regions,
        encoding=file.encoding or "",
        separator={"tab": "\t", None: ""}.get(file.separator, file.separator or ""),
        list_separator=file.list_separator or "",
        decimal=file.decimal or "",
        header_line=file.header_line or 0,
        places=dict(_places(file, document)),
    )


def _places(file: ImportMapFile, document: Document) -> Iterator[tuple[Where, Place]]:
    """Give the places of what an import may find wrong with: it alone knows the file."""
    for name, headers in file.columns.items():
        yield from (
            (
                ("columns", name, n),
                document.place(("columns", name, n)),
            )
            for n in range(len(headers))
        )
    for part in _OF_COLUMNS:
        yield from (((part, name), document.place((part, name))) for name in getattr(file, part))
    yield ("region-column",), document.place(("region-column",))
