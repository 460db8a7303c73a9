"""What is on the wire while a call goes on: sound that never stops, and keys that come as sound."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from ivr.lab.lab import Lab
from ivr.qa.calls import Placed, TestBench
from tests.lab.scripted import Turn, says, scripted, stand_ins

pytestmark = pytest.mark.shared

NOBODY = "+442079460601"
PACKETS_A_SECOND = 50  # of 20 ms each


@pytest.fixture(autouse=True)
def _sounds(lab: Lab) -> Iterator[None]:
    with stand_ins(lab):
        yield


async def packets(bench: TestBench, placed: Placed) -> int:
    """How many RTP packets the caller's side has received so far."""
    counted = "CHANNEL(rtcp,rxcount)"
    said = await bench.carrier.request("Getvar", Channel=placed.channel, Variable=counted)
    return int(said.header("Value"))


async def packets_a_second(bench: TestBench, placed: Placed, seconds: float = 1.0) -> float:
    """How many RTP packets the caller's side receives, on average of the next so many seconds."""
    before, began = await packets(bench, placed), time.monotonic()
    await asyncio.sleep(seconds)
    return (await packets(bench, placed) - before) / (time.monotonic() - began)


@pytest.mark.parametrize(
    ("asks", "sound"),
    [
        (says(ask="menu", ask_sound=("ivr/question",), ask_keys="12"), "ivr/question"),
        (says(ask="pin", ask_sound=("ivr/pin",)), "ivr/pin"),
        (says(self_service="account"), "ivr/self-service-account"),
        (says(action="voicemail", queue=None, say=("ivr/closed",), mailbox="100"), "beep"),
    ],
    ids=["menu", "PIN", "self-service", "message"],
)
async def test_sound_goes_on_while_a_caller_is_listened_to(
    lab: Lab,
    bench: TestBench,
    asks: Turn,
    sound: str,
) -> None:
    """A carrier that hears nothing for some time takes the call for dead."""
    async with scripted(lab, asks, says()):
        placed = await bench.place(NOBODY, "1003")
        await bench.wait_for(lambda: sound in [played.sound for played in bench.heard(placed)], 8)
        await asyncio.sleep(0.6)  # it has been played
        rate = await packets_a_second(bench, placed)
        assert bench.heard(placed)[-1].sound == sound, "that was measured while a sound was played"
        await bench.hang_up(placed)
    assert rate == pytest.approx(PACKETS_A_SECOND, rel=0.2)
