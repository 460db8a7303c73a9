"""An upgrade of one half: a dialplan of another contract than the service's is served, and the doctor names it."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr import settings
from ivr.agi.contract import CONTRACT
from ivr.lab.asterisk_install import ensure_asterisk
from ivr.lab.lab import Lab
from ivr.qa.calls import TestBench
from ivr.qa.scenarios import console, files
from ivr.qa.scenarios.lab_stack import LabStack
from ivr.qa.scenarios.worker import perform
from ivr.service import doctor
from ivr.service.doctor import Verdict
from ivr.shipped_files import share
from tests.lab.farm import edited

pytestmark = pytest.mark.own

SCENARIOS = Path(__file__).parent.parent / "scenarios"
BEFORE = Path(__file__).parent.parent / "data" / "0b694e5"  # of the contract before
OF_BOTH = ("premium", "menu-buy", "pin-premium", "service-frozen", "service-down")
MORE = ("unknown-number", "self-service-pin", "number-typed", "service-dies-in-the-menu", "service-dies", "remembered",
        "step-up", "step-voicemail", "transfer", "withheld")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("before")


@pytest.fixture(scope="module")
def stack(folder: Path) -> Iterator[LabStack]:
    """The service as it is, and the dialplan of before."""
    dialplans = Path(shutil.copytree(share("dialplans"), folder / "dialplans"))
    for file in BEFORE.glob("*.conf"):
        shutil.copy(file, dialplans)
    stack = LabStack(folder / "stack", ensure_asterisk(lambda what, done: None), dialplans)
    try:
        asyncio.run(stack.open())
        yield stack
    finally:
        asyncio.run(stack.close())


async def about(what: str, settings_file: Path) -> Verdict:
    """What the doctor says about one thing."""
    (verdict,) = [each async for each in doctor.examine(settings.load(settings_file)) if each.about == what]
    return verdict


async def as_expected(stack: LabStack, name: str, folder: Path) -> None:
    """The scenario passes."""
    result = await perform(stack, files.read(SCENARIOS / f"{name}.yaml"), 1, folder)
    assert result.verdict in ("passed", "warned"), "\n".join([result.why, *console.details(result)])


@pytest.mark.parametrize("name", OF_BOTH)
async def test_a_dialplan_of_the_contract_before_is_served(stack: LabStack, name: str, tmp_path: Path) -> None:
    await as_expected(stack, name, tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize("name", MORE)
async def test_a_dialplan_of_the_contract_before_is_served_in_all(stack: LabStack, name: str, tmp_path: Path) -> None:
    await as_expected(stack, name, tmp_path)


async def test_the_doctor_names_a_dialplan_of_the_contract_before(stack: LabStack, folder: Path) -> None:
    await stack.turn()
    said = await about("dialplan", folder / "stack/lab/ivr.toml")
    assert not said.ok
    assert f"of contract {CONTRACT - 1}; the service is of {CONTRACT}" in said.says
    assert "dialplans/ivr.conf" in said.mend
    log = (folder / "stack/lab/log/service.log").read_text()
    assert log.count("dialplan of another contract") <= log.count("event=routed")


async def test_a_dialplan_of_the_next_contract_is_served(lab: Lab, bench: TestBench) -> None:
    before, after = ",${CALL_TYPED},", ",${CALL_ASSERTED},${CALL_FROM}"
    asks = f"{before}{CONTRACT}{after})", f"{before}{CONTRACT + 1}{after},of-the-future)"
    with edited(lab.policy_dir / "ivr.conf", *asks):
        lab.cli("dialplan reload")
        report = await bench.call("+442079460006", "1000", talk=0.1)
        said = await about("dialplan", lab.state.settings_file)
    lab.cli("dialplan reload")
    assert (report.queue, report.segment) == ("premium", "premium")
    assert report.history is not None
    assert report.history.tier == "live"
    assert not said.ok
    assert f"of contract {CONTRACT + 1}; the service is of {CONTRACT}" in said.says
    assert "upgrade the service" in said.mend
    now = await about("dialplan", lab.state.settings_file)
    assert (now.ok, now.says.partition(";")[0]) == (True, f"loaded, of contract {CONTRACT}")
