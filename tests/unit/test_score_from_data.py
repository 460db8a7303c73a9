"""`ivr score calibrate`, `run` and `explain` on the sample customers and their history."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.errors import IvrError
from ivr.lab import sample_customers, sample_history
from ivr.settings import load
from ivr.shipped_files import share
from ivr.store.engine import writer, writing
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.tables import calls
from ivr.warehouse.duckdb_session import DuckSession
from tests.scored_rows import kept_of


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped files, a database with the sample customers, and their history."""
    shutil.copytree(share("dialplans"), tmp_path / "dialplans")
    for name in [name for name in os.environ if name.startswith("IVR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "nice", lambda by: 0)  # it cannot be taken back
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path}/ivr.db")
    monkeypatch.setenv("COLUMNS", "200")
    for name, path in sample_history.write(tmp_path / "history", datetime.now(UTC)).items():
        monkeypatch.setenv(f"IVR_SCORE_SOURCES_{name.upper()}", str(path))
    done = CliRunner().invoke(app, ["import", "customers", str(sample_customers.PATH)])
    assert done.exit_code == 0, done.output
    return tmp_path


def ivr(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_from_data_to_scores_and_why(place: Path) -> None:
    assert "make one first" in str(ivr("score", "run").exception)
    shown = ivr("score", "calibrate")
    assert shown.exit_code == 0, shown.output
    assert "nothing was written" in shown.output
    assert not (place / "dialplans/calibration.json").exists()
    written = ivr("score", "calibrate", "--write")
    assert written.exit_code == 0, written.output
    left = [path.name for path in (place / "dialplans").glob("*calibration*")]
    assert left == ["calibration.json"]
    first = ivr("score", "run")
    assert first.exit_code == 0, first.output
    assert "run 1: 1,000 customers scored, 1,000 changed" in first.output
    told = json.loads(ivr("score", "explain", "C0001", "--json").stdout)
    assert set(told["scores"]) == {"value", "potential", "need"}
    value = told["scores"]["value"]
    assert sum(each["points"] for each in value["metrics"].values()) == pytest.approx(
        value["weighted"],
    )
    assert "margin" in ivr("score", "explain", "C0001").stdout
    again = ivr("score", "calibrate")
    assert "customers now" in again.output
    assert "would move" in again.output or " from " in again.output


@pytest.mark.parametrize("customer", ["nobody", "", "a\nb", "\0"])
def test_who_is_no_customer_has_no_scores(place: Path, customer: str) -> None:
    told = ivr("score", "explain", customer)
    assert isinstance(told.exception, IvrError)
    assert str(told.exception) == f"there is no customer {customer!r}"


def test_a_fifth_of_the_customers_lies_above_eighty(place: Path) -> None:
    written = ivr("score", "calibrate", "--write")
    (line,) = [line for line in written.stdout.splitlines() if "customer.value >= 80.0" in line]
    assert 190 <= int(line.split()[-1]) <= 210
    (line,) = [line for line in written.stdout.splitlines() if "customer.need >= 75.0" in line]
    assert int(line.split()[-1]) > 0  # what is shipped finds somebody who is at risk


@pytest.mark.thorough
def test_a_source_that_fails_keeps_its_metrics_and_makes_the_scores_old(place: Path) -> None:
    ivr("score", "calibrate", "--write")
    cases = (place / "history/cases.csv").read_text()
    (place / "history/cases.csv").unlink()
    never = ivr("score", "run")
    assert never.exit_code == 1, never.output
    assert "cases failed: IVR_SCORE_SOURCES_CASES: there is no file" in never.output
    assert "cases: there are no earlier values of open-cases: not known" in never.output
    (place / "history/cases.csv").write_text(cases)
    assert ivr("score", "run").exit_code == 0
    kept = _open_cases(place)
    assert sum(each or 0 for each in kept.values()) > 0
    (place / "history/cases.csv").write_text("".join(cases.splitlines(keepends=True)[:2]))
    failed = ivr("score", "run")
    assert failed.exit_code == 1, failed.output
    assert "ivr score run --accept cases" in failed.output
    assert "its metrics keep their values of" in failed.output
    assert _open_cases(place) == kept
    shown = ivr("score", "show", "3").stdout
    assert "; as of " in shown
    assert "\ncases        failed: there are 1 good rows" in shown
    assert ivr("score", "run", "--accept", "cases").exit_code == 0
    assert _open_cases(place) != kept
    assert "no source 'case'" in str(ivr("score", "run", "--accept", "case").exception)


def test_with_no_source_left_nothing_changes(place: Path) -> None:
    ivr("score", "calibrate", "--write")
    for path in (place / "history").iterdir():
        path.unlink()
    failed = ivr("score", "run")
    assert isinstance(failed.exception, IvrError)
    assert "no scores were changed: orders: IVR_SCORE_SOURCES_ORDERS: there is no file" in str(
        failed.exception,
    )
    assert "1, failed" in ivr("score", "show", "1").stdout


def _open_cases(place: Path) -> dict[str, float | None]:
    engine = writer(f"sqlite:///{place}/ivr.db")
    try:
        found = DatabaseScoreRuns(engine).metrics_in_force()
        return {name: each["open-cases"] for name, each in found}
    finally:
        engine.dispose()


def test_the_inventory_says_whom_each_metric_covers(place: Path) -> None:
    good = ivr("score", "inventory")
    assert good.exit_code == 0, good.output
    (line,) = [line for line in good.stdout.splitlines() if line.split()[:1] == ["order-gap"]]
    assert line.split()[1] == "orders"
    told = json.loads(ivr("score", "inventory", "--json").stdout)
    margin = next(each for each in told["metrics"] if each["metric"] == "margin")
    assert margin["covered"] + margin["missing"] + margin["out_of_range"] == 1000
    assert 0 < margin["covered"] < 1000
    assert margin["owner"] == "Sales"
    (place / "history/cases.csv").unlink()
    orders = place / "history/orders.csv"
    orders.write_text(orders.read_text() + "C0001,yesterday,1,1,paid\n")
    bad = ivr("score", "inventory")
    assert bad.exit_code == 1
    assert "cases failed: IVR_SCORE_SOURCES_CASES: there is no file" in bad.output
    assert "orders: customer 'C0001'" in bad.output
    (line,) = [line for line in bad.stdout.splitlines() if line.split()[:1] == ["open-cases"]]
    assert "failed" in line
    (line,) = [line for line in bad.stdout.splitlines() if line.split()[:1] == ["margin"]]
    assert f"{margin['covered']:,}" in line.split()


def test_our_own_calls_count_without_a_setting(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = writer(f"sqlite:///{place}/ivr.db")
    try:
        began = datetime.now(UTC).timestamp() - 3600
        texts = ("linked_id", "caller_number", "dialled", "trunk", "sip_call_id", "segment")
        for n, outcome in enumerate(("abandoned", "answered", "abandoned")):
            row = {"call_id": str(n), "customer_id": "C0001", "outcome": outcome, "rung": "live"}
            times = {"routed_at": began, "ended_at": began + 60, "rings": 0}
            with writing(engine) as connection:
                connection.execute(calls.insert(), row | times | dict.fromkeys(texts, ""))
    finally:
        engine.dispose()
    for command in (("calibrate", "--write"), ("run",)):
        done = ivr("score", *command)
        assert done.exit_code == 0, done.output
    told = json.loads(ivr("score", "inventory", "--json").stdout)
    found = next(each for each in told["metrics"] if each["metric"] == "abandoned-calls")
    assert (found["sources"], found["covered"], found["missing"]) == (["calls"], 1, 999)
    engine = writer(f"sqlite:///{place}/ivr.db")
    assert kept_of(engine, 1)["C0001"].metrics["abandoned-calls"] == 2
    engine.dispose()
    assert "\ncalls " in ivr("score", "show", "1").stdout
    monkeypatch.setenv("IVR_SCORE_SOURCES_CALLS", str(place / "history/contacts.csv"))
    refused = str(ivr("score", "run").exception)
    assert "the source calls is in the service's own database, and needs no setting" in refused


@pytest.mark.thorough
@pytest.mark.parametrize("text", ["", "{}", "[]", "\0", "[" * 100_000])
def test_a_calibration_that_is_none_is_named(place: Path, text: str) -> None:
    (place / "dialplans/calibration.json").write_text(text)
    failed = ivr("score", "run")
    assert isinstance(failed.exception, IvrError)
    assert "calibration.json: no calibration" in str(failed.exception)


def test_a_calibration_that_cannot_be_written_leaves_the_old_one(
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ivr("score", "calibrate", "--write")
    before = (place / "dialplans/calibration.json").read_text()

    def full(*arguments: object, **named: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    failed = ivr("score", "calibrate", "--write")
    assert "cannot be written (no space left on device)" in str(failed.exception)
    assert (place / "dialplans/calibration.json").read_text() == before
    left = [path.name for path in (place / "dialplans").glob("*calibration*")]
    assert left == ["calibration.json"]


def test_the_history_is_the_same_for_the_same_day_and_of_the_sample_customers() -> None:
    at = datetime(2026, 7, 1, 15, tzinfo=UTC)
    made = sample_history.rows(at)
    assert made == sample_history.rows(at.replace(hour=3))
    ids = {row["customer_id"] for row in sample_customers.rows()}
    for name, rows in made.items():
        assert {str(row[0]) for row in rows} <= ids, name
        assert max(str(row[1]) for row in rows) < "2026-07-01", name
    assert len(made["orders"]) > 1000
    assert len(made["contacts"]) > 1000


def test_duckdb_reads_what_it_was_given_and_nothing_else(tmp_path: Path) -> None:
    given, other = tmp_path / "given.csv", tmp_path / "other.csv"
    for path in (given, other):
        path.write_text("a\n1\n")
    (tmp_path / "spill").mkdir()
    session = DuckSession(tmp_path / "spill", [given])
    try:
        assert session.do(f"FROM read_csv('{given}')") == [(1,)]
        for sql in (
            f"FROM read_csv('{other}')",
            "SELECT * FROM read_text('/etc/passwd')",
            f"ATTACH '{tmp_path}/x.db'",
            f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
            "INSTALL sqlite",
            "LOAD postgres",
            "SET enable_external_access = true",
            "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
            f"SET allowed_paths = ['{other}']",
            "SELECT getenv('HOME')",
        ):
            with pytest.raises(IvrError):
                session.do(sql)
    finally:
        session.close()


def test_where_rows_lie_is_a_setting(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = place / "ivr.toml"
    settings.write_text('[score_sources]\nold-orders = "/srv/a.csv"\norders = "/srv/b.csv"\n')
    settings.chmod(0o600)
    monkeypatch.setenv("IVR_SETTINGS", str(settings))
    monkeypatch.setenv("IVR_SCORE_SOURCES_OLD_ORDERS", "/srv/c.csv")
    found = load()
    assert found.score_sources["old-orders"] == "/srv/c.csv"
    assert found.score_sources["orders"] == str(place / "history/orders.csv")
    assert "/srv" not in repr(found)
    settings.write_text("score_sources = 7\n")
    for name in [name for name in os.environ if name.startswith("IVR_SCORE")]:
        monkeypatch.delenv(name)
    with pytest.raises(IvrError, match="score_sources: must be names of sources"):
        load()


def test_attributes_and_who_has_lapsed_are_calculated(place: Path) -> None:
    for command in (("calibrate", "--write"), ("run",)):
        done = ivr("score", *command)
        assert done.exit_code == 0, done.output
    engine = writer(f"sqlite:///{place}/ivr.db")
    kept = kept_of(engine, 1).items()
    engine.dispose()
    known = {name: json.loads(each.attributes) for name, each in kept if each.attributes}
    assert {name for each in known.values() for name in each} == {
        "channel",
        "region",
        "interests",
        "lapsed",
    }  # no age band: it is demographic, and off
    gone = {row["customer_id"] for row in sample_customers.rows() if row["lapsed"]}
    lapsed = {name for name, each in known.items() if each.get("lapsed")}
    bought = {name for name, each in known.items() if "lapsed" in each}
    assert gone & bought
    assert gone & bought <= lapsed
    assert len(lapsed) < len(bought) / 2
    chats = next(name for name, each in known.items() if each.get("channel") == "chat")
    policy = place / "dialplans/policy.yaml"
    text = policy.read_text(encoding="utf-8")
    condition = """'customer.attribute["channel"] == "chat"'"""
    assert "customer.need >= 75.0" in text
    policy.write_text(text.replace("customer.need >= 75.0", condition, 1), encoding="utf-8")
    told = ivr("policy", "explain", "--from", f"+44207946{chats[1:]}", "--json")
    assert told.exit_code == 0, told.output
    facts = json.loads(told.stdout)["decision"]["facts"]
    assert facts["customer.attribute"] == known[chats]
    assert facts["customer.lapsed"] == known[chats].get("lapsed", False)


def test_an_imported_lapsed_is_told_to_count_only_until_a_run(tmp_path: Path, place: Path) -> None:
    file = tmp_path / "customers.csv"
    names = "customer_id,name,phones,language,tags,preferred_agent,blocked,lapsed"
    file.write_text(f"{names}\nC1,Ann,+442079460001,en,,,,yes\n", encoding="utf-8")
    done = ivr("import", "customers", str(file))
    assert done.exit_code == 0, done.output
    assert "lapsed counts only until a run has calculated it" in done.output
