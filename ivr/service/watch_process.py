"""The process that watches Asterisk: the only login to its manager interface.

It follows calls and hands what happens over to the recorder, asks how the queues are, keeps queue
members in step with the declared agents, and lets those rest who do not answer. It lives beside the
process that decides about calls (ivr/service/watch.py), and ends with it.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import structlog
import uvloop

from ivr import kept_process, logs
from ivr.ami.call_tracker import CallTracker
from ivr.ami.members import Watchman, bring_into_step
from ivr.ami.message import Message
from ivr.ami.no_answer_pause import NoAnswerPause
from ivr.ami.queue_watch import AmiQueueWatch
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.agents import declared_members
from ivr.domain.calls.coverage import Coverage
from ivr.domain.calls.event_details import EventDetails
from ivr.domain.calls.events import AgentChanged, CallEnded, CallEvent
from ivr.domain.policy import Promise
from ivr.domain.ports import EventJournal
from ivr.errors import AmiError, StoreError
from ivr.kept_process import Beginning
from ivr.packets import Inbox, Outbox
from ivr.service import manager_login
from ivr.service.dropped_events import MOST_EVENTS, DroppedEvents
from ivr.service.identification import identification
from ivr.service.live_watch import LiveWatch
from ivr.service.queue_log_watch import KnownOfCalls, followed
from ivr.service.watch import DeclaredAgents, Seen
from ivr.settings import Settings
from ivr.store import calls
from ivr.store.engine import writer
from ivr.store.journal_process import WATCH_ENDS_SECONDS, Handover
from ivr.store.member_ownership import MemberOwnership

log = structlog.get_logger()
LOOK_SECONDS = 0.2  # between two looks at queue members, however often somebody adds one
MEMBERS_SECONDS = 60.0  # after which they are compared all the same: they may be changed by hand
TELL_SECONDS = 0.25  # between two times that the service is told something, if there is anything
ALIVE_SECONDS = 1.0  # after which it is told all the same, that we are there
_MOST_UNTOLD = 1000  # while the service stands still: later ones tell it more


class AsteriskWatch:
    """Watches until `stop` is set, then ends what agents would be left with."""

    def __init__(
        self,
        settings: Settings,
        declared: DeclaredAgents,
        recorder: Outbox,
        service: Outbox,
    ) -> None:
        self.declared, self.stop = declared, asyncio.Event()
        self._settings, self._service = settings, service
        self._interfaces = Interfaces(settings.agent_interfaces)
        self._engine = writer(settings.database_url)
        self._ownership = MemberOwnership(self._engine)
        self._ended: list[str] = []
        self.ami = manager_login.client(
            settings, on_event=self._event, on_login=self._logged_in, events="agent,call,user"
        )
        self.live = LiveWatch(
            settings,
            self.ami,
            EndsTold(Handover(recorder), self._ended.append),
            lambda: self.declared,
            lambda: self.queues.last[1],
        )
        self._details = EventDetails(self._names, self._promise)
        self.tracker = CallTracker(
            self.live,
            open_calls=lambda: calls.open_calls(self._engine),
            queues=lambda: self.declared.own_queues,
            details=self._details,
        )
        self.missed = NoAnswerPause(
            self.ami,
            lambda: declared_members(self.declared.agents),
            settings.no_answer_rest,
        )
        self.queues = AmiQueueWatch(self.ami)
        self._watchman, self._look = Watchman(), asyncio.Event()
        self.coverage = Coverage()
        self._log_watch, self._dropped = self._follows_log(recorder), DroppedEvents(recorder)

    def declare(self, declared: DeclaredAgents) -> None:
        """Another policy is in force."""
        self.declared = declared
        self.live.declare()
        self._look.set()

    def _names(self) -> Mapping[str, str]:
        return self.declared.names()

    def _interface_of(self, name: str) -> str:
        return self.declared.interface_of(name)

    def _promise(self, queue: str) -> Promise:
        return self.declared.promise(queue)

    def _follows_log(self, recorder: Outbox) -> Callable[[], Coroutine[Any, Any, None]]:
        """Return what follows queue_log."""
        known = KnownOfCalls(
            self.tracker.knows,
            self.tracker.saw_end,
            lambda: self.declared.own_queues,
            self._interface_of,
            self._details,
            identification(self._engine, lambda: self.declared),
            lambda: self.tracker.routed_at,
        )
        path = self._settings.queue_log

        async def follow() -> None:
            if path is None:
                await asyncio.Event().wait()
            else:
                await followed(path, self._engine, self.coverage, known, recorder)

        return follow

    async def run(self) -> None:
        """Watch until `stop` is set."""
        work = (
            self.ami.run(),
            self._watch_members(),
            self.queues.run(),
            self._tell(),
            self._log_watch(),
            self.live.run(),
        )
        stopped = asyncio.create_task(self.stop.wait())
        tasks = [asyncio.create_task(each) for each in work]
        try:
            done, _ = await asyncio.wait((stopped, *tasks), return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopped}:
                task.result()  # a mistake of ours: another process is begun
        finally:
            stopped.cancel()
            await self.missed.close()
            self.live.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._engine.dispose()

    async def _tell(self) -> None:
        """Tell the service what is new, and from time to time that we are there."""
        told, told_at = None, float("-inf")
        while True:
            self._hear()
            self._dropped.look()
            seen = Seen(self.ami.connected, *self.queues.last, tuple(self._ended))
            is_due = time.monotonic() - told_at >= ALIVE_SECONDS
            if (seen != told or is_due) and self._service.waiting < _MOST_UNTOLD:
                self._ended.clear()
                self._service.put(seen)
                told, told_at = Seen(seen.connected, seen.queues, seen.at), time.monotonic()
            await asyncio.sleep(TELL_SECONDS)

    def _hear(self) -> None:
        """Note whether Asterisk's events are heard."""
        if self.ami.connected:
            self.coverage.heard(time.time() - (time.monotonic() - self.queues.last[1]))
        else:
            self.coverage.ends()

    def _event(self, message: Message) -> None:
        self.coverage.heard(time.time())
        self.live.event(message)
        self.tracker.event(message)
        self.missed.event(message)
        if message.header("Event") == "QueueMemberAdded":
            self._look.set()

    async def _logged_in(self) -> None:
        self.coverage.begins(time.time())
        await self.missed.resync()  # first: it needs no database
        await self.live.resync()
        await self.tracker.resync(self.ami)
        await self._bring_members_into_step()

    async def _watch_members(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), MEMBERS_SECONDS)
            await asyncio.sleep(LOOK_SECONDS)
            self._look.clear()
            await self._bring_members_into_step()

    async def _bring_members_into_step(self) -> None:
        if not self.ami.connected:
            return
        only_declared = self._settings.own_queues
        try:
            outcome = await bring_into_step(
                self.ami,
                self.declared.agents,
                self._ownership,
                self._interfaces,
                self.declared.own_queues,
                only_declared=only_declared,
            )
            self._watchman.tell(outcome.strangers, removed=only_declared)
        except (AmiError, StoreError) as error:
            log.warning("queue members not compared", why=str(error))


class EndsTold:
    """An EventJournal that also tells which calls have ended."""

    def __init__(self, journal: EventJournal, ended: Callable[[str], None]) -> None:
        self._journal, self._ended = journal, ended

    def happened(self, event: CallEvent) -> None:
        """Record an event."""
        if isinstance(event, CallEnded):
            self._ended(event.call_id)
        self._journal.happened(event)

    def changed(self, event: AgentChanged) -> None:
        """Record that an agent is in another state."""
        self._journal.changed(event)


async def _watch(settings: Settings, declared: DeclaredAgents, begun: Beginning) -> None:
    events, telling, seen = begun.ends
    told, recorder, service = Inbox(telling, is_first=begun.is_first), Outbox(MOST_EVENTS), Outbox()
    recorder.open(events, is_first=begun.is_first)
    service.open(seen, is_first=begun.is_first)
    watch, patience = AsteriskWatch(settings, declared, recorder, service), WATCH_ENDS_SECONDS
    loop = asyncio.get_running_loop()

    def listen() -> None:
        nonlocal patience
        for receipt, value in told.received():
            told.done(receipt)
            if isinstance(value, DeclaredAgents):
                watch.declare(value)
            else:
                patience = value
                watch.stop.set()
        if told.ended:  # the service is gone
            watch.stop.set()
        if watch.stop.is_set():
            loop.remove_reader(told)

    loop.add_reader(told, listen)
    await watch.run()
    until = time.monotonic() + patience
    while recorder.unsent and time.monotonic() < until:  # noqa: ASYNC110 - nothing announces it
        await asyncio.sleep(0.02)


def main() -> None:
    """Watch until the service says that it ends, or has ended."""
    begun = kept_process.begin()
    settings, declared = begun.told
    logs.configure(settings.log_level)
    uvloop.run(_watch(settings, declared, begun))


if __name__ == "__main__":
    main()
