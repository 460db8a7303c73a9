"""What the dialplan makes of an answer: questions, steps, voicemail, ends. A script in the test answers, no policy."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from ivr.agi.endpoints import PIN_COMMANDS
from ivr.ami.message import Message
from ivr.domain.calls.events import AgentConnected, CallerAsked, CallHandled, CallRouted, QueueJoined, QueueLeft
from ivr.domain.policy import Step
from ivr.lab import ready
from ivr.lab.lab import AMI, Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import Placed, TestBench, channels
from tests.lab.farm import only_these_agents
from tests.lab.scripted import Request, forgets, hangs, says, says_raw, scripted, stand_ins

pytestmark = [pytest.mark.shared, pytest.mark.thorough]

ONE, TWO, THREE = "+442079460601", "+442079460602", "+442079460603"  # nobody's numbers
ASKS_MENU = says(ask="menu", ask_sound=("ivr/question",), ask_keys="12")
ASKS_NUMBER = says(ask="number", ask_sound=("ivr/question",))


@pytest.fixture(autouse=True)
def _sounds(lab: Lab) -> Iterator[None]:
    with stand_ins(lab):
        yield


async def press(bench: TestBench, placed: Placed, keys: str) -> None:
    """The caller presses keys."""
    for key in keys:
        await bench.carrier.request("PlayDTMF", Channel=placed.channel, Digit=key, Duration=60)
        await asyncio.sleep(0.15)


async def variables(lab: Lab) -> str:
    """What Asterisk shows of the only call there is."""
    channels = await asyncio.to_thread(lab.cli, "core show channels concise")
    name = next(line.partition("!")[0] for line in channels.splitlines() if "!1003!" in line or "ivr-" in line)
    return await asyncio.to_thread(lab.cli, f"core show channel {name}")


async def hears(bench: TestBench, placed: Placed, sound: str, patience: float = 8) -> None:
    """Until the caller is played a sound."""
    await bench.wait_for(lambda: sound in heard(bench, placed), patience)


def heard(bench: TestBench, placed: Placed) -> list[str]:
    """The names of the sounds that the caller was played."""
    return [played.sound for played in bench.heard(placed)]


def outcome(placed: Placed) -> str:
    """How it stands with the call."""
    return placed.history.outcome if placed.history else ""


async def test_the_key_that_was_pressed_is_in_the_second_request(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_MENU, says(queue="premium", priority=90)) as script:
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await press(bench, placed, "2")
        await bench.wait_for(lambda: placed.connected, 8)
        await bench.hang_up(placed)
    assert [request.asked for request in script.requests] == [("", "", ""), ("m", "2", "")]
    assert placed.seen is not None
    events = placed.seen.events
    assert [type(event) for event in events][:4] == [CallRouted, CallerAsked, CallRouted, QueueJoined]


# Questions -------------------------------------------------------------------------------------------


async def test_a_key_that_the_menu_does_not_know_is_none(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_MENU, says()) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await press(bench, placed, "7")
        await hears(bench, placed, "ivr/key-unknown")
        await press(bench, placed, "8")
        await bench.wait_for(lambda: placed.waiting, 8)
        await bench.hang_up(placed)
    assert [request.asked for request in script.requests] == [("", "", ""), ("m", "", "")]


async def test_a_number_ends_with_the_hash_key(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_MENU, ASKS_NUMBER, says()) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await press(bench, placed, "1")
        await bench.wait_for(lambda: len(script.requests) == 2, 8)
        await press(bench, placed, "10023#")
        await bench.wait_for(lambda: placed.waiting, 8)
        await bench.hang_up(placed)
    assert [request.asked for request in script.requests] == [("", "", ""), ("m", "1", ""), ("mn", "1", "10023")]
    assert len({request.mark for request in script.requests}) == 3


@pytest.mark.abuse
async def test_asterisk_forgets_digits_that_are_no_customer_number(lab: Lab, bench: TestBench) -> None:
    """A PIN typed at the wrong question stays in no variable of the channel, and is in no later request."""
    again = forgets("xxxx", ask="menu", ask_sound=("ivr/greeting",), ask_keys="1")
    async with scripted(lab, ASKS_NUMBER, again, says()) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await press(bench, placed, "8526#")
        await hears(bench, placed, "ivr/greeting")
        assert placed.history is not None
        shown = await variables(lab)
        assert "CALL_TYPED=xxxx" in shown
        assert "8526" not in shown
        await press(bench, placed, "1")
        await bench.wait_for(lambda: placed.waiting, 8)
        await bench.hang_up(placed)
    assert [request.asked for request in script.requests] == [("", "", ""), ("n", "", "8526"), ("nm", "1", "xxxx")]


@pytest.mark.abuse
async def test_asterisk_forgets_digits_of_which_nobody_says_what_they_are(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_NUMBER, says_raw("")), only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await press(bench, placed, "8526#")
        await bench.wait_for(lambda: placed.waiting, 8)
        shown = await variables(lab)
        assert "CALL_ASKED=n" in shown
        assert "8526" not in shown
        await bench.hang_up(placed)


async def test_a_caller_who_presses_nothing_is_asked_twice_and_then_goes_on(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_MENU, says()) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await bench.wait_for(lambda: placed.waiting, 14)
        await bench.hang_up(placed)
    assert heard(bench, placed).count("ivr/question") == 2
    assert [request.asked for request in script.requests] == [("", "", ""), ("m", "", "")]


async def test_nobody_is_asked_more_than_four_questions(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_MENU) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        for count in range(1, 5):
            await bench.wait_for(lambda count=count: heard(bench, placed).count("ivr/question") == count, 8)  # type: ignore[misc]
            await press(bench, placed, "1")
        await bench.wait_for(lambda: placed.waiting, 8)
        await bench.hang_up(placed)
    assert [request.asked[0] for request in script.requests] == ["", "m", "mm", "mmm", "mmmm"]


async def test_who_hangs_up_on_a_question_has_given_up(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_NUMBER) as script:
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await bench.hang_up(placed)
    assert placed.history is not None
    assert (placed.history.outcome, placed.history.hung_up_by) == ("abandoned", "caller")
    assert len(script.requests) == 1


# A service that breaks between questions ----------------------------------------------------------------


async def answered_from_before(bench: TestBench, placed: Placed, within: float) -> None:
    """The first answer holds: the caller waits with its priority, soon after the key was pressed."""
    began = time.monotonic()
    await bench.wait_for(lambda: placed.waiting, 5)
    assert time.monotonic() - began < within
    history = placed.history
    assert history is not None
    assert (history.queue, history.priority, history.tier, history.segment) == ("general-queue", 77, "live", "standard")


FIRST = says(ask="menu", ask_sound=("ivr/question",), ask_keys="12", priority=77, segment="standard",
             steps=(Step(60, say=("position", "wait")), Step(120, queue="premium")))  # fmt: skip


@pytest.mark.alone
async def test_a_service_that_is_gone_leaves_the_answer_from_before(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, FIRST) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await script.stop()
        await press(bench, placed, "1")
        await answered_from_before(bench, placed, within=1)
        assert (await variable(bench, placed, "CALL_STEPS")).startswith("60:::position%26wait::~120::premium")
        await bench.hang_up(placed)
    assert len(script.requests) == 1


@pytest.mark.alone
async def test_a_service_that_hangs_costs_a_second_more(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, FIRST, hangs) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await press(bench, placed, "1")
        await answered_from_before(bench, placed, within=1.5)
        await bench.hang_up(placed)
    assert len(script.requests) == 2


@pytest.mark.alone
@pytest.mark.parametrize(
    "line",
    [
        'EXEC MSet "IVR_ACTION=refuse,IVR_QUEUE=premium,IVR_PRIORITY=9',  # half a line: Asterisk runs it all the same
        'EXEC MSet "IVR_ACTION=queue,IVR_QUEUE=premium,IVR_PRIORITY=9,IVR_ASK=menu,IVR_RUNG=live,IVR_DONE=1-1"\n',
        'EXEC MSet "IVR_ACTION=dance,IVR_QUEUE=premium,IVR_PRIORITY=9,IVR_ASK=menu,IVR_RUNG=live,IVR_DONE=MARK"\n',
        'EXEC MSet "IVR_ACTION=queue,IVR_QUEUE=premium,IVR_PRIORITY=9,IVR_RUNG=default,IVR_DONE=MARK"\n',
        "",
    ],
)
async def test_half_an_answer_changes_nothing_of_the_one_before(lab: Lab, bench: TestBench, line: str) -> None:
    async with scripted(lab, FIRST, says_raw(line)) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await hears(bench, placed, "ivr/question")
        await press(bench, placed, "1")
        await answered_from_before(bench, placed, within=1)
        await bench.hang_up(placed)
    assert len(script.requests) == 2


@pytest.mark.parametrize(
    "line",
    [
        'EXEC MSet "IVR_ACTION=dance,IVR_QUEUE=premium,IVR_PRIORITY=99,IVR_RUNG=live,IVR_DONE=MARK"\n',
        'EXEC MSet "IVR_ACTION=,IVR_QUEUE=premium,IVR_PRIORITY=99,IVR_RUNG=live,IVR_DONE=MARK"\n',
        'EXEC MSet "IVR_ACTION=queue,IVR_QUEUE=premium,IVR_PRIORITY=99,IVR_RUNG=live"\n',
    ],
)
async def test_what_is_no_answer_leads_to_the_general_queue(lab: Lab, bench: TestBench, line: str) -> None:
    async with scripted(lab, says_raw(line)), only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await bench.wait_for(lambda: placed.waiting, 8)
        await bench.hang_up(placed)
    assert placed.history is not None
    assert (placed.history.queue, placed.history.priority, placed.history.tier) == ("general-queue", 10, "dialplan")


@pytest.mark.parametrize(
    "values",
    [
        "IVR_QUEUE=",
        "IVR_QUEUE=nosuchqueue",
        "IVR_QUEUE=general-queue,IVR_STEPS=x:y~~:::~1:2",
        "IVR_QUEUE=general-queue,IVR_ASK=s,IVR_ASK_SOUND=%2F",
        "IVR_QUEUE=general-queue,IVR_ASK=number,IVR_ASK_SOUND=no%2Fsuch%2Fsound",
        "IVR_QUEUE=general-queue,IVR_SELF_SERVICE=s,IVR_MUSIC=nosuchclass,IVR_GREETING=no-such%22%29%7Bsound",
    ],
)
async def test_no_answer_however_odd_loses_a_caller(lab: Lab, bench: TestBench, values: str) -> None:
    line = f'EXEC MSet "IVR_ACTION=queue,IVR_PRIORITY=33,{values},IVR_RUNG=live,IVR_DONE=MARK"\n'
    async with scripted(lab, says_raw(line)), only_these_agents(bench):
        placed = await bench.place(ONE, "1003")
        await bench.wait_for(lambda: placed.waiting, 8)
        await asyncio.sleep(1.5)
        assert placed.waiting
        await bench.hang_up(placed)
    assert placed.history is not None
    assert placed.history.queue == "general-queue"


# Steps -------------------------------------------------------------------------------------------------


async def variable(bench: TestBench, placed: Placed, name: str) -> str:
    """A variable of the caller's channel at the PBX."""
    return (await bench.pbx.request("Getvar", Channel=await channel(bench, placed), Variable=name)).header("Value")


async def channel(bench: TestBench, placed: Placed) -> str:
    """The caller's channel at the PBX."""
    assert placed.history is not None
    call_id = placed.history.call_id
    (mine,) = [name for name, event in (await channels(bench.pbx)).items() if event.header("Uniqueid") == call_id]
    return mine


async def order(bench: TestBench, queue: str) -> list[str]:
    """Who waits in a queue, the next one first."""
    entries = [e for e in await bench.pbx.collect("QueueStatus", Queue=queue) if e.header("Event") == "QueueEntry"]
    return [e.header("CallerIDNum") for e in sorted(entries, key=lambda entry: entry.number("Position") or 0)]


def joins(placed: Placed) -> list[str]:
    """The queues that the caller joined, in order."""
    happened = placed.seen.events if placed.seen else []
    return [event.queue for event in happened if isinstance(event, QueueJoined)]


@pytest.mark.alone
async def test_a_step_leads_to_another_queue_when_its_second_has_come(lab: Lab, bench: TestBench) -> None:
    steps = (Step(1, priority=20, say=("ivr/question",)), Step(3, queue="general-de", priority=40))
    async with scripted(lab, says(steps=steps)), only_these_agents(bench, "dora"):
        placed = await bench.place(ONE, "1000")
        await bench.wait_for(lambda: placed.connected, 10)
        await bench.hang_up(placed)
    assert joins(placed) == ["general-queue", "general-queue", "general-de"]
    assert placed.seen is not None
    events = placed.seen.events
    first, *_, last = [event.at for event in events if isinstance(event, QueueJoined)]
    assert 2 < last - first < 4.3
    assert [event.agent for event in events if isinstance(event, AgentConnected)] == ["Dora Klein"]
    left = [event.status for event in events if isinstance(event, QueueLeft)]
    assert left == ["ABANDON", "TIMEOUT"] * 2
    assert heard(bench, placed)[0] == "ivr/question"


async def test_where_nobody_is_in_the_next_queue_comes_at_once_and_the_rest_of_the_steps_later(
    lab: Lab, bench: TestBench
) -> None:
    steps = (Step(1, say=("ivr/question",)), Step(30, queue="general-queue", priority=55), Step(31, then="end"))
    async with scripted(lab, says(queue="general-fr", steps=steps)), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await bench.wait_for(lambda: placed.waiting, 5)
        assert joins(placed) == ["general-queue"]
        assert await variable(bench, placed, "QUEUE_PRIO") == "55"
        assert await variable(bench, placed, "CALL_STEPS") == "31:::::end"
        await bench.hang_up(placed)


async def test_without_a_next_queue_it_is_the_general_one_with_all_the_steps(lab: Lab, bench: TestBench) -> None:
    steps = (Step(1, say=("ivr/question",)),)
    async with scripted(lab, says(queue="general-fr", steps=steps)), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/question")
        await bench.wait_for(lambda: joins(placed) == ["general-queue", "general-queue"], 5)
        await bench.hang_up(placed)


async def test_who_comes_back_keeps_his_place_among_his_kind(lab: Lab, bench: TestBench) -> None:
    """Two of the same priority; the first is told something and queues again, and then the second."""
    told = says(steps=(Step(2, say=("ivr/question",)), Step(60, say=("ivr/question",))))
    async with scripted(lab, told), only_these_agents(bench):
        first = await bench.place(ONE, "1000")
        await bench.wait_for(lambda: first.waiting, 5)
        await asyncio.sleep(0.5)
        second = await bench.place(TWO, "1000")
        await bench.wait_for(lambda: len(joins(second)) == 1, 5)
        assert await order(bench, "general-queue") == [ONE, TWO]
        await bench.wait_for(lambda: len(joins(first)) == 2 and first.waiting, 8)
        assert await order(bench, "general-queue") == [ONE, TWO]
        await bench.wait_for(lambda: len(joins(second)) == 2 and second.waiting, 8)
        assert await order(bench, "general-queue") == [ONE, TWO]
        assert await variable(bench, first, "QUEUE_PRIO") == "11"
        for placed in (first, second):
            await bench.hang_up(placed)


async def test_a_caller_is_told_his_place(lab: Lab, bench: TestBench) -> None:
    """Behind one with more priority and one of his own kind who came back before him."""
    late = (Step(3, say=("position",)), Step(60))
    async with scripted(lab, says(priority=50), says(steps=late), says(steps=late)), only_these_agents(bench):
        callers = []
        for number in (ONE, TWO, THREE):
            callers.append(await bench.place(number, "1000"))
            await bench.wait_for(lambda: callers[-1].waiting, 5)
            await asyncio.sleep(0.4)
        await hears(bench, callers[1], "ivr/position-2")
        await hears(bench, callers[2], "ivr/position-3")
        await bench.wait_for(lambda: callers[2].waiting, 5)
        assert await order(bench, "general-queue") == [ONE, TWO, THREE]
        for placed in callers:
            await bench.hang_up(placed)


async def test_a_caller_is_told_about_how_long(lab: Lab, bench: TestBench) -> None:
    """As long as those before him have waited. Where nobody has, nothing is said."""
    lab.cli('dialplan set global CALL_HOLD_general-queue ""')
    async with scripted(lab, says(steps=(Step(1, say=("wait", "ivr/question")), Step(60)))):
        async with only_these_agents(bench):
            placed = await bench.place(ONE, "1000")
            await hears(bench, placed, "ivr/question")
            await bench.wait_for(lambda: len(joins(placed)) == 2, 5)
            assert not [sound for sound in heard(bench, placed) if sound.startswith("ivr/wait")]
            await asyncio.sleep(1.2)
        await bench.wait_for(lambda: placed.connected, 5)
        await bench.hang_up(placed)
        async with only_these_agents(bench):
            placed = await bench.place(TWO, "1000")
            await hears(bench, placed, "ivr/wait-1")
            await bench.hang_up(placed)


async def test_a_phone_that_rings_is_not_cut_off_by_a_step(lab: Lab, bench: TestBench) -> None:
    steps = (Step(1, say=("ivr/question",)), Step(60))
    async with scripted(lab, says(steps=steps)), only_these_agents(bench, "ben"):
        await bench.carrier.request("DBPut", Family="phone/ben", Key="RING", Val="3")
        try:
            placed = await bench.place(ONE, "1000")
            await bench.wait_for(lambda: placed.connected, 10)
        finally:
            await bench.carrier.request("DBDel", Family="phone/ben", Key="RING")
        await bench.hang_up(placed)
    assert placed.history is not None
    assert placed.history.rings == 1
    assert "ivr/question" not in heard(bench, placed)


async def test_the_music_is_the_answers(lab: Lab, records: AwaitedRecords) -> None:
    """Before that of the queue. A class that there is not changes nothing."""
    conf = lab.home / "pbx/etc/musiconhold.conf"
    before = await asyncio.to_thread(conf.read_text)
    await asyncio.to_thread(conf.write_text, before + before.replace("[default]", "[of-tests]").partition("\n\n")[0])
    lab.cli("moh reload")
    played: list[str] = []

    def watch(side: str, _: float, message: Message) -> None:
        if (side, message.header("Event")) == ("pbx", "MusicOnHoldStart"):
            played.append(message.header("Class"))

    try:
        async with (
            TestBench(lab.state, records.decision, watch) as bench,
            scripted(lab, says(music="of-tests"), says(music="none-such"), says()),
            only_these_agents(bench),
        ):
            for count in (1, 2, 3):
                placed = await bench.place(ONE, "1000")
                await bench.wait_for(lambda count=count: len(played) == count, 8)  # type: ignore[misc]
                await bench.hang_up(placed)
    finally:
        await asyncio.to_thread(conf.write_text, before)
        lab.cli("moh reload")
    assert played == ["of-tests", "default", "default"]


# Voicemail, ends ----------------------------------------------------------------------------------------


@pytest.fixture
def mailbox(lab: Lab) -> Path:
    """Mailbox 100 of context ivr, empty; its folder."""
    conf = lab.home / "pbx/etc/voicemail.conf"
    if not conf.exists():
        conf.write_text("[general]\nformat = gsm\n\n[ivr]\n100 => ,Messages,,,minsecs=2\n")
    lab.cli("module load app_voicemail.so")
    folder = lab.home / "pbx/spool/voicemail/ivr/100/INBOX"
    for message in folder.glob("msg*"):
        message.unlink()
    return folder


def messages(mailbox: Path) -> int:
    return len(list(mailbox.glob("msg*.txt")))


async def leaves_a_message(bench: TestBench, placed: Placed, keys: str = "", seconds: float = 3) -> None:
    """The caller speaks for a while, and then presses keys or hangs up."""
    await hears(bench, placed, "beep")
    await asyncio.sleep(seconds)
    if keys:
        await press(bench, placed, keys)
        await bench.wait_for(lambda: placed.over, 8)
    else:
        await bench.hang_up(placed)


@pytest.mark.parametrize("keys", ["", "#"])
async def test_a_message_is_left(lab: Lab, bench: TestBench, mailbox: Path, keys: str) -> None:
    async with scripted(lab, says(action="voicemail", queue=None, say=("ivr/closed",), mailbox="100")):
        placed = await bench.place(ONE, "1001")
        await leaves_a_message(bench, placed, keys)
    assert heard(bench, placed)[0] == "ivr/closed"
    assert ("ivr/message-saved" in heard(bench, placed)) == bool(keys)
    assert messages(mailbox) == 1
    assert placed.history is not None
    assert (placed.history.outcome, placed.history.queue) == ("voicemail", None)


async def test_who_hangs_up_without_a_message_has_given_up(lab: Lab, bench: TestBench, mailbox: Path) -> None:
    async with scripted(lab, says(action="voicemail", queue=None, say=("ivr/closed",))):
        placed = await bench.place(ONE, "1001")
        await hears(bench, placed, "ivr/closed")
        await bench.hang_up(placed)
    assert outcome(placed) == "abandoned"
    assert messages(mailbox) == 0


async def test_who_says_nothing_is_let_go(lab: Lab, bench: TestBench, mailbox: Path) -> None:
    """And does not wait where nobody works."""
    async with scripted(lab, says(action="voicemail", queue=None, say=("ivr/closed",))), only_these_agents(bench):
        placed = await bench.place(ONE, "1001")
        await leaves_a_message(bench, placed, "#", seconds=1)
    assert heard(bench, placed)[-1] == "ivr/goodbye"
    assert messages(mailbox) == 0
    assert (outcome(placed), joins(placed)) == ("abandoned", [])


async def test_who_says_nothing_when_he_was_offered_it_keeps_his_place(
    lab: Lab, bench: TestBench, mailbox: Path
) -> None:
    async with scripted(lab, says(steps=(Step(1, offer="voicemail"), Step(60)))), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/voicemail-offer")
        await press(bench, placed, "1")
        await hears(bench, placed, "beep")
        await asyncio.sleep(1)
        await press(bench, placed, "#")
        await bench.wait_for(lambda: len(joins(placed)) == 2 and placed.waiting, 8)
        await bench.hang_up(placed)
    assert messages(mailbox) == 0


async def test_an_offer_is_taken(lab: Lab, bench: TestBench, mailbox: Path) -> None:
    async with scripted(lab, says(steps=(Step(1, offer="voicemail"), Step(60)))), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/voicemail-offer")
        await press(bench, placed, "1")
        await hears(bench, placed, "ivr/voicemail")
        await leaves_a_message(bench, placed)
    assert messages(mailbox) == 1
    assert placed.history is not None
    assert (placed.history.outcome, placed.history.agent) == ("voicemail", None)


async def test_an_offer_is_not_taken(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(steps=(Step(1, offer="voicemail"), Step(60)))), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/voicemail-offer")
        await bench.wait_for(lambda: len(joins(placed)) == 2 and placed.waiting, 8)
        await bench.hang_up(placed)
    assert outcome(placed) == "abandoned"


@pytest.mark.alone
async def test_who_hangs_up_while_he_is_told_something_has_given_up(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(steps=(Step(1, offer="voicemail"),))), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/voicemail-offer")
        await bench.hang_up(placed)
    assert placed.history is not None
    assert (placed.history.outcome, placed.history.hung_up_by) == ("abandoned", "caller")
    assert 0.9 < (placed.history.wait_seconds or 0) < 2.5


async def test_a_wait_that_ends_with_voicemail(lab: Lab, bench: TestBench, mailbox: Path) -> None:
    async with scripted(lab, says(steps=(Step(1, then="voicemail"),))), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await leaves_a_message(bench, placed)
    assert heard(bench, placed)[0] == "ivr/voicemail"
    assert messages(mailbox) == 1
    assert outcome(placed) == "voicemail"


@pytest.mark.alone
async def test_a_wait_that_ends(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(steps=(Step(1, then="end"),))), only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await bench.wait_for(lambda: placed.over, 8)
    assert heard(bench, placed) == ["ivr/busy-end"]
    assert outcome(placed) == "told"
    assert placed.history is not None
    assert 0 < (placed.history.wait_seconds or 0) < 2


async def test_a_message_and_no_more(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(action="end", queue=None, greeting=("ivr/greeting",), say=("ivr/closed",))):
        placed = await bench.place(ONE, "1001")
        await bench.wait_for(lambda: placed.over, 8)
    assert heard(bench, placed) == ["ivr/greeting", "ivr/closed"]
    assert placed.seen is not None
    assert placed.seen.history.outcome == "told"
    handled = [event.what for event in placed.seen.events if isinstance(event, CallHandled)]
    assert handled == ["message"]


@pytest.mark.parametrize("number", ["77", "100"], ids=["no such mailbox", "no voicemail"])
async def test_without_voicemail_the_caller_waits_for_an_agent(
    lab: Lab, bench: TestBench, mailbox: Path, number: str
) -> None:
    if number == "100":
        lab.cli("module unload app_voicemail.so")
    try:
        voicemail = says(action="voicemail", queue=None, say=("ivr/closed",), mailbox=number)
        async with scripted(lab, voicemail), only_these_agents(bench, "ben"):
            placed = await bench.place(ONE, "1001")
            await bench.wait_for(lambda: placed.connected, 8)
            await bench.hang_up(placed)
        then = says(steps=(Step(1, then="voicemail"),), mailbox=number)
        async with scripted(lab, then), only_these_agents(bench):
            placed = await bench.place(ONE, "1000")
            await bench.wait_for(lambda: joins(placed) == ["general-queue", "general-queue"], 8)
            await bench.hang_up(placed)
    finally:
        lab.cli("module load app_voicemail.so")


# Self-service, the PIN ----------------------------------------------------------------------------------

PIN = "739151"
SELF_SERVICE = {"self_service": "account", "customer_id": "C0001"}
DISCLOSED = {**SELF_SERVICE, "disclose": True, "account": "open-case"}


async def test_self_service_says_the_hours_and_0_leads_to_an_agent(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(**SELF_SERVICE)), only_these_agents(bench, "ben"):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/self-service-account")
        await press(bench, placed, "1")
        await hears(bench, placed, "ivr/hours")
        await bench.wait_for(lambda: heard(bench, placed).count("ivr/self-service-account") == 2, 5)
        assert outcome(placed) == "self-service"
        await press(bench, placed, "0")
        await bench.wait_for(lambda: placed.connected, 5)
        await bench.hang_up(placed)
    assert outcome(placed) == "answered"


async def test_in_self_service_silence_leads_to_an_agent(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(**SELF_SERVICE)), only_these_agents(bench, "ben"):
        placed = await bench.place(ONE, "1000")
        await bench.wait_for(lambda: placed.connected, 14)
        await bench.hang_up(placed)


async def test_the_account_is_spoken_about_when_the_answer_says_so(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(**DISCLOSED)) as script:
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/self-service-account")
        await press(bench, placed, "2")
        await hears(bench, placed, "ivr/case-open")
        await bench.hang_up(placed)
    assert len(script.requests) == 1
    assert outcome(placed) == "self-service"


async def test_the_account_takes_a_pin(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(**SELF_SERVICE), says(**DISCLOSED)) as script:
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/self-service-account")
        await press(bench, placed, "2")
        await hears(bench, placed, "ivr/pin")
        await press(bench, placed, f"{PIN}#")
        await hears(bench, placed, "ivr/case-open")
        await bench.hang_up(placed)
    assert [(request.script, request.asked[0]) for request in script.requests] == [
        ("route", ""), ("pin", ""), ("route", "p"),
    ]  # fmt: skip
    assert placed.history is not None
    assert script.pins.typed_by == [(placed.history.call_id, PIN)]
    assert placed.history.outcome == "self-service"


async def test_without_the_right_pin_the_account_stays_closed(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(**SELF_SERVICE)) as script, only_these_agents(bench, "ben"):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/self-service-account")
        await press(bench, placed, "2")
        await hears(bench, placed, "ivr/pin")
        await press(bench, placed, "1#")
        await bench.wait_for(lambda: heard(bench, placed).count("ivr/self-service-account") == 2, 5)
        await press(bench, placed, "2")
        await bench.wait_for(lambda: placed.connected, 5)
        await bench.hang_up(placed)
    assert [request.script for request in script.requests] == ["route", "pin", "route"]
    assert "ivr/case-open" not in heard(bench, placed)


ASKS_PIN = says(ask="pin", ask_sound=("ivr/pin",))


async def test_a_pin_is_a_question_like_others(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_PIN, says(priority=90)) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/pin")
        await press(bench, placed, f"{PIN}#")
        await bench.wait_for(lambda: placed.waiting, 5)
        await bench.hang_up(placed)
    assert [(request.script, request.asked[0]) for request in script.requests][1:] == [("pin", ""), ("route", "p")]
    assert [digits for _, digits in script.pins.typed_by] == [PIN]
    assert placed.seen is not None
    assert [event.ask for event in placed.seen.events if isinstance(event, CallerAsked)] == ["pin"]
    assert heard(bench, placed).count("ivr/pin") == 1


@pytest.mark.alone
async def test_a_service_that_dies_meanwhile_does_not_keep_the_caller_typing(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, says(ask="pin", priority=77)) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/pin")
        await press(bench, placed, PIN[:2])
        await script.dies()
        began = time.monotonic()
        await bench.wait_for(lambda: placed.waiting, 5)
        assert time.monotonic() - began < 1
        await bench.hang_up(placed)
    assert script.pins.typed_by == []
    assert placed.history is not None
    assert placed.history.priority == 77


@pytest.mark.alone
async def test_a_service_that_hangs_before_it_asks_for_the_pin_costs_a_second(lab: Lab, bench: TestBench) -> None:
    """And another request is not even tried."""
    async with scripted(lab, says(ask="pin", priority=77)) as script, only_these_agents(bench):
        script.pin = hangs
        placed = await bench.place(ONE, "1000")
        await bench.wait_for(lambda: len(script.requests) == 2, 5)
        began = time.monotonic()
        await bench.wait_for(lambda: placed.waiting, 5)
        assert time.monotonic() - began < 1.5
        await bench.hang_up(placed)
    assert [request.script for request in script.requests] == ["route", "pin"]


async def test_a_service_that_hangs_while_the_caller_types_costs_twenty_seconds(lab: Lab, bench: TestBench) -> None:
    """Asterisk waits for the next command: nothing but the limit ends that."""

    async def asks_and_hangs(request: Request) -> None:
        await request.session.ask(*PIN_COMMANDS)
        await hangs(request)

    async with scripted(lab, says(ask="pin"), says()) as script, only_these_agents(bench):
        script.pin = asks_and_hangs
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/pin")
        await press(bench, placed, f"{PIN}#")
        await bench.wait_for(lambda: placed.waiting, 22)
        await bench.hang_up(placed)


async def test_who_types_no_pin_goes_on(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_PIN, says(priority=90)) as script, only_these_agents(bench):
        placed = await bench.place(ONE, "1000")
        await hears(bench, placed, "ivr/pin")
        await bench.wait_for(lambda: placed.waiting, 8)
        await bench.hang_up(placed)
    assert [digits for _, digits in script.pins.typed_by] == [""]


@pytest.fixture
def variables_are_told(lab: Lab) -> Iterator[None]:
    """Asterisk says what variables are set to, which stasis.conf keeps it from."""
    conf, aside = lab.home / "pbx/etc/stasis.conf", lab.home / "stasis.conf"
    conf.rename(aside)
    lab.restart_asterisk()
    ready.wait(lab.state)
    yield
    aside.rename(conf)
    lab.restart_asterisk()
    ready.wait(lab.state)


@contextlib.asynccontextmanager
async def all_that_asterisk_says(lab: Lab) -> AsyncIterator[list[str]]:
    """What a manager who may read everything is sent, and what the console shows, at its most talkative; at the end."""
    conf, told = lab.home / "pbx/etc/manager.conf", lab.home / "pbx/log/talkative"
    before = await asyncio.to_thread(conf.read_text)
    everything = "[everything]\nsecret = x\npermit = 127.0.0.0/255.0.0.0\nread = all\nwrite = all\n"
    await asyncio.to_thread(conf.write_text, f"{before}\n{everything}")
    lab.cli("manager reload")
    lab.cli("core set debug 10")
    lab.cli("logger add channel talkative notice,warning,error,debug,dtmf,verbose(10)")
    reader, writer = await asyncio.open_connection(lab.state.pbx, AMI)
    writer.write(b"Action: Login\r\nUsername: everything\r\nSecret: x\r\n\r\n")
    said: list[str] = []
    try:
        yield said
        writer.write(b"Action: Logoff\r\n\r\n")
        said.append((await asyncio.wait_for(reader.read(), 5)).decode("utf-8", "replace"))
        said.append(await asyncio.to_thread(told.read_text, errors="replace"))
    finally:
        writer.close()
        lab.cli("logger remove channel talkative")
        lab.cli("core set debug 0")
        await asyncio.to_thread(conf.write_text, before)
        lab.cli("manager reload")


@pytest.mark.usefixtures("variables_are_told")
@pytest.mark.abuse
async def test_nothing_that_asterisk_says_has_the_pin(lab: Lab, bench: TestBench) -> None:
    async with scripted(lab, ASKS_PIN, says(priority=90)) as script, only_these_agents(bench):
        async with all_that_asterisk_says(lab) as said:
            placed = await bench.place(ONE, "1000")
            await hears(bench, placed, "ivr/pin")
            await press(bench, placed, f"{PIN}#")
            await bench.wait_for(lambda: placed.waiting, 5)
            await bench.hang_up(placed)
        assert [digits for _, digits in script.pins.typed_by] == [PIN]
    events, console = said
    assert "Event: VarSet" in events
    assert "Event: AGIExecEnd" in events
    assert "GET DATA ivr/pin" in console + events
    assert PIN not in events
    assert PIN not in console
    assert "Event: DTMF" not in events, "key by key it would be a PIN, too"
