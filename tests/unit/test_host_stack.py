"""Test calls on a live system: how often, and which not at all; without calling anybody."""

import asyncio
import shutil
from pathlib import Path

import pytest
import yaml

from ivr.domain.calls.history import CallHistory
from ivr.errors import LabError
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.qa.scenarios.form import Scenario
from ivr.qa.scenarios.host_stack import HostStack
from ivr.settings import Settings
from ivr.shipped_files import share

MARKS = 'test:\n  callers: ["+442079460990"]\n  dialled: ["1000"]\n  per-minute: 6\n'
NOWHERE = AsteriskInstall("22.10.1", (), Path("sbin"), Path("modules"), Path("data"), Path("sounds"), None)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("IVR_DATABASE_URL", raising=False)
    monkeypatch.delenv("IVR_SETTINGS", raising=False)
    monkeypatch.chdir(tmp_path)


def stack(folder: Path, marks: str = MARKS) -> HostStack:
    policy_dir = Path(shutil.copytree(share("dialplans"), folder / "dialplans"))
    policy = policy_dir / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8") + f"\n{marks}", encoding="utf-8")
    return HostStack("192.0.2.1", folder / "stack", NOWHERE, Settings(policy_dir=policy_dir), "secret", "127.0.0.1")


def scenario(text: str) -> Scenario:
    return Scenario.model_validate({"scenario": "x", **yaml.safe_load(text)})


async def test_calls_come_no_more_often_than_the_policy_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = [1000.0], list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("ivr.qa.scenarios.host_stack.time.monotonic", lambda: now[0])
    monkeypatch.setattr(asyncio, "sleep", sleep)
    live = stack(tmp_path)
    await live.turn()
    now[0] += 4
    await live.turn()
    now[0] += 60
    await live.turn()
    assert slept == [0, 6, 0]


def test_without_marked_numbers_there_is_no_stack(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"policy\.yaml marks no test numbers(.|\n)*callers:"):
        stack(tmp_path, "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("call: {from: '+442079460001'}", "is no test number"),
        ("call: {from: '+442079460990', to: '1001'}", "is nothing that a test may call"),
        ("call: {from: '+442079460990', withheld: true}", "is no test number"),
        ("call: {from: '+442079460990', shown: 'x%0Ay'}", "hostile"),
        ("call: {from: '+442079460990', attestation: A}", "hostile or signed"),
        ("call: {from: '+442079460990'}\nexpect: {rule: default}", "set IVR_DATABASE_URL"),
        ("call: {from: '+442079460990'}\ngiven: {agents: {anna: paused}}", "nothing can be given"),
        ("call: {from: '+442079460990'}\ngiven: {fault: service down}", "nothing can be given"),
        ("calls: {a: {from: '+442079460990'}, b: {from: '+12025550199'}}", "b: +12025550199 is no test number"),
    ],
)
def test_what_is_not_called(tmp_path: Path, text: str, why: str) -> None:
    assert why in stack(tmp_path).lacks(scenario(text))


def test_after_a_call_that_was_not_taken_for_a_test_nothing_is_called(tmp_path: Path) -> None:
    live, fine = stack(tmp_path), scenario("call: {from: '+442079460990'}")
    assert live.lacks(fine) == ""
    assert live.doubt(CallHistory("1", test=True)) == ""
    assert live.lacks(fine) == ""
    assert "did not take a call for a test" in live.doubt(CallHistory("2"))
    assert "did not take a call for a test" in live.lacks(fine)
