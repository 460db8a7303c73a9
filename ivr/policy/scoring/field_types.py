"""What may stand in a field of scoring.yaml: names of columns, lengths in days, prices, numbers."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from ivr.limits import LONGEST_CONDITION_CHARACTERS
from ivr.policy.schema import like

_COLUMN = r"^[A-Za-z][A-Za-z0-9_]{0,62}$"
_IN_COLUMN = "a column's name: letters, digits and _, a letter first"
ColumnName = Annotated[str, like(_COLUMN, _IN_COLUMN)]
_ZONE = r"^[A-Za-z][A-Za-z0-9_+/-]{0,60}$"
Zone = Annotated[str, like(_ZONE, "a time zone, like Europe/London")]
_CURRENCY = r"^[A-Z]{3}$"
Currency = Annotated[str, like(_CURRENCY, "a currency's three capital letters, like GBP")]
_DAYS = r"^[1-9][0-9]{0,4} days?$"
LengthInDays = Annotated[
    str,
    BeforeValidator(lambda value: repr(value) if type(value) is int else value),
    like(_DAYS, "a number of days, like 365 days"),
]
_VALUE = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"
ValueKey = Annotated[str, like(_VALUE, 'a number in quotes, like "3"')]
Expression = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_CONDITION_CHARACTERS),
]
Limit = Annotated[float, Field(ge=-1e15, le=1e15, strict=True)]
Points = Annotated[float, Field(ge=0, le=100, strict=True)]
MetricWeight = Annotated[float, Field(gt=0, le=1_000_000, strict=True)]
_DECIMAL = r"^[0-9]{1,9}(\.[0-9]{1,6})?$"


def _as_text(value: Any) -> Any:
    """Keep a price exact: 0.85 is no float."""
    return repr(value) if type(value) in (int, float) else value


Price = Annotated[
    str,
    BeforeValidator(_as_text),
    like(_DECIMAL, "an amount with at most 6 digits behind the point, like 0.85"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 999_999_999}),
]
TWO_NUMBERS = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
