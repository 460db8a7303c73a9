"""`ivr-agi`, the program that Asterisk starts for each call, in place of the service."""

import asyncio
import contextlib
import json
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from ivr.lab import ready
from ivr.lab.lab import AGI, Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.call_report import Report
from ivr.qa.calls import TestBench
from tests.conftest import until
from tests.decisions import changed
from tests.lab.test_hostile_callers import hostile_call

pytestmark = pytest.mark.alone

PREMIUM, STANDARD, UNKNOWN = "+442079460001", "+442079460002", "+12025550199"
TRIES = 4  # on a busy machine one may be late, and the dialplan goes on without it
SKIPPED_SECONDS = 3.0  # by the dialplan, after a request that hung
Program = Callable[..., Path]


@pytest.fixture
def program(lab: Lab, tmp_path: Path) -> Program:
    """Make Asterisk start `ivr-agi` for each call, with the lab's settings, some of them changed."""

    def use(before: str = "", **changed: object) -> Path:
        settings, script = tmp_path / "classic.toml", tmp_path / "ivr-agi"
        values = "".join(f"{name} = {json.dumps(value)}\n" for name, value in changed.items())
        kept = (line for line in lab.state.settings_file.read_text().splitlines() if line.split(" ")[0] not in changed)
        settings.write_text(values + "\n".join(kept) + "\n")
        own = f'{sys.executable} -m ivr.service.classic_agi --settings {settings} "$@" 2>>{tmp_path}/stderr'
        script.write_text(f"#!/bin/sh\n{before}\nexec {own}\n")
        script.chmod(0o755)
        lab.cli(f"dialplan set global IVR_AGI {script}")
        return settings

    return use


@pytest.fixture(scope="module", autouse=True)
def alone(lab: Lab) -> Iterator[None]:
    """The service is stopped; afterwards it answers again."""
    lab.state.process("service").stop()
    try:
        yield
    finally:
        lab.cli(f"dialplan set global IVR_AGI agi://{lab.state.pbx}:{AGI}/route")
        lab.start_service()
        ready.wait(lab.state)


@pytest.fixture(autouse=True)
def asked(lab: Lab) -> Iterator[None]:
    """Whatever became of this test's program, the next one is asked."""
    yield
    ask_again(lab)


def ask_again(lab: Lab) -> None:
    """After a late answer, the dialplan skips the program for a while."""
    lab.cli('dialplan set global IVR_SKIP_UNTIL ""')


async def in_time(lab: Lab, call: Callable[[], Awaitable[Report]]) -> Report:
    """A call for which the program was quick enough."""
    for _ in range(TRIES):
        report = await call()
        if report.history and report.history.tier == "live":
            return report
        ask_again(lab)
    raise AssertionError(f"late {TRIES} times: {report}")


def processes(settings: Path) -> list[int]:
    """The programs that run with these settings."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(settings).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


async def test_it_takes_the_same_decision_as_the_service(
    lab: Lab, bench: TestBench, records: AwaitedRecords, program: Program, tmp_path: Path
) -> None:
    lab.start_service()
    await ready.until_ready(lab.state)
    callers = [(PREMIUM, False), (STANDARD, False), (UNKNOWN, False), (PREMIUM, True)]
    asked = [await bench.call(caller, "1000", withhold=withhold, talk=0.1) for caller, withhold in callers]
    lab.state.process("service").stop()
    with contextlib.closing(sqlite3.connect(Path(lab.state.home) / "ivr.db")) as database, database:
        database.execute("DELETE FROM calls")  # or they would all be repeat callers
    program()
    for (caller, withhold), other in zip(callers, asked, strict=True):
        report = await in_time(lab, lambda c=caller, w=withhold: bench.call(c, "1000", withhold=w, talk=0.1))  # type: ignore[misc]
        assert report.call_id is not None
        assert report.decision is not None, f"not recorded: {(tmp_path / 'stderr').read_text()}"
        assert other.decision is not None
        ours, theirs = (changed(d, call_id="", facts={}) for d in (report.decision, other.decision))
        assert ours == theirs  # but for the facts: time has gone on
        assert [display.shows for display in report.displays] == [display.shows for display in other.displays]
        assert report.queue == other.queue
        record = records.find(report.call_id)
        assert record is not None
        assert record.call is not None
        assert (record.call.dialled, record.call.withheld) == ("1000", withhold)


async def test_without_its_database_the_caller_is_served(
    lab: Lab, hasty: TestBench, program: Program, tmp_path: Path
) -> None:
    lab.cli(f"database del ivr-remember {PREMIUM}")
    (tmp_path / "broken.db").write_bytes(b"no database" * 1000)
    program(database_url=f"sqlite:///{tmp_path}/broken.db", snapshot_path=f"{tmp_path}/no-snapshot.db")
    report = await hasty.call(PREMIUM, "1000", talk=0.1)
    assert (report.queue, report.priority, report.segment) == ("general-queue", 10, None)
    assert report.history is not None
    assert report.history.tier in ("default", "dialplan")
    assert all(line.startswith("ivr-agi: ") for line in (tmp_path / "stderr").read_text().splitlines())


@pytest.mark.parametrize("before", ["", "exit 1", "sleep 5", "echo 'VERBOSE x'; read x; exit 0", "kill -9 $$"])
async def test_whatever_becomes_of_it_the_dialplan_goes_on_within_two_seconds(
    lab: Lab, bench: TestBench, program: Program, tmp_path: Path, before: str
) -> None:
    lab.cli(f"database del ivr-remember {PREMIUM}")
    program(before, policy_dir=str(tmp_path / "nowhere"), snapshot_path=str(tmp_path / "snapshot.db"))
    report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert (report.queue, report.priority, report.segment) == ("general-queue", 10, None)
    assert report.history is not None
    assert report.history.tier == "dialplan"
    assert report.to_queue_seconds is not None
    assert report.to_queue_seconds < 2
    if not before:
        (line,) = (tmp_path / "stderr").read_text().splitlines()
        assert line.startswith("ivr-agi: ")
        assert "policy.yaml" in line or "no answer in time" in line


async def test_after_one_that_hung_the_program_is_asked_again(lab: Lab, bench: TestBench, program: Program) -> None:
    """The probe, which asks a service in a caller's place, cannot ask a program: a caller does."""
    program("sleep 5")
    hung = await bench.call(STANDARD, "1000", talk=0.1)
    assert hung.history is not None
    assert hung.history.tier != "live"
    program()
    for _ in range(TRIES):
        await asyncio.sleep(SKIPPED_SECONDS)
        report = await bench.call(STANDARD, "1000", talk=0.1)
        if report.history and report.history.tier == "live":
            break
    assert report.segment == "standard"


async def test_a_caller_who_hangs_up_leaves_no_program_behind(lab: Lab, bench: TestBench, program: Program) -> None:
    settings = program("sleep 0.3")
    asked = bench.asked
    placed = await bench.place(STANDARD, "1000")
    await bench.wait_for(lambda: bench.asked > asked, 5)
    await bench.hang_up(placed)
    await asyncio.to_thread(until, lambda: not processes(settings))
    program()
    assert (await in_time(lab, lambda: bench.call(STANDARD, "1000", talk=0.1))).queue == "general-queue"
    await asyncio.to_thread(until, lambda: not processes(settings))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "caller", [quote('1\nagi_callerid: +442079460001\nagi_arg_1: "\n\n'), quote('",IVR_QUEUE=premium,"'), "9" * 300]
)
async def test_a_hostile_caller_id_is_only_digits_to_it(
    lab: Lab, bench: TestBench, program: Program, tmp_path: Path, caller: str
) -> None:
    program()
    for _ in range(TRIES):
        seen = await hostile_call(lab, bench, tmp_path, caller=caller)
        assert seen.history.queue == "general-queue"
        if seen.history.tier == "live":
            break
        ask_again(lab)
    assert seen.history.tier == "live"
    assert set(seen.history.caller_number) <= set("0123456789+")
