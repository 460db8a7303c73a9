"""`ivr qa run --target compose` as a user types it, with a real engine."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.compose.test_stack import ROOT, engine_is_missing

if engine_is_missing():
    pytest.skip("no Docker engine here: scenarios were not played on containers", allow_module_level=True)
pytestmark = pytest.mark.compose


def command(out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "ivr", "qa", "run", "--target", "compose", "--out", str(out), *more]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("IVR_")}


def things() -> dict[str, set[str]]:
    """All that the engine has of stacks for scenarios, and the images of everybody's."""
    listed = {
        "containers": ["ps", "--all", "--format", "{{.Names}}"],
        "volumes": ["volume", "ls", "--format", "{{.Name}}"],
        "networks": ["network", "ls", "--format", "{{.Name}}"],
        "images": ["image", "ls", "--filter", "reference=segment-ivr-*", "--format", "{{.Repository}} {{.ID}}"],
    }
    found = {what: subprocess.check_output(["docker", *args], text=True).split("\n") for what, args in listed.items()}
    return {what: {name for name in names if "segment-ivr" in name} for what, names in found.items()}


def test_quick_scenarios_are_as_expected_and_nothing_is_left(tmp_path: Path) -> None:
    before = things()
    run = subprocess.run(
        command(tmp_path, "-k", "quick"), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False,
        timeout=900,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    result = json.loads((tmp_path / "latest/results.json").read_text(encoding="utf-8"))
    played = {Path(each["file"]).stem: each for each in result["scenarios"]}
    skipped = {name: each["why"] for name, each in played.items() if each["verdict"] == "skipped"}
    assert {"signed-a"} == set(skipped)
    assert "nobody signs numbers" in skipped["signed-a"]
    assert "1 skipped" in run.stdout.splitlines()[-2]
    assert result["versions"]["Asterisk"].startswith("22.")
    assert "compose" in result["versions"]["Docker"]
    evidence = tmp_path / "latest/premium"
    for name, words in {
        "decision.txt": "value 91 is at least 80, so premium",
        "sip-ladder.txt": "INVITE",
        "queue_log.txt": "IVRROUTED",
        "service-log.txt": "event=routed",
        "ami-timeline.txt": "QueueCallerJoin",
    }.items():
        assert words in (evidence / name).read_text(encoding="utf-8")
    assert (evidence / "caller.wav").read_bytes()[:4] == b"RIFF"
    assert things() == before


@pytest.mark.parametrize("when", ["while it comes up", "while it plays"])
def test_interrupted_nothing_is_left_either(when: str, tmp_path: Path) -> None:
    before = things()
    process = subprocess.Popen(
        command(tmp_path, "tests/scenarios/agent-does-not-answer.yaml"), cwd=ROOT, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 300
    while not any(
        name.endswith("-qa-1" if when == "while it plays" else "-asterisk-1") for name in things()["containers"]
    ):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.2)
    if when == "while it plays":
        time.sleep(8)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 2, errors
    assert "Traceback" not in errors
    assert things() == before


def test_there_is_one_stack_only(tmp_path: Path) -> None:
    run = subprocess.run(
        command(tmp_path, "-j", "2"), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert run.returncode == 4
    assert run.stderr == "ivr: -j 2: there is one compose only, so play one scenario after the other\n"
