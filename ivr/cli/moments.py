"""Times as people write them on a command line."""

import datetime as dt
import re

import typer

from ivr.domain.policy import WEEKDAYS

FORMS = "12h, 7d, 2w, 2 hours, yesterday, monday 10:00, 09:30, 2026-11-01 or 2026-11-01T09:30"
_DAY = 86_400.0
_UNITS = {
    "s": 1.0,
    "second": 1.0,
    "m": 60.0,
    "min": 60.0,
    "minute": 60.0,
    "h": 3600.0,
    "hour": 3600.0,
    "d": _DAY,
    "day": _DAY,
    "w": 7 * _DAY,
    "week": 7 * _DAY,
}
_LENGTH = re.compile(rf"([0-9]{{1,6}}) ?({'|'.join(_UNITS)})s?")
_CLOCK = "([01]?[0-9]|2[0-3]):([0-5][0-9])"
_ON_A_DAY = re.compile(rf"(today|yesterday|{'|'.join(WEEKDAYS)})?(?:(?:^| ){_CLOCK})?")


def moment(text: str, now: float) -> float:
    """Read a time that was, as Unix time; without a zone it is in that of this machine.

    A length of time is that long ago. A day by its name is the last one, and begins at midnight.
    Raises typer.BadParameter.
    """
    words = " ".join(text.lower().split())
    if ago := _length(words.removesuffix(" ago")):
        return max(0.0, now - ago)
    here = dt.datetime.fromtimestamp(now, dt.UTC).astimezone()
    if words == "now":
        return now
    if words and (day := _ON_A_DAY.fullmatch(words)):
        return _on_a_day(day[1] or "today", int(day[2] or 0), int(day[3] or 0), here)
    try:
        then = dt.datetime.fromisoformat(text.strip())
        return then.timestamp() if then.tzinfo else then.astimezone().timestamp()
    except (ValueError, OverflowError, OSError):
        raise typer.BadParameter(f"{text!r} is no time: write {FORMS}") from None


def length(text: str) -> float:
    """Read a length of time, in seconds. Raises typer.BadParameter."""
    if seconds := _length(" ".join(text.lower().split())):
        return seconds
    raise typer.BadParameter(f"{text!r} is no length of time: write 90d, 12 weeks or 36h")


def _length(words: str) -> float:
    found = _LENGTH.fullmatch(words)
    return int(found[1]) * _UNITS[found[2]] if found else 0.0


def _on_a_day(day: str, hour: int, minute: int, here: dt.datetime) -> float:
    days = {"today": 0, "yesterday": 1}.get(day)
    if days is None:
        days = (here.weekday() - WEEKDAYS.index(day)) % 7
    date = here.date() - dt.timedelta(days=days)
    then = dt.datetime.combine(date, dt.time(hour, minute)).astimezone()  # as clocks went then
    if day in WEEKDAYS and then > here:
        then = dt.datetime.combine(date - dt.timedelta(days=7), dt.time(hour, minute)).astimezone()
    return then.timestamp()
