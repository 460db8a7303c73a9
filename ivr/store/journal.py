"""Keeping what happened: put aside at once beside the call, and written by a thread of its own."""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

from ivr.domain.calls.decided import Decided
from ivr.domain.calls.events import CallEvent
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision
from ivr.store.customer_query import problem_of
from ivr.store.database_errors import state_of
from ivr.store.entries import Entry, EntryWriter, Withdrawn

_BATCH = 500  # entries per transaction: the longest that we keep other writers waiting
_GATHER_SECONDS = 0.05  # between two transactions at least: each takes as long as ten entries
_BUSY, _BUSY_GATHER_SECONDS = 10, 0.2  # the same, after one of so many entries
_FIRST_RETRY, _LAST_RETRY = 0.1, 2.0  # seconds
# SQLSTATEs of PostgreSQL that say nothing about the entries. Classes: connection, transaction state (a copy that
# cannot be written), login, no such database, no such schema, rollback, resources, busy, shutdown, system.
_PASSING = {"08", "25", "28", "3D", "3F", "40", "53", "55", "57", "58"}
_MENDED = {"42501", "42703", "42P01"}  # by a grant, or by a migration: no right, no such column, no such table

log = structlog.get_logger(__name__)


class DatabaseJournal:
    """The Journal port, on an engine made by `store.engine.writer`. Any thread may put entries in.

    While the database is locked, full or out of reach, up to `capacity` entries wait in memory; what comes
    after that is dropped. `written`, `dropped` and `waiting` count entries: since the start, and now. `settled` is
    told, in the thread that writes, how many more of the oldest entries are done with: written, or unwritable.
    A decision that cannot be of the call that is recorded by its id is dropped. While it
    `is_alone`, nobody else writes about calls: it remembers what it wrote. Else it reads that anew.
    """

    def __init__(
        self, engine: Engine, capacity: int = 100_000, settled: Callable[[int], None] = lambda _: None
    ) -> None:
        self.written = self.dropped = self.waiting = 0
        self.is_alone = True
        self._capacity, self._tell_settled = capacity, settled
        self._entries: deque[Entry] = deque()
        self._accepted = self._settled = 0  # entries since the start; settled: written, or dropped as unwritable
        self._changed = threading.Condition()  # guards all of the above
        self._closing = threading.Event()
        self._give_up_at = float("inf")  # time.monotonic()
        self._complained_at = float("-inf")
        # Only the thread uses these.
        self._writer = EntryWriter(engine, self._complain)
        self._wrote_at = float("-inf")  # time.monotonic()
        self._is_busy = False  # the batch before was large
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        """Record a decision; `route_ms` is the time from the request to the answer, in milliseconds."""
        self.put(Decided(call, decision, route_ms))

    def withdrawn(self, call: IncomingCall, before: Decided | None = None) -> None:
        """Take back the decision on this request. `before` is the call's last that stands."""
        self.put(Withdrawn(call.call_id, call.arrived_at, before))

    def happened(self, event: CallEvent) -> None:
        """Record an event. One that is told twice counts once."""
        self.put(event)

    def flush(self, timeout: float) -> bool:
        """Wait until all that was put in before is written; False when it is not after `timeout` seconds."""
        with self._changed:
            target = self._accepted
            return self._changed.wait_for(lambda: self._settled >= target, timeout)

    def close(self, timeout: float) -> bool:
        """Write what waits, and stop; False when that is not done after `timeout` seconds.

        What comes later is dropped. The engine stays open.
        """
        with self._changed:
            self._give_up_at = time.monotonic() + timeout
            self._closing.set()
            self._changed.notify_all()
        self._thread.join(timeout)
        if self.waiting:
            self._complain("the journal was closed before all was written", waiting=self.waiting)
        return self.waiting == 0

    def put(self, entry: Entry) -> None:
        """Record an entry."""
        with self._changed:
            refused = len(self._entries) >= self._capacity or self._closing.is_set()
            if refused:
                self.dropped += 1
            else:
                self._entries.append(entry)
                self._accepted += 1
                self.waiting += 1
                self._changed.notify_all()
        if refused:
            self._complain("the journal is full or closed: entries are dropped", dropped=self.dropped)

    def _run(self) -> None:
        while batch := self._next():
            if not self._write(batch):
                return

    def _next(self) -> list[Entry]:
        """The entries to write next, at once after a quiet time; none when the journal is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._entries or self._closing.is_set())
        if len(self._entries) < _BATCH:
            gather = _BUSY_GATHER_SECONDS if self._is_busy else _GATHER_SECONDS
            self._closing.wait(max(0.0, self._wrote_at + gather - time.monotonic()))
        with self._changed:
            batch = [self._entries.popleft() for _ in range(min(_BATCH, len(self._entries)))]
        self._is_busy = len(batch) >= _BUSY
        return batch

    def _write(self, batch: Sequence[Entry]) -> bool:
        """Write the entries, however long the database takes; False when there is no time left for that."""
        retry = _FIRST_RETRY
        while True:
            try:
                self._writer.is_alone = self.is_alone
                foreign = self._writer.write(batch)
                self._wrote_at = time.monotonic()
            except Exception as error:  # noqa: BLE001 - this thread must outlive whatever one entry can cause
                self._writer.forget()
                if not _may_pass(error):
                    return self._sift(batch, error)
                self._complain("the database cannot be written", error=problem_of(error), waiting=self.waiting)
                if not self._pause(retry):
                    return False
                retry = min(2 * retry, _LAST_RETRY)
            else:
                self._settle(written=len(batch) - foreign, dropped=foreign)
                return True

    def _sift(self, batch: Sequence[Entry], error: Exception) -> bool:
        """Write what can be written of a batch that cannot be written as a whole."""
        if len(batch) > 1:
            return all(self._write([entry]) for entry in batch)
        with suppress(Exception):  # a log that cannot be written is no reason to stop
            log.error("an entry cannot be written and is dropped", entry=repr(batch[0]), error=repr(error))
        self._settle(dropped=1)
        return True

    def _settle(self, written: int = 0, dropped: int = 0) -> None:
        with self._changed:
            self.written += written
            self.dropped += dropped
            self.waiting -= written + dropped
            self._settled += written + dropped
            self._changed.notify_all()
        self._tell_settled(written + dropped)

    def _pause(self, seconds: float) -> bool:
        """Wait before the next try; False when the journal is closed and its time is up."""
        if self._closing.wait(seconds):
            left = self._give_up_at - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(seconds, left))
        return True

    def _complain(self, what: str, **details: object) -> None:
        """Log a warning, at most once per second."""
        now = time.monotonic()
        if now - self._complained_at >= 1:
            self._complained_at = now
            with suppress(Exception):  # a log that cannot be written must not harm a call
                log.warning(what, **details)


def _may_pass(error: Exception) -> bool:
    """Whether the same entries can be written later: it is the database that fails, and not they."""
    if isinstance(error, OperationalError) and isinstance(error.orig, sqlite3.Error):
        # Without a code of SQLite's own it comes from Python, which could not make sense of what a row says.
        return hasattr(error.orig, "sqlite_errorcode")
    if state := state_of(error):
        return state[:2] in _PASSING or state in _MENDED
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
