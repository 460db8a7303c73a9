"""What the customers in memory are filled with: a file that may be anything."""

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select, update

from ivr.domain.customers import Found
from ivr.service import snapshot_keeper
from ivr.settings import Settings
from ivr.store import customer_model, tables
from ivr.store.customer_query import CustomerQuestion
from tests.contract.test_contacts import past
from tests.contract.test_customer_follower import blocked
from tests.contract.test_store import NUMBER, add, only_sqlite
from tests.following import NUMBERS, Following, execute

pytestmark = pytest.mark.usefixtures("at_once")


async def test_who_begins_again_goes_on_from_the_file(
    following_settings: Settings,
    engine: Engine,
) -> None:
    add(engine, "C1", NUMBER, NUMBERS[0])
    async with Following(following_settings, engine) as following:
        await following.settled()
    execute(engine, update(tables.customers).values(blocked=True))
    taken = following.path.stat().st_ino
    async with Following(following_settings, engine) as following:
        following._tasks[0].cancel()  # nobody takes another one
        await following.settled()
        assert blocked(following.knows())
        assert following.path.stat().st_ino == taken


def of_another_form(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE taken SET form = form + 1")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def of_somebody_else(path: Path) -> None:
    """Make everybody premium in it, as of another database's last change."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE customers SET value = 100")
        file.execute("UPDATE followed SET mark = 'another'")


def without_its_position(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("DELETE FROM followed")


def that_never_ends(path: Path) -> None:
    """Put a view in the place of a table."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("DROP TABLE followed")
        file.execute(
            "CREATE VIEW followed AS "
            "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
            "SELECT id, '' AS kind, '' AS key, '' AS seen, '' AS mark FROM n ORDER BY id DESC"
        )


def of_wrong_types(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE followed SET id = 'x', seen = 'x'")


@only_sqlite
@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        cut,
        of_another_form,
        of_somebody_else,
        without_its_position,
        that_never_ends,
        of_wrong_types,
        lambda p: p.write_bytes(b"x" * 9000),
    ],
)
async def test_a_file_that_cannot_be_followed_from_is_taken_anew(
    following_settings: Settings, engine: Engine, damage: Callable[[Path], object]
) -> None:
    add(engine, "C1", NUMBER, value=1.0)
    async with Following(following_settings, engine) as following:
        await following.settled()
    damage(following.path)
    async with Following(following_settings, engine) as following:
        await following.settled()
        await following.agrees(CustomerQuestion(NUMBER))
        assert isinstance(following.knows(), Found)


@only_sqlite
async def test_a_database_that_was_put_back_is_followed_from_its_beginning(
    following: Following, following_settings: Settings, tmp_path: Path
) -> None:
    """Its changes may have the numbers of those that the other one had."""
    path = tmp_path / "kept.db"
    with (
        contextlib.closing(sqlite3.connect(path)) as kept,
        following.engine.connect() as connection,
    ):
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.backup(kept)
    for _ in range(3):
        past(following.engine, f"{random.random()}", 60, "abandoned")
    await following.settled()
    before = following.follower._model
    following.engine.dispose()
    database = Path(following_settings.database_url.removeprefix("sqlite:///"))
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    shutil.move(path, database)
    execute(following.engine, update(tables.customers).values(blocked=True))
    await following.until(lambda: following.is_new(before) and following.follower.followed)
    await following.agrees(CustomerQuestion(NUMBER))
    assert blocked(following.knows())


async def test_changes_that_somebody_took_away_fill_it_anew(following: Following) -> None:
    """As who erases a customer does."""
    before = following.follower._model
    execute(following.engine, update(tables.customers).values(blocked=True))
    execute(following.engine, delete(tables.changes))
    await following.until(lambda: following.is_new(before) and following.follower.followed)
    await following.agrees(CustomerQuestion(NUMBER))
    assert blocked(following.knows())


async def test_what_was_followed_is_not_kept(
    following: Following,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for n in range(30):
        past(following.engine, f"{n}", 60)
    await following.settled()
    await following.keeper.fresh()
    with following.engine.connect() as connection:
        assert len(connection.execute(select(tables.changes)).all()) > 30  # others may read them
    monkeypatch.setattr(snapshot_keeper, "KEPT_SECONDS", 0.0)
    for _ in range(2):  # what had been read when the one before was taken is deleted
        await following.settled()
        await following.keeper.fresh()
    with following.engine.connect() as connection:
        assert len(connection.execute(select(tables.changes)).all()) <= 4
    await following.agrees(CustomerQuestion(NUMBER))


@only_sqlite
async def test_no_name_and_no_pin_is_in_the_file(following: Following) -> None:
    add(following.engine, "C2", NUMBERS[2], name="Lovelace", pin_hash="$argon2id$secret")
    await following.keeper.fresh()
    written = following.path.read_bytes()
    assert b"Lovelace" not in written
    assert b"argon2" not in written
    assert customer_model.base_of(following.path)
    await following.settled()
    found = following.knows(NUMBERS[2])
    assert isinstance(found, Found)
    assert (found.customer.name, found.customer.has_pin) == ("Lovelace", True)
