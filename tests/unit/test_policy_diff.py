"""Recorded calls decided again under another policy."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from ivr.application import policy_diff
from ivr.application.policy_diff import DiffQuestion, Tally, compare, slices
from ivr.errors import FileError, IvrError
from ivr.policy import loader, texts
from ivr.policy.texts import Texts
from ivr.shipped_files import share
from ivr.store import calls
from ivr.store.calls import StoredArchive, StoredCalls
from ivr.store.engine import writer
from tests import recorded_calls
from tests.conftest import until
from tests.databases import Database, PostgresDatabase, make_tables
from tests.recorded_calls import BEGIN

SHIPPED = texts.read(share("dialplans"))
WEEK = 604_800.0
CALLS = 2_000  # in the week
SLICE = 700  # a fraction of it


def changed(old: str, new: str) -> Texts:
    assert old in SHIPPED.policy
    return Texts(SHIPPED.policy.replace(old, new), SHIPPED.agents)


HIGHER = changed(
    "enter: [customer.value >= 80.0]\n    stay: [customer.value >= 75.0]", "enter: [customer.value >= 90.0]"
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def week(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with 2,000 calls, decided by the shipped policy."""
    if request.param == "sqlite":
        yield made(f"sqlite:///{tmp_path_factory.mktemp('week')}/ivr.db", CALLS)
        return
    server, template = map(request.getfixturevalue, ("postgres_server", "postgres_template"))
    database = PostgresDatabase(server, template)
    yield filled(database.url, CALLS)
    database.drop()


any_database = pytest.mark.parametrize("week", ["sqlite"], indirect=True, scope="module")  # which one is not the matter


def made(url: str, count: int) -> str:
    engine = writer(url)
    make_tables(engine)
    engine.dispose()
    return filled(url, count)


def filled(url: str, count: int) -> str:
    engine = writer(url)
    recorded_calls.record(engine, loader.parse(SHIPPED, Path("shipped")), count, WEEK)
    engine.dispose()
    return url


@pytest.fixture
def engine(week: str) -> Iterator[Engine]:
    made = writer(week)
    yield made
    made.dispose()


@pytest.fixture
def engine_of(database: Database) -> Iterator[Engine]:
    """Of a database of the test's own."""
    made = writer(database.url)
    yield made
    made.dispose()


@pytest.fixture
def sliced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_diff, "SLICE", SLICE)


JSON = {"sqlite": ":value", "postgresql": "CAST(:value AS json)"}


def read(stored: Any) -> dict[str, Any]:
    """A column of JSON, as the driver gives it."""
    found: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else stored
    return found


@pytest.mark.thorough
def test_the_same_policy_changes_nothing(week: str) -> None:
    found = compare(StoredArchive(week), DiffQuestion(SHIPPED, SHIPPED), BEGIN, BEGIN + WEEK)
    assert (found.calls, found.same, found.different) == (CALLS, CALLS, 0)
    recorded = compare(StoredArchive(week), DiffQuestion(SHIPPED, None), BEGIN, BEGIN + WEEK)
    assert (recorded.same, recorded.different) == (CALLS, 0)


@pytest.mark.thorough
def test_who_would_be_treated_differently(week: str, engine: Engine) -> None:
    found = compare(StoredArchive(week), DiffQuestion(HIGHER, SHIPPED, limit=2), BEGIN, BEGIN + WEEK)
    lost = [
        record
        for record in calls.recorded(engine, BEGIN, BEGIN + WEEK)
        if record.decision
        and record.decision.identity.segment == "premium"
        and (record.decision.identity.scores.value or 0) < 90
    ]
    assert found.different == sum(count for (old, _), count in found.segments.items() if old == "premium") == len(lost)
    assert found.same + found.different == CALLS
    assert {old for old, _ in found.segments} == {"premium"}
    assert all(len(examples) <= 2 for examples in found.examples.values())
    example = found.some(1)[0]
    assert example.call_id in {record.history.call_id for record in lost}
    assert example.fields["segment"][0] == "premium"


@pytest.mark.thorough
@pytest.mark.usefixtures("sliced")
def test_several_processes_find_the_same(week: str) -> None:
    question = DiffQuestion(HIGHER, SHIPPED, limit=3)
    one = compare(StoredArchive(week), question, BEGIN, BEGIN + WEEK, processes=1)
    told: list[tuple[int, int]] = []
    two = compare(StoredArchive(week), question, BEGIN, BEGIN + WEEK, lambda *done: told.append(done), processes=2)
    assert two == one
    assert told[0] == (0, CALLS)
    assert told[-1] == (CALLS, CALLS)


def test_only_the_period_counts(week: str) -> None:
    archive, same = StoredArchive(week), DiffQuestion(SHIPPED, SHIPPED)
    assert compare(archive, same, BEGIN, BEGIN + WEEK / 2).calls == CALLS / 2
    assert compare(archive, same, BEGIN + WEEK, BEGIN + 2 * WEEK) == Tally()


@pytest.mark.usefixtures("sliced")
def test_a_slice_is_never_too_large(engine: Engine) -> None:
    cut = list(slices(StoredCalls(engine), BEGIN - 3 * WEEK, BEGIN + WEEK))
    counts = [calls.count(engine, *each) for each in cut]
    assert sum(counts) == CALLS
    assert all(0 < count <= SLICE for count in counts)


def test_test_calls_and_calls_that_say_too_little_are_counted_apart(database: Database, engine_of: Engine) -> None:
    bundle = loader.parse(SHIPPED, Path("shipped"))
    recorded_calls.record(engine_of, bundle, 10, 100.0)
    with engine_of.connect() as connection:
        rows = connection.exec_driver_sql("SELECT call_id, decision FROM decisions ORDER BY at").all()
    written = f"UPDATE decisions SET decision = {JSON[database.kind]} WHERE call_id = :id"  # noqa: S608
    for call_id, decision in rows[:3]:
        old = json.dumps({name: value for name, value in read(decision).items() if name != "facts"})
        database.edit(written, value=old, id=call_id)
    database.edit("UPDATE calls SET test = :yes WHERE call_id = :id", yes=True, id=rows[5][0])
    found = compare(StoredArchive(database.url), DiffQuestion(SHIPPED, SHIPPED), BEGIN, BEGIN + 100)
    assert (found.calls, found.tests, found.same, found.undecided.total()) == (10, 1, 6, 3)


@any_database
def test_a_condition_that_fails_is_counted(week: str) -> None:
    failing = changed("when: [customer.blocked]", """when: ['queues.waiting["nowhere"] > 3']""")
    found = compare(StoredArchive(week), DiffQuestion(failing, SHIPPED), BEGIN, BEGIN + WEEK / 10)
    assert found.failed.total() == found.calls
    assert found.different == 0


@pytest.mark.thorough
@any_database
@pytest.mark.usefixtures("sliced")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_policy_with_a_mistake_is_refused(week: str, processes: int) -> None:
    with pytest.raises(FileError, match=r"^new policy.*region") as refused:
        compare(
            StoredArchive(week),
            DiffQuestion(changed("region: GB", "region: gb"), SHIPPED),
            BEGIN,
            BEGIN + WEEK,
            processes=processes,
        )
    assert refused.value.line
    assert not multiprocessing.active_children()


@pytest.mark.thorough
@any_database
def test_a_process_that_is_killed_is_not_waited_for(week: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.application.policy_diff.SLICE", 100)

    def kill_one(done: int, total: int) -> None:
        if done and len(working := multiprocessing.active_children()) == 2:
            working[0].kill()

    with pytest.raises(IvrError, match="was ended"):
        compare(StoredArchive(week), DiffQuestion(HIGHER, SHIPPED), BEGIN, BEGIN + WEEK, kill_one, processes=2)
    assert not multiprocessing.active_children()


@pytest.mark.thorough
@any_database
def test_numbers_are_the_same_with_another_order(week: str) -> None:
    whole = compare(StoredArchive(week), DiffQuestion(HIGHER, SHIPPED), BEGIN, BEGIN + WEEK)
    halves = [
        compare(StoredArchive(week), DiffQuestion(HIGHER, SHIPPED), begin, begin + WEEK / 2)
        for begin in (BEGIN, BEGIN + WEEK / 2)
    ]
    added = Tally()
    for each in reversed(halves):
        added.add(each, 5)
    assert added == replace(whole, examples=added.examples)


@pytest.mark.thorough
@any_database
def test_an_interruption_leaves_nobody_behind(week: str) -> None:
    program = (
        "import sys; from tests.unit.test_policy_diff import *\n"
        "policy_diff.SLICE = SLICE; print('begun', flush=True)\n"
        "while True:\n"
        "    compare(StoredArchive(sys.argv[1]), DiffQuestion(HIGHER, SHIPPED), BEGIN, BEGIN + WEEK, processes=2)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program, week], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert running.stdout is not None
    try:
        assert running.stdout.readline() == b"begun\n"
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        until(lambda: len(children.read_text().split()) >= 2, 30)
        mine = [int(pid) for pid in children.read_text().split()]
        os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does
        assert running.wait(20) != 0
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in mine), 10)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        running.stdout.close()


def test_once_the_program_decides_otherwise_nothing_is_taken_for_granted(database: Database, engine_of: Engine) -> None:
    """As if another version of this program had recorded them: the priority of each call is another one."""
    recorded_calls.record(engine_of, loader.parse(SHIPPED, Path("shipped")), 200, 100.0)
    with engine_of.connect() as connection:
        rows = connection.exec_driver_sql("SELECT call_id, decision FROM decisions").all()
    written = text(f"UPDATE decisions SET decision = {JSON[database.kind]} WHERE call_id = :id")  # noqa: S608
    with engine_of.begin() as connection:
        others = [{"id": name, "value": json.dumps(read(decision) | {"priority": 7})} for name, decision in rows]
        connection.execute(written, others)
    assert compare(StoredArchive(database.url), DiffQuestion(SHIPPED, SHIPPED), BEGIN, BEGIN + 100).different == 0
    assert compare(StoredArchive(database.url), DiffQuestion(SHIPPED, None), BEGIN, BEGIN + 100).different == 200
