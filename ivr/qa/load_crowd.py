"""The callers of a load test while they call: seen on Asterisk's event stream, and told when to hang up.

SIPp hears nothing of queues and agents. So it is watched over AMI who waits and who talks, and a caller who has
talked long enough, or waited too long, gets a message that makes SIPp hang up (`load.told_to_leave`).
"""

import asyncio
import contextlib
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from ivr.ami.client import AmiClient
from ivr.ami.events import event_of
from ivr.ami.message import Message
from ivr.domain.calls.events import AgentConnected, CallCompleted, CallRouted, QueueJoined, QueueLeft
from ivr.lab.lab import AMI
from ivr.lab.state import LabState
from ivr.qa.load import PORT, Load, Offered, told_to_leave
from ivr.qa.load_mix import Asked
from ivr.qa.load_stats import percentile

AGAIN_SECONDS = 2.0  # a message may get lost: a caller who is still there is told once more
NOW_SECONDS = 30.0  # what counts as now in "wait now"


@dataclass(slots=True)
class Wait:
    """A caller's stay in one queue; Unix times, `until` None while it lasts."""

    queue: str
    since: float
    until: float | None = None


@dataclass(slots=True)
class CrowdCall:
    """A call as Asterisk's events show it."""

    sip_call_id: str
    name: str
    waits: list[Wait] = field(default_factory=list)
    connected_at: float | None = None
    over: bool = False
    gave_up: bool = False  # was told to leave without an agent


@dataclass(frozen=True, slots=True)
class Status:
    """How far the test is. `waits` has p50 and p95, in seconds, of those who were answered just now, by kind."""

    elapsed: float
    offered: int
    answered: int
    waiting: dict[str, int]  # by queue
    abandoned: int
    failed: int
    waits: dict[str, tuple[float, float]]


class Crowd:
    """Everybody who calls. `calls_of` gives the calls that SIPp has made so far."""

    def __init__(self, state: LabState, calls: Load, asked: Sequence[Asked], tag: str, talk: float) -> None:
        self._state, self._calls, self._asked, self._tag, self._talk = state, calls, asked, tag, talk
        self._client = AmiClient(state.pbx, AMI, "qa", state.qa_secret, on_event=self._event, events="agent,user")
        self._by_call: dict[str, CrowdCall] = {}
        self.by_sip_id: dict[str, CrowdCall] = {}
        self._offered: dict[str, Offered] = {}
        self._recent: deque[tuple[float, str, float]] = deque()  # when, kind, wait of each that was answered
        self._counts: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()  # by queue
        self._line: asyncio.DatagramTransport | None = None

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator["Crowd"]:
        """See and tell during the block. Raises AmiError when Asterisk cannot be watched."""
        loop = asyncio.get_running_loop()
        self._line, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, local_addr=(self._state.carrier, 0), remote_addr=(self._state.carrier, PORT)
        )
        try:
            async with self._client.session():
                yield self
        finally:
            self._line.close()
            self._line = None

    @property
    def watched(self) -> bool:
        """Whether Asterisk still tells us what it does."""
        return self._client.connected

    def status(self, began: float) -> Status:
        """How far it is, some time after `began` (Unix time)."""
        now = time.time()
        self._offered = {call.sip_call_id: call for call in self._calls.calls()}
        while self._recent and self._recent[0][0] < now - NOW_SECONDS:
            self._recent.popleft()
        waits: dict[str, list[float]] = {}
        for _, name, wait in self._recent:
            waits.setdefault(name, []).append(wait)
        return Status(
            elapsed=now - began,
            offered=len(self._offered),
            answered=self._counts["answered"],
            waiting={queue: count for queue, count in sorted(self._waiting.items()) if count},
            abandoned=self._counts["abandoned"],
            failed=sum(bool(call.refused) for call in self._offered.values()),
            waits={name: (percentile(w, 50), percentile(w, 95)) for name, w in sorted(waits.items())},
        )

    def _event(self, message: Message) -> None:
        event = event_of(message, time.time())
        if isinstance(event, CallRouted):
            if event.sip_call_id.endswith(f"-{self._tag}"):
                self._routed(event)
            return
        seen = self._by_call.get(event.call_id) if event else None
        if event is None or seen is None:
            return
        match event:
            case QueueJoined():
                self._leave_queue(seen, event.at)
                seen.waits.append(Wait(event.queue, event.at))
                self._waiting[event.queue] += 1
            case AgentConnected() if seen.connected_at is None:
                self._leave_queue(seen, event.at)
                seen.connected_at = event.at
                self._counts["answered"] += 1
                self._recent.append((event.at, seen.name, event.at - seen.waits[0].since if seen.waits else 0.0))
                asyncio.get_running_loop().call_later(self._talk, self._leave, seen)
            case QueueLeft():
                self._leave_queue(seen, event.at)
                if seen.gave_up and not seen.over:
                    seen.over = True
                    self._counts["abandoned"] += 1
            case CallCompleted():
                seen.over = True

    def _routed(self, event: CallRouted) -> None:
        caller = self._asked[int(event.sip_call_id.partition("-")[0]) - 1]
        seen = self._by_call[event.call_id] = self.by_sip_id[event.sip_call_id] = CrowdCall(
            event.sip_call_id, caller.name
        )
        asyncio.get_running_loop().call_later(caller.patience, self._give_up, seen)

    def _leave_queue(self, seen: CrowdCall, at: float) -> None:
        """The caller waits no longer, or not in this queue."""
        if seen.waits and seen.waits[-1].until is None:
            seen.waits[-1].until = at
            self._waiting[seen.waits[-1].queue] -= 1

    def _give_up(self, seen: CrowdCall) -> None:
        if seen.connected_at is None and not seen.over:
            seen.gave_up = True
            self._leave(seen)

    def _leave(self, seen: CrowdCall) -> None:
        call = self._offered.get(seen.sip_call_id)
        if self._line is None or (call is not None and call.ended_at is not None):
            return
        self._line.sendto(told_to_leave(seen.sip_call_id, self._state.carrier))
        asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._leave, seen)
