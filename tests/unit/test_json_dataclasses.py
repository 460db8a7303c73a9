"""Dataclasses as plain data and back, by their type hints."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.json_dataclasses import deep, for_json, made


@dataclass(frozen=True, slots=True)
class Inner:
    after: int
    priority: int | None = None
    say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outer:
    kind: ClassVar[str] = "outer"
    name: str
    size: float
    word: Literal["a", "b"] | None = None
    steps: tuple[Inner, ...] = ()
    one: Inner | None = None
    pair: tuple[str, Inner] | None = None
    several: list[Inner] = field(default_factory=list)
    named: Mapping[str, Inner] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    anything: Any = None
    nested: tuple[tuple[int, ...], ...] = ()


inners = st.builds(Inner, st.integers(), st.none() | st.integers(), st.lists(st.text()).map(tuple))
flat = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
outers = st.builds(
    Outer, st.text(), st.floats(allow_nan=False), st.sampled_from([None, "a"]), st.lists(inners).map(tuple),
    st.none() | inners, st.none() | st.tuples(st.text(), inners), st.lists(inners),
    st.dictionaries(st.text(), inners), st.dictionaries(st.text(), flat | st.lists(flat)), flat,
    st.lists(st.lists(st.integers()).map(tuple)).map(tuple),
)  # fmt: skip


@pytest.mark.thorough
@given(outers)
def test_what_goes_into_json_comes_out_as_it_was(record: Outer) -> None:
    assert made(Outer, json.loads(json.dumps(deep(record)))) == record
    assert made(Outer, json.loads(json.dumps(deep(record), default=for_json))) == record
    assert made(Outer, json.loads(json.dumps(record, default=for_json))) == record


def test_what_is_not_known_is_left_out_and_what_is_missing_has_its_default() -> None:
    assert made(Outer, {"name": "x", "size": 1.0, "added": 1, "kind": "y"}) == Outer("x", 1.0)
    assert made(Outer, {"name": "x", "size": 1.0, "one": {"after": 3, "more": 2}}) == Outer("x", 1.0, one=Inner(3))


@pytest.mark.parametrize(
    "data",
    [
        None, [], "x", 7, {}, {"name": "x"}, {"name": "x", "size": 1, "steps": "abc"},
        {"name": "x", "size": 1, "steps": 3}, {"name": "x", "size": 1, "steps": None},
        {"name": "x", "size": 1, "steps": ["x"]}, {"name": "x", "size": 1, "steps": [{}]},
        {"name": "x", "size": 1, "one": []}, {"name": "x", "size": 1, "pair": ["x"]},
        {"name": "x", "size": 1, "named": ["x"]}, {"name": "x", "size": 1, "named": {"x": 1}},
        {"name": "x", "size": 1, "several": {"after": 1}},
    ],
)  # fmt: skip
def test_what_another_version_made_is_nothing(data: object) -> None:
    assert made(Outer, data) is None


def test_a_mapping_that_cannot_be_changed_is_written_too() -> None:
    record = Outer("x", 1.0, facts=MappingProxyType({"call.hour": 9}))
    assert deep(record)["facts"] == json.loads(json.dumps(record, default=for_json))["facts"] == {"call.hour": 9}


def test_other_objects_are_refused() -> None:
    with pytest.raises(TypeError, match="object cannot be stored"):
        json.dumps(Outer("x", 1.0, anything=object()), default=for_json)


@dataclass
class Unclear:
    which: Inner | Outer


def test_a_hint_that_says_too_little_is_a_mistake_of_ours() -> None:
    with pytest.raises(NotImplementedError, match="nobody can tell which"):
        made(Unclear, {"which": {}})
