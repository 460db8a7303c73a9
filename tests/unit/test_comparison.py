"""Conditions that are compared without CEL come out as CEL has them."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ivr.domain.routing.facts import FACTS
from ivr.policy.conditions.cel import ConditionError, Programs, compiled
from ivr.policy.conditions.comparison import comparison

NOTHING = {fact.name: fact.default for fact in FACTS}
OF_TYPE = {kind: [fact.name for fact in FACTS if fact.type == kind] for kind in ("bool", "int", "double", "string")}
LISTS = [fact.name for fact in FACTS if fact.type == "list"]
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")).filter(str.isprintable), max_size=6)
NUMBERS = st.floats(-1e12, 1e12, allow_nan=False) | st.integers(-3, 3).map(float)


def by_cel(condition: str, facts: dict[str, Any]) -> object:
    return compiled(condition).eval(data=facts).value()


def same(condition: str, fact: str, value: object) -> None:
    """That the condition is one of those that need no CEL, and holds where CEL says that it does."""
    plain = comparison(condition)
    assert plain is not None
    facts = {**NOTHING, fact: value}
    assert plain.compare(facts[plain.fact], plain.value) is by_cel(condition, facts)
    assert Programs([condition])(facts)(condition) is by_cel(condition, facts)


@given(st.sampled_from(OF_TYPE["double"]), SIGNS, st.data())
def test_decimals(fact: str, sign: str, data: st.DataObject) -> None:
    written = data.draw(st.decimals(-1_000_000, 1_000_000, places=3).map(str))
    value = data.draw(st.just(float(written)) | NUMBERS | st.sampled_from([float("inf"), -0.0, float("nan")]))
    same(f"{fact} {sign} {written}", fact, value)


@pytest.mark.parametrize("value", [99.9, 100.0, 100.1])
def test_a_decimal_with_an_exponent(value: float) -> None:
    same("customer.value > 1.0e2", "customer.value", value)
    same("customer.value >= 1e2", "customer.value", value)


@given(st.sampled_from(OF_TYPE["int"]), SIGNS, st.integers(-5, 5), st.integers(-5, 5))
def test_whole_numbers(fact: str, sign: str, written: int, value: int) -> None:
    same(f"{fact} {sign} {written}", fact, value)


@given(st.sampled_from(OF_TYPE["string"]), st.sampled_from(["==", "!="]), TEXTS, TEXTS, st.booleans())
def test_texts(fact: str, sign: str, written: str, other: str, equal: bool) -> None:
    assume(not set(written) & set("\"'\\"))
    same(f'{fact} {sign} "{written}"', fact, written if equal else other)


@given(st.sampled_from(LISTS), TEXTS, st.lists(TEXTS, max_size=3), st.booleans())
def test_lists(fact: str, written: str, others: list[str], within: bool) -> None:
    assume(not set(written) & set("\"'\\"))
    same(f"'{written}' in {fact}", fact, [*others, written] if within else others)


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("condition", ["{}", "!{}", "{} == true", "{} != true", "{} == false", "{} != false // not"])
def test_truths(condition: str, value: bool) -> None:
    for fact in OF_TYPE["bool"]:
        same(condition.format(fact), fact, value)


@pytest.mark.parametrize(
    "condition",
    [
        "customer.found && customer.blocked", "customer.value >= 80.0 || true", "customer.value * 2.0 >= 80.0",
        "customer.value >= customer.need", "80.0 <= customer.value", 'call.entry == "a\\"b"', 'call.entry == r"a"',
        'call.entry < "b"', 'call.entry in ["a", "b"]', "customer.contacts_7d >= 0x10",
        '"a" in queues.waiting', "customer.tags.size() > 1", "customer.tags == []", "!customer.tags.exists(t, t == '')",
        '"""a""" in customer.tags', "customer.found == customer.blocked", "- customer.value > 1.0", "true",
        "customer.contacts_7d > 999999999999999999",
    ],
)  # fmt: skip
def test_whatever_does_more_is_left_to_cel(condition: str) -> None:
    assert compiled(condition)
    assert comparison(condition) is None or condition.endswith("9" * 18)
    assert Programs([condition])(NOTHING)(condition) is by_cel(condition, NOTHING)


@given(
    st.sampled_from([fact.name for fact in FACTS]), st.sampled_from(["==", "!=", "<", ">=", "in", "&&", "-", "."]),
    st.text("0123456789.-\"'abertulsx \\/[]()!", max_size=8), st.sampled_from(["", "!", "-", "'a' in "]),
)  # fmt: skip
def test_no_odd_writing_makes_a_difference(fact: str, sign: str, rest: str, before: str) -> None:
    condition = f"{before}{fact} {sign} {rest}"
    try:
        compiled(condition)
    except ConditionError:
        return
    if comparison(condition):
        same(condition, fact, NOTHING[fact])


@pytest.mark.parametrize("value", [80, "80", None, True])
def test_a_fact_of_another_type_is_left_to_cel(value: object) -> None:
    held = Programs(["customer.value >= 80.0"])({**NOTHING, "customer.value": value})("customer.value >= 80.0")
    assert held is (value == 80) or isinstance(held, str)


def test_a_fact_that_is_missing_is_left_to_cel() -> None:
    assert isinstance(Programs(["customer.found"])({})("customer.found"), str)
