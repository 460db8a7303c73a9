"""Files on a network drive that is away: nothing of the service waits for them for good, and SIGTERM ends it."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import structlog
from prometheus_client import generate_latest

from ivr.application import active_policy
from ivr.application.active_policy import ActivePolicy
from ivr.application.doctor.examination import examine
from ivr.application.doctor.ports import ServiceState
from ivr.errors import FileError
from ivr.hanging_work import Looks, OverdueError, in_time
from ivr.policy import loader
from ivr.service import doctor, policy_watch
from ivr.service.doctor_adapters import ProbedService
from ivr.service.metrics import Metrics
from ivr.service.policy_watch import PolicyWatch
from ivr.settings import Settings
from ivr.shipped_files import share
from tests.conftest import until
from tests.unit.test_published import Database

pytestmark = pytest.mark.abuse


class Drive:
    """What a folder is on; while it is `away`, whoever reads hangs."""

    def __init__(self) -> None:
        self.back = threading.Event()
        self.back.set()
        self.reads = 0

    def load(self, *arguments: object) -> loader.Bundle:
        self.reads += 1
        self.back.wait(30)
        return _load(*arguments)  # type: ignore[arg-type]

    def away(self) -> None:
        self.back.clear()


_load = loader.load


@pytest.fixture
def drive(monkeypatch: pytest.MonkeyPatch) -> Drive:
    made = Drive()
    monkeypatch.setattr(loader, "load", made.load)
    return made


async def test_a_look_that_hangs_is_told_and_costs_nothing_else(
    drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_watch, "SECONDS", 0.02)
    monkeypatch.setattr(policy_watch, "PATIENCE", 0.1)
    folder = Path(shutil.copytree(share("dialplans"), tmp_path / "dialplans"))
    policies, metrics, changes = ActivePolicy(folder, Database(), tmp_path / "published.json"), Metrics(), list[str]()

    def changed() -> None:
        changes.append(policies.policy().version)

    looking = PolicyWatch(policies, metrics, changed)
    before = policies.bundle
    task = asyncio.create_task(looking.run())
    try:
        drive.away()
        reads = drive.reads
        (folder / "agents.yaml").write_text((folder / "agents.yaml").read_text() + "# changed\n")
        with structlog.testing.capture_logs() as logged:
            await reached(lambda: looking.overdue > 0.3)
            figures = generate_latest(metrics.registry).decode()
            assert "ivr_policy_problem 1.0" in figures
            assert "ivr_policy_look_overdue_seconds 0.0" not in figures
            assert policies.bundle is before
            assert drive.reads == reads + 1  # one look hangs, and no second one is begun
            drive.back.set()
            await reached(lambda: changes)
        assert looking.overdue == 0.0
        told = [line["event"] for line in logged]
        assert told.count("policy not looked at: the last good version stays") == 1
        assert told.count("policy looked at again") == 1
        await reached(lambda: "ivr_policy_look_overdue_seconds 0.0" in generate_latest(metrics.registry).decode())
    finally:
        task.cancel()


async def reached(condition: object) -> None:
    deadline = time.monotonic() + 10
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


def test_a_service_does_not_start_without_its_files_and_says_why(
    drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_policy, "START_SECONDS", 0.1)
    drive.away()
    with pytest.raises(FileError, match="is it on a network drive that is away"):
        ActivePolicy(share("dialplans"), Database(), tmp_path / "published.json")
    drive.back.set()


class WaitingService(ProbedService):
    """It answers, and has waited for its policy folder for a while."""

    async def state(self) -> ServiceState:
        return ServiceState("x", database_answers=True, contract=self.contract, overdue="17")


async def test_the_doctor_says_it_and_does_not_wait(drive: Drive) -> None:
    drive.away()
    settings = Settings(policy_dir=share("dialplans"), database_url="sqlite:////nonexistent/ivr.db", agi_port=1)
    ports = replace(doctor.ports(settings), file_seconds=0.1, first_snapshot_seconds=0.1)
    policy = await anext(examine(ports))
    assert not policy.ok
    drive.back.set()
    ports = replace(ports, service=WaitingService(settings))
    found = {each.about: each async for each in examine(ports)}
    assert not found["policy folder"].ok
    assert "17 s" in found["policy folder"].says


def test_what_comes_back_in_time_is_as_if_called() -> None:
    assert in_time(lambda: 7, 5) == 7
    with pytest.raises(ZeroDivisionError):
        in_time(lambda: 1 // 0, 5)

    async def twice() -> None:
        looks = Looks(lambda: 1 // 0)
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await looks.look(5)

    asyncio.run(twice())


async def test_a_look_that_hangs_is_waited_for_again_and_not_begun_again() -> None:
    back, begun = threading.Event(), list[float]()

    def work() -> str:
        begun.append(time.monotonic())
        back.wait(30)
        return "here"

    looks = Looks(work)
    for _ in range(3):
        with pytest.raises(OverdueError):
            await looks.look(0.02)
    back.set()
    assert await looks.look(10) == "here"
    assert len(begun) == 1


HANGING = """
import sys, threading
from pathlib import Path
from ivr.service import app
from ivr.policy import loader
from ivr.settings import Settings
from ivr.application import active_policy
real, forever = loader.load, threading.Event()
if sys.argv[1] == "later":
    def stamps(self):
        print("hangs", file=sys.stderr, flush=True)
        forever.wait()
    read = loader.Files.refresh
    loader.Files.refresh = stamps
elif sys.argv[1] == "thread":
    import asyncio
    def upgrade(engine):
        print("hangs", file=sys.stderr, flush=True)
        forever.wait()
    app.migrate.upgrade = upgrade
    app.LAST_RESORT_SECONDS = 1.0
else:
    def load(*_):
        print("hangs", file=sys.stderr, flush=True)
        forever.wait()
    loader.load = load
    active_policy.START_SECONDS = 60.0
home = Path(sys.argv[2])
app.serve(Settings(database_url=f"sqlite:///{home}/ivr.db", policy_dir=Path(sys.argv[3]), agi_port=int(sys.argv[4])))
"""


@pytest.mark.thorough
@pytest.mark.parametrize("when", ["start", "later", "thread"])
def test_sigterm_ends_a_service_whose_files_hang(tmp_path: Path, when: str, unused_port: int) -> None:
    told = tmp_path / "told"
    command = [sys.executable, "-c", HANGING, when, str(tmp_path), str(share("dialplans")), str(unused_port)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("IVR_")}
    with told.open("wb") as errors, subprocess.Popen(command, stderr=errors, env=env) as service:
        try:
            until(lambda: "hangs" in told.read_text(), 60)
            if when != "start":
                until(lambda: "serving" in told.read_text(), 60)
            service.send_signal(signal.SIGTERM)
            service.wait(30)
        finally:
            service.kill()
    assert service.returncode in ({0} if when == "later" else {-signal.SIGTERM, 1})


@pytest.fixture
def unused_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
