"""Publishing a policy while calls come in: taken up within two seconds, taken back, and broken ones survived."""

import asyncio
import json
import socket
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr import settings
from ivr.agi import probe
from ivr.agi.request import AgiError
from ivr.domain.policy_version import version_of
from ivr.lab import ready
from ivr.lab.lab import AGI, Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.store.sqlite_file import path_of
from tests.conftest import until
from tests.decisions import values
from tests.lab.farm import recorded
from tests.lab.test_cli import ivr

pytestmark = [pytest.mark.alone, pytest.mark.thorough]

TWO_SECONDS = 2.5  # what the documentation promises, and a little for this machine
STANDARD = "+442079460002"  # value between 40 and 80
PREMIUM_AT = "    enter: [customer.value >= 80.0]\n    stay: [customer.value >= 75.0]"


@pytest.fixture(scope="module")
def metrics(lab: Lab) -> Iterator[int]:
    """The port on which the service shows its figures, for these tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    lab.state.process("service").stop()
    lab.start_service(settings={"IVR_METRICS_PORT": str(port)})
    ready.wait(lab.state)
    yield port
    lab.state.process("service").stop()
    lab.start_service()
    ready.wait(lab.state)


@pytest.fixture
def published(lab: Lab, tmp_path: Path, metrics: int) -> Iterator[None]:
    """Nothing is published after the test, as before it."""
    yield
    ivr(lab, "policy", "withdraw", "-m", "end of the test", cwd=tmp_path)
    until(lambda: in_force(lab) == of_files(lab), TWO_SECONDS)


def in_force(lab: Lab) -> str:
    said = probe.verdict(asyncio.run(probe.ask(lab.state.pbx, AGI, "check")))
    return said["policy"] if said else ""


def of_files(lab: Lab) -> str:
    read = ((lab.policy_dir / name).read_text() for name in ("policy.yaml", "agents.yaml"))
    return version_of(*read)


def folder(lab: Lab, home: Path, at: str) -> Path:
    """The lab's policy with another threshold for premium customers."""
    home.mkdir(exist_ok=True)
    for name in ("policy.yaml", "agents.yaml"):
        (home / name).write_text((lab.policy_dir / name).read_text())
    policy = home / "policy.yaml"
    assert PREMIUM_AT in policy.read_text()
    policy.write_text(policy.read_text().replace(PREMIUM_AT, f"    enter: [customer.value >= {at}]"))
    return home


async def publish(lab: Lab, tmp_path: Path, at: str) -> str:
    """Publish that, and wait until it is in force; returns the version."""
    where = folder(lab, tmp_path / at, at)
    told = await asyncio.to_thread(ivr, lab, "policy", "publish", str(where), "-m", f"premium at {at}", "--json",
                                   cwd=tmp_path)  # fmt: skip
    assert told.returncode == 0, told.stderr
    version = str(json.loads(told.stdout)["version"])
    began = time.monotonic()
    await asyncio.to_thread(until, lambda: in_force(lab) == version, TWO_SECONDS)
    assert time.monotonic() - began <= TWO_SECONDS
    return version


def figures(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        return str(answer.read().decode())


@pytest.mark.usefixtures("published")
async def test_what_is_published_is_in_force_within_two_seconds_until_it_is_taken_back(
    lab: Lab, bench: TestBench, tmp_path: Path, metrics: int
) -> None:
    version = await publish(lab, tmp_path, "40.0")
    report = await bench.call(STANDARD, "1000", talk=0.1)
    assert (report.segment, report.queue) == ("premium", "premium")
    assert f'version="{version}"' in figures(metrics)
    assert "ivr_policy_problem 0.0" in figures(metrics)
    assert 'ivr_decisions_total{action="queue",rule="premium"' in figures(metrics)
    explained = await asyncio.to_thread(ivr, lab, "explain", report.call_id or "", cwd=tmp_path)
    assert explained.returncode == 0, explained.stdout
    assert "deciding again gives the same decision" in explained.stdout
    assert "premium at 40.0" in explained.stdout

    await publish(lab, tmp_path, "95.0")
    back = await asyncio.to_thread(ivr, lab, "policy", "rollback", "-m", "too few", cwd=tmp_path)
    assert back.returncode == 0
    await asyncio.to_thread(until, lambda: in_force(lab) == version, TWO_SECONDS)
    report = await bench.call(STANDARD, "1000", talk=0.1)
    assert report.segment == "premium"


@pytest.mark.usefixtures("published")
async def test_a_call_in_the_menu_keeps_the_policy_that_it_began_with(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path
) -> None:
    placed = await bench.place(STANDARD, "1003")
    await bench.wait_for(lambda: any(played.sound == "ivr/menu-service" for played in bench.heard(placed)), 10)
    before = of_files(lab)
    version = await publish(lab, tmp_path, "40.0")
    await bench.carrier.request("PlayDTMF", Channel=placed.channel, Digit="2", Duration=60)
    await bench.wait_for(lambda: placed.connected, 15)
    later = await bench.call(STANDARD, "1003", talk=0.1)
    await bench.hang_up(placed)
    assert placed.history is not None
    record = await recorded(records, placed.history.call_id)
    assert record.call is not None
    assert record.decision is not None
    assert (record.call.asked, record.call.intent) == ("m", "2")
    assert values(record.decision, "policy_version segment") == (before, "standard")
    assert later.decision is not None
    assert (later.decision.trace.policy_version, later.segment) == (version, "premium")


@pytest.mark.usefixtures("published")
async def test_a_publication_that_cannot_be_used_leaves_the_last_good_one_at_work(
    lab: Lab, bench: TestBench, tmp_path: Path, metrics: int
) -> None:
    good = await publish(lab, tmp_path, "40.0")
    broken = "region: nowhere\n"
    version = version_of(broken, "agents: []\n")
    path = path_of(settings.load(lab.state.settings_file).database_url)
    assert path is not None
    with sqlite3.connect(path, timeout=10) as by_hand:
        by_hand.execute("INSERT INTO policy_versions VALUES (?, ?, 'agents: []\n', 1.0)", (version, broken))
        by_hand.execute(
            "INSERT INTO policy_publications (version, at, author, message, kind) VALUES (?, ?, 'x', ?, 'publish')",
            (version, time.time(), "by hand"),
        )
    by_hand.close()
    await asyncio.to_thread(until, lambda: "ivr_policy_problem 1.0" in figures(metrics), TWO_SECONDS)
    assert in_force_is(await probe.ask(lab.state.pbx, AGI, "check"), good)
    assert (await bench.call(STANDARD, "1000", talk=0.1)).segment == "premium"
    await asyncio.sleep(2)
    assert complaints(lab, version) == 1
    doctor = await asyncio.to_thread(ivr, lab, "doctor", cwd=tmp_path)
    assert doctor.returncode == 1
    (line,) = [line for line in doctor.stdout.splitlines() if line.startswith("BAD")]
    assert "published by x" in line
    assert f"the service works with {good}" in line

    # A service that starts now does not fall back to the files.
    lab.state.process("service").stop()
    lab.start_service(settings={"IVR_METRICS_PORT": str(metrics)})
    await asyncio.to_thread(until, lambda: answers(lab) == good, 15)


def complaints(lab: Lab, version: str) -> int:
    lines = Path(lab.state.process("service").log).read_text().splitlines()
    return sum(version in line and "policy not taken up" in line for line in lines)


def answers(lab: Lab) -> str:
    """As in_force, also while the service is starting."""
    try:
        return in_force(lab)
    except AgiError:
        return ""


def in_force_is(commands: list[str], version: str) -> bool:
    said = probe.verdict(commands)
    return said is not None and said["policy"] == version


@pytest.mark.usefixtures("published")
async def test_the_doctor_says_what_is_in_force(lab: Lab, tmp_path: Path) -> None:
    told = await asyncio.to_thread(ivr, lab, "doctor", cwd=tmp_path)
    assert f"version {of_files(lab)}, from the files in" in told.stdout
    version = await publish(lab, tmp_path, "40.0")
    told = await asyncio.to_thread(ivr, lab, "doctor", cwd=tmp_path)
    assert told.returncode == 0, told.stdout
    (line,) = [line for line in told.stdout.splitlines() if line[4:].startswith("policy")]
    assert f"version {version}, published by " in line
    assert "the files differ" in line


async def test_a_change_of_the_files_can_be_explained_later(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    report = await bench.call(STANDARD, "1000", talk=0.1)
    explained = await asyncio.to_thread(ivr, lab, "explain", report.call_id or "", "--json", cwd=tmp_path)
    data = json.loads(explained.stdout)
    assert data["again"] == {"same": True, "differs": [], "problem": ""}
    assert data["policy"]["publication"] is None
