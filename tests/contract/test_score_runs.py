"""What runs write, finish, lose and take back, on a real database."""

import threading
import time
from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import Engine, func, select, text

from ivr.domain.scoring.runs import CustomerScore, ScoreRun
from ivr.errors import StoreError
from ivr.store import score_runs, tables
from ivr.store.engine import writer, writing
from ivr.store.engine_reading import EngineReading
from ivr.store.score_layout import PLACES
from ivr.store.score_query import kept, last
from ivr.store.score_runs import BATCH, DatabaseScoreRuns
from ivr.store.scored_customers import of_rows
from tests.databases import Database
from tests.scored_rows import kept_of

AT = 1_700_000_000.0
GONE = tables.customers.delete().where(tables.customers.c.customer_id == "C1")


def score(customer: int, value: float | None = 50.0, **metrics: float | None) -> CustomerScore:
    return CustomerScore(f"C{customer}", value, None, 7.5, metrics or {"orders": 3.0})


def add(engine: Engine, count: int, first: int = 0) -> None:
    row = {"language": "", "tags": "", "preferred_agent": "", "blocked": False, "updated_at": 1.0}
    with writing(engine) as connection:
        connection.execute(
            tables.customers.insert(),
            [row | {"customer_id": f"C{n}", "name": "Ann"} for n in range(first, first + count)],
        )


@pytest.fixture(autouse=True)
def five_customers(engine: Engine) -> None:
    add(engine, 5)


@pytest.fixture
def runs(engine: Engine) -> DatabaseScoreRuns:
    return DatabaseScoreRuns(engine, pause=lambda: None, clock=lambda: AT + 99)


def whole(runs: DatabaseScoreRuns, scores: Sequence[CustomerScore], at: float = AT) -> int:
    number = runs.begin("scoring", "calibration", at)
    runs.write_rows(number, scores)
    runs.finish(number, at + 1)
    return number


def counts(engine: Engine) -> Mapping[str, float | None]:
    """The value of each customer that counts of the runs."""
    with EngineReading(engine).asking() as run:
        found = {f"C{n}": kept(run, f"C{n}") for n in range(5)}
    return {name: each.score.value for name, each in found.items() if each and each.score.metrics}


def written(engine: Engine) -> set[tuple[int, str]]:
    """Of whom there is something kept, by which run."""
    with EngineReading(engine).asking() as run:
        numbers = [each.run for each in last(run, 99)]
    return {(number, name) for number in numbers for name in kept_of(engine, number)}


def test_it_counts_when_it_is_finished(engine: Engine, runs: DatabaseScoreRuns) -> None:
    number = runs.begin("scoring", "calibration", AT)
    assert runs.write_rows(number, [score(1), score(2, None)]) == 2
    assert counts(engine) == {}
    runs.finish(number, AT + 60)
    assert counts(engine) == {"C1": 50.0, "C2": None}
    done = ScoreRun(1, "done", "scoring", "calibration", AT, AT + 60, None, 2, 2, "")
    assert runs.runs(9) == [done]


def test_of_how_many_a_run_has_news_is_counted(engine: Engine, runs: DatabaseScoreRuns) -> None:
    whole(runs, [score(1), score(2), score(3, orders=1, visits=None), score(4), score(0)])
    number = runs.begin("scoring", "calibration", AT)
    # 3 is 3.0; the order of metrics is none; a metric may change without a score; 0 is left out
    again = [score(1, orders=3), score(2, orders=4), score(3, visits=None, orders=1), score(4, 9.0)]
    assert runs.write_rows(number, again) == 3
    runs.finish(number, AT)
    assert (runs.runs(1)[0].customers, runs.runs(1)[0].changed) == (4, 3)
    whole(runs, again)
    assert runs.runs(1)[0].changed == 0


def test_a_metric_that_is_new_or_gone_is_news_of_whom_it_is_known(
    runs: DatabaseScoreRuns,
) -> None:
    whole(runs, [score(1, orders=1), score(2, orders=1), score(3, orders=1, visits=2)])
    number = runs.begin("scoring", "calibration", AT)
    again = [score(1, orders=1), score(2, orders=1, cases=0), score(3, orders=1)]
    assert runs.write_rows(number, again) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (score(1, 50.0), score(1, 50.1)),
        (score(1, 0.0), score(1, None)),
        (score(1, None), score(1, 0.0)),
        (score(1, a=1, b=2), score(1, a=2, b=1)),
        (score(1, a=1), score(1, b=1)),
        (score(1, a=1), score(1, a=1, b=None)),
        (score(1, a=None), score(1, a=0)),
        (CustomerScore("C1", 1.0, 2.0, None, {}), CustomerScore("C1", 2.0, 1.0, None, {})),
    ],
)
def test_whatever_changes_is_written(
    engine: Engine, runs: DatabaseScoreRuns, before: CustomerScore, after: CustomerScore
) -> None:
    whole(runs, [before])
    whole(runs, [after])
    with EngineReading(engine).asking() as run:
        found = kept(run, "C1")
    assert found
    assert found.score == after


def test_a_run_is_written_once(engine: Engine, runs: DatabaseScoreRuns) -> None:
    number = runs.begin("scoring", "calibration", AT)
    runs.write_rows(number, [score(1)])
    with pytest.raises(StoreError, match="run 1 was written already"):
        runs.write_rows(number, [score(2)])
    runs.finish(number, AT)
    assert written(engine) == {(1, "C1")}


def test_whom_a_run_leaves_out_has_given_scores(engine: Engine, runs: DatabaseScoreRuns) -> None:
    whole(runs, [score(1), score(2), score(3)])
    whole(runs, [score(2)])
    assert counts(engine) == {"C2": 50.0}
    runs.rollback()
    assert counts(engine) == {"C1": 50.0, "C2": 50.0, "C3": 50.0}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (score(2, 100.5), "value 100.5 is not a number from 0 to 100"),
        (CustomerScore("C2", 1.0, -1.0, None, {}), "potential -1.0 is not"),
        (score(2, orders=float("inf")), "metric 'orders' inf is not a finite number"),
    ],
)
def test_what_is_no_score_is_refused_before_anything_is_written(
    engine: Engine, runs: DatabaseScoreRuns, bad: CustomerScore, says: str
) -> None:
    number = runs.begin("scoring", "calibration", AT)
    with pytest.raises(StoreError, match="customer 'C2': .*" + says):
        runs.write_rows(number, [score(1), bad])
    assert written(engine) == set()


def test_a_run_that_failed_says_why(engine: Engine, runs: DatabaseScoreRuns) -> None:
    whole(runs, [score(1, 10.0)])
    number = runs.begin("scoring", "calibration", AT)
    runs.write_rows(number, [score(1, 20.0), score(2, 20.0)])
    runs.fail(number, "the source\0 orders was away", AT + 5)
    assert counts(engine) == {"C1": 10.0}
    assert runs.runs(1) == [
        ScoreRun(
            2,
            "failed",
            "scoring",
            "calibration",
            AT,
            AT + 5,
            None,
            2,
            2,
            "the source orders was away",
        )
    ]
    with pytest.raises(StoreError, match="run 2 was ended"):
        runs.finish(number, AT)
    whole(runs, [score(1, 10.0)])
    assert counts(engine) == {"C1": 10.0}
    assert written(engine) == {(1, "C1"), (3, "C1")}


def test_failing_afterwards_changes_nothing(engine: Engine, runs: DatabaseScoreRuns) -> None:
    number = whole(runs, [score(1)])
    runs.fail(number, "too late", AT)
    assert runs.runs(1)[0].state == "done"
    assert counts(engine) == {"C1": 50.0}


def test_another_run_ends_the_one_before(engine: Engine, runs: DatabaseScoreRuns) -> None:
    other = DatabaseScoreRuns(engine, pause=lambda: None)
    first = runs.begin("scoring", "calibration", AT)
    runs.write_rows(first, [score(1, 10.0), score(2, 10.0)])
    second = other.begin("scoring", "calibration", AT)
    with pytest.raises(StoreError, match="run 1 was ended"):
        runs.finish(first, AT)
    other.write_rows(second, [score(1, 20.0)])
    other.finish(second, AT)
    assert counts(engine) == {"C1": 20.0}
    assert [(run.run, run.state) for run in runs.runs(9)] == [(2, "done"), (1, "failed")]
    assert runs.runs(9)[1].why


def test_a_run_that_another_has_ended_writes_nothing(
    engine: Engine,
    runs: DatabaseScoreRuns,
) -> None:
    first = runs.begin("scoring", "calibration", AT)
    DatabaseScoreRuns(engine, pause=lambda: None).begin("scoring", "calibration", AT)
    with pytest.raises(StoreError, match="run 1 was ended: another began"):
        runs.write_rows(first, [score(3, 10.0)])
    assert written(engine) == set()


def test_one_writes_only_the_run_that_it_began(engine: Engine, runs: DatabaseScoreRuns) -> None:
    number = runs.begin("scoring", "calibration", AT)
    with pytest.raises(StoreError, match="run 1 was not begun here"):
        DatabaseScoreRuns(engine).write_rows(number, [score(1)])
    with pytest.raises(StoreError, match="run 1 was not begun here"):
        DatabaseScoreRuns(engine).finish(number, AT)
    runs.finish(number, AT)
    with pytest.raises(StoreError, match="or has ended"):
        runs.write_rows(number, [score(1)])


def test_small_transactions_with_a_pause_after_each(
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(score_runs, "BATCH", 2)
    add(engine, 500, first=5)
    seen: list[tuple[int, int]] = []
    kept = (tables.customer_places, tables.score_chunks)
    counted = [select(func.count()).select_from(each) for each in kept]

    def pause() -> None:
        with engine.connect() as connection:
            places, chunks = (connection.execute(each).scalar_one() for each in counted)
            seen.append((places, chunks))

    runs = DatabaseScoreRuns(engine, pause=pause)
    number = runs.begin("scoring", "calibration", AT)
    told: list[tuple[int, int]] = []
    everybody = of_rows([score(n) for n in range(505)])
    assert runs.write(number, everybody, lambda done, of: told.append((done, of))) == 505
    most = 2 * PLACES
    given = [(min(n, 505), 0) for n in range(most, 505 + most, most)]
    whole = [(505, min(n, 11)) for n in range(2, 13, 2)]
    assert seen == given + whole
    assert told == [(places, 505) for places, _ in given]
    runs.fail(number, "", AT)
    seen.clear()
    runs.begin("scoring", "calibration", AT)
    assert seen[:6] == [(505, n) for n in (9, 7, 5, 3, 1, 0)]


def test_the_pause_is_one() -> None:
    began = time.perf_counter()
    score_runs._pause()
    assert time.perf_counter() - began >= 0.002


def test_what_the_database_says_is_told(database: Database, runs: DatabaseScoreRuns) -> None:
    number = runs.begin("scoring", "calibration", AT)
    database.edit("DROP TABLE score_chunks")
    with pytest.raises(StoreError, match="ivr migrate"):
        runs.write_rows(number, [score(1)])


def test_others_write_between_two_batches(database: Database, engine: Engine) -> None:
    """A run that writes all the time lets another writer have its turn."""
    with writing(engine) as connection:
        connection.execute(tables.customers.delete())
    add(engine, 3 * BATCH * PLACES)
    waits: list[float] = []
    over = threading.Event()

    def others() -> None:
        other = writer(database.url)
        while not over.is_set():
            began = time.perf_counter()
            with writing(other) as connection:
                connection.execute(text("DELETE FROM members"))
            waits.append(time.perf_counter() - began)
            time.sleep(0.001)
        other.dispose()

    thread = threading.Thread(target=others)
    thread.start()
    runs = DatabaseScoreRuns(engine)
    number = runs.begin("scoring", "calibration", AT)
    before = len(waits)
    runs.write_rows(number, [score(n) for n in range(3 * BATCH * PLACES)])
    written_meanwhile = len(waits) - before
    over.set()
    thread.join()
    assert written_meanwhile >= 2
    assert max(waits) < 5  # after that, a record is given up
