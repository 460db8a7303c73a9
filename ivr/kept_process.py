"""A process of ours that does its part beside the calls, and may end at any time."""

import asyncio
import os
import pickle
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog

FIRST_RESTART, LAST_RESTART = 0.1, 5.0  # seconds

log = structlog.get_logger()


class KeptProcess:
    """Runs `python -m MODULE`, and again whenever it ends.

    It has the sockets `ends`: their numbers are its arguments. What `told` gives for it at first,
    it reads from its standard input: there may be secrets in it.
    """

    def __init__(
        self,
        name: str,
        module: str,
        ends: Sequence[socket.socket],
        told: Callable[[], tuple[Any, ...]],
    ) -> None:
        self._name, self._module, self._ends, self._told = name, module, ends, told
        self._is_closing = False

    async def run(self) -> None:
        """Keep it, until it has ended after `close`. Cancelled, it kills it."""
        pause = FIRST_RESTART
        while True:
            began = time.monotonic()
            await self._one()
            if self._is_closing:
                return
            pause = self._next_pause(pause, time.monotonic() - began)
            log.warning(f"the {self._name} ended: starting it again", in_seconds=pause)
            await asyncio.sleep(pause)

    def close(self) -> None:
        """Start no other, when it ends."""
        self._is_closing = True

    @staticmethod
    def _next_pause(pause: float, lasted: float) -> float:
        return FIRST_RESTART if lasted > LAST_RESTART else min(2 * pause, LAST_RESTART)

    async def _one(self) -> None:
        ends = [end.fileno() for end in self._ends]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # nothing from the current folder
            "-m",
            self._module,
            *map(str, ends),
            pass_fds=ends,
            stdin=asyncio.subprocess.PIPE,
        )
        try:
            await process.communicate(pickle.dumps(self._told()))
        finally:
            with suppress(ProcessLookupError):
                process.kill()


def begin() -> tuple[tuple[Any, ...], list[socket.socket]]:
    """Begin as such a process: what it is told, and its sockets.

    A signal to stop is for the service, which ends us when it is ready.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.dup2(2, 1)  # nothing of ours is what a program says
    told = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the service, which started us
    return told, [socket.socket(fileno=int(number)) for number in sys.argv[1:]]
