"""An upgrade: the files that an earlier version left beside the database."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.application.active_policy import ActivePolicy
from ivr.domain.json_dataclasses import deep
from ivr.domain.policy_version import Publication
from ivr.errors import StoreError
from ivr.policy import loader
from ivr.policy.last_good import LastGood
from ivr.policy.texts import Texts
from ivr.service.published_versions import StoredVersions
from ivr.store import snapshot
from ivr.store.engine import reader
from ivr.store.snapshot import Snapshot
from tests import golden
from tests.contract.test_golden import within
from tests.golden import FOLDER, expected

IN_FORCE = "and on with it"  # the last publication's message


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A folder with what was left, readable by whom it was."""
    for name, mode in (("snapshot.db", 0o600), ("published.json", 0o600), ("policy.json", 0o644)):
        shutil.copyfile(FOLDER / name, tmp_path / name)
        (tmp_path / name).chmod(mode)
    golden.put_file(tmp_path / "ivr.db")
    (tmp_path / "dialplans").mkdir()
    version = golden.rows_of(f"sqlite:///{tmp_path}/ivr.db", "policy_versions")
    shipped = next(row for row in version if row["version"] == expected()["diffs"][2]["new"])
    for name in ("policy", "agents"):
        (tmp_path / "dialplans" / f"{name}.yaml").write_text(shipped[name], encoding="utf-8", newline="")
    return tmp_path


@pytest.fixture
def database(left: Path) -> Iterator[Engine]:
    engine = reader(f"sqlite:///{left}/ivr.db")
    yield engine
    engine.dispose()


class Away:
    """A database that cannot be reached, for a program of one call and for the service."""

    def latest(self) -> None:
        raise StoreError("away")

    def texts(self, version: str) -> Texts:
        raise StoreError("away")

    def earlier(self, n: int) -> list[Publication]:
        raise StoreError("away")

    def keep(self, texts: Texts, at: float) -> None:
        raise StoreError("away")


class Stored(Away):
    """What is published, for a program of one call."""

    def __init__(self, engine: Engine) -> None:
        self._versions = StoredVersions(engine, engine)

    def latest(self) -> str | None:  # type: ignore[override]  # of one that answers
        found = self._versions.latest()
        return found.version if found else None

    def texts(self, version: str) -> tuple[str, str]:  # type: ignore[override]  # the other port's form
        found = self._versions.texts(version)
        return found.policy, found.agents


async def test_the_snapshot_is_used(left: Path) -> None:
    then = expected()["snapshot"]
    lookup = Snapshot(left / "snapshot.db", 5.0, clock=lambda: then["now"])
    try:
        assert snapshot.taken_at(left / "snapshot.db") == then["taken"]
        assert len(then["by phone"]) > 10
        for number, found in then["by phone"].items():
            assert within(found, deep(await lookup.find(number))), number
        for number, found in then["by customer number"].items():
            assert within(found, deep(await lookup.find_by_customer_number(number))), number
    finally:
        lookup.close()


def test_what_was_published_counts_while_the_database_is_away(left: Path) -> None:
    policies = ActivePolicy(left / "dialplans", Away(), left / "published.json")
    last = expected()["log"][0]
    assert last["message"] == IN_FORCE
    assert (policies.source, policies.policy().version) == ("published", last["version"])
    assert policies.publication is not None
    assert deep(policies.publication) == {name: value for name, value in last.items() if name != "in_force"}


def test_what_was_published_is_in_force_in_the_database(left: Path, database: Engine) -> None:
    policies = ActivePolicy(left / "dialplans", StoredVersions(database, database), left / "published.json")
    assert (policies.source, policies.policy().version, policies.problem) == (
        "published",
        expected()["log"][0]["version"],
        "",
    )
    bundle = loader.parse(policies.bundle.texts, Path("again"), None)
    assert bundle.policy == policies.policy()


def test_the_policy_kept_for_programs_of_one_call_is_read_anew(left: Path, database: Engine) -> None:
    """It is of another form, so it is not believed: what is published is checked, and kept in today's form."""
    kept = left / "policy.json"
    before = kept.read_text(encoding="utf-8")
    published = json.loads(before.partition("\n")[2])
    assert (published["published"], published["policy"]["version"]) == (True, expected()["log"][0]["version"])
    policies = LastGood(left / "dialplans", kept, Stored(database))
    assert policies.policy().version == published["policy"]["version"]
    assert policies.problem is None
    assert kept.read_text(encoding="utf-8") != before
    assert kept.stat().st_mode & 0o077 == 0
    away = LastGood(left / "dialplans", kept, Away())  # type: ignore[arg-type]  # it answers nothing
    assert away.policy() == policies.policy()


def test_a_kept_policy_of_another_form_stands_for_nothing(left: Path) -> None:
    """Right after the upgrade, while the database is away: the files count, as when nothing was ever kept."""
    policies = LastGood(left / "dialplans", left / "policy.json", Away())  # type: ignore[arg-type]  # as above
    assert policies.policy().version == loader.load(left / "dialplans", None).policy.version
