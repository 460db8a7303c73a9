"""Follows calls: takes the events of the calls that are ours from AMI's stream."""

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Container, Iterable
from dataclasses import replace

import structlog

from ivr.ami.client import AmiClient
from ivr.ami.events import HANDLERS, EventReader, call_id, event_name
from ivr.ami.message import Message
from ivr.ami.transfers import transfer
from ivr.domain.calls.event_details import EventDetails
from ivr.domain.calls.events import (
    AgentConnected,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    PartOf,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.ports import EventJournal

log = structlog.get_logger()
REMEMBERED_ENDS = 20_000  # channels: minutes of a busy system, for what is told after their Hangup
# What is held of calls that are not ours, or not yet: so many calls at once, events of one, and seconds.
HELD_CALLS, HELD_EVENTS, HELD_SECONDS = 1000, 50, 3600.0


NO_DETAILS = EventDetails()  # where nothing is promised, and nobody has a name
TRANSFERS = ("BlindTransfer", "AttendedTransfer")


class CallTracker:
    """Keeps the calls that came through our dialplan or wait in a queue of ours, and journals what happens to them.

    Events of other channels (agents' legs, internal calls, callers of other people's queues) pass by. A call may wait
    in somebody else's queue before it comes to our dialplan: so what happens to such calls is held for a while, and
    is journaled when the call turns out to be ours, or forgotten when it ends.

    `open_calls` gives the calls that the database believes alive, `queues` the queues that are ours
    at the moment, `details` what else is in force.
    `not_understood` counts events of ours, by name, that could not be read.
    """

    def __init__(
        self,
        journal: EventJournal,
        open_calls: Callable[[], Iterable[str]],
        queues: Callable[[], Container[str]],
        *,
        details: EventDetails = NO_DETAILS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._journal, self._open_calls, self._clock = journal, open_calls, clock
        self._queues, self._details = queues, details
        self._reader = EventReader()
        self._followed: dict[str, str] = {}  # call id → the queue it waits in as far as we saw, or ""
        self._held: OrderedDict[str, list[CallEvent]] = OrderedDict()  # of calls that are not ours so far, oldest first
        self._ended: dict[str, bool] = {}  # the last channels that ended, oldest first: were they ours?
        self._assumed: set[str] = set()  # of these, those whose end nobody saw
        # Of calls that agents made, the one that took their place.
        self._callers: dict[str, str] = {}
        self.not_understood: Counter[str] = Counter()
        self.routed_at = float("-inf")  # when our dialplan told of a call last (Unix time)

    @property
    def followed(self) -> frozenset[str]:
        """The calls that have not ended."""
        return frozenset(self._followed)

    def knows(self, call: str) -> bool:
        """Say whether this is a call of ours, as far as Asterisk's events of late say."""
        return call in self._followed or self._ended.get(call, False)

    def saw_end(self, call: str) -> bool:
        """Say whether this channel's end was seen of late."""
        return call in self._ended and call not in self._assumed

    def event(self, message: Message) -> None:
        """Take one event. Never raises: the next one may matter more."""
        name = event_name(message)
        try:
            if name in TRANSFERS:
                self._transferred(message)
            elif event := self._reader.event(message, self._clock()):
                self._take(event)
            elif name in HANDLERS:
                self.not_understood[name] += 1
        except Exception:
            self.not_understood[name] += 1
            log.exception("ami event not followed", event_name=name)

    async def resync(self, client: AmiClient) -> None:
        """Close the gap after a login: AMI replays nothing. Raises AmiError, or what `open_calls` raises.

        Calls that we believed alive and Asterisk no longer knows have ended (how was not seen: cause 0).
        Callers who wait and were not seen joining joined when Asterisk says. Events go on coming meanwhile,
        so the order matters: who is believed alive is asked before the channels, who waits too, and a Hangup
        always counts.
        """
        for call in await asyncio.to_thread(lambda: list(self._open_calls())):
            if call not in self._ended:
                self._followed.setdefault(call, "")
        believed, held = set(self._followed), set(self._held)
        entries = await client.collect("QueueStatus")
        channels = await client.collect("CoreShowChannels")
        now = self._clock()
        alive = {channel.header("Uniqueid") for channel in channels} - self._ended.keys()
        for call in sorted(believed - alive):
            self._reader.forget(call)
            self._take(CallEnded(call, now, cause=0))
            self._assumed.add(call)
        for call in held - alive:
            self._held.pop(call, None)
        for entry in entries:
            joined = self._waiting(entry, now)
            if joined and joined.call_id in alive and self._followed.get(joined.call_id) != joined.queue:
                self._take(joined)

    def _transferred(self, message: Message) -> None:
        told, takeover = transfer(message, self._clock(), self._followed.__contains__)
        for event in told:
            self._take(event)
        if takeover is None:
            return
        call, at, through = takeover.call_id, takeover.at, takeover.through
        if through:
            self._callers[through] = call
            if queue := self._followed.get(through):  # it waits there; now its caller does
                self._journal.happened(QueueLeft(through, at, queue, "CONTINUE"))
                self._followed[through] = ""
                self._take(QueueJoined(call, at, queue, 1))
                return
        if interface := takeover.interface:
            self._reader.talks(call, "", interface, takeover.channel)
            self._take(AgentConnected(call, at, "", interface, interface, hold_seconds=0))

    def _waiting(self, entry: Message, now: float) -> QueueJoined | None:
        """The caller of a QueueEntry; None for the other events of QueueStatus. `Wait` is whole seconds."""
        if entry.header("Event") != "QueueEntry":
            return None
        wait, position = entry.number("Wait"), entry.number("Position")
        try:
            if wait is not None and position is not None:
                return QueueJoined(call_id(entry), now - wait, entry.header("Queue"), position)
        except ValueError:
            pass
        self.not_understood["QueueEntry"] += 1
        return None

    def _take(self, event: CallEvent) -> None:
        """Journal an event if it belongs to a call of ours."""
        if event.call_id in self._callers and not isinstance(event, CallEnded | PartOf):
            event = replace(event, call_id=self._callers[event.call_id])
        call = event.call_id
        if call not in self._followed and call not in self._ended and self._makes_ours(event):
            self._followed[call] = ""
            for earlier in self._held.pop(call, ()):
                self._take(earlier)
        # AgentComplete can come after the Hangup, so a call's events are taken for a while longer.
        ours = call in self._followed or (self._ended.get(call, False) and not isinstance(event, CallEnded))
        self._note(event, ours=ours)
        if ours:
            self._journal.happened(self._details.completed(event))
        elif isinstance(event, CallEnded):
            self._held.pop(call, None)
        elif call not in self._ended:
            self._hold(event)

    def _note(self, event: CallEvent, *, ours: bool) -> None:
        """Note where the caller is now."""
        call = event.call_id
        match event:
            case CallRouted():
                self.routed_at = max(self.routed_at, event.at)
            case QueueJoined() if call in self._followed:
                self._followed[call] = event.queue
            case AgentConnected() | QueueLeft() if call in self._followed:
                self._followed[call] = ""
            case CallEnded():
                self._followed.pop(call, None)
                self._callers.pop(call, None)
                self._remember_end(call, ours=ours)

    def _makes_ours(self, event: CallEvent) -> bool:
        """Whether its call is ours from now on: our dialplan has spoken of it, or it waits in a queue of ours."""
        match event:
            case CallRouted() | CallerAsked() | CallHandled():
                return True
            case QueueJoined():
                return event.queue in self._queues()
        return False

    def _hold(self, event: CallEvent) -> None:
        held = self._held.setdefault(event.call_id, [])
        if len(held) < HELD_EVENTS:
            held.append(event)
        oldest = next(iter(self._held.values()))
        while len(self._held) > HELD_CALLS or oldest[0].at < self._clock() - HELD_SECONDS:
            self._held.popitem(last=False)
            if not self._held:
                return
            oldest = next(iter(self._held.values()))

    def _remember_end(self, call: str, *, ours: bool) -> None:
        self._ended[call] = ours or self._ended.get(call, False)
        if len(self._ended) > REMEMBERED_ENDS:
            oldest = next(iter(self._ended))
            del self._ended[oldest]
            self._assumed.discard(oldest)
