"""Who calls: a trunk is its address, a phone its secret, and a number is worth what carried it."""

import asyncio
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ivr import settings
from ivr.lab.lab import Lab, cli
from ivr.qa.calls import TestBench
from ivr.qa.scenarios.sip_ladder import messages
from ivr.service import doctor
from tests.lab.farm import edited, in_force
from tests.lab.scripted import says_raw, scripted
from tests.lab.test_hostile_callers import hostile_call

pytestmark = [pytest.mark.shared, pytest.mark.abuse]
PREMIUM, PREMIUM_WITH_PIN = "+442079460006", "+442079460001"
PIN = "2580"
DIES = says_raw("")
BLIND, TOLD = "trust_id_outbound = yes\n\n[phone-aor]", "trust_id_outbound = yes\nsend_pai = yes\n\n[phone-aor]"
INVITE = """INVITE sip:1000@{pbx} SIP/2.0\r
Via: SIP/2.0/UDP {here}:{port};branch=z9hG4bK{port}\r
From: <sip:{user}@{domain}>;tag={port}\r
To: <sip:1000@{pbx}>\r
Call-ID: {port}@{here}\r
CSeq: 1 INVITE\r
Contact: <sip:{user}@{here}:{port}>\r
P-Asserted-Identity: <sip:+442079460006@{here}>\r
Max-Forwards: 70\r
Content-Length: 0\r
\r
"""


def address(lab: Lab, last: int) -> str:
    """An address of the lab's own network that is nobody's."""
    return f"{lab.state.pbx.rpartition('.')[0]}.{last}"


def status(lab: Lab, user: str, domain: str) -> int:
    """What Asterisk answers to the INVITE of a host that it does not know, finally or within a second."""
    here = address(lab, 9)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind((here, 0))
        port = stranger.getsockname()[1]
        text = INVITE.format(pbx=lab.state.pbx, here=here, port=port, user=user, domain=domain)
        stranger.settimeout(5)
        stranger.sendto(text.encode(), (lab.state.pbx, 5060))
        while (code := int(stranger.recv(65536).split()[1])) == 100:
            pass
        return code


def endpoints(lab: Lab) -> list[str]:
    listed = cli(lab.state, "pjsip show endpoints")
    return re.findall(r"^ Endpoint:  ([\w-]+)", listed, re.MULTILINE)


def test_nobody_is_an_endpoint_by_its_name(lab: Lab) -> None:
    names = endpoints(lab)
    assert {"carrier", "anna", "ben"} <= set(names)
    for name in names:
        for domain in ("x", lab.state.pbx, lab.state.carrier, "anonymous.invalid"):
            assert status(lab, name, domain) == 401, (name, domain)


@contextmanager
def another_trunk(lab: Lab, last: int, more: str = "") -> Iterator[str]:
    """A trunk called `other`, which the policy does not trust; gives its address."""
    there = address(lab, last)
    path = lab.home / "pbx/etc/pjsip.conf"
    before = path.read_text()
    path.write_text(
        f"{before}\n[other]\ntype = endpoint\ncontext = from-carrier\ntransport = udp\ndisallow = all\n"
        f"allow = alaw\ntrust_id_inbound = yes\n{more}\n[other]\ntype = identify\nendpoint = other\nmatch = {there}\n"
    )
    try:
        cli(lab.state, "module reload res_pjsip.so")
        cli(lab.state, "module reload res_pjsip_endpoint_identifier_ip.so")
        yield there
    finally:
        path.write_text(before)
        cli(lab.state, "module reload res_pjsip.so")
        cli(lab.state, "module reload res_pjsip_endpoint_identifier_ip.so")


def memory(lab: Lab, number: str) -> str:
    """What the dialplan remembers of a number, empty for nothing."""
    return cli(lab.state, f"database get ivr-remember {number}").partition("Value: ")[2].strip()


@contextmanager
def forgotten(lab: Lab, number: str) -> Iterator[None]:
    cli(lab.state, f"database del ivr-remember {number}")
    yield
    cli(lab.state, f"database del ivr-remember {number}")


async def test_a_forged_call_changes_nothing_that_is_remembered(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    with forgotten(lab, PREMIUM), another_trunk(lab, 3) as there:
        await bench.call(PREMIUM, "1000", talk=0.1)
        remembered = memory(lab, PREMIUM)
        assert "|premium|" in remembered
        seen = await hostile_call(lab, bench, tmp_path, caller=PREMIUM, source=there)
        assert (seen.history.trunk, seen.history.queue) == ("other", "general-queue")
        assert memory(lab, PREMIUM) == remembered


async def test_a_pin_proves_nothing_about_the_next_call(lab: Lab, bench: TestBench) -> None:
    """Typed rightly where numbers prove nothing; then the service is away, and anybody shows that number."""
    policy = lab.policy_dir / "policy.yaml"
    with forgotten(lab, PREMIUM_WITH_PIN), edited(policy, "trunks: [carrier]", "trunks: [nobody]"):
        await in_force(lab)
        placed = await bench.place(PREMIUM_WITH_PIN, "1000")
        await bench.wait_for(lambda: "ivr/pin" in [played.sound for played in bench.heard(placed)], 8)
        for key in f"{PIN}#":
            await bench.carrier.request("PlayDTMF", Channel=placed.channel, Digit=key, Duration=60)
            await asyncio.sleep(0.15)
        await bench.wait_for(lambda: placed.connected, 8)
        assert placed.history is not None
        assert placed.history.segment == "premium"
        await bench.hang_up(placed)
        assert memory(lab, PREMIUM_WITH_PIN) == ""
    await in_force(lab)


async def test_what_a_signature_carried_is_recalled_for_a_signed_call_only(lab: Lab, bench: TestBench) -> None:
    policy = lab.policy_dir / "policy.yaml"
    with forgotten(lab, PREMIUM), edited(policy, "trunks: [carrier]", "trunks: [nobody]"):
        await in_force(lab)
        await bench.call(PREMIUM, "1000", attestation="A", talk=0.1)
        assert "|carrier|A|premium|" in memory(lab, PREMIUM)
        async with scripted(lab, DIES):
            unsigned = await bench.call(PREMIUM, "1000", talk=0.1)
        async with scripted(lab, DIES):
            signed = await bench.call(PREMIUM, "1000", attestation="A", talk=0.1)
    await in_force(lab)
    assert (unsigned.segment, unsigned.queue) == (None, "general-queue")
    assert (signed.segment, signed.queue) == ("premium", "premium")


IN_DIALOG = """  <send><![CDATA[
METHOD sip:{to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {display}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{to}@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 METHOD
Contact: <sip:sipp@[local_ip]:[local_port]>
Max-Forwards: 70
HEADERSContent-Length: [len]

BODY]]></send>
"""
SDP = """v=0
o=sipp 1 2 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio 16000 RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""


def in_dialog(method: str, headers: str, body: str, answers: str) -> str:
    """A request of the caller's in the middle of the call, and what may come back."""
    request = IN_DIALOG.replace("METHOD", method).replace("HEADERS", headers).replace("BODY", body)
    return f"{request}{answers}"


async def test_a_caller_passes_nobody_on(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    """An agent who is passed on would be put into a queue, and talk with a colleague who thinks it is a customer."""
    refer = in_dialog("REFER", "Refer-To: <sip:1000@[remote_ip]>\n", "", '  <recv response="603"/>\n')
    seen = await hostile_call(lab, bench, tmp_path, caller=PREMIUM, meanwhile=refer)
    assert seen.history.outcome == "answered"


async def test_a_caller_does_not_change_what_the_agent_sees(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    """With phones that are told identities, and another one in the middle of the call."""
    trace = tmp_path / "trace.pcap"
    path = lab.home / "pbx/etc/pjsip.conf"
    another = in_dialog(
        "INVITE", 'P-Asserted-Identity: "Boss" <sip:+442079460999@x>\nContent-Type: application/sdp\n', SDP,
        '  <recv response="100" optional="true"/>\n  <recv response="200"/>\n'
        + in_dialog("ACK", "", "", "  <pause milliseconds=\"500\"/>\n"),
    )  # fmt: skip
    with edited(
        path, "trust_id_outbound = yes\n\n[phone-aor]", "trust_id_outbound = yes\nsend_pai = yes\n\n[phone-aor]"
    ):
        cli(lab.state, "module reload res_pjsip.so")
        cli(lab.state, f"pjsip set logger pcap {trace}")
        cli(lab.state, "pjsip set logger on")
        try:
            await hostile_call(lab, bench, tmp_path, caller=PREMIUM, meanwhile=another)
        finally:
            cli(lab.state, "pjsip set logger off")
            cli(lab.state, "pjsip set logger pcap /dev/null")
    cli(lab.state, "module reload res_pjsip.so")
    to_phones = [m.text for m in messages(trace.read_bytes()) if m.target == f"{lab.state.carrier}:5060"]
    assert any(b"P-Asserted-Identity" in text for text in to_phones), "phones are told identities"
    assert not any(b"460999" in text or b"Boss" in text for text in to_phones)


async def verdict(lab: Lab) -> doctor.Verdict:
    of_lab = settings.load(lab.state.settings_file)
    (found,) = [each async for each in doctor.examine(of_lab) if each.about == "trunk carrier"]
    return found


@pytest.mark.parametrize(
    ("before", "after", "says", "mend"),
    [
        ("identify_by = ip  ", "identify_by = username,ip  ", "into From", "identify_by = ip"),
        ("allow_transfer = no  ", "allow_transfer = yes  ", "pass an agent on", "allow_transfer = no"),
        ("trust_connected_line = no  ", "trust_connected_line = yes  ", "later message", "trust_connected_line = no"),
    ],
)
async def test_the_doctor_sees_a_trunk_that_is_believed_too_easily(
    lab: Lab, before: str, after: str, says: str, mend: str
) -> None:
    assert (await verdict(lab)).ok
    with edited(lab.home / "pbx/etc/pjsip.conf", before, after):
        cli(lab.state, "module reload res_pjsip.so")
        seen = await verdict(lab)
    cli(lab.state, "module reload res_pjsip.so")
    assert not seen.ok
    assert says in seen.says
    assert mend in seen.mend


async def test_what_is_behind_a_dialled_number_sets_no_variable(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    """Where an admin leads a trunk straight into our dialplan, which takes whatever begins with a digit."""
    with another_trunk(lab, 3, "context = ivr\n") as there:
        seen = await hostile_call(lab, bench, tmp_path, to="1,IVR_AGI=/bin/true", source=there)
    assert (seen.history.dialled, seen.history.tier) == ("1", "live")
