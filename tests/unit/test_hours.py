"""Opening hours: time zones, the days when clocks change, holidays, the end of a day and of a week."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from ivr.domain.policy import Hours
from ivr.domain.routing.opening_hours import is_open
from ivr.policy import builder, schema


def hours(*, zone: str = "Europe/London", holidays: tuple[str, ...] = (), **days: list[str]) -> Hours:
    """Opening hours as a file says them; `saturday_monday=["…"]` is `saturday-monday`."""
    opened = {name.replace("_", "-"): periods for name, periods in days.items()}
    file = schema.HoursSchema.model_validate({"zone": zone, "open": opened, "holidays": list(holidays)})
    return Hours(file.zone, builder.periods(file), file.holidays)


def at(when: str, zone: str = "Europe/London") -> dt.datetime:
    """A moment in UTC, as the clocks there show it."""
    return dt.datetime.fromisoformat(f"{when}+00:00").astimezone(ZoneInfo(zone))


OFFICE = hours(monday_friday=["09:00-12:00", "13:00-17:30"], saturday=["10:00-13:00"])


@pytest.mark.parametrize(
    ("when", "is_it"),
    [
        ("2026-11-23 08:59:59", False), ("2026-11-23 09:00", True), ("2026-11-23 11:59:59", True),
        ("2026-11-23 12:00", False), ("2026-11-23 13:00", True), ("2026-11-23 17:29:59", True),
        ("2026-11-23 17:30", False), ("2026-11-28 10:00", True), ("2026-11-28 13:00", False),
        ("2026-11-29 11:00", False),
    ],
)  # fmt: skip
def test_a_period_begins_with_its_first_minute_and_ends_before_its_last(when: str, is_it: bool) -> None:
    assert is_open(OFFICE, at(when)) is is_it


@pytest.mark.parametrize(
    ("zone", "opens_utc"),
    [("Europe/London", "09:00"), ("Europe/Berlin", "08:00"), ("America/New_York", "14:00"), ("Asia/Kolkata", "03:30")],
)
def test_times_are_those_of_the_zone(zone: str, opens_utc: str) -> None:
    there = hours(zone=zone, monday=["09:00-17:00"])
    opens = dt.datetime.fromisoformat(f"2026-11-23 {opens_utc}+00:00")
    assert is_open(there, opens.astimezone(ZoneInfo(zone)))
    assert not is_open(there, (opens - dt.timedelta(minutes=1)).astimezone(ZoneInfo(zone)))


def test_when_it_is_monday_here_it_may_be_tuesday_there() -> None:
    there = hours(zone="Pacific/Auckland", tuesday=["08:00-10:00"])
    assert is_open(there, at("2026-11-23 19:30", "Pacific/Auckland"))


@pytest.mark.parametrize(
    ("when", "is_it"),
    [
        # 2026-03-29: 01:00 UTC is 02:00, not 01:00. The shop opens at 09:00 on the clock, an hour earlier in UTC.
        ("2026-03-28 08:30", False), ("2026-03-29 07:59", False), ("2026-03-29 08:00", True),
        # 2026-10-25: 01:00 UTC is 01:00 again.
        ("2026-10-24 08:00", True), ("2026-10-25 08:30", False), ("2026-10-25 09:00", True),
    ],
)  # fmt: skip
def test_clocks_that_change_change_nothing_on_the_clock(when: str, is_it: bool) -> None:
    assert is_open(hours(saturday_sunday=["09:00-17:00"]), at(when)) is is_it


def test_the_hour_that_there_is_twice_is_open_twice_and_the_one_that_there_is_not_never() -> None:
    night = hours(sunday=["01:00-02:00"])
    assert is_open(night, at("2026-10-25 00:30"))  # 01:30, summer time
    assert is_open(night, at("2026-10-25 01:30"))  # 01:30, winter time
    assert not any(is_open(night, at(f"2026-03-29 {hour:02}:30")) for hour in range(5))


def test_a_period_may_go_to_the_end_of_the_day_and_on_from_its_beginning() -> None:
    around_midnight = hours(friday=["22:00-24:00"], saturday=["00:00-02:00"])
    for when, is_it in (("27 21:59", False), ("27 22:00", True), ("27 23:59", True), ("28 00:00", True),
                        ("28 01:59", True), ("28 02:00", False), ("28 23:59", False)):  # fmt: skip
        assert is_open(around_midnight, at(f"2026-11-{when}")) is is_it


def test_days_may_go_over_the_end_of_the_week() -> None:
    weekend = hours(saturday_monday=["10:00-11:00"])
    assert list(weekend.open) == ["monday", "saturday", "sunday"]
    assert [is_open(weekend, at(f"2026-11-{day} 10:30")) for day in range(23, 30)] == [
        True, False, False, False, False, True, True,
    ]  # fmt: skip


def test_days_from_sunday_to_saturday_and_one_day_are_what_they_say() -> None:
    assert list(hours(sunday_saturday=["10:00-11:00"]).open) == list(hours(monday_sunday=["10:00-11:00"]).open)
    assert list(hours(friday_friday=["10:00-11:00"]).open) == ["friday"]


def test_periods_of_several_lines_add_up_in_order() -> None:
    both = hours(monday_tuesday=["13:00-17:00"], monday=["08:00-12:00"])
    assert both.open == {"monday": ((480, 720), (780, 1020)), "tuesday": ((780, 1020),)}


@pytest.mark.parametrize(
    ("when", "is_it"),
    [
        ("2026-12-25 10:00", False), ("2027-12-24 10:00", True), ("2026-12-24 10:00", False),
        ("2028-02-29 10:00", False), ("2026-12-23 10:00", True),
    ],
)  # fmt: skip
def test_holidays_are_of_every_year_or_of_one(when: str, is_it: bool) -> None:
    closed = hours(monday_sunday=["09:00-17:00"], holidays=("12-25", "2026-12-24", "02-29"))
    assert is_open(closed, at(when)) is is_it


def test_a_holiday_is_one_there() -> None:
    there = hours(zone="Pacific/Auckland", monday_sunday=["00:00-24:00"], holidays=("2026-12-25",))
    assert not is_open(there, at("2026-12-24 12:00", "Pacific/Auckland"))
    assert is_open(there, at("2026-12-25 12:00", "Pacific/Auckland"))
