"""The live state in the process that watches Asterisk: fed by its events, told over a socket.

What happens to calls of ours passes through here on its way to the recorder, and what becomes of
agents is recorded beside it.
"""

import asyncio
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import structlog

from ivr.ami.client import AmiClient
from ivr.ami.member_events import member_told, picture_of
from ivr.ami.message import Message
from ivr.asterisk_files.queue_wrapups import wrapups
from ivr.domain.calls.agent_states import AgentStates, Changes
from ivr.domain.calls.events import AgentChanged, CallEvent
from ivr.domain.calls.member_events import MemberTold
from ivr.domain.live_state import LiveState
from ivr.domain.ports import EventJournal
from ivr.errors import AmiError
from ivr.hanging_work import Looks, OverdueError
from ivr.service.caller_notices import CallerNotices
from ivr.service.live_socket import LiveSocket
from ivr.service.watch import DeclaredAgents
from ivr.settings import Settings
from ivr.store.sqlite_file import live_socket_path

TICK_SECONDS = 0.2  # between two looks at what time has changed
LOOK_UP_SECONDS = 0.5  # between two questions to the database, while somebody reads
_FILE_SECONDS = 0.5  # that reading queues.conf may take
_MOST_MEANWHILE = 100_000  # events while Asterisk is asked for all of it

log = structlog.get_logger()


class LiveWatch:
    """The EventJournal port, which also knows how all is now, and tells it.

    `declared` says what is ours; `answered_at` when Asterisk last answered, by time.monotonic().
    """

    def __init__(
        self,
        settings: Settings,
        ami: AmiClient,
        journal: EventJournal,
        declared: Callable[[], DeclaredAgents],
        answered_at: Callable[[], float],
    ) -> None:
        self._ami, self._journal, self._declared = ami, journal, declared
        self._answered_at = answered_at
        self.states, self.live = AgentStates(), LiveState()
        self._notices = CallerNotices(settings.database_url)
        self._wrapups = Looks(lambda: wrapups(settings.policy_dir))
        hello = {"node": socket.gethostname(), "boot": uuid.uuid4().hex, "version": _version()}
        path = settings.live_socket or live_socket_path(settings.database_url)
        self.socket = LiveSocket(path.absolute(), hello, self.parts)
        self._is_watching, self._known_at = False, float("-inf")  # time.monotonic()
        self._meanwhile: list[CallEvent | MemberTold] | None = None
        self._asks_again = False
        self.states.declare(declared().agents, declared().own_queues, time.time())

    def happened(self, event: CallEvent) -> None:
        """Record what happened to a call of ours, and take it."""
        self._journal.happened(event)
        if event.source == "ami":  # the others tell of what was
            self._take(event)

    def changed(self, event: AgentChanged) -> None:
        """Record that an agent is in another state."""
        self._journal.changed(event)

    def event(self, message: Message) -> None:
        """Take an event of AMI. Never raises: there are others who want it."""
        if self._is_watching:
            self._known_at = time.monotonic()
        told = None
        with _without_harm(message.header("Event")):
            told = member_told(message, time.time())
        if told is not None:
            self._take(told)

    def declare(self) -> None:
        """Another policy is in force."""
        declared, now = self._declared(), time.time()
        self._hand_over(self.states.declare(declared.agents, declared.own_queues, now))
        self._asks_again = True

    async def resync(self) -> None:
        """Ask Asterisk for all of it: after a login, it replays nothing. Raises AmiError."""
        self._asks_again = False
        self._meanwhile = []
        try:
            status = await self._ami.collect("QueueStatus")
            channels = await self._ami.collect("CoreShowChannels")
            await self._read_wrapups()
            picture = picture_of(status, channels, self._declared().own_queues, time.time())
        finally:
            meanwhile, self._meanwhile = self._meanwhile, None
        self._is_watching, self._known_at = True, time.monotonic()
        with _without_harm("picture"):
            self.live.picture(picture)
            self._hand_over(self.states.picture(picture))
        for event in meanwhile:  # of which the picture may know nothing
            self._fold(event)

    async def run(self) -> None:
        """Tell it, and see what time changes, until cancelled."""
        try:
            await asyncio.gather(self._tick(), self.socket.run(), self._look_up())
        finally:
            self._notices.close()

    def close(self) -> None:
        """Nobody watches any more."""
        self._is_watching = False
        self._hand_over(self.states.lost(time.time()))

    def parts(self) -> dict[str, Any]:
        """Tell what is known, each part with the time at which it was."""
        now, at = time.time(), None
        if self._is_watching:
            self._known_at = max(self._known_at, self._answered_at())
        if self._known_at > float("-inf"):
            at = round(now - (time.monotonic() - self._known_at), 3)
        queues = self._declared().own_queues
        return self.live.parts(at, self.states.agents, queues, self._notices.found, now)

    async def _read_wrapups(self) -> None:
        try:
            self.states.wrapups = await self._wrapups.look(_FILE_SECONDS)
        except OverdueError as error:
            log.warning("wrap-up times not read", why=str(error))

    async def _tick(self) -> None:
        while True:
            if self._is_watching and not self._ami.connected:
                self.close()
            if self._is_watching and self._asks_again:
                try:
                    await self.resync()
                except AmiError as error:
                    log.warning("live state not made anew", why=str(error))
                    self._asks_again = True
            with _without_harm("time"):
                self._hand_over(self.states.due(time.time()))
            await asyncio.sleep(TICK_SECONDS)

    async def _look_up(self) -> None:
        while True:
            self._notices.forget(self.live.routed_again())
            if self.socket.readers:
                await self._notices.look(self.live.shown)
            await asyncio.sleep(LOOK_UP_SECONDS)

    def _take(self, event: CallEvent | MemberTold) -> None:
        if self._meanwhile is not None and len(self._meanwhile) < _MOST_MEANWHILE:
            self._meanwhile.append(event)
        self._fold(event)

    def _fold(self, event: CallEvent | MemberTold) -> None:
        with _without_harm(type(event).__name__):
            if isinstance(event, MemberTold):
                self._hand_over(self.states.member(event))
            else:
                self.live.happened(event)
                self._hand_over(self.states.call(event))

    def _hand_over(self, changes: Changes) -> None:
        for change in changes:
            self._journal.changed(change)


@contextmanager
def _without_harm(about: str) -> Iterator[None]:
    """Log a mistake of ours: calls are recorded and agents looked after all the same."""
    try:
        yield
    except Exception:
        log.exception("live state not kept", about=about)


def _version() -> str:
    try:
        return version("segment-ivr")
    except PackageNotFoundError:
        return ""
