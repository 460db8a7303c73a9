"""The service keeps a snapshot; when it cannot, that shows."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from sqlalchemy import Engine
from structlog.testing import capture_logs

from ivr.application.doctor.snapshot import age
from ivr.domain.customers import Found
from ivr.service import app, doctor, snapshot_keeper
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store import snapshot
from ivr.store.snapshot import Snapshot
from tests.conftest import until
from tests.contract.test_store import NUMBER, add
from tests.databases import Database

PATIENCE = 30  # seconds


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database.url, policy_dir=share("dialplans"), snapshot_path=tmp_path / "snapshot.db", agi_port=0
    )


@pytest.fixture
async def keeping(settings: Settings, engine: Engine, tries: list[None]) -> AsyncIterator[app.Service]:
    service = app.Service(settings)
    task = asyncio.create_task(service.snapshots.run())
    yield service
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    service.customers.close()
    service.snapshot.close()
    service.customers_in_memory.close()
    service.pins.close()
    service._asking.dispose()
    service._engine.dispose()


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One for each time that the service has tried to take it.

    It is done here, and not in a process that makes way for all others: on a busy machine that takes minutes.
    """
    told: list[None] = []

    async def counted(work: Callable[..., int], *arguments: object) -> int:
        try:
            return await asyncio.to_thread(work, *arguments)
        finally:
            told.append(None)

    monkeypatch.setattr(snapshot_keeper, "aside", counted)
    monkeypatch.setattr(snapshot_keeper, "DATABASE_AGAIN_SECONDS", 0.1)
    return told


def figure(service: app.Service, name: str) -> float:
    shown = generate_latest(service.metrics.registry).decode().splitlines()
    return next(float(line.split()[1]) for line in shown if line.startswith(f"{name} "))


async def test_it_is_taken_as_soon_as_it_can_be(
    keeping: app.Service, settings: Settings, engine: Engine, tries: list[None]
) -> None:
    assert settings.snapshot_path
    with capture_logs() as logs:
        await asyncio.to_thread(until, lambda: len(tries) >= 2, PATIENCE)  # there is nobody in the database
        assert figure(keeping, "ivr_snapshot_problem") == 1
        assert figure(keeping, "ivr_snapshot_timestamp_seconds") == 0
        add(engine, "C1", NUMBER)
        await asyncio.to_thread(until, lambda: not figure(keeping, "ivr_snapshot_problem"), PATIENCE)
    assert figure(keeping, "ivr_snapshot_timestamp_seconds") == pytest.approx(time.time(), abs=PATIENCE)
    warned = [each for each in logs if each["event"].startswith("snapshot not taken")]
    assert len(warned) == 1
    assert "nobody in the database" in warned[0]["why"]
    known = Snapshot(settings.snapshot_path, deadline=5)
    assert isinstance(await known.find(NUMBER), Found)
    known.close()


async def said(settings: Settings) -> doctor.Verdict:
    return await age(doctor.ports(settings), served=False)


async def test_the_doctor_says_how_old_it_is(settings: Settings, engine: Engine) -> None:
    assert settings.snapshot_path
    assert (await said(settings)).says == "none: there are no customers in the database yet"
    add(engine, "C1", NUMBER)
    missing = await said(settings)
    assert (missing.ok, str(settings.snapshot_path) in missing.says) == (False, True)
    snapshot.take(engine, settings.snapshot_path)
    good = await said(settings)
    assert good.ok
    assert good.says.endswith(" old")
    snapshot.take(engine, settings.snapshot_path, lambda: time.time() - 3 * 3600)
    old = await said(settings)
    assert (old.ok, old.says) == (False, f"{settings.snapshot_path}: 3 hours old")


async def test_the_doctor_waits_a_moment_for_a_service_that_just_began(settings: Settings, engine: Engine) -> None:
    assert settings.snapshot_path
    add(engine, "C1", NUMBER)
    asked = asyncio.create_task(age(doctor.ports(settings), served=True))
    await asyncio.sleep(0.2)
    assert not asked.done()
    await asyncio.to_thread(snapshot.take, engine, settings.snapshot_path)
    assert (await asked).ok
