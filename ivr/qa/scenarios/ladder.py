"""The SIP messages of a trace as a ladder: who sent what to whom, and when."""

import re
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_GLOBAL, _RECORD = struct.Struct("IHHiIII"), struct.Struct("IIII")  # libpcap's file format, in the machine's order
_MAGIC = 0xA1B2C3D4
_ETHERNET, _UDP_HEADER = 14, 8
_CALL_ID = re.compile(rb"^(?:Call-ID|i)\s*:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
_KEEP_ALIVE = b"OPTIONS"
_COLUMN = 26


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
        if len(packet) < length or length < _ETHERNET + 20 + _UDP_HEADER or packet[_ETHERNET] >> 4 != 4:
            continue
        header = (packet[_ETHERNET] & 0x0F) * 4
        ip, udp = packet[_ETHERNET:], packet[_ETHERNET + header :]
        ports = struct.unpack_from("!HH", udp)
        source, target = (
            f"{'.'.join(map(str, ip[start : start + 4]))}:{port}" for start, port in zip((12, 16), ports, strict=True)
        )
        yield SipMessage(seconds + micros / 1e6, source, target, udp[_UDP_HEADER:])


def ladder(trace: bytes, names: Mapping[str, str]) -> str:
    """The messages as text, one line each, without keep-alives. `names` maps the beginning of an address to a name."""
    found = [m for m in messages(trace) if b"CSeq" in m.text and not _is_keep_alive(m)]
    if not found:
        return "no SIP message was seen\n"
    parties = list(dict.fromkeys(name for m in found for name in (_named(m.source, names), _named(m.target, names))))
    lines = [" " * 14 + "".join(party[: _COLUMN - 2].ljust(_COLUMN) for party in parties)]
    for message in found:
        one, other = (parties.index(_named(end, names)) for end in (message.source, message.target))
        lines.append(f"{_clock(message.at)}  {_arrow(one, other, len(parties), message.first_line)}")
    whole = (f"--- {_clock(m.at)} {m.source} → {m.target}\n{_printable(m.text)}\n" for m in found)
    return "\n".join(lines) + "\n\n" + "\n".join(whole)


def _is_keep_alive(message: SipMessage) -> bool:
    return re.search(rb"^CSeq:\s*\d+ OPTIONS", message.text, re.MULTILINE | re.IGNORECASE) is not None


def _named(address: str, names: Mapping[str, str]) -> str:
    return next((name for start, name in names.items() if address.startswith(start)), address)


def _arrow(one: int, other: int, parties: int, text: str) -> str:
    """An arrow from one column to the other, with its text on it."""
    left, right = min(one, other), max(one, other)
    width = max((right - left) * _COLUMN - 1, 4)
    label = text.replace(" SIP/2.0", "").removeprefix("SIP/2.0 ")[: width - 4]
    middle = f" {label} ".center(width - 1, "-")
    arrow = f"{middle}>" if one <= other else f"<{middle}"
    columns = ["|".ljust(_COLUMN) for _ in range(parties)]
    return ("".join(columns[:left]) + "|" + arrow + "|" + "".join(columns[right + 1 :]).rjust(0)).rstrip()


def _printable(text: bytes) -> str:
    decoded = text.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(c if c == "\n" or c.isprintable() else "�" for c in decoded)


def _clock(at: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(at)) + f"{at % 1:.3f}"[1:]
