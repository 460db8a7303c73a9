"""`ivr score publish` and `ivr score versions`: scoring and calibration in force as one version."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.domain.scoring import calibration as calibrations
from ivr.domain.scoring.calibration import Calibration
from ivr.errors import StoreError
from ivr.lab import sample_customers, sample_history
from ivr.service import scoring as service
from ivr.settings import load
from ivr.shipped_files import share
from ivr.store import score_query
from ivr.store.engine import writer
from ivr.store.engine_reading import EngineReading
from tests.scored_rows import kept_of


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped files, the sample customers, their history and a calibration."""
    place = tmp_path_factory.mktemp("calibrated")
    shutil.copytree(share("dialplans"), place / "dialplans")
    sample_history.write(place / "history", datetime.now(UTC))
    with pytest.MonkeyPatch.context() as patch:
        settle(place, patch)
        done = ivr("import", "customers", str(sample_customers.PATH))
        assert done.exit_code == 0, done.output
        written = ivr("score", "calibrate", "--write")
        assert written.exit_code == 0, written.output
    return place


def settle(place: Path, patch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("IVR_")]:
        patch.delenv(name)
    patch.chdir(place)
    patch.setattr(os, "nice", lambda by: 0)  # it cannot be taken back
    patch.setenv("IVR_DATABASE_URL", f"sqlite:///{place}/ivr.db")
    patch.setenv("COLUMNS", "200")
    for path in (place / "history").iterdir():
        patch.setenv(f"IVR_SCORE_SOURCES_{path.stem.upper()}", str(path))


@pytest.fixture
def place(calibrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    shutil.copytree(calibrated, here)
    settle(here, monkeypatch)
    return here


def ivr(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def published(*arguments: str) -> str:
    done = ivr("score", "publish", "--yes", "--json", *arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    version: str = json.loads(done.stdout)["version"]
    return version


def edit(place: Path, old: str, new: str, name: str = "scoring.yaml") -> None:
    path = place / "dialplans" / name
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new, 1))


def in_database(sql: str, **values: object) -> None:
    engine = writer(load().database_url)
    with engine.begin() as connection:
        connection.execute(text(sql), values)
    engine.dispose()


def scores() -> list[tuple[object, ...]]:
    """Everybody's of the run in force."""
    engine = writer(load().database_url)
    with EngineReading(engine).asking() as asked:
        newest = score_query.in_force(asked)
    found = kept_of(engine, newest.run) if newest else {}
    engine.dispose()
    return [(name, *each.scores) for name, each in sorted(found.items())]


def run_once() -> str:
    done = ivr("score", "run")
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_a_run_uses_what_is_published_and_both_are_kept(place: Path) -> None:
    by_files = run_once()
    assert "the files in" in by_files
    first = published("-m", "the first")
    shipped = service.of_files(load())
    assert first == shipped.version
    edit(place, "weights:", "# a remark\nweights:")
    assert f"scoring {first} (published)" in run_once()
    for number in (1, 2):
        scoring, calibration = service.definition_of(load(), number)
        assert (scoring, calibration) == (shipped.scoring, shipped.calibration)
    with pytest.raises(StoreError, match="no run 3"):
        service.definition_of(load(), 3)
    told = json.loads(ivr("score", "show", "2", "--json").stdout)
    assert told["definition"] == first
    second = published()  # a remark needs no new calibration
    assert second != first
    lines = ivr("score", "versions", "log", "--json").stdout.splitlines()
    log = [json.loads(line) for line in lines]
    assert [(each["version"], each["in_force"]) for each in log] == [(second, True), (first, False)]
    assert "# a remark" in ivr("score", "versions", "show").stdout
    assert "# a remark" not in ivr("score", "versions", "show", first[:6]).stdout
    kept = ivr("score", "versions", "show", "--calibration").stdout
    assert calibrations.read(kept) == shipped.calibration
    assert ivr("score", "versions", "rollback", "-m", "back").exit_code == 0
    assert service.in_force(load()).version == first
    assert ivr("score", "versions", "withdraw", "-m", "files").exit_code == 0
    assert service.in_force(load()).publication is None


def test_publishing_asks_and_changes_nobodys_scores(place: Path) -> None:
    run_once()
    before = scores()
    refused = ivr("score", "publish")
    assert "write --yes" in str(refused.exception)
    done = ivr("score", "publish", "--yes")
    assert "nobody's scores change before the next run" in done.output
    assert scores() == before
    assert "nothing to do" in ivr("score", "publish", "--yes").output


def mistake(place: Path) -> None:
    edit(place, "currency: GBP", "currency: pounds")


def no_calibration(place: Path) -> None:
    (place / "dialplans/calibration.json").unlink()


def other_weights(place: Path) -> None:
    edit(place, "margin: 5,", "margin: 50,")


def lacking(place: Path) -> None:
    path = place / "dialplans/calibration.json"
    made = calibrations.read(path.read_text())
    path.write_text(replace(made, metrics={}).text())


def made_for_another(place: Path) -> None:
    path = place / "dialplans/calibration.json"
    made = calibrations.read(path.read_text())
    path.write_text(replace(made, made_for={}, scoring="0" * 12).text())


def no_score(place: Path) -> None:
    edit(place, "need: run", "need: given")
    in_database("UPDATE customers SET need = NULL")


REFUSED: dict[Callable[[Path], None], str] = {
    mistake: "a mistake in the scoring",
    no_calibration: "there is no calibration.json",
    lacking: "has no ranks for",
    other_weights: "changed after the calibration was made",
    made_for_another: "changed after the calibration was made",
    no_score: "nothing makes need",
}


@pytest.mark.parametrize("broken", REFUSED, ids=lambda broken: broken.__name__)
def test_what_does_not_fit_is_refused(place: Path, broken: Callable[[Path], None]) -> None:
    version = published()
    broken(place)
    refused = ivr("score", "publish", "--yes")
    assert refused.exit_code == 2, (refused.output, refused.exception)
    assert REFUSED[broken] in refused.output
    assert service.in_force(load()).version == version


def test_a_policy_that_asks_for_what_nothing_makes_is_refused(place: Path) -> None:
    policy = (place / "dialplans/policy.yaml").read_text()
    (place / "other").mkdir()
    shutil.copy(place / "dialplans/agents.yaml", place / "other")
    (place / "other/policy.yaml").write_text(policy)
    edit(place, "customer.need", "customer.value", "policy.yaml")
    while "customer.need" in (place / "dialplans/policy.yaml").read_text():
        edit(place, "customer.need", "customer.value", "policy.yaml")
    edit(place, "need: run", "need: given")
    in_database("UPDATE customers SET need = NULL")
    published()
    refused = ivr("policy", "publish", str(place / "other"), "-m", "with need")
    assert refused.exit_code == 2, (refused.output, refused.exception)
    assert "nothing makes need" in refused.output
    assert "nothing was ever published" in ivr("policy", "log").output


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ('customer.attribute["chanel"] == "chat"', "is channel meant"),
        ('customer.attribute["age-band"] == "65+"', "there is no attribute"),  # it is off
        ('customer.attribute["channel"] == 3', "customer.attribute"),
    ],
)
def test_a_policy_that_asks_for_other_attributes_is_refused(
    place: Path,
    condition: str,
    says: str,
) -> None:
    published()
    edit(place, "enter: [customer.value >= 80.0]", f"enter: ['{condition}']", "policy.yaml")
    refused = ivr("policy", "publish", str(place / "dialplans"), "-m", "by channel")
    assert refused.exit_code == 2, (refused.output, refused.exception)
    assert says in refused.output


def test_where_a_score_comes_from_changes_with_the_next_run(place: Path) -> None:
    published()
    run_once()
    before = scores()
    edit(place, "need: run", "need: given")
    done = ivr("score", "publish", "--yes")
    assert "need: given, and it was run: from the next run on" in done.output
    assert scores() == before
    run_once()
    assert {row[3] for row in scores()} == {None}


DAMAGE = {
    "scoring": "UPDATE score_versions SET scoring = scoring || ' '",
    "calibration": "UPDATE score_versions SET calibration = '{}'",
    "nothing": "UPDATE score_versions SET calibration = ''",
}


@pytest.mark.thorough
@pytest.mark.parametrize("sql", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_version_changes_nobodys_scores(place: Path, sql: str) -> None:
    published()
    run_once()
    before = scores()
    in_database(sql)
    for command in (("run",), ("explain", "C0001"), ("versions", "show")):
        failed = ivr("score", *command)
        assert isinstance(failed.exception, StoreError), failed.output
        assert "is damaged" in str(failed.exception)
    assert scores() == before
    edit(place, "weights:", "# mended\nweights:")
    version = published()
    assert version in run_once()


@pytest.mark.thorough
def test_how_far_metrics_have_moved_is_told(place: Path) -> None:
    told = ivr("score", "calibrate").output
    assert "stable" in told
    assert "moved somewhat" not in told
    assert "calibrate anew" not in told
    made = service.draft_calibration(load())
    assert isinstance(made, Calibration)
    path = place / "dialplans/calibration.json"
    moved = {name: replace(each, shares=each.shares[::-1]) for name, each in made.shares.items()}
    path.write_text(replace(made, shares=moved).text())
    assert "calibrate anew" in ivr("score", "calibrate").output
    path.write_text(replace(made, shares={}).text())
    assert "that calibration does not say" in ivr("score", "calibrate").output


def test_given_scores_count_where_no_run_makes_one(place: Path) -> None:
    edit(place, "need: run", "need: given")
    in_database("UPDATE customers SET need = 10")
    in_database("UPDATE customers SET need = 90 WHERE customer_id IN ('C0001', 'C0002')")
    told = ivr("score", "calibrate")
    (line,) = [each for each in told.output.splitlines() if "customer.need >= 75.0" in each]
    assert line.split()[-1] == "2"
