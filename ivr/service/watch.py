"""The service's side of the process that watches Asterisk (ivr/service/watch_process.py)."""

import asyncio
import itertools
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from ivr import packets
from ivr.domain.agents import Agent
from ivr.domain.routing.facts import NOT_KNOWN, Queues
from ivr.kept_process import KeptProcess
from ivr.packets import Inbox, Outbox
from ivr.settings import Settings

STALE = 10.0  # seconds after which nothing is better than what was
HEARD_SECONDS = 5.0  # after which a watch that says nothing is as good as none


@dataclass(frozen=True, slots=True)
class DeclaredAgents:
    """What the policy in force says of agents and queues, for the watch to know."""

    agents: tuple[Agent, ...]
    own_queues: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the watch has seen, for the service to know.

    Whether Asterisk can be asked; how the queues were `at` that time (time.monotonic(), which is
    the same in all processes of a machine); the calls that have ended since it was told before.
    """

    connected: bool
    queues: Queues
    at: float
    ended: tuple[str, ...] = ()


class WatchKeeper:
    """Keep the process, and know what it has seen: the QueueWatch port.

    `events` is the socket over which it hands over to the recorder what happened. `declared` says
    what the policy in force says of agents and queues; `ended` is told which calls have ended.
    """

    def __init__(
        self,
        settings: Settings,
        events: socket.socket,
        declared: Callable[[], DeclaredAgents],
        ended: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it, without a process so far. `clock` is one that all processes have."""
        self._declared, self._ended, self._clock = declared, ended, clock
        telling, told = packets.pair()
        hearing, heard = packets.pair()
        self._ends = (telling, told, hearing, heard)
        self._outbox, self._inbox = Outbox(telling), Inbox(hearing)
        first = itertools.chain([True], itertools.repeat(False))
        self._process = KeptProcess(
            "watch of Asterisk",
            "ivr.service.watch_process",
            (events, told, heard),
            lambda: (settings, declared(), next(first)),
        )
        self._task: asyncio.Task[None] | None = None
        self._seen, self._heard_at = Seen(False, NOT_KNOWN, float("-inf")), float("-inf")

    @property
    def connected(self) -> bool:
        """Whether Asterisk can be asked, as far as we have heard of late."""
        return self._seen.connected and self._clock() - self._heard_at <= HEARD_SECONDS

    def queues(self) -> Queues:
        """Say what is known of them now; nothing when Asterisk has not said anything for 10 s."""
        return self._seen.queues if self._clock() - self._seen.at <= STALE else NOT_KNOWN

    def start(self) -> None:
        """Start the process, and again whenever it ends. Needs a running event loop."""
        self._outbox.open()
        asyncio.get_running_loop().add_reader(self._inbox, self._listen)
        self._task = asyncio.create_task(self._process.run())

    async def declare(self) -> None:
        """Tell the process that another policy is in force."""
        self._outbox.put(self._declared())

    async def close(self, patience: float) -> None:
        """Have it end the pauses of agents, and hand over what it knows.

        After `patience` seconds it is killed.
        """
        self._process.close()
        self._outbox.finish(float(patience))
        if self._task:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._task, patience)
            asyncio.get_running_loop().remove_reader(self._inbox)
            self._outbox.close()
        for end in self._ends:
            end.close()

    def _listen(self) -> None:
        for receipt, seen in self._inbox.received():
            self._inbox.done(receipt)
            self._seen, self._heard_at = seen, self._clock()
            for call_id in seen.ended:
                self._ended(call_id)
