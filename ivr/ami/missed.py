"""An agent whose phone rang in vain is rung no more for a while: the caller goes to the next one.

Asterisk itself rings the best-ranked free agent again and again: while a good agent is away from the desk, a premium
caller would wait for nobody. (Its own `autopause` pauses them until somebody unpauses them by hand.)
"""

import asyncio

import structlog

from ivr.ami.client import AmiClient
from ivr.ami.message import Message
from ivr.errors import AmiError

log = structlog.get_logger()
REST_SECONDS = 30.0
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
            before.cancel()  # somebody ended that pause by hand, or the phone would not have rung
        task = self._resting[interface] = asyncio.create_task(self._let_rest(interface, message.header("MemberName")))
        task.add_done_callback(lambda done: self._forget(interface, done))

    async def resync(self) -> None:
        """End pauses of ours that nobody would end otherwise: this program, or Asterisk, was away. Raises AmiError."""
        for interface in await self._paused_by_us() - set(self._resting):
            await self._client.request("QueuePause", Interface=interface, Paused="false")

    def _forget(self, interface: str, done: asyncio.Task[None]) -> None:
        if self._resting.get(interface) is done:
            del self._resting[interface]

    async def _let_rest(self, interface: str, name: str) -> None:
        try:
            if await self._is_paused(interface):
                return
            await self._client.request("QueuePause", Interface=interface, Paused="true", Reason=REASON)
            log.info("agent did not answer", agent=name, rests=self._rest)
            await asyncio.sleep(self._rest)
            if interface in await self._paused_by_us():
                await self._client.request("QueuePause", Interface=interface, Paused="false")
        except AmiError as error:  # the next login ends the pause
            log.warning("agent not paused or unpaused", agent=name, why=str(error))

    async def _is_paused(self, interface: str) -> bool:
        members = await self._client.collect("QueueStatus", Member=interface)
        return any(member.header("Paused") == "1" for member in members)

    async def _paused_by_us(self) -> set[str]:
        members = await self._client.collect("QueueStatus")
        ours = (m for m in members if m.header("Paused") == "1" and m.header("PausedReason") == REASON)
        return {member.header("Location") for member in ours}
