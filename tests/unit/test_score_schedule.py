"""When scores are calculated: the times of a schedule, also where clocks are changed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from ivr.application.doctor import scores
from ivr.application.doctor.ports import ScoresInForce
from ivr.cli import app
from ivr.domain.scoring.schedule import PlannedRun, Schedule
from ivr.errors import FileError
from ivr.policy.scoring import schedule as times
from ivr.policy.scoring.check import check
from ivr.shipped_files import share
from tests.unit.test_doctor import DONE, FakeDatabase

LONDON = ZoneInfo("Europe/London")
HOUR = 3600.0
NIGHTLY = Schedule("30 3 * * *", "Europe/London", 6 * 3600)
SHIPPED = (share("dialplans") / "scoring.yaml").read_text(encoding="utf-8")
SCHEDULE = 'schedule: {cron: "30 3 * * *", zone: Europe/London, catch-up: 2 hours}\n'


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).timestamp()


def all_of(schedule: Schedule, begin: float, end: float) -> list[str]:
    """Every time as a service finds it that looks each ten minutes."""
    found, now, done = [], begin, begin
    while now < end:
        due = times.due(schedule, now, done)
        if due is not None:
            found.append(datetime.fromtimestamp(due, UTC).strftime("%d %H:%M"))
            done = due
        now += 600
    return found


def test_in_the_fold_of_autumn_a_time_comes_once() -> None:
    schedule = Schedule("30 1 * * *", "Europe/London", 6 * 3600)
    begin = at(2026, 10, 24, 0)
    assert all_of(schedule, begin, begin + 72 * HOUR) == ["24 00:30", "25 00:30", "26 01:30"]


def test_in_the_gap_of_spring_a_time_is_not_left_out() -> None:
    schedule = Schedule("30 1 * * *", "Europe/London", 6 * 3600)
    begin = at(2026, 3, 28, 0)
    found = all_of(schedule, begin, begin + 71 * HOUR)
    assert [day for day, _ in map(str.split, found)] == ["28", "29", "30"]


def test_the_next_times_are_in_the_zone() -> None:
    found = times.after(NIGHTLY, at(2026, 10, 24, 12), 3)
    assert found == [at(2026, 10, day, 3, 30) for day in (25, 26, 27)]


@pytest.mark.parametrize(
    ("hour", "done_hour", "due"),
    [
        (3.4, -20, None),
        (3.5, -20, 3.5),
        (9.4, -20, 3.5),
        (9.6, -20, None),  # too late to catch up
        (5, 3.5, None),  # it was begun
        (5, 4, None),  # somebody ran it by hand
    ],
)
def test_what_is_due(hour: float, done_hour: float, due: float | None) -> None:
    midnight = at(2026, 7, 1)
    found = times.due(NIGHTLY, midnight + hour * HOUR, midnight + done_hour * HOUR)
    assert found == (None if due is None else midnight + due * HOUR)


def test_of_many_missed_times_the_last_counts() -> None:
    hourly = Schedule("0 * * * *", "UTC", 6 * 3600)
    now = at(2026, 7, 1, 12, 30)
    assert times.due(hourly, now, 0.0) == now - HOUR / 2


@pytest.mark.parametrize(
    ("written", "part", "says"),
    [
        ('{cron: "30 3 * *", zone: UTC}', "cron", "five parts"),
        ('{cron: "0 30 3 * * *", zone: UTC}', "cron", "five parts"),
        ('{cron: "61 3 * * *", zone: UTC}', "cron", "write minute, hour"),
        ('{cron: "0 3 31 2 *", zone: UTC}', "cron", "write minute, hour"),
        ('{cron: "@daily", zone: UTC}', "cron", "five parts"),
        ('{cron: "30 3 * * *", zone: Europe/Londn}', "zone", "no time zone Europe/Londn"),
        ('{cron: "30 3 * * *", zone: UTC, catch-up: 6}', "catch-up", "6 hours"),
        ('{cron: "30 3 * * *", zone: UTC, catch-up: 90 hours}', "catch-up", "6 hours"),
        ('{cron: "30 3 * * *"}', "zone", "is missing"),
        ('{cron: "30 3 * * *", zone: UTC, at: 3}', "at", ""),
        ("daily", "schedule", ""),
    ],
)
def test_mistakes_in_a_schedule_have_their_place(written: str, part: str, says: str) -> None:
    text = f"{SHIPPED}schedule: {written}\n"
    (found,) = check(text, Path("x"))
    assert found.grade == "error"
    assert found.line == text.count("\n")
    assert part in found.problem
    assert says in found.problem
    with pytest.raises(FileError):
        times.read(Path("x"), text)


def test_check_prints_the_next_three_times(tmp_path: Path) -> None:
    assert times.read(Path("x"), SHIPPED) is None
    (tmp_path / "scoring.yaml").write_text(SHIPPED + SCHEDULE)
    assert times.of_folder(tmp_path) == Schedule("30 3 * * *", "Europe/London", 7200)
    assert times.of_folder(tmp_path / "none") is None
    said = CliRunner().invoke(app, ["score", "check", str(tmp_path)])
    assert said.exit_code == 0, said.output
    lines = [line for line in said.stderr.splitlines() if "calculated at" in line]
    assert len(set(lines)) == 3
    assert all(" 03:30+0" in line for line in lines)


class Folder:
    """A folder with a schedule, or one that cannot be read."""

    def __init__(self, schedule: Schedule | None = NIGHTLY, problem: str = "") -> None:
        self._schedule, self._problem = schedule, problem

    def schedule(self) -> Schedule | None:
        if self._problem:
            raise FileError(Path("scoring.yaml"), None, self._problem)
        return self._schedule


def examined(found: ScoresInForce, folder: Folder | None = None) -> tuple[bool, str, str]:
    where: Any = folder or Folder()
    verdict = scores.planned(FakeDatabase(runs=found), where, 5.0)
    assert verdict
    return verdict.ok, verdict.says, verdict.mend


def test_the_doctor_on_a_schedule() -> None:
    now = datetime.now(UTC).timestamp()
    recent, *_ = times.after(NIGHTLY, now - 24 * HOUR, 1)
    done = PlannedRun(recent, "done", "a", recent, recent, recent, "")
    good, says, _ = examined(ScoresInForce(DONE, DONE, done))
    assert good
    assert says.startswith("the next run is in ")
    failed = PlannedRun(recent, "failed", "a", recent, recent, recent, "all sources are away")
    good, says, mend = examined(ScoresInForce(DONE, DONE, failed))
    assert (good, "failed: all sources are away" in says, "ivr score run" in mend) == (0, 1, 1)
    missed = PlannedRun(recent - 3 * 86_400, "done", "a", 0.0, 0.0, 0.0, "")
    good, says, mend = examined(ScoresInForce(None, None, missed))
    assert (good, "nobody has run it" in says, "ivr serve" in mend) == (0, 1, 1)
    good, says, mend = examined(ScoresInForce(DONE, DONE, done, still=True))
    assert (good, "stands still" in says, "ivr score run" in mend) == (0, 1, 1)
    good, says, _ = examined(ScoresInForce(DONE, DONE), Folder(problem="no zone"))
    assert (good, "no zone" in says) == (0, 1)
    nothing: Any = Folder(None)
    assert scores.planned(FakeDatabase(), nothing, 5.0) is None
