"""A run may be killed between any two of its transactions: the next one comes to what it must."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from ivr.domain.customers import SCORES, Found
from ivr.domain.scoring.attributes import AttributeValue
from ivr.domain.scoring.runs import CustomerScore
from ivr.errors import StoreError
from ivr.store import score_query, score_runs, tables
from ivr.store.customer_query import CustomerQuestion, who
from ivr.store.engine import writer, writing
from ivr.store.engine_reading import EngineReading, run_on
from ivr.store.score_runs import DatabaseScoreRuns
from tests.databases import Database, make_tables
from tests.scored_rows import RUNS

AT = 1_700_000_000.0
CUSTOMERS = [f"C{n}" for n in range(6)]
GIVEN = 11.0  # each customer's need
Values = Mapping[str, float | None]
"""The value that a run has for those whom it scores."""


class KilledError(BaseException):
    """The run was killed, as far as the database can tell."""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_runs, "BATCH", 1)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database in which no other run ever was, once it is emptied."""
    made = writer(f"sqlite:///{tmp_path_factory.mktemp('empty')}/ivr.db")
    make_tables(made)
    yield made
    made.dispose()


def reset(engine: Engine) -> None:
    row = {
        "language": "",
        "tags": "",
        "preferred_agent": "",
        "blocked": False,
        "updated_at": 1.0,
        "need": GIVEN,
    }
    with writing(engine) as connection:
        for table in (*RUNS, tables.phones, tables.customers):
            connection.execute(table.delete())
        made = [row | {"customer_id": name, "name": name} for name in CUSTOMERS]
        connection.execute(tables.customers.insert(), made)
        places = [{"customer_id": name, "place": n * 70} for n, name in enumerate(CUSTOMERS[:4])]
        connection.execute(tables.customer_places.insert(), places)
        phones = [{"customer_id": name, "number": name} for name in CUSTOMERS]
        connection.execute(tables.phones.insert(), phones)


def scores(values: Values) -> list[CustomerScore]:
    told = values.items()
    return [CustomerScore(n, each, 50.0, None, {"raw": each}, known(each)) for n, each in told]


def known(value: float | None) -> dict[str, AttributeValue]:
    """What a run knows beside of who has this value: also what differs where no score does."""
    return {} if value is None else {"much": value > 20, "in": ["a", str(value)]}


class Runs:
    """Runs on one engine. One that is to be killed is, at the pause of that number."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._left: int | None = None

    def _pause(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise KilledError

    def run(self, values: Values, killed_at: int | None = None) -> bool:
        """Whether it came to its end."""
        self._left = killed_at
        runs = DatabaseScoreRuns(self._engine, pause=self._pause)
        try:
            number = runs.begin("scoring", "calibration", AT)
            runs.write_rows(number, scores(values))
            runs.finish(number, AT)
        except KilledError:
            return False
        return True

    def rollback(self) -> bool:
        """Whether there was a way back."""
        try:
            DatabaseScoreRuns(self._engine, pause=lambda: None).rollback()
        except StoreError:
            return False
        return True


Counted = dict[str, tuple[tuple[float | None, ...], object, object]]


def counted(engine: Engine) -> Counted:
    """Each customer's scores as a lookup reads them, and the metrics as `score explain` does."""
    found: Counted = {}
    with EngineReading(engine).asking() as run:
        for name in CUSTOMERS:
            there = who(run, CustomerQuestion(name))
            assert isinstance(there, Found)
            kept = score_query.kept(run, name)
            metrics = kept.score.metrics if kept and kept.score.metrics else None
            scores = tuple(there.customer.scores.get(each) for each in SCORES)
            found[name] = (scores, metrics, there.customer.attributes)
    return found


def expected(values: Values) -> Counted:
    """The same, worked out."""
    told = values.items()
    scored = {n: ((each, 50.0, GIVEN), {"raw": each}, known(each)) for n, each in told}
    return {name: scored.get(name, ((None, None, GIVEN), None, {})) for name in CUSTOMERS}


def in_empty(empty: Engine, values: Values) -> Counted:
    reset(empty)
    assert Runs(empty).run(values)
    return counted(empty)


def numbers(engine: Engine) -> Sequence[int]:
    with engine.connect() as connection:
        return [run.run for run in reversed(score_query.last(run_on(connection), 1000))]


values = st.dictionaries(st.sampled_from(CUSTOMERS), st.sampled_from([None, 0.0, 50.0, 90.0]))
whole, killed_somewhere = st.tuples(values, st.none()), st.tuples(values, st.integers(0, 9))
steps = st.lists(st.one_of(whole, killed_somewhere, st.just("rollback")), max_size=7)


# On a server it takes several times as long.
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)]


@pytest.mark.parametrize("database", DATABASES, indirect=True)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, last=values)
def test_whatever_happened_before(
    engine: Engine, empty: Engine, steps: list[str | tuple[Values, int | None]], last: Values
) -> None:
    """After each step what counts is what the last run calculated that was not taken back."""
    reset(engine)
    runs = Runs(engine)
    done: list[Values] = [{}]
    for step in steps:
        if isinstance(step, str):
            if runs.rollback():
                done.pop()
        elif runs.run(*step):
            done.append(step[0])
        assert counted(engine) == expected(done[-1])
    assert runs.run(last)
    assert counted(engine) == in_empty(empty, last) == expected(last)
    assert runs.rollback()  # of a run that has just ended there is always a way back
    assert counted(engine) == expected(done[-1])
    assert runs.run(last)
    assert counted(engine) == expected(last)
    assert numbers(engine) == sorted(set(numbers(engine)))
    row = tables.score_chunks.c
    with engine.connect() as connection:
        those = score_query.last(run_on(connection), 1000)
        counting = {run.run for run in those if run.state == "done"}
        assert set(connection.execute(select(row.run)).scalars()) <= counting


FIRST = {"C0": 10.0, "C1": 10.0, "C2": 10.0, "C3": 10.0}
SECOND = {"C0": 20.0, "C1": 10.0, "C2": 20.0, "C4": 20.0}
THIRD = {"C0": 90.0, "C1": 90.0, "C2": 20.0, "C3": 90.0, "C5": 90.0}
FOURTH = {"C0": 90.0, "C1": 10.0, "C2": 40.0, "C3": 10.0}
KILLED = """
import os, signal, sys
from ivr.domain.scoring.runs import CustomerScore
from ivr.store import score_runs
from ivr.store.engine import writer

url, left, values = sys.argv[1], int(sys.argv[2]), eval(sys.argv[3])
score_runs.BATCH = 1

def pause():
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

runs = score_runs.DatabaseScoreRuns(writer(url), pause=pause)
number = runs.begin("scoring", "calibration", 1.7e9)
def known(value):
    return {} if value is None else {"much": value > 20, "in": ["a", str(value)]}

told = [
    CustomerScore(n, value, 50.0, None, {"raw": value}, known(value)) for n, value in values.items()
]
runs.write_rows(number, told)
runs.finish(number, 1.7e9)
"""


def killed(url: str, boundary: int, values: Values) -> bool:
    """Whether a process that calculates was killed at this boundary, and had not ended before."""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(boundary), repr(values)],
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode in (0, -signal.SIGKILL)
    return ended.returncode != 0


@pytest.mark.thorough
@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_a_process_is_killed_at_each_boundary(
    database: Database,
    engine: Engine,
    empty: Engine,
) -> None:
    """There is something to put back when it begins, so it may be killed at that, too."""
    boundary = 0
    while True:
        reset(engine)
        runs = Runs(engine)
        assert runs.run(FIRST)
        assert runs.run(SECOND)
        assert runs.rollback()
        was_killed = killed(database.url, boundary, THIRD)
        assert counted(engine) == expected(FIRST if was_killed else THIRD)
        assert runs.run(FOURTH)
        assert counted(engine) == in_empty(empty, FOURTH)
        assert runs.rollback()
        assert counted(engine) == expected(FIRST if was_killed else THIRD)
        assert runs.run(THIRD)
        assert counted(engine) == in_empty(empty, THIRD)
        if not was_killed:
            break
        boundary += 1
    assert boundary >= 6  # at putting back, at writing, and at what the run leaves out


@pytest.mark.thorough
def test_a_process_is_killed_at_any_moment(database: Database, engine: Engine) -> None:
    """Amid its transactions, too."""
    program = KILLED.replace("left -= 1", "sys.stdout.write('.'); sys.stdout.flush()")
    program = program.replace("BATCH = 1", "BATCH = 2")
    for milliseconds in range(0, 30, 2):
        reset(engine)
        runs = Runs(engine)
        assert runs.run(FIRST)
        assert runs.run(SECOND, killed_at=1) is False
        with subprocess.Popen(
            [sys.executable, "-c", program, database.url, "0", repr(THIRD)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.read(1) == b"."  # it has begun to put back
            time.sleep(milliseconds / 1000)  # not for anything to be ready: this is the moment
            os.kill(process.pid, signal.SIGKILL)
        assert counted(engine) in (expected(FIRST), expected(THIRD))
        assert runs.run(FOURTH)
        assert counted(engine) == expected(FOURTH)
        assert runs.rollback()
        assert counted(engine) in (expected(FIRST), expected(THIRD))
        assert runs.run(SECOND)
        assert counted(engine) == expected(SECOND)
