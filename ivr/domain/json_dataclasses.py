"""Dataclasses as plain data, for JSON, and back: what a field becomes is read off its type hint.

Back come nested dataclasses, tuples of any length or a fixed one, lists and mappings of them, and
each of these or None. Other hints (texts, numbers, Any, a Literal, a dict of whatever) take what is
there as it is.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Read = Callable[[Any], Any]
_STORED_AS = "stored as"
_FAMILIES = (list, dict, Mapping)


def stored_as(name: str) -> Mapping[str, str]:
    """Say, as a field's metadata, that it is stored and sent under another name."""
    return {_STORED_AS: name}


def stored_names(kind: Any) -> Mapping[str, str]:
    """List the names under which a dataclass's fields are stored, each with the field's own."""
    return _stored_names(kind)


@cache
def _stored_names(kind: type) -> Mapping[str, str]:
    of_kind = fields(cast("Any", kind))
    return {field.metadata.get(_STORED_AS, field.name): field.name for field in of_kind}


def shallow(record: Any) -> dict[str, Any]:
    """The record's fields: `asdict` without its deep copies, which take longer than all else."""
    kind: Any = type(record)
    names, values_of = _stored(kind)
    return dict(zip(names, values_of(record), strict=True))


@cache
def _stored(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Give the names, and what gets the values in their order."""
    names = _stored_names(kind)
    own = list(names.values())
    if len(own) > 1:  # of one name, attrgetter gets the value itself
        return tuple(names), attrgetter(*own)
    return tuple(names), lambda record: tuple(getattr(record, name) for name in own)


def deep(value: Any) -> Any:
    """The same as JSON has it, all the way down: mappings are dicts, and tuples lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: deep(each) for name, each in shallow(value).items()}
    if isinstance(value, Mapping):
        return {name: deep(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [deep(each) for each in value]
    return value


def for_json(value: object) -> Any:
    """What `json.dumps` is to write for a value that it does not know; its `default`."""
    if is_dataclass(value) and not isinstance(value, type):
        return shallow(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


def mapping(data: object) -> Mapping[str, Any]:
    """Take `data` for a mapping; for one without anything when it is none."""
    return data if isinstance(data, dict) else {}


def made(kind: type[T], data: object) -> T | None:
    """A `kind` from what `deep` or JSON made of one; None when another version of this program made
    something else.

    What this version does not know is left out, and what the other did not know has its default.
    """
    read = _dataclass(cast("Any", kind))
    try:
        return cast("T", read(data))
    except (TypeError, AttributeError):
        return None


@cache
def _dataclass(kind: type) -> _Read:
    """What makes a `kind` of a dict; it raises TypeError or AttributeError for what is none or
    lacks something.
    """
    hints = get_type_hints(kind)
    by_own = {field.name: field for field in fields(cast("Any", kind)) if field.init}
    stored = {name: own for name, own in stored_names(kind).items() if own in by_own}
    named = {name: own for name, own in stored.items() if by_own[own].kw_only}
    stored = {name: own for name, own in stored.items() if name not in named} | named
    places = len(stored) - len(named)  # the others are given by name
    names = list(stored)
    readers = [_reader(hints[own]) for own in stored.values()]
    special = [(place, read) for place, read in enumerate(readers) if read]
    by_name = [(stored[names[place]], each) for place, each in special]
    whole = itemgetter(*names) if len(names) > 1 else None

    def read(data: Any) -> Any:
        if whole is not None:  # it is mostly as this version wrote it: that is twice as fast
            try:
                values = list(whole(data))
            except KeyError:
                pass
            else:
                for place, convert in special:
                    values[place] = convert(values[place])
                by_name_only = dict(zip(named.values(), values[places:], strict=True))
                return kind(*values[:places], **by_name_only)
        some = {own: data[name] for name, own in stored.items() if name in data}
        for name, convert in by_name:
            if name in some:
                some[name] = convert(some[name])
        return kind(**some)

    return read


def _reader(hint: Any) -> _Read | None:
    """What makes a value that fits the hint; None when it is taken as it is."""
    origin, parts = get_origin(hint), get_args(hint)
    made: _Read | None = None
    if isinstance(hint, type) and is_dataclass(hint):
        made = _dataclass(hint)
    elif origin is tuple:
        made = _tuple(parts)
    elif origin is Union or origin is types.UnionType:
        made = _optional(hint, parts)
    elif origin in _FAMILIES:
        made = _family(origin, parts)
    return made


def _optional(hint: Any, parts: tuple[Any, ...]) -> _Read | None:
    readers = [each for part in parts if part is not type(None) and (each := _reader(part))]
    if not readers:
        return None
    if len(parts) > 2 or type(None) not in parts:
        raise NotImplementedError(f"{hint}: nobody can tell which of these was stored")
    read = readers[0]
    return lambda value: None if value is None else read(value)


def _tuple(parts: tuple[Any, ...]) -> _Read:
    if len(parts) == 2 and parts[1] is ...:
        read = _reader(parts[0])
        if read is None:
            return lambda value: tuple(_listed(value))
        return lambda value: tuple([read(item) for item in _listed(value)])
    each = [_reader(part) or _same for part in parts]

    def fixed(value: Any) -> tuple[Any, ...]:
        if len(_listed(value)) != len(each):
            raise TypeError("of another length")
        return tuple(read(item) for read, item in zip(each, value, strict=True))

    return fixed


def _family(origin: Any, parts: tuple[Any, ...]) -> _Read | None:
    read = _reader(parts[-1])
    if read is None:
        return None
    if origin is list:
        return lambda value: [read(item) for item in _listed(value)]
    return lambda value: {name: read(item) for name, item in value.items()}


def _listed(value: Any) -> Any:
    """A text is no list of its letters."""
    if not isinstance(value, list | tuple):
        raise TypeError("not a list")
    return value


def _same(value: Any) -> Any:
    return value
