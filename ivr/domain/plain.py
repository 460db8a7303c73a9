"""Values from plain data: what `dataclasses.asdict` took apart, put together again by the types of the fields."""

import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def from_plain(kind: type[T], data: object) -> T:
    """A `kind` from plain data; values are not looked at.

    Raises TypeError, KeyError or ValueError when `data` has another form.
    """
    made: T = _reader(cast("Hashable", kind))(data)
    return made


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Makes a value of this type of what JSON has for it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    if origin in (Union, types.UnionType) and type(None) in arguments:
        (inner,) = (_reader(each) for each in arguments if each is not type(None))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and arguments[-1:] == (...,):
        item = _reader(arguments[0])
        return lambda value: tuple(item(each) for each in _listed(value))
    if origin is tuple:
        items = [_reader(each) for each in arguments]
        return lambda value: tuple(read(each) for read, each in zip(items, _listed(value), strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        item = _reader(arguments[1])
        return lambda value: {name: item(each) for name, each in value.items()}
    return lambda value: value


def _dataclass(kind: type[Any]) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {each.name: _reader(hints[each.name]) for each in fields(kind)}

    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TypeError(f"no {kind.__name__}: {type(value).__name__}")
        return kind(**{name: readers[name](each) for name, each in value.items()})

    return read


def _listed(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise TypeError(f"no list: {type(value).__name__}")
    return value
