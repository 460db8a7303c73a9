"""PINs that callers type: whose they are, and how long anybody waits for the verdict."""

import asyncio

import pytest

from ivr.application import pin_entry
from ivr.application.pin_entry import PinEntry
from ivr.domain.calls.incoming_call import PinCaller

PIN = "2580"
MOBILE = PinCaller("carrier", "+12025550199")


def expect(desk: PinEntry, call_id: str, customer_id: str, *, has_pin: bool = True) -> None:
    desk.expect(call_id, customer_id, MOBILE, has_pin=has_pin)


class Verifier:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, customer_id: str, pin: str, call_id: str, caller: PinCaller) -> str:
        self.asked.append((customer_id, call_id))
        await self.may_answer.wait()
        if pin == "0000":
            raise OSError("the database is away")
        return "right" if pin == PIN else "wrong"


async def test_a_pin_is_verified_for_whom_the_call_was_said_to_be() -> None:
    verifier = Verifier()
    desk = PinEntry(verifier)
    expect(desk, "call-1", "C1")
    expect(desk, "call-2", "C2")
    desk.typed("call-1", PIN)
    desk.typed("call-2", "1111")
    assert [await desk.verdict("call-1", "C1"), await desk.verdict("call-2", "C2")] == ["right", "wrong"]
    assert verifier.asked == [("C1", "call-1"), ("C2", "call-2")]
    assert await desk.verdict("call-1", "C1") == "right", "for the rest of the call"


async def test_without_a_customer_or_digits_there_is_nothing_to_verify() -> None:
    verifier = Verifier()
    desk = PinEntry(verifier)
    desk.typed("call-1", PIN)
    expect(desk, "call-2", "C2")
    desk.typed("call-2", "")
    assert [await desk.verdict("call-1", "C1"), await desk.verdict("call-2", "C2")] == ["", ""]
    assert not verifier.asked


@pytest.mark.abuse
async def test_a_verdict_about_one_customer_counts_for_no_other() -> None:
    """A forged request with a live call's id, in which one's own customer number is given, and then one's own PIN."""
    verifier = Verifier()
    desk = PinEntry(verifier)
    expect(desk, "call-1", "C1")
    expect(desk, "call-1", "C2")
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1", "C1") == ""
    assert await desk.verdict("call-1", "C2") == ""
    assert not verifier.asked, "nothing is verified in such a call"


@pytest.mark.abuse
async def test_a_verdict_is_asked_for_by_customer() -> None:
    desk = PinEntry(Verifier())
    expect(desk, "call-1", "C2")
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1", "C2") == "right"
    assert await desk.verdict("call-1", "C1") == "", "C2's PIN says nothing about C1"
    assert await desk.verdict("call-1", "C2") == "", "and who asked for both is trusted for neither"


@pytest.mark.abuse
@pytest.mark.parametrize("has_pin", [True, False])
async def test_another_customer_ends_the_calls_pins_for_good(*, has_pin: bool) -> None:
    verifier = Verifier()
    desk = PinEntry(verifier)
    expect(desk, "call-1", "C1")
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1", "C1") == "right"
    expect(desk, "call-1", "C2", has_pin=has_pin)
    expect(desk, "call-1", "C1")
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1", "C1") == ""
    assert len(verifier.asked) == 1
    expect(desk, "call-2", "C1")
    desk.typed("call-2", PIN)
    assert await desk.verdict("call-2", "C1") == "right", "another call is another matter"


@pytest.mark.abuse
async def test_another_customer_who_is_found_during_the_verification_ends_it_too() -> None:
    verifier = Verifier()
    desk = PinEntry(verifier)
    expect(desk, "call-1", "C1")
    verifier.may_answer.clear()
    desk.typed("call-1", PIN)
    waiting = asyncio.create_task(desk.verdict("call-1", "C1"))
    await asyncio.sleep(0)
    expect(desk, "call-1", "C2")
    verifier.may_answer.set()
    assert await waiting == ""
    assert await desk.verdict("call-1", "C1") == ""


@pytest.mark.abuse
async def test_who_calls_is_as_it_was_found_first() -> None:
    """A later, forged request must not have the caller's wrong tries counted as those of the customer's own phone."""
    seen: list[PinCaller] = []

    async def verify(customer_id: str, pin: str, call_id: str, caller: PinCaller) -> str:
        seen.append(caller)
        return "wrong"

    desk = PinEntry(verify)
    expect(desk, "call-1", "C1")
    desk.expect("call-1", "C1", PinCaller("carrier", "+442079460001", own=True), has_pin=True)
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1", "C1") == "wrong"
    assert seen == [MOBILE]


async def test_a_second_try_is_verified_anew_and_none_after_the_right_one() -> None:
    verifier = Verifier()
    desk = PinEntry(verifier)
    expect(desk, "call-1", "C1")
    for pin, verdict in (("1111", "wrong"), (PIN, "right"), ("1111", "right")):
        desk.typed("call-1", pin)
        assert await desk.verdict("call-1", "C1") == verdict
    assert len(verifier.asked) == 2


async def test_nobody_is_trusted_for_a_verification_that_hangs_or_fails() -> None:
    verifier = Verifier()
    desk = PinEntry(verifier)
    expect(desk, "call-1", "C1")
    verifier.may_answer.clear()
    began = asyncio.get_running_loop().time()
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1", "C1") == "unavailable"
    assert asyncio.get_running_loop().time() - began < pin_entry.PATIENCE + 0.3
    verifier.may_answer.set()
    expect(desk, "call-2", "C1")
    desk.typed("call-2", "0000")
    assert await desk.verdict("call-2", "C1") == "unavailable"


async def test_old_calls_are_forgotten() -> None:
    desk = PinEntry(Verifier())
    for n in range(pin_entry._OPEN_CALLS + 10):
        expect(desk, f"call-{n}", "C1")
    assert len(desk._calls) == pin_entry._OPEN_CALLS


async def test_what_is_kept_shows_nothing() -> None:
    desk = PinEntry(Verifier())
    expect(desk, "call-1", "C1")
    desk.typed("call-1", PIN)
    assert PIN not in repr(desk._calls)
    assert PIN not in repr(vars(desk))
