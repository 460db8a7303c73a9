"""Faults under real calls, ten a second: nobody is late, nobody is lost, nobody is premium by accident.

All of them, for longer: `make chaos`.
"""

import pytest

from ivr.lab.lab import Lab
from ivr.qa import chaos
from ivr.qa.chaos import Result

pytestmark = [pytest.mark.alone, pytest.mark.thorough]

RUNGS = {  # what must have carried calls, or the fault was not felt
    "frozen": {"dialplan"},
    "database-missing": {"snapshot"},
}


@pytest.mark.parametrize("name", RUNGS)
async def test_a_fault_under_load(lab: Lab, name: str) -> None:
    if lab.state.sipp is None:
        pytest.skip("SIPp is not installed: apt-get install sip-tester")
    (fault,) = chaos.chosen([name])
    result = await chaos.try_fault(lab, fault, 1, lambda what: None, quick=True)
    assert (result.late, result.lost, result.false_premium) == (0, 0, 0), "\n".join(result.wrong)
    assert result.served == result.offered > 60
    assert set(result.rungs) >= {"live", *RUNGS[name]}


def test_what_counts_as_well() -> None:
    assert Result("x", 1, offered=3, served=3).well
    for bad in (Result("x", 1, late=1), Result("x", 1, lost=1), Result("x", 1, false_premium=1)):
        assert not bad.well
    assert not Result("x", 1, skipped="a tool is missing").well
    assert not Result("x", 1).well, "nothing was offered, so nothing was shown"
