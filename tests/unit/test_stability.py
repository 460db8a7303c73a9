"""The population stability index, and what a calibration was made for."""

import math
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.scoring import calibration as calibrations
from ivr.domain.scoring import made_for, stability
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.metrics import Metric
from tests.scored import ORDERS

values = st.lists(st.integers(-50, 50).map(float), min_size=0, max_size=200)


def counted(found: list[float]) -> list[tuple[float, int]]:
    return sorted(Counter(found).items())


def test_by_hand() -> None:
    before = stability.shares([(0.0, 90), (1.0, 10)], 100)
    assert before.upto == (0.0,)
    assert before.shares == (0.9, 0.1, 0.0)
    found = stability.index(before, [(0.0, 80), (1.0, 20)], 100)
    assert found == pytest.approx(0.1 * math.log(2) - 0.1 * math.log(8 / 9))
    assert stability.word(found) == "stable"
    assert stability.word(0.2) == "moved somewhat"
    unknown = stability.index(before, [(0.0, 45), (1.0, 5)], 100)
    assert stability.word(unknown) == "calibrate anew"


@given(values, st.integers(0, 50))
def test_the_same_customers_have_not_moved(found: list[float], unknown: int) -> None:
    total = len(found) + unknown
    made = stability.shares(counted(found), total)
    assert len(made.upto) < 10
    assert stability.index(made, counted(found), total) == 0
    assert stability.read("x", [list(made.upto), list(made.shares)]) == made
    if total:
        assert sum(made.shares) == pytest.approx(1)


@given(values, values)
def test_an_index_is_never_less_than_nothing(one: list[float], other: list[float]) -> None:
    made = stability.shares(counted(one), len(one))
    assert stability.index(made, counted(other), len(other)) >= 0


@pytest.mark.parametrize(
    "shares", [None, 1, [[1], [0.5]], [[2, 1], [0.1, 0.1, 0.1, 0.1]], [[1], [2, 0, 0]], [["x"], []]]
)
def test_shares_that_are_none_are_refused(shares: object) -> None:
    with pytest.raises(ValueError, match="m: "):
        stability.read("m", shares)


REVENUE = Metric("revenue", "sum", "orders", of='"amount"', window=365, about="what they paid")
SCORING = Scoring(
    version="a" * 12,
    currency="GBP",
    money_digits=2,
    sources={"orders": ORDERS},
    metrics={"revenue": REVENUE, "count": Metric("count", "count", "orders")},
    weights={"value": {"revenue": 2.0, "count": 1.0}},
    origins={"value": "run"},
)
MADE = Calibration(1.0, 3, SCORING.version, made_for=made_for.hashes(SCORING))


def changed(**of_revenue: Any) -> Scoring:
    metrics = {**SCORING.metrics, "revenue": replace(REVENUE, **of_revenue)}
    return replace(SCORING, version="b" * 12, metrics=metrics)


def test_a_calibration_fits_while_nothing_that_matters_changed() -> None:
    assert made_for.others(changed(), MADE) == []
    assert made_for.others(changed(about="other words"), MADE) == []
    doubled = replace(changed(), weights={"value": {"revenue": 4.0, "count": 2.0}})
    assert made_for.others(doubled, MADE) == []
    assert made_for.others(changed(window=30), MADE) == ["revenue", "scores.value"]
    assert made_for.others(changed(rising=False), MADE) == ["scores.value"]
    heavier = replace(changed(), weights={"value": {"revenue": 3.0, "count": 1.0}})
    assert made_for.others(heavier, MADE) == ["scores.value"]
    euros = replace(changed(), currency="EUR")
    assert "revenue" in made_for.others(euros, MADE)
    older = replace(MADE, made_for={})
    assert made_for.others(SCORING, older) == []
    assert made_for.others(changed(), older) == ["count", "revenue", "scores.value"]


def test_a_calibration_is_read_as_it_was_written() -> None:
    shares = {"revenue": stability.shares([(1.0, 2), (2.5, 1)], 3)}
    made = replace(MADE, made_at=1700000000, shares=shares)
    again = calibrations.read(made.text())
    assert again == made
    assert again.version == made.version
