"""How the queues are now: asked of Asterisk every other second, so that conditions can speak of it."""

import asyncio
import contextlib
import time
from collections.abc import Callable

from ivr.ami.client import AmiClient
from ivr.domain.routing.facts import NOT_KNOWN, Queues
from ivr.errors import AmiError

EVERY = 2.0  # seconds


class AmiQueueWatch:
    """Asks; `last` is what came of it. `clock` counts seconds."""

    def __init__(self, ami: AmiClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._ami, self._clock = ami, clock
        self._known, self._at = NOT_KNOWN, float("-inf")

    @property
    def last(self) -> tuple[Queues, float]:
        """What Asterisk said last, and when, by `clock`; -inf: it has said nothing so far."""
        return self._known, self._at

    async def run(self) -> None:
        """Ask again and again, while Asterisk can be asked."""
        while True:
            if self._ami.connected:
                with contextlib.suppress(AmiError):  # the client says so, and logs in again
                    await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Ask once. Raises AmiError."""
        events = [e for e in await self._ami.collect("QueueSummary") if e.header("Event") == "QueueSummary"]
        self._known = Queues(
            waiting={e.header("Queue"): _count(e.header("Callers")) for e in events},
            longest_wait={e.header("Queue"): _count(e.header("LongestHoldTime")) for e in events},
            agents_free={e.header("Queue"): _count(e.header("Available")) for e in events},
        )
        self._at = self._clock()


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else 0
