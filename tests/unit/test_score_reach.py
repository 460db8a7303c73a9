"""The smallest change of one metric that leads to another segment."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.application.score_reach import segment_reach
from ivr.domain.customers import Scores
from ivr.domain.scoring import reach
from ivr.domain.scoring.attributes import Attribute, MetricTest
from ivr.domain.scoring.calibration import Calibration, Knots
from ivr.domain.scoring.metrics import Form, Metric
from ivr.domain.scoring.reach import Standing, Truth
from ivr.policy import loader
from ivr.shipped_files import share

LEVEL = Knots((0.0, 100.0), (0.0, 100.0))
POLICY = loader.load(share("dialplans")).policy
POINTS = st.lists(st.integers(0, 100), min_size=3, max_size=6)


def standing(*metrics: Metric, values: Mapping[str, float], knots: Knots = LEVEL) -> Standing:
    names = {each.name: each for each in metrics}
    ranks = {each.name: knots for each in metrics if each.ranked}
    calibration = Calibration(0, 1, "", ranks, {"value": LEVEL})
    weights = {"value": {each.name: 1.0 for each in metrics if each.about != "unweighted"}}
    return Standing(names, values, calibration, weights)


def holds(scores: Mapping[str, float]) -> Truth:
    return (scores["value"] >= 80, scores["value"] < 20)


def leads_to(truth: Truth) -> str:
    top, low = truth
    return "top" if top else "low" if low else "middle"


def place(of: Standing, name: str, to: float) -> str:
    return leads_to(holds(of.scores(of.with_metric(name, to))))


@given(POINTS, st.integers(0, 50), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_it_is_the_smallest_that_trying_them_all_finds(
    points: list[int],
    now: int,
    other: int,
) -> None:
    scale = tuple((n * 10.0, float(each)) for n, each in enumerate(points))
    a = Metric("a", "count", low=0, high=60, points=scale)
    b = Metric("b", "count", low=0, high=100, points=((0, 0), (100, 100)))
    of = standing(a, b, values={"a": float(now), "b": float(other)})
    found = reach.changes_of(of, "a", holds, leads_to)
    tried = [(abs(to - now), place(of, "a", to)) for to in range(61) if to != now]
    least = {name: min(far for far, there in tried if there == name) for _, name in tried}
    assert {name: abs(each.to - now) for name, each in found.items()} == least


FORMS: list[Form] = ["sum", "mean", "share", "trend", "days-since-last", "decayed-sum"]


@given(
    st.sampled_from(FORMS),
    st.floats(0, 1),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_it_reaches_the_segment_and_a_step_less_does_not(
    form: Form,
    share_of: float,
    rising: bool,
) -> None:
    low, high = (-1.0, 1.0) if form == "trend" else (0.0, 1.0) if form == "share" else (0, 900.0)
    metric = Metric("m", form, digits=2, low=low, high=high, rising=rising)
    middle = low + (high - low) / 3
    knots = Knots((low, middle, high), (0.0, 70.0, 100.0))
    of = standing(metric, values={"m": low + (high - low) * share_of}, knots=knots)
    found = reach.smallest(of, holds, leads_to)
    here = leads_to(holds(of.scores(of.values)))
    assert set(found) == {"low", "middle", "top"} - {here}
    for name, change in found.items():
        assert low <= change.to <= high
        assert place(of, "m", change.to) == name
        step = math.copysign(1 / reach.steps_in_one(metric), change.to - change.now)
        if abs(change.to - change.now) > abs(step):
            assert place(of, "m", change.to - step) != name


def test_counts_are_whole_and_the_range_is_kept() -> None:
    metric = Metric("m", "count", low=0, high=7, points=((0, 0), (10, 100)))
    of = standing(metric, values={"m": 5.0})
    found = reach.smallest(of, holds, leads_to)
    assert set(found) == {"low"}  # 8 would lead to the top, and is not believed
    assert (found["low"].to, found["low"].places) == (1, 40)


def test_a_ratio_moves_with_what_it_is_made_of() -> None:
    metrics = [
        Metric("days", "days-since-last", low=0, high=1000, about="unweighted"),
        Metric("gap", "count", about="unweighted"),
        Metric("risk", "ratio", ratio=("days", "gap"), points=((0, 100), (4, 0))),
    ]
    of = standing(*metrics, values={"days": 100.5, "gap": 50.0, "risk": 2.01})
    found = reach.smallest(of, holds, leads_to)
    assert (found["top"].metric, found["top"].to) == ("days", 40)  # 40 / 50 = 0.8: 80
    assert place(of, "days", 41) == "middle"
    assert (found["low"].metric, found["low"].to) == ("gap", 31) or found["low"].metric == "days"
    assert "risk" not in {each.metric for each in found.values()}


def test_what_is_not_known_is_not_changed() -> None:
    metric = Metric("m", "count", points=((0, 0), (10, 100)))
    of = standing(metric, values={"m": math.nan})
    assert reach.smallest(of, holds, leads_to) == {}


def test_the_segments_of_the_policy() -> None:
    metric = Metric("m", "sum", digits=2, low=0, high=100)
    of = standing(metric, values={"m": 50.0})
    told = segment_reach(POLICY, of, Scores(need=80.0), lapsed=False)
    assert told.segment == "at-risk"
    change = told.above["premium"]
    assert change is not None
    assert change.to == pytest.approx(79.95)  # a score is kept to a tenth
    # Need and lapsed are given: no metric changes them.
    assert told.below == {"won-back": None, "standard": None}
    assert told.left_out == ()
    assert told.overall is not None
    assert segment_reach(POLICY, of, Scores(), lapsed=False).above["at-risk"] is None


def test_a_fact_made_of_metrics_turns_where_it_says() -> None:
    """Also twice between two knots, and where no score counts the metric."""
    days = Metric("days", "days-since-last", low=0, high=1000, about="unweighted")
    paid = Metric("paid", "count", low=0, high=100)
    fact = Attribute(
        "lapsed",
        "yes-no",
        tests=(MetricTest("days", ">=", 365), MetricTest("days", "<", 400)),
    )
    of = replace(standing(days, paid, values={"days": 1.0, "paid": 50.0}), facts=(fact,))
    assert of.scores({"days": 1.0, "paid": 50.0})["lapsed"] == 0.0
    assert math.isnan(of.scores({"days": math.nan, "paid": 50.0})["lapsed"])
    found = reach.smallest(
        of,
        lambda scores: (scores["lapsed"] == 1.0,),
        lambda truth: "gone" if truth[0] else "here",
    )
    assert found == {"gone": reach.MetricChange("days", 1.0, 365.0, 100.0)}
