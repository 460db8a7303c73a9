"""A line more or less in `[ivr]`, loaded while callers wait, listen or type: nobody notices."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ivr.domain.calls.events import QueueJoined, QueueLeft
from ivr.domain.policy import Step
from ivr.lab.lab import Lab
from ivr.qa.calls import Placed, TestBench
from tests.lab.farm import edited, only_these_agents
from tests.lab.scripted import Turn, says, scripted, stand_ins

NOBODY = "+442079460602"
NEXT = "; --- 2. ask ---"
MORE = (NEXT, f" same => n,NoOp(a line of the admin's)\n{NEXT}")
SIGNED = ' same => n,GosubIf($["${IVR_STIR_SHAKEN}"'
LESS = (SIGNED, f";{SIGNED}")
EDITS = pytest.mark.parametrize("edit", [MORE, LESS], ids=["more", "less"])
pytestmark = [pytest.mark.shared, EDITS]
Edit = tuple[str, str]


@pytest.fixture(autouse=True)
def _sounds(lab: Lab) -> Iterator[None]:
    with stand_ins(lab, 1.5):
        yield


@contextmanager
def loaded(lab: Lab, edit: Edit) -> Iterator[None]:
    """`ivr.conf` is edited, and loaded; afterwards it is as before. Whoever is asked stays so."""
    shown = lab.cli("dialplan show globals")
    (asked,) = re.findall(r"IVR_AGI=(\S+)", shown)
    try:
        with edited(lab.policy_dir / "ivr.conf", *edit):
            lab.cli("dialplan reload")
            lab.cli(f"dialplan set global IVR_AGI {asked}")
            yield
    finally:
        lab.cli("dialplan reload")


def heard(bench: TestBench, placed: Placed, sound: str) -> list[float]:
    """When the caller was played a sound."""
    return [played.at for played in bench.heard(placed) if played.sound == sound]


def joins(placed: Placed) -> list[float]:
    """When the caller joined a queue."""
    events = placed.seen.events if placed.seen else []
    return [event.at for event in events if isinstance(event, QueueJoined)]


def logged(lab: Lab, call_id: str) -> list[str]:
    """What Asterisk's own log of the queues has of a call, but for what it is told of decisions."""
    lines = (lab.home / "pbx/log/queue_log").read_text(encoding="utf-8").splitlines()
    kinds = [line.split("|")[4] for line in lines if f"|{call_id}|" in line]
    return [kind for kind in kinds if kind not in ("IVRSTART", "IVRROUTED", "IVREND", "DID")]


async def test_who_waits_has_the_next_step_in_time(lab: Lab, bench: TestBench, edit: Edit) -> None:
    steps = (Step(4, say=("ivr/question",)), Step(60))
    async with scripted(lab, says(steps=steps)), only_these_agents(bench):
        placed = await bench.place(NOBODY, "1003")
        await bench.wait_for(lambda: placed.waiting, 8)
        with loaded(lab, edit):
            await bench.wait_for(lambda: bool(heard(bench, placed, "ivr/question")), 20)
            await bench.wait_for(lambda: len(joins(placed)) == 2, 8)
        await bench.hang_up(placed)
    assert heard(bench, placed, "ivr/question")[0] - joins(placed)[0] == pytest.approx(4, abs=1.2)
    assert placed.seen is not None
    left = [event.status for event in placed.seen.events if isinstance(event, QueueLeft)]
    assert "TIMEOUT" in left
    assert placed.history is not None
    kinds = logged(lab, placed.history.call_id)
    again = ["IVRPRIORITY", "ENTERQUEUE", "ABANDON"]
    assert kinds == ["ENTERQUEUE", "EXITWITHTIMEOUT", "IVRLEFT", *again]


@pytest.mark.parametrize(
    ("begins", "sound"),
    [
        (says(greeting=("ivr/greeting",)), "ivr/greeting"),
        (says(self_service="account"), "ivr/self-service-account"),
        (says(ask="menu", ask_sound=("ivr/question",), ask_keys="10"), "ivr/question"),
    ],
    ids=["greeting", "self-service", "menu"],
)
async def test_who_listens_or_types_goes_on(
    lab: Lab,
    bench: TestBench,
    edit: Edit,
    begins: Turn,
    sound: str,
) -> None:
    async with scripted(lab, begins, says()) as script, only_these_agents(bench):
        placed = await bench.place(NOBODY, "1003")
        await bench.wait_for(lambda: bool(heard(bench, placed, sound)), 8)
        with loaded(lab, edit):
            await bench.press(placed, "0")
            await bench.wait_for(lambda: placed.waiting, 8)
        await bench.hang_up(placed)
    assert len(heard(bench, placed, sound)) == 1
    asked = [("", "", ""), ("m", "0", "")]
    assert [request.asked for request in script.requests] == asked[: 1 + (sound == "ivr/question")]
