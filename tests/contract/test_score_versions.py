"""Versions of the scoring on real databases: beside the policy's, and named by runs."""

import pytest
from sqlalchemy import Engine

from ivr.domain.policy_version import version_of
from ivr.errors import StoreError
from ivr.store import score_versions, versions
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.version_query import SCORING
from tests.databases import Database

FIRST, SECOND = ("scores: 1 ü\n", '{"a":1}\n'), ("scores: 2\n", '{"a":1}\n')
ONE, TWO = version_of(*FIRST), version_of(*SECOND)


def put(engine: Engine, texts: tuple[str, str], at: float) -> str:
    return versions.publish(engine, *texts, "ann", "why", at, SCORING).version


def in_force(engine: Engine) -> str | None:
    now = score_versions.current(engine)
    return now[1].version if now else None


def test_they_are_published_gone_back_from_and_withdrawn(engine: Engine) -> None:
    assert in_force(engine) is None
    assert put(engine, FIRST, 1.0) == ONE == in_force(engine)
    assert put(engine, SECOND, 2.0) == TWO == in_force(engine)
    assert score_versions.before(engine).scoring == FIRST[0]
    back = versions.rollback(engine, "ann", "back", 3.0, of=SCORING)
    assert back.version == ONE == in_force(engine)
    versions.withdraw(engine, "ann", "files", 4.0, SCORING)
    assert in_force(engine) is None
    kinds = [each.kind for each in versions.log(engine, 9, SCORING)]
    assert kinds == ["withdraw", "rollback", "publish", "publish"]


def test_the_policys_are_others(engine: Engine) -> None:
    put(engine, FIRST, 1.0)
    assert versions.current(engine) is None
    assert versions.log(engine, 9) == []
    with pytest.raises(StoreError, match="ivr policy log"):
        versions.texts_of(engine, ONE)
    policy = versions.publish(engine, "policy", "agents", "ann", "why", 2.0)
    assert in_force(engine) == ONE
    with pytest.raises(StoreError, match="ivr score versions log"):
        score_versions.texts_of(engine, policy.version)


def test_a_run_is_explained_by_what_it_used_not_by_what_is_published(engine: Engine) -> None:
    runs = DatabaseScoreRuns(engine)
    kept = score_versions.keep(engine, *FIRST, 1.0)
    assert kept == ONE
    number = runs.begin("scoring", "calibration", 1.0, kept)
    runs.finish(number, 2.0)
    put(engine, SECOND, 3.0)
    assert score_versions.of_run(engine, number).calibration == FIRST[1]
    assert score_versions.keep(engine, *FIRST, 9.0) == ONE  # again: nothing new
    older = runs.begin("scoring", "calibration", 4.0)
    with pytest.raises(StoreError, match=f"run {older}: the scoring .* was not kept"):
        score_versions.of_run(engine, older)
    with pytest.raises(StoreError, match="no run 99"):
        score_versions.of_run(engine, 99)


@pytest.mark.parametrize("part", ["scoring", "calibration"])
def test_a_row_edited_by_hand_is_named(engine: Engine, database: Database, part: str) -> None:
    put(engine, FIRST, 1.0)
    edited = f"UPDATE score_versions SET {part} = {part} || ' '"  # noqa: S608 - a column's name
    database.edit(edited)
    with pytest.raises(StoreError, match=f"version {ONE} is damaged"):
        score_versions.current(engine)
    with pytest.raises(StoreError, match=f"version {ONE} is damaged"):
        versions.rollback(engine, "ann", "again", 2.0, ONE, SCORING)


def test_nothing_with_a_nul_is_kept(engine: Engine) -> None:
    with pytest.raises(StoreError, match="NUL"):
        score_versions.keep(engine, "scores\0", "{}", 1.0)
    assert versions.log(engine, 9, SCORING) == []
