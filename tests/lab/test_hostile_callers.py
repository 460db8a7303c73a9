"""What a caller can put into SIP, placed by SIPp: none of it may reach a queue, a log line or a header."""

import asyncio
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from ivr.ami.client import AmiClient
from ivr.lab.lab import AMI, Lab
from ivr.qa.calls import ObservedCall, TestBench

pytestmark = pytest.mark.shared

INVITE = """<?xml version="1.0" encoding="UTF-8"?>
<scenario name="hostile">
  <send retrans="500"><![CDATA[
INVITE sip:{to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {display}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{to}@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:sipp@[local_ip]:[local_port]>
Max-Forwards: 70
{more}Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio 16000 RTP/AVP 8
a=rtpmap:8 PCMA/8000
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rrs="true"/>
  <send><![CDATA[
ACK sip:{to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {display}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{to}@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <pause milliseconds="{talk}"/>
{meanwhile}  <send retrans="500"><![CDATA[
BYE sip:{to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {display}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{to}@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 9 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv response="200"/>
</scenario>
"""


async def hostile_call(
    lab: Lab,
    bench: TestBench,
    folder: Path,
    *,
    caller: str = "12345678",
    to: str = "1000",
    display: str = "",
    more: str = "",
    call_id: str = "hostile@test",
    source: str = "",
    meanwhile: str = "",
) -> ObservedCall:
    """Place one call with these parts of SIP as they are; it is seen on the PBX and answered by an agent.

    `source` is the address that it comes from, by default the carrier's; `meanwhile` are messages of SIPp's scenario,
    sent when an agent has answered.
    """
    if lab.state.sipp is None:
        pytest.skip("SIPp is not installed: apt-get install sip-tester")
    scenario = folder / "scenario.xml"
    parts = {"caller": caller, "to": to, "display": display, "more": more}
    source = source or lab.state.carrier
    command = [*lab.state.sipp, f"{lab.state.pbx}:5060", "-sf", str(scenario), "-i", source, "-p", "5070",
               "-m", "1", "-nostdin", "-timeout", "15", "-timeout_error", "-cid_str", call_id]  # fmt: skip

    async def once(talk: int) -> ObservedCall:
        scenario.write_text(INVITE.format(**parts, meanwhile=meanwhile.format(**parts), talk=talk))
        before = set(bench.seen)
        sipp = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, cwd=folder)
        assert sipp.returncode == 0, sipp.stdout[-3000:] + sipp.stderr[-500:]
        (new,) = set(bench.seen) - before
        seen = bench.seen[new]
        await bench.wait_for(lambda: seen.history.ended_at is not None, 5)
        return seen

    if not meanwhile:
        return await once(2500)
    # SIPp does not know when an agent has answered: a busy machine takes longer.
    for talk in (1500, 3000):
        seen = await once(talk)
        if seen.history.connected_at is not None:
            return seen
    return await once(6000)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "caller",
    [
        quote("1\nagi_network_script: check\n\n"),
        quote("+12025550166\r\nQueue: premium\r\n"),
        quote("1|2|3"),
        quote('",IVR_QUEUE=premium,"'),
        quote("${SHELL(touch /tmp/ivr-owned)}"),
        "9" * 300,
        quote("📞☎"),
        quote("500&PJSIP/x"),
        quote("')(]["),
    ],
)
@pytest.mark.abuse
async def test_a_hostile_caller_id_is_only_digits_to_us(
    lab: Lab, bench: TestBench, tmp_path: Path, caller: str
) -> None:
    seen = await hostile_call(lab, bench, tmp_path, caller=caller)
    assert set(seen.history.caller_number) <= set("0123456789+")
    assert len(seen.history.caller_number) <= 20
    assert (seen.history.queue, seen.history.tier) == ("general-queue", "live")
    assert seen.displays
    assert seen.displays[0].shows.startswith("GENERAL ")


@pytest.mark.parametrize(
    "to",
    [
        quote("1000\nagi_arg_1: x\n\n"),
        quote("1000\r\n\r\nEvent: Hangup"),
        quote("1000|premium"),
        quote("1000&PJSIP/x"),
        "1" * 300,
        "1000,premium",
        quote("☎1000"),
    ],
)
async def test_a_hostile_dialled_number_is_no_number_of_ours(
    lab: Lab, bench: TestBench, tmp_path: Path, to: str
) -> None:
    before = set(bench.seen)
    with pytest.raises(AssertionError, match=r"Failed call\s+\|\s+\d+\s+\|\s+1"):
        await hostile_call(lab, bench, tmp_path, to=to)
    report = await bench.call("+442079460001", "1000", talk=0.1)
    assert set(bench.seen) - before == {report.call_id}


async def test_hostile_names_and_headers_change_nothing(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    seen = await hostile_call(
        lab, bench, tmp_path,
        display='"x,IVR_QUEUE=premium\\" <sip:boss@x>" ',
        more="Diversion: <sip:1%0Aagi_arg_1: forged%0A@x>;reason=unconditional\r\nX-IVR-Segment: premium\r\n"
        "X-IVR-Customer: C0001\r\nP-Preferred-Identity: <sip:+442079460001@x>\r\n",
        call_id='"x|y<z>@hostile',
    )  # fmt: skip
    assert (seen.history.queue, seen.history.tier, seen.history.segment) == ("general-queue", "live", "")
    assert [(display.customer, display.segment) for display in seen.displays] == [("", "")]


@pytest.mark.abuse
async def test_nothing_forged_is_in_the_queue_log(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    await hostile_call(lab, bench, tmp_path, caller=quote("1\n1|1|premium|NONE|ABANDON|1|1|1"))
    lines = (lab.home / "pbx/log/queue_log").read_text().splitlines()
    assert all(line.count("|") >= 4 and line.split("|")[0].isdigit() for line in lines)
    assert not any(line.startswith("1|") for line in lines)


@pytest.mark.abuse
async def test_a_caller_cannot_forge_an_ami_event(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    """The caller's number is in Newchannel before the dialplan can clean it: the event filter drops that event."""
    forged = quote("1\r\n\r\nEvent: Hangup\r\nUniqueid: forged.1\r\nCause: 16\r\n\r\nResponse: Success\r\n\r\n")
    ids: list[str] = []
    watcher = AmiClient(
        lab.state.pbx, AMI, "ivr", lab.state.ami_secret, on_event=lambda message: ids.append(message.header("Uniqueid"))
    )
    async with watcher.session():
        seen = await hostile_call(lab, bench, tmp_path, caller=forged)
        async with asyncio.timeout(5):
            while seen.history.call_id not in ids:  # noqa: ASYNC110 - the other connection may lag behind
                await asyncio.sleep(0.02)
    assert "forged.1" not in ids
    assert seen.history.queue == "general-queue"
