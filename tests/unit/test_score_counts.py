"""How many customers lie above a threshold, by the scores that count."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from ivr.application.score_segments import segments
from ivr.cli import app
from ivr.domain.scoring.attributes import AttributeValue
from ivr.domain.scoring.runs import CustomerScore
from ivr.errors import StoreError
from ivr.policy import loader
from ivr.service import score_thresholds
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store import tables
from ivr.store.counting_scores import counting_scores
from ivr.store.engine import writing
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.statement_reading import reading
from tests.databases import Database, stamp

ROW = {"language": "", "tags": "", "preferred_agent": "", "blocked": False, "updated_at": 1.0}
CONDITIONS = [
    "customer.value >= 80.0",
    "customer.value < 80.0",
    "customer.need > 10.0",
    "customer.potential != 5.0",
    "customer.score >= 60.0",
]
HAS_LAPSED = ["customer.lapsed == true", "customer.lapsed == false"]


def counts(url: str, conditions: Sequence[str], **weights: float) -> tuple[int, list[int]]:
    """The customers, and those who fit each condition."""
    shipped = loader.load(share("dialplans")).policy
    one = replace(shipped.segments[0], enter=tuple(conditions))
    policy = replace(shipped, segments=(one,), score=weights)
    found = segments(policy, lapsed=True)
    assert [each.condition for each in found.thresholds] == list(conditions)
    return score_thresholds.counts(Settings(database_url=url), policy, found)


@pytest.fixture
def customers(database: Database, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Four customers with given scores; the run in force scores two of them, a failed one all."""
    stamp(database)
    monkeypatch.setenv("IVR_DATABASE_URL", database.url)
    given = [(90.0, 10.0), (10.0, 20.0), (80.0, None), (None, None)]
    with writing(engine) as connection:
        rows = [
            ROW | {"customer_id": f"C{n}", "name": "Ann", "value": value, "need": need}
            for n, (value, need) in enumerate(given)
        ]
        connection.execute(tables.customers.insert(), rows)
    runs = DatabaseScoreRuns(engine, pause=lambda: None)
    for number, scores in ((1, {"C0": 79.9, "C1": 85.0}), (2, {f"C{n}": 100.0 for n in range(4)})):
        assert runs.begin("v", "c", 1.0) == number
        told = [CustomerScore(n, each, None, None, {}) for n, each in scores.items()]
        runs.write_rows(number, told)
        if number == 1:
            runs.finish(number, 2.0)
        else:
            runs.fail(number, "broken", 2.0)
    return database


def test_who_fits_by_the_scores_that_count(customers: Database) -> None:
    found = counts(customers.url, CONDITIONS, value=3, need=1)
    none = counts(customers.url, [])
    # value 79.9, 85, 80, -; need 10, 20, -, -; overall 62.4, 68.75, 80, -
    assert found == (4, [2, 1, 1, 0, 3])
    assert none == (4, [])


def test_the_check_says_it_beside_each_threshold(customers: Database) -> None:
    folder = str(share("dialplans"))
    told = CliRunner().invoke(app, ["score", "check", folder])
    assert "premium: customer.value >= 80.0: 2 of 4 customers" in told.stdout.splitlines()
    made = json.loads(CliRunner().invoke(app, ["score", "check", folder, "--json"]).stdout)
    counted = {each["condition"]: each["customers"] for each in made["thresholds"]}
    assert (counted["customer.value >= 80.0"], made["customers"]) == (2, 4)
    assert not made["not_checked"]


def test_without_a_database_or_customers_it_says_so(
    tmp_path: Path,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = str(share("dialplans"))
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    told = CliRunner().invoke(app, ["score", "check", folder])
    assert told.exit_code == 0
    assert "not checked: how many customers lie above each threshold" in told.stderr
    assert "customers" not in told.stdout
    assert not (tmp_path / "none.db").exists()
    stamp(database)
    monkeypatch.setenv("IVR_DATABASE_URL", database.url)
    told = CliRunner().invoke(app, ["score", "check", folder])
    assert "there are no customers" in told.stderr
    assert "customers" not in told.stdout


def test_who_has_lapsed_as_the_run_knows_it_else_as_imported(
    customers: Database,
    engine: Engine,
) -> None:
    imported = tables.customers.update().where(tables.customers.c.customer_id.in_(["C0", "C3"]))
    with writing(engine) as connection:
        connection.execute(imported.values(lapsed=True))
    assert counts(customers.url, HAS_LAPSED) == (4, [2, 2])
    runs = DatabaseScoreRuns(engine, pause=lambda: None)
    number = runs.begin("v", "c", 1.0)
    known: list[tuple[str, dict[str, AttributeValue]]] = [
        ("C0", {"said": '"lapsed": true', "lapsed": False}),
        ("C1", {"lapsed": True}),
        ("C2", {"said": '"lapsed": true'}),
    ]
    runs.write_rows(number, [CustomerScore(n, 1.0, None, None, {}, each) for n, each in known])
    runs.finish(number, 2.0)
    assert counts(customers.url, HAS_LAPSED) == (4, [2, 2])  # C1 and C3; C0 no longer
    assert counts(customers.url, HAS_LAPSED[:1]) == (4, [2])


def test_a_run_that_comes_into_force_meanwhile_is_told(customers: Database, engine: Engine) -> None:
    with closing(reading(customers.url)) as opened, opened.asking() as run:
        everybody = counting_scores(run)
        next(everybody)
        DatabaseScoreRuns(engine, pause=lambda: None).rollback()
        with pytest.raises(StoreError, match="another run came into force meanwhile"):
            list(everybody)
