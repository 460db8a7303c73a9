"""PINs that callers type: whose they are, and how long anybody waits for the verdict."""

import asyncio

from ivr import pin_desk
from ivr.pin_desk import PinDesk

PIN = "2580"


class Verifier:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, customer_id: str, pin: str, call_id: str) -> str:
        self.asked.append((customer_id, call_id))
        await self.may_answer.wait()
        if pin == "0000":
            raise OSError("the database is away")
        return "right" if pin == PIN else "wrong"


async def test_a_pin_is_verified_for_whom_the_call_was_said_to_be() -> None:
    verifier = Verifier()
    desk = PinDesk(verifier)
    desk.expect("call-1", "C1")
    desk.expect("call-2", "C2")
    desk.typed("call-1", PIN)
    desk.typed("call-2", "1111")
    assert [await desk.verdict("call-1"), await desk.verdict("call-2")] == ["right", "wrong"]
    assert verifier.asked == [("C1", "call-1"), ("C2", "call-2")]
    assert await desk.verdict("call-1") == "right", "for the rest of the call"


async def test_without_a_customer_or_digits_there_is_nothing_to_verify() -> None:
    verifier = Verifier()
    desk = PinDesk(verifier)
    desk.typed("call-1", PIN)
    desk.expect("call-2", "C2")
    desk.typed("call-2", "")
    assert [await desk.verdict("call-1"), await desk.verdict("call-2")] == ["", ""]
    assert not verifier.asked


async def test_a_verdict_about_one_customer_counts_for_no_other() -> None:
    desk = PinDesk(Verifier())
    desk.expect("call-1", "C1")
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1") == "right"
    desk.expect("call-1", "C2")
    assert await desk.verdict("call-1") == ""


async def test_a_second_try_is_verified_anew_and_none_after_the_right_one() -> None:
    verifier = Verifier()
    desk = PinDesk(verifier)
    desk.expect("call-1", "C1")
    for pin, verdict in (("1111", "wrong"), (PIN, "right"), ("1111", "right")):
        desk.typed("call-1", pin)
        assert await desk.verdict("call-1") == verdict
    assert len(verifier.asked) == 2


async def test_nobody_is_trusted_for_a_verification_that_hangs_or_fails() -> None:
    verifier = Verifier()
    desk = PinDesk(verifier)
    desk.expect("call-1", "C1")
    verifier.may_answer.clear()
    began = asyncio.get_running_loop().time()
    desk.typed("call-1", PIN)
    assert await desk.verdict("call-1") == "unavailable"
    assert asyncio.get_running_loop().time() - began < pin_desk.PATIENCE + 0.3
    verifier.may_answer.set()
    desk.expect("call-2", "C1")
    desk.typed("call-2", "0000")
    assert await desk.verdict("call-2") == "unavailable"


async def test_old_calls_are_forgotten() -> None:
    desk = PinDesk(Verifier())
    for n in range(pin_desk._OPEN_CALLS + 10):
        desk.expect(f"call-{n}", "C1")
    assert len(desk._calls) == pin_desk._OPEN_CALLS


async def test_what_is_kept_shows_nothing() -> None:
    desk = PinDesk(Verifier())
    desk.expect("call-1", "C1")
    desk.typed("call-1", PIN)
    assert PIN not in repr(desk._calls)
    assert PIN not in repr(vars(desk))
