"""An upgrade: what the dialplan of an earlier version remembered of callers, on today's Asterisk and dialplan."""

import time

import pytest

from ivr.lab.lab import Lab
from ivr.qa.call_report import Report
from ivr.qa.calls import TestBench
from tests.golden import FOLDER
from tests.lab.test_faults import assert_served_generally, forget, memory_of, without_service

pytestmark = pytest.mark.shared

LINES = dict(
    line.removeprefix("/ivr-remember/").split(": ", 1)
    for line in (FOLDER / "astdb.txt").read_text(encoding="utf-8").splitlines()
)
PREMIUM = "+442079460006"


def tier_of(report: Report) -> str:
    assert report.history is not None
    return report.history.tier


def left_behind(lab: Lab, number: str) -> str:
    """Put what was remembered of a number where an upgrade leaves it, as if it had been so a few days ago."""
    _, rest = LINES[number].split("|", 1)
    line = f"{int(time.time()) + 3 * 86_400}|{rest}"
    lab.cli(f'database put ivr-remember {number} "{line}"')
    assert memory_of(lab, number) == line
    return line


async def test_what_was_remembered_makes_nobody_premium_and_is_written_anew(lab: Lab, bench: TestBench) -> None:
    """It does not say whether the number was signed, which counts since then. A live decision writes today's form."""
    assert {line.split("|")[3] for line in LINES.values()} == {
        "premium", "at-risk", "won-back", "frequent", "standard",
    }  # fmt: skip
    others = [
        number for number, line in LINES.items() if line.split("|")[4] != "premium" and line.split("|")[8] != "en"
    ]
    old = {number: left_behind(lab, number) for number in (PREMIUM, others[0])}
    try:
        async with without_service(lab):
            for number, line in old.items():
                report = await bench.call(number, "1000", talk=0.1)
                assert_served_generally(report)
                assert (tier_of(report), memory_of(lab, number)) == ("dialplan", line)
        report = await bench.call(PREMIUM, "1000", talk=0.1)
        assert (report.segment, report.queue, tier_of(report)) == ("premium", "premium", "live")
        anew = memory_of(lab, PREMIUM)
        assert anew is not None
        assert anew.split("|")[1] == "v3"
    finally:
        for number in old:
            await forget(lab, number)
