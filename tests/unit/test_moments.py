"""Times as people write them."""

import datetime as dt
import time
from collections.abc import Iterator

import pytest
import typer

from ivr.cli.moments import length, moment

NOW = dt.datetime(2026, 12, 2, 14, 30, tzinfo=dt.UTC).timestamp()  # a Wednesday


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("now", "2026-12-02T15:30"),
        ("30s", "2026-12-02T15:29:30"),
        ("90m", "2026-12-02T14:00"),
        ("12h", "2026-12-02T03:30"),
        ("2 hours", "2026-12-02T13:30"),
        ("2 hours ago", "2026-12-02T13:30"),
        ("1 DAY", "2026-12-01T15:30"),
        ("2w", "2026-11-18T15:30"),
        ("today", "2026-12-02T00:00"),
        ("yesterday", "2026-12-01T00:00"),
        ("yesterday 9:30", "2026-12-01T09:30"),
        ("09:30", "2026-12-02T09:30"),
        ("23:59", "2026-12-02T23:59"),
        ("wednesday", "2026-12-02T00:00"),
        ("wednesday 18:00", "2026-11-25T18:00"),
        ("Thursday", "2026-11-26T00:00"),
        ("2026-12-01", "2026-12-01T00:00"),
        ("2026-12-01T09:30", "2026-12-01T09:30"),
        ("2026-12-01 09:30:15", "2026-12-01T09:30:15"),
        ("2026-07-01", "2026-07-01T00:00"),  # in summer's time
        ("2026-12-01T09:30Z", "2026-12-01T10:30"),
    ],
)
def test_a_time_is_what_somebody_there_means(written: str, meant: str) -> None:
    assert moment(written, NOW) == dt.datetime.fromisoformat(meant).astimezone().timestamp()


NONE = ("", "soon", "25:00", "12", "-1h", "2026-13-01", "9999999w", "0001-01-01", "1h\0")


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_time_is_told_with_what_is(written: str) -> None:
    with pytest.raises(typer.BadParameter, match="write 12h, 7d"):
        moment(written, NOW)


def test_a_length() -> None:
    assert length("90d") == 90 * 86_400
    assert length("12 weeks") == 84 * 86_400
    with pytest.raises(typer.BadParameter, match="write 90d"):
        length("yesterday")
