"""The AGI port beside a real Asterisk: only Asterisk is answered, and only about the call that asks."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ivr.agi import probe
from ivr.agi.peer_user import Kernel
from ivr.lab.lab import AGI, Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from tests.lab.farm import recorded
from tests.lab.test_treatment import hears, press
from tests.wire.test_agi_calls import Site
from tests.wire.test_agi_server import PIN
from tests.wire.test_port_access import MANY, SECRET, told

pytestmark = [pytest.mark.shared, pytest.mark.abuse]

TO_QUEUE_SECONDS = 2.0  # a second for the service, and what a busy machine needs
PREMIUM, STANDARD = "+442079460001", "+442079460002"


@asynccontextmanager
async def asked_with(lab: Lab, given: str) -> AsyncIterator[Site]:
    """A server that lets in who gives SECRET, and Asterisk gives this one."""
    site = Site()
    site.server._admission._users, site.server._admission._secret = frozenset(), SECRET.encode()
    await site.server.start()
    lab.cli(f"dialplan set global IVR_AGI agi://127.0.0.1:{site.server.port}/{given}/route")
    try:
        yield site
    finally:
        lab.cli(f"dialplan set global IVR_AGI agi://{lab.state.pbx}:{AGI}/route")
        lab.cli('dialplan set global IVR_SKIP_UNTIL ""')
        await site.server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
async def test_another_user_of_the_machine_hears_of_nobody(lab: Lab, bench: TestBench) -> None:
    assert await told(MANY.replace("127.0.0.1", lab.state.pbx), str(AGI)) == "0"
    report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert (report.queue, report.customer) == ("premium", "C0001")
    said = await probe.check(lab.state.pbx, AGI)
    assert said is not None
    assert "user:1000" in said["refused"]


async def test_asterisk_gives_the_secret(lab: Lab, hasty: TestBench) -> None:
    async with asked_with(lab, SECRET) as site:
        report = await hasty.call(PREMIUM, "1000", talk=0.1)
        assert report.history is not None
        assert (report.history.tier, report.queue) == ("live", "premium")
        assert site.server.refusals.summary() == "none"


async def test_another_secret_is_none(lab: Lab, bench: TestBench) -> None:
    lab.cli(f"database del ivr-remember {PREMIUM}")
    async with asked_with(lab, f"{SECRET}x") as site:
        report = await bench.call(PREMIUM, "1000", talk=0.1)
        assert report.history is not None
        assert (report.history.tier, report.queue) == ("dialplan", "general-queue")
        assert report.to_queue_seconds is not None
        assert report.to_queue_seconds < 1
        assert site.server.refusals.counts == {"secret": 1}


async def test_a_pin_is_typed_with_the_secret(lab: Lab, bench: TestBench) -> None:
    """The dialplan makes the address of `pin` out of IVR_AGI, and gives the mark of the answer that led to it."""
    async with asked_with(lab, SECRET) as site:
        site.deciding.changes = {"ask": "pin", "ask_sound": ("ivr/pin",)}
        placed = await bench.place(PREMIUM, "1000")
        await hears(bench, placed, "ivr/pin")
        site.deciding.changes = {}
        await press(bench, placed, f"{PIN}#")
        await bench.wait_for(lambda: placed.connected, 8)
        await bench.hang_up(placed)
        assert placed.history is not None
        assert site.pins.typed_by == [(placed.history.call_id, PIN)]
        assert site.server.refusals.summary() == "none"


async def test_a_port_that_is_held_for_a_dead_service_keeps_nobody_waiting(lab: Lab, bench: TestBench) -> None:
    """The connection is taken, and nobody answers: the dialplan's limit of a second holds, and the next do not wait."""
    lab.cli(f"database del ivr-remember {PREMIUM}")
    with socket.create_server(("127.0.0.1", 0)) as held:
        lab.cli(f"dialplan set global IVR_AGI agi://127.0.0.1:{held.getsockname()[1]}/route")
        try:
            waits = []
            for _ in range(2):
                report = await bench.call(PREMIUM, "1000", talk=0.1)
                assert report.history is not None
                assert (report.history.tier, report.queue) == ("dialplan", "general-queue")
                assert report.to_queue_seconds is not None
                waits.append(report.to_queue_seconds)
        finally:
            lab.cli(f"dialplan set global IVR_AGI agi://{lab.state.pbx}:{AGI}/route")
            lab.cli('dialplan set global IVR_SKIP_UNTIL ""')
    assert waits[0] < TO_QUEUE_SECONDS
    assert waits[1] < 1


async def test_nobody_speaks_for_a_call_that_has_ended(lab: Lab, bench: TestBench, records: AwaitedRecords) -> None:
    report = await bench.call(STANDARD, "1000", talk=0.1)
    call_id = report.call_id
    assert call_id is not None
    before = await recorded(records, call_id)
    forged = ("1-1", "1000", "0", "carrier", "x")
    assert await probe.ask(lab.state.pbx, AGI, "route", arguments=forged, caller=PREMIUM, call_id=call_id) == []
    await bench.call(STANDARD, "1000", talk=0.1)  # recorded after it
    assert records.find(call_id) == before


def test_a_pbx_that_does_not_record_cannot(lab: Lab) -> None:
    assert "0 modules loaded" in lab.cli("module show like app_mixmonitor")


async def test_asterisks_own_user_is_known(lab: Lab) -> None:
    """Who answers the lab's AMI is who asks: so the doctor knows whether that user may."""
    kernel = Kernel()
    reader, writer = await asyncio.open_connection(lab.state.pbx, 5038)
    try:
        assert await asyncio.wait_for(reader.readline(), 5)
        here = writer.get_extra_info("sockname")
        assert kernel.owner((lab.state.pbx, 5038), here) == os.geteuid()
    finally:
        writer.close()
        kernel.close()
