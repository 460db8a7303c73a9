"""A member of our queues whom nobody declared: told at once, and removed where the queues are ours alone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr import settings
from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.service import doctor
from tests.conftest import until
from tests.lab.test_admin import members

pytestmark = [pytest.mark.shared, pytest.mark.abuse]

QUEUE, OUTSIDE = "premium", "Local/0090012345@nowhere"


@pytest.fixture
def only_declared(lab: Lab) -> Iterator[None]:
    """A service with own_queues."""
    file = lab.state.settings_file
    before = file.read_text()
    _restart(lab, f"{before}own_queues = true\n")
    yield
    _restart(lab, before)


def _restart(lab: Lab, written: str) -> None:
    lab.state.settings_file.write_text(written)
    lab.state.process("service").stop()
    lab.start_service()
    ready.wait(lab.state)


@pytest.fixture(autouse=True)
def without_outsiders(lab: Lab) -> Iterator[None]:
    yield
    lab.cli(f"queue remove member {OUTSIDE} from {QUEUE}")


def add(lab: Lab) -> None:
    said = lab.cli(f'queue add member {OUTSIDE} to {QUEUE} penalty 0 as "Anna Berg"')
    assert "Added interface" in said


async def strangers(lab: Lab) -> doctor.Verdict:
    (verdict,) = [v async for v in doctor.examine(settings.load(lab.state.settings_file)) if v.about == "strangers"]
    return verdict


def told(lab: Lab) -> list[str]:
    lines = Path(lab.state.process("service").log).read_text().splitlines()
    return [line for line in lines if OUTSIDE in line]


def test_an_outsider_in_our_queue_is_told_and_stays(lab: Lab) -> None:
    assert asyncio.run(strangers(lab)).ok
    before = len(told(lab))
    add(lab)
    until(lambda: len(told(lab)) >= before + 2, 5)  # within a moment, and not at the next look
    assert "queue member that nobody declared" in told(lab)[before]
    assert "two queue members of one name" in told(lab)[before + 1]
    assert OUTSIDE in members(lab)[QUEUE]
    verdict = asyncio.run(strangers(lab))
    assert not verdict.ok
    assert verdict.can_wait
    assert f"{OUTSIDE} (Anna Berg) in {QUEUE}" in verdict.says
    assert "own_queues" in verdict.mend


@pytest.mark.usefixtures("only_declared")
def test_an_outsider_in_our_queue_is_told_and_removed(lab: Lab) -> None:
    before = len(told(lab))
    declared = members(lab)
    add(lab)
    until(lambda: len(told(lab)) > before and members(lab) == declared, 5)
    assert asyncio.run(strangers(lab)).ok
