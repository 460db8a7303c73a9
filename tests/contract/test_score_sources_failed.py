"""A run with a source that fails, on a real database: its metrics stay, with their age."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from ivr.application.score_customers import RunReport, score_customers
from ivr.domain.customers import Found, Scores
from ivr.domain.scoring.calibration import Calibration, Knots
from ivr.domain.scoring.definition import Scoring, Source
from ivr.domain.scoring.metrics import Metric
from ivr.domain.scoring.numbers import Values
from ivr.domain.scoring.reading import Reading, SourceReading
from ivr.errors import ScoringError
from ivr.store import tables
from ivr.store.customer_query import CustomerQuestion, who
from ivr.store.engine import writing
from ivr.store.engine_reading import EngineReading
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.warehouse.arrays import Arrays, column, counted
from tests.scored_rows import RUNS

NAN = math.nan
DAY = 86_400
AT = 1_700_000_000
NAMES = ["C0", "C1", "C2"]
LINE = ((0.0, 0.0), (100.0, 100.0))
SCORING = Scoring(
    version="v1",
    currency="GBP",
    money_digits=2,
    sources={"orders": Source("orders", "id", "at"), "cases": Source("cases", "id", "at")},
    metrics={
        "paid": Metric("paid", "sum", "orders", missing=0.0, points=LINE),
        "open": Metric("open", "mean", "cases", missing=7.0, points=LINE),
        "both": Metric("both", "ratio", ratio=("open", "paid"), points=LINE),
    },
    weights={"value": {"paid": 1}, "need": {"open": 2, "both": 1}},
    origins={"value": "run", "need": "run"},
)
Rows = Mapping[str, Sequence[float]]
PAID: Rows = {"paid": [10, 20, NAN]}
OPEN: Rows = {"open": [9, NAN, 8], "open of": [3, NAN, 2]}


@dataclass
class Given:
    """A warehouse with these states; of the sources in `failed` there are none."""

    states: Mapping[str, Rows]
    failed: Sequence[str] = ()
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    newest: int | None = None
    customers: int = 3

    def read(
        self,
        scoring: Scoring,
        customers: Sequence[str],
        at: int,
        told: Callable[[str], None],
    ) -> Reading:
        states: dict[str, Values] = {}
        sources = []
        for name, found in self.states.items():
            rows, bad = self.rows.get(name, (100, 0))
            if name in self.failed:
                sources.append(SourceReading(name, "there", error="it is away"))
                continue
            states |= {each: column(values) for each, values in found.items()}
            counts = (rows, bad, self.customers, self.newest or at)
            sources.append(SourceReading(name, "there", *counts))
        return Reading(states, Arrays(), tuple(sources))

    def column(self, values: Sequence[float]) -> Values:
        return column(values)

    def counted(self, values: Values) -> Sequence[tuple[float, int]]:
        return counted(values)


def reset(engine: Engine) -> None:
    row = {"language": "", "tags": "", "preferred_agent": "", "blocked": False, "updated_at": 1.0}
    with writing(engine) as connection:
        for table in (*RUNS, tables.phones, tables.customers):
            connection.execute(table.delete())
        made = [row | {"customer_id": name, "name": name} for name in NAMES]
        connection.execute(tables.customers.insert(), made)
        phones = [{"customer_id": name, "number": name} for name in NAMES]
        connection.execute(tables.phones.insert(), phones)


@pytest.fixture(autouse=True)
def three_customers(engine: Engine) -> None:
    reset(engine)


def run(
    engine: Engine,
    warehouse: Given,
    at: int = AT,
    scoring: Scoring = SCORING,
    customers: Sequence[str] = NAMES,
    accept: Sequence[str] = (),
) -> RunReport:
    runs = DatabaseScoreRuns(engine, pause=lambda: None)
    calibration = Calibration(AT, 3, "v1", {}, {"value": Knots((0.0, 100.0), (0.0, 100.0))})
    given = (customers, warehouse, runs, at, lambda *said: None, "", accept)
    return score_customers(scoring, calibration, *given)


def seen(engine: Engine) -> dict[str, tuple[Scores, float | None]]:
    """Each customer's scores and their age, as a lookup reads them."""
    found = {}
    with EngineReading(engine).asking() as asked:
        for name in NAMES:
            there = who(asked, CustomerQuestion(name))
            assert isinstance(there, Found)
            found[name] = (there.customer.scores, there.customer.scored_at)
    return found


def kept(engine: Engine) -> dict[str, Mapping[str, float | None]]:
    return dict(DatabaseScoreRuns(engine).metrics_in_force())


def test_what_failed_keeps_its_values_and_the_scores_are_as_old(engine: Engine) -> None:
    run(engine, Given({"orders": PAID, "cases": OPEN}), AT - DAY)
    report = run(engine, Given({"orders": {"paid": [30, 30, 30]}, "cases": OPEN}, ["cases"]))
    (problem,) = report.problems
    assert problem == "cases failed: it is away: its metrics keep their values of 24 hours ago"
    assert kept(engine) == {
        "C0": {"paid": 30, "open": 9, "open of": 3},
        "C1": {"paid": 30, "open": None, "open of": None},
        "C2": {"paid": 30, "open": 8, "open of": 2},
    }
    assert {age for _, age in seen(engine).values()} == {AT - DAY}
    (newest,) = DatabaseScoreRuns(engine).runs(1)
    orders, cases = newest.sources
    assert (newest.began_at, newest.as_of) == (AT, AT - DAY)
    assert (orders.as_of, orders.error) == (AT, "")
    assert (cases.as_of, cases.rows, cases.error) == (AT - DAY, 100, "it is away")
    run(engine, Given({"orders": PAID, "cases": OPEN}, ["orders"]), AT + DAY)
    assert {age for _, age in seen(engine).values()} == {AT}  # of cases nothing is old any more


def test_a_second_failure_still_rests_on_the_first_values(engine: Engine) -> None:
    run(engine, Given({"orders": PAID, "cases": OPEN}), AT - 3 * DAY)
    for days in (2, 1):
        run(engine, Given({"orders": PAID, "cases": OPEN}, ["cases"]), AT - days * DAY)
    assert {age for _, age in seen(engine).values()} == {AT - 3 * DAY}
    assert kept(engine)["C0"]["open"] == 9


def test_who_has_no_kept_values_is_not_known(engine: Engine) -> None:
    """Not even as somebody without a row, of whom `missing` would count."""
    cases = {"open": [5, 5], "open of": [1, 1]}
    run(engine, Given({"orders": {"paid": [1, 2]}, "cases": cases}), customers=NAMES[:2])
    run(engine, Given({"orders": PAID, "cases": OPEN}, ["cases"]), AT + 1)
    assert "open" not in kept(engine)["C2"]
    assert seen(engine)["C2"][0].need is None
    assert seen(engine)["C0"][0].need is not None
    run(engine, Given({"orders": PAID, "cases": OPEN}, ["cases"]), AT + 2)
    assert "open" not in kept(engine)["C2"]


def test_what_was_never_made_is_not_known_and_has_no_age(engine: Engine) -> None:
    report = run(engine, Given({"orders": PAID, "cases": OPEN}, ["cases"]))
    assert report.problems[1] == "cases: there are no earlier values of open: not known"
    assert [need for need in (each[0].need for each in seen(engine).values()) if need] == []
    assert {age for _, age in seen(engine).values()} == {AT}


def test_values_of_another_metric_of_the_same_name_do_not_count(engine: Engine) -> None:
    run(engine, Given({"orders": PAID, "cases": OPEN}))
    other = replace(SCORING.metrics["open"], window=30)
    changed = replace(SCORING, version="v2", metrics=dict(SCORING.metrics) | {"open": other})
    report = run(engine, Given({"orders": PAID, "cases": OPEN}, ["cases"]), AT + 1, changed)
    assert "cases: there are no earlier values of open: not known" in report.problems
    assert "open" not in kept(engine)["C0"]


def test_when_all_fail_the_run_fails_and_what_counts_stays(engine: Engine) -> None:
    run(engine, Given({"orders": PAID, "cases": OPEN}))
    before = seen(engine), kept(engine)
    with pytest.raises(ScoringError, match=r"no scores were changed: orders: .*; cases: it is"):
        run(engine, Given({"orders": PAID, "cases": OPEN}, ["orders", "cases"]), AT + DAY)
    assert (seen(engine), kept(engine)) == before
    assert DatabaseScoreRuns(engine).runs(1)[0].state == "failed"


def test_our_own_calls_are_no_reason_to_run_unless_a_score_is_made_of_them(engine: Engine) -> None:
    """They can always be read: with no other source left, nobody would have a score."""
    calls: Rows = {"calls": [1, 2, 3]}
    metric = Metric("calls", "count", "calls", points=LINE)
    sources = dict(SCORING.sources) | {"calls": Source("calls", "id", "at")}
    made = replace(SCORING, sources=sources, metrics=dict(SCORING.metrics) | {"calls": metric})
    there = Given({"orders": PAID, "cases": OPEN, "calls": calls}, ["orders", "cases"])
    with pytest.raises(ScoringError, match=r"no scores were changed: orders: .*; cases: it is"):
        run(engine, there, scoring=made)
    weights = dict(SCORING.weights) | {"need": {"calls": 1.0}}
    assert run(engine, there, scoring=replace(made, weights=weights)).changed == 3
    without = Given({"orders": PAID, "cases": OPEN, "calls": calls}, ["calls"])
    assert "calls failed: it is away" in run(engine, without, AT + 1, made).problems[0]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((0, 0), "there are 0 good rows, and were 100"),
        ((9, 0), "there are 9 good rows, and were 100"),
        ((90, 81), "there are 9 good rows, and were 100"),
        ((100, 51), "51 of 100 rows are bad"),
        ((10, 0), ""),
        ((100, 50), ""),
    ],
)
def test_a_source_with_hardly_any_good_rows(
    engine: Engine,
    rows: tuple[int, int],
    why: str,
) -> None:
    run(engine, Given({"orders": PAID, "cases": OPEN}))
    new = {"orders": {"paid": [1, 1, 1]}, "cases": OPEN}
    report = run(engine, Given(new, rows={"orders": rows}), AT + DAY)
    if not why:
        assert report.problems == ()
        return
    (problem,) = report.problems
    assert problem.startswith(f"orders failed: {why}: ")
    assert "ivr score run --accept orders" in problem
    assert kept(engine)["C0"]["paid"] == 10
    assert run(engine, Given(new, rows={"orders": rows}), AT + DAY, accept=["orders"]).changed
    assert kept(engine)["C0"]["paid"] == 1
    assert run(engine, Given(new, rows={"orders": rows}), AT + DAY).problems == ()


def test_an_export_whose_ids_are_nobodys(engine: Engine) -> None:
    """Its rows are good, and would say of everybody that they buy nothing."""
    both = {"orders": PAID, "cases": OPEN}
    run(engine, Given(both))
    before = kept(engine)
    with pytest.raises(ScoringError, match="it has rows of 0 customers, and had of 3"):
        run(engine, Given(both, customers=0), AT + DAY)
    assert kept(engine) == before
    nobody: Rows = {"paid": [NAN] * 3}
    accepted = ["orders", "cases"]
    run(engine, Given({"orders": nobody, "cases": OPEN}, customers=0), AT + DAY, accept=accepted)
    assert kept(engine)["C0"]["paid"] is None


def test_a_source_that_is_older_than_it_may_be_still_counts(engine: Engine) -> None:
    orders = replace(SCORING.sources["orders"], oldest=2)
    scoring = replace(SCORING, sources=dict(SCORING.sources) | {"orders": orders})
    newest = AT - 5 * DAY
    report = run(engine, Given({"orders": PAID, "cases": OPEN}, newest=newest), scoring=scoring)
    assert report.problems == ("orders: the newest row is 5 days old, and may be 2",)
    assert kept(engine)["C0"]["paid"] == 10
    assert {age for _, age in seen(engine).values()} == {newest}


def test_a_database_of_before_says_no_sources(engine: Engine) -> None:
    run(engine, Given({"orders": PAID, "cases": OPEN}))
    with writing(engine) as connection:
        connection.execute(text("UPDATE score_runs SET sources = NULL, as_of = NULL"))
    assert {age for _, age in seen(engine).values()} == {AT}
    run(engine, Given({"orders": PAID, "cases": OPEN}, ["cases"]), AT + DAY)
    assert kept(engine)["C0"]["open"] == 9
    assert {age for _, age in seen(engine).values()} == {AT}


amounts = st.lists(st.one_of(st.integers(0, 99), st.just(NAN)), min_size=3, max_size=3)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paid=amounts, later=amounts, opened=amounts, newer=amounts)
def test_it_is_a_run_with_what_the_source_said_last(
    engine: Engine,
    paid: list[float],
    later: list[float],
    opened: list[float],
    newer: list[float],
) -> None:
    def cases(values: list[float]) -> Rows:
        return {"open": values, "open of": [NAN if math.isnan(each) else 1 for each in values]}

    old, new = {"orders": {"paid": paid}, "cases": cases(opened)}, {"paid": later}
    reset(engine)
    run(engine, Given(old), AT - DAY)
    run(engine, Given({"orders": new, "cases": cases(newer)}, ["cases"]))
    failed = {name: scores for name, (scores, _) in seen(engine).items()}, kept(engine)
    reset(engine)
    run(engine, Given(old | {"orders": new}))
    assert failed == ({name: scores for name, (scores, _) in seen(engine).items()}, kept(engine))
