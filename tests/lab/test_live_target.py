"""`ivr qa run --target HOST`: what test calls on a system that real callers use may do, and what not."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.qa.scenarios import prompt_recognition
from ivr.qa.scenarios.sounds import converted
from tests.lab.farm import edited, in_force, only_these_agents

pytestmark = [pytest.mark.shared, pytest.mark.thorough]

TESTER = "+12025550190"
MARKS = f"""test:
  callers: ["{TESTER}"]
  dialled: ["1000"]
  per-minute: 600
"""
SCENARIO = f"""scenario: a test call reaches an agent
call: {{from: "{TESTER}", to: 1000}}
steps:
  - hear: hello
  - wait for: agent
  - hang up
expect:
  outcome: answered
  queue: general-queue
  hears: hello
"""


@pytest.fixture
def only_the_pbx(lab: Lab) -> Iterator[Lab]:
    """The lab's carrier is away: the tests' own takes its address, as one on another machine would have its own.

    Its phones are away with it; the carrier of the tests has phones of the same names.
    """
    lab.state.process("carrier").stop()
    yield lab
    lab.up()
    ready.wait(lab.state)


def qa_run(lab: Lab, folder: Path, text: str = SCENARIO, *options: str) -> "subprocess.CompletedProcess[str]":
    (folder / "live.yaml").write_text(text)
    env = {
        **os.environ, "IVR_QA_SECRET": lab.state.qa_secret, "IVR_QA_ADDRESS": lab.state.carrier,
        "IVR_SETTINGS": str(lab.state.settings_file),
    }  # fmt: skip
    command = [sys.executable, "-m", "ivr", "qa", "run", str(folder / "live.yaml"), "--target", lab.state.pbx]
    command += ["--out", str(folder / "out"), *options]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def newest(records: AwaitedRecords) -> list[str]:
    """The id of the newest call; its record may still change, if it ended a moment ago."""
    return [record.history.call_id for record in records.last(1)]


async def test_a_test_call_is_tagged_and_recognises_what_it_hears(
    only_the_pbx: Lab, records: AwaitedRecords, tmp_path: Path
) -> None:
    with edited(only_the_pbx.policy_dir / "policy.yaml", "default: general  ", f"{MARKS}default: general  "):
        await in_force(only_the_pbx)
        said = qa_run(only_the_pbx, tmp_path)
    assert said.returncode == 0, said.stdout + said.stderr
    (call,) = [record for record in records.last(1) if record.history.caller_number == TESTER]
    assert call.history.test
    assert call.decision is not None
    assert call.decision.test
    assert "SIP ladder" in (tmp_path / "out/latest/report.html").read_text()


async def test_without_marked_numbers_nothing_is_called(lab: Lab, records: AwaitedRecords, tmp_path: Path) -> None:
    before = newest(records)
    said = qa_run(lab, tmp_path)
    assert said.returncode == 4
    assert "marks no test numbers" in said.stderr
    assert "callers:" in said.stderr
    assert newest(records) == before


async def test_a_number_that_is_not_marked_does_not_call(lab: Lab, tmp_path: Path) -> None:
    with edited(lab.policy_dir / "policy.yaml", "default: general  ", f"{MARKS}default: general  "):
        await in_force(lab)
        for text, why in (
            (SCENARIO.replace(TESTER, "+442079460001"), "is no test number of the policy"),
            (SCENARIO.replace("to: 1000", "to: 1001"), "is nothing that a test may call"),
            (SCENARIO + "given: {agents: {anna: paused}}\n", "nothing can be given on a live system"),
        ):
            said = qa_run(lab, tmp_path, text)
            assert said.returncode == 0
            assert "1 skipped" in said.stdout
            assert why in said.stdout.replace("\n", " ")


@asynccontextmanager
async def agent_reached_outside(bench: TestBench) -> AsyncIterator[None]:
    """An agent of the general queue whom Asterisk reaches by another way than a phone of its own."""
    await bench.pbx.request("QueueAdd", Queue="general-queue", Interface="Local/anna@from-phones", MemberName="Away")
    try:
        yield
    finally:
        await bench.pbx.request("QueueRemove", Queue="general-queue", Interface="Local/anna@from-phones")


async def test_with_an_agent_who_is_reached_outside_nothing_is_called(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path
) -> None:
    before = newest(records)
    with edited(lab.policy_dir / "policy.yaml", "default: general  ", f"{MARKS}default: general  "):
        async with agent_reached_outside(bench):
            said = qa_run(lab, tmp_path)
    assert said.returncode == 4
    assert "Local/anna@from-phones: a test call could leave the PBX there" in said.stderr
    assert newest(records) == before


async def test_the_dialplan_lets_no_test_call_out(lab: Lab, bench: TestBench) -> None:
    with edited(lab.policy_dir / "policy.yaml", "default: general  ", f"{MARKS}default: general  "):
        await in_force(lab)
        async with agent_reached_outside(bench), only_these_agents(bench, "anna"):
            real = await bench.call("+12025550199", "1000", talk=0.2)
            test = await bench.call(TESTER, "1000", talk=0.2, patience=3)
    assert (real.agent, len(real.displays)) == ("Away", 1)
    assert (test.outcome, test.displays) == ("abandoned", ())


async def test_a_prompt_is_recognised_in_what_the_caller_heard(lab: Lab, bench: TestBench) -> None:
    placed = await bench.place("+12025550199", "1000", record=True)
    await bench.wait_for(lambda: placed.connected, 10)
    await bench.hang_up(placed)
    path = lab.home / "carrier/spool/monitor" / f"{placed.token}.wav"
    heard = prompt_recognition.samples(path.read_bytes())
    found = {}
    for name in ("hello", "ss-noservice", "vm-goodbye", "demo-congrats"):
        prompt = converted(name, lab.install.sounds, lab.home / "sounds", lambda text: lab.cli(text, "carrier"))
        assert prompt is not None
        found[name] = prompt_recognition.found_at(prompt_recognition.samples(prompt), heard)
    assert [name for name, at in found.items() if at is not None] == ["hello"]
    assert [played.sound for played in bench.heard(placed)] == ["hello"]  # and Asterisk says the same
    assert converted("../hello", lab.install.sounds, lab.home / "sounds", lambda text: "") is None
