"""The service forgets old calls at night, if it is told to, and a failure harms nothing else."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ivr.errors import StoreError
from ivr.service import call_forgetting
from ivr.service.call_forgetting import CallForgetting, seconds_to_night
from ivr.settings import Settings
from ivr.store.call_forgetting import forget_old
from ivr.store.older_call_parts import write_older


def at(text: str) -> float:
    return dt.datetime.fromisoformat(text).timestamp()


def test_it_is_done_at_night_as_clocks_go_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    assert seconds_to_night(at("2026-12-01T01:30+01:00")) == 7200
    assert seconds_to_night(at("2026-12-01T03:30+01:00")) == 86_400
    assert seconds_to_night(at("2026-03-28T12:00+01:00")) == 14.5 * 3600  # an hour is left out
    monkeypatch.undo()
    time.tzset()


async def test_it_forgets_what_is_older_than_the_settings_say(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    async def aside(work: Callable[..., int], *arguments: object) -> int:
        asked.append((work, *arguments))
        if len(asked) > 1:
            raise StoreError("the database is away")
        return 3

    monkeypatch.setattr(call_forgetting, "aside", aside)
    url = f"sqlite:///{tmp_path}/ivr.db"
    forgetting = CallForgetting(Settings(database_url=url, keep_days=10), lambda: 1_000_000.0)
    assert await forgetting.once() == 3
    assert asked == [(forget_old, url, tmp_path / "number.key", 136_000.0)]
    assert await forgetting.once() == 0


async def test_without_a_limit_nothing_is_ever_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    async def aside(work: Callable[..., int], *_: object) -> int:
        done.append(work)
        return 0

    monkeypatch.setattr(call_forgetting, "aside", aside)
    monkeypatch.setattr(call_forgetting, "FIRST_SECONDS", 0.0)
    async with asyncio.timeout(5):
        await CallForgetting(Settings(), time.time).run()
    assert done == [write_older]
