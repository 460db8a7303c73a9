"""PINs and numbers typed in calls: what the flow makes of them, with the real desk and a real policy."""

import time
from dataclasses import asdict, replace

import pytest

from ivr.agi.variables import answer
from ivr.application.pin_entry import PinEntry
from ivr.application.route_call import RouteCall
from ivr.application.what_if import Always
from ivr.domain.calls.incoming_call import IncomingCall, PinCaller
from ivr.domain.customers import Ambiguous, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.routing.decision import Decision
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy.loader import load
from ivr.presentation import call_record
from ivr.shipped_files import share
from tests.decisions import values

PIN, OWN_NUMBER, VICTIMS_NUMBER = "8526", "+442079460001", "+442079460002"
MALLORY = Customer("C9", "Mallory", Scores(10.0, 10.0, 0.0), customer_number="99", has_pin=True)
VICTIM = Customer("C1", "Ada Lovelace", Scores(91.0, 80.0, 0.0), customer_number="44200001", has_pin=True)
CALL = IncomingCall("1.1", "1.1", "+12025550199", "1003", False, "carrier", "", 1_763_900_000.0)


class Customers:
    """Two of them."""

    by_number = {OWN_NUMBER: MALLORY, VICTIMS_NUMBER: VICTIM}  # noqa: RUF012 - nobody changes it
    by_typed: dict[str, Lookup] = {  # noqa: RUF012
        "99": Found(MALLORY), "44200001": Found(VICTIM), "77": Ambiguous(("C1", "C9")), "66": Unavailable("too late"),
    }  # fmt: skip

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def find(self, number: str, call_id: str = "") -> Lookup:
        found = self.by_number.get(number)
        return Found(found) if found else Unknown("not a known number")

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        self.asked.append(digits)
        return self.by_typed.get(digits, Unknown("not a known customer number"))


class Bench:
    """A flow with a real desk; every PIN that is typed is everybody's."""

    def __init__(self) -> None:
        self.callers: list[PinCaller] = []
        self.refused = False
        self.desk = PinEntry(self.verify, lambda caller: not self.refused)
        self.customers = Customers()
        policy = Always(load(share("dialplans")))
        self.flow = RouteCall(PhoneNumbers(), self.customers, policy, time.perf_counter, self.desk)

    async def verify(self, customer_id: str, pin: str, call_id: str, caller: PinCaller) -> str:
        self.callers.append(caller)
        return "right" if pin == PIN else "wrong"

    async def __call__(self, **of: str) -> tuple[IncomingCall, Decision]:
        return await self.flow.routed(replace(CALL, **of))  # type: ignore[arg-type]  # all of these are texts


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_a_pin_proves_who_typed_it(bench: Bench) -> None:
    _, decision = await bench(asked="n", typed="44200001")
    assert decision.question.kind == "pin"
    bench.desk.typed("1.1", PIN)
    _, decision = await bench(asked="np", typed="44200001")
    assert values(decision, "trust customer_id") == ("pin", "C1")


@pytest.mark.abuse
async def test_ones_own_pin_proves_nobody_else(bench: Bench) -> None:
    """The call is said to be the victim's; a forged request with its id asks for oneself, and one's own PIN follows."""
    await bench(asked="n", typed="44200001")
    await bench(caller_number=OWN_NUMBER, asked="", typed="")
    bench.desk.typed("1.1", PIN)
    _, decision = await bench(asked="np", typed="44200001")
    assert decision.identity.trust != "pin"
    assert decision.identity.disclose is False
    _, decision = await bench(asked="np", typed="99")
    assert decision.identity.trust != "pin", "in this call nobody's PIN counts any more"


@pytest.mark.abuse
async def test_who_was_verified_first_is_not_whoever_is_asked_for_then(bench: Bench) -> None:
    await bench(asked="n", typed="99")
    bench.desk.typed("1.1", PIN)
    _, decision = await bench(asked="np", typed="44200001")
    assert decision.identity.trust != "pin"
    assert decision.identity.disclose is False


@pytest.mark.parametrize(
    ("of", "caller"),
    [
        ({"caller_number": VICTIMS_NUMBER}, PinCaller("carrier", VICTIMS_NUMBER, own=True)),
        ({"caller_number": VICTIMS_NUMBER, "trunk": "other"}, PinCaller("other")),
        ({"caller_number": VICTIMS_NUMBER, "attestation": "failed"}, PinCaller("carrier")),
        ({"caller_number": VICTIMS_NUMBER, "attestation": "A", "trunk": "other"},
         PinCaller("other", VICTIMS_NUMBER, own=True)),
        ({"typed": "44200001"}, PinCaller("carrier", "+12025550199")),
        ({"typed": "44200001", "caller_number": ""}, PinCaller("carrier")),
        ({"typed": "44200001", "caller_number": OWN_NUMBER}, PinCaller("carrier", OWN_NUMBER)),
    ],
)  # fmt: skip
@pytest.mark.abuse
async def test_where_a_try_comes_from(bench: Bench, of: dict[str, str], caller: PinCaller) -> None:
    """Only a number that is believed counts as one, and only the customer's own as theirs."""
    await bench(**of)
    bench.desk.typed("1.1", "0000")
    await bench(asked="p", **of)
    assert bench.callers == [caller]


@pytest.mark.abuse
async def test_who_was_wrong_too_often_is_asked_for_no_pin(bench: Bench) -> None:
    bench.refused = True
    _, decision = await bench(asked="n", typed="44200001")
    assert decision.question.kind != "pin"
    assert decision.trace.notes.pin == "later"
    assert "PIN: not asked for, after too many wrong ones" in call_record._asked(replace(CALL, asked="n"), decision)
    assert decision.identity.segment != "premium"


@pytest.mark.abuse
@pytest.mark.parametrize("typed", [PIN, "66"])
async def test_what_is_no_customer_number_is_kept_as_its_length(bench: Bench, typed: str) -> None:
    """A PIN typed when the customer number was asked for."""
    call, decision = await bench(asked="n", typed=typed)
    assert call.typed == "x" * len(typed)
    assert typed not in str(asdict(call)) + str(asdict(decision.trace))
    assert f"IVR_TYPED={'x' * len(typed)}," in answer(decision, "1-2", call.typed)
    assert call_record._asked(call, decision) == f"customer number: {len(typed)} digits that are no customer number"


@pytest.mark.abuse
async def test_what_older_versions_kept_is_not_shown_either(bench: Bench) -> None:
    _, decision = await bench(asked="n", typed=PIN)
    assert PIN not in call_record._asked(replace(CALL, asked="n", typed=PIN), decision)


async def test_what_was_hidden_stays_so_and_is_looked_up_no_more(bench: Bench) -> None:
    call, decision = await bench(asked="nn", typed="xxxx")
    assert (call.typed, bench.customers.asked) == ("xxxx", [])
    assert decision.identity.lookup == "unknown"
    _, first = await bench(asked="n", typed="xxxx")
    assert first.question.kind == "number", "who typed something is asked once more, as before"


@pytest.mark.parametrize("typed", ["44200001", "77", ""])
async def test_a_customer_number_is_kept(bench: Bench, typed: str) -> None:
    call, decision = await bench(asked="n", typed=typed)
    assert call.typed == typed
    assert "IVR_TYPED=," in answer(decision, "1-2", call.typed)
