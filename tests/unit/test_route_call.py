"""One call on its way: what is worked out once, and handed on."""

import dataclasses
import time

import pytest

from ivr.application.route_call import RouteCall
from ivr.application.what_if import Always, tried
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import Customer, Found, Lookup, Scores
from ivr.domain.policy import EntryPoint, Policy
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy.loader import load
from ivr.shipped_files import share

CALL = IncomingCall("1.1", "1.1", "+442079460001", "1000", False, "carrier", "", 1_700_000_000.0)


class Known:
    """Everybody is the same customer."""

    async def find(self, number: str, call_id: str = "") -> Lookup:
        return Found(Customer("C1", "Ada", Scores(91.0, 64.0, 10.0)))

    find_by_customer_number = find


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers whose entry point was asked for."""
    numbers: list[str] = []
    real = Policy.entry_point

    def entry_point(policy: Policy, dialled: str) -> EntryPoint:
        numbers.append(dialled)
        return real(policy, dialled)

    monkeypatch.setattr(Policy, "entry_point", entry_point)
    return numbers


@pytest.mark.parametrize("dialled", ["1000", "4711"])
async def test_the_entry_point_is_worked_out_once(asked: list[str], dialled: str) -> None:
    call, in_force = dataclasses.replace(CALL, dialled=dialled), load(share("dialplans"))
    flow = RouteCall(PhoneNumbers(), Known(), Always(in_force), time.perf_counter)
    decision = await flow.route(call)
    assert asked == [dialled]
    assert decision.trace.facts["call.did"] == dialled
    explained = await tried(call, in_force, PhoneNumbers(), Known(), {})
    assert asked == [dialled] * 2
    assert explained.decision.trace.facts["call.entry"] == decision.trace.facts["call.entry"]
