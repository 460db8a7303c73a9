"""The SIP messages of a trace as a ladder: who sent what to whom, and when."""

import re
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_GLOBAL, _RECORD = struct.Struct("IHHiIII"), struct.Struct("IIII")  # libpcap's file format, in the machine's order
_MAGIC = 0xA1B2C3D4
_ETHERNET, _IP_HEADER, _UDP_HEADER = 14, 20, 8  # bytes
_UDP = 17
_CALL_ID = re.compile(rb"^(?:Call-ID|i)\s*:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_UNBOUND = "0.0.0.0"  # noqa: S104 - as Asterisk writes its own side, whatever it is bound to: the PBX's, or the carrier's
_COLUMN = 34


@dataclass(frozen=True, slots=True)
class SipMessage:
    """One SIP message: `at` is Unix time, `source` and `target` are addresses with ports."""

    at: float
    source: str
    target: str
    text: bytes

    @property
    def first_line(self) -> str:
        """The request or status line, printable."""
        line = self.text.split(b"\r\n", 1)[0].decode("utf-8", "replace")
        return "".join(c if c.isprintable() else "�" for c in line)

    @property
    def call_id(self) -> str:
        """The Call-ID."""
        found = _CALL_ID.search(self.text)
        return found[1].decode("utf-8", "replace") if found else ""


def messages(trace: bytes) -> Iterator[SipMessage]:
    """The SIP messages in a trace; it ends where the trace is cut."""
    if len(trace) < _GLOBAL.size or _GLOBAL.unpack_from(trace)[0] != _MAGIC:
        return
    position = _GLOBAL.size
    while position + _RECORD.size <= len(trace):
        seconds, micros, length, _ = _RECORD.unpack_from(trace, position)
        packet = trace[position + _RECORD.size : position + _RECORD.size + length]
        position += _RECORD.size + length
        if len(packet) < length or length < _ETHERNET + _IP_HEADER + _UDP_HEADER or packet[_ETHERNET] >> 4 != 4:
            continue
        header = (packet[_ETHERNET] & 0x0F) * 4
        if not _IP_HEADER <= header <= length - _ETHERNET - _UDP_HEADER or packet[_ETHERNET + 9] != _UDP:
            continue
        ip, udp = packet[_ETHERNET:], packet[_ETHERNET + header :]
        ports = struct.unpack_from("!HH", udp)
        source, target = (
            f"{'.'.join(map(str, ip[start : start + 4]))}:{port}" for start, port in zip((12, 16), ports, strict=True)
        )
        yield SipMessage(seconds + micros / 1e6, source, target, udp[_UDP_HEADER:])


def ladder(trace: bytes, pbx: str, callers: Mapping[str, str]) -> str:
    """The messages as text, a line each, without keep-alives, and then each message whole.

    `pbx` is the address of the PBX, `callers` maps a Call-ID to the name of who called with it. All others are phones,
    which are called by the name that the PBX rang.
    """
    found = [m for m in messages(trace) if b"CSeq" in m.text and not _is_keep_alive(m)]
    if not found:
        return "no SIP message was seen\n"
    others, own = (
        dict(callers),
        pbx if any(_host(end) == pbx for m in found for end in (m.source, m.target)) else _UNBOUND,
    )
    for message in found:
        others.setdefault(message.call_id, f"phone {_user(message)}")
    parties = ["PBX", *dict.fromkeys(others[m.call_id] for m in found)]
    lines = [" " * 14 + "".join(party[: _COLUMN - 2].ljust(_COLUMN) for party in parties)]
    for message in found:
        other = parties.index(others[message.call_id])
        lines.append(f"{_clock(message.at)}  {_arrow(other, len(parties), message, sent=_host(message.source) == own)}")
    whole = (f"--- {_clock(m.at)} {m.source} → {m.target}\n{_printable(m.text)}\n" for m in found)
    return "\n".join(line.rstrip() for line in lines) + "\n\n" + "\n".join(whole)


def _is_keep_alive(message: SipMessage) -> bool:
    return re.search(rb"^CSeq:\s*\d+ OPTIONS", message.text, re.MULTILINE | re.IGNORECASE) is not None


def _user(message: SipMessage) -> str:
    found = re.match(rb"[A-Z]+ sips?:([A-Za-z0-9_.+-]{1,30})@", message.text)
    return found[1].decode() if found else message.target


def _host(address: str) -> str:
    return address.rpartition(":")[0]


def _arrow(column: int, columns: int, message: SipMessage, *, sent: bool) -> str:
    """An arrow between the PBX, on the left, and a column, with the message's first line on it."""
    width = column * _COLUMN - 2
    text = message.first_line.replace(" SIP/2.0", "").removeprefix("SIP/2.0 ")
    middle = f" {text if len(text) <= width - 6 else text[: width - 7] + '…'} ".center(width, "-")
    arrow = f"|{middle}>|" if sent else f"|<{middle}|"
    return arrow + "".join("|".rjust(_COLUMN) for _ in range(columns - column - 1))


def _printable(text: bytes) -> str:
    decoded = text.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(c if c == "\n" or c.isprintable() else "�" for c in decoded)


def _clock(at: float) -> str:
    seconds, millis = divmod(round(at * 1000), 1000)
    return time.strftime("%H:%M:%S", time.localtime(seconds)) + f".{millis:03d}"
