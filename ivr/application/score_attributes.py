"""Everybody's attributes in a run: of the newest rows, and of the metrics."""

from collections.abc import Mapping, Sequence

from ivr.domain.scoring.attributes import Attribute, AttributeValue, read, yes_and_no
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.numbers import Values
from ivr.domain.scoring.reading import Reading
from ivr.domain.showable import one_line

Column = Sequence[AttributeValue | None]
"""An attribute of each customer, in their order; None where it is not known."""


def attributes(
    scoring: Scoring,
    reading: Reading,
    values: Mapping[str, Values],
    kept: Mapping[str, Column],
) -> tuple[dict[str, Column], list[str]]:
    """Return every attribute by its name, and a line for each that has values it may not have.

    `kept` are those of sources that failed.
    """
    found, problems = dict[str, Column](), list[str]()
    for name, attribute in scoring.attributes.items():
        if name in kept:
            found[name] = kept[name]
        elif attribute.source:
            found[name], refused = _read(attribute, reading.texts[attribute.column])
            problems += refused
        else:
            found[name] = _computed(attribute, values)
    return found, problems


def _computed(attribute: Attribute, values: Mapping[str, Values]) -> Column:
    yes, no = yes_and_no(attribute, values)
    both = zip(yes.tolist(), no.tolist(), strict=True)
    return [True if is_so else (False if is_not else None) for is_so, is_not in both]


def _read(attribute: Attribute, texts: Sequence[str | None]) -> tuple[Column, list[str]]:
    known: dict[str | None, AttributeValue | None] = {}  # most customers say the same
    refused, example = 0, ""
    bad = set[str | None]()
    column: list[AttributeValue | None] = []
    for text in texts:
        if text not in known:
            try:
                known[text] = read(attribute, text)
            except ValueError as error:
                known[text] = None
                bad.add(text)
                example = example or one_line(str(error))[:40]
        refused += text in bad
        column.append(known[text])
    if not refused:
        return column, []
    what = f"not one of its values ({example!r})"
    return column, [f"{attribute.name}: {what} for {refused:,} of the customers: not known of them"]


def rows(columns: Mapping[str, Column], begin: int, end: int) -> list[dict[str, AttributeValue]]:
    """Return what is known of each of these customers."""
    made: list[dict[str, AttributeValue]] = [{} for _ in range(begin, end)]
    for name, column in columns.items():
        for row, value in zip(made, column[begin:end], strict=True):
            if value is not None:
                row[name] = value
    return made
