"""A request speaks for the call that it names: tries to speak for another one, or for one that is over."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from ivr.agi import known_calls, probe
from ivr.agi.endpoints import PIN_COMMANDS, Endpoints, RoutesCalls
from ivr.agi.known_calls import KnownCalls
from ivr.agi.refusals import RefusedError
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision
from tests.decisions import changed
from tests.wire.fake_ami import eventually
from tests.wire.test_agi_server import PIN, ROUTE, Running

pytestmark = pytest.mark.abuse

CALL = "pbx-1.7"
CUSTOMER, NOBODY = "+442079460001", "+442079460002"
OTHERS = {  # of ROUTE's, what a forged request may say instead
    "DID": (1, "1003"),
    "trunk": (3, "other"),
    "withheld": (2, "1"),
}


class Deciding:
    """Decides as the call flow does, but for what a test wants to be different."""

    def __init__(self, flow: RoutesCalls) -> None:
        self.flow, self.changes = flow, dict[str, Any]()

    async def routed(self, call: IncomingCall) -> tuple[IncomingCall, Decision]:
        call, decision = await self.flow.routed(call)
        return call, changed(decision, **self.changes)

    async def route(self, call: IncomingCall) -> Decision:
        return (await self.routed(call))[1]


class Site(Running):
    def __init__(self) -> None:
        super().__init__()
        endpoints: Endpoints = self.server._endpoints["route"].__self__  # type: ignore[attr-defined]
        self.deciding = Deciding(endpoints.flow)
        changed = replace(endpoints, flow=self.deciding)
        self.server._endpoints.update(route=changed.route, pin=changed.pin)

    async def ask(
        self, caller: str = NOBODY, arguments: tuple[str, ...] = ROUTE, call_id: str = CALL, **changes: Any
    ) -> list[str]:
        self.deciding.changes = changes
        return await probe.ask(
            "127.0.0.1", self.server.port, "route", arguments=arguments, caller=caller, call_id=call_id
        )

    async def recorded(self, count: int) -> list[str]:
        """Whose decisions there are, when there are so many: one is recorded after its answer."""
        await eventually(lambda: len(self.journal.decisions) >= count)
        return [call.caller_number for call, _, _ in self.journal.decisions]

    async def pin(self, call_id: str = CALL, mark: str = ROUTE[0]) -> list[str]:
        """What the server commands when a PIN is to be typed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        said = []
        with contextlib.closing(writer):
            writer.write(f"agi_network_script: pin\nagi_uniqueid: {call_id}\nagi_arg_1: {mark}\n\n".encode())
            for answer in (b"200 result=0\n", f"200 result={PIN}\n".encode()):
                if line := await asyncio.wait_for(reader.readline(), 5):
                    said.append(line.decode().rstrip("\n"))
                    writer.write(answer)
        return said


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    await made.server.start()
    yield made
    await made.server.stop()


# Another call, or none any more -------------------------------------------------------------------------


async def test_a_call_that_has_ended_asks_no_more(site: Site) -> None:
    assert await site.ask()
    site.calls.ended(CALL)
    assert await site.ask(CUSTOMER) == await site.ask(NOBODY) == []
    assert site.server.refusals.counts == {"ended": 2}
    assert await site.ask(call_id="pbx-1.8")  # the next one does
    assert await site.recorded(2) == [NOBODY, NOBODY]


async def test_a_call_keeps_its_number(site: Site) -> None:
    assert await site.ask(NOBODY)
    assert await site.ask(CUSTOMER) == []
    assert await site.ask(NOBODY)
    assert await site.recorded(2) == [NOBODY, NOBODY]
    assert site.server.refusals.counts == {"identity": 1}


@pytest.mark.parametrize(("place", "value"), OTHERS.values(), ids=OTHERS)
async def test_a_call_keeps_what_it_came_with(site: Site, place: int, value: str) -> None:
    assert await site.ask(CUSTOMER)
    forged = (*ROUTE[:place], value, *ROUTE[place + 1 :])
    assert await site.ask(CUSTOMER, forged) == []
    assert await site.ask(CUSTOMER, (*ROUTE, "A")) == []  # a signature that it did not come with
    assert await site.ask(CUSTOMER)
    assert len(await site.recorded(2)) == 2


async def test_a_call_is_asked_something_and_asks_again(site: Site) -> None:
    for asked, key in (("", ""), ("m", "2"), ("mn", "2")):
        assert await site.ask(NOBODY, (*ROUTE, "", asked, key))
    assert len(await site.recorded(3)) == 3


async def test_a_withheld_number_that_comes_back_is_no_other_call(site: Site) -> None:
    """A later message of the carrier's may bring the number into the call: nobody looks at it."""
    withheld = (*ROUTE[:2], "1", *ROUTE[3:])
    assert await site.ask("unknown", withheld)
    assert await site.ask(CUSTOMER, withheld)
    assert site.customers.asked == []
    assert await site.recorded(2) == ["", ""]


# A PIN --------------------------------------------------------------------------------------------------


async def test_nobody_types_who_was_not_asked(site: Site) -> None:
    assert await site.pin() == []
    assert await site.ask()  # an answer without a question
    assert await site.pin() == []
    assert site.server.refusals.counts == {"pin": 2}
    assert site.pins.typed_by == []


@pytest.mark.parametrize("answer", [{"ask": "pin"}, {"self_service": "account"}], ids=["question", "self-service"])
async def test_a_pin_is_typed_once_for_each_answer_that_leads_to_it(site: Site, answer: dict[str, Any]) -> None:
    assert await site.ask(**answer)
    assert await site.pin() == list(PIN_COMMANDS)
    await site.outcome("done")
    assert await site.pin() == []
    assert site.pins.typed_by == [(CALL, PIN)]
    assert await site.ask(**answer)
    assert await site.pin() == list(PIN_COMMANDS)


async def test_who_may_hear_of_the_account_already_types_none(site: Site) -> None:
    assert await site.ask(self_service="account", disclose=True)
    assert await site.pin() == []


async def test_the_pin_of_one_call_is_not_typed_in_another(site: Site) -> None:
    assert await site.ask(ask="pin")
    assert await site.pin(call_id="pbx-1.8") == []
    assert await site.pin(mark="1700000000-999999999") == []  # Asterisk chose another, and told nobody
    site.calls.ended(CALL)
    assert await site.pin() == []
    assert site.pins.typed_by == []


async def test_who_types_for_others_keeps_nobody_from_typing_on_their_own_telephone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_calls, "OTHERS_AT_ONCE", 2)
    writers = []
    for n in range(2):
        assert await site.ask(call_id=f"pbx-2.{n}", ask="pin", trust="typed")
        reader, writer = await asyncio.open_connection("127.0.0.1", site.server.port)
        writer.write(f"agi_network_script: pin\nagi_uniqueid: pbx-2.{n}\nagi_arg_1: {ROUTE[0]}\n\n".encode())
        assert await asyncio.wait_for(reader.readline(), 5)
        writers.append(writer)
    assert await site.ask(call_id="pbx-2.7", ask="pin", trust="typed")
    assert await site.pin(call_id="pbx-2.7") == []
    assert await site.ask(call_id="pbx-2.8", ask="pin", trust="caller-id")
    assert await site.pin(call_id="pbx-2.8") == list(PIN_COMMANDS)
    for writer in writers:
        writer.close()
    await eventually(lambda: site.calls._others_type == 0)
    assert await site.ask(call_id="pbx-2.9", ask="pin", trust="typed")
    assert await site.pin(call_id="pbx-2.9") == list(PIN_COMMANDS)


async def test_an_earlier_answer_counts_when_a_later_one_was_not_taken(site: Site) -> None:
    """The dialplan goes on with the answer from before a question, by the mark of the request after it."""
    assert await site.ask(self_service="account")
    assert await site.ask(arguments=("1700000000-2", *ROUTE[1:], "", "m", "2"))
    assert await site.pin(mark="1700000000-2") == list(PIN_COMMANDS)


async def test_the_oldest_calls_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_calls, "_CALLS", 3)
    calls = KnownCalls()
    for n in range(5):
        calls.ended(f"{n}")
    assert len(calls._calls) == 3
    call = IncomingCall("4", "4", NOBODY, "1000", False, "carrier", "", 0.0)
    with pytest.raises(RefusedError):
        calls.admit(call)
    calls.admit(replace(call, call_id="0"))
