"""`ivr score runs`, `show` and `rollback`, on a real database."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.domain.scoring.runs import CustomerScore
from ivr.errors import IvrError, StoreError
from ivr.store import score_query, tables
from ivr.store.engine import writing
from ivr.store.engine_reading import EngineReading
from ivr.store.score_runs import DatabaseScoreRuns
from tests.databases import Database, stamp

AT = 1_700_000_000.0


def ivr(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(autouse=True)
def runs(database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> DatabaseScoreRuns:
    stamp(database)
    monkeypatch.setenv("IVR_DATABASE_URL", database.url)
    row = {"language": "", "tags": "", "preferred_agent": "", "blocked": False, "updated_at": 1.0}
    with writing(engine) as connection:
        connection.execute(
            tables.customers.insert(),
            [row | {"customer_id": f"C{n}", "name": "Ann"} for n in range(3)],
        )
    return DatabaseScoreRuns(engine, pause=lambda: None, clock=lambda: AT + 500)


def whole(runs: DatabaseScoreRuns, value: float) -> None:
    number = runs.begin("5c0e5c0e5c0e", "ca11ca11ca11", AT)
    values = {f"C{n}": value if n else 1.0 for n in range(3)}
    metrics = {"orders": 3.0}
    told = [CustomerScore(name, each, None, None, metrics) for name, each in values.items()]
    runs.write_rows(number, told)
    runs.finish(number, AT + 90)


def test_no_run_yet() -> None:
    assert ivr("score", "runs").stderr == "no run yet: the scores that were given count\n"
    assert lines(ivr("score", "runs", "--json")) == []


def test_runs_are_listed_with_the_one_in_force(runs: DatabaseScoreRuns) -> None:
    whole(runs, 10.0)
    whole(runs, 20.0)
    failed = runs.begin("5c0e5c0e5c0e", "ca11ca11ca11", AT)
    runs.fail(failed, "orders:\nthe file is away", AT + 3)
    table = ivr("score", "runs").stdout.splitlines()
    assert table[0].split() == [
        "run",
        "state",
        "began",
        "took",
        "customers",
        "changed",
    ]
    assert [line.split()[:3] for line in table[1:] if "└" not in line] == [
        ["3", "failed", table[1].split()[2]],
        ["*", "2", "done"],
        ["1", "done", table[4].split()[2]],
    ]
    assert table[2].strip().startswith("└ orders:")
    assert "90 seconds" in table[3]
    # What they calculated with is told once, and each line fits a terminal.
    assert table[5].strip() == "└ scoring 5c0e5c0e5c0e, calibration ca11ca11ca11"
    assert max(map(len, table)) <= 80
    told = lines(ivr("score", "runs", "--json"))
    assert [(each["run"], each["state"], each["in_force"]) for each in told] == [
        (3, "failed", False),
        (2, "done", True),
        (1, "done", False),
    ]
    assert told[1] | {"in_force": None} == {
        "run": 2,
        "state": "done",
        "version": "5c0e5c0e5c0e",
        "calibration": "ca11ca11ca11",
        "began_at": AT,
        "ended_at": AT + 90,
        "withdrawn_at": None,
        "customers": 3,
        "changed": 2,
        "definition": "",
        "why": "",
        "as_of": None,
        "sources": [],
        "in_force": None,
    }
    assert [each["run"] for each in lines(ivr("score", "runs", "-n", "1", "--json"))] == [3]


def test_one_run_is_shown(runs: DatabaseScoreRuns) -> None:
    whole(runs, 10.0)
    shown = ivr("score", "show", "1").stdout
    assert "run          1, done, in force\n" in shown
    assert "customers    3, of whom 3 changed\n" in shown
    assert "scoring      5c0e5c0e5c0e\n" in shown
    assert "why" not in shown
    assert lines(ivr("score", "show", "1", "--json"))[0]["in_force"] is True


@pytest.mark.parametrize("number", ["2", "99999999999999999999999"])
def test_a_run_that_is_not_there(number: str) -> None:
    result = ivr("score", "show", number)
    assert result.exit_code == 1
    assert f"there is no run {number}: `ivr score runs` lists them" in str(result.exception)


def test_one_run_back_and_then_none(runs: DatabaseScoreRuns) -> None:
    whole(runs, 10.0)
    whole(runs, 20.0)
    said = ivr("score", "rollback").stdout
    assert "run 2 is withdrawn: the scores of run 1 count again\n" in said
    assert "2, withdrawn" in ivr("score", "show", "2").stdout
    assert lines(ivr("score", "rollback", "--json")) == [{"withdrawn": 1, "in_force": None}]
    again = ivr("score", "rollback")
    assert again.exit_code == 1
    assert "no run is in force" in str(again.exception)


def test_a_rollback_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert "there is no database" in str(ivr("score", "rollback").exception)
    assert "unable to open" in str(ivr("score", "runs").exception)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE metric_chunks SET states = (SELECT CAST('x' AS {bytes}))",
        "UPDATE score_runs SET columns = '7'",
        "UPDATE score_runs SET columns = '[]'",
    ],
)
def test_metrics_that_somebody_damaged_are_named(
    runs: DatabaseScoreRuns,
    engine: Engine,
    damage: str,
) -> None:
    whole(runs, 10.0)
    whole(runs, 20.0)
    kind = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
    with writing(engine) as connection:
        connection.execute(text(damage.format(bytes=kind)))
    with (
        EngineReading(engine).asking() as asked,
        pytest.raises(StoreError, match="damaged: run the scores again"),
    ):
        score_query.kept(asked, "C0")
    said = ivr("score", "diff")
    assert isinstance(said.exception, IvrError)
