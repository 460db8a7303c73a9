"""An agent whose phone rang in vain is rung no more for a while: the caller goes to the next one.

Asterisk itself rings the best-ranked free agent again and again: while a good agent is away from the desk, a premium
caller would wait for nobody. (Its own `autopause` pauses them until somebody unpauses them by hand.)
"""

import asyncio
import contextlib

import structlog

from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.message import Message
from ivr.errors import AmiError

log = structlog.get_logger()
REST_SECONDS = 30.0
_CLOSE_SECONDS = 1.0
REASON = "no answer"  # of the pause; Asterisk shows it, and we know ours by it


class MissedCalls:
    """Pauses agents who did not answer, and ends those pauses: after `rest` seconds, and at each login overdue ones.

    A pause that somebody else set is left alone, and so is one of ours that somebody has changed.
    """

    def __init__(self, client: AmiClient, rest: float = REST_SECONDS) -> None:
        self._client, self._rest = client, rest
        self._resting: dict[str, asyncio.Task[None]] = {}

    def event(self, message: Message) -> None:
        """Look at an event; only AgentRingNoAnswer (an agent's phone rang in vain) is of interest."""
        interface = message.header("Interface")
        if message.header("Event") != "AgentRingNoAnswer" or not interface:
            return
        if before := self._resting.get(interface):
            before.cancel()  # that pause was ended by hand, or another call rang the phone at the same time
        task = self._resting[interface] = asyncio.create_task(self._let_rest(interface, message.header("MemberName")))
        task.add_done_callback(lambda done: self._forget(interface, done))

    async def resync(self) -> None:
        """End pauses of ours that nobody would end otherwise: this program, or Asterisk, was away. Raises AmiError."""
        for queue, interface in await self._paused_by_us():
            if interface not in self._resting:
                with contextlib.suppress(AmiRefusedError):  # gone meanwhile
                    await self._unpause(queue, interface)

    async def close(self) -> None:
        """End the pauses that are under way: without us nobody would. Never raises; takes a second at most."""
        resting = dict(self._resting)
        for task in resting.values():
            task.cancel()
        await asyncio.gather(*resting.values(), return_exceptions=True)
        if not resting:
            return
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                for queue, interface in await self._paused_by_us():
                    if interface in resting:
                        await self._unpause(queue, interface)
        except (AmiError, TimeoutError) as error:  # the next login ends them
            log.warning("agents still paused", why=str(error) or "no answer in time")

    def _forget(self, interface: str, done: asyncio.Task[None]) -> None:
        if self._resting.get(interface) is done:
            del self._resting[interface]

    async def _let_rest(self, interface: str, name: str) -> None:
        try:
            members = await self._members(Member=interface)
            reasons = {member.header("PausedReason") for member in members if member.header("Paused") == "1"}
            if reasons - {REASON}:
                return  # somebody else's
            if not reasons:
                await self._pause(interface, name)
            await asyncio.sleep(self._rest)
            for queue, paused in await self._paused_by_us():
                if paused == interface:
                    await self._unpause(queue, interface)
        except AmiError as error:  # the next login ends the pause
            log.warning("agent not paused or unpaused", agent=name, why=str(error))

    async def _pause(self, interface: str, name: str) -> None:
        """Raises AmiRefusedError; without an answer it may have been done, so that it has to be ended as well."""
        try:
            await self._client.request("QueuePause", Interface=interface, Paused="true", Reason=REASON)
            log.info("agent did not answer", agent=name, rests=self._rest)
        except AmiRefusedError:
            raise
        except AmiError as error:
            log.warning("agent not paused or unpaused", agent=name, why=str(error))

    async def _members(self, **which: str) -> list[Message]:
        events = await self._client.collect("QueueStatus", which)
        return [event for event in events if event.header("Event") == "QueueMember"]

    async def _paused_by_us(self) -> list[tuple[str, str]]:
        """Queue and interface of each pause of ours: somebody may have changed it in one of an agent's queues."""
        members = await self._members()
        ours = (m for m in members if m.header("Paused") == "1" and m.header("PausedReason") == REASON)
        return [(member.header("Queue"), member.header("Location")) for member in ours]

    async def _unpause(self, queue: str, interface: str) -> None:
        await self._client.request("QueuePause", Queue=queue, Interface=interface, Paused="false")
