"""An agent whose phone rang in vain is rung no more for a while: the caller goes to the next one.

Asterisk itself rings the best-ranked free agent again and again: while a good agent is away from the desk, a premium
caller would wait for nobody. (Its own `autopause` pauses them until somebody unpauses them by hand.)

The PBX has other queues, too, and other people's members, and often the same people in both: nothing of that is ours.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable

import structlog

from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.events import event_name
from ivr.ami.message import Message
from ivr.domain.agents import Member
from ivr.errors import AmiError

log = structlog.get_logger()
REST_SECONDS = 30.0
_CLOSE_SECONDS = 1.0
REASON = "no answer"  # of the pause; Asterisk shows it, and we know ours by it
_RINGS_ALL = "ringall"  # a strategy: whoever does not answer there has only been slower than the others

Place = tuple[str, str]  # queue and interface


class NoAnswerPause:
    """Pauses agents who did not answer, and ends those pauses: after `rest` seconds, and at each login overdue ones.

    Only declared members (`members` gives them as they are at the moment) rest, in the queues that they are declared
    for, after a ring in one of those; not where the queue rings all. A phone that forwards its calls counts as one that
    was not answered. With `rest` 0 nobody rests. A pause that somebody else set is left alone, and so is one of ours
    that somebody has changed.
    """

    def __init__(self, client: AmiClient, members: Callable[[], Iterable[Member]], rest: float = REST_SECONDS) -> None:
        self._client, self._members, self._rest = client, members, rest
        self._resting: dict[str, asyncio.Task[None]] = {}
        self._paused: set[Place] = set()  # by us, since we run: who is not declared any more is unpaused, too

    def event(self, message: Message) -> None:
        """Look at an event: an agent's phone rang in vain (AgentRingNoAnswer), or would send the caller elsewhere."""
        name, interface = event_name(message), message.header("Interface")
        if not self._rest or name not in ("AgentRingNoAnswer", "UserEvent IvrForwards"):
            return
        queue = message.header("Queue")
        declared = {member.queue: member.name for member in self._members() if member.interface == interface}
        # A phone that forwards was rung by our dialplan, perhaps for a colleague: in whichever queue the caller was.
        if not declared or (name == "AgentRingNoAnswer" and queue not in declared):
            return
        if before := self._resting.get(interface):
            before.cancel()  # that pause was ended by hand, or another call rang the phone at the same time
        rest = self._let_rest(interface, next(iter(declared.values())), frozenset(declared), queue)
        task = self._resting[interface] = asyncio.create_task(rest)
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

    async def _let_rest(self, interface: str, name: str, declared: frozenset[str], rung_by: str) -> None:
        try:
            events = await self._client.collect("QueueStatus", {"Member": interface})
            rings_all = {e.header("Queue") for e in events if e.header("Strategy").lower() == _RINGS_ALL}
            mine = [e for e in events if e.header("Event") == "QueueMember" and e.header("Queue") in declared]
            reasons = {member.header("PausedReason") for member in mine if member.header("Paused") == "1"}
            queues = {member.header("Queue") for member in mine} - rings_all
            if rung_by in rings_all or not queues or reasons - {REASON}:
                return  # slower than others, or somebody else's pause
            if not reasons:
                for queue in sorted(queues, key=lambda queue: (queue != rung_by, queue)):  # the caller waits there
                    await self._pause(queue, interface, name)
            await asyncio.sleep(self._rest)
            for queue, paused in await self._paused_by_us():
                if paused == interface:
                    await self._unpause(queue, interface)
        except AmiError as error:  # the next login ends the pause
            log.warning("agent not paused or unpaused", agent=name, why=str(error))

    async def _pause(self, queue: str, interface: str, name: str) -> None:
        """Never raises: without an answer it may have been done, so that it has to be ended as well."""
        self._paused.add((queue, interface))
        try:
            await self._client.request("QueuePause", Queue=queue, Interface=interface, Paused="true", Reason=REASON)
            log.info("agent did not answer", agent=name, queue=queue, rests=self._rest)
        except AmiError as error:
            log.warning("agent not paused or unpaused", agent=name, why=str(error))

    async def _paused_by_us(self) -> list[Place]:
        """Each pause of ours: somebody may have changed it in one of an agent's queues.

        The reason alone does not make it ours: in other queues, and of other members, it is somebody else's.
        """
        ours = self._paused | {(member.queue, member.interface) for member in self._members()}
        events = await self._client.collect("QueueStatus")
        places = {
            (e.header("Queue"), e.header("Location"))
            for e in events
            if e.header("Event") == "QueueMember" and e.header("Paused") == "1" and e.header("PausedReason") == REASON
        }
        return sorted(places & ours)

    async def _unpause(self, queue: str, interface: str) -> None:
        await self._client.request("QueuePause", Queue=queue, Interface=interface, Paused="false")
        self._paused.discard((queue, interface))
