"""Follows Asterisk's queue_log, and hands over what Asterisk's events did not tell."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import structlog
from sqlalchemy import Engine

from ivr.asterisk_files.queue_log import LogPosition, Loss, QueueLogFollower
from ivr.asterisk_files.queue_log_events import QueueLine, events_of, parse
from ivr.domain.calls.coverage import Coverage, Outage
from ivr.domain.calls.event_details import EventDetails
from ivr.domain.calls.events import CallEvent, CallStarted
from ivr.domain.calls.gaps import Gap
from ivr.domain.calls.logged_calls import LoggedCalls
from ivr.errors import FileError, StoreError
from ivr.store import queue_log_position
from ivr.store.agent_rows import NobodyWatched
from ivr.store.entries import LogRead, Reconciled

LOOK_SECONDS = 1.0
STORE_SECONDS = 5.0  # after which it is said anew until when all is known
_MOST_LINES = 1000  # at a time
_SILENT_SECONDS = 10.0  # that queue_log may be behind a call that Asterisk's events have told of
_OURS = "IVR"  # what the dialplan writes begins with it

log = structlog.get_logger()


class Put(Protocol):
    """Takes what is to be recorded."""

    def put(self, value: Reconciled | Gap | LogRead | NobodyWatched) -> None:
        """Have it recorded."""
        ...


@dataclass(frozen=True, slots=True)
class KnownOfCalls:
    """What the watch knows of calls and queues, for reading lines."""

    knows: Callable[[str], bool]
    saw_end: Callable[[str], bool]
    own_queues: Callable[[], Collection[str]]
    interface_of: Callable[[str], str]
    details: EventDetails
    identify: Callable[[CallStarted], str]  # whose call it was, or empty; may block
    last_told_at: Callable[[], float]  # when Asterisk's events told of a call last


class QueueLogWatch:
    """Follows the file at `path`, on from `position`; knows by `coverage` what is needed."""

    def __init__(
        self,
        path: Path,
        position: LogPosition | None,
        coverage: Coverage,
        known: KnownOfCalls,
        recorder: Put,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._path, self._coverage, self._known = path, coverage, known
        self._recorder, self._clock = recorder, clock
        self._follower = QueueLogFollower(path, position, from_start=False)
        self._calls = LoggedCalls[LogPosition | None](position, known.knows, known.saw_end)
        self._lines: deque[tuple[LogPosition, QueueLine | None]] = deque()
        self._last_line_at = clock()  # it is not behind so far
        self._settled_at = self._last_line_at
        self._stored: LogPosition | None = None
        self._stored_at = float("-inf")
        self._problem = ""

    async def run(self) -> None:
        """Follow it for ever."""
        while True:
            at_end = await self.look()
            await asyncio.sleep(LOOK_SECONDS if at_end else 0)

    async def look(self) -> bool:
        """Read on, and hand over what is needed; whether there is no more for now."""
        at_end = True
        if len(self._lines) < _MOST_LINES:
            at_end = await self._read()
        await self._settle()
        self._settle_outages()
        self._store_position()
        return at_end

    async def _read(self) -> bool:
        try:
            read = await asyncio.to_thread(self._follower.read, _MOST_LINES)
        except FileError as error:
            if str(error) != self._problem:
                self._problem = str(error)
                log.warning(
                    "queue_log cannot be read: what happens while we are away is lost",
                    why=str(error),
                )
            return True
        self._problem = ""
        for loss in read.losses:
            self._tell_loss(loss)
        for position, text in read.lines:
            line = parse(text)
            self._lines.append((position, line))
            if line:
                self._last_line_at = max(self._last_line_at, line.at)
        if not read.lines and not self._lines and self._calls.position is None:
            self._calls.passes(self._follower.position)  # nothing has been written so far
        return read.at_end

    async def _settle(self) -> None:
        """Take the lines of which it is known whether their events were heard."""
        ready: dict[str, tuple[CallEvent, ...]] = {}
        while self._lines:
            position, line = self._lines[0]
            is_covered = self._coverage.covers(line.at) if line else True
            if is_covered is None:
                break
            self._lines.popleft()
            self._settled_at = max(self._settled_at, line.at if line else 0.0)
            if line and line.event == "QUEUESTART":
                seen_until = self._coverage.heard_before(line.at)
                cut, gap = self._calls.restarted(position, line.at, seen_until)
                ready |= cut
                if gap:
                    self._recorder.put(gap)
            elif line and (events := self._events(line)):
                ready |= self._calls.line(position, line.at, events, is_covered=is_covered)
            else:
                self._calls.passes(position)
        for call_id, told in (ready | self._calls.going_on()).items():
            self._recorder.put(await self._reconciled(call_id, told))

    def _events(self, line: QueueLine) -> tuple[CallEvent, ...]:
        """Return what a line of a call of ours says."""
        is_ours = (
            line.event.startswith(_OURS)
            or self._calls.has(line.call_id)
            or (line.event == "ENTERQUEUE" and line.queue in self._known.own_queues())
        )
        if not is_ours:
            return ()
        told = events_of(line, self._known.interface_of)
        return tuple(map(self._known.details.completed, told))

    async def _reconciled(self, call_id: str, events: tuple[CallEvent, ...]) -> Reconciled:
        started = next((event for event in events if isinstance(event, CallStarted)), None)
        customer = await asyncio.to_thread(self._known.identify, started) if started else ""
        return Reconciled(call_id, events, customer)

    def _tell_loss(self, loss: Loss) -> None:
        since = self._calls_until() if loss.since is None else float(loss.since)
        until = self._clock() if loss.until is None else float(loss.until)
        log.warning("lines of queue_log are lost", why=loss.why)
        if until > since and not self._coverage.covers_all(since, until):
            self._recorder.put(Gap("calls", since, until, loss.why))

    def _calls_until(self) -> float:
        position = self._calls.position
        return self._last_line_at if position is None or position.at is None else float(position.at)

    def _settle_outages(self) -> None:
        """Look whether what nobody heard is in queue_log; else it is lost."""
        outages = self._coverage.outages()
        if not outages:
            return
        if why := self._why_not():
            for each in outages:
                self._recorder.put(Gap("calls", each.since, each.until, why))
            self._coverage.dealt_with(outages)
            return
        self._coverage.dealt_with([each for each in outages if self._has_read(each)])

    def _why_not(self) -> str:
        if self._problem:
            return self._problem
        behind = self._known.last_told_at() - self._last_line_at
        return "Asterisk writes no queue_log" if behind > _SILENT_SECONDS else ""

    def _has_read(self, outage: Outage) -> bool:
        return not self._lines and self._clock() > outage.until + _SILENT_SECONDS

    def _store_position(self) -> None:
        position, now = self._calls.position, self._clock()
        if position is None or (position == self._stored and now < self._stored_at + STORE_SECONDS):
            return
        heard = max(self._settled_at, self._coverage.last_heard)
        self._recorder.put(LogRead(str(self._path), asdict(position), heard))
        self._stored, self._stored_at = position, now


async def followed(
    path: Path,
    engine: Engine,
    coverage: Coverage,
    known: KnownOfCalls,
    recorder: Put,
) -> None:
    """Follow the file for ever, on from where the database says."""
    while True:
        try:
            found = await asyncio.to_thread(queue_log_position.stored, engine, str(path))
            break
        except StoreError:
            await asyncio.sleep(LOOK_SECONDS)
    stored, read_until = found
    if read_until is not None:
        coverage.was_heard_before(read_until)
        recorder.put(NobodyWatched(read_until))
    watch = QueueLogWatch(path, position_of(stored), coverage, known, recorder)
    await watch.run()


def position_of(stored: Mapping[str, Any] | str | None) -> LogPosition | None:
    """Read a position as it is stored; None for none, or that of another version."""
    try:
        told = json.loads(stored) if isinstance(stored, str) else stored
        return LogPosition(**told) if isinstance(told, Mapping) else None
    except (TypeError, ValueError):
        return None
