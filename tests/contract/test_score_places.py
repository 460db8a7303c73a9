"""Who comes and goes between runs, and amid one: nobody gets another's scores."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from sqlalchemy import Engine, func, select, text

from ivr.domain.customers import Unavailable
from ivr.domain.scoring.runs import CustomerScore
from ivr.errors import StoreError
from ivr.store import score_chunks, score_walk, tables
from ivr.store.customer_query import CustomerQuestion, who
from ivr.store.engine import writing
from ivr.store.engine_reading import EngineReading
from ivr.store.score_layout import ATTRIBUTES_DIGITS, PLACES
from ivr.store.score_query import kept
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.scored_customers import of_rows
from ivr.store.statement_reading import reading
from tests.contract import test_score_runs
from tests.contract.test_score_runs import AT, GONE, add, counts, score, whole, written
from tests.databases import Database

five_customers, runs = test_score_runs.five_customers, test_score_runs.runs  # fixtures


def test_when_many_have_left_a_run_goes_on(engine: Engine, runs: DatabaseScoreRuns) -> None:
    """What is kept of the last run has more places than there are customers."""
    add(engine, 3 * PLACES, first=5)
    everybody = [score(n) for n in range(5 + 3 * PLACES)]
    whole(runs, everybody)
    with writing(engine) as connection:
        connection.execute(tables.customers.delete().where(tables.customers.c.customer_id > "C10"))
    number = runs.begin("scoring", "calibration", AT)
    assert runs.write_rows(number, [score(0, 9.0), score(1)]) == 2  # C10 is left out
    runs.finish(number, AT)
    assert written(engine) >= {(2, "C0"), (2, "C1")}


@pytest.mark.parametrize("damage", ["substr(scores, 2)", "'x'", "replace(scores, '0', 'o')"])
def test_a_damaged_chunk_makes_nobody_premium(
    engine: Engine,
    runs: DatabaseScoreRuns,
    damage: str,
) -> None:
    whole(runs, [score(1, 100.0)])
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE score_chunks SET scores = {damage}"))  # noqa: S608 - ours
        phone = {"number": "+442079460001", "customer_id": "C1"}
        connection.execute(tables.phones.insert(), phone)
    with EngineReading(engine).asking() as run:
        found = who(run, CustomerQuestion("+442079460001"))
        with pytest.raises(StoreError, match="damaged: run the scores again"):
            kept(run, "C1")
    assert isinstance(found, Unavailable)
    assert "damaged" in found.why


def test_who_leaves_takes_the_scores_along(engine: Engine, runs: DatabaseScoreRuns) -> None:
    whole(runs, [score(1), score(2)])
    with writing(engine) as connection:
        connection.execute(GONE)
    assert written(engine) == {(1, "C2")}
    add(engine, 1, first=1)  # the same id again is somebody else
    assert counts(engine) == {"C2": 50.0}
    whole(runs, [score(1, 7.0)])
    assert runs.rollback() == 1
    assert counts(engine) == {"C2": 50.0}


def test_who_leaves_while_a_run_writes_costs_nobody_else_the_run(engine: Engine) -> None:
    def leaves(done: int, count: int) -> None:
        with writing(engine) as connection:
            connection.execute(GONE)

    runs = DatabaseScoreRuns(engine, pause=lambda: None)
    number = runs.begin("scoring", "calibration", AT)
    everybody = [score(n) for n in range(5)]
    assert runs.write(number, of_rows(everybody), leaves) == 5
    runs.finish(number, AT)
    assert written(engine) == {(1, f"C{n}") for n in (0, 2, 3, 4)}


def test_who_is_no_customer_is_passed_over(engine: Engine, runs: DatabaseScoreRuns) -> None:
    whole(
        runs,
        [
            score(1),
            CustomerScore("nobody", 1.0, None, None, {}),
            CustomerScore("x'; --", 1.0, None, None, {}),
        ],
    )
    assert written(engine) == {(1, "C1")}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE score_chunks SET scores = 'x'",
        "UPDATE score_runs SET columns = '[]'",
        "UPDATE score_runs SET columns = '{}'",
        "INSERT INTO score_chunks VALUES (99, -1, '', '')",
    ],
)
def test_what_is_damaged_is_mended_by_the_next_run(
    engine: Engine,
    runs: DatabaseScoreRuns,
    damage: str,
) -> None:
    whole(runs, [score(1, 10.0)])
    with writing(engine) as connection:
        connection.exec_driver_sql(damage)
    whole(runs, [score(1, 20.0)])
    assert counts(engine) == {"C1": 20.0}


def test_nobody_is_lost_while_a_run_gives_places(
    database: Database,
    engine: Engine,
    runs: DatabaseScoreRuns,
) -> None:
    whole(runs, [score(1)])
    add(engine, 3 * PLACES, first=5)
    with closing(reading(database.url)) as opened, opened.asking() as run:
        walked = score_walk.walk(run, [1])
        seen = [each.customer_id for each in next(walked)]
        whole(runs, [score(1)])
        seen += [each.customer_id for batch in walked for each in batch]
    assert sorted(seen) == sorted(f"C{n}" for n in range(5 + 3 * PLACES))


def test_who_leaves_while_all_are_walked_holds_nothing_up(
    database: Database,
    engine: Engine,
    runs: DatabaseScoreRuns,
) -> None:
    add(engine, 3 * PLACES, first=5)
    whole(runs, [score(1)])
    with closing(reading(database.url)) as opened, opened.asking() as run:
        walked = score_walk.walk(run, [1])
        next(walked)
        with writing(engine) as connection:
            connection.execute(tables.customers.delete())
        assert list(walked) == []


def test_chunks_of_nobody_are_not_written(engine: Engine, runs: DatabaseScoreRuns) -> None:
    add(engine, PLACES, first=5)
    whole(runs, [score(n) for n in range(5 + PLACES)])
    with writing(engine) as connection:
        connection.execute(tables.customers.delete())
    add(engine, 1, first=900)
    number = whole(runs, [score(900)])
    chunks = select(func.count()).select_from(tables.score_chunks)
    with engine.connect() as connection:
        those = chunks.where(tables.score_chunks.c.run == number)
        assert connection.execute(those).scalar_one() == 1


def test_a_place_that_is_nobodys_is_taken_back(engine: Engine, runs: DatabaseScoreRuns) -> None:
    """SQLite minds no keys unless it is told to: what somebody deletes by hand leaves its place."""
    if engine.dialect.name == "postgresql":
        pytest.skip("it minds its keys")
    whole(runs, [score(1, 100.0)])
    database = sqlite3.connect(engine.get_execution_options()["ivr_path"])
    with database:
        database.execute("DELETE FROM customers WHERE customer_id = 'C1'")
    database.close()
    add(engine, 1, first=77)
    whole(runs, [score(77, 5.0)])
    assert written(engine) == {(2, "C77")}


def test_attributes_that_do_not_fit_are_refused() -> None:
    into = np.full((1, ATTRIBUTES_DIGITS), ord(" "), dtype=np.uint8)
    score_chunks._write(into, np.array([10**ATTRIBUTES_DIGITS - 1]))
    with pytest.raises(StoreError, match="declare fewer of them, or shorter ones"):
        score_chunks._write(into, np.array([10**ATTRIBUTES_DIGITS]))
