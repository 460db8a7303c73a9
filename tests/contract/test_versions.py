"""Versions of the policy on real databases: kept as they are, published, gone back from, withdrawn."""

import threading
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from ivr.domain.policy_version import Publication, VersionTexts, version_of
from ivr.errors import StoreError
from ivr.policy.texts import Texts
from ivr.store import tables
from ivr.store.engine import explained, reader, writer, writing
from ivr.store.versions import current, keep, log, publish, rollback, texts_of, withdraw
from tests.databases import Database

AGENTS = "agents: []\n"


def texts(n: int) -> tuple[str, str]:
    return f"version: {n} ü 😀\n", AGENTS


def version(n: int) -> str:
    return version_of(*texts(n))


def put(engine: Engine, n: int) -> Publication:
    return publish(engine, *texts(n), f"author {n}", f"message {n}", float(n))


def in_force(engine: Engine) -> str | None:
    now = current(engine)
    return now[1].version if now else None


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


# Keeping ---------------------------------------------------------------------------------------------


def test_a_version_is_called_as_the_policy_calls_it() -> None:
    assert version_of("policy", "agents") == Texts("policy", "agents").version == "7d6e91415efd"


def test_texts_are_kept_once_and_as_they_are(engine: Engine) -> None:
    for at in (1.0, 2.0):
        keep(engine, version(1), *texts(1), at)
    assert texts_of(engine, version(1)) == VersionTexts(version(1), *texts(1))
    with engine.connect() as connection:
        assert connection.execute(select(tables.policy_versions.c.first_seen_at)).all() == [(1.0,)]
    assert current(engine) is None


def test_texts_of_another_version_are_refused(engine: Engine) -> None:
    with pytest.raises(StoreError, match=f"not those of version {version(2)}: they would be {version(1)}"):
        keep(engine, version(2), *texts(1), 1.0)


@pytest.mark.parametrize("policy", ["a\0b", "\ud800"])
def test_texts_that_cannot_be_stored_are_refused(engine: Engine, policy: str) -> None:
    with pytest.raises(StoreError, match="not in a form that can be stored"):
        publish(engine, policy, AGENTS, "", "", 1.0)
    assert count(engine, tables.policy_versions) == 0


def test_a_version_that_was_changed_is_not_used(database: Database, engine: Engine) -> None:
    put(engine, 1)
    put(engine, 2)
    database.edit("UPDATE policy_versions SET policy = policy || ' '")
    for do in (lambda: current(engine), lambda: texts_of(engine, version(1)), lambda: rollback(engine, "", "", 3.0)):
        with pytest.raises(StoreError, match=r"version \w{12} is damaged: its texts were changed"):
            do()
    with pytest.raises(StoreError, match="is damaged"):
        put(engine, 1)  # the same texts: but what is there stays as it is
    assert [each.kind for each in log(engine, 9)] == ["publish", "publish"]


def test_a_beginning_means_a_version_when_it_is_the_only_one(database: Database, engine: Engine) -> None:
    keep(engine, version(1), *texts(1), 1.0)
    assert texts_of(engine, version(1)[:6]).policy == texts(1)[0]
    with pytest.raises(StoreError, match="no version ffffff is known"):
        texts_of(engine, "ffffff")
    for bad in (version(1)[:5], "", "%%%%%%", "______", version(1).upper(), version(1) + "0", "\0", "'; DROP --"):
        with pytest.raises(StoreError, match="is no version: write 6 to 12 of 0-9 and a-f"):
            texts_of(engine, bad)
    other = version(1)[:6] + "000000"
    database.edit("INSERT INTO policy_versions SELECT :other, policy, agents, 1 FROM policy_versions", other=other)
    with pytest.raises(StoreError) as caught:
        texts_of(engine, version(1)[:6])
    assert all(name in str(caught.value) for name in (version(1), other, "write more of it"))


# Publishing ------------------------------------------------------------------------------------------


def test_what_is_published_is_in_force(engine: Engine) -> None:
    assert (current(engine), log(engine, 9)) == (None, [])
    first, second = put(engine, 1), put(engine, 2)
    assert second == Publication(second.id, version(2), 2.0, "author 2", "message 2", "publish")
    assert current(engine) == (second, VersionTexts(version(2), *texts(2)))
    assert log(engine, 9) == [second, first]
    assert log(engine, 1) == [second]
    assert log(engine, 0) == log(engine, -1) == []


def test_it_can_be_read_by_who_cannot_write(database: Database, engine: Engine) -> None:
    put(engine, 1)
    read_only = reader(database.url)
    assert in_force(read_only) == version(1)
    assert len(log(read_only, 9)) == 1
    read_only.dispose()


def test_texts_and_publication_are_there_together_or_not_at_all(engine: Engine) -> None:
    def fail(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("INSERT INTO policy_publications"):
            raise ValueError("power cut")

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(StoreError, match="power cut"):
        put(engine, 1)
    event.remove(engine, "before_cursor_execute", fail)
    assert (count(engine, tables.policy_versions), count(engine, tables.policy_publications)) == (0, 0)


def test_two_who_publish_at_once_both_do(database: Database, engine: Engine) -> None:
    other = writer(database.url)
    threads = [threading.Thread(target=lambda e=e: [put(e, n) for n in range(20)]) for e in (engine, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(log(engine, 99)), count(engine, tables.policy_versions)) == (40, 20)
    other.dispose()


# Going back ------------------------------------------------------------------------------------------


def back(engine: Engine, to: str | None = None) -> Publication:
    return rollback(engine, "Bo", "oh no", 9.0, to)


def test_going_back_is_a_publication_too(engine: Engine) -> None:
    for n in (1, 2):
        put(engine, n)
    made = back(engine)
    assert made == Publication(made.id, version(1), 9.0, "Bo", "oh no", "rollback")
    assert current(engine) == (made, VersionTexts(version(1), *texts(1)))
    assert [each.kind for each in log(engine, 9)] == ["rollback", "publish", "publish"]


def test_going_back_again_goes_further(engine: Engine) -> None:
    for n in (1, 2, 3):
        put(engine, n)
    put(engine, 3)  # the same again is no other version
    assert [back(engine).version for _ in range(2)] == [version(2), version(1)]
    with pytest.raises(StoreError, match="the first version that was published: withdraw it"):
        back(engine)
    put(engine, 4)
    assert back(engine).version == version(1)


def test_going_back_to_a_version_by_name(engine: Engine) -> None:
    keep(engine, version(9), *texts(9), 1.0)  # it was in the files
    for n in (1, 2, 3):
        put(engine, n)
    assert back(engine, version(1)[:6]).version == version(1)
    assert back(engine, version(9)).version == version(9)
    assert back(engine).version == version(1)
    assert back(engine, version(3)).version == version(3)
    assert back(engine).version == version(1)
    with pytest.raises(StoreError, match="is known"):
        back(engine, "ffffff")
    assert in_force(engine) == version(1)


def test_there_may_be_nothing_to_go_back_to(engine: Engine) -> None:
    with pytest.raises(StoreError, match="no version was ever published"):
        back(engine)
    with pytest.raises(StoreError, match="no version is published, so there is none to withdraw"):
        withdraw(engine, "Bo", "", 1.0)


def test_withdrawing_lets_the_files_count_again(engine: Engine) -> None:
    put(engine, 1)
    made = withdraw(engine, "Bo", "holiday", 5.0)
    assert made == Publication(made.id, version(1), 5.0, "Bo", "holiday", "withdraw")
    assert current(engine) is None
    with pytest.raises(StoreError, match="none to withdraw"):
        withdraw(engine, "Bo", "", 6.0)
    assert back(engine).version == version(1)
    assert in_force(engine) == version(1)
    withdraw(engine, "Bo", "", 7.0)
    put(engine, 2)
    assert back(engine).version == version(1)


# When something is wrong -----------------------------------------------------------------------------


def test_a_database_that_is_away_is_explained(database: Database, engine: Engine) -> None:
    engine.dispose()
    with database.away():
        for do in (lambda: current(engine), lambda: log(engine, 1), lambda: put(engine, 1)):
            with pytest.raises(StoreError):
                do()
    put(engine, 1)


def test_a_publication_must_be_of_a_version(engine: Engine) -> None:
    row = {"version": "0" * 12, "at": 1.0, "author": "", "message": "", "kind": "publish"}
    with (
        pytest.raises(StoreError, match=r"(?i)foreign key"),
        explained(engine),
        writing(engine) as connection,
    ):
        connection.execute(tables.policy_publications.insert(), row)
