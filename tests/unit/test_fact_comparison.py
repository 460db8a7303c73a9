"""What a condition compares, and which facts it speaks of: one answer for all who ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.policy import Segment
from ivr.domain.routing.condition_tokens import facts_of, tokens
from ivr.domain.routing.fact_comparison import SIGNS, at_least, fact_comparison
from ivr.domain.routing.facts import FACTS, SCORE_FACTS, CallerNotes, Gathered
from ivr.domain.routing.phone_label import few_words
from ivr.domain.routing.reason import in_words
from ivr.policy.conditions.comparison import comparison
from ivr.policy.conditions.constraints import of_one
from ivr.presentation.explanation_text import missed

NOTHING = {fact.name: fact.default for fact in FACTS}
SCORED = {"customer.need": 40.0, "customer.value": 85.0}
KNOWN = {**NOTHING, **SCORED, "customer.found": True, "call.trust": "caller-id"}
NUMBERS = st.decimals(0, 1_000, places=2).map(str) | st.integers(0, 1_000).map(str)


@given(st.sampled_from(SCORE_FACTS), NUMBERS)
def test_a_score_that_has_to_be_at_least_a_number(fact: str, number: str) -> None:
    condition = f"{fact} >= {number}"
    assert at_least(condition) == (fact, float(number))
    name = fact.removeprefix("customer.")
    assert in_words(condition, {**NOTHING, fact: 5.0}) == f"{name} 5 is at least {float(number):g}"
    assert missed(condition, {**NOTHING, fact: 5.0}) == f"{name} is 5, below {float(number):g}"


@pytest.mark.parametrize(
    "condition",
    [
        "customer.value > 80.0",
        "customer.value>=80.0",
        "customer.value  >= 80.0",
        " customer.value >= 80.0",
        "(customer.value >= 80.0)",
        "customer.value >= -80.0",
        "customer.value >= 8.0e1",
        "customer.value >= 8E1",
        "customer.value >= 80.0 // and no less",
        "customer.value >= 80.0 && call.closed",
        "customer.value >= customer.need",
        "80.0 <= customer.value",
        "customer.scores_age_days >= 80.0",
        "customer.contacts_7d >= 80",
        'call.entry == "customer.value >= 80.0"',
    ],
)
def test_whatever_asks_more_or_is_written_otherwise_is_quoted(condition: str) -> None:
    assert at_least(condition) is None
    assert in_words(condition, KNOWN).startswith(f"{condition} (")


@pytest.mark.parametrize("written", ["80.0", "-2.0", '"a"', "true", "false"])
@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_a_comparison_is_the_same_for_deciding_and_for_checking(sign: str, written: str) -> None:
    for fact in FACTS:
        condition = f"{fact.name} {sign} {written}"
        read = fact_comparison(tokens(condition))
        assert read is not None
        assert (read.fact, read.sign) == (fact.name, sign)
        decides, checks = comparison(condition), of_one(condition)[0]
        assert decides is None or (decides.fact, decides.value) == (read.fact, read.value)
        assert checks.what is None or checks.fact == read.fact


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        ('segment.matches("prem.*") || segment.size() == 0', ("segment",)),
        ("customer.need > customer.value && customer.need > 2.0", tuple(SCORED)),
        ('call.entry == "customer.value" // or segment', ("call.entry",)),
        ("customer . value > 1.0", ("customer.value",)),
        ('call.did == r"\\" || call.closed || call.did == ""', ("call.did", "call.closed")),
        ('customer.tags.exists(t, t == "need")', ("customer.tags",)),
        ("true", ()),
    ],
)
def test_the_facts_that_a_condition_speaks_of(condition: str, facts: tuple[str, ...]) -> None:
    assert facts_of(condition) == facts
    assert all(f"{name.rpartition('.')[2]} is " in in_words(condition, KNOWN) for name in facts)


def test_the_phone_shows_scores_that_are_asked_about_and_no_text_that_looks_like_one() -> None:
    named, asked = '"customer.need" in customer.tags', "customer.value >= 80.0 // or customer.score"
    known = Gathered(KNOWN, CallerNotes())
    assert few_words(Segment("premium", (named, asked), ()), "r", (), known) == "value 85"
