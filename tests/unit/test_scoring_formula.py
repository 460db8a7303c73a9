"""From states to scores: worked out by hand, and what holds whatever the numbers are."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.scoring import calibration as calibrations
from ivr.domain.scoring.calibration import MOST_KNOTS, Calibration, Knots, knots, read
from ivr.domain.scoring.formula import kept, score
from ivr.domain.scoring.metrics import Metric, absurd, value, values
from ivr.domain.scoring.numbers import ONE_BY_ONE, Numbers
from ivr.warehouse.arrays import Arrays, counted

NAN = math.nan
AT = 1_800_000_000.0
DAY = 86_400


# Values ----------------------------------------------------------------------------------

VALUES: list[tuple[Metric, Sequence[float], float]] = [
    (Metric("m", "sum", digits=2), [1250], 12.5),
    (Metric("m", "sum", digits=0), [1250], 1250),
    (Metric("m", "count"), [3], 3),
    (Metric("m", "distinct"), [3], 3),
    (Metric("m", "mean", digits=2), [1250, 4], 3.125),
    (Metric("m", "mean", digits=2), [NAN, 0], NAN),
    (Metric("m", "share"), [0, 8], 0),
    (Metric("m", "share"), [2, 8], 0.25),
    (Metric("m", "last", digits=3), [-500], -0.5),
    (Metric("m", "days-since-last"), [AT - 36 * 3600], 1.5),
    (Metric("m", "tenure"), [AT - 400 * DAY], 400),
    (Metric("m", "decayed-sum", half_life=9, digits=2), [3 * 2**19 * 100, AT], 1.5),
    (Metric("m", "decayed-sum", half_life=9, digits=2), [3 * 2**19 * 100, AT - 18 * DAY], 0.375),
    (Metric("m", "trend"), [3, 1], 0.5),
    (Metric("m", "trend"), [0, 7], -1),
    (Metric("m", "trend"), [0, 0], NAN),
    (Metric("m", "ratio"), [7, 2], 3.5),
    (Metric("m", "ratio"), [7, 0], NAN),
    (Metric("m", "ratio"), [7, NAN], NAN),
    (Metric("m", "count", missing=0.0), [NAN], 0),
    (Metric("m", "count", low=0, high=10), [10], 10),
    (Metric("m", "count", low=0, high=10), [11], NAN),
    (Metric("m", "count", low=5, high=10, missing=0.0), [NAN], NAN),
]


@pytest.mark.parametrize(("metric", "state", "expected"), VALUES)
def test_a_value_by_hand(metric: Metric, state: Sequence[float], expected: float) -> None:
    same = pytest.approx(expected, nan_ok=True, abs=1e-12)
    assert value(metric, state, AT, ONE_BY_ONE) == same
    assert value(metric, [np.array([each]) for each in state], AT, Arrays()) == same


def test_what_is_out_of_range_is_told_and_what_is_missing_is_not() -> None:
    metric = Metric("m", "sum", low=0, high=10, missing=0.0)
    found = absurd(metric, [np.array([5.0, 11.0, -1.0, NAN])], AT, Arrays())
    assert found.tolist() == [False, True, True, False]


def test_a_ratio_of_ratios_is_made_in_whatever_order() -> None:
    metrics = {
        "a": Metric("a", "ratio", ratio=("b", "c")),
        "b": Metric("b", "ratio", ratio=("c", "d")),
        "c": Metric("c", "count"),
        "d": Metric("d", "count"),
    }
    assert values(metrics, {"c": 6.0, "d": 2.0}, AT, ONE_BY_ONE) == {
        "a": 0.5,
        "b": 3,
        "c": 6,
        "d": 2,
    }


# Calibration -----------------------------------------------------------------------------


def test_ranks_by_hand() -> None:
    assert knots([(1, 1), (2, 2), (5, 1)]) == Knots((1, 2, 5), (12.5, 50, 87.5))
    assert knots([(1, 1), (2, 2), (5, 1)], "not less") == Knots((1, 2, 5), (25, 75, 100))
    assert knots([]) == Knots()
    # Where 90 % have none, to have none is no trouble: a rank would say 45. Hence `points`.
    assert knots([(0, 900), (1, 70), (2, 30)]) == Knots((0, 1, 2), (45, 93.5, 98.5))


@given(
    st.dictionaries(
        st.floats(-1e9, 1e9, allow_nan=False, width=32),
        st.integers(1, 1000),
        min_size=1,
        max_size=3000,
    )
)
def test_few_knots_give_the_ranks_of_all(counts: dict[float, int]) -> None:
    all_of_them = sorted(counts.items())
    made = knots(all_of_them)
    assert len(made.at) <= MOST_KNOTS
    assert list(made.at) == sorted(set(made.at))
    total, below = sum(counts.values()), 0
    for at, count in all_of_them:
        exact = 100 * (below + count / 2) / total
        assert ONE_BY_ONE.interpolate(at, made.at, made.ranks) == pytest.approx(exact, abs=0.2)
        below += count


@pytest.mark.parametrize("shape", ["normal", "heavy", "steps", "rare"])
def test_the_error_of_a_rank_is_a_thousandth_at_most(shape: str) -> None:
    dice = np.random.default_rng(1)
    drawn = {
        "normal": dice.normal(size=200_000),
        "heavy": np.round(dice.lognormal(3, 2, 200_000), 2),
        "steps": np.round(dice.normal(size=200_000) * 700),
        "rare": np.where(
            dice.random(200_000) < 0.9,
            0,
            np.round(dice.exponential(500, 200_000), 1),
        ),
    }[shape]
    found = counted(drawn)
    made = knots(found)
    ends = np.cumsum([count for _, count in found])
    exact = 100 * (ends - np.array([count for _, count in found]) / 2) / ends[-1]
    at_all = np.array([at for at, _ in found])
    error = np.abs(Arrays().interpolate(at_all, made.at, made.ranks) - exact)
    assert len(made.at) <= MOST_KNOTS
    assert error.max() < 0.1  # points: a thousandth of a rank


def test_eighty_is_not_less_than_eighty_percent() -> None:
    found = counted(np.random.default_rng(2).normal(size=10_001))
    made = knots(found, "not less")
    scores = Arrays().interpolate(np.array([at for at, _ in found]), made.at, made.ranks)
    assert (scores >= 80).mean() == pytest.approx(0.2, abs=0.001)


def test_a_calibration_comes_back_as_it_was() -> None:
    made = Calibration(
        AT,
        3,
        "v1",
        {"margin": Knots((0.1, 1 / 3), (0.0, 100.0))},
        {"value": Knots()},
    )
    again = read(made.text())
    assert again == made
    assert again.version == made.version
    assert Calibration(AT, 3, "v2", made.metrics, made.scores).version != made.version


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"made_at": 1, "customers": 1, "scoring": "", "metrics": [], "scores": {}}',
        *(
            f'{{"made_at": 1, "customers": 1, "scoring": "", "metrics": {each}, "scores": {{}}}}'
            for each in (
                '{"a": [[1, 1], [1, 2]]}',
                '{"a": [[1, 2], [1, 200]]}',
                '{"a": [[1], [1, 2]]}',
                '{"a": [[1, 1e999], [1, 2]]}',
                f'{{"a": [[1, 1{"0" * 400}], [1, 2]]}}',
            )
        ),
        '{"made_at": 1, "customers": 1, "scoring": "", "metrics": {"a": 7}, "scores": {}}',
        '{"made_at": null, "customers": 1, "scoring": "", "metrics": {}, "scores": {}}',
        '{"made_at": NaN, "customers": 1, "scoring": "", "metrics": {}, "scores": {}}',
        '{"made_at": 1e999, "customers": 1, "scoring": "", "metrics": {}, "scores": {}}',
        '{"made_at": 1, "customers": 1e999, "scoring": "", "metrics": {}, "scores": {}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_calibration_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's errors are some, too
        read(text)


# Scores ----------------------------------------------------------------------------------

METRICS = {
    "margin": Metric("margin", "sum"),
    "cost": Metric("cost", "sum", rising=False),
    "cases": Metric("cases", "count", points=((0, 0), (1, 40), (3, 80))),
}
MADE = Calibration(
    AT,
    100,
    "v1",
    {"margin": Knots((0, 100), (0, 100)), "cost": Knots((0, 50), (50, 100))},
    {"value": Knots((0, 50, 100), (0, 80, 100))},
)
WEIGHTS = {"value": {"margin": 3.0, "cost": 1.0}, "need": {"cases": 2.0}}


def scores(found: Mapping[str, float], **changes: Any) -> dict[str, float]:
    made = score(METRICS, found, changes.get("calibration", MADE), WEIGHTS, ONE_BY_ONE)
    return {name: each.score for name, each in made.items()}


def test_scores_by_hand() -> None:
    # (3 * 40 + 1 * (100 - 75)) / 4 = 36.25, ranked: 36.25 * 80 / 50 = 58
    assert scores({"margin": 40, "cost": 25, "cases": 2}) == {
        "value": pytest.approx(58),
        "need": 60,
    }
    # What is not known is left out: 40 alone, ranked 64
    assert scores({"margin": 40, "cost": NAN, "cases": 0}) == {
        "value": pytest.approx(64),
        "need": 0,
    }
    nothing = scores({"margin": NAN, "cost": NAN, "cases": NAN})
    assert all(map(math.isnan, nothing.values()))
    # Beyond the knots it is level
    assert scores({"margin": 1e9, "cost": -5, "cases": 9}) == {
        "value": pytest.approx(95),
        "need": 80,
    }


def test_without_a_calibration_ranks_are_unknown_and_points_are_not() -> None:
    found = scores({"margin": 40, "cost": 25, "cases": 2}, calibration=Calibration(AT, 0, ""))
    assert math.isnan(found["value"])
    assert found["need"] == 60


def test_each_contribution_by_hand() -> None:
    found = {"margin": 40, "cost": 25, "cases": 2}
    made = score(METRICS, found, MADE, WEIGHTS, ONE_BY_ONE)["value"]
    parts = made.contributions
    assert [(each.metric, each.scaled, each.weight, each.points) for each in parts] == [
        ("margin", 40, 0.75, 30),
        ("cost", 25, 0.25, 6.25),
    ]
    assert made.weighted == 36.25


maybe = st.one_of(st.just(NAN), st.floats(-1e6, 1e6))
some_weights = st.fixed_dictionaries({name: st.floats(0.001, 1000) for name in METRICS})


@given(st.lists(st.tuples(maybe, maybe, maybe), min_size=1, max_size=20), some_weights)
def test_one_by_one_is_the_same_as_all_at_once(
    rows: list[tuple[float, ...]],
    weights: dict[str, float],
) -> None:
    of = {"value": weights, "potential": weights, "need": weights}
    columns = zip(METRICS, zip(*rows, strict=True), strict=True)
    arrays = {name: np.array(column) for name, column in columns}
    at_once = score(METRICS, arrays, MADE, of, Arrays())
    for n, row in enumerate(rows):
        alone = score(METRICS, dict(zip(METRICS, row, strict=True)), MADE, of, ONE_BY_ONE)
        for name, made in alone.items():
            assert made.score == pytest.approx(at_once[name].score[n], nan_ok=True, abs=1e-9)
            rounded = kept(at_once[name].score, Arrays())[n]
            assert kept(made.score, ONE_BY_ONE) == pytest.approx(rounded, nan_ok=True, abs=0.1001)


@given(maybe, maybe, maybe, some_weights, st.floats(0.01, 100))
def test_what_holds_whatever_the_numbers_are(
    margin: float,
    cost: float,
    cases: float,
    weights: dict[str, float],
    times: float,
) -> None:
    found = {"margin": margin, "cost": cost, "cases": cases}
    made = score(METRICS, found, MADE, {"value": weights}, ONE_BY_ONE)["value"]
    if all(map(math.isnan, found.values())):
        assert math.isnan(made.score)
        return
    assert 0 <= made.score <= 100
    assert sum(each.points for each in made.contributions) == pytest.approx(made.weighted)
    assert sum(each.weight for each in made.contributions) == pytest.approx(1)
    # Only the proportions matter.
    others = {name: weight * times for name, weight in weights.items()}
    again = score(METRICS, found, MADE, {"value": others}, ONE_BY_ONE)["value"]
    assert again.score == pytest.approx(made.score, abs=1e-6)
    if not math.isnan(margin):
        better = score(
            METRICS,
            {**found, "margin": margin + 1},
            MADE,
            {"value": weights},
            ONE_BY_ONE,
        )
        assert better["value"].score >= made.score - 1e-9


@pytest.mark.parametrize("numbers", [ONE_BY_ONE, Arrays()])
def test_a_score_is_kept_to_a_tenth(numbers: Numbers) -> None:
    assert kept(np.array(79.96), numbers) == 80
    assert kept(np.array(79.94), numbers) == 79.9


def test_what_many_have_stands_alone_among_the_knots() -> None:
    few = [(n / 10_000, 1) for n in range(10_000)]
    found = [*few, (1.0, 90_000), *((2 + at, count) for at, count in few)]
    made = calibrations.knots(found)
    assert ONE_BY_ONE.interpolate(0.9999, made.at, made.ranks) < 10
    assert ONE_BY_ONE.interpolate(1.0, made.at, made.ranks) == pytest.approx(
        100 * 55_000 / 110_000,
        abs=0.01,
    )
    assert ONE_BY_ONE.interpolate(2.0, made.at, made.ranks) > 90


@pytest.mark.parametrize("at", [1_780_000_000, 1_780_000_000.5])
def test_a_calibration_keeps_its_version_when_it_is_read(at: float) -> None:
    made = Calibration(at, 3, "v1", {"revenue": Knots((1, 2.5), (10, 90))})
    assert read(made.text()).version == made.version
