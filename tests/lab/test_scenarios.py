"""Scenarios on a real stack: the shipped ones that are quick, some that fail, and the command that plays them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ivr.lab.asterisk_install import AsteriskInstall, ensure_asterisk
from ivr.qa.calls import TestBench
from ivr.qa.scenarios import console, files
from ivr.qa.scenarios.files import ScenarioFile
from ivr.qa.scenarios.form import GivenCustomer
from ivr.qa.scenarios.lab_stack import LabStack
from ivr.qa.scenarios.result import ScenarioResult
from ivr.qa.scenarios.worker import perform
from ivr.shipped_files import share
from tests.conftest import until

pytestmark = pytest.mark.own

FOLDER = Path(__file__).parent.parent / "scenarios"
QUICK = [file for file in files.collect([FOLDER])[0] if "quick" in file.scenario.tags]
HERE = ("agents-by-number", "menu-trouble", "premium-before-general", "service-down", "transfer")
"""Those that are played in each `make test`; `make qa` plays all."""
LONGEST = 90  # seconds that a command may take


@pytest.fixture(scope="session")
def install() -> AsteriskInstall:
    return ensure_asterisk(lambda what, done: None)


@pytest.fixture(scope="session")
def stack(install: AsteriskInstall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabStack]:
    """One for all scenarios: each leaves it as it was."""
    stack = LabStack(tmp_path_factory.mktemp("stack"), install, share("dialplans"))
    try:
        asyncio.run(stack.open())
        yield stack
    finally:
        asyncio.run(stack.close())


def said(result: ScenarioResult) -> str:
    """Why a scenario did not pass, for pytest."""
    return "\n".join([result.why, *console.details(result)])


def changed(file: Path, old: str, new: str, folder: Path) -> Path:
    """A copy of a scenario, changed."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    copy = folder / file.name
    copy.write_text(text.replace(old, new), encoding="utf-8")
    return copy


# Scenarios -------------------------------------------------------------------------------------------


PLAYED = [pytest.param(file, id=file.name) for file in QUICK if file.name in HERE]


@pytest.mark.parametrize("file", PLAYED)
async def test_a_quick_scenario_is_as_expected(stack: LabStack, file: ScenarioFile, tmp_path: Path) -> None:
    result = await perform(stack, file, 1, tmp_path)
    assert result.verdict in ("passed", "warned"), said(result)
    assert {"decision", "SIP ladder", "AMI timeline", "queue_log", "service log"} <= set(result.evidence)


async def test_a_scenario_that_fails_says_what_was_so_and_leaves_its_evidence(stack: LabStack, tmp_path: Path) -> None:
    file = files.read(changed(FOLDER / "standard.yaml", "queue: general-queue", "queue: premium", tmp_path))
    result = await perform(stack, file, 1, tmp_path)
    assert result.verdict == "failed", said(result)
    (check,) = [check for _, check in result.all_checks() if check.verdict == "failed"]
    assert (check.what, check.expected, check.seen) == ("queue", "premium", "general-queue")

    def text(title: str) -> str:
        return (tmp_path / result.folder / result.evidence[title]).read_text(encoding="utf-8")

    (call,) = result.calls
    assert call.call_id is not None
    assert "no earlier segment fits, so standard" in text("decision")
    assert "INVITE sip:1000@" in text("SIP ladder")
    assert "CSeq" in text("SIP ladder")
    for words in ("QueueCallerJoin", "Application=AGI", "Message=hello"):
        assert words in text("AMI timeline")
    assert f"|{call.call_id}|general-queue|" in text("queue_log")
    assert f"call={call.call_id}" in text("service log")
    with wave.open(str(tmp_path / result.folder / result.evidence["what caller heard"])) as recording:
        assert recording.getframerate() == 8000
        sound = array("h", recording.readframes(recording.getnframes()))
    assert len(sound) > 8000 * 0.5
    assert max(map(abs, sound)) > 1000  # the greeting, of which a recording of nothing would have nothing


async def test_a_step_that_cannot_be_taken_fails(stack: LabStack, tmp_path: Path) -> None:
    path = tmp_path / "deaf.yaml"
    path.write_text(
        'scenario: x\ngiven: {agents: {others: {hangs up after: 0.3}}}\ncall: {from: "+12025550199"}\n'
        "steps: [wait for: agent, hear: no-such-sound, hang up]\n"
    )
    result = await perform(stack, files.read(path), 1, tmp_path)
    failed = [(check.what, check.seen) for _, check in result.all_checks() if check.verdict == "failed"]
    assert failed == [("step 2", "the call had ended")], said(result)


async def test_a_scenario_that_cannot_be_set_up_fails_with_the_reason_and_spoils_nothing(
    stack: LabStack, tmp_path: Path
) -> None:
    for number, (wrong, why) in enumerate(
        [
            ("agents: {zoe: busy}", "no agent's phone is called 'zoe' (there are: anna, ben, cleo, dora, others)"),
            ("files: {queue.conf: x}", "given files: there is no queue.conf (there are: agents.yaml, "),
            ('customers: [{id: a, phone: "12"}]', "given customers: "),
        ]
    ):
        path = tmp_path / f"wrong-{number}.yaml"
        path.write_text(f"scenario: x\ngiven: {{{wrong}}}\ncall: {{}}\n")
        result = await perform(stack, files.read(path), 1, tmp_path)
        assert result.verdict == "failed"
        assert result.why.startswith(why)
    good = await perform(stack, files.read(FOLDER / "premium.yaml"), 1, tmp_path)
    assert good.verdict in ("passed", "warned"), said(good)


# The command -----------------------------------------------------------------------------------------


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "ivr", "qa", *map(str, arguments)]


def ivr(*arguments: object, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("IVR_")} | settings
    return subprocess.run(
        command(*arguments), env=env, cwd=cwd, capture_output=True, text=True, check=False, timeout=LONGEST
    )


def processes_of(folder: Path) -> list[str]:
    """What still runs of a run whose stacks are in `folder`."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in told:
            left.append(told.replace(b"\0", b" ").decode(errors="replace")[:200])
    return left


@pytest.mark.alone  # or one worker has played everything before the other's lab is up
@pytest.mark.thorough
def test_two_workers_play_side_by_side_and_the_reports_say_what_failed(tmp_path: Path) -> None:
    bad = changed(FOLDER / "standard.yaml", "priority: 10\n", "priority: 11\n", tmp_path)
    told = ivr(
        "run", FOLDER / "abandon-waiting.yaml", FOLDER / "premium.yaml", bad, "-k", "a", "-j", 2, "--out", "qa",
        "--junit", "new/junit.xml", "--html", "new/report.html", cwd=tmp_path,
    )  # fmt: skip
    assert told.returncode == 1, told.stdout + told.stderr
    assert "1 failed, 2 passed" in told.stdout
    assert "expected  11" in told.stdout
    latest = tmp_path / "qa/latest"
    results = json.loads((latest / "results.json").read_text())
    assert [Path(scenario["file"]).name for scenario in results["scenarios"]] == [
        "abandon-waiting.yaml", "premium.yaml", "standard.yaml",
    ]  # fmt: skip
    assert {scenario["worker"] for scenario in results["scenarios"]} <= {1, 2}  # who is up first may have played all
    addresses = {path.read_text().partition('agi_host = "')[2][:12] for path in latest.glob("stacks/*/lab/ivr.toml")}
    assert len(addresses) == 2
    suites = ET.fromstring((tmp_path / "new/junit.xml").read_text())  # noqa: S314 - it is our own
    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("3", "1", "0")
    for report in (tmp_path / "new/report.html", latest / "report.html"):
        assert "1 of 3 scenarios failed" in report.read_text(encoding="utf-8")
    assert processes_of(latest.resolve()) == []
    assert list(latest.glob("stacks/*/lab/lab.json")) == []  # each lab was ended in order


async def _a_call(stack: LabStack) -> str:
    customer = {"id": "CUST-7", "name": "Private Person", "phone": "+442079460777", "value": 85, "need": 5}
    await stack.give((GivenCustomer.model_validate(customer),))
    async with TestBench(stack, stack.decision) as bench:
        report = await bench.call("+442079460777", "1000", talk=0.2)
        assert report.call_id is not None
        return report.call_id


@pytest.mark.thorough
def test_a_scenario_made_of_a_call_passes(stack: LabStack, tmp_path: Path) -> None:
    call_id = asyncio.run(_a_call(stack))
    home = str(stack._lab.state.settings_file)

    def made() -> subprocess.CompletedProcess[str]:
        return ivr("from-call", call_id, "--to", "made.yaml", cwd=tmp_path, IVR_SETTINGS=home)

    until(lambda: made().returncode == 0)  # its record may come a moment after it
    text = (tmp_path / "made.yaml").read_text()
    assert "outcome: answered" in text
    assert not any(own in text for own in ("CUST-7", "Private", "Person", "460777"))
    told = ivr("run", "made.yaml", "--out", "qa", cwd=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "1 passed" in told.stdout or "1 warned" in told.stdout


@pytest.mark.thorough
def test_the_example_to_begin_with_passes(tmp_path: Path) -> None:
    assert ivr("new", "example.yaml", cwd=tmp_path).returncode == 0
    told = ivr("run", "example.yaml", "--out", "qa", cwd=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.thorough
def test_ctrl_c_in_a_fault_ends_everything_and_the_report_is_written(tmp_path: Path) -> None:
    run = subprocess.Popen(
        command("run", FOLDER / "premium.yaml", FOLDER / "service-frozen.yaml", "--out", tmp_path / "qa"),
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert run.stdout is not None
        begun = run.stdout.readline() or run.stdout.readline()
        until(lambda: _stopped(tmp_path))
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of them
        out, err = run.communicate(timeout=LONGEST)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
    assert run.returncode == 2, begun + out + err
    assert "Traceback" not in err
    assert "interrupted: 1 " in out
    latest = (tmp_path / "qa/latest").resolve()
    results = json.loads((latest / "results.json").read_text())
    assert (results["interrupted"], len(results["scenarios"])) == (True, 1)
    assert "Interrupted: " in (latest / "report.html").read_text(encoding="utf-8")
    assert (latest / "junit.xml").exists()
    until(lambda: processes_of(tmp_path) == [])
    assert list(latest.glob("stacks/*/lab/lab.json")) == []


def _stopped(folder: Path) -> bool:
    """Whether the service of a run in `folder` has been frozen."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (
                str(folder).encode() in (process / "environ").read_bytes()
                and b"ivr.lab.serve" in (process / "cmdline").read_bytes()
            ):
                return (process / "stat").read_text().rpartition(")")[2].split()[0] == "T"
        except OSError:
            continue
    return False
