"""One call on its way: what is worked out once, and handed on."""

import dataclasses
import time

import pytest

from ivr.application.route_call import RouteCall
from ivr.application.what_if import Always, tried
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.policy import EntryPoint, Policy
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.redecide import other_policy
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


class Customers:
    """Those who have these numbers; it remembers what it was asked."""

    def __init__(self, **numbers: str) -> None:
        self.numbers, self.asked = {number: name for name, number in numbers.items()}, list[str]()

    async def find(self, number: str, call_id: str = "") -> Lookup:
        self.asked.append(number)
        name = self.numbers.get(number)
        return Found(Customer(name, "Ada", Scores(91.0))) if name else Unknown("not a known number")

    find_by_customer_number = find


STOCKHOLM, LUND = "+468123456", "+46468123456"  # both are 468123456, without + and without 0


async def decided(shown: str, region: str, known: Customers) -> Decision:
    bundle = load(share("dialplans"))
    policy = dataclasses.replace(bundle.policy, region=region)
    in_force = Always(dataclasses.replace(bundle, policy=policy))
    flow = RouteCall(PhoneNumbers(), known, in_force, time.perf_counter)
    return await flow.route(dataclasses.replace(CALL, caller_number=shown))


@pytest.mark.parametrize(
    ("shown", "region", "stored"),
    [
        ("4915112345678", "DE", "+4915112345678"),
        ("62812345678", "ID", "+62812345678"),
        ("468123456", "SE", STOCKHOLM),
        ("5215555501234", "MX", "+525555501234"),
        ("00442079460001", "US", "+442079460001"),
        ("+446660001234", "GB", "+446660001234"),  # only possible, but the data has exactly it
    ],
)
async def test_a_caller_is_found_by_the_number_as_the_region_means_it(
    shown: str,
    region: str,
    stored: str,
) -> None:
    decision = await decided(shown, region, Customers(C1=stored))
    assert (decision.identity.customer_id, decision.identity.segment) == ("C1", "premium")


async def test_what_the_number_could_be_as_well_is_recorded_and_is_nobodys() -> None:
    decision = await decided("468123456", "SE", Customers(C1=LUND))
    assert decision.identity.lookup == "unknown"
    assert LUND in decision.trace.notes.doubt
    again = other_policy(CALL, decision, load(share("dialplans")))
    assert again.trace.notes.doubt == decision.trace.notes.doubt
    sure = Customers(C1=LUND)
    assert (await decided(LUND, "SE", sure)).trace.notes.doubt == ""
    assert sure.asked == [LUND]


async def test_nobody_is_known_while_who_else_may_be_calling_cannot_be_looked_up() -> None:
    class HalfAway(Customers):
        async def find(self, number: str, call_id: str = "") -> Lookup:
            return Unavailable("too late") if number == LUND else await super().find(number)

    decision = await decided("468123456", "SE", HalfAway(C1=STOCKHOLM))
    assert (decision.identity.lookup, decision.identity.segment) == ("unavailable", None)


async def test_customers_who_may_both_be_calling_are_told_from_nobody() -> None:
    decision = await decided("468123456", "SE", Customers(C1=STOCKHOLM, C2=LUND))
    assert (decision.identity.lookup, decision.identity.segment) == ("ambiguous", None)
    assert decision.trace.notes.shared_by == 2
    one = await decided("468123456", "SE", Customers(C1=STOCKHOLM))
    assert one.identity.customer_id == "C1"


@pytest.mark.parametrize(
    ("shown", "region"),
    [("0000000000", "GB"), ("1111111111", "US"), ("0123456789", "FR"), ("+441234567890", "GB")],
)
async def test_a_placeholder_is_nobodys_though_a_customer_has_it(shown: str, region: str) -> None:
    """As one may who was imported by an earlier version."""
    stored = "+441234567890" if shown.startswith("+") else "+440000000000"
    known = Customers(C1=stored, C2=shown)
    decision = await decided(shown, region, known)
    assert (decision.identity.lookup, decision.identity.trust) == ("unknown", "none")
    assert known.asked == []
    assert "placeholder" in decision.trace.notes.why_not
    assert decision.memory == ""
