"""Who asks for privacy is nobody, however the carrier says it: SIP as it may come, placed by SIPp."""

import asyncio
import re
import socket
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ivr.lab.lab import SIP, Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import ObservedCall, TestBench
from ivr.qa.scenarios import sip_ladder
from tests.conftest import until
from tests.decisions import values
from tests.lab.farm import recorded
from tests.lab.test_hostile_callers import INVITE

pytestmark = pytest.mark.shared

NUMBER = "+442079460006"  # premium
STRANGER = "+12025550143"  # nobody's in the sample: wherever it is found, a call has brought it there
PAI = f"P-Asserted-Identity: <sip:{NUMBER}@carrier.example>\r\n"
RPID = f"Remote-Party-ID: <sip:{NUMBER}@carrier.example>;party=calling"
FROM, ANONYMOUS = f"<sip:{NUMBER}@carrier.example>", '"Anonymous" <sip:anonymous@anonymous.invalid>'
LONG = "".join(f"X-{'a' * 60}{number}: 1\r\n" for number in range(60))  # more names than Asterisk lists in one value

PRIVATE = {
    "id": (FROM, "Privacy: id\r\n"),
    "user and id": (FROM, "Privacy: user;id\r\n"),
    "asserted": (ANONYMOUS, f"{PAI}Privacy: id\r\n"),
    "From anonymous, number asserted": (ANONYMOUS, PAI),
    "name anonymous, number asserted": (f'"Anonymous" {FROM}', PAI),
    "Remote-Party-ID full": (FROM, f"{RPID};privacy=full;screen=yes\r\n"),
}
PRIVATE_TOO = {
    "header": (FROM, "Privacy: header\r\n"),
    "user": (FROM, "Privacy: user\r\n"),
    "session": (FROM, "Privacy: session\r\n"),
    "critical last": (FROM, "Privacy: id;critical\r\n"),
    "other order": (FROM, "Privacy: critical;session;header;id;user\r\n"),
    "capitals and spaces": (FROM, "privacy :  ID ; Critical  \r\n"),
    "with a comma": (FROM, "Privacy: none, id\r\n"),
    "two headers": (FROM, "Privacy: none\r\nPrivacy: id\r\n"),
    "two headers apart": (FROM, f"Privacy: none\r\nX-Other: 1\r\n{PAI}Privacy: id\r\n"),
    "empty": (FROM, "Privacy:\r\n"),
    "word of a later standard": (FROM, "Privacy: history\r\n"),
    "asserted, header": (FROM, f"{PAI}Privacy: header\r\n"),
    "asserted, session": (FROM, f"{PAI}Privacy: session;critical\r\n"),
    "From anonymous alone": (ANONYMOUS, ""),
    "From anonymous, other host": ("<sip:anonymous@carrier.example>", PAI),
    "From of another name, anonymous host": ("<sip:x@anonymous.invalid>", PAI),
    "From restricted": ("<sip:Restricted@carrier.example>", ""),
    "From private": ("<sip:private@carrier.example>", ""),
    "From unknown": ("<sip:unknown@carrier.example>", ""),
    "From Unavailable": ("<sip:Unavailable@carrier.example>", ""),
    "name anonymous": (f"Anonymous {FROM}", ""),
    "name in what is asserted": (FROM, PAI.replace("<", '"Anonymous" <')),
    "Remote-Party-ID spaced": (FROM, f"{RPID} ; privacy = Full ; screen=no\r\n"),
    "Remote-Party-ID uri": (FROM, f"{RPID};privacy=uri\r\n"),
    "Remote-Party-ID beside asserted": (FROM, f"{PAI}{RPID};privacy=full\r\n"),
    "two Remote-Party-IDs": (FROM, f"{RPID};privacy=off\r\n{RPID};privacy=full\r\n"),
    "behind a header of 4 kB": (FROM, f"X-Long: {'a' * 4500}\r\nPrivacy: id\r\n"),
    "behind many headers": (FROM, f"{LONG}Privacy: id\r\n"),
    "with quotes": (FROM, 'Privacy: id",):?${SHELL(x)}\r\n'),
}  # fmt: skip
NOT_PRIVATE = {
    "nothing said": (FROM, ""),
    "none": (FROM, "Privacy: none\r\n"),
    "asserted": (FROM, PAI),
    "asserted, None": (FROM, f"{PAI}Privacy:  None \r\n"),
    "headers of other names": (FROM, "X-Privacy: id\r\nP-Privacy: id\r\nPrivacy-Policy: id\r\n"),
    "name with anonymous in it": (f'"Anonymous Art Ltd" {FROM}', PAI),
    "name Unavailable": (f'"Unavailable" {FROM}', ""),
    "From unavailable, number asserted": ("<sip:unavailable@unknown.invalid>", PAI),
    "Remote-Party-ID off": (FROM, f"{RPID};privacy=off;screen=yes\r\n"),
    "Remote-Party-ID plain": (FROM, f"{RPID};screen=no\r\n"),
    "a header of 4 kB": (FROM, f"X-Long: {'a' * 4500}\r\n"),
    "many headers": (FROM, LONG),
}


async def call(
    lab: Lab, bench: TestBench, folder: Path, from_: str, more: str, *, pause: int = 300, then: str = ""
) -> ObservedCall:
    """Place a call with this From and these headers; the caller hangs up `pause` ms after the answer.

    `then` is what SIPp does before it hangs up.
    """
    if lab.state.sipp is None:
        pytest.skip("SIPp is not installed: apt-get install sip-tester")
    as_written = INVITE.replace("{display}<sip:{caller}@[local_ip]:[local_port]>", "{from_}")
    talk = f'{then.replace("FROM", from_)}<pause milliseconds="{pause}"/>'
    as_written = as_written.replace('<pause milliseconds="{talk}"/>\n{meanwhile}', "{talk}\n")
    script = as_written.format(to="1000", from_=from_, more=more.replace("\r\n", "\n"), talk=talk)
    assert talk in script
    (folder / "scenario.xml").write_text(script)
    before = set(bench.seen)
    command = [*lab.state.sipp, f"{lab.state.pbx}:{SIP}", "-sf", "scenario.xml", "-i", lab.state.carrier, "-p", "5070",
               "-m", "1", "-nostdin", "-timeout", "15", "-timeout_error"]  # fmt: skip
    sipp = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, cwd=folder)
    assert sipp.returncode == 0, sipp.stdout[-3000:] + sipp.stderr[-500:]
    await bench.wait_for(lambda: bool(set(bench.seen) - before), 5)
    (new,) = set(bench.seen) - before
    seen = bench.seen[new]
    await bench.wait_for(lambda: seen.history.ended_at is not None, 5)
    return seen


async def nobody(lab: Lab, bench: TestBench, records: AwaitedRecords, folder: Path, from_: str, more: str) -> None:
    """Such a call is nobody's, and its number is not in what is recorded."""
    seen = await call(lab, bench, folder, from_, more)
    assert (seen.history.queue, seen.history.tier, seen.history.segment) == ("general-queue", "live", "")
    assert seen.history.caller_number == ""
    record = await recorded(records, seen.history.call_id)
    assert record.call is not None
    assert record.decision is not None
    assert (record.call.withheld, record.call.caller_number) == (True, "")
    assert values(record.decision, "customer_id label") == (None, "GENERAL number withheld")


@pytest.mark.parametrize("form", PRIVATE.values(), ids=PRIVATE)
async def test_who_asks_for_privacy_is_nobody(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, form: tuple[str, str]
) -> None:
    await nobody(lab, bench, records, tmp_path, *form)


@pytest.mark.thorough
@pytest.mark.parametrize("form", PRIVATE_TOO.values(), ids=PRIVATE_TOO)
async def test_who_asks_for_privacy_in_another_form_is_nobody(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, form: tuple[str, str]
) -> None:
    await nobody(lab, bench, records, tmp_path, *form)


@pytest.mark.thorough
@pytest.mark.parametrize("form", NOT_PRIVATE.values(), ids=NOT_PRIVATE)
async def test_who_asks_for_none_is_known(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, form: tuple[str, str]
) -> None:
    seen = await call(lab, bench, tmp_path, *form)
    assert (seen.history.queue, seen.history.segment) == ("premium", "premium")
    record = await recorded(records, seen.history.call_id)
    assert record.call is not None
    assert (record.call.withheld, record.call.caller_number) == (False, NUMBER)


FOLDED = {  # SIPp takes the space from the beginning of a line: a socket does not
    "in the middle": (True, FROM, "Privacy: user;\r\n id\r\n"),
    "before id": (True, FROM, "Privacy:\r\n\tid\r\n"),
    "before none": (False, FROM, "Privacy:\r\n none\r\n"),
    "behind none": (True, FROM, "Privacy: none\r\n ;id\r\n"),
    "not ASCII": (True, FROM, "Privacy: id\u00e9\r\n"),
    "From": (True, '"Anonymous"\r\n <sip:anonymous@anonymous.invalid>', PAI),
    "From without brackets": (True, "sip:anonymous@anonymous.invalid", PAI),
    "Remote-Party-ID": (True, FROM, f"{RPID};\r\n privacy=full\r\n"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("form", FOLDED.values(), ids=FOLDED)
async def test_headers_may_go_over_several_lines(lab: Lab, bench: TestBench, form: tuple[bool, str, str]) -> None:
    private, *said = form
    before = set(bench.seen)
    await asyncio.to_thread(by_hand, lab, *said)
    await bench.wait_for(lambda: bool(set(bench.seen) - before), 5)
    (new,) = set(bench.seen) - before
    await bench.wait_for(lambda: bench.seen[new].history.ended_at is not None, 5)
    assert bench.seen[new].history.queue == ("general-queue" if private else "premium")


def by_hand(lab: Lab, from_: str, more: str) -> None:
    """A call with this From and these headers, over a socket; the caller hangs up at once."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as carrier:
        carrier.bind((lab.state.carrier, 5075))
        carrier.settimeout(10)
        sdp = (
            f"v=0\r\no=a 1 1 IN IP4 {lab.state.carrier}\r\ns=-\r\nc=IN IP4 {lab.state.carrier}\r\nt=0 0\r\n"
            "m=audio 16000 RTP/AVP 8\r\n"
        )
        call_id = uuid.uuid4()

        def send(method: str, number: int, to_tag: str = "", more: str = "", body: str = "") -> None:
            lines = (
                f"{method} sip:1000@{lab.state.pbx} SIP/2.0\r\n"
                f"Via: SIP/2.0/UDP {lab.state.carrier}:5075;branch=z9hG4bK{call_id}{method}\r\nFrom: {from_};tag=x\r\n"
                f"To: <sip:1000@{lab.state.pbx}>{to_tag}\r\nCall-ID: {call_id}\r\nCSeq: {number} {method}\r\n"
                f"Contact: <sip:a@{lab.state.carrier}:5075>\r\nMax-Forwards: 70\r\n{more}"
                f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            )
            carrier.sendto(lines.encode(), (lab.state.pbx, SIP))

        def answered(number: int) -> str:
            while (
                not (answer := carrier.recv(9000).decode()).startswith("SIP/2.0 200")
                or f"CSeq: {number} " not in answer
            ):
                assert not answer.startswith(("SIP/2.0 4", "SIP/2.0 5")), answer
            return answer

        send("INVITE", 1, more=more, body=sdp)
        tag = re.search(r"^To:.*(;tag=\S+)", answered(1), re.MULTILINE)
        assert tag
        send("ACK", 1, tag[1])
        send("BYE", 2, tag[1])
        answered(2)


# Where the number must not be ------------------------------------------------------------------------


@contextmanager
def diversions(lab: Lab) -> Iterator[None]:
    """Asterisk reads and writes who a call was diverted from, as many PBXs do."""
    lab.cli("module load res_pjsip_diversion.so")
    try:
        yield
    finally:
        lab.cli("module unload res_pjsip_diversion.so")


@contextmanager
def traced(lab: Lab, pcap: Path) -> Iterator[None]:
    """The SIP that the PBX sends and receives."""
    for command in (f"pcap {pcap}", "verbose off", "on"):
        lab.cli(f"pjsip set logger {command}")
    try:
        yield
    finally:
        lab.cli("pjsip set logger pcap /dev/null")  # it closes the file, with all that is to be in it
        lab.cli("pjsip set logger off")


def to_phones(lab: Lab, pcap: Path) -> bytes:
    """What the PBX sent to the phones."""
    phones = f"{lab.state.carrier}:{SIP}"
    return b"\n".join(message.text for message in sip_ladder.messages(pcap.read_bytes()) if message.target == phones)


def kept(lab: Lab) -> dict[str, bytes]:
    """All that a call leaves behind: the database, Asterisk's own, the logs."""
    home = Path(lab.state.home)
    files = [*home.glob("ivr.db*"), *(home / "pbx/log").iterdir(), home / "log/service.log"]
    left = {str(path.relative_to(home)): path.read_bytes() for path in files}
    return {**left, "AstDB": lab.cli("database show").encode()}


LATER = """
  <send retrans="500"><![CDATA[
INVITE sip:1000@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: FROM;tag=[call_number]
To: <sip:1000@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 INVITE
Contact: <sip:sipp@[local_ip]:[local_port]>
Max-Forwards: 70
P-Asserted-Identity: "Shy" <sip:NUMBER@carrier.example>
Privacy: id
Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 2 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio 16000 RTP/AVP 8
a=rtpmap:8 PCMA/8000
]]></send>
  <recv response="100" optional="true"/>
  <recv response="200"/>
  <send><![CDATA[
ACK sip:1000@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: FROM;tag=[call_number]
To: <sip:1000@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
""".replace("NUMBER", STRANGER)


@pytest.mark.abuse
async def test_a_withheld_number_is_told_to_no_phone_and_kept_nowhere(
    lab: Lab, bench: TestBench, tmp_path: Path
) -> None:
    digits = STRANGER.removeprefix("+").encode()
    of_stranger = f'"Shy" <sip:{STRANGER}@carrier.example>'
    more = f"P-Asserted-Identity: {of_stranger}\r\nPrivacy: id\r\nDiversion: {of_stranger};reason=unconditional\r\n"
    with diversions(lab):
        assert "res_pjsip_diversion" in lab.cli("module show like res_pjsip_diversion")
        for from_, headers, then in (
            (of_stranger, more, ""),
            (of_stranger, more.partition("\r\n")[2], ""),  # nothing asserted
            (ANONYMOUS, "Privacy: id\r\n", LATER),  # the number comes when the call has begun
        ):
            with traced(lab, tmp_path / "sip.pcap"):
                seen = await call(lab, bench, tmp_path, from_, headers, pause=1500, then=then)
            shown = [(d.shows, d.number, d.customer) for d in seen.displays]
            assert shown == [("GENERAL number withheld", "", "")]
            told = to_phones(lab, tmp_path / "sip.pcap")
            assert b"INVITE" in told
            assert digits not in told
            assert b"Shy" not in told
        left = [name for name, content in kept(lab).items() if digits in content or b"Shy" in content]
        assert left == []

        with traced(lab, tmp_path / "sip.pcap"):  # without the wish it is all there, so the looks above could see it
            await call(lab, bench, tmp_path, of_stranger, more.replace("Privacy: id", "Privacy: none"), pause=1500)
        assert digits in to_phones(lab, tmp_path / "sip.pcap")
    await asyncio.to_thread(
        until, lambda: any(digits in content for name, content in kept(lab).items() if name.startswith("ivr.db"))
    )
    assert digits in kept(lab)["pbx/log/queue_log"]
