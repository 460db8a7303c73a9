"""Planned runs on a real database: one service runs each, and takes over what another left."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.domain.scoring.runs import CustomerScore
from ivr.domain.scoring.schedule import PlannedRun
from ivr.service import score_schedule as service
from ivr.service.metrics import Metrics
from ivr.service.score_schedule import ScoreSchedule
from ivr.settings import Settings, load
from ivr.shipped_files import share
from ivr.store import score_schedule as store
from ivr.store import versions
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.score_schedule import STALE_SECONDS, DatabaseScoreSchedule
from ivr.store.version_query import SCORING
from tests.databases import Database

PLANNED = datetime(2026, 7, 1, 3, 30, tzinfo=UTC).timestamp()
HOUR = 3600.0
SCHEDULE = '\nschedule: {cron: "30 3 * * *", zone: UTC}\n'
# A run that marks that it began, and waits until it is told to go on.
RUN = """
import sys, time
from pathlib import Path
began, go, code = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
with began.open("a") as file:
    file.write("x")
while not go.exists():
    time.sleep(0.01)
print("orders: it is away")
sys.exit(code)
"""


def planned(engine: Engine) -> PlannedRun:
    found = store.newest(engine)
    assert found
    return found


def test_a_time_is_one_services(engine: Engine) -> None:
    """Many at once: one gets it."""
    names = [f"service {n}" for n in range(6)]
    gate, got = threading.Barrier(len(names)), []

    def claim(name: str) -> None:
        gate.wait()
        if DatabaseScoreSchedule(engine, name).claim(PLANNED, PLANNED):
            got.append(name)

    threads = [threading.Thread(target=claim, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    assert planned(engine).runner == got[0]


def test_while_one_goes_on_no_other_time_is_begun(engine: Engine) -> None:
    one, other = DatabaseScoreSchedule(engine, "one"), DatabaseScoreSchedule(engine, "other")
    assert one.claim(PLANNED, PLANNED)
    assert not other.claim(PLANNED + 60, PLANNED + 59)
    assert one.end(PLANNED, PLANNED + 60)
    assert not other.claim(PLANNED, PLANNED + 61)  # it is done
    assert other.claim(PLANNED + 60, PLANNED + 61)


def test_a_run_whose_heart_stopped_is_taken_over_once(engine: Engine) -> None:
    one, other = DatabaseScoreSchedule(engine, "one"), DatabaseScoreSchedule(engine, "other")
    third = DatabaseScoreSchedule(engine, "third")
    assert one.claim(PLANNED, PLANNED)
    assert one.beat(PLANNED, PLANNED + 50)
    assert other.take_over(PLANNED + 50 + STALE_SECONDS, 0.0) is None
    late = PLANNED + 51 + STALE_SECONDS
    assert other.take_over(late, 0.0) == PLANNED
    assert third.take_over(late, 0.0) is None
    assert not one.beat(PLANNED, late)
    assert not one.end(PLANNED, late)
    assert other.end(PLANNED, late + 1, "it\0 failed")
    found = planned(engine)
    assert (found.state, found.runner, found.why) == ("failed", "other", "it failed")


def test_what_was_left_is_taken_over_at_once_and_too_late_is_a_failure(engine: Engine) -> None:
    one, other = DatabaseScoreSchedule(engine, "one"), DatabaseScoreSchedule(engine, "other")
    assert one.claim(PLANNED, PLANNED)
    assert one.release(PLANNED)
    assert other.take_over(PLANNED + 1, 0.0) == PLANNED
    assert other.release(PLANNED)
    assert one.take_over(PLANNED + 2, PLANNED + 1) is None
    assert (planned(engine).state, planned(engine).why) == (
        "failed",
        "the service that ran it ended",
    )


def whole(engine: Engine, at: float) -> None:
    runs = DatabaseScoreRuns(engine, pause=lambda: None)
    number = runs.begin("s", "c", at)
    runs.write_rows(number, [CustomerScore("C0", 1.0, None, None, {})])
    runs.finish(number, at)


def test_after_a_rollback_it_stands_still_until_a_run(engine: Engine) -> None:
    assert not store.stands_still(engine)
    whole(engine, PLANNED)
    assert not store.stands_still(engine)
    DatabaseScoreRuns(engine, clock=lambda: PLANNED + 10).rollback()
    assert store.stands_still(engine)
    runs = DatabaseScoreRuns(engine, pause=lambda: None)
    runs.fail(runs.begin("s", "c", PLANNED + 20), "all is away", PLANNED + 21)
    assert store.stands_still(engine)
    whole(engine, PLANNED + 30)
    assert not store.stands_still(engine)


class Place:
    """Services on one database and folder, and runs that wait until they may end."""

    def __init__(self, folder: Path, settings: Settings, engine: Engine) -> None:
        self.folder, self.settings, self.engine = folder, settings, engine
        self.now = PLANNED + 60
        self.began, self.go = folder / "began", folder / "go"

    def service(self, code: int = 0) -> tuple[ScoreSchedule, Metrics]:
        metrics = Metrics()
        command = (sys.executable, "-c", RUN, str(self.began), str(self.go), str(code))
        made = ScoreSchedule(self.settings, self.engine, metrics, lambda: self.now, command)
        return made, metrics

    def count(self) -> int:
        return len(self.began.read_text()) if self.began.exists() else 0


async def until(condition: object, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


@pytest.fixture
def place(
    database: Database,
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Place]:
    text = (share("dialplans") / "scoring.yaml").read_text(encoding="utf-8")
    (tmp_path / "scoring.yaml").write_text(text + SCHEDULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_DATABASE_URL", database.url)
    monkeypatch.setenv("IVR_POLICY_DIR", str(tmp_path))
    monkeypatch.setattr(service, "BEAT_SECONDS", 0.05)
    yield Place(tmp_path, load(), engine)
    (tmp_path / "go").touch()


def figure(metrics: Metrics, name: str) -> float:
    found = metrics.registry.get_sample_value(name)
    assert found is not None
    return found


async def test_of_two_services_one_runs_it(place: Place) -> None:
    (one, figures), (other, _) = place.service(), place.service()
    both = asyncio.gather(one.once(), other.once())
    await until(place.count)
    await asyncio.to_thread(whole, place.engine, place.now)
    place.go.touch()
    assert sorted(await both) == [False, True]
    assert place.count() == 1
    assert planned(place.engine).state == "done"
    assert not await one.once()
    assert figure(figures, "ivr_score_run_failed") == 0
    assert figure(figures, "ivr_score_run_last_success_timestamp_seconds") == place.now
    assert figure(figures, "ivr_score_run_next_timestamp_seconds") == PLANNED + 24 * HOUR


@pytest.mark.parametrize(("code", "why"), [(2, "orders: it is away"), (0, "no run was done")])
async def test_a_failed_run_is_an_alarm_until_one_is_done(
    place: Place,
    code: int,
    why: str,
) -> None:
    place.go.touch()
    one, figures = place.service(code)
    assert await one.once()
    assert (planned(place.engine).state, planned(place.engine).why) == ("failed", why)
    assert figure(figures, "ivr_score_run_failed") == 1
    assert one.failed
    assert not await one.once()  # not again and again
    place.now += 60
    await asyncio.to_thread(whole, place.engine, place.now)
    assert not await one.once()
    assert (figure(figures, "ivr_score_run_failed"), one.failed) == (0, False)


async def test_a_missed_time_is_caught_up_with_and_not_too_late(place: Place) -> None:
    place.go.touch()
    one, _ = place.service(2)
    place.now = PLANNED + 6.5 * HOUR
    assert not await one.once()
    place.now = PLANNED + 5.5 * HOUR
    assert await one.once()


async def test_after_a_rollback_nothing_is_run(place: Place) -> None:
    await asyncio.to_thread(whole, place.engine, PLANNED - 24 * HOUR)
    DatabaseScoreRuns(place.engine, clock=lambda: PLANNED - 1).rollback()
    one, figures = place.service()
    assert not await one.once()
    assert figure(figures, "ivr_score_schedule_stands_still") == 1
    assert figure(figures, "ivr_score_run_next_timestamp_seconds") == 0
    assert place.count() == 0


async def test_a_service_that_ends_leaves_it_to_the_next(place: Place) -> None:
    one, _ = place.service()
    task = asyncio.create_task(one.once())
    await until(place.count)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert planned(place.engine).state == "running"
    place.go.touch()
    other, _ = place.service()
    assert await other.once()
    assert place.count() == 2


async def test_a_mistake_in_the_file_ends_nothing(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "LOOK_SECONDS", 0.01)
    (place.folder / "scoring.yaml").write_text("schedule: {cron: x, zone: y}\n")
    one, _ = place.service()
    task = asyncio.create_task(one.run())
    try:
        await asyncio.sleep(0)
        text = (share("dialplans") / "scoring.yaml").read_text(encoding="utf-8")
        (place.folder / "scoring.yaml").write_text(text + SCHEDULE, encoding="utf-8")
        await until(place.count)
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_published_schedule_counts_and_not_the_files(place: Place) -> None:
    path = place.folder / "scoring.yaml"
    text = path.read_text(encoding="utf-8")
    put_in_force = partial(versions.publish, place.engine, author="a", message="b", at=1.0)
    put_in_force(policy=text.replace(SCHEDULE, ""), agents="{}", of=SCORING)
    one, _ = place.service()
    assert not await one.once()  # the published one has none
    put_in_force(policy=text, agents="{}", of=SCORING)
    path.write_text(text.replace(SCHEDULE, ""), encoding="utf-8")
    place.go.touch()
    assert await one.once()
    assert place.count() == 1


# To start Python twice costs seconds.
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)]
# A service that is killed as a whole while its run goes on.
KILLED = """
import asyncio, sys
from pathlib import Path
from tests.contract.test_score_schedule import Place
from ivr.service import score_schedule as service
from ivr.settings import load
from ivr.store.engine import writer
settings = load()
place = Place(Path(sys.argv[1]), settings, writer(settings.database_url))
asyncio.run(place.service()[0].once())
"""


@pytest.mark.thorough
@pytest.mark.parametrize("database", DATABASES, indirect=True)
async def test_a_service_that_is_killed_is_followed_by_another(place: Place) -> None:
    root = Path(__file__).parents[2]
    process = subprocess.Popen(  # noqa: ASYNC220 - it begins at once
        [sys.executable, "-c", KILLED, str(place.folder)],
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    try:
        await until(place.count)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    place.go.touch()
    other, _ = place.service(2)
    assert not await other.once()  # its heart beat just now
    place.now += STALE_SECONDS + 1
    assert await other.once()
    assert place.count() == 2
    assert planned(place.engine).state == "failed"
