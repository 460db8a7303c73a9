"""Comparing typed PINs with their hashes in another process: here it would take from the calls.

A hash takes a core and 32 MiB of memory traffic for a while. The process (pin_process.py) is
started before the first PIN is typed, stays, lets calls go first, and ends with the service,
however that ends. It is no KeptProcess: what was typed is never kept to be sent again, and a late
answer ends it.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from typing import Literal

from ivr.store import customer_rules
from ivr.store.peppers import Peppers, joined, parted

Comparison = Literal["right", "wrong", "unavailable"]
_SAID: Mapping[str, Comparison] = {"right": "right", "wrong": "wrong"}
END_SECONDS = 0.5  # for a process that was killed


class PinHashes:
    """Compares PINs, and hashes them anew. For one thread; `close` may come from any.

    A process that ends, or does not answer in time, costs who waits for it the answer. The next one
    has a new process.
    """

    def __init__(self) -> None:
        self._process: _Process | None = None
        self._closed = False
        self._asking = Lock()  # held while an answer is waited for
        self._changing = Lock()  # never held for long

    @property
    def has_begun(self) -> bool:
        """Whether there is a process; it may have ended."""
        return self._process is not None

    def begin(self) -> None:
        """Have the process ready."""
        with self._asking, suppress(OSError):  # who asks will be told
            self._ready()

    def compared(self, kept: str, pin: str, known: Peppers, until: float) -> Comparison:
        """Compare a PIN with a hash as it is stored; `until` is an instant of time.monotonic()."""
        if not customer_rules.PIN.fullmatch(pin):
            return "wrong"
        id_, bare = parted(kept)
        pepper = known.get(id_)
        if id_ and pepper is None:
            return "unavailable"
        said = self._asked(f"compare {bare} {pepper.mixed(pin) if pepper else pin}\n", until)
        return _SAID.get(said, "unavailable")

    def renewed(self, kept: str, pin: str, known: Peppers, until: float) -> str:
        """Hash a PIN with the newest pepper, as dear as before; empty when that cannot be done."""
        pepper, (_, bare) = known.newest, parted(kept)
        made = self._asked(f"renew {bare} {pepper.mixed(pin) if pepper else pin}\n", until)
        return joined(pepper, made) if made.startswith("$") else ""

    def close(self) -> None:
        """End the process; who waits for it waits no longer."""
        with self._changing:
            self._closed, process = True, self._process
        if process:  # and if it has just been ended: that is no harm
            process.kill()
        with self._asking:
            self._end()

    def _asked(self, request: str, until: float) -> str:
        """Ask the process; empty when it says nothing in time."""
        if time.monotonic() >= until:
            return ""
        with self._asking:
            try:
                return self._ready().asked(request, until)
            except (OSError, EOFError):
                self._end()
                return ""

    def _ready(self) -> "_Process":
        with self._changing:
            if self._closed:
                raise BrokenPipeError
            if self._process and self._process.has_ended():
                self._end()
            if not self._process:
                self._process = _Process()
            return self._process

    def _end(self) -> None:
        if self._process:
            self._process.end()
            self._process = None


class _Process:
    """One process, from its start to its end. Raises OSError when it cannot be started."""

    def __init__(self) -> None:
        self._stream, theirs = socket.socketpair()
        # Without anything that somebody typed: whoever runs `ps` sees it.
        command = [sys.executable, "-P", "-m", "ivr.store.pin_process"]
        end = theirs.fileno()
        try:
            with theirs:
                self._process = subprocess.Popen(command, stdin=end, stdout=end)  # noqa: S603
        except OSError:
            self._stream.close()
            raise

    def asked(self, request: str, until: float) -> str:
        """Send a request, and wait for the answer.

        Raises OSError when it is late, EOFError when the process ends.
        """
        self._stream.settimeout(_left(until))
        self._stream.sendall(request.encode())
        answer = b""
        while not answer.endswith(b"\n"):
            self._stream.settimeout(_left(until))
            more = self._stream.recv(1024)
            if not more:
                raise EOFError
            answer += more
        return answer.decode().strip()

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """End it at once; who waits for an answer gets none."""
        with suppress(OSError):  # it has ended
            self._stream.shutdown(socket.SHUT_RDWR)
        self._process.kill()

    def end(self) -> None:
        """Leave nothing of it behind."""
        self.kill()
        self._stream.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)


def _left(until: float) -> float:
    """Count the seconds until then. Raises TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
