"""What somebody can do who has the secret of an AMI user: each line of the table in docs/operate/threats.md, tried."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.message import Message
from ivr.errors import AmiError
from ivr.lab.lab import AMI, Lab
from ivr.qa.calls import TestBench, channels
from tests.lab.farm import AGENTS, only_these_agents, phone
from tests.security_page import may

pytestmark = [pytest.mark.shared, pytest.mark.abuse]

USERS = ("ivr", "qa")
SOMEBODY, QUEUE, OUTSIDE = "+442079460603", "premium", "Local/0090012345@nowhere"


@dataclass(frozen=True, slots=True)
class Thief:
    """Has an AMI user's secret, and knows a call that waits. `callers` is its channel at the far end."""

    lab: Lab
    ami: AmiClient
    seen: list[Message]
    channel: str
    callers: str
    folder: Path

    async def ask(self, action: str, **headers: object) -> Message | None:
        """Asterisk's answer; None when the user may not ask that, or gets nothing by it."""
        try:
            return await self.ami.request(action, **{name: str(value) for name, value in headers.items()})
        except AmiRefusedError:
            return None

    async def may(self, action: str, **headers: object) -> bool:
        return await self.ask(action, **headers) is not None

    async def lists(self, action: str, **headers: object) -> list[Message]:
        try:
            return await self.ami.collect(action, **{name: str(value) for name, value in headers.items()})
        except AmiRefusedError:
            return []

    async def command(self, command: str) -> bool:
        """Whether Asterisk carries out a command of its command line."""
        answer = await self.ask("Command", Command=command)
        return answer is not None and "No such command" not in answer.text

    async def value(self, expression: str) -> str:
        found = await self.ask("Getvar", Variable=expression)
        return found.header("Value") if found else ""

    async def soon(self, condition: Callable[[], bool], patience: float = 1.5) -> bool:
        """Whether it is so within a moment."""
        try:
            async with asyncio.timeout(patience):
                while not condition():  # noqa: ASYNC110 - conditions are of every kind
                    await asyncio.sleep(0.02)
        except TimeoutError:
            return False
        return True


async def run_a_program(thief: Thief) -> bool:
    """By every way there is; what shows it is a file that the program makes."""
    made = thief.folder / "made"
    await thief.value(f"SHELL(touch {made})")
    await thief.ask("Setvar", Variable="X", Value=f"${{SHELL(touch {made})}}")
    await thief.command(f'dialplan add extension "7741,1,AGI({shutil.which("touch")},{made})" into from-carrier')
    way: dict[str, object] = {"Context": "from-carrier", "Exten": "7741", "Priority": 1}
    other: dict[str, object] = {"Application": "AGI", "Data": f"{shutil.which('touch')},{made}"}
    for more in (way, other):
        await thief.ask("Originate", Channel="Local/7741@from-carrier", Async="true", **more)
    await thief.ask("Redirect", Channel=thief.channel, **way)
    done = await thief.soon(made.exists)
    await asyncio.to_thread(thief.lab.cli, "dialplan remove extension 7741@from-carrier")
    return done


async def add_an_outside_number(thief: Thief) -> bool:
    await thief.ask("QueueAdd", Queue=QUEUE, Interface=OUTSIDE, MemberName="Anna Berg", Penalty=0)
    there = OUTSIDE in await asyncio.to_thread(thief.lab.cli, f"queue show {QUEUE}")
    await asyncio.to_thread(thief.lab.cli, f"queue remove member {OUTSIDE} from {QUEUE}")
    return there


async def pause_an_agent(thief: Thief) -> bool:
    done = await thief.may("QueuePause", Interface="PJSIP/anna", Paused="true", Reason="test")
    await asyncio.to_thread(thief.lab.cli, "queue unpause member PJSIP/anna")
    return done


async def read_a_file(thief: Thief) -> bool:
    conf = thief.lab.home / "pbx/etc/manager.conf"
    by_config = await thief.may("GetConfig", Filename="manager.conf")
    return by_config or "ami" in (await thief.value(f"FILE({conf},0,2000)")).lower()


async def change_a_file(thief: Thief) -> bool:
    new = await thief.may("CreateConfig", Filename="rights-test.conf")
    return new or await thief.may("UpdateConfig", SrcFilename="acl.conf", DstFilename="rights-test.conf")


async def place_a_call(thief: Thief) -> bool:
    return await thief.may("Originate", Channel="Local/7742@nowhere", Application="Wait", Data="1", Async="true")


async def see_numbers(thief: Thief) -> bool:
    listed = await thief.lists("CoreShowChannels")
    return any(SOMEBODY in event.header("CallerIDNum") for event in listed)


async def read_the_dialplan(thief: Thief) -> bool:
    return bool(await thief.lists("ShowDialPlan", Context="ivr-ask")) and bool(await thief.value("IVR_AGI"))


async def listen(thief: Thief) -> bool:
    """Record the call: what that takes is not loaded."""
    tapped = thief.folder / "tapped.wav"
    await thief.command("module load app_mixmonitor.so")
    await thief.ask("ModuleLoad", Module="app_mixmonitor.so", LoadType="load")
    await thief.ask("MixMonitor", Channel=thief.channel, File=tapped)
    done = await thief.soon(tapped.exists)
    await thief.ask("StopMixMonitor", Channel=thief.channel)
    await asyncio.to_thread(thief.lab.cli, "module unload app_mixmonitor.so")
    return done


async def see_keys(thief: Thief) -> bool:
    """Keys that the caller presses while the call waits."""
    await asyncio.to_thread(thief.lab.cli, "module load app_senddtmf.so", "carrier")
    lab = thief.lab.state
    async with AmiClient(lab.carrier, AMI, "qa", lab.qa_secret, events="off").session() as caller:
        for digit in "2580":
            await caller.request("PlayDTMF", Channel=thief.callers, Digit=digit)
    return await thief.soon(lambda: any(event.header("Event").startswith("DTMF") for event in thief.seen))


async def write_into_the_database(thief: Thief) -> bool:
    by_action = await thief.may("DBPut", Family="rights", Key="test", Val="1")
    return by_action or await thief.command("database put rights test 1")


async def load_modules(thief: Thief) -> bool:
    module = "app_senddtmf.so"
    await thief.ask("ModuleLoad", Module=module, LoadType="load")
    await thief.command(f"module load {module}")
    done = module in await asyncio.to_thread(thief.lab.cli, f"module show like {module}")
    await asyncio.to_thread(thief.lab.cli, f"module unload {module}")
    return done


async def see_phones(thief: Thief) -> bool:
    return await thief.may("PJSIPShowEndpoints") or await thief.command("pjsip show endpoints")


async def move_ahead(thief: Thief) -> bool:
    return await thief.may("QueueChangePriorityCaller", Queue=QUEUE, Caller=thief.channel, Priority=1)


TRIES: dict[str, Callable[[Thief], Awaitable[bool]]] = {
    "give commands of Asterisk's command line": lambda thief: thief.command("core show version"),
    "load and unload modules": load_modules,
    "read Asterisk's files (`GetConfig`, `FILE()`)": read_a_file,
    "change Asterisk's files (`UpdateConfig`)": change_a_file,
    "place calls": place_a_call,
    "record a call": listen,
    "see the keys that callers press": see_keys,
    "see who calls, and when": see_numbers,
    "read a call's variables": lambda thief: thief.may("Getvar", Channel=thief.channel, Variable="IVR_QUEUE"),
    "set a variable": lambda thief: thief.may("Setvar", Variable="RIGHTS_TEST", Value="1"),
    "read the dialplan and its globals": read_the_dialplan,
    "read Asterisk's database": lambda thief: thief.may("DBGetTree"),
    "write into Asterisk's database": write_into_the_database,
    "add a queue member, who may be an outside number": add_an_outside_number,
    "pause and remove agents": pause_an_agent,
    "move callers within a queue": move_ahead,
    "write into queue_log": lambda thief: thief.may("QueueLog", Queue="NONE", Event="TEST"),
    "send events of its own": lambda thief: thief.may("UserEvent", UserEvent="IvrAsked", Ask="pin"),
    "see phones and trunks": see_phones,
    "list mailboxes": lambda thief: thief.may("VoicemailUsersList"),
    "rotate logs": lambda thief: thief.may("LoggerRotate"),
    "change its own filter of events": lambda thief: thief.may("Filter", Operation="Add", Filter="Event: Nothing"),
}
# Each of these ends the caller's wait, where it is possible.
ENDS: dict[str, Callable[[Thief], Awaitable[bool]]] = {
    "take a caller out of a queue": lambda thief: thief.may("QueueWithdrawCaller", Queue=QUEUE, Caller=thief.channel),
    "lead a call elsewhere": lambda thief: thief.may(
        "Redirect", Channel=thief.channel, Context="from-carrier", Exten="1000", Priority=1
    ),
    "hang a call up": lambda thief: thief.may("Hangup", Channel=thief.channel, Cause=16),
    "run a program as Asterisk's user": run_a_program,
}


async def channel_of(bench: TestBench, number: str) -> str:
    (channel,) = [c for c, e in (await channels(bench.pbx)).items() if e.header("CallerIDNum") == number]
    return channel


@asynccontextmanager
async def thief_with(lab: Lab, bench: TestBench, user: str, folder: Path) -> AsyncIterator[Thief]:
    """Somebody with this user's secret, while a caller waits in the general queue and its agents' phones ring."""
    seen: list[Message] = []
    secret = lab.state.ami_secret if user == "ivr" else lab.state.qa_secret
    async with contextlib.AsyncExitStack() as stack:
        for agent in AGENTS:
            await stack.enter_async_context(phone(bench, agent, RING="60"))
        placed = await bench.place(SOMEBODY, "1000")
        await bench.wait_for(lambda: placed.waiting, 10)
        channel = await channel_of(bench, SOMEBODY)
        client = AmiClient(lab.state.pbx, AMI, user, secret, on_event=seen.append)
        await stack.enter_async_context(client.session())
        try:
            yield Thief(lab, client, seen, channel, placed.channel, folder)
        finally:
            await bench.hang_up_all()


@pytest.mark.parametrize("user", USERS)
async def test_a_stolen_secret_can_do_what_the_page_says(lab: Lab, bench: TestBench, tmp_path: Path, user: str) -> None:
    found: dict[str, bool] = {}
    async with thief_with(lab, bench, user, tmp_path) as thief:
        for words, tried in TRIES.items():
            found[words] = await tried(thief)
    for words, tried in ENDS.items():
        async with thief_with(lab, bench, user, tmp_path) as thief:
            found[words] = await tried(thief)
    lab.cli("database deltree rights")
    assert found == {words: users[user] for words, users in may().items()}


async def test_without_its_file_nobody_logs_in_as_the_user_of_test_calls(lab: Lab) -> None:
    file = lab.home / "pbx/etc/manager_qa.conf"
    aside = file.rename(file.with_suffix(".aside"))
    try:
        await asyncio.to_thread(lab.cli, "manager reload")
        assert "qa" not in (await asyncio.to_thread(lab.cli, "manager show users")).split()
        with pytest.raises(AmiError, match="login refused for user qa"):
            async with AmiClient(lab.state.pbx, AMI, "qa", lab.state.qa_secret).session():
                pass
        async with AmiClient(lab.state.pbx, AMI, "ivr", lab.state.ami_secret).session() as service:
            assert await service.collect("QueueStatus")
    finally:
        aside.rename(file)
        await asyncio.to_thread(lab.cli, "manager reload")
    async with AmiClient(lab.state.pbx, AMI, "qa", lab.state.qa_secret).session():
        pass


async def test_a_caller_who_is_taken_out_of_a_queue_is_served_all_the_same(lab: Lab, bench: TestBench) -> None:
    async with only_these_agents(bench, "anna"):
        talks = await bench.place("+442079460001", "1000")
        await bench.wait_for(lambda: talks.connected, 10)
        waits = await bench.place(SOMEBODY, "1000")
        await bench.wait_for(lambda: waits.history is not None and waits.waiting, 10)
        channel = await channel_of(bench, SOMEBODY)
        async with AmiClient(lab.state.pbx, AMI, "ivr", lab.state.ami_secret).session() as thief:
            await thief.request("QueueWithdrawCaller", Queue=QUEUE, Caller=channel)
        await bench.wait_for(lambda: waits.history is not None and waits.history.queue == "general-queue", 5)
        assert waits.waiting
        await bench.hang_up_all()
