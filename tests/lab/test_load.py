"""`ivr qa load` as a tester types it: a few seconds say nothing of speed, but every call is accounted for."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ivr.lab.lab import Lab
from tests.lab.farm import edited
from tests.lab.test_cli import ivr

pytestmark = [pytest.mark.alone, pytest.mark.thorough]

COUNTS = ("offered", "answered", "abandoned", "failed", "lost", "wrong")


def table(text: str) -> dict[str, list[int]]:
    """The counts of each row, as printed."""
    rows = (line.split() for line in text.partition("\n\n")[0].splitlines()[1:])
    return {name: [int(cell.replace(",", "")) for cell in cells[: len(COUNTS)]] for name, *cells in rows}


@pytest.fixture
def own(lab: Lab) -> None:
    """For tests that place calls with SIPp."""
    if lab.state.sipp is None:
        pytest.skip("SIPp is not installed: apt-get install sip-tester")


@pytest.mark.usefixtures("own")
def test_every_call_is_accounted_for(tmp_path: Path) -> None:
    mix = "premium=30,standard=20,at-risk=10,general=40"
    ran = ivr(
        None, "qa", "load", "--rate", "5", "--for", "8s", "--mix", mix, "--talk", "1", "--agents", "general=2",
        "--patience", "4", "--out", "load.json", "--html", "load.html", cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    rows = table(ran.stdout)
    told = json.loads((tmp_path / "load.json").read_text())
    assert list(rows) == ["premium", "standard", "at-risk", "general", "all"]
    for name, counts in rows.items():
        kind = told if name == "all" else told["by_kind"][name]
        assert counts == [kind[count] for count in COUNTS]
        offered, answered, abandoned, failed, lost, wrong = counts
        assert offered == answered + abandoned + failed > 0
        assert (failed, lost, wrong) == (0, 0, 0)
    assert rows.pop("all") == [sum(column) for column in zip(*rows.values(), strict=True)]
    assert told["offered"] == 40
    assert told["well"]
    assert told["abandoned"] > 0, "two agents are too few: some give up"
    assert rows["premium"][1] > 0
    assert sum(told["rungs"].values()) == 40
    assert 0 < told["route_ms"]["p50"] <= told["route_ms"]["p99"] <= told["route_ms"]["slowest"]
    others = {"general-de": 1, "general-fr": 1}
    assert (told["agents"], told["doubled"]) == ({"general-queue": 2, "premium": 4, **others}, 0)

    page = (tmp_path / "load.html").read_text().removeprefix("<!DOCTYPE html>\n")
    cells = [["".join(cell.itertext()) for cell in row] for row in ET.fromstring(page).iter("tr")]  # noqa: S314 - our own
    assert cells[-1][1:7] == [str(told[count]) for count in COUNTS]
    assert "5 s: " in ran.stderr, "it says how far it is"
    assert re.search(r"stopping everything\n", ran.stderr)


@pytest.mark.usefixtures("own")
def test_on_the_running_lab(lab: Lab, tmp_path: Path) -> None:
    ran = ivr(lab, "qa", "load", "--target", "running", "--rate", "2", "--for", "3s", "--talk", "0.3", cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads((tmp_path / "build/bench/load.json").read_text())
    assert (told["offered"], told["answered"], told["well"]) == (6, 6, True)
    both = {"general-queue": 2, "premium": 2}  # Ben serves them
    assert told["agents"] == {**both, "general-de": 1, "general-fr": 1}
    assert lab.state.running()


@pytest.mark.usefixtures("own")
def test_when_the_first_callers_fare_badly_nothing_is_measured(lab: Lab, tmp_path: Path) -> None:
    """A dialplan that hangs up on everybody just before the queue."""
    with edited(lab.policy_dir / "ivr.conf", "n(wait),Goto(ivr-wait,s,1)", "n(wait),Hangup()"):
        lab.cli("dialplan reload")
        ran = ivr(lab, "qa", "load", "--target", "running", "--for", "3s", "--talk", "0.3", cwd=tmp_path)
    lab.cli("dialplan reload")
    assert ran.returncode == 2, ran.stdout
    assert "this measures nothing: of 2 callers, one of each kind, 2 did not fare as the policy says" in ran.stderr
    assert "the record says lost" in ran.stderr
    assert "calling:" not in ran.stderr
    assert not (tmp_path / "build/bench/load.json").read_text()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--mix", "gold=1"), "there are: standard, premium, at-risk, general"),
        (("--mix", "premium"), "write for example premium=20,general=80"),
        (("--for", "10"), "write 90s, 10m or 1h"),
        (("--agents", "gold=1"), "there are: premium, general-queue, general-de, general-fr"),
        (("--rate", "100", "--talk", "30"), "lower --rate or --talk, or set --agents"),
        (("--target", "running"), "start one with `ivr lab up`"),
        (("--target", "running", "--agents", "premium=1"), "leave --agents out"),
        (("--out", "/dev/null/x"), "cannot be written"),
    ],
)
def test_what_cannot_be_tried_says_what_to_change(options: tuple[str, ...], says: str, tmp_path: Path) -> None:
    ran = ivr(None, "qa", "load", *options, cwd=tmp_path)
    assert ran.returncode == 2
    assert says in re.sub(r"[\s│]+", " ", ran.stderr), ran.stderr
    assert "Traceback" not in ran.stderr
