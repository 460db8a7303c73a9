import time
from collections.abc import Iterator

from ivr.application.doctor.ports import AdminFolder, Database, ScoresInForce
from ivr.application.doctor.verdicts import Verdict
from ivr.domain.durations import length
from ivr.domain.scoring.metrics import DAY
from ivr.domain.scoring.runs import ScoreRun
from ivr.domain.scoring.schedule import Schedule
from ivr.errors import FileError, StoreError
from ivr.hanging_work import OverdueError, in_time
from ivr.policy.scoring import schedule as schedules

_ABOUT = "scores"
_PLANNED = "score schedule"
_LATE_SECONDS = 300.0  # that a planned run may begin later
_LONGEST_RUN_SECONDS = 6 * 3600.0  # one that is still under way after that was killed


def calculated(database: Database) -> Verdict:
    """Which run's scores count, how old they are, and whether the newest run came to its end."""
    now = time.time()
    try:
        found = database.scores()
    except StoreError as error:
        return Verdict(_ABOUT, False, str(error), "see the line `database`")
    newest = found.newest
    if newest is None:
        return Verdict(_ABOUT, True, "those that were given: there was no run yet")
    if newest.state == "failed":
        ago = _ago(newest.ended_at or newest.began_at, now)
        says = f"run {newest.run} failed {ago}: {newest.why}"
        mend = f"`ivr score show {newest.run}` says more; run it again when that is mended"
        return Verdict(_ABOUT, False, f"{says}; {_counts(found, now)}", mend, can_wait=True)
    if newest.state == "running" and now - newest.began_at > _LONGEST_RUN_SECONDS:
        ago = _ago(newest.began_at, now)
        says = f"run {newest.run} began {ago} and has not ended: was it killed?"
        mend = "run it again: that puts back what it left"
        return Verdict(_ABOUT, False, f"{says}; {_counts(found, now)}", mend, can_wait=True)
    wrong = list(_sources(found, now))
    if wrong:
        number = found.run.run if found.run else 0
        mend = f"`ivr score inventory` reads the sources anew, `ivr score show {number}` says more"
        says = "; ".join([*wrong, _counts(found, now)])
        return Verdict(_ABOUT, False, says, mend, can_wait=True)
    return Verdict(_ABOUT, True, f"{_counts(found, now)}{_besides(newest, now)}")


def planned(database: Database, folder: AdminFolder, seconds: float) -> Verdict | None:
    """Say whether the schedule of the scoring in force is kept; None where there is none."""
    try:
        text = database.published_scoring()
    except StoreError:
        text = None  # the line of the database says so
    try:
        schedule = _published(text) if text is not None else in_time(folder.schedule, seconds)
    except FileError as error:
        mend = "`ivr score check` says where"
        return Verdict(_PLANNED, False, str(error), mend, can_wait=True)
    except OverdueError:
        return None  # the policy's line says that the folder hangs
    if schedule is None:
        return None
    try:
        found = database.scores()
    except StoreError:
        return None  # the line of the scores says so
    return _kept_to(schedule, found, time.time())


def _published(text: str) -> Schedule | None:
    return schedules.read(schedules.PUBLISHED, text)


def _kept_to(schedule: Schedule, found: ScoresInForce, now: float) -> Verdict:
    run, last = found.run, found.planned
    if found.still:
        says = "it stands still, because a run was taken back"
        mend = "when the cause is mended: `ivr score run`, and it goes on"
        return Verdict(_PLANNED, False, says, mend, can_wait=True)
    by_hand = run is not None and last is not None and run.began_at > last.planned_at
    if last is not None and last.state == "failed" and not by_hand:
        says = f"the run that was planned {_ago(last.planned_at, now)} failed: {last.why}"
        mend = "the scores before it count. Mend that, then `ivr score run`"
        return Verdict(_PLANNED, False, says, mend, can_wait=True)
    done = max(last.planned_at if last else 0.0, run.began_at if run else 0.0)
    first, *_ = schedules.after(schedule, done or now - _LATE_SECONDS, 1)
    if first < now - _LATE_SECONDS:
        says = f"a run was planned {_ago(first, now)}, and nobody has run it"
        mend = "is `ivr serve` running, with this database and folder? Until then: `ivr score run`"
        return Verdict(_PLANNED, False, says, mend, can_wait=True)
    following, *_ = schedules.after(schedule, now, 1)
    return Verdict(_PLANNED, True, f"the next run is in {length(following - now)}")


def _sources(found: ScoresInForce, now: float) -> Iterator[str]:
    """Name the sources that failed in the run that counts, or are older than they may be."""
    for each in found.run.sources if found.run else ():
        age = "it was never read"
        if each.as_of is not None:
            age = f"its data is of {_ago(each.as_of, now)}"
        if each.error:
            yield f"source {each.name} failed ({each.error}): {age}"
        elif each.oldest and each.newest is not None and now - each.newest > each.oldest * DAY:
            oldest = f"{_ago(each.newest, now)}, and may be {each.oldest:,} days old"
            yield f"source {each.name}: the newest row is of {oldest}"


def _counts(found: ScoresInForce, now: float) -> str:
    if found.run is None:
        return "those that were given count"
    run = found.run
    return f"those of run {run.run} count, {_ago(run.began_at, now)}, {run.customers:,} customers"


def _besides(newest: ScoreRun, now: float) -> str:
    if newest.state == "running":
        return f"; run {newest.run} is under way, for {length(max(now - newest.began_at, 0.0))}"
    return f"; run {newest.run} was withdrawn" if newest.state == "withdrawn" else ""


def _ago(at: float, now: float) -> str:
    return f"{length(max(now - at, 0.0))} ago"
