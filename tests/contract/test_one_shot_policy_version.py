"""What a program that starts for each call learns of the published policy: the same as the service."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.errors import StoreError
from ivr.store import versions
from ivr.store.one_shot_policy_version import SingleVersion
from tests.databases import Database


def test_it_says_what_is_published(database: Database, engine: Engine) -> None:
    published = SingleVersion(database.url, 2.0)
    assert published.latest() is None
    first = versions.publish(engine, "policy: 1\r\n", "agents: ü", "ann", "one", 1.0).version
    assert published.latest() == first
    assert published.texts(first) == ("policy: 1\r\n", "agents: ü")
    versions.publish(engine, "policy: 2", "agents", "ann", "two", 2.0)
    versions.rollback(engine, "ann", "back", 3.0)
    assert published.latest() == first
    versions.withdraw(engine, "ann", "files", 4.0)
    assert published.latest() is None
    with pytest.raises(StoreError, match="not in the database"):
        published.texts("0123456789ab")


@pytest.mark.parametrize("url", ["sqlite:///nowhere/ivr.db", "postgresql://127.0.0.1:1/ivr", "mysql://x"])
def test_a_database_that_is_away_is_an_error(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError):
        SingleVersion(url, 2.0).latest()


def test_it_waits_no_longer_than_its_deadline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    published = SingleVersion(f"sqlite:///{tmp_path / 'ivr.db'}", 0.001)
    monkeypatch.setattr(published, "_answer", lambda *_: __import__("time").sleep(1))
    with pytest.raises(StoreError, match="no answer within"):
        published.latest()
