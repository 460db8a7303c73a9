"""Conditions in CEL: every fact can be asked about, mistakes say what to write, and nothing takes long."""

import resource
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.domain.routing.condition_tokens import facts_of, tokens
from ivr.domain.routing.facts import FACTS, MOST_LISTED
from ivr.limits import LONGEST_CONDITION_CHARACTERS
from ivr.policy.conditions.cel import ConditionError, Programs, compiled

NOTHING = {fact.name: fact.default for fact in FACTS}
LONG_LISTS = {**NOTHING, "customer.tags": [f"tag {n}" for n in range(MOST_LISTED)]}


def held(condition: str, **facts: object) -> bool | str:
    known = {**NOTHING, **{name.replace("__", "."): value for name, value in facts.items()}}
    return Programs([condition])(known)(condition)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact.name))
def test_every_fact_has_an_example_that_is_a_condition_about_it(fact: object) -> None:
    example, name = fact.example, fact.name  # type: ignore[attr-defined]
    assert facts_of(example) == (name,)
    value = held(example)
    if fact.type == "map":  # type: ignore[attr-defined]
        assert value == 'NOT_FOUND: Key not found in map : "premium"'.removeprefix("NOT_FOUND: ")
    else:
        assert value in (True, False)


def test_facts_are_compared() -> None:
    assert held("customer.value >= 80.0", customer__value=80.0) is True
    assert held("customer.value >= 80.0", customer__value=79.9) is False
    assert held("customer.value >= 80.0") is False  # -1.0: not known
    assert held('"vip" in customer.tags && !customer.blocked', customer__tags=["vip"]) is True
    assert held('queues.waiting["premium"] > 3', queues__waiting={"premium": 4}) is True
    assert held('customer.tags.exists(tag, tag.startsWith("vip"))', customer__tags=["vip-1"]) is True
    assert held('call.number.matches("^[+]44")', call__number="+442079460001") is True


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ('queues.waiting["premium"] > 3', 'Key not found in map : "premium"'),
        ("customer.tags[0] == ''", "Index error: index=0 size=0"),
        ("1 / customer.contacts_7d == 1", "divide by zero"),
        ("int(call.did) > 3", "cannot convert string to int"),
        ("dyn(call.did) > 3", "No matching overloads found : _>_(string, int64)"),
        ('call.did.matches("(")', "missing ): ("),
    ],
)
def test_a_condition_that_cannot_be_evaluated_does_not_hold_and_says_why(condition: str, problem: str) -> None:
    assert problem in str(held(condition))


def test_the_segment_may_come_after_the_conditions_were_made_ready() -> None:
    conditions = ["customer.found", 'segment == "premium"']
    facts = dict(NOTHING)
    holds = Programs(conditions)(facts)
    assert holds("customer.found") is False
    facts["segment"] = "premium"
    assert holds('segment == "premium"') is True


def test_quotes_in_texts_hide_no_fact() -> None:
    assert held('call.did == "\\"" || call.entry == "\\"main\\""', call__entry='"main"') is True
    assert facts_of('call.did == "customer.value \\" segment" && call.entry == "x"') == ("call.did", "call.entry")
    assert [token.word for token in tokens("customer.tags.size() > 1 // or not")] == [
        "customer.tags", ".", "size", "(", ")", ">", "1",
    ]  # fmt: skip


# What could take long -------------------------------------------------------------------------------------------------

TOO_LONG = [
    ("customer.tags.all(a, customer.tags.all(b, a != b))", 36, "all() within another loop"),
    ("customer.tags.map(a, a + a).map(b, b + b).size() > 0", 29, "map() within another loop, or on what one made"),
    ("customer.tags.map(a, a + a)[0].matches('x')", 32, "matches() within another loop, or on what one made"),
    ("customer.tags.exists(a, a.matches('x'))", 27, "matches() within another loop"),
    ("size(customer.tags.filter(a, true)) > 0 && [1].all(a, [2].all(b, a < b))", 59, "all() within another loop"),
    (" && ".join(["customer.tags.all(a, a != '')"] * 3), 81, "more than 2 loops or patterns"),
    ("'''\\'''' != '' && customer.tags.exists(a, customer.tags.exists(b, a == b)) && '' != ' '", 57, "exists() within"),
    ("call.did.matches(call.number)", 10, "write the pattern out"),
    ("call.did.matches('a' + 'b')", 10, "write the pattern out"),
    ("call.did.matches('(a{1,30}){1,33}')", 18, "a pattern has at most 100 characters and 100 repetitions"),
    ("call.did.matches('(a{30,}){33}')", 18, "a pattern has at most"),
    (r"call.did.matches('(\\pL){1,9}x')", 18, "write the letters out, as"),
    (f"call.did.matches('{'a?' * 60}')", 18, "a pattern has at most"),
    ("(" * 40 + "true" + ")" * 40, 1, "too many brackets or operators"),
    (" + ".join(["call.did"] * 60) + " == ''", 1, "too many brackets or operators"),
    ("'" + "x" * LONGEST_CONDITION_CHARACTERS + "' == ''", 1, "the condition has more than 1000 characters"),
    ("true" + " || true" * 200_000, 1, "the condition has more than 1000 characters"),
    ("call.did == '\u2028'", 1, "the condition has a character that cannot be seen"),
]


@pytest.mark.parametrize(("condition", "column", "problem"), TOO_LONG, ids=[case[0][:40] for case in TOO_LONG])
def test_what_could_take_long_is_refused_at_once(condition: str, column: int, problem: str) -> None:
    began = time.monotonic()
    with pytest.raises(ConditionError, match="^" + problem.replace("(", r"\(").replace(")", r"\)")) as refused:
        compiled(condition)
    assert refused.value.column == column
    assert time.monotonic() - began < 1


HOSTILE = [
    "customer.tags.all(a, a + a + a + a + a + a + a + a + a + a + a + a + a + a + a != 'x')",
    "[" + ",".join(["1"] * 450) + "].map(a, a + 1).size() > 0",
    "customer.tags.map(a, a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a).size() > 0",
    "customer.tags.exists(a, a == 'x') || customer.tags.exists_one(a, a == 'y')",
    "call.did.matches('([^a]|[^b]){1,100}x') || call.did.matches('(.*)*(.*)*(.*)*b')",
    "call.did.matches('(a+)+$b')",
    "call.did in [" + ",".join(["'1'"] * 200) + "]",
    "call.did + call.number + call.did + call.number != '" + "é😀" * 200 + "'",
    " || ".join(["call.did == 'x'"] * 50),
]


@pytest.mark.parametrize("condition", HOSTILE, ids=[condition[:40] for condition in HOSTILE])
def test_what_is_let_through_is_evaluated_soon(condition: str) -> None:
    facts = {**LONG_LISTS, "call.did": "a" * 64, "call.number": "+" + "1" * 15}
    holds = Programs([condition])
    began = time.monotonic()
    for _ in range(10):
        assert holds(facts)(condition) in (True, False)
    assert time.monotonic() - began < 2


def test_rounds_of_a_loop_are_bounded_even_where_a_list_is_longer_than_it_can_be() -> None:
    """The library's own bound: 10,000 rounds in an evaluation."""
    condition = "customer.tags.all(a, a != 'x')"
    holds = Programs([condition])({**NOTHING, "customer.tags": ["t"] * 20_000})
    assert holds(condition) == "Iteration budget exceeded"


# Any text -------------------------------------------------------------------------------------------------------------

PIECES = [
    *(fact.name for fact in FACTS), *(fact.example for fact in FACTS), "&&", "||", "!", "==", "!=", "<", ">=", "in",
    "+", "-", "*", "/", "%", "?", ":", "(", ")", "[", "]", "{", "}", ".", ",", "'", '"', '"""', "\\", "//", "1", "80.0",
    "1e9", "9223372036854775807", "0x1F", "1u", "true", "null", "'x'", '"vip"', "b'x'", "r'x'", ".all(a, ", ".map(a, ",
    ".matches(",
    ".size()", "size(", "int(", "dyn(", "timestamp(", "duration('1h')", "has(", "a", "é", "😀", "\u2028", "\0", " ",
    "google.protobuf.Value{}",
]  # fmt: skip
CONDITIONS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.tuples(st.sampled_from(["(", "[", "!", "-", "{", "[1].all(a, "]), st.integers(1, 2000)).map(
        lambda x: x[0] * x[1]
    ),
)


@settings(max_examples=400, deadline=2000)
@given(CONDITIONS)
def test_any_text_is_a_condition_or_a_condition_error(condition: str) -> None:
    tokens(condition)
    try:
        compiled(condition)
    except ConditionError as error:
        wrong = error
    else:
        assert Programs([condition])(LONG_LISTS)(condition) in (True, False) or str(held(condition)).isprintable()
        return
    assert str(wrong).isprintable()
    assert 1 <= wrong.column <= len(condition) + 2


def test_memory_is_bounded() -> None:
    """Each alone in a program of its own, with little memory: a condition must not take the service down."""
    program = (
        "import sys; from tests.unit.test_cel import *\n"
        "for condition in [*HOSTILE, *(case[0] for case in TOO_LONG)]:\n"
        "    try: Programs([condition])({**LONG_LISTS, 'call.did': 'a' * 64})(condition)\n"
        "    except ConditionError: pass\n"
    )
    limit = 1 << 30
    subprocess.run(
        [sys.executable, "-c", program],
        check=True, timeout=60, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
