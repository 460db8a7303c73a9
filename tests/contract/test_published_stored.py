"""The policy in force in the service, with the versions of a real database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.application.active_policy import PATIENCE, ActivePolicy
from ivr.policy.texts import Texts, read
from ivr.service.published_versions import StoredVersions, in_force_now
from ivr.shipped_files import share
from ivr.store import versions
from ivr.store.engine import reader
from tests.databases import Database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(share("dialplans"), tmp_path / "dialplans"))


@pytest.fixture
def asking(database: Database) -> Iterator[Engine]:
    made = reader(database.url, 5.0)
    yield made
    made.dispose()


@pytest.fixture
def policies(folder: Path, tmp_path: Path, asking: Engine, engine: Engine) -> ActivePolicy:
    return ActivePolicy(folder, StoredVersions(asking, engine), tmp_path / "published.json")


def publish(engine: Engine, texts: Texts, message: str) -> str:
    return versions.publish(engine, texts.policy, texts.agents, "ann", message, 1.0).version


def changed(folder: Path, priority: str) -> Texts:
    texts = read(folder)
    return Texts(f"{texts.policy}# {priority}\n", texts.agents)


def test_what_is_published_comes_into_force_and_goes(folder: Path, policies: ActivePolicy, engine: Engine) -> None:
    assert (policies.source, policies.refresh()) == ("files", False)
    policies.store_versions()
    assert versions.texts_of(engine, read(folder).version).policy == read(folder).policy
    first = publish(engine, changed(folder, "one"), "one")
    assert policies.refresh()
    assert (policies.source, policies.policy().version) == ("published", first)
    second = publish(engine, changed(folder, "two"), "two")
    assert policies.refresh()
    assert policies.policy().version == second
    versions.rollback(engine, "ann", "back", 2.0)
    assert policies.refresh()
    assert policies.policy().version == first
    bundle, publication = in_force_now(engine, folder)
    assert bundle.policy.version == first
    assert publication is not None
    assert publication.kind == "rollback"
    versions.withdraw(engine, "ann", "files", 3.0)
    assert policies.refresh()
    assert (policies.source, policies.problem) == ("files", "")


def test_while_the_database_is_away_the_last_one_stays(
    database: Database, folder: Path, tmp_path: Path, policies: ActivePolicy, engine: Engine, asking: Engine
) -> None:
    version = publish(engine, changed(folder, "one"), "one")
    policies.refresh()
    engine.dispose()
    with database.away():
        for _ in range(PATIENCE):
            assert not policies.refresh()
        assert "cannot be read" in policies.problem
        assert policies.policy().version == version
        anew = ActivePolicy(folder, StoredVersions(asking, engine), tmp_path / "published.json")
        assert anew.policy().version == version
    assert not policies.refresh()
    assert (policies.problem, policies.policy().version) == ("", version)


def test_a_version_that_somebody_damaged_is_passed_over(
    database: Database, folder: Path, tmp_path: Path, policies: ActivePolicy, engine: Engine, asking: Engine
) -> None:
    good = publish(engine, changed(folder, "one"), "one")
    policies.refresh()
    bad = publish(engine, changed(folder, "two"), "two")
    database.edit("UPDATE policy_versions SET policy = 'region: nowhere' WHERE version = :bad", bad=bad)
    assert not policies.refresh()
    assert bad in policies.problem
    (tmp_path / "published.json").unlink()
    anew = ActivePolicy(folder, StoredVersions(asking, engine), tmp_path / "published.json")
    assert anew.policy().version == good
