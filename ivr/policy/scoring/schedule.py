"""When a schedule's times are: cron, in a time zone, also where clocks are put back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import ValidationError

from ivr import regular_files
from ivr.domain.scoring.schedule import Schedule
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES
from ivr.policy.scoring.schema import ScheduleSchema, ScoringFile
from ivr.policy.texts import SCORING
from ivr.policy.yaml_file import Document, names_of

PUBLISHED = Path("the published scoring")  # in messages
PARTS = 5  # minute, hour, day of the month, month, day of the week
_MOST_TIMES = 10_000


def wrong(given: ScheduleSchema) -> Iterator[tuple[str, str]]:
    """Say what is wrong with it: in which part, and what."""
    problem = _wrong_cron(given.cron)
    if problem:
        yield "cron", problem
    if not is_zone(given.zone):
        yield "zone", f"there is no time zone {given.zone}: write it as Europe/London"


def is_zone(zone: str) -> bool:
    """Whether there is such a time zone."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def made(given: ScheduleSchema) -> Schedule:
    """Return what it means."""
    hours = int(given.catch_up.partition(" ")[0])
    return Schedule(given.cron, given.zone, hours * 3600)


def read(path: Path, text: str) -> Schedule | None:
    """Return the schedule in the text of scoring.yaml, without a look at the rest of it.

    None where there is none. Raises FileError for a mistake in it.
    """
    document = Document(path, text, names=names_of(ScoringFile))
    given = document.data.get("schedule") if isinstance(document.data, dict) else None
    if given is None:
        return None
    try:
        schema = ScheduleSchema.model_validate(given)
    except ValidationError as error:
        raise FileError(path, None, f"schedule: {error.errors()[0]['msg']}") from None
    for part, problem in wrong(schema):
        raise document.error(("schedule", part), f"schedule.{part}: {problem}")
    return made(schema)


def of_folder(folder: Path) -> Schedule | None:
    """Return the schedule of the scoring.yaml there; None without either. Raises FileError."""
    path = folder / SCORING
    if not path.exists():
        return None
    return read(path, regular_files.text(path, LARGEST_TEXT_BYTES, folder))


def _wrong_cron(cron: str) -> str:
    mend = 'write minute, hour, day, month and day of the week, like "30 3 * * *"'
    if len(cron.split()) != PARTS:
        return f"a schedule has five parts: {mend}"
    try:
        next(CronSim(cron, datetime(2026, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        return f"{str(error).lower()}: {mend}"
    except StopIteration:
        return f"there is no such day: {mend}"
    return ""


def after(schedule: Schedule, at: float, count: int) -> list[float]:
    """Return the next `count` times after Unix time `at`."""
    return [each.timestamp() for each in islice(_times(schedule, at), count)]


def due(schedule: Schedule, now: float, done: float) -> float | None:
    """Return the last time up to `now` that is not too long ago, and later than `done`, if any."""
    last = None
    begin = max(now - schedule.catch_up, done)
    for each in islice(_times(schedule, begin), _MOST_TIMES):
        at = each.timestamp()
        if at > now:
            break
        if at > begin:
            last = at
    return last


def _times(schedule: Schedule, at: float) -> CronSim:
    return CronSim(schedule.cron, datetime.fromtimestamp(at, ZoneInfo(schedule.zone)))
