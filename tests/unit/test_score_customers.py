"""A run from data to rows, and a calibration, on a store and a warehouse of lists."""

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from ivr.application import score_segments
from ivr.application.score_customers import calibrated, measure, score_customers, scored
from ivr.domain.scoring.attributes import AttributeValue
from ivr.domain.scoring.calibration import Calibration, Knots
from ivr.domain.scoring.definition import Scoring, Source
from ivr.domain.scoring.metrics import Metric
from ivr.domain.scoring.numbers import Values
from ivr.domain.scoring.reading import Reading, SourceReading
from ivr.domain.scoring.runs import CustomerScore, RunSource, ScoredCustomers, ScoreRun
from ivr.errors import ScoringError, StoreError
from ivr.policy import loader
from ivr.shipped_files import share
from ivr.warehouse.arrays import Arrays, column, counted
from tests.scored_rows import rows_of

AT = 1_800_000_000
SOON = pytest.approx(AT, abs=60)
DAY = 86_400
NAN = math.nan
SCORING = Scoring(
    version="v1",
    currency="GBP",
    money_digits=2,
    sources={"orders": Source("orders", "customer_id", "at", oldest=3)},
    metrics={
        "margin": Metric("margin", "sum", "orders", digits=2, low=0, high=1000),
        "last": Metric("last", "days-since-last", "orders", rising=False),
        "cases": Metric("cases", "count", "orders", missing=0.0, points=((0, 0), (1, 80))),
    },
    weights={"value": {"margin": 1, "last": 1}, "potential": {"margin": 1}, "need": {"cases": 1}},
    origins={"value": "run", "potential": "given", "need": "run"},
)
MADE = Calibration(
    AT,
    4,
    "v1",
    {"margin": Knots((0, 100), (0, 100)), "last": Knots((0, 100), (0, 100))},
    {"value": Knots((0, 100), (0, 100))},
)
GOOD = SourceReading("orders", "somewhere", rows=9, customers=3, newest=AT - DAY)


@dataclass
class Lists:
    """A warehouse that has the states already."""

    states: Mapping[str, Sequence[float]]
    source: SourceReading = GOOD

    def read(
        self,
        scoring: Scoring,
        customers: Sequence[str],
        at: int,
        told: Callable[[str], None],
    ) -> Reading:
        told(self.source.source)
        given = {} if self.source.error else self.states
        states = {name: np.array(each) for name, each in given.items()}
        return Reading(states, Arrays(), (self.source,))

    def column(self, values: Sequence[float]) -> Values:
        return column(values)

    def counted(self, values: Values) -> Sequence[tuple[float, int]]:
        return counted(values)


@dataclass
class Kept:
    """A store of runs, of which `failing` is the method that fails."""

    failing: str = ""
    before: ScoreRun | None = None
    metrics: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    rows: dict[str, CustomerScore] = field(default_factory=dict)
    said: list[Any] = field(default_factory=list)
    sources: tuple[RunSource, ...] = ()
    as_of: float = 0.0

    def _say(self, *what: Any) -> None:
        self.said.append(what)
        if what[0] == self.failing:
            raise StoreError("the database is away")

    def begin(self, version: str, calibration: str, at: float, definition: str = "") -> int:
        self._say("begin", version, calibration, at)
        return 7

    def rests_on(self, run: int, sources: Sequence[RunSource], as_of: float) -> None:
        self.sources, self.as_of = tuple(sources), as_of

    def in_force(self) -> ScoreRun | None:
        return self.before

    def metrics_in_force(self) -> Iterator[tuple[str, Mapping[str, float | None]]]:
        yield from self.metrics.items()

    def attributes_in_force(self) -> Iterator[tuple[str, Mapping[str, AttributeValue]]]:
        yield from ()

    def write(self, run: int, scored: ScoredCustomers, told: Callable[[int, int], None]) -> int:
        count = len(scored.customers)
        self._say("write", run, count)
        self.rows |= {row.customer_id: row for row in rows_of(scored)}
        told(count - 1, count - 1)
        return count - 1

    def finish(self, run: int, at: float) -> None:
        self._say("finish", run, at)

    def fail(self, run: int, why: str, at: float) -> None:
        self._say("fail", run, why, at)

    def rollback(self) -> int:
        raise AssertionError

    def runs(self, count: int) -> list[ScoreRun]:
        raise AssertionError


STATES = {
    "margin": [5000, NAN, 200_000, 0],
    "last": [AT - 10 * DAY, NAN, AT - 30 * DAY, AT - 200 * DAY],
    "cases": [1, NAN, NAN, NAN],
}


def run(
    store: Kept,
    warehouse: Lists,
    made: Calibration = MADE,
    scoring: Scoring = SCORING,
    ids: str = "ABCD",
) -> Any:
    return score_customers(scoring, made, list(ids), warehouse, store, AT, lambda *said: None)


def test_a_run_by_hand() -> None:
    store = Kept()
    report = run(store, Lists(STATES))
    assert [(row.value, row.potential, row.need) for row in store.rows.values()] == [
        (70.0, None, 80.0),  # (50 + 100 - 10) / 2
        (None, None, 0.0),
        (70.0, None, 0.0),  # the margin of 2,000 cannot be believed
        (0.0, None, 0.0),
    ]
    assert store.rows["A"].metrics == {"margin": 5000, "last": AT - 10 * DAY, "cases": 1}
    assert store.rows["B"].metrics == {"margin": None, "last": None, "cases": None}
    assert store.said == [("begin", "v1", MADE.version, AT), ("write", 7, 4), ("finish", 7, SOON)]
    assert (report.run, report.customers, report.changed) == (7, 4, 3)
    (problem,) = report.problems
    assert problem.startswith("margin: out of its range (0 to 1,000) for 1 of the customers")


def test_it_says_how_far_it_is() -> None:
    said: list[tuple[str, int, int]] = []
    lists, store = Lists(STATES), Kept()
    score_customers(SCORING, MADE, list("ABCD"), lists, store, AT, lambda *each: said.append(each))
    assert said[-2:] == [("writing", 0, 4), ("writing", 3, 3)]


def test_a_source_that_cannot_be_read_changes_nothing() -> None:
    store = Kept()
    with pytest.raises(ScoringError, match="no scores were changed: orders: the file is away"):
        run(store, Lists(STATES, replace(GOOD, error="the file is away")))
    (begun, failed) = store.said
    assert begun[0] == "begin"
    assert failed[:2] == ("fail", 7)
    assert store.rows == {}


def test_a_run_that_fails_in_the_middle_says_so_to_the_store() -> None:
    store = Kept("write")
    with pytest.raises(StoreError):
        run(store, Lists(STATES))
    assert store.said[-1] == ("fail", 7, "the database is away", SOON)
    assert not any(each[0] == "finish" for each in store.said)


def test_an_old_source_is_named() -> None:
    report = run(Kept(), Lists(STATES, replace(GOOD, newest=AT - 5 * DAY)))
    assert report.problems[0] == "orders: the newest row is 5 days old, and may be 3"
    report = run(Kept(), Lists(STATES, replace(GOOD, newest=None)))
    assert "there is no row with a time" in report.problems[0]


def test_a_calibration_that_does_not_fit_is_refused_before_anything_is_read() -> None:
    store = Kept()
    with pytest.raises(ScoringError, match="the calibration has no ranks for last, value"):
        run(store, Lists({}), replace(MADE, metrics={"margin": Knots()}, scores={}))
    assert store.said == []
    none = replace(SCORING, origins={})
    store = Kept()
    with pytest.raises(ScoringError, match="no score is made by a run"):
        run(store, Lists({}), scoring=none)
    assert store.rows == {}


def test_a_score_depends_on_its_customer_alone() -> None:
    alone, among = Kept(), Kept()
    run(alone, Lists({name: each[:1] for name, each in STATES.items()}), ids="A")
    run(among, Lists(STATES))
    assert alone.rows["A"] == among.rows["A"]


def test_what_is_calibrated_is_the_customers_as_they_are() -> None:
    warehouse = Lists(
        {"margin": [0, 100, 200, 300], "last": [AT, AT, AT - DAY, AT - DAY], "cases": [1] * 4},
    )
    measured = measure(SCORING, list("ABCD"), warehouse, AT, lambda *said: None)
    made = calibrated(SCORING, measured, warehouse, AT)
    assert made.metrics["margin"] == Knots((0, 1, 2, 3), (12.5, 37.5, 62.5, 87.5))
    assert made.metrics["last"] == Knots((0, 1), (25, 75))
    assert "cases" not in made.metrics  # it has points
    assert set(made.scores) == {"value"}  # potential is given, and need is not ranked
    value = scored(SCORING, made, measured)["value"].score
    # of the weighted 43.75, 56.25, 43.75, 56.25 each is not less than half, or than all
    assert value.tolist() == [50, 100, 50, 100]


def test_segments_as_scores_alone_lead_to_them() -> None:
    policy = loader.load(share("dialplans")).policy
    found = score_segments.segments(policy)
    assert found.names == ("premium", "at-risk", "standard")
    assert found.left_out == ("won-back: customer.lapsed",)
    scores = {"value": np.array([80.0, 79.9, NAN, NAN]), "need": np.array([90.0, 75.0, 10.0, NAN])}
    all_of_them = score_segments.with_overall(scores, policy.score, Arrays())
    assert found.of(all_of_them, Arrays()).tolist() == [0, 1, 2, 2]
    assert all_of_them["score"].tolist() == pytest.approx([82.5, 78.675, 10, NAN], nan_ok=True)
    counts = {each.condition: each.count(all_of_them) for each in found.thresholds}
    assert counts == {
        "customer.value >= 80.0": 1,
        "customer.need >= 75.0": 2,
        "customer.potential >= 70.0": 0,
    }
    with_lapsed = score_segments.segments(policy, lapsed=True)
    assert (with_lapsed.names[2], with_lapsed.left_out) == ("won-back", ())
    gone = {**all_of_them, "potential": np.full(4, 70.0), "lapsed": np.array([1, 1, 1, 0.0])}
    assert with_lapsed.of(gone, Arrays()).tolist() == [0, 1, 2, 3]
    asked = {each.condition: each for each in with_lapsed.thresholds}["customer.lapsed"]
    assert (asked.compares.compare, asked.limit, asked.count(gone)) == (operator.eq, 1.0, 3)
    before, after = np.array([0.0, 1, 2, 2]), np.array([0.0, 2, 0, 0])
    assert list(score_segments.moved(found, before, after)) == [
        ("standard", "premium", 2),
        ("at-risk", "standard", 1),
    ]
