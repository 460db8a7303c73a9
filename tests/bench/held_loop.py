"""For how long an event loop is held: the time between two turns in which its thread had work.

A thread that waits for a processor, for others use them, is not holding anything: the kernel counts
that time (the second figure of /proc/self/task/TID/schedstat, in nanoseconds), and it is left out.
"""

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_TURN_SECONDS = 0.001
_NANOSECOND = 1e-9


class HeldLoop:
    """Watches the loop that it is used in: `held` has each turn's time in seconds, sorted."""

    def __init__(self) -> None:
        self.held: list[float] = []
        thread = f"/proc/self/task/{threading.get_native_id()}"
        self._waits = os.open(f"{thread}/schedstat", os.O_RDONLY | os.O_CLOEXEC)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch within the block."""
        self.held = []
        task = asyncio.create_task(self._turns())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            os.close(self._waits)
            self.held.sort()

    def percentile(self, share: float) -> float:
        """Return the time that this share of the turns did not exceed, in seconds."""
        return self.held[min(len(self.held) - 1, int(share * len(self.held)))]

    async def _turns(self) -> None:
        waited = self._waited()
        while True:
            asked = time.perf_counter()
            await asyncio.sleep(_TURN_SECONDS)
            late = time.perf_counter() - asked - _TURN_SECONDS
            before, waited = waited, self._waited()
            self.held.append(max(0.0, late - (waited - before)))

    def _waited(self) -> float:
        """Return for how long the thread has waited for a processor, in seconds."""
        return int(os.pread(self._waits, 100, 0).split()[1]) * _NANOSECOND
