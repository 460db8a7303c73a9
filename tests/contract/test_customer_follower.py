"""The customers in memory are those of the database, whoever writes there."""

import asyncio
import contextlib
import random
import time

import pytest
from sqlalchemy import Engine, delete, select, text, update

from ivr.domain.customers import Found, Lookup, Unknown
from ivr.domain.scoring.runs import CustomerScore
from ivr.errors import StoreError
from ivr.service import customer_follower
from ivr.service.customer_follower import MemoryFirst
from ivr.store import tables
from ivr.store.customer_query import CustomerQuestion
from ivr.store.engine import writing
from ivr.store.score_runs import DatabaseScoreRuns
from tests.contract.test_contacts import past
from tests.contract.test_store import NUMBER, add
from tests.databases import Database, PostgresDatabase
from tests.following import NUMBERS, PATIENCE, Following, execute

only_postgres = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_who_is_in_the_database_is_in_memory(following: Following) -> None:
    past(following.engine, "1", 60, "abandoned", segment="premium")
    await following.agrees(CustomerQuestion(NUMBER), CustomerQuestion("0042", "customer number"))
    found = following.knows()
    assert isinstance(found, Found)
    assert (found.customer.name, found.customer.preferred_agent) == ("Ada", "Bo")
    assert found.customer.contacts.previous_segment == "premium"
    assert found.age_seconds is None


def change_customer(engine: Engine, dice: random.Random) -> None:
    values = {"value": dice.choice([None, 1.0, 99.5]), "blocked": dice.random() < 0.3}
    named = tables.customers.c.customer_id == f"C{dice.randrange(9)}"
    name = dice.choice(["Ann", "Zoë 😀", "'; --"])
    execute(engine, update(tables.customers).where(named).values(name=name, **values))


def new_customer(engine: Engine, dice: random.Random) -> None:
    with contextlib.suppress(Exception):  # somebody has that number already
        who, digits = f"C{dice.randrange(9)}", f"{dice.randrange(5)}"
        add(engine, who, dice.choice(NUMBERS), customer_number=digits)


def move_number(engine: Engine, dice: random.Random) -> None:
    with contextlib.suppress(Exception), writing(engine) as connection:
        connection.execute(
            update(tables.phones)
            .where(tables.phones.c.number == dice.choice(NUMBERS))
            .values(number=dice.choice(NUMBERS), customer_id=f"C{dice.randrange(9)}")
        )


def remove(engine: Engine, dice: random.Random) -> None:
    who = f"C{dice.randrange(9)}"
    with writing(engine) as connection:
        for table in (tables.phones, tables.customer_places, tables.customers):
            connection.execute(delete(table).where(table.c.customer_id == who))


def call(engine: Engine, dice: random.Random) -> None:
    outcome, who = dice.choice(["answered", "abandoned", "waiting"]), f"C{dice.randrange(9)}"
    call_id, ago = f"{dice.randrange(10**9)}", dice.random() * 10**6
    past(engine, call_id, ago, outcome, customer_id=who, test=dice.random() < 0.2)
    if dice.random() < 0.5:  # it ends, or turns out to be somebody else's
        named = update(tables.calls).where(tables.calls.c.call_id == call_id)
        other = f"C{dice.randrange(9)}"
        execute(engine, named.values(outcome="answered", ended_at=5.0, customer_id=other))


def calculate(engine: Engine, dice: random.Random) -> None:
    runs = DatabaseScoreRuns(engine)
    with engine.connect() as connection:
        names = connection.execute(select(tables.customers.c.customer_id)).scalars().all()
    run = runs.begin("v", "c", time.time())
    told = {"channel": dice.choice(["chat", "phone"])}
    scores = [CustomerScore(n, dice.randrange(1000) / 10, None, 5.0, {}, told) for n in names]
    runs.write_rows(run, scores)
    runs.finish(run, time.time())


def take_back(engine: Engine, _: random.Random) -> None:
    with contextlib.suppress(StoreError):  # there is none
        DatabaseScoreRuns(engine).rollback()


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_written_both_say_the_same(following: Following, seed: int) -> None:
    dice = random.Random(seed)
    often = [new_customer, call]
    work = [*often, *often, change_customer, move_number, remove, calculate, take_back]
    questions = [CustomerQuestion(number) for number in (NUMBER, *NUMBERS)]
    questions += [CustomerQuestion(f"{n}", "customer number") for n in range(5)]
    for _ in range(12):
        for _ in range(dice.randrange(1, 6)):
            await asyncio.to_thread(dice.choice(work), following.engine, dice)
        await following.agrees(*questions)


@only_postgres
async def test_a_transaction_that_ends_after_a_later_one_is_not_missed(
    following: Following, database: PostgresDatabase
) -> None:
    add(following.engine, "C2", NUMBERS[2])
    await following.settled()
    change = "UPDATE customers SET blocked = true WHERE customer_id = %s"
    with database.connected() as first:
        first.execute(change, ["C1"])
        with database.connected() as second:
            second.execute(change, ["C2"])
            second.commit()
        await following.agrees(CustomerQuestion(NUMBERS[2]), CustomerQuestion(NUMBER))
        first.commit()
    await following.until(lambda: blocked(following.knows()))  # its number was given long ago
    await following.agrees(CustomerQuestion(NUMBERS[2]), CustomerQuestion(NUMBER))


def blocked(found: Lookup | None) -> bool:
    return isinstance(found, Found) and found.customer.blocked


@only_postgres
async def test_an_emptied_table_is_noticed(
    following: Following,
    database: PostgresDatabase,
) -> None:
    add(following.engine, "C2", NUMBERS[2])
    with database.connected() as other:
        other.execute("TRUNCATE phones")
        other.commit()
    await following.until(lambda: following.knows() is None and following.follower.followed)
    await following.agrees(CustomerQuestion(NUMBER), CustomerQuestion("0042", "customer number"))


async def test_while_the_database_is_away_it_is_what_was_known_last(
    following: Following, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = CustomerQuestion(NUMBER)
    assert following.follower.live(question)
    monkeypatch.setattr(customer_follower, "LIVE_SECONDS", 0.3)
    following.engine.dispose()
    following.database._engine.dispose()
    following.follower._engine.dispose()
    with database.away():
        await following.until(lambda: following.follower.followed is None)
        assert following.follower.live(question) is None
        found = following.follower.last_known(question)
        assert isinstance(found, Found)
        assert found.age_seconds is not None
        assert 0.2 < found.age_seconds < PATIENCE
        assert not found.customer.has_pin
        monkeypatch.setattr(customer_follower, "OLDEST_SECONDS", 0.0)
        assert following.follower.last_known(question) is None
    await following.until(lambda: following.follower.followed is not None)
    await following.agrees(question)


async def test_a_great_change_is_in_force_at_once_and_then_in_memory(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the model is filled anew, the database is asked."""
    monkeypatch.setattr(customer_follower, "MOST_KEYS", 10)
    before = following.follower._model
    for n in range(20):
        add(following.engine, f"N{n}", NUMBERS[n], name=f"new {n}")
    await following.until(lambda: following.is_new(before) and following.follower.followed)
    await following.agrees(*map(CustomerQuestion, [NUMBER, *NUMBERS]))


async def test_of_more_changes_than_are_read_none_is_missed(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_follower, "MOST_CHANGES", 3)
    before = following.follower._model
    with writing(following.engine) as connection:
        for n in range(5):
            rows = {"number": f"+4420794690{n}", "customer_id": "C1"}
            connection.execute(tables.phones.insert(), rows)
    await following.until(lambda: following.is_new(before) and following.follower.followed)
    await following.agrees(*(CustomerQuestion(f"+4420794690{n}") for n in range(5)))


async def test_a_run_that_gives_many_places_fills_it_anew(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_follower, "MOST_PLACES", 0)
    before = following.follower._model
    await asyncio.to_thread(calculate, following.engine, random.Random(1))
    await following.until(lambda: following.is_new(before) and following.follower.followed)
    await following.agrees(CustomerQuestion(NUMBER))
    found = following.knows()
    assert isinstance(found, Found)
    assert found.customer.scores_run == 1


async def test_whom_the_memory_does_not_know_the_database_is_asked_about(
    following: Following,
) -> None:
    both = MemoryFirst(following.follower.live, following.database)
    assert await both.find(NUMBER) == following.knows()
    assert await both.find_by_customer_number("0042") == following.knows()
    assert following.database.counts == {}
    assert isinstance(await both.find(NUMBERS[9]), Unknown)
    assert following.database.counts == {"unknown": 1}


async def test_a_damaged_row_is_asked_about_in_the_database(following: Following) -> None:
    execute(following.engine, text("UPDATE customers SET contract = 'no word!'"))
    await following.settled()
    assert following.knows() is None
