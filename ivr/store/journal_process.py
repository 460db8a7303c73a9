"""Writing down what happens in a process of its own: done by a thread, it would take the interpreter from calls.

`Recorder` is the service's side: it keeps the process (`python -m ivr.store.journal_process`), which
has the DatabaseJournal, and hands entries over to it without ever waiting. So does the process that
watches Asterisk, over a pair of sockets of its own. A recorder that ends is replaced, and is sent
again what was not acknowledged: an entry that comes twice counts once. When the service is killed,
the recorder still writes what it was sent.

It reads until the service has closed its socket; the last value is the seconds that there are left.
"""

import os
import selectors
import socket
import sys
import time
from collections import deque

import structlog

from ivr import kept_process, logs, packets
from ivr.domain.calls.decided import Decided
from ivr.domain.calls.events import AgentChanged, CallEvent
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision
from ivr.errors import StoreError
from ivr.kept_process import KeptProcess
from ivr.packets import CAPACITY, Inbox, Outbox, Receipt
from ivr.store.engine import writer
from ivr.store.entries import Entry, Withdrawn
from ivr.store.journal import DatabaseJournal

ALONE_SECONDS = 10.0  # for writing what it was sent, when the service is gone; the next one may have begun by then
WATCH_ENDS_SECONDS = 1.0  # in which the watch, too, has found that the service is gone
GATHER_SECONDS = 0.02  # between two looks at what has come: to be woken for each takes time from calls
IDLE_SECONDS = 1.0  # after which it is said again what the other side was too busy to be told

log = structlog.get_logger()


class Handover:
    """The Journal port: hands entries over to the process that records, through an outbox."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        """Record a decision; `route_ms` is the time from the request to the answer, in milliseconds."""
        self._outbox.put(Decided(call, decision, route_ms))

    def withdrawn(self, call: IncomingCall, before: Decided | None = None) -> None:
        """Take back the decision on this request. `before` is the call's last that stands."""
        self._outbox.put(Withdrawn(call.call_id, call.arrived_at, before))

    def happened(self, event: CallEvent) -> None:
        """Record an event. One that is told twice counts once."""
        self._outbox.put(event)

    def changed(self, event: AgentChanged) -> None:
        """Record that an agent is in another state."""
        self._outbox.put(event)


class Recorder(Handover):
    """The Journal port, and the process. Entries may come before `start`; what comes after `close` is dropped.

    `waiting` and `dropped` count entries: not yet written, and lost because too many wait. From the
    start on, `watched` is where the process that watches Asterisk hands over what happened.
    """

    watched: socket.socket

    def __init__(self, database_url: str, log_level: str, capacity: int = CAPACITY) -> None:
        self._outbox = Outbox(capacity)
        self._ends: tuple[socket.socket, ...] = ()
        self._process = KeptProcess("recorder", "ivr.store.journal_process", lambda: (database_url, log_level))
        super().__init__(self._outbox)

    @property
    def waiting(self) -> int:
        """How many entries are not yet in the database."""
        return self._outbox.waiting

    @property
    def dropped(self) -> int:
        """How many entries were lost because too many waited."""
        return self._outbox.dropped

    def start(self) -> None:
        """Start the process, and again whenever it ends. Needs a running event loop."""
        ours, theirs = packets.pair()
        self.watched, watched = packets.pair()
        self._ends = (ours, theirs, self.watched, watched)
        self._outbox.open(ours)
        self._process.start((theirs, watched))

    async def close(self, patience: float) -> bool:
        """Have everything written, and end the process; False when that is not done after `patience` seconds."""
        self._outbox.finish(float(patience))
        await self._process.close(patience)
        self._outbox.close()
        if self._outbox.waiting:
            log.warning("closed before all was recorded", waiting=self.waiting)
        for end in self._ends:
            end.close()
        return not self._outbox.waiting


class _Receipts:
    """Which entries the journal has, in their order, and where they came from."""

    def __init__(self) -> None:
        self._open: deque[tuple[Inbox, Receipt]] = deque()

    def expect(self, inbox: Inbox, receipt: Receipt) -> None:
        """The journal is given this one next."""
        self._open.append((inbox, receipt))

    def settled(self, count: int) -> None:
        """So many more of the oldest are done with."""
        last = dict(self._open.popleft() for _ in range(count))
        for inbox, receipt in last.items():
            inbox.done(receipt)


class _Recording:
    """Gives the journal what comes, until the service says that it ends, or has ended."""

    def __init__(
        self,
        journal: DatabaseJournal,
        receipts: _Receipts,
        service: Inbox,
        watch: Inbox,
    ) -> None:
        self._journal, self._receipts, self._service = journal, receipts, service
        self._inboxes = (service, watch)
        self._patience: float | None = None  # seconds, once the service has said that it ends

    def run(self) -> float:
        """Record; returns the seconds that there are left in the end."""
        selector = selectors.DefaultSelector()
        for inbox in self._inboxes:
            selector.register(inbox, selectors.EVENT_READ)
        # When the recorder of a service before has ended:
        alone_from = time.monotonic() + WATCH_ENDS_SECONDS + ALONE_SECONDS
        while self._patience is None and not self._service.ended:
            self._journal.is_alone = time.monotonic() > alone_from
            selector.select(IDLE_SECONDS)
            self._take()
            time.sleep(GATHER_SECONDS)
        self._take_the_rest()
        return ALONE_SECONDS if self._patience is None else self._patience

    def _take_the_rest(self) -> None:
        """Take what the watch has still to hand over; it ends before a service that says so."""
        self._journal.is_alone = self._patience is not None
        until = time.monotonic() + WATCH_ENDS_SECONDS
        while time.monotonic() < until:
            if self._take():
                continue
            if self._patience is not None or all(each.ended for each in self._inboxes):
                return
            time.sleep(GATHER_SECONDS)

    def _take(self) -> bool:
        """Give the journal what there is; whether there was anything."""
        came = False
        for inbox in self._inboxes:
            for receipt, value in inbox.received():
                came = True
                if isinstance(value, float):
                    self._patience = value
                else:
                    _tell(value)
                    self._receipts.expect(inbox, receipt)
                    self._journal.put(value)
            inbox.tell()
        return came


def _tell(entry: Entry) -> None:
    """Log what was decided: here, where it takes no time from calls. Once more after a restart."""
    if isinstance(entry, Decided):
        call, decision = entry.call, entry.decision
        log.info(
            "routed",
            call=call.call_id,
            caller=call.caller_number or "withheld",
            to=call.dialled,
            customer=decision.identity.customer_id,
            queue=decision.treatment.queue,
            priority=decision.treatment.priority,
            rule=decision.trace.rule,
            ms=entry.route_ms,
        )
    elif isinstance(entry, Withdrawn):
        log.info("the call did not wait for its answer", call=entry.call_id)


def main() -> None:
    """Record what comes over the sockets, and end when the service does."""
    (database_url, level), is_first, ends = kept_process.begin()
    os.nice(10)  # calls first
    logs.configure(level)
    receipts = _Receipts()
    try:
        made = writer(database_url)
        journal = DatabaseJournal(made, capacity=sys.maxsize, settled=receipts.settled)
    except StoreError as error:
        sys.exit(f"the recorder cannot begin: {error}")
    service, watch = (Inbox(end, is_first=is_first) for end in ends)
    journal.close(_Recording(journal, receipts, service, watch).run())


if __name__ == "__main__":
    main()
