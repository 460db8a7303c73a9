"""Records that come a moment after the call: the last decision is waited for."""

from collections.abc import Awaitable, Callable, Iterator, Sequence

import pytest

from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.errors import StoreError
from ivr.qa.awaited_records import awaited_decision
from tests.decisions import changed
from tests.unit.test_from_call import DECISION

CALL_ID, PATIENCE = "pbx-1.1", 0.3  # seconds


def record(asked: str, trust: str) -> CallRecord:
    of = IncomingCall(CALL_ID, CALL_ID, "", "1000", False, "carrier", "", 1.0, asked=asked)
    return CallRecord(CallHistory(CALL_ID), changed(DECISION, trust=trust), of, 2.5)


Found = CallRecord | Exception | None


def one_after_another(*found: Found) -> Callable[[], Awaitable[CallRecord | None]]:
    """What is found each time somebody looks; the last of it from then on."""

    def each() -> Iterator[Found]:
        yield from found
        while True:
            yield found[-1]

    looks = each()

    async def find() -> CallRecord | None:
        if isinstance(seen := next(looks), Exception):
            raise seen
        return seen

    return find


@pytest.mark.parametrize(
    ("found", "asked", "trust"),
    [
        ((record("", "caller-id"),), 0, "caller-id"),
        ((None, StoreError("away"), record("", "caller-id")), 0, "caller-id"),
        ((record("", "caller-id"), record("", "caller-id"), record("p", "pin")), 1, "pin"),
        ((record("", "caller-id"),), 1, "caller-id"),  # the second decision never came
    ],
)
async def test_the_last_decision_is_told(found: Sequence[Found], asked: int, trust: str) -> None:
    known = await awaited_decision(one_after_another(*found), asked, PATIENCE)
    assert known is not None
    decision, route_ms = known
    assert (decision.identity.trust, route_ms) == (trust, 2.5)


async def test_who_was_not_decided_on_has_none() -> None:
    assert await awaited_decision(one_after_another(None), 0, PATIENCE) is None
