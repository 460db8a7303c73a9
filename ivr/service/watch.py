"""The service's side of the process that watches Asterisk (ivr/service/watch_process.py)."""

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from ivr import packets
from ivr.domain.agents import Agent
from ivr.domain.policy import Policy, Promise
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
    policy: Policy | None = None

    def names(self) -> dict[str, str]:
        """Return the agents' names by their interfaces."""
        return {agent.interface: agent.name for agent in self.agents}

    def interface_of(self, name: str) -> str:
        """Return an agent's interface; empty for a name that is none's."""
        return next((agent.interface for agent in self.agents if agent.name == name), "")

    def promise(self, queue: str) -> Promise:
        """Return what callers in a queue are promised."""
        return self.policy.service_level.promise(queue) if self.policy else (None, None)

    def region(self, dialled: str) -> str:
        """Return where the caller of a number is taken to be."""
        if self.policy is None:
            return ""
        return self.policy.entry_point(dialled).region or self.policy.region


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

    `declared` says what the policy in force says of agents and queues; `ended` is told which calls
    have ended.
    """

    _inbox: Inbox

    def __init__(
        self,
        settings: Settings,
        declared: Callable[[], DeclaredAgents],
        ended: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it, without a process so far. `clock` is one that all processes have."""
        self._declared, self._ended, self._clock = declared, ended, clock
        self._outbox = Outbox()
        self._ends: tuple[socket.socket, ...] = ()
        self._process = KeptProcess(
            "watch of Asterisk",
            "ivr.service.watch_process",
            lambda: (settings, declared()),
        )
        self._seen, self._heard_at = Seen(False, NOT_KNOWN, float("-inf")), float("-inf")

    @property
    def connected(self) -> bool:
        """Whether Asterisk can be asked, as far as we have heard of late."""
        return self._seen.connected and self._clock() - self._heard_at <= HEARD_SECONDS

    def queues(self) -> Queues:
        """Say what is known of them now; nothing when Asterisk has not said anything for 10 s."""
        return self._seen.queues if self._clock() - self._seen.at <= STALE else NOT_KNOWN

    def start(self, recorder: socket.socket) -> None:
        """Start the process, and again whenever it ends. Needs a running event loop.

        It hands over to the recorder, over this socket, what happened.
        """
        telling, told = packets.pair()
        hearing, heard = packets.pair()
        self._ends = (telling, told, hearing, heard)
        self._inbox = Inbox(hearing)
        self._outbox.open(telling)
        asyncio.get_running_loop().add_reader(self._inbox, self._listen)
        self._process.start((recorder, told, heard))

    def declare(self) -> None:
        """Tell the process that another policy is in force."""
        self._outbox.put(self._declared())

    async def close(self, patience: float) -> None:
        """Have it end the pauses of agents, and hand over what it knows.

        After `patience` seconds it is killed.
        """
        self._outbox.finish(float(patience))
        await self._process.close(patience)
        self._outbox.close()
        if self._ends:
            asyncio.get_running_loop().remove_reader(self._inbox)
        for end in self._ends:
            end.close()

    def _listen(self) -> None:
        for receipt, seen in self._inbox.received():
            self._inbox.done(receipt)
            if seen.at >= self._seen.at:
                self._seen = seen
            else:  # another watch, which has not asked so far
                self._seen = replace(self._seen, connected=seen.connected)
            self._heard_at = self._clock()
            for call_id in seen.ended:
                self._ended(call_id)
