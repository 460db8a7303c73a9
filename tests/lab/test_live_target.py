"""`ivr qa run --target HOST`: what test calls on a system that real callers use may do, and what not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr import app as service
from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.calls import TestBench
from tests.lab.farm import edited, in_force

TESTER = "+442079460990"
MARKS = f"""test:
  callers: ["{TESTER}"]
  dialled: ["1000"]
  per_minute: 600
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


async def test_a_test_call_is_tagged_and_recognises_what_it_hears(
    only_the_pbx: Lab, records: service.Records, tmp_path: Path
) -> None:
    with edited(only_the_pbx.policy_dir / "policy.yaml", "blocked: refused", f"{MARKS}blocked: refused"):
        await in_force(only_the_pbx)
        said = qa_run(only_the_pbx, tmp_path)
    assert said.returncode == 0, said.stdout + said.stderr
    (call,) = [record for record in records.last(1) if record.history.caller_number == TESTER]
    assert call.history.test
    assert call.decision is not None
    assert call.decision.test
    assert "SIP ladder" in (tmp_path / "out/latest/report.html").read_text()


async def test_without_marked_numbers_nothing_is_called(lab: Lab, records: service.Records, tmp_path: Path) -> None:
    before = records.last(1)
    said = qa_run(lab, tmp_path)
    assert said.returncode == 4
    assert "marks no test numbers" in said.stderr
    assert "callers:" in said.stderr
    assert records.last(1) == before


async def test_a_number_that_is_not_marked_does_not_call(lab: Lab, tmp_path: Path) -> None:
    with edited(lab.policy_dir / "policy.yaml", "blocked: refused", f"{MARKS}blocked: refused"):
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
