"""What a scenario leaves behind for whoever wants to know why: one file for each kind of evidence, in a folder."""

import calendar
import contextlib
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from ivr.ami.message import Message
from ivr.qa.scenarios.play import Performance
from ivr.qa.scenarios.sip_ladder import ladder
from ivr.qa.scenarios.stack import LOGS, Stack

# Events that come by the dozen and say little: left out of the timeline.
_NOISE = {"VarSet", "RTCPSent", "RTCPReceived", "MusicOnHoldStart", "MusicOnHoldStop", "DeviceStateChange",
          "QueueMemberStatus", "ContactStatus", "NewCallerid", "LocalBridge", "NewConnectedLine", "FullyBooted",
          "SuccessfulAuth"}  # fmt: skip
_STEPS = {"AGI", "Answer", "Dial", "Hangup", "Playback", "Queue", "Read", "Transfer"}  # of the dialplan
_TELLING = ("Channel", "Exten", "Application", "AppData", "Queue", "Position", "Count", "MemberName", "Interface",
            "HoldTime", "TalkTime", "RingTime", "Reason", "Message", "Digit", "Direction", "DialStatus", "Cause-txt",
            "UserEvent", "Rung", "Segment", "Prio", "Status", "Phone", "Shows", "Extension", "Result")  # fmt: skip
_LONGEST = 160


async def gather(stack: Stack, performance: Performance, folder: Path) -> dict[str, str]:
    """Write everything that is to be had into `folder`; returns what it is, and in which file."""
    texts: dict[str, str] = {}
    explained = [line for played in performance.calls for line in [f"# {played.name}", *played.explained, ""]]
    texts["decision"] = "\n".join(explained)
    trace = await stack.traced()
    if trace is not None:
        callers = {played.placed.sip_call_id: played.name for played in performance.calls if played.placed}
        texts["SIP ladder"] = ladder(trace, stack.pbx, callers)
    texts["AMI timeline"] = "\n".join(ami_lines(performance.events, performance.began_at)) + "\n"
    for name in LOGS:
        said = await stack.log(name, performance.began_at)
        if said is not None:
            texts[name] = "\n".join(since(said, performance.began_at)) + "\n"
    return _write(folder, texts, trace, performance)


def _write(folder: Path, texts: dict[str, str], trace: bytes | None, performance: Performance) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for title, text in texts.items():
        name = f"{title.lower().replace(' ', '-')}.txt"
        (folder / name).write_text(text, encoding="utf-8", errors="replace")
        written[title] = name
    if trace is not None:
        (folder / "sip.pcap").write_bytes(trace)
        written["SIP trace for Wireshark"] = "sip.pcap"
    for played in performance.calls:
        if played.recording:
            name = f"{played.name}.wav"
            (folder / name).write_bytes(played.recording)
            written[f"what {played.name} heard"] = name
    return written


def ami_lines(events: Iterable[tuple[float, str, Message]], zero: float) -> Iterator[str]:
    """Each event in a line: seconds since `zero`, side, name, and the headers that tell something."""
    for at, side, message in events:
        name = message.header("Event")
        if at < zero or name in _NOISE or (name == "TestEvent" and message.header("State") != "PLAYBACK"):
            continue
        if name == "Newexten" and message.header("Application") not in _STEPS:
            continue
        told = ((header, message.header(header)) for header in _TELLING if header != "Message" or name == "TestEvent")
        said = " ".join(f"{header}={_short(value)}" for header, value in told if value)
        yield f"{at - zero:+9.3f}  {side:<7}  {name:<22} {said}"


def since(log: str, began_at: float) -> Iterator[str]:
    """The lines of a log from that Unix time on; a line without a time belongs to the one before."""
    counts = False
    for line in log.splitlines():
        at = _stamp(line)
        counts = at >= int(began_at) if at is not None else counts
        if counts:
            yield "".join(c if c.isprintable() or c == "\t" else "�" for c in line)


def _stamp(line: str) -> float | None:
    """When a line was written: queue_log's epoch, our log's or Asterisk's date."""
    if found := re.match(r"(\d{9,11})\|", line):
        return float(found[1])
    if found := re.search(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z?)", line[:60]):
        with contextlib.suppress(ValueError, OverflowError):  # no date, whatever it looks like: a caller can write it
            parsed = time.strptime(f"{found[1]} {found[2]}", "%Y-%m-%d %H:%M:%S")
            return float(calendar.timegm(parsed) if found[3] else time.mktime(parsed))
    return None


def _short(value: str) -> str:
    clean = "".join(c if c.isprintable() else "�" for c in value)
    return clean if len(clean) <= _LONGEST else f"{clean[:_LONGEST]}…"
