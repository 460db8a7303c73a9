"""Everybody's attributes in a run: of the newest rows, and of the metrics."""

from collections.abc import Hashable, Mapping, Sequence

from ivr.domain.scoring.attributes import (
    Attribute,
    AttributeColumn,
    AttributeValue,
    read,
    yes_and_no,
)
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.numbers import UNKNOWN, Numbers, Values
from ivr.domain.scoring.reading import Reading, Warehouse
from ivr.domain.showable import one_line


def attributes(
    scoring: Scoring,
    reading: Reading,
    values: Mapping[str, Values],
    kept: Mapping[str, AttributeColumn],
    warehouse: Warehouse,
) -> tuple[dict[str, AttributeColumn], list[str]]:
    """Return every attribute by its name, and a line for each that has values it may not have.

    `kept` are those of sources that failed.
    """
    found, problems = dict[str, AttributeColumn](), list[str]()
    for name, attribute in scoring.attributes.items():
        if name in kept:
            found[name] = kept[name]
        elif attribute.source:
            found[name], refused = _read(attribute, reading.texts[attribute.column], warehouse)
            problems += refused
        else:
            found[name] = _computed(attribute, values, reading.numbers)
    return found, problems


def column(
    keys: Sequence[Hashable],
    values: Mapping[Hashable, AttributeValue | None],
    warehouse: Warehouse,
) -> AttributeColumn:
    """Return the column of customers of whom `values` says by their keys what is known."""
    known = {key: value for key, value in values.items() if value is not None}
    places = {key: float(n) for n, key in enumerate(known)}
    here = warehouse.column([places.get(key, UNKNOWN) for key in keys])
    return AttributeColumn(here, tuple(known.values()))


def truth(column: AttributeColumn | None, numbers: Numbers) -> Values | None:
    """Return 1 where an attribute is yes, 0 where it is no, else unknown; None without one."""
    if column is None:
        return None
    found = column.places * UNKNOWN
    for n, each in enumerate(column.values):
        if isinstance(each, bool):
            found = numbers.choose(column.places == n, float(each), found)
    return found


def _computed(
    attribute: Attribute,
    values: Mapping[str, Values],
    numbers: Numbers,
) -> AttributeColumn:
    yes, no = yes_and_no(attribute, values)
    places = numbers.choose(yes, 1.0, numbers.choose(no, 0.0, UNKNOWN))
    return AttributeColumn(places, (False, True))


def _read(
    attribute: Attribute,
    texts: Sequence[str | None],
    warehouse: Warehouse,
) -> tuple[AttributeColumn, list[str]]:
    known, bad, example = dict[Hashable, AttributeValue | None](), set[str | None](), ""
    for text in dict.fromkeys(texts):
        try:
            known[text] = read(attribute, text)
        except ValueError as error:
            bad.add(text)
            example = example or one_line(str(error))[:40]
    made = column(texts, known, warehouse)
    if not bad:
        return made, []
    refused = sum(text in bad for text in texts)
    what = f"not one of its values ({example!r})"
    return made, [f"{attribute.name}: {what} for {refused:,} of the customers: not known of them"]
