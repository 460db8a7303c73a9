"""Values from one process of ours to another: whole, acknowledged, and none lost on the way.

They go over a pair of sockets that keep packets apart (SOCK_SEQPACKET, unix(7)), as pickles: an
`Outbox` at one end, an `Inbox` at the other. Either process may end and be started anew while a
third one keeps the pair open. Whenever either is another one than before, the reader gives itself
a new name by chance and says it; the writer then sends once more whatever is not acknowledged.
Packets and acknowledgements carry that name, so that nobody takes what was meant for one before.
(A new writer asks for a name.) To the first reader the first writer sends before it has begun: what
the kernel has is not lost when the writer is killed.
"""

import asyncio
import io
import itertools
import pickle
import secrets
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any

import structlog

CAPACITY = 100_000  # values that wait; some 100 MB of decisions
BUFFER = 1 << 22  # bytes that we ask of the kernel, for 2000 decisions; it allows for 100 at least
_HEAD = struct.Struct(">QQB")  # reader, number of the value, and which of its packets this is
_BACK = struct.Struct(">QQ")  # reader, number of the last value that it is done with; 0: it begins
_FIRST, _LAST = 1, 2
_NEW_WRITER = _HEAD.pack(0, 0, 0)
_FIRST_READER = 1  # its name
_PIECE = 60_000  # bytes of a value in one packet: the kernel takes some 200,000 at once
_AGAIN_SECONDS = 0.05  # when the kernel has no memory for a packet
_MOST_AT_ONCE = 1000  # packets: whoever writes without a pause is not the only one

log = structlog.get_logger()


def pair() -> tuple[socket.socket, socket.socket]:
    """Make the two ends. Neither blocks, and programs that we start have none but by `pass_fds`."""
    ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in ends:
        end.setblocking(False)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    return ends


class Outbox:
    """The end that writes. Values may be put in before `open`, and while nobody reads.

    `waiting` and `dropped` count values: not yet acknowledged, and lost because there were more
    than `capacity`.
    """

    _end: socket.socket

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.dropped = 0
        self._capacity = capacity
        self._waiting: deque[tuple[int, bytes]] = deque()  # number and pickle, oldest first
        self._numbers = itertools.count(1)
        self._reader: int | None = None  # it has not said its name
        self._sent = 0  # of those that wait, how many are on their way, from the oldest
        self._pieces = 0  # packets of the next one that are
        self._is_announced = self._is_blocked = self._is_finished = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._complained_at = float("-inf")

    @property
    def waiting(self) -> int:
        """How many values the reader is not yet done with."""
        return len(self._waiting) - self._is_finished

    @property
    def unsent(self) -> int:
        """How many the kernel has not yet got for the reader."""
        return len(self._waiting) - self._sent

    def open(self, end: socket.socket, *, is_first: bool = True) -> None:
        """Begin to send, on the running loop, until `close`.

        `is_first`: nobody has written there before.
        """
        self._end = end
        if is_first:
            self._reader, self._is_announced = _FIRST_READER, True
        else:
            with suppress(OSError):
                while end.recv(_BACK.size):
                    pass  # it was said to a writer before us
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._end, self._acknowledged)
        self._send()

    def close(self) -> None:
        """Send nothing more. The socket stays open: it is whose it was."""
        if self._loop is not None:
            self._loop.remove_reader(self._end)
            self._loop.remove_writer(self._end)
            self._loop = None

    def put(self, value: object) -> None:
        """Send a value, or drop it when too many wait. Never blocks."""
        if self._is_finished or len(self._waiting) >= self._capacity:
            self.dropped += 1
            self._complain()
            return
        self._append(value)

    def finish(self, value: object) -> None:
        """Send a last value, which nobody acknowledges; what is put in later is dropped."""
        self._append(value)
        self._is_finished = True

    def _append(self, value: object) -> None:
        self._waiting.append((next(self._numbers), _pickled(value)))
        if not self._is_blocked:
            self._send()

    def _send(self) -> None:
        """Hand what waits to the kernel, as far as it takes it."""
        self._is_blocked = False
        if self._loop is None:
            return
        try:
            if not self._is_announced:
                self._end.send(_NEW_WRITER)
                self._is_announced = True
            while self._reader is not None and self._sent < len(self._waiting):
                self._send_next(*self._waiting[self._sent], self._reader)
        except BlockingIOError:
            self._is_blocked = True
            self._loop.add_writer(self._end, self._writable)
        except ConnectionError:
            self._reader = None  # nobody is there; who comes next says so
        except OSError:  # no memory for it (ENOBUFS)
            self._is_blocked = True
            self._loop.call_later(_AGAIN_SECONDS, self._send)

    def _send_next(self, number: int, pickled: bytes, reader: int) -> None:
        count = max(1, -(-len(pickled) // _PIECE))
        while self._pieces < count:
            at = self._pieces * _PIECE
            which = _FIRST * (at == 0) | _LAST * (self._pieces == count - 1)
            self._end.send(_HEAD.pack(reader, number, which) + pickled[at : at + _PIECE])
            self._pieces += 1
        self._pieces = 0
        self._sent += 1

    def _writable(self) -> None:
        if self._loop is not None:
            self._loop.remove_writer(self._end)
        self._send()

    def _acknowledged(self) -> None:
        """Take what the reader says: that it begins, or what it is done with."""
        try:
            while said := self._end.recv(_BACK.size):
                reader, done = _BACK.unpack(said)
                if not done:
                    self._reader, self._sent, self._pieces = reader, 0, 0
                    self._send()
                elif reader == self._reader:
                    self._settle(done)
        except BlockingIOError:
            return
        except ConnectionError:
            pass
        self.close()  # whoever kept the pair open is gone, too

    def _settle(self, done: int) -> None:
        while self._waiting and self._waiting[0][0] <= done:
            self._waiting.popleft()
            self._sent -= 1

    def _complain(self) -> None:
        """Log a warning, at most once per second."""
        if time.monotonic() - self._complained_at >= 1:
            self._complained_at = time.monotonic()
            log.warning("too much waits, or we end: values are dropped", dropped=self.dropped)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which value was received: its number, by the name that the reader had then."""

    reader: int
    number: int


class Inbox:
    """The end that reads. `ended` says that nothing comes any more.

    `is_first`: nobody has read there before.
    """

    def __init__(self, end: socket.socket, *, is_first: bool = True) -> None:
        self.ended = False
        self._end = end
        self._pieces = bytearray()
        self._naming = threading.Lock()  # guards what follows
        self._name, self._done = _FIRST_READER, 0  # 0: nothing so far
        self._told = (_FIRST_READER, 0)  # name and number that were said last
        if not is_first:
            self._begin()

    def fileno(self) -> int:
        """As selectors want it."""
        return self._end.fileno()

    def received(self) -> Iterator[tuple[Receipt, Any]]:
        """Give the values that are there. Never blocks."""
        for _ in range(_MOST_AT_ONCE):
            try:
                packet = self._end.recv(_HEAD.size + _PIECE)
            except BlockingIOError:
                return
            except ConnectionError:
                packet = b""
            if not packet:
                self.ended = True
                return
            reader, number, which = _HEAD.unpack_from(packet)
            if not reader:
                self._begin()
            elif reader == self._name:
                if which & _FIRST:
                    self._pieces.clear()
                self._pieces += packet[_HEAD.size :]
                if which & _LAST:
                    # From our own processes, over a socket that nobody else has:
                    yield Receipt(reader, number), pickle.loads(self._pieces)  # noqa: S301

    def done(self, receipt: Receipt) -> None:
        """Acknowledge this value and all before it. Any thread may say so, one at a time."""
        with self._naming:
            if receipt.reader == self._name:
                self._done = receipt.number
                self._tell()

    def tell(self) -> None:
        """Say once more what could not be said, because the writer did not listen."""
        with self._naming:
            self._tell()

    def _tell(self) -> None:
        saying = self._name, self._done
        if self._told != saying:
            with suppress(OSError):
                self._end.send(_BACK.pack(*saying))
                self._told = saying

    def _begin(self) -> None:
        """Have a new name, and say it."""
        with self._naming:
            self._name, self._done = _FIRST_READER + 1 + secrets.randbits(62), 0
            self._tell()


_Shape = tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...]]


class _Arguments(dict[type, _Shape | None]):
    """What gets the arguments of a dataclass from an instance, and the names of the last of them.

    None for other classes.
    """

    def __missing__(self, kind: type) -> _Shape | None:
        made = fields(kind) if is_dataclass(kind) else ()
        self[kind] = None
        if len(made) > 1 and all(field.init for field in made):
            named = tuple(field.name for field in made if field.kw_only)
            places = [field.name for field in made if not field.kw_only]
            self[kind] = attrgetter(*places, *named), named
        return self[kind]


_ARGUMENTS = _Arguments()


class _Pickler(pickle.Pickler):
    """A dataclass as what it is made with.

    Python's own way with slots looks its fields up again for each instance.
    """

    def reducer_override(self, value: Any) -> Any:
        """How to make it again; NotImplemented is Python's own way."""
        kind = type(value)
        known = _ARGUMENTS[kind]
        if known is None:
            return NotImplemented
        arguments, named = known
        return (_made, (kind, arguments(value))) if named else (kind, arguments(value))


def _made(kind: type, arguments: tuple[Any, ...]) -> Any:
    """Make a dataclass of arguments of which the last have to be named."""
    known = _ARGUMENTS[kind]
    named = known[1] if known else ()
    places = len(arguments) - len(named)
    return kind(*arguments[:places], **dict(zip(named, arguments[places:], strict=True)))


def _pickled(value: object) -> bytes:
    made = io.BytesIO()
    _Pickler(made, pickle.HIGHEST_PROTOCOL).dump(value)
    return made.getvalue()
