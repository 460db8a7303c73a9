"""Where no tests are, Asterisk makes the events that are used, and none of the others."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from ivr import settings
from ivr.ami.client import AmiClient
from ivr.ami.event_uses import NOBODY, TESTS
from ivr.ami.message import Message
from ivr.lab.lab import AMI, Lab
from ivr.service import doctor
from ivr.store.engine import reader
from ivr.store.tables import calls as calls_table
from tests.bench import sipp
from tests.lab.conftest import brought_up
from tests.wire.fake_ami import eventually

pytestmark = pytest.mark.own

CUSTOMER = "+442079460001"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with brought_up(tmp_path_factory.mktemp("lab"), all_events=False) as lab:
        yield lab


def history(lab: Lab, sip_call_id: str) -> tuple[str, str | None, bool] | None:
    """How the call was decided, in which queue it was, and whether its end is recorded."""
    row = calls_table.c
    asked = select(row.rung, row.queue, row.ended_at).where(row.sip_call_id == sip_call_id)
    engine = reader(settings.load(lab.state.settings_file).database_url)
    try:
        with engine.connect() as connection:
            found = connection.execute(asked).one_or_none()
    finally:
        engine.dispose()
    return None if found is None else (found.rung, found.queue, found.ended_at is not None)


async def test_a_call_is_whole_and_nothing_is_made_for_nobody(lab: Lab) -> None:
    seen: list[Message] = []
    user = AmiClient(lab.state.pbx, AMI, "qa", lab.state.qa_secret, on_event=seen.append)
    async with user.session():
        stay = (4000, 4000)  # long enough for an agent's phone to ring
        given = (lab.state, lab.home / "sipp", "1000", [CUSTOMER], 1.0)
        made = await asyncio.to_thread(lambda: sipp.call(*given, stay=stay))
        assert (made.failed, len(made.sip_call_ids)) == (0, 1)
        (call,) = made.sip_call_ids
        await eventually(lambda: history(lab, call) == ("live", "premium", True), patience=20)
        names = {each.header("Event") for each in seen}
    assert {"UserEvent", "QueueCallerJoin", "AgentCalled", "Hangup"} <= names
    assert {"QueueMemberStatus", "QueueCallerLeave"} <= names
    assert names.isdisjoint({*NOBODY, *TESTS})
    assert await told(lab) == "made: those that are used"


@pytest.mark.thorough
def test_the_doctor_names_what_is_made_for_nobody(tmp_path: Path) -> None:
    with brought_up(tmp_path) as lab:
        assert asyncio.run(told(lab)).startswith(f"{len(NOBODY)} kinds are made that are of no use")


async def told(lab: Lab) -> str:
    """What the doctor says about events."""
    examined = doctor.examine(settings.load(lab.state.settings_file))
    (verdict,) = [each async for each in examined if each.about == "AMI events"]
    assert verdict.ok
    return verdict.says
