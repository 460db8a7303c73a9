"""Whether an entry point is open: hours by weekday, holidays, the local time there."""

import datetime as dt
from zoneinfo import ZoneInfo

from ivr.domain.policy import WEEKDAYS, Hours


def is_open(hours: Hours, now: dt.datetime) -> bool:
    """Say whether it is open at this local time.

    A period ends before its last minute: 09:00-17:00 is closed at 17:00.
    """
    if is_holiday(hours, now.date().isoformat()):
        return False
    minute = now.hour * 60 + now.minute
    return any(begin <= minute < end for begin, end in hours.open.get(WEEKDAYS[now.weekday()], ()))


def is_holiday(hours: Hours, date: str) -> bool:
    """Say whether it is closed all of that day (ISO 8601)."""
    return date in hours.holidays or date[5:] in hours.holidays


def local_time(at: float, hours: Hours | None) -> dt.datetime:
    """Tell the time there. Without opening hours it is that of the machine."""
    utc = dt.datetime.fromtimestamp(at, dt.UTC)
    return utc.astimezone(ZoneInfo(hours.zone)) if hours else utc.astimezone()
