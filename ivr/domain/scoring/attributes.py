"""Attributes: declared facts about a customer, of a source's newest row or made of metrics."""

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from ivr.domain.scoring.numbers import Values, known

AttributeType = Literal["text", "number", "whole", "yes-no", "texts"]
AttributeValue = str | float | bool | list[str]
"""A text, a number, yes or no, or several texts."""
SIGNS: Mapping[str, Callable[[Values, float], Values]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "<>": operator.ne,
}
T = TypeVar("T", str, float)
_SEPARATOR = ";"
_MOST = 50  # texts of one attribute: conditions may loop over them
_LONGEST = 200  # characters of a text


@dataclass(frozen=True, slots=True)
class MetricTest:
    """A metric's value beside a number; `sign` is one of SIGNS."""

    metric: str
    sign: str
    number: float


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute. `of` and `where` are checked SQL over the columns of `source`.

    Without a source it is made of metrics: yes where all of `tests` hold, or one with `every`
    false. `digits` is how many decimal digits the number's unit has. `values` are those that it may
    have, none for any; `low` and `high` the range of a number. A row older than `oldest` days says
    nothing.
    """

    name: str
    type: AttributeType
    source: str = ""
    of: str = ""
    where: str = ""
    digits: int = 0
    tests: tuple[MetricTest, ...] = ()
    every: bool = True
    values: tuple[AttributeValue, ...] = ()
    low: float | None = None
    high: float | None = None
    oldest: int | None = None
    demographic: bool = False
    about: str = ""

    @property
    def column(self) -> str:
        """What the column is called in which an engine returns it, as a text. No metric has it."""
        return f"attribute {self.name}"


@dataclass(frozen=True, slots=True)
class AttributeColumn:
    """One attribute of all customers, in their order: where in `values` theirs is; NaN for none.

    Most customers share theirs with many others.
    """

    places: Values
    values: Sequence[AttributeValue]


def yes_and_no(attribute: Attribute, values: Mapping[str, Values]) -> tuple[Values, Values]:
    """Say whether (or where) one made of metrics is yes, and whether it is no; else not known."""
    yes: Values = None
    no: Values = None
    for test in attribute.tests:
        value = values[test.metric]
        holds = known(value) & SIGNS[test.sign](value, test.number)
        fails = known(value) & (SIGNS[test.sign](value, test.number) == 0)
        if yes is None:
            yes, no = holds, fails
        elif attribute.every:
            yes, no = yes & holds, no | fails
        else:
            yes, no = yes | holds, no & fails
    return yes, no


def read(attribute: Attribute, told: str | None) -> AttributeValue | None:
    """Return what an engine's text means; None where nothing is known.

    Raises ValueError for what the attribute may not be.
    """
    if told is None or not (text := told.strip()):
        return None
    match attribute.type:
        case "yes-no":
            return text == "1"
        case "text":
            return _allowed(attribute, _plain(text))
        case "texts":
            parts = [part.strip() for part in text.split(_SEPARATOR)]
            found = list(dict.fromkeys(_plain(part) for part in parts if part))
            if len(found) > _MOST:
                raise ValueError(text)
            for each in found:
                _allowed(attribute, each)
            return found or None
        case _:
            number = int(text) / 10**attribute.digits if attribute.digits else int(text)
            low, high = attribute.low, attribute.high
            if (low is not None and number < low) or (high is not None and number > high):
                raise ValueError(text)
            whole = attribute.type == "whole"
            return _allowed(attribute, int(number) if whole else float(number))


def _plain(text: str) -> str:
    if len(text) > _LONGEST or not text.isprintable():
        raise ValueError(text)
    return text


def _allowed(attribute: Attribute, value: T) -> T:
    if attribute.values and value not in attribute.values:
        raise ValueError(str(value))
    return value


_encode = json.JSONEncoder(sort_keys=True, allow_nan=False).encode  # making one takes longest


def stored(values: Mapping[str, AttributeValue]) -> str | None:
    """Return attributes as they are kept; None for none."""
    return _encode(values) if values else None


def restored(text: Any) -> dict[str, AttributeValue]:
    """Return attributes that `stored` has made. Raises ValueError for what it has not."""
    found: Any = json.loads(text) if isinstance(text, str) else None
    if not isinstance(found, dict) or not all(map(_is_value, found.values())):
        raise ValueError("attributes are damaged")
    return dict(found)


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) and each.isprintable() for each in value)
    if isinstance(value, str):
        return value.isprintable()
    return isinstance(value, bool | int | float) and abs(value) < float("inf")
