"""Many callers at once: SIPp on the carrier's address, a few calls a second, each with a number of its own.

They hang up a fixed time after the answer, or when they are told to: SIPp cannot see that an agent has come, because
the PBX answers before the queue. Who can see it sends the caller an INFO (`told_to_leave`) within the call, and
SIPp says BYE.
"""

import csv
import random
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import LabError
from ivr.lab import sample_customers
from ivr.lab.lab import SIP, cli
from ivr.lab.processes import Process, start
from ivr.lab.state import LabState
from ivr.policy.loader import Bundle
from ivr.qa import sample_decisions

PORT = 5070  # of the callers, on the carrier's address
HOLD_SECONDS = 3.0  # from the answer to hanging up: longer than what counts as late, so that nobody leaves too soon
PATIENCE_SECONDS = 12  # a caller who is not answered by then gives up
MOST_CALLS = 2000  # at once
UNKNOWN = [f"+1202555{n:04d}" for n in (*range(120, 150), 199)]  # fictitious, and nobody's in the sample
WITHHELD = "anonymous"

# P-Asserted-Identity with Privacy: the carrier tells us the number and forbids us to use it (RFC 3323, RFC 3325).
_SCENARIO = """<?xml version="1.0" encoding="UTF-8"?>
<scenario name="callers">
  <send retrans="500"><![CDATA[
INVITE sip:[field2]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field0]@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:[field2]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:sipp@[local_ip]:[local_port]>
P-Asserted-Identity: <sip:[field1]@[local_ip]>
Privacy: [field3]
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rrs="true" timeout="{patience}"/>
  <send><![CDATA[
ACK sip:[field2]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field0]@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:[field2]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <nop><action><exec rtp_stream="{silence},-1,8,PCMA/8000"/></action></nop>
  {stay}
  <send retrans="500"><![CDATA[
BYE sip:[field2]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:[field0]@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:[field2]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  {once_more}
  <recv response="200" timeout="4000"/>
</scenario>
"""
_HOLD = '<pause milliseconds="{hold}"/>'
# A PBX that hangs up first is answered, and nothing is left to do. Nobody stays longer than `longest`.
_UNTIL_TOLD = """<recv request="INFO" optional="true" next="leave" timeout="{longest}" ontimeout="leave"/>
  <recv request="BYE" timeout="{longest}" ontimeout="leave"/>
  <send next="over"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
  <label id="leave"/>"""
_TOLD_AGAIN = '<recv request="INFO" optional="true"/>'
_OVER = '<label id="over"/>\n</scenario>'


@dataclass(frozen=True, slots=True)
class LoadCaller:
    """One caller to be: `number` is theirs, also when they withhold it; `dialled` is theirs alone."""

    number: str
    dialled: str
    withheld: bool
    premium: bool  # whether the data grants this call premium


def granted(bundle: Bundle) -> frozenset[str]:
    """The numbers of the sample to which the policy grants the queue `premium`: exactly one owner, not blocked."""
    decided = sample_decisions.of_numbers(bundle)
    premium = (number for number, each in decided.items() if each.treatment.queue == "premium")
    return frozenset(premium)


def callers(dice: random.Random, count: int, premium: frozenset[str]) -> list[LoadCaller]:
    """A mix: 40 % premium, 30 % standard, 20 % unknown, 10 % withheld (half of them premium customers' numbers)."""
    rows = [row for row in sample_customers.rows() if not row["blocked"] and ";" not in row["phones"]]
    others = [row["phones"] for row in rows if row["phones"] not in premium]
    some = sorted(premium)
    made = []
    for n in range(count):
        kind = dice.choices(("premium", "standard", "unknown", "withheld"), (40, 30, 20, 10))[0]
        pool = {"premium": some, "standard": others, "unknown": UNKNOWN, "withheld": some + dice.sample(others, 20)}
        number = dice.choice(pool[kind])
        made.append(LoadCaller(number, f"7{dice.randrange(10**6):06d}{n:05d}", kind == "withheld", kind == "premium"))
    return made


@dataclass(slots=True)
class Offered:
    """A call as its caller saw it. Unix times; None where it did not come to that."""

    sip_call_id: str
    caller: LoadCaller
    invited_at: float
    answered_at: float | None = None
    ended_at: float | None = None
    hung_up_at: float | None = None  # by the PBX
    refused: str = ""  # the answer that was none, e.g. `503 Service Unavailable`
    heard_at: float | None = None  # the first answer of any kind, `100 Trying` too
    last_invited_at: float = 0.0  # SIPp sends an INVITE again until it is answered

    def __post_init__(self) -> None:
        """Take the first INVITE for the last one so far."""
        self.last_invited_at = max(self.last_invited_at, self.invited_at)

    def tells(self, at: float, cseq: str, direction: str, line: str) -> None:
        """Take in a message of this call: S(ent) or R(eceived), with this first line."""
        answer = direction == "R" and line.startswith("SIP/2.0")
        if answer:
            self.heard_at = self.heard_at or at
        if direction == "S" and line.startswith("INVITE"):
            self.last_invited_at = at
        elif line.startswith("SIP/2.0 200"):
            if cseq == "1 INVITE" and self.answered_at is None:
                self.answered_at = at
        elif line.startswith(("BYE", "CANCEL", "SIP/2.0 4", "SIP/2.0 5", "SIP/2.0 6")):
            self.ended_at = self.ended_at or at
            if direction == "R" and line.startswith("BYE"):
                self.hung_up_at = self.hung_up_at or at
            if cseq == "1 INVITE" and answer:
                self.refused = self.refused or line.removeprefix("SIP/2.0 ").strip()


class Load:
    """One run of SIPp: `rate` calls a second, one for each caller, from `start()` until they have all hung up.

    They hang up HOLD_SECONDS after the answer; with `longest`, when they are told to, or after so many seconds.
    """

    def __init__(
        self,
        state: LabState,
        folder: Path,
        callers: Sequence[LoadCaller],
        rate: float,
        tag: str,
        *,
        longest: float | None = None,
    ) -> None:
        self._state, self._folder, self.callers, self._rate, self._tag = state, folder, callers, rate, tag
        self._longest = longest
        self._process: Process | None = None
        self._read = 0  # bytes of SIPp's log
        self._made: dict[str, Offered] = {}
        self.answers: list[float] = []  # when the PBX answered anything; as far as `calls` has read

    def start(self) -> None:
        """Begin to call; raises LabError when there is no SIPp."""
        if self._state.sipp is None:
            raise LabError("SIPp is not installed: apt-get install sip-tester")
        self._folder.mkdir(parents=True, exist_ok=True)
        silence = self._folder / "silence.raw"
        silence.write_bytes(b"\xd5" * 8000)  # a second of A-law
        (self._folder / "callers.xml").write_text(self._scenario(silence), encoding="utf-8")
        with (self._folder / "callers.csv").open("w", encoding="utf-8", newline="") as file:
            file.write("SEQUENTIAL\n")
            lines = csv.writer(file, delimiter=";", lineterminator="\n")
            for caller in self.callers:
                shown = WITHHELD if caller.withheld else caller.number
                lines.writerow([shown, caller.number, caller.dialled, "id" if caller.withheld else "none"])
        command = [
            *self._state.sipp, f"{self._state.pbx}:{SIP}", "-sf", "callers.xml", "-inf", "callers.csv",
            "-i", self._state.carrier, "-p", str(PORT), "-r", f"{self._rate:g}", "-m", str(len(self.callers)),
            "-l", str(MOST_CALLS), "-nostdin", "-cid_str", f"%u-{self._tag}", "-trace_shortmsg",
            "-shortmessage_file", "messages.log", "-shortmessage_overwrite", "true",
            "-recv_timeout", str(PATIENCE_SECONDS * 1000), "-min_rtp_port", "20000", "-max_rtp_port", "29999",
        ]  # fmt: skip
        # The sample has few numbers for so many calls. (It is so until Asterisk starts again: this is a lab.)
        cli(self._state, "dialplan set global IVR_CALLS_PER_NUMBER no")
        self._process = start(
            "sipp", command, self._folder / "sipp.log", address=self._state.carrier, ports={"sip": PORT},
            cwd=self._folder, stay=False,
        )  # fmt: skip

    def calling(self) -> bool:
        """Whether some call is still to be made or under way."""
        return self._process is not None and self._process.alive()

    def end(self) -> None:
        """Stop, if it still runs."""
        if self._process is not None:
            self._process.signal(signal.SIGKILL)
            self._process.stop()

    def stop_calling(self) -> None:
        """Begin no more calls; those that are up go on to their end."""
        if self._process is not None:
            self._process.signal(signal.SIGUSR1)

    def calls(self) -> list[Offered]:
        """The calls that were made so far, in their order."""
        for at, sip_call_id, cseq, direction, line in self._messages():
            call = self._made.get(sip_call_id)
            if direction == "R" and line.startswith("SIP/2.0"):
                self.answers.append(at)
            if call is not None:
                call.tells(at, cseq, direction, line)
            elif direction == "S" and cseq == "1 INVITE":
                self._made[sip_call_id] = Offered(sip_call_id, self.caller_of(sip_call_id), at)
        return list(self._made.values())

    def caller_of(self, sip_call_id: str) -> LoadCaller:
        """Who made the call: SIPp numbers its calls from 1 and takes the callers in order."""
        return self.callers[int(sip_call_id.partition("-")[0]) - 1]

    def _scenario(self, silence: Path) -> str:
        told = self._longest is not None
        stay = _UNTIL_TOLD.format(longest=round((self._longest or 0) * 1000)) if told else _HOLD
        text = _SCENARIO.replace("{stay}", stay).replace("{once_more}", _TOLD_AGAIN if told else "")
        if told:
            text = text.replace("</scenario>", _OVER)
        return text.format(patience=PATIENCE_SECONDS * 1000, hold=round(HOLD_SECONDS * 1000), silence=silence)

    def _messages(self) -> Iterator[tuple[float, str, str, str, str]]:
        """What SIPp sent and received since the last time: Unix time, Call-ID, CSeq, S(ent) or R(eceived), first line.

        A last line without its end is left for the next time.
        """
        path = self._folder / "messages.log"
        if not path.exists():
            return
        with path.open("rb") as file:
            file.seek(self._read)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._read += len(line)
                fields = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
                if len(fields) == 7:
                    yield float(fields[2]), fields[4], fields[5].removeprefix("CSeq:").strip(), fields[3], fields[6]


def told_to_leave(sip_call_id: str, host: str) -> bytes:
    """The message that makes a caller of `Load` hang up. It has no tag in To: SIPp would take it for the PBX's."""
    lines = (
        f"INFO sip:sipp@{host}:{PORT} SIP/2.0",
        f"Via: SIP/2.0/UDP {host};branch=z9hG4bK-leave-{sip_call_id}",
        f"From: <sip:qa@{host}>;tag=qa",
        f"To: <sip:sipp@{host}:{PORT}>",
        f"Call-ID: {sip_call_id}",
        "CSeq: 1 INFO",
        "Max-Forwards: 70",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
