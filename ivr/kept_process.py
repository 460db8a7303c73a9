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
from typing import Any, NamedTuple

import structlog

FIRST_RESTART, LAST_RESTART = 0.1, 5.0  # seconds

log = structlog.get_logger()


class KeptProcess:
    """Runs `python -m MODULE`, and again whenever it ends.

    What `told` gives for it then, it reads from its standard input: there may be secrets in it.
    """

    def __init__(self, name: str, module: str, told: Callable[[], object]) -> None:
        self._name, self._module, self._told = name, module, told
        self._task: asyncio.Task[None] | None = None
        self._is_first, self._closing = True, asyncio.Event()

    def start(self, ends: Sequence[socket.socket]) -> None:
        """Start it with these sockets, on the running loop. They have to stay open."""
        self._task = asyncio.create_task(self._keep([end.fileno() for end in ends]))

    async def close(self, patience: float) -> None:
        """Wait until it has ended, as its sockets told it to; kill it after `patience` seconds."""
        self._closing.set()
        if self._task is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._task, patience)

    async def _keep(self, ends: list[int]) -> None:
        pause = FIRST_RESTART
        while True:
            began = time.monotonic()
            try:
                if await self._one(ends) == 0 and self._closing.is_set():
                    return
                why = "it ended"
            except OSError as error:  # no memory, or too many processes
                why = error.strerror or str(error)
            lasted = time.monotonic() - began
            pause = FIRST_RESTART if lasted > LAST_RESTART else min(2 * pause, LAST_RESTART)
            log.warning(f"the {self._name} ended: starting it again", why=why, in_seconds=pause)
            await self._rest(pause)

    async def _rest(self, pause: float) -> None:
        """Wait; not for long when all ends, for what waits is still to be done."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), max(0.0, pause - FIRST_RESTART))
        await asyncio.sleep(FIRST_RESTART)

    async def _one(self, ends: list[int]) -> int:
        """Start it, wait for its end, and return its exit code. Raises OSError if it cannot."""
        told = pickle.dumps((self._told(), self._is_first))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # nothing from the current folder
            "-m",
            self._module,
            *map(str, ends),
            pass_fds=ends,
            stdin=asyncio.subprocess.PIPE,
        )
        self._is_first = False
        try:
            with suppress(RuntimeError):  # uvloop: it was killed before it was told
                await process.communicate(told)
            return await process.wait()
        finally:
            with suppress(ProcessLookupError):
                process.kill()


class Beginning(NamedTuple):
    """What such a process begins with. `is_first`: none has had its sockets before."""

    told: Any
    is_first: bool
    ends: list[socket.socket]


def begin() -> Beginning:
    """Begin as such a process. A signal to stop is for the service, which ends us in its turn."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.dup2(2, 1)  # nothing of ours is what a program says
    told, is_first = pickle.load(sys.stdin.buffer)  # noqa: S301 - from who started us: ourselves
    ends = [socket.socket(fileno=int(number)) for number in sys.argv[1:]]
    for end in ends:
        end.setblocking(False)
    return Beginning(told, is_first, ends)
