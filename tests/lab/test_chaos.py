"""`ivr chaos` in small: faults under real calls, ten a second: nobody is late, lost, or premium by accident.

All of them, for longer: `make chaos`.
"""

import json
from pathlib import Path

import pytest

from ivr.lab.lab import Lab
from ivr.qa import chaos
from ivr.qa.chaos import YARDSTICK, Result
from tests.lab.farm import edited
from tests.lab.test_cli import ivr

pytestmark = [pytest.mark.alone, pytest.mark.thorough]

RUNGS = {  # what must have carried calls, or the fault was not felt
    "nothing": {"live"},
    "frozen": {"live", "dialplan"},
    # For 5 s who is in memory is live; the database was to be asked about all others.
    "database-missing": {"live", "default"},
}
WAIT = "same => n(wait),Goto(ivr-wait,s,1)"
LET_GO = WAIT.replace("Goto", 'ExecIf($["${CALL_WITHHELD}" = "1"]?Hangup())\n same => n,Goto')


@pytest.fixture(autouse=True)
def _sipp(lab: Lab) -> None:
    if lab.state.sipp is None:
        pytest.skip("SIPp is not installed: apt-get install sip-tester")


def test_faults_harm_no_call_that_fares_well_without_them(tmp_path: Path) -> None:
    only = [word for name in RUNGS if name != "nothing" for word in ("--only", name)]
    ran = ivr(None, "chaos", "--quick", "--out", "chaos.json", *only, cwd=tmp_path, patience=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    results = json.loads((tmp_path / "chaos.json").read_text())
    assert [result["fault"] for result in results] == list(RUNGS)
    for result in results:
        assert (result["late"], result["lost"], result["false_premium"]) == (0, 0, 0), result["wrong"]
        assert result["served"] == result["offered"] > 60
        assert result["not_recorded"] == result["while_asterisk_away"] == 0, result["wrong"]
        assert set(result["rungs"]) >= RUNGS[result["fault"]]
    yardstick = results[0]
    assert set(yardstick["met"]) == {"queue", "self-service"}, "the shipped policy offers self-service to some"
    assert yardstick["rungs"] == {"live": yardstick["offered"]}
    assert yardstick["not_applied"] == 0, yardstick["wrong"]


async def test_calls_that_are_really_lost_are_counted(lab: Lab) -> None:
    """A dialplan that hangs up on callers without a number, just before the queue."""
    with edited(lab.policy_dir / "ivr.conf", WAIT, LET_GO):
        lab.cli("dialplan reload")
        result = await chaos.try_fault(lab, YARDSTICK, 1, lambda what: None, quick=True)
    lab.cli("dialplan reload")
    assert 0 < result.lost < result.offered
    assert result.served == result.offered - result.lost
    lost = [wrong for wrong in result.wrong if wrong.startswith("lost: ")]
    assert len(lost) == result.lost
    assert all("from withheld" in wrong for wrong in lost), lost
    assert not result.well


def test_what_counts_as_well() -> None:
    assert Result("x", 1, offered=3, served=3).well
    for bad in ("late", "lost", "false_premium", "not_recorded"):
        result = Result("x", 1, offered=3, served=3)
        setattr(result, bad, 1)
        assert not result.well, bad
    assert not Result("x", 1, skipped="a tool is missing").well
    assert not Result("x", 1).well, "nothing was offered, so nothing was shown"
