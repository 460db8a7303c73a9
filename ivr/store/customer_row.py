"""One row of a file of customers: made rows of the tables, or refused with what to write."""

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from ivr.delimited.rows import SEPARATORS, Record
from ivr.domain.ports import NumberPlan
from ivr.store.customer_cells import (
    AROUND,
    GUARDS,
    Refused,
    customer_id,
    neither,
    plain,
    quoted,
    readers,
    says_yes,
)
from ivr.store.customer_columns import CUSTOMER_COLUMNS, REMOVE, SCORE_NAMES, CustomerColumn
from ivr.store.customer_layout import ColumnSource, Layout
from ivr.store.customer_phones import read_phones

_COUNTRY = re.compile(r"[A-Z]{2}", re.IGNORECASE)

# A row that fits: its line, its row in `customers`, its numbers in E.164. Plain tuples, because
# they go from one process to another by the million.
Good = tuple[int, dict[str, Any], list[str]]
Told = tuple[int, str]
"""A line, and what is to be said about it."""


class CheckedBatch(NamedTuple):
    """What came of a batch: rows that fit, rows that do not, doubts, and who has left.

    A doubt is about a row that fits: it could also mean something else.
    """

    good: list[Good]
    bad: list[Told]
    doubts: list[Told]
    leaving: list[Told]


def has_scores(given: Collection[str]) -> bool:
    """Whether a file with these columns gives scores."""
    return not set(SCORE_NAMES).isdisjoint(given)


class RowCheck:
    """Turns records into rows that fit, or says why they do not. Other processes get it pickled.

    `now` is Unix time in seconds; `decimal` the sign that scores have.
    """

    def __init__(
        self,
        layout: Layout,
        numbers: NumberPlan,
        region: str,
        now: float,
        decimal: str = ".",
    ) -> None:
        self._layout, self._numbers, self._region = layout, numbers, layout.map.region or region
        self._width, self._least = len(layout.names), layout.least
        given = layout.given
        undefined = [each for each in kept(layout) if not each.defaulted]
        self._base: dict[str, Any] = {each.name: each.nothing for each in undefined}
        self._base |= {"updated_at": now} | ({"scored_at": now} if has_scores(given) else {})
        self._regions = {name.casefold(): code for name, code in layout.map.regions.items()}
        read = readers(layout.map, decimal)
        # Taken apart once, for this is done for each cell of millions of rows.
        self._read = [
            (each.name, each.places[0] if len(each.places) == 1 else -1, each, read[each.name])
            for each in layout.sources
        ]
        self._remove, self._leaves = layout.remove, says_yes(layout.map, REMOVE)
        self._unnamed, self._country = layout.unnamed, layout.region

    def __call__(self, batch: list[Record]) -> CheckedBatch:
        """Check each record of a batch."""
        checked = CheckedBatch([], [], [], [])
        doubts: list[str] = []
        for line, fields in batch:
            doubts.clear()
            try:
                fitting = self._fitting(fields)
                if self._remove is not None and self._has_left(fitting, self._remove):
                    checked.leaving.append((line, customer_id(self._id(fitting))))
                    continue
                customer = self._customer(fitting, doubts)
            except Refused as refused:
                checked.bad.append((line, str(refused)))
            else:
                checked.good.append((line, customer, customer.pop("phones")))
                if doubts:
                    checked.doubts.extend((line, doubt) for doubt in doubts)
        return checked

    def _fitting(self, fields: list[str] | str) -> list[str]:
        """Return the fields of a row that has as many as there are columns, or empty ones more."""
        if isinstance(fields, str):
            raise Refused(fields)
        if len(fields) != self._width and (len(fields) < self._least or any(fields[self._width :])):
            what = SEPARATORS[self._layout.separator]
            raise Refused(
                f"{len(fields)} fields, and the header has {self._width}: put a field that has {what} in it in quotes"
            )
        for place in self._unnamed:
            if text := "".join(fields[place : place + 1]).strip(AROUND):
                where = f"column {place + 1}, which has no name"
                raise Refused(f"{quoted(text)} stands in {where}: is a quote missing?")
        return fields

    def _has_left(self, fields: list[str], place: int) -> bool:
        text = plain(fields[place])
        leaves = self._leaves(text)
        if leaves is None:
            raise Refused(f"remove: {neither(text)}")
        return leaves

    def _id(self, fields: list[str]) -> str:
        return plain(fields[self._layout.place_of("customer_id")])

    def _customer(self, fields: list[str], doubts: list[str]) -> dict[str, Any]:
        customer = self._base.copy()
        name = ""
        try:
            for name, place, source, read in self._read:
                text = (fields[place] if place >= 0 else _joined(source, fields)).strip(AROUND)
                if text and text[0] in GUARDS:
                    text = plain(text)
                customer[name] = read(text)
        except Refused as refused:
            raise Refused(f"{self._layout.called(name)}: {refused}") from None
        if parts := customer["phones"]:
            customer["phones"] = self._phones(parts, fields, doubts)
        if not customer["name"].isascii():
            doubts.extend(_spoilt(customer["name"]))
        return customer

    def _phones(self, parts: list[str], fields: list[str], doubts: list[str]) -> list[str]:
        """Return the numbers in E.164, each once, in the file's order."""
        region = self._region
        if self._country is not None:
            region = self._region_of(fields[self._country], parts)
        found = read_phones(parts, self._numbers, region)
        if found.problem:
            raise Refused(f"{self._layout.called('phones')}: {found.problem}")
        if found.doubts:
            doubts.extend(f"phones: {doubt}" for doubt in found.doubts)
        return found.numbers

    def _region_of(self, country: str, parts: list[str]) -> str:
        """Return the country that numbers are read in; the usual one where none is named."""
        text = plain(country)
        letters = text.upper() if _COUNTRY.fullmatch(text) else ""
        code = self._regions.get(text.casefold(), letters)
        if code or not text or all(part.startswith("+") for part in parts):
            return {"UK": "GB", "": self._region}.get(code, code)
        raise Refused(
            f"phones: the country {quoted(text)} is not known, by which {quoted(parts[0])} "
            "is to be read: name it under `regions`"
        )


def kept(layout: Layout) -> list[CustomerColumn]:
    """Return the columns that the file does not give: a known customer keeps what they are."""
    given = layout.given
    return [column for column in CUSTOMER_COLUMNS if column.name not in given]


def _joined(source: ColumnSource, fields: list[str]) -> str:
    return source.glue.join(text for place in source.places if (text := plain(fields[place])))


def _spoilt(name: str) -> Iterator[str]:
    """Say what a program may have made of a name before it came here."""
    if "\ufffd" in name:
        yield f"name: {quoted(name)}: a letter was lost before the file came here"
    try:
        meant = name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return
    why = "It looks like UTF-8 that was read as Windows-1252"
    yield f"name: {quoted(name)}: is {quoted(meant)} meant? {why}"
