"""A frozen dataclass with other values in some fields, in a third of the time of `replace`."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

T = TypeVar("T")


def changed(record: T, **values: Any) -> T:
    """Return a record like this one but for these values.

    All its fields can be given by position.
    """
    kind: Any = type(record)
    places, all_of = _shape(kind)
    told = list(all_of(record))
    for name, value in values.items():
        told[places[name]] = value
    return cast("T", kind(*told))


@cache
def _shape(kind: type) -> tuple[dict[str, int], Callable[[Any], tuple[Any, ...]]]:
    names = [field.name for field in fields(cast("Any", kind))]
    return {name: place for place, name in enumerate(names)}, attrgetter(*names)
