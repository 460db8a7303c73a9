"""Whose the other end of a TCP connection is: for one on this machine the kernel knows.

It is asked by sock_diag(7), which finds one socket among any number in some 20 µs; where there is no such thing, by
/proc/net. Both know the sockets of our own network namespace only, and users of our own user namespace only.
"""

import errno
import pwd
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ivr.domain.showable import one_line

Address = tuple[str, int]
"""An IP address and a port."""

_PROC = Path("/proc")
_NET = _PROC / "net"
_OVERFLOW = Path("/proc/sys/kernel/overflowuid")
_SOCK_DIAG, _BY_FAMILY, _REQUEST = 4, 20, 1  # linux/netlink.h, linux/sock_diag.h
_LISTEN, _TIME_WAIT = 10, 6  # net/tcp_states.h
_HEAD = struct.Struct("=IHHII")  # nlmsghdr: length, type, flags, sequence, port
_ASK = struct.Struct("=BBBBI2s2s16s16sI8s")  # inet_diag_req_v2
_SAYS = struct.Struct("=BBxx2s2s16s16s24xII")  # inet_diag_msg: what of it we want
_ANY_COOKIE = b"\xff" * 8
_MAPPED = bytes(10) + b"\xff\xff"  # what an IPv4 address begins with as one of IPv6


@dataclass(frozen=True, slots=True)
class Held:
    """A socket that a process of this machine holds: its user, and the number that /proc/PID/fd shows."""

    uid: int
    inode: int


class Kernel:
    """Asks the kernel. Never raises: what it does not know is None."""

    def __init__(self) -> None:
        self._netlink: socket.socket | None = None
        self._asked, self._stranger = 0, stranger()

    def close(self) -> None:
        """Let go of what it asks by, until it is asked again."""
        if self._netlink is not None:
            self._netlink.close()
            self._netlink = None

    def owner(self, of: Address, to: Address) -> int | None:
        """The uid of the process that holds the socket at `of`, connected to the one at `to`.

        None when there is none: it is on another machine or in another network namespace, or it is gone. So it is
        for a socket that nobody holds any more (it was closed, and the kernel still sends what was written), whose
        uid would be root's; and for a user of another user namespace, who has no number here.
        """
        try:
            ends = _packed(of[0]) + of[1].to_bytes(2, "big"), _packed(to[0]) + to[1].to_bytes(2, "big")
        except (OSError, OverflowError):
            return None
        try:
            held = self._by_netlink(*ends)
        except (OSError, struct.error):  # there is no such thing here; a late answer must not be taken for the next
            self.close()
            held = next((held for one, other, state, held in _all() if (one, other) == ends and _is_open(state)), None)
        return held.uid if held and held.inode and held.uid != self._stranger else None

    def _by_netlink(self, of: bytes, to: bytes) -> Held | None:
        """Raises OSError when nothing can be asked so."""
        if self._netlink is None:
            self._netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_NONBLOCK, _SOCK_DIAG)
        self._asked = (self._asked + 1) & 0xFFFFFFFF
        family, cut = (
            (socket.AF_INET, 12) if of.startswith(_MAPPED) and to.startswith(_MAPPED) else (socket.AF_INET6, 0)
        )
        body = _ASK.pack(
            family, socket.IPPROTO_TCP, 0, 0, 0xFFFFFFFF, of[16:], to[16:], of[cut:16], to[cut:16], 0, _ANY_COOKIE
        )
        self._netlink.send(_HEAD.pack(_HEAD.size + len(body), _BY_FAMILY, _REQUEST, self._asked, 0) + body)
        answer = self._netlink.recv(8192)  # it is there when the request has been taken
        _, kind, _, asked, _ = _HEAD.unpack_from(answer)
        if asked != self._asked:
            raise OSError(errno.EPROTO, "an answer to another question")
        if kind != _BY_FAMILY:
            (error,) = struct.unpack_from("=i", answer, _HEAD.size)
            if -error in (errno.ENOENT, errno.ESTALE):
                return None
            raise OSError(-error, "sock_diag")
        family, state, sport, dport, src, dst, uid, inode = _SAYS.unpack_from(answer, _HEAD.size)
        if family == socket.AF_INET:
            src, dst = _MAPPED + src[:4], _MAPPED + dst[:4]
        # Without a connection the kernel names who listens on that port.
        return Held(uid, inode) if (src + sport, dst + dport) == (of, to) and _is_open(state) else None


def listeners(host: str, port: int) -> list[Held]:
    """The sockets of this machine that would take a connection to an address: those that listen on it, or on every one.

    `host` is an address or a name; of every address ("0.0.0.0", "::") it is all that listen on the port.
    """
    meant, here = _addresses(host), port.to_bytes(2, "big")
    return [
        held
        for at, _, state, held in _all()
        if state == _LISTEN and at[16:] == here and meant and (at[:16] in meant | _EVERY or meant & _EVERY)
    ]


def same_host(asked: str, listens: str) -> bool:
    """Whether who asks `asked` reaches a program of this machine that listens on `listens`, as far as can be told."""
    here = _addresses(listens)
    return asked == listens or bool(here & _addresses(asked)) or bool(here & _EVERY)


def same_address(one: str, other: str) -> bool:
    """Whether two hosts are one address of this machine, or both mean every one."""
    first, second = _addresses(one), _addresses(other)
    return bool(first & second) or bool(first & _EVERY and second & _EVERY)


def _addresses(host: str) -> set[bytes]:
    """The addresses of a host, as 16 bytes each; none of a name that nobody has."""
    try:
        return {_packed(str(each[4][0])) for each in socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return set()


def processes(inode: int) -> list[tuple[int, str]]:
    """Id and name of each process that holds a socket: of one's own only, or of all for root."""
    found = []
    for folder in _PROC.glob("[0-9]*"):
        with suppress(OSError):  # not ours, or gone
            if any(_leads_to(fd, f"socket:[{inode}]") for fd in (folder / "fd").iterdir()):
                name = (folder / "comm").read_text(encoding="utf-8", errors="replace").strip()
                found.append((int(folder.name), one_line(name)))  # its user chooses the name
    return sorted(found)


def whose(host: str, port: int) -> str:
    """Who listens there, to be put behind a sentence: `; the port is that of ann (uid 1001): python3, process 42`.

    Empty when nobody does, as far as this machine knows. Processes of others are seen by root only.
    """
    said = []
    for held in listeners(host, port):
        names = ", ".join(f"{name}, process {pid}" for pid, name in processes(held.inode))
        said.append(f"{name_of(held.uid)}{': ' if names else ''}{names}")
    return f"; the port is that of {' and of '.join(said)}" if said else ""


def holder(host: str, port: int) -> str:
    """Which program listens there, as `asterisk (process 812)`; empty when none does, as far as is to be seen.

    Of another user's program only root sees more than that it is there: `another program`.
    """
    held = listeners(host, port)
    named = sorted(process for each in held for process in processes(each.inode))
    if named:
        pid, name = named[0]
        return f"{name} (process {pid})"
    return "another program" if held else ""


def name_of(uid: int) -> str:
    """A user as a person knows it: name and number."""
    try:
        return f"{pwd.getpwuid(uid).pw_name} (uid {uid})"
    except KeyError:
        return f"uid {uid}"


def _leads_to(fd: Path, what: str) -> bool:
    try:
        return str(fd.readlink()) == what
    except OSError:  # closed meanwhile
        return False


def _all() -> Iterator[tuple[bytes, bytes, int, Held]]:
    """Every TCP socket of our network namespace: local and remote address, state, and who holds it."""
    for name in ("tcp", "tcp6"):
        try:
            lines = (_NET / name).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            words = line.split()
            yield _place(words[1]), _place(words[2]), int(words[3], 16), Held(int(words[7]), int(words[9]))


def _place(written: str) -> bytes:
    """An address as /proc/net has it, words of 32 bits in the machine's own order and a port: 18 bytes."""
    address, _, port = written.partition(":")
    words = [int(address[at : at + 8], 16) for at in range(0, len(address), 8)]
    packed = struct.pack(f"={len(words)}I", *words)
    return (_MAPPED + packed if len(packed) == 4 else packed) + int(port, 16).to_bytes(2, "big")


def _packed(host: str) -> bytes:
    """An address as 16 bytes, one of IPv4 as IPv6 writes it; raises OSError for what is none."""
    if ":" in host:
        return socket.inet_pton(socket.AF_INET6, host.partition("%")[0])
    return _MAPPED + socket.inet_pton(socket.AF_INET, host)


_EVERY = {_packed("0.0.0.0"), _packed("::")}  # noqa: S104 - to look for


def _is_open(state: int) -> bool:
    return state not in (_LISTEN, _TIME_WAIT)


def stranger() -> int:
    """The uid that stands for everybody who has none here."""
    try:
        return int(_OVERFLOW.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 65534
