"""Records that come a moment after the call: the last decision is waited for, and an older one is better than none."""

from collections.abc import Awaitable, Callable, Iterator

import pytest

from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.errors import StoreError
from ivr.qa.awaited_records import awaited_decision
from tests.decisions import decision_of

CALL_ID, PATIENCE = "pbx-1.1", 0.3  # seconds


def record(asked: str, trust: str) -> CallRecord:
    decision = decision_of(
        call_id=CALL_ID, action="queue", treatment="general", queue="general-queue", priority=10, segment=None,
        customer_id=None, customer_name=None, scores={}, score=None, lookup="unknown", rule="default", reason="",
        label="", rung="live", policy_version="v", language=None, trust=trust,
    )  # fmt: skip
    call = IncomingCall(CALL_ID, CALL_ID, "", "1000", False, "carrier", "", 1.0, asked=asked)
    return CallRecord(CallHistory(CALL_ID), decision, call, 2.5)


def one_after_another(*found: CallRecord | Exception | None) -> Callable[[], Awaitable[CallRecord | None]]:
    """What is found each time somebody looks; the last of it from then on."""

    def each() -> Iterator[CallRecord | Exception | None]:
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
async def test_the_last_decision_is_the_one(
    found: tuple[CallRecord | Exception | None, ...], asked: int, trust: str
) -> None:
    known = await awaited_decision(one_after_another(*found), asked, PATIENCE)
    assert known is not None
    decision, route_ms = known
    assert (decision.identity.trust, route_ms) == (trust, 2.5)


async def test_who_was_not_decided_on_has_none() -> None:
    assert await awaited_decision(one_after_another(None), 0, PATIENCE) is None
