"""`ivr score diff`: who moved between two runs, and what moved them."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.domain.scoring.calibration import Calibration, Knots
from ivr.domain.scoring.runs import CustomerScore
from ivr.policy.scoring import loader
from ivr.service import score_changes
from ivr.shipped_files import share
from ivr.store import score_versions, tables
from ivr.store.engine import writer, writing
from ivr.store.score_runs import DatabaseScoreRuns
from tests.databases import Database, stamp

SCORING = """\
currency: GBP
scores: {value: run, need: run}
sources:
  orders: {customer: customer_id, time: at, columns: {amount: whole}}
metrics:
  margin: {source: orders, form: sum, of: amount, range: [0, 1000], scale: points,
           points: {"0": 0, "1000": 100}}
  orders: {source: orders, form: count, scale: points, points: {"0": 0, "10": 100}}
weights:
  value: {margin: 1, orders: 1}
  need: {orders: 1}
"""
LEVEL = Calibration(1.0, 4, "", {}, {"value": Knots((0.0, 100.0), (0.0, 100.0))})
ROW = {"language": "", "tags": "", "preferred_agent": "", "blocked": False, "updated_at": 1.0}
Scored = tuple[str, float, float]
"""A customer, margin, orders."""


def ivr(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["score", "diff", *arguments])


def told(*arguments: str) -> Any:
    result = ivr(*arguments, "--json")
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small scoring file, its calibration, and the shipped policy."""
    monkeypatch.setenv("IVR_POLICY_DIR", str(tmp_path))
    for name in ("policy.yaml", "agents.yaml"):
        (tmp_path / name).write_text((share("dialplans") / name).read_text())
    (tmp_path / "scoring.yaml").write_text(SCORING)
    (tmp_path / "calibration.json").write_text(LEVEL.text())
    return tmp_path


@pytest.fixture
def runs(
    folder: Path,
    database: Database,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> DatabaseScoreRuns:
    stamp(database)
    monkeypatch.setenv("IVR_DATABASE_URL", database.url)
    monkeypatch.setattr("os.nice", lambda by: 0)
    given = {"value": 50.0, "need": 20.0}
    with writing(engine) as connection:
        rows = [ROW | given | {"customer_id": f"C{n}", "name": "Ann"} for n in range(5)]
        connection.execute(tables.customers.insert(), rows)
    return DatabaseScoreRuns(engine, pause=lambda: None, clock=lambda: 9.0)


def started(runs: DatabaseScoreRuns, folder: Path) -> int:
    """Begin a run with the scoring of the folder, which is kept."""
    path = folder / "scoring.yaml"
    engine = writer(os.environ["IVR_DATABASE_URL"])
    kept = score_versions.keep(engine, path.read_text(), LEVEL.text(), 5.0)
    engine.dispose()
    return runs.begin(loader.load(path).version, LEVEL.version, 5.0, kept)


def begin(runs: DatabaseScoreRuns, folder: Path, rows: Sequence[Scored]) -> int:
    """Begin a run, and write what the scoring of the folder makes of these metrics."""
    number = started(runs, folder)
    runs.write_rows(number, made_of(rows))
    return number


def made_of(rows: Sequence[Scored]) -> list[CustomerScore]:
    """Return what the scoring of the folder makes of these metrics."""
    return [
        CustomerScore(
            name,
            (margin / 10 + orders * 10) / 2,
            None,
            orders * 10,
            {"margin": margin, "orders": orders},
        )
        for name, margin, orders in rows
    ]


def whole(runs: DatabaseScoreRuns, folder: Path, *rows: Scored) -> int:
    number = begin(runs, folder, rows)
    runs.finish(number, 6.0)
    return number


FIRST: tuple[Scored, ...] = (("C0", 100, 1), ("C1", 400, 4), ("C2", 500, 5), ("C3", 0, 0))
SECOND: tuple[Scored, ...] = (("C0", 1000, 8), ("C1", 400, 4), ("C2", 400, 6), ("C4", 0, 1))


def test_movers_and_what_moved_them(runs: DatabaseScoreRuns, folder: Path) -> None:
    whole(runs, folder, *FIRST)
    whole(runs, folder, *SECOND)
    found = told()
    assert (found["older"]["run"], found["newer"]["run"]) == (1, 2)
    movers = {each["customer"]: each for each in found["movers"]}
    assert set(movers) == {"C0", "C2", "C3", "C4"}  # C1 is as it was
    assert found["movers"][0]["customer"] == "C0"
    one = movers["C0"]
    assert (one["before"]["value"], one["after"]["value"]) == (10, 90)
    assert (one["before"]["need"], one["after"]["need"]) == (10, 80)
    assert (one["segment_before"], one["segment_after"]) == ("standard", "premium")
    assert (one["score"], one["points"], one["cause"]) == ("value", 80, "margin")
    assert one["metric"] == {"adds": 45, "was": 100, "is": 1000}
    # The value stays, as margin and orders go against each other; need is by orders.
    assert (movers["C2"]["score"], movers["C2"]["cause"]) == ("need", "orders")
    assert movers["C3"]["cause"] == "left out of this run"
    assert (movers["C3"]["before"]["value"], movers["C3"]["after"]["value"]) == (0, 50)
    assert movers["C4"]["cause"] == "new in this run"
    assert (movers["C4"]["before"]["value"], movers["C4"]["after"]["value"]) == (50, 5)
    assert found["by_cause"]["margin"] == 1
    assert found["segments"] == [{"from": "standard", "to": "premium", "customers": 1}]
    up = [each["up"] for each in found["by_points"]["value"]]
    assert (sum(up), up[-1]) == (2, 2)
    assert (found["moved"], found["scoring_changed"]) == (4, False)
    assert told("2", "1") == told("1", "2") == found
    text = ivr("-n", "1").stdout
    assert "1 moved by: margin" in text
    assert "└ margin 100.00 → 1,000.00 (+45.0 of value)" in text
    assert "C2" not in text


def test_what_a_row_does_not_keep_is_refused(runs: DatabaseScoreRuns, folder: Path) -> None:
    assert "no run is in force" in str(ivr().exception)
    whole(runs, folder, *FIRST)
    assert "run 1 is the first" in str(ivr().exception)
    whole(runs, folder, *SECOND)
    whole(runs, folder, *FIRST)
    assert told("3", "1")["older"]["run"] == 1  # kept until another begins
    whole(runs, folder, *FIRST)
    refused = str(ivr("1", "3").exception)
    assert "what run 1 calculated is no longer kept: of the last runs it is (2, 3, 4)" in refused
    assert "there is no run 9" in str(ivr("3", "9").exception)
    assert ivr("3").exit_code == 2


def test_a_run_that_is_under_way_or_failed_changes_nothing(
    runs: DatabaseScoreRuns,
    folder: Path,
) -> None:
    whole(runs, folder, *FIRST)
    whole(runs, folder, *SECOND)
    before = told()
    number = begin(runs, folder, FIRST)
    assert told() == before
    runs.fail(number, "broken", 8.0)
    assert told() == before
    whole(runs, folder, *SECOND)
    found = told()
    assert (found["older"]["run"], found["newer"]["run"], found["moved"]) == (2, 4, 0)


def test_what_is_no_longer_kept_is_not_compared(runs: DatabaseScoreRuns, folder: Path) -> None:
    for rows in (FIRST, SECOND, FIRST):
        whole(runs, folder, *rows)
    runs.rollback()
    begin(runs, folder, FIRST)  # it deletes run 3
    assert told()["newer"]["run"] == 2
    whole(runs, folder, *FIRST)
    runs.rollback()
    runs.rollback()
    begin(runs, folder, FIRST)
    refused = str(ivr().exception)
    assert "run 1 is the first" in refused or "no longer kept" in refused


def test_a_run_that_was_taken_back_is_compared_with_the_one_in_force(
    runs: DatabaseScoreRuns,
    folder: Path,
) -> None:
    whole(runs, folder, *FIRST)
    whole(runs, folder, *SECOND)
    before = told()
    runs.rollback()
    found = told()
    assert found["newer"]["state"] == "withdrawn"
    assert found["movers"] == before["movers"]
    whole(runs, folder, *SECOND)
    again = [each["customer"] for each in told()["movers"]]
    assert again == [each["customer"] for each in before["movers"]]


def test_where_the_metrics_are_equal_the_scoring_changed(
    runs: DatabaseScoreRuns,
    folder: Path,
) -> None:
    whole(runs, folder, *FIRST)
    path = folder / "scoring.yaml"
    path.write_text(SCORING.replace('"10": 100', '"10": 100, "20": 100'))
    number = started(runs, folder)
    rows = [
        CustomerScore("C1", 90.0, None, 40.0, {"margin": 400, "orders": 4}),  # metrics as before
        CustomerScore("C2", 90.0, None, 50.0, {"margin": 900, "orders": 9}),
    ]
    runs.write_rows(number, rows)
    runs.finish(number, 6.0)
    found = told()
    causes = {each["customer"]: each["cause"] for each in found["movers"]}
    assert (causes["C1"], causes["C2"]) == ("the scoring changed", "margin")
    assert found["scoring_changed"]


def test_without_the_scoring_of_either_run_no_metric_is_named(
    runs: DatabaseScoreRuns,
    folder: Path,
) -> None:
    for rows in (FIRST, SECOND):
        number = runs.begin("v1", LEVEL.version, 5.0)
        runs.write_rows(number, made_of(rows))
        runs.finish(number, 6.0)
    found = ivr()
    assert found.exit_code == 0
    assert "no metric is named: run 2: the scoring" in found.stderr
    assert "moved by: not told" in found.stdout
    assert "10.0 → 90.0" in found.stdout


def test_runs_that_take_meanwhile_what_is_compared_are_noticed(
    runs: DatabaseScoreRuns, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(runs, folder, *FIRST)
    whole(runs, folder, *SECOND)

    def two_more(batch: object) -> list[Any]:
        for rows in (FIRST, SECOND):
            whole(runs, folder, *rows)
        return []

    monkeypatch.setattr(score_changes, "pairs_of", two_more)
    assert "what run 1 calculated is no longer kept" in str(ivr().exception)
