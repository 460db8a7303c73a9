"""Tells who waits and talks, each second, to whoever of this machine may know: over a unix socket.

Lines of JSON: `hello` first, then one `state` after the other. It is encoded once for all readers,
and nobody is waited for: who does not read is dropped. What readers say is nothing so far.
"""

import asyncio
import errno
import json
import os
import socket
import stat
import struct
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

from ivr import private_files
from ivr.errors import SettingError

EVERY_SECONDS = 1.0
MOST_READERS = 64
MOST_UNREAD_BYTES = 4 << 20  # beside what the kernel has: some of the largest states
MOST_SAID_BYTES = 4096  # by a reader, who has nothing to say
MODE = 0o660
LONGEST_PATH_BYTES = 107  # of sun_path, unix(7)
_AT_ONCE = 16  # connections
_AGAIN_SECONDS = 1.0
_FRESH_SECONDS = 0.5  # a state as young as that is told to who comes
_PEER = struct.Struct("=iII")  # ucred: process, user, group
_SO_PEERGROUPS, _MOST_GROUPS = 59, 65_536  # asm-generic/socket.h; NGROUPS_MAX

log = structlog.get_logger()


def may_read(peer: socket.socket, group: int) -> bool:
    """Say whether the other end is our own user's, root's, or of a member of the group.

    The kernel says who it was that connected, and in which groups: nobody else is asked.
    """
    raw = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    _, uid, gid = _PEER.unpack(raw)
    if uid in (0, os.geteuid()) or gid == group:
        return True
    try:
        groups = peer.getsockopt(socket.SOL_SOCKET, _SO_PEERGROUPS, 4 * _MOST_GROUPS)
    except OSError:  # an old kernel
        return False
    return group in struct.unpack(f"={len(groups) // 4}I", groups)


class _LiveReader:
    """Who reads: what is still to be sent, and how much was said."""

    def __init__(self, end: socket.socket, gone: Callable[["_LiveReader"], None]) -> None:
        self._end, self._gone = end, gone
        self._loop = asyncio.get_running_loop()
        self._unsent: deque[memoryview] = deque()
        self._size = self._said = 0
        self._loop.add_reader(end, self._listen)

    def send(self, line: bytes) -> None:
        """Send a line, or drop who has too much unread."""
        if self._end.fileno() < 0:
            return
        self._unsent.append(memoryview(line))
        self._size += len(line)
        if len(self._unsent) == 1:
            self._write()
        if self._size > MOST_UNREAD_BYTES:
            self.close()

    def close(self) -> None:
        """Let go."""
        if self._end.fileno() >= 0:
            self._loop.remove_reader(self._end)
            self._loop.remove_writer(self._end)
            self._end.close()
            self._unsent.clear()
            self._gone(self)

    def _write(self) -> None:
        try:
            while self._unsent:
                sent = self._end.send(self._unsent[0])
                self._size -= sent
                self._unsent[0] = self._unsent[0][sent:]
                if not self._unsent[0]:
                    self._unsent.popleft()
            self._loop.remove_writer(self._end)
        except BlockingIOError:
            self._loop.add_writer(self._end, self._write)
        except OSError:
            self.close()

    def _listen(self) -> None:
        try:
            said = len(self._end.recv(MOST_SAID_BYTES))
        except BlockingIOError:
            return
        except OSError:
            said = 0
        self._said += said
        if not said or self._said > MOST_SAID_BYTES:
            self.close()


class LiveSocket:
    """The socket at `path`. `parts` gives what is known; `hello` is told to each reader first."""

    def __init__(
        self,
        path: Path,
        hello: Mapping[str, object],
        parts: Callable[[], Mapping[str, Any]],
        may_read: Callable[[socket.socket, int], bool] = may_read,
    ) -> None:
        self._path, self._parts, self._may_read = path, parts, may_read
        self._hello = _line({"type": "hello", **hello})
        self._readers: set[_LiveReader] = set()
        self._listener: socket.socket | None = None
        self._place: tuple[int, int] | None = None  # device and inode of the file that is ours
        self._group = -1
        self._seq, self._last, self._made_at = 0, b"", float("-inf")
        self._trouble = ""

    @property
    def readers(self) -> int:
        """How many read now."""
        return len(self._readers)

    async def run(self) -> None:
        """Tell, until cancelled."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        try:
            while True:
                self._be_there()
                if self._readers:
                    line = self._state()
                    for reader in list(self._readers):
                        reader.send(line)
                due = max(due + EVERY_SECONDS, loop.time())
                await asyncio.sleep(due - loop.time())
        finally:
            self._close()

    def _state(self) -> bytes:
        """Make the next state; nothing, where a mistake of ours is in the way."""
        self._seq += 1
        self._made_at = time.monotonic()
        told = {"type": "state", "seq": self._seq, "at": round(time.time(), 3)}
        try:
            self._last = _line({**told, **self._parts()})
        except Exception:
            log.exception("live state not told")
            return b""
        return self._last

    def _be_there(self) -> None:
        """Listen, if we do not: also when somebody took the file away."""
        if self._listener is not None and _place_of(self._path) == self._place:
            return
        self._stop_listening()
        try:
            self._listener = listening(self._path)
        except (SettingError, OSError) as error:
            trouble = str(error)
            if trouble != self._trouble:
                log.warning("live state is not told", why=trouble, socket=str(self._path))
            self._trouble = trouble
            return
        self._trouble = ""
        there = self._path.lstat()
        self._place, self._group = (there.st_dev, there.st_ino), there.st_gid
        asyncio.get_running_loop().add_reader(self._listener, self._accept)

    def _accept(self) -> None:
        for _ in range(_AT_ONCE):
            if self._listener is None:
                return
            try:
                end, _address = self._listener.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    self._stop_listening()  # and again with the next state
                return
            end.setblocking(False)
            self._admit(end)

    def _admit(self, end: socket.socket) -> None:
        try:
            is_known = self._may_read(end, self._group)
        except OSError:
            is_known = False
        if not is_known or len(self._readers) >= MOST_READERS:
            why = "too many read already" if is_known else "this user may not read it"
            with suppress(OSError):
                end.send(_line({"type": "refused", "why": why}))
            end.close()
            return
        reader = _LiveReader(end, self._readers.discard)
        self._readers.add(reader)
        reader.send(self._hello)
        is_fresh = time.monotonic() - self._made_at < _FRESH_SECONDS
        reader.send(self._last if is_fresh else self._state())

    def _stop_listening(self) -> None:
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
            self._listener = None

    def _close(self) -> None:
        for reader in list(self._readers):
            reader.close()
        was_there = self._listener is not None
        self._stop_listening()
        if was_there and _place_of(self._path) == self._place:
            with suppress(OSError):
                self._path.unlink()


def listening(path: Path) -> socket.socket:
    """Make the socket, in place of one that nobody listens on. Raises SettingError and OSError."""
    if len(os.fsencode(path)) > LONGEST_PATH_BYTES:
        raise SettingError(f"a path may have {LONGEST_PATH_BYTES} bytes: set IVR_LIVE_SOCKET")
    private_files.folder(path.parent)
    _clear_away(path)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        made.bind(str(path))
        path.chmod(MODE)
        made.listen(_AT_ONCE)
    except OSError:
        made.close()
        raise
    return made


def _clear_away(path: Path) -> None:
    """Remove a socket that was left behind."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise SettingError("something else lies there: set IVR_LIVE_SOCKET, or take it away")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return
        except BlockingIOError:  # many want to be let in
            pass
    raise SettingError("another service listens there already: end it, or set IVR_LIVE_SOCKET")


def _place_of(path: Path) -> tuple[int, int] | None:
    try:
        there = path.lstat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def _line(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
