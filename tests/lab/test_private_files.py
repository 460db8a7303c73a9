"""What a lab, its service and a run of scenarios write is their owner's alone; what agents.yaml may not do to them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ivr import private_files
from ivr.errors import FileError
from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.calls import TestBench
from tests.conftest import until
from tests.lab.farm import edited
from tests.unit.test_private_files import open_to_others

pytestmark = [pytest.mark.shared, pytest.mark.abuse]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


async def test_all_files_of_a_lab_and_its_service(lab: Lab, bench: TestBench) -> None:
    await ready.until_ready(lab.state)
    report = await bench.call("+442079460001", "1000", talk=0.1)
    assert report.outcome == "answered"
    home = Path(lab.state.home)
    until((home / "snapshot.db").exists, 60)
    assert {"ivr.db", "ivr.db-wal", "snapshot.db", "ivr.toml", "lab.json", "service.log", "queue_log"} <= names(home)
    # Of what stands beside a message Asterisk sets the mode itself; the folder that it lies in is closed, like all.
    assert {
        path for path in open_to_others(home) if not re.fullmatch(r"pbx/spool/voicemail/.+/msg\d+\.txt", path)
    } == set()


@pytest.mark.thorough
def test_all_files_of_a_run_of_scenarios(tmp_path: Path) -> None:
    home = private_files.folder(tmp_path / "home")
    scenario = Path(__file__).parents[1] / "scenarios" / "premium.yaml"
    program = "import os; os.umask(0o022); from ivr.__main__ import main; main()"
    words = ["qa", "run", str(scenario), "--junit", "junit.xml", "--html", "mine.html"]
    told = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=home, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert {"report.html", "junit.xml", "mine.html", "results.json"} <= names(home)
    assert open_to_others(home) == {}


@pytest.mark.parametrize("interface", ["PJSIP/carrier", "PJSIP/System", "PJSIP/0090012345@carrier"])
async def test_an_agent_with_the_trunks_name_costs_no_call(lab: Lab, bench: TestBench, interface: str) -> None:
    """Before, the next start of this Asterisk loaded nothing of pjsip.conf."""
    conf = Path(lab.state.home) / "pbx/etc/pjsip.conf"
    before = conf.read_bytes()
    with edited(lab.policy_dir / "agents.yaml", "interface: PJSIP/anna", f"interface: {interface}"):
        with pytest.raises(FileError, match=r"agents\.yaml:\d+:\d+: agents\.0\.interface: "):
            lab.prepare()
        log = Path(lab.state.process("service").log)
        until(lambda: f"agents.0.interface: {interface}" in log.read_text(), 5)
        assert conf.read_bytes() == before
        lab.cli("module reload res_pjsip.so")
        assert "carrier" in lab.cli("pjsip show endpoint carrier")
        report = await bench.call("+442079460001", "1000", talk=0.1)
        assert (report.outcome, report.queue) == ("answered", "premium")
    assert os.geteuid() == conf.stat().st_uid
