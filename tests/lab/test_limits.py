"""How much one caller may take, and where an agent's phone leads: nobody uses up the lines, nobody gets out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from ivr import app as service
from ivr.errors import AmiError
from ivr.lab.lab import Lab
from ivr.qa.calls import TestBench, channels
from tests.lab.farm import phone
from tests.lab.test_forwarding import Rung, put_back
from tests.lab.test_who_calls import another_trunk

pytestmark = [pytest.mark.shared, pytest.mark.abuse]

PREMIUM = "+442079460001"


@pytest.fixture
async def rung() -> Rung:
    return Rung()


@pytest.fixture
async def bench(lab: Lab, records: service.Records, rung: Rung) -> AsyncIterator[TestBench]:
    async with TestBench(lab.state, records.decision, rung.watch) as bench:
        await put_back(lab, bench)
        try:
            yield bench
        finally:
            await bench.hang_up_all()
            await put_back(lab, bench)


# What an agent's phone may dial ------------------------------------------------------------------------


def leads_outside(lab: Lab) -> str:
    """More of an endpoint called `other`, which is a trunk: who calls it is heard of at the far side, as `outside`."""
    return f"aors = other\n\n[other]\ntype = aor\ncontact = sip:outside@{lab.state.carrier}:5060\n"


async def until_nobody_calls(bench: TestBench) -> None:
    async with asyncio.timeout(10):
        while await channels(bench.pbx):  # noqa: ASYNC110 - Asterisk has to be asked
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("trunk", ["carrier", "other"])
async def test_an_agent_does_not_dial_a_trunk(lab: Lab, bench: TestBench, rung: Rung, trunk: str) -> None:
    with another_trunk(lab, 3, leads_outside(lab)):
        await bench.pbx.request(
            "Originate", Channel=f"Local/{trunk}@from-phones/n", Application="Wait", Data=20, Async="true"
        )
        await asyncio.sleep(1)  # a trunk would have answered by now
        left = await channels(bench.pbx)
        for name in left:
            with contextlib.suppress(AmiError):  # its other half took it along
                await bench.pbx.request("Hangup", Channel=name, Cause=16)
        await until_nobody_calls(bench)
    assert rung.phones == []
    assert not left


async def test_an_agent_passes_nobody_on_to_a_trunk(lab: Lab, bench: TestBench, rung: Rung) -> None:
    """The caller goes back to the queue, as from a colleague who is busy."""
    with another_trunk(lab, 3, leads_outside(lab)):
        async with phone(bench, "anna", TRANSFER="other"):
            placed = await bench.place(PREMIUM, "1000")
            await bench.wait_for(lambda: len(rung.phones) >= 2, 15)
            await bench.hang_up(placed)
            await until_nobody_calls(bench)
    assert rung.phones[0] == "anna"
    assert rung.phones[1] in ("anna", "ben", "cleo")


async def test_an_agent_passes_a_caller_on_to_a_colleague(lab: Lab, bench: TestBench, rung: Rung) -> None:
    with another_trunk(lab, 3, leads_outside(lab)):
        async with phone(bench, "anna", TRANSFER="cleo"):
            placed = await bench.place(PREMIUM, "1000")
            await bench.wait_for(lambda: len(rung.phones) >= 2, 15)
            await bench.hang_up(placed)
            await until_nobody_calls(bench)
    assert rung.phones == ["anna", "cleo"]
