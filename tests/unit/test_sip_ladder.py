"""Evidence of what others sent: any bytes are shown as text, and nothing of them ends a run."""

import struct
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.ami.message import Message
from ivr.qa.scenarios import evidence
from ivr.qa.scenarios.sip_ladder import ladder, messages

PBX, CARRIER = "127.71.1.1", "127.71.1.2"
AT = 1795410370.25


def head(order: str = "=", magic: int = 0xA1B2C3D4) -> bytes:
    return struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 65535, 1)


def packet(
    text: bytes, source: str = CARRIER, target: str = PBX, *, at: float = AT, protocol: int = 17, version: int = 0x45
) -> bytes:
    """A record of one UDP packet over IPv4 and Ethernet; with another `version` byte the header is longer."""
    addresses = b"".join(bytes(map(int, address.split("."))) for address in (source, target))
    options = b"\0" * ((version & 0x0F) * 4 - 20)
    ip = bytes([version, 0]) + struct.pack("!HHHBBH", 0, 0, 0, 64, protocol, 0) + addresses + options
    frame = b"\0" * 12 + b"\x08\x00" + ip + struct.pack("!HHHH", 5060, 5060, 8 + len(text), 0) + text
    return struct.pack("=IIII", int(at), round(at % 1 * 1e6), len(frame), len(frame)) + frame


def sip(first: str, call_id: str = "one", method: str = "INVITE", body: str = "") -> bytes:
    return f"{first}\r\nCall-ID: {call_id}\r\nCSeq: 1 {method}\r\n\r\n{body}".encode()


INVITE = packet(sip("INVITE sip:1000@127.71.1.1 SIP/2.0"))
RINGING = packet(sip("SIP/2.0 180 Ringing"), PBX, CARRIER, at=AT + 0.1)
PHONE = packet(sip("INVITE sip:anna@127.71.1.2:5060 SIP/2.0", "two"), PBX, CARRIER, at=AT + 0.2)
OPTIONS = packet(sip("OPTIONS sip:x SIP/2.0", "three", "OPTIONS"), at=AT + 0.3)
TRACE = head() + INVITE + RINGING + PHONE + OPTIONS


def test_messages_are_read_with_their_time_and_both_addresses() -> None:
    first, second, *_ = messages(TRACE)
    assert (first.at, first.source, first.target) == (AT, f"{CARRIER}:5060", f"{PBX}:5060")
    assert (first.first_line, first.call_id) == ("INVITE sip:1000@127.71.1.1 SIP/2.0", "one")
    assert second.first_line == "SIP/2.0 180 Ringing"
    assert second.at == pytest.approx(AT + 0.1)


def test_a_trace_that_is_cut_anywhere_gives_what_is_whole() -> None:
    ends = [len(head() + INVITE), len(head() + INVITE + RINGING), len(head() + INVITE + RINGING + PHONE), len(TRACE)]
    for length in range(len(TRACE) + 1):
        assert len(list(messages(TRACE[:length]))) == sum(end <= length for end in ends)
        assert ladder(TRACE[:length], PBX, {})


@pytest.mark.parametrize(
    "trace",
    [
        b"",
        head(),
        head(">") + INVITE,  # of a machine of the other kind
        head(magic=0xA1B23C4D) + INVITE,  # in nanoseconds
        head(magic=0x0A0D0D0A) + INVITE,  # pcapng
        head() + packet(b"CSeq: 1 INVITE", protocol=6),
        head() + packet(b"CSeq: 1 INVITE", protocol=1),
        head() + packet(b"CSeq: 1 INVITE", version=0x65),
        head() + packet(b"CSeq: 1 INVITE", version=0x40),
        head() + packet(b"CSeq: 1 INVITE", version=0x44),
        head() + packet(b"", version=0x45)[:-1],
    ],
    ids=["nothing", "head", "order", "nanoseconds", "pcapng", "tcp", "icmp", "ipv6", "no header", "short header",
         "cut"],
)  # fmt: skip
def test_what_is_no_trace_of_ours_shows_nothing(trace: bytes) -> None:
    assert ladder(trace, PBX, {}) == "no SIP message was seen\n"


def test_a_longer_ip_header_is_skipped_and_one_longer_than_its_packet_left_out() -> None:
    (found,) = messages(head() + packet(sip("BYE sip:x SIP/2.0"), version=0x4F))
    assert found.first_line == "BYE sip:x SIP/2.0"
    short = packet(b"", version=0x45)
    lying = bytearray(short)
    lying[16 + 14] = 0x4F  # says 60 bytes, of which 28 are there
    assert list(messages(head() + bytes(lying))) == []


@given(st.binary(max_size=300) | st.lists(st.binary(max_size=90), max_size=4).map(
    lambda frames: b"".join(struct.pack("=IIII", 1, 2, len(each), len(each)) + each for each in frames)
) | st.binary(max_size=120).map(packet))  # fmt: skip
def test_any_bytes_behind_the_head_are_a_ladder(data: bytes) -> None:
    trace = head() + data
    assert all(message.first_line.isprintable() for message in messages(trace))
    assert set(ladder(trace, PBX, {"": "nobody"})) - {"\n"} == {
        c for c in ladder(trace, PBX, {"": "nobody"}) if c.isprintable()
    }


def test_the_ladder_names_callers_and_phones_and_leaves_keep_alives_out() -> None:
    text = ladder(TRACE, PBX, {"one": "premium-1"})
    head_line, invite, ringing, phone, *rest = text.splitlines()
    assert head_line.split() == ["PBX", "premium-1", "phone", "anna"]
    assert "<" in invite
    assert " INVITE sip:1000@127.71.1.1 " in invite
    assert "180 Ringing" in ringing
    assert ">|" in ringing
    assert "INVITE sip:anna@" in phone
    assert rest[0] == ""
    assert text.count(f"{CARRIER}:5060 → {PBX}:5060") == 1
    assert "OPTIONS" not in text


def test_what_callers_sent_does_nothing_to_a_terminal() -> None:
    hostile = sip("INVITE sip:\x1b[31m\u202e\x00x@y SIP/2.0", body="a\x07b\nc\x9b31m") + b"\xff\xfe"
    text = ladder(head() + packet(hostile), PBX, {})
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "\ufffd[31m" in text
    assert "a\ufffdb\nc" in text


def test_a_time_just_below_a_second_is_not_shown_a_second_too_early() -> None:
    first, second = (
        ladder(head() + packet(sip("BYE sip:x SIP/2.0"), at=at), PBX, {}).splitlines()[1].split()[0]
        for at in (AT - 0.25 + 0.9997, AT + 0.75)
    )
    assert first == second
    assert first.endswith(".000")


# Logs ------------------------------------------------------------------------------------------------

LOCAL = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(int(AT)))
UTC_TIME = datetime.fromtimestamp(AT, UTC).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    "line",
    [
        f"{int(AT)}|pbx1-1.0|premium|NONE|ENTERQUEUE||+442079460001|1",
        f"timestamp={UTC_TIME} level=info event=serving",
        f"[{LOCAL}] NOTICE[123] chan.c: something",
        f"[{LOCAL}.123] NOTICE[123] chan.c: something",
    ],
    ids=["queue_log", "ours", "asterisk", "asterisk-ms"],
)
def test_the_lines_of_each_log_count_from_a_moment_on(line: str) -> None:
    assert list(evidence.since(line, AT)) == [line]
    assert list(evidence.since(line, AT + 2)) == []
    assert list(evidence.since(f"{line}\n  more of it", AT)) == [line, "  more of it"]
    assert list(evidence.since(f"before\n{line}", AT)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "2026-99-99 99:99:99", "0000-00-00 00:00:00", "9999-12-31 23:59:60Z", "0001-01-01 00:00:00", "99999999999|x",
        "\u0662\u0660\u0662\u0666-11-22 05:06:10", "2026-02-30T00:00:00Z", "|", "",
    ],
)  # fmt: skip
def test_a_date_that_is_none_ends_nothing(line: str) -> None:
    shown = list(evidence.since(f"{int(AT)}|here\n{line}", AT))
    assert shown[0] == f"{int(AT)}|here"


@given(st.text(alphabet="0123456789-: TZ|.x\n\x1b\u2028", max_size=80), st.floats(0, 4e9))
def test_any_log_can_be_cut(log: str, began_at: float) -> None:
    assert all(c.isprintable() or c == "\t" for line in evidence.since(log, began_at) for c in line)


def test_the_timeline_says_what_tells_something_and_nothing_that_a_terminal_obeys() -> None:
    events = [
        (AT - 1, "pbx", Message({"Event": "Newchannel", "Channel": "too early"})),
        (AT + 0.5, "pbx", Message({"Event": "VarSet", "Channel": "noise"})),
        (AT + 1, "pbx", Message({"Event": "Newexten", "Application": "NoOp"})),
        (AT + 1, "pbx", Message({"Event": "Newexten", "Application": "Queue", "AppData": "premium"})),
        (AT + 2, "carrier", Message({"Event": "UserEvent", "Shows": "\x1b[2J" + "x" * 500, "Message": "not told"})),
    ]
    queue, shown = evidence.ami_lines(events, AT)
    assert queue == "   +1.000  pbx      Newexten               Application=Queue AppData=premium"
    assert shown.isprintable()
    assert len(shown) < 250
    assert "not told" not in shown
