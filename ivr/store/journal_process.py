"""Writing down what happens in a process of its own: done by a thread, it would take the interpreter from calls.

`Recorder` is the service's side: it sends entries over a pipe, never waits, and keeps what the process has not yet
acknowledged. The process (`python -m ivr.store.journal_process`) has the DatabaseJournal. One that ends is replaced,
and is sent again what was open: an entry that comes twice counts once. When the service is killed, the process still
writes what it was sent.

Over the pipe go pickles behind their length (4 bytes, big-endian): the database URL and the log level; entries; in the
end the seconds that there are left. Back comes for each batch how many of its entries are settled, as 4 bytes.
"""

import asyncio
import io
import os
import pickle
import signal
import struct
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from itertools import islice
from operator import attrgetter
from typing import Any, BinaryIO

import structlog

from ivr import logs
from ivr.domain.calls.history import CallEvent
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision
from ivr.errors import StoreError
from ivr.store.engine import writer
from ivr.store.journal import DatabaseJournal, Decided, Entry

CAPACITY = 100_000  # entries that wait for a database; some 100 MB
FIRST_RESTART, LAST_RESTART = 0.1, 5.0  # seconds
ALONE_SECONDS = 1.0  # for what it was sent, when the service is gone: the next one must not meet it

_LENGTH = struct.Struct(">I")
log = structlog.get_logger()


class Recorder:
    """The Journal port. Entries may come before `start`; what comes after `close` is dropped.

    `waiting` and `dropped` count entries: not yet written, and lost because too many wait.
    """

    def __init__(self, database_url: str, log_level: str, capacity: int = CAPACITY) -> None:
        self.dropped = 0
        self._opening, self._capacity = _frame((database_url, log_level)), capacity
        self._unwritten: deque[bytes] = deque()
        self._pipe: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self._closing, self._patience = False, 0.0
        self._complained_at = float("-inf")

    @property
    def waiting(self) -> int:
        """How many entries are not yet in the database."""
        return len(self._unwritten)

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        """Record a decision; `route_ms` is the time from the request to the answer, in milliseconds."""
        self._put(Decided(call, decision, route_ms))

    def happened(self, event: CallEvent) -> None:
        """Record an event. One that is told twice counts once."""
        self._put(event)

    def start(self) -> None:
        """Start the process, and again whenever it ends. Needs a running event loop."""
        self._task = asyncio.create_task(self._run())

    async def close(self, patience: float) -> bool:
        """Have everything written, and end the process; False when that is not done after `patience` seconds."""
        self._closing, self._patience = True, float(patience)
        if self._pipe:
            self._end(self._pipe)
        if self._task:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._task, patience)
        if self._unwritten:
            log.warning("closed before all was recorded", waiting=self.waiting)
        return not self._unwritten

    def _put(self, entry: Entry) -> None:
        if self._closing or len(self._unwritten) >= self._capacity:
            self.dropped += 1
            self._complain()
            return
        frame = _frame(entry)
        self._unwritten.append(frame)
        if self._pipe:
            self._pipe.write(frame)

    def _end(self, pipe: asyncio.StreamWriter) -> None:
        pipe.write(_frame(self._patience))
        pipe.close()

    def _complain(self) -> None:
        """Log a warning, at most once per second."""
        if time.monotonic() - self._complained_at >= 1:
            self._complained_at = time.monotonic()
            log.warning("too much waits to be recorded: entries are dropped", dropped=self.dropped)

    async def _run(self) -> None:
        pause = FIRST_RESTART
        while True:
            began = time.monotonic()
            await self._one_process()
            if self._closing:
                return
            pause = FIRST_RESTART if time.monotonic() - began > LAST_RESTART else min(2 * pause, LAST_RESTART)
            log.warning("the recorder ended: starting it again", in_seconds=pause, waiting=self.waiting)
            await asyncio.sleep(pause)

    async def _one_process(self) -> None:
        """Keep one process fed until it ends."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "ivr.store.journal_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin and process.stdout  # noqa: PT018, S101 - they are pipes
        self._pipe = process.stdin
        try:
            self._pipe.write(self._opening)
            self._pipe.writelines(self._unwritten)
            if self._closing:
                self._end(self._pipe)
            while True:
                (settled,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
                for _ in range(settled):
                    self._unwritten.popleft()
        except (asyncio.IncompleteReadError, OSError):
            pass  # it has ended, or been told to
        finally:
            self._pipe = None
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class _Arguments(dict[type, Callable[[Any], tuple[Any, ...]] | None]):
    """What gets the arguments of a dataclass from an instance; None for other classes, and where names are needed."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
        made = fields(kind) if is_dataclass(kind) else ()
        by_position = len(made) > 1 and all(field.init and not field.kw_only for field in made)
        self[kind] = attrgetter(*(field.name for field in made)) if by_position else None
        return self[kind]


class _Pickler(pickle.Pickler):
    """A dataclass as what it is made with. Python's own way with slots looks its fields up again for each instance."""

    _arguments = _Arguments()

    def reducer_override(self, value: Any) -> Any:
        """How to make it again; NotImplemented is Python's own way."""
        arguments = self._arguments[type(value)]
        return NotImplemented if arguments is None else (type(value), arguments(value))


def _frame(value: object) -> bytes:
    pickled = io.BytesIO()
    _Pickler(pickled, pickle.HIGHEST_PROTOCOL).dump(value)
    return _LENGTH.pack(pickled.tell()) + pickled.getbuffer()


def _values(stream: BinaryIO) -> Iterator[Any]:
    """What comes, until its end. What was cut by a kill is left out."""
    while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        pickled = stream.read(length)
        if len(pickled) < length:
            return
        yield pickle.loads(pickled)  # noqa: S301 - from our own service, over a pipe that nobody else has


def main() -> None:
    """Record what comes over standard input, and end when that ends."""
    for number in (signal.SIGINT, signal.SIGTERM):  # are for the service, which ends us when it is ready
        signal.signal(number, signal.SIG_IGN)
    os.nice(10)  # calls first
    acknowledgements = os.dup(1)
    os.dup2(2, 1)  # nothing else may be written there
    values = _values(sys.stdin.buffer)
    ((database_url, level),) = islice(values, 1)
    logs.configure(level)

    def settled(count: int) -> None:
        with suppress(OSError):  # the service is gone
            os.write(acknowledgements, _LENGTH.pack(count))

    try:
        journal = DatabaseJournal(writer(database_url), capacity=sys.maxsize, settled=settled)
    except StoreError as error:
        sys.exit(f"the recorder cannot begin: {error}")
    patience = ALONE_SECONDS
    for value in values:
        if isinstance(value, float):
            patience = value
        else:
            journal.put(value)
    journal.close(patience)


if __name__ == "__main__":
    main()
