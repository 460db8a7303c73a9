"""What others do to the database whose customers are in memory."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text, update

from ivr.domain.customers import Ambiguous, Found
from ivr.errors import StoreError
from ivr.service import customer_follower
from ivr.settings import Settings
from ivr.store import customer_pieces, tables
from ivr.store.customer_query import CustomerQuestion
from ivr.store.engine import writing
from tests.contract.test_contacts import past
from tests.contract.test_customer_follower import blocked
from tests.contract.test_store import NUMBER, add, only_postgres, only_sqlite
from tests.databases import PostgresDatabase
from tests.following import NUMBERS, Following, execute

BLOCK = update(tables.customers).values(blocked=True)


@only_postgres
async def test_who_may_write_gets_no_other_right(
    following: Following,
    database: PostgresDatabase,
) -> None:
    """Not by a table of their own with that name; and what they write is followed."""
    role = f"writer_of_{database.name}"
    with database.connected() as owner:
        owner.execute(f"CREATE ROLE {role}".encode())
        owner.execute(f"GRANT SELECT, UPDATE ON customers TO {role}".encode())
        owner.commit()
    try:
        with database.connected() as other:
            other.execute(f"SET ROLE {role}".encode())
            columns = "kind text, key text, written_in bigint, who text DEFAULT current_user"
            other.execute(f"CREATE TEMP TABLE changes ({columns})".encode())
            other.execute("UPDATE customers SET blocked = true")
            assert other.execute("SELECT count(*) FROM pg_temp.changes").fetchone() == (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege), other.transaction():
                other.execute(
                    "CREATE TRIGGER mine AFTER INSERT ON pg_temp.changes "
                    "FOR EACH STATEMENT EXECUTE FUNCTION note_customers()"
                )
            other.commit()
        await following.until(lambda: blocked(following.knows()))
        await following.agrees(CustomerQuestion(NUMBER))
    finally:
        with database.connected() as owner:
            owner.execute(f"DROP OWNED BY {role}".encode())
            owner.execute(f"DROP ROLE {role}".encode())
            owner.commit()


@only_postgres
async def test_numbers_of_another_cluster_cost_no_change(following: Following) -> None:
    """As in a database that was put back: what had been seen is in its future."""
    model = following.follower._model
    assert model is not None
    model.position = replace(model.position, seen="900000000:900000000:")
    execute(following.engine, BLOCK)
    await following.agrees(CustomerQuestion(NUMBER))
    assert blocked(following.knows())
    execute(following.engine, text("UPDATE changes SET written_in = 900000000"))
    execute(following.engine, BLOCK.values(blocked=False))
    await following.agrees(CustomerQuestion(NUMBER))
    assert not blocked(following.knows())


async def test_two_services_may_follow_one_database(
    following: Following, following_settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    settings = replace(following_settings, snapshot_path=tmp_path / "other.db")
    async with Following(settings, engine) as other:
        await other.settled()
        models = following.follower._model, other.follower._model
        for n in range(4):
            past(engine, f"{n}", 60)
            await (following, other)[n % 2].keeper.fresh()
            await following.agrees(CustomerQuestion(NUMBER))
            await other.agrees(CustomerQuestion(NUMBER))
        assert (following.follower._model, other.follower._model) == models


async def test_a_call_that_turns_out_to_be_a_test_is_no_contact(following: Following) -> None:
    past(following.engine, "1", 60, segment="premium")
    await following.agrees(CustomerQuestion(NUMBER))
    execute(following.engine, update(tables.calls).values(test=True))
    await following.agrees(CustomerQuestion(NUMBER))


@only_sqlite
async def test_a_call_that_is_replaced_is_nobodys_contact_any_more(following: Following) -> None:
    past(following.engine, "1", 60, segment="premium")
    await following.agrees(CustomerQuestion(NUMBER))
    columns = ", ".join(column.name for column in tables.calls.columns)
    others = columns.replace("customer_id", "'C9'")
    copied = f"INSERT OR REPLACE INTO calls ({columns}) SELECT {others} FROM calls"  # noqa: S608
    execute(following.engine, text(copied))
    await following.agrees(CustomerQuestion(NUMBER))


@only_postgres
async def test_a_time_that_is_none_costs_nobody_else(following: Following) -> None:
    past(following.engine, "1", 60)
    execute(following.engine, text("UPDATE calls SET routed_at = 'NaN'"))
    execute(following.engine, BLOCK)
    await following.settled()
    assert blocked(following.knows())
    await following.keeper.fresh()


@only_sqlite
async def test_a_name_that_is_no_text_costs_nobody_else(following: Following) -> None:
    add(following.engine, "C2", NUMBERS[2])
    path = Path(following.engine.get_execution_options()["ivr_path"])
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE customers SET name = CAST(x'ff' AS TEXT) WHERE customer_id = 'C2'")
        other.execute("UPDATE customers SET blocked = 1 WHERE customer_id = 'C1'")
    await following.until(lambda: blocked(following.knows()))
    await following.settled()


async def test_a_number_that_very_many_share_is_told_of_as_several(following: Following) -> None:
    with writing(following.engine) as connection:
        row = connection.execute(tables.customers.select().limit(1)).mappings().one()
        many = [dict(row) | {"customer_id": f"M{n:04}", "customer_number": ""} for n in range(2000)]
        connection.execute(tables.customers.insert(), many)
        shared = [{"number": NUMBERS[5], "customer_id": each["customer_id"]} for each in many]
        connection.execute(tables.phones.insert(), shared)
    await following.agrees(CustomerQuestion(NUMBERS[5]))
    assert isinstance(following.knows(NUMBERS[5]), Ambiguous)
    first = tables.phones.c.customer_id.in_(["M0000", "M0001", "M0002"])
    execute(following.engine, tables.phones.delete().where(first))
    await following.agrees(CustomerQuestion(NUMBERS[5]))


async def test_a_huge_name_is_cut(following: Following) -> None:
    execute(following.engine, update(tables.customers).values(name="x" * 100_000))
    await following.settled()
    found = following.knows()
    assert isinstance(found, Found)
    assert len(found.customer.name) == 1000


async def test_changes_that_cannot_be_taken_over_are_not_passed_over(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For as long as they take, the database is asked; then all are in force."""

    def failing(*_: object, **__: object) -> None:
        raise StoreError("it does not answer")

    monkeypatch.setattr(customer_follower, "BUSY_SECONDS", 0.2)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(customer_pieces, "of_changes", failing)
        execute(following.engine, BLOCK)
        await following.until(lambda: following.follower.followed is None)
        assert following.knows() is None
    await following.until(lambda: blocked(following.knows()))


async def test_what_is_new_is_live_after_a_look(
    following: Following,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = following.follower._model
    seen = []

    async def looking(*_: object) -> None:
        seen.append((following.is_new(before), following.follower.followed))
        raise StoreError("it does not answer")

    monkeypatch.setattr(customer_follower.CustomerFollower, "_look", looking)
    following.follower._follows, following.follower._lost = False, True
    await following.until(lambda: any(new for new, _ in seen))
    assert all(followed is None for new, followed in seen if new)


async def test_who_stood_still_begins_anew(
    following: Following,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was changed meanwhile may have been deleted."""
    before = following.follower._model
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(customer_follower, "LOST_SECONDS", 0.0)
        await following.until(lambda: following.is_new(before))
    await following.agrees(CustomerQuestion(NUMBER))
