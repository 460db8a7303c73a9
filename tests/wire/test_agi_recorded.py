"""A decision is recorded in the same turn as its answer, and taken back when nobody heard that."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from ivr.domain.routing.questions import Question
from tests.wire.fake_ami import eventually
from tests.wire.test_agi_calls import NOBODY, Site, site
from tests.wire.test_agi_server import ROUTE

__all__ = ["site"]  # a fixture


def request(*more: str) -> bytes:
    """What Asterisk sends for a call; `more` are arguments beyond the usual ones."""
    lines = [f"agi_arg_{number}: {value}" for number, value in enumerate((*ROUTE, *more), 1)]
    head = ["agi_network_script: route", "agi_uniqueid: pbx-1.7", f"agi_callerid: {NOBODY}"]
    return "\n".join([*head, *lines, "", ""]).encode()


@contextlib.asynccontextmanager
async def answered(site: Site) -> AsyncIterator[asyncio.StreamWriter]:
    """A call that has its answer, and has not said so far that it took it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.server.port)
    with contextlib.closing(writer):
        writer.write(request())
        assert (await reader.readline()).startswith(b"EXEC MSet")
        yield writer


async def test_who_kills_us_then_finds_a_record(site: Site) -> None:
    """Nothing is answered of which there is no record."""
    async with answered(site) as writer:
        assert len(site.journal.decisions) == 1  # and Asterisk has not said that it took it
        writer.write(b"200 result=0\n")
        await site.outcome("done")
    assert site.journal.taken_back == []


async def test_an_answer_that_nobody_heard_is_taken_back(site: Site) -> None:
    await site.raw(request(), close=True)
    await site.outcome("broken")
    ((call, _, _),) = site.journal.decisions
    assert site.journal.taken_back == [(call, None)]


async def test_who_ends_us_waits_for_what_becomes_of_an_answer(site: Site) -> None:
    async with answered(site) as writer:
        await site.server.stop()
        ending = asyncio.create_task(site.server.ended())
        await asyncio.sleep(0.1)
        assert not ending.done()
        writer.transport.abort()
        await ending
    ((call, _, _),) = site.journal.decisions
    assert site.journal.taken_back == [(call, None)]


async def test_a_call_that_says_nothing_is_waited_for_a_second(site: Site) -> None:
    async with answered(site):
        await site.server.stop()
        async with asyncio.timeout(2):
            await site.server.ended()
    assert len(site.journal.taken_back) == 1


async def test_an_answer_not_heard_gives_way_to_the_one_before(site: Site) -> None:
    assert await site.ask(NOBODY, ask="menu", ask_keys="12")
    site.deciding.changes = {}
    await site.raw(request("", "m", "2"), close=True)
    await eventually(lambda: bool(site.journal.taken_back))
    ((call, before),) = site.journal.taken_back
    assert (call.asked, call.intent) == ("m", "2")
    assert before is not None
    assert (before.call.asked, before.decision.question) == ("", Question("menu", keys="12"))
