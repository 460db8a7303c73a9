"""How much one caller may take, and where an agent's phone leads: nobody uses up the lines, nobody gets out."""

import asyncio
import contextlib
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr import settings
from ivr.errors import AmiError
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import Placed, TestBench, channels
from ivr.service import doctor
from ivr.shipped_files import share
from tests.lab.farm import Rung, phone, recorded
from tests.lab.test_voicemail import CALL, SPEAKS, called, messages, wait_until
from tests.lab.test_who_calls import INVITE, address, another_trunk, forgotten, memory

pytestmark = [pytest.mark.shared, pytest.mark.abuse]

PREMIUM = "+442079460001"
STRANGERS = [f"+1202555{last:04}" for last in range(120, 140)]
PER_NUMBER = 10  # at once, where nobody has said anything else


@pytest.fixture
async def bench(rested_bench: TestBench) -> TestBench:
    return rested_bench


# What an agent's phone may dial ------------------------------------------------------------------------


def leads_outside(lab: Lab) -> str:
    """More of an endpoint called `other`, which is a trunk: who calls it is heard of at the far side, as `outside`."""
    return f"aors = other\n\n[other]\ntype = aor\ncontact = sip:outside@{lab.state.carrier}:5060\n"


async def until_nobody_calls(bench: TestBench) -> None:
    async with asyncio.timeout(10):
        while await channels(bench.pbx):  # noqa: ASYNC110 - Asterisk has to be asked
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("trunk", ["carrier", "other"])
async def test_an_agent_does_not_dial_a_trunk(lab: Lab, bench: TestBench, rung: Rung, trunk: str) -> None:
    with another_trunk(lab, 3, leads_outside(lab)):
        await bench.pbx.request(
            "Originate", Channel=f"Local/{trunk}@from-phones/n", Application="Wait", Data=20, Async="true"
        )
        await asyncio.sleep(1)  # a trunk would have answered by now
        left = await channels(bench.pbx)
        for name in left:
            with contextlib.suppress(AmiError):  # its other half took it along
                await bench.pbx.request("Hangup", Channel=name, Cause=16)
        await until_nobody_calls(bench)
    assert rung.phones == []
    assert not left


async def test_an_agent_passes_nobody_on_to_a_trunk(lab: Lab, bench: TestBench, rung: Rung) -> None:
    """The caller goes back to the queue, as from a colleague who is busy."""
    with another_trunk(lab, 3, leads_outside(lab)):
        async with phone(bench, "anna", TRANSFER="other"):
            placed = await bench.place(PREMIUM, "1000")
            await bench.wait_for(lambda: len(rung.phones) >= 2, 15)
            await bench.hang_up(placed)
            await until_nobody_calls(bench)
    assert rung.phones[0] == "anna"
    assert rung.phones[1] in ("anna", "ben", "cleo")


async def test_an_agent_passes_a_caller_on_to_a_colleague(lab: Lab, bench: TestBench, rung: Rung) -> None:
    with another_trunk(lab, 3, leads_outside(lab)):
        async with phone(bench, "anna", TRANSFER="cleo"):
            placed = await bench.place(PREMIUM, "1000")
            await bench.wait_for(lambda: len(rung.phones) >= 2, 15)
            await bench.hang_up(placed)
            await until_nobody_calls(bench)
    assert rung.phones == ["anna", "cleo"]


# Calls at once ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def limits(lab: Lab, **values: str) -> Iterator[None]:
    """Globals of the dialplan, for a while."""
    for name, value in values.items():
        lab.cli(f"dialplan set global {name} {value}")
    try:
        yield
    finally:
        for name in values:
            lab.cli(f'dialplan set global {name} ""')


async def settled(bench: TestBench, *placed: Placed) -> int:
    """Wait until each of these calls has been let in or turned away; how many were let in."""

    def done(call: Placed) -> bool:
        return call.history is not None and (call.over or call.connected or call.waiting)

    await bench.wait_for(lambda: all(map(done, placed)), 20)
    return sum(not call.over for call in placed)


def refused(call: Placed) -> bool:
    return call.status == "BUSY" and call.history is not None and call.history.outcome == "refused"


async def test_one_number_does_not_take_all_lines(bench: TestBench, records: AwaitedRecords) -> None:
    calls = [await bench.place(STRANGERS[0], "1000") for _ in range(PER_NUMBER + 2)]
    assert await settled(bench, *calls) == PER_NUMBER
    away = [call for call in calls if call.over]
    assert all(map(refused, away))
    report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert (report.outcome, report.queue) == ("answered", "premium")
    history = away[0].history
    assert history is not None
    assert (history.connected_at, history.queue) == (None, None)
    assert (await recorded(records, history.call_id)).history.outcome == "refused"
    await bench.hang_up(calls[0] if not calls[0].over else calls[-1])
    assert await settled(bench, await bench.place(STRANGERS[0], "1000")) == 1, "there is room again"


async def test_the_limit_of_a_number_is_what_the_admin_says(lab: Lab, bench: TestBench) -> None:
    with limits(lab, IVR_CALLS_PER_NUMBER="1"):
        assert await settled(bench, *[await bench.place(STRANGERS[1], "1000") for _ in range(2)]) == 1
        hidden = [await bench.place(STRANGERS[2], "1000", withhold=True) for _ in range(3)]
        assert await settled(bench, *hidden) == 3, "nobody knows that it is one caller"
    with limits(lab, IVR_CALLS_PER_NUMBER="no"):
        assert await settled(bench, *[await bench.place(STRANGERS[1], "1000") for _ in range(PER_NUMBER)]) == PER_NUMBER


async def test_a_full_trunk_keeps_places_for_who_is_remembered(lab: Lab, bench: TestBench) -> None:
    with forgotten(lab, PREMIUM):
        with limits(lab, IVR_CALLS_PER_TRUNK="2"):
            strangers = [await bench.place(number, "1000") for number in STRANGERS[:3]]
            assert await settled(bench, *strangers) == 2
            withheld = await bench.place(STRANGERS[4], "1000", withhold=True)
            unknown = await bench.place(PREMIUM, "1000")
            assert await settled(bench, withheld, unknown) == 0
            assert refused(withheld)
            assert refused(unknown)
        await bench.call(PREMIUM, "1000", talk=0.1)
        assert "|premium|" in memory(lab, PREMIUM)
        with limits(lab, IVR_CALLS_PER_TRUNK="2"):
            report = await bench.call(PREMIUM, "1000", talk=0.1)
        assert (report.outcome, report.queue) == ("answered", "premium")
        assert report.history is not None
        assert report.history.tier == "live", "the service decides, not what is remembered"


# Messages -------------------------------------------------------------------------------------------


@pytest.fixture
def speaking(lab: Lab) -> Iterator[Lab]:
    """A lab in which callers speak (`called`), and nobody has left a message so far."""
    lab.cli("module load res_clioriginate.so")
    lab.cli("database deltree ivr-messages")
    yield lab
    lab.cli("database deltree ivr-messages")
    lab.cli("module unload res_clioriginate.so")


def leaves_message(lab: Lab, number: str, *more: str) -> bool:
    """Whether a caller who comes to voicemail, and speaks, leaves a message."""
    before = set(messages(lab))
    steps = (f"Set(CALLERID(num)={number})", "Set(IVR_MAILBOX=100)", *more, "Set(TIMEOUT(absolute)=8)")
    with called(lab, *steps, "Gosub(ivr-voicemail,s,1(ivr/voicemail))", "Set(GLOBAL(CAME_BACK)=1)"):
        wait_until(lambda: not lab.cli("core show channels concise").strip())
    return set(messages(lab)) > before


def warnings(lab: Lab) -> list[str]:
    lines = (lab.home / "pbx/log/messages").read_text(errors="replace").splitlines()
    return [line for line in lines if "no message taken" in line]


@pytest.mark.thorough
def test_one_caller_does_not_fill_a_mailbox(speaking: Lab) -> None:
    before = len(warnings(speaking))
    with limits(speaking, IVR_MESSAGES_PER_CALLER="1"):
        assert leaves_message(speaking, STRANGERS[0])
        assert len(warnings(speaking)) == before
        assert not leaves_message(speaking, STRANGERS[0])
        (told,) = warnings(speaking)[before:]
        assert "has left 1 in this hour" in told
        assert leaves_message(speaking, STRANGERS[1]), "who is somebody else may"
        assert "IVRHANDLED|no-room" in (speaking.home / "pbx/log/queue_log").read_text()


@pytest.mark.thorough
def test_the_messages_of_an_hour_ago_do_not_count(speaking: Lab) -> None:
    with limits(speaking, IVR_MESSAGES_PER_CALLER="1"):
        speaking.cli(f"database put ivr-messages {STRANGERS[0]} 1|7")
        assert leaves_message(speaking, STRANGERS[0])


@pytest.mark.thorough
async def test_the_doctor_sees_a_mailbox_that_fills_up(speaking: Lab) -> None:
    async def said() -> list[str]:
        found = doctor.examine(settings.load(speaking.state.settings_file))
        return [verdict.says async for verdict in found if verdict.about == "mailbox 100" and not verdict.ok]

    assert await asyncio.to_thread(leaves_message, speaking, STRANGERS[5])
    waiting = len(messages(speaking))
    assert await said() == []
    with limits(speaking, IVR_MESSAGES_PER_MAILBOX=str(waiting)):
        assert await said() == [f"{waiting} messages wait, and it takes {waiting}"]
    with limits(speaking, IVR_MESSAGES_PER_MAILBOX="no"):
        assert await said() == []


@pytest.mark.thorough
def test_a_full_mailbox_takes_no_more(speaking: Lab) -> None:
    """Who was offered it in the queue goes back there."""
    assert leaves_message(speaking, STRANGERS[2])
    before = len(warnings(speaking))
    with limits(speaking, IVR_MESSAGES_PER_MAILBOX=str(len(messages(speaking))), CAME_BACK='""'):
        assert not leaves_message(speaking, STRANGERS[3])
        assert "CAME_BACK=1" not in speaking.cli("dialplan show globals")
        assert not leaves_message(speaking, STRANGERS[3], "Set(CALL_OFFERED=1)")
        assert "CAME_BACK=1" in speaking.cli("dialplan show globals")
    assert all("mailbox full" in line for line in warnings(speaking)[before:])
    assert len(warnings(speaking)) == before + 2


# The log --------------------------------------------------------------------------------------------


def log_lines(lab: Lab) -> int:
    return (lab.home / "pbx/log/messages").read_bytes().count(b"\n")


def test_a_stranger_does_not_fill_the_log(lab: Lab) -> None:
    here, before = address(lab, 9), log_lines(lab)
    answered = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind((here, 0))
        stranger.settimeout(5)
        for number in range(1000):
            text = INVITE.format(pbx=lab.state.pbx, here=here, port=60000 + number, user="x", domain="x")
            text = text.replace(f"{here}:{60000 + number}", f"{here}:{stranger.getsockname()[1]}")
            stranger.sendto(text.encode(), (lab.state.pbx, 5060))
            answered += b"401 " in stranger.recv(65536)  # so that none is lost on the way
    assert answered > 900, "Asterisk has seen them"
    assert log_lines(lab) - before < 50
    assert here in lab.cli("pjsip show unidentified_requests"), "whoever looks can see who it is"


@pytest.fixture
def logs(lab: Lab) -> Iterator[Path]:
    """The folder of the PBX's logs, of which the old ones go again; what was in the log is kept."""
    folder = lab.home / "pbx/log"
    before = {name: (folder / name).read_bytes() for name in ("messages", "queue_log")}
    forget_old(folder)  # an AMI user who may rotate logs is tried elsewhere
    yield folder
    forget_old(folder)
    for name, text in before.items():
        with (folder / name).open("r+b") as file:
            since = file.read()
            file.seek(0)
            file.write(text + since)


def forget_old(logs: Path) -> None:
    for each in logs.glob("*.[0-9]*"):
        each.unlink()


def old(logs: Path, name: str) -> list[str]:
    return sorted(path.name for path in logs.glob(f"{name}.*"))


async def is_written(bench: TestBench, logs: Path) -> None:
    """Both logs go on where they should."""
    await bench.call(PREMIUM, "1000", talk=0.1)
    assert "IVRROUTED" in (logs / "queue_log").read_text()
    await bench.pbx.request("Originate", Channel="Local/nobody@from-phones", Application="Wait", Data=1, Async="true")

    async with asyncio.timeout(5):
        while "nobody" not in (logs / "messages").read_text():  # noqa: ASYNC110 - it is a file
            await asyncio.sleep(0.05)


async def test_old_logs_make_way(lab: Lab, bench: TestBench, logs: Path) -> None:
    """As the containers have it done."""
    before = (logs / "queue_log").read_bytes()
    for _ in range(2):
        lab.cli("logger rotate")
    for name in ("messages", "queue_log"):
        assert old(logs, name) == [f"{name}.0", f"{name}.1"]
    assert (logs / "queue_log.1").read_bytes().startswith(before)
    await is_written(bench, logs)


async def test_the_shipped_logrotate_file(lab: Lab, bench: TestBench, logs: Path, tmp_path: Path) -> None:
    """With the lab's folder, and this user, in place of Asterisk's."""
    program = shutil.which("logrotate", path="/usr/sbin:/usr/bin:/sbin")
    if program is None:
        pytest.skip("logrotate is not installed: apt-get install logrotate")
    text = (share("asterisk") / "logrotate.d/asterisk").read_text()
    conf = lab.home / "pbx/etc/asterisk.conf"
    asterisk = " ".join([*lab.state.asterisk, "-C", str(conf)])
    text = text.replace("/var/log/asterisk", str(logs)).replace("/usr/sbin/asterisk", asterisk)
    text = re.sub(r"^ *su .*\n", "", text, flags=re.MULTILINE)
    file = tmp_path / "segment-ivr"
    file.write_text(text)
    file.chmod(0o644)
    rotate = [program, "--force", "--state", str(tmp_path / "state"), str(file)]
    await asyncio.to_thread(subprocess.run, rotate, check=True)
    assert (old(logs, "messages"), old(logs, "queue_log")) == (["messages.1"], ["queue_log.1"])
    await is_written(bench, logs)


@pytest.mark.parametrize(
    "limit",
    [
        "IVR_MESSAGES_PER_CALLER",
        pytest.param("IVR_MESSAGES_PER_MAILBOX", marks=pytest.mark.thorough),
    ],
)
def test_who_calls_several_times_at_once_leaves_no_more_messages(speaking: Lab, limit: str) -> None:
    before = set(messages(speaking))
    most = 2 if limit == "IVR_MESSAGES_PER_CALLER" else len(before) + 2
    steps = (f"Set(CALLERID(num)={STRANGERS[6]})", "Set(IVR_MAILBOX=100)", "Set(TIMEOUT(absolute)=8)")
    told = len(warnings(speaking))
    with limits(speaking, **{limit: str(most)}):
        with called(speaking, *steps, "Gosub(ivr-voicemail,s,1(ivr/voicemail))", "Wait(60)"):
            for _ in range(4):
                speaking.cli(f"channel originate Local/s@{CALL} application {SPEAKS}")
            wait_until(lambda: not speaking.cli("core show channels concise").strip())
        assert len(set(messages(speaking)) - before) == 2
        assert len(warnings(speaking)) == told + 3
        assert "ivr-message" not in speaking.cli("group show channels"), "whoever has left a message counts no more"
