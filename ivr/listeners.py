"""Which program listens on a TCP port of this machine, as far as /proc tells."""

import socket
import sys
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

_PROC = Path("/proc")
_TABLES = ("net/tcp", "net/tcp6")
_LISTEN = "0A"
_UNNAMED = "another program"


def holder(host: str, port: int) -> str:
    """Who listens on `host`:`port`, as `asterisk (process 812)`; empty when nobody does, as far as is to be seen.

    Of another user's program only root sees more than that it is there: `another program`.
    """
    wanted = {f"socket:[{inode}]" for inode in _inodes(host, port)}
    for process in sorted(_PROC.glob("[0-9]*"), key=lambda path: int(path.name)) if wanted else ():
        if _sockets(process) & wanted:
            return f"{_name(process)} (process {process.name})"
    return _UNNAMED if wanted else ""


def same_host(asked: str, listens: str) -> bool:
    """Whether who asks `asked` reaches a program of this machine that listens on `listens`, as far as can be told."""
    here, there = _addresses(listens, 0), _addresses(asked, 0)
    return asked == listens or bool(here & there) or any(address.is_unspecified for address in here)


def _inodes(host: str, port: int) -> Iterator[str]:
    """The sockets that would take a connection to this address."""
    wanted = _addresses(host, port)
    for table in _TABLES:
        try:
            rows = (_PROC / table).read_text(encoding="ascii").splitlines()[1:]
        except (OSError, ValueError):  # no such system, or no IPv6
            continue
        for row in rows:
            columns = row.split()
            address, _, hexadecimal = columns[1].rpartition(":")
            if columns[3] == _LISTEN and int(hexadecimal, 16) == port:
                here = _address(address)
                if here.is_unspecified or here in wanted or any(each.is_unspecified for each in wanted):
                    yield columns[9]


def _addresses(host: str, port: int) -> set[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return set()
    return {ip_address(str(address[0]).partition("%")[0]) for *_, address in found}


def _address(text: str) -> IPv4Address | IPv6Address:
    """An address as /proc/net has it: words of 32 bits, each in this machine's byte order."""
    words = [int(text[at : at + 8], 16).to_bytes(4, sys.byteorder) for at in range(0, len(text), 8)]
    address = ip_address(b"".join(words))
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _sockets(process: Path) -> set[str]:
    """What the open files of a process are; empty when it may not be looked at, or is gone."""
    found = set()
    try:
        for file in (process / "fd").iterdir():
            found.add(str(file.readlink()))
    except OSError:
        pass
    return found


def _name(process: Path) -> str:
    try:
        name = (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return _UNNAMED
    return "".join(letter for letter in name if letter.isprintable()) or _UNNAMED
