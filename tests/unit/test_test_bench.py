"""What the test bench makes of two streams of events, of which either may be ahead."""

from itertools import permutations

import pytest

from ivr.ami.message import Message
from ivr.domain.routing.decision import Decision
from ivr.qa.calls import Containers, Placed, TestBench

ROUTED = {
    "Event": "UserEvent", "UserEvent": "IvrRouted", "Uniqueid": "pbx1-1.0", "Linkedid": "pbx1-1.0", "Rung": "live",
    "Segment": "premium", "Queue": "premium", "Prio": "100", "Action": "queue", "CallerIDNum": "+442079460001",
    "DID": "1000", "Trunk": "carrier", "SipCallID": "sip-1",
}  # fmt: skip
SENT = {
    "Event": "UserEvent",
    "UserEvent": "CallerSent",
    "Token": "test-1",
    "SipCallID": "sip-1",
    "Channel": "PJSIP/pbx-1",
}
RINGS = {
    "Event": "UserEvent", "UserEvent": "PhoneRings", "Call": "pbx1-1.0", "Phone": "anna", "Shows": "PREMIUM%20Ada",
    "Number": "+442079460001", "Customer": "C1", "Segment": "premium",
}  # fmt: skip


async def nothing(call_id: str, asked: int) -> tuple[Decision, float] | None:
    return None


@pytest.mark.parametrize("order", list(permutations(("routed", "sent", "rings"))), ids=" ".join)
async def test_a_call_is_known_with_its_phone_whichever_side_is_heard_first(order: tuple[str, ...]) -> None:
    bench = TestBench(Containers("127.0.0.1", "127.0.0.1", "secret"), nothing)
    placed = bench._placed["test-1"] = Placed("test-1", 0.0)
    for name in order:
        if name == "routed":
            bench._pbx_event(Message(ROUTED))
        else:
            bench._carrier_event(Message(SENT if name == "sent" else RINGS))
    assert placed.seen is not None
    assert placed.seen.history.segment == "premium"
    (display,) = placed.seen.displays
    assert (display.phone, display.shows, display.customer) == ("anna", "PREMIUM Ada", "C1")
    assert (await bench.report(placed, "+442079460001", "1000")).displays == (display,)


async def test_the_last_decision_is_asked_for_on_a_call_that_was_routed_again() -> None:
    asked_for = []

    async def recorded(call_id: str, asked: int) -> tuple[Decision, float] | None:
        asked_for.append((call_id, asked))
        return None

    bench = TestBench(Containers("127.0.0.1", "127.0.0.1", "secret"), recorded)
    placed = bench._placed["test-1"] = Placed("test-1", 0.0)
    bench._carrier_event(Message(SENT))
    for _ in range(2):
        bench._pbx_event(Message(ROUTED))
        await bench.report(placed, "+442079460001", "1000")
    assert asked_for == [("pbx1-1.0", 0), ("pbx1-1.0", 1)]
