"""A guarded AMI client on panoramisk: one live connection, checked, bounded, and never replayed.

panoramisk gives the framing of actions, their ids, and the pairing of answers with them. What it lets
through is closed here, each at the place that the comments name. Whatever the server sends, nothing raises
out of here but AmiError, and no more than MAX_MESSAGE and MAX_ANSWER bytes are kept of it.
"""

import asyncio
import os
import random
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterator,
    Mapping,
)
from contextlib import asynccontextmanager

import structlog
from panoramisk.ami_protocol import AMIProtocol
from panoramisk.manager import Manager

from ivr.ami.action_request import Value, checked
from ivr.ami.message import Message
from ivr.errors import AmiError, IvrError

log = structlog.get_logger()
Address = tuple[str, int]

MAX_MESSAGE = 1 << 20  # bytes of one message; Asterisk's longest are some kilobytes
MAX_BANNER = 256  # bytes of the first line
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0  # seconds between two attempts to connect

GATHER = 0.02  # seconds between two reads of events: to be woken for each takes time from calls
CATCH_UP = 0.05  # seconds to read what waits in the socket after we stood still

BANNER = b"Asterisk Call Manager/"
END = b"\r\n\r\n"


class AmiRefusedError(AmiError):
    """Asterisk answered the action with an error: it was not carried out."""


class _Protocol(AMIProtocol):  # type: ignore[misc]  # panoramisk ships no types
    """One connection's bytes: whole messages out of pieces, and no more than a limit of them."""

    closed: bool

    def __init__(self, connection: "_Connection") -> None:
        self._connection = connection
        self._buffer = bytearray()
        self._gathering: asyncio.TimerHandle | None = None
        self.received = 0  # bytes: whether anything is heard of the other side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to listen. The factory is set at once: panoramisk sets it later, and data may come before."""
        super().connection_made(transport)
        self.factory, self.encoding = self._connection, "utf8"
        self._connection.protocol = self

    def data_received(self, data: bytes) -> None:
        """Hand on every message that is now whole.

        Bytes are decoded when the message is whole: a character split between two reads is lost otherwise.
        """
        self.received += len(data)
        searched = max(0, len(self._buffer) - len(END) + 1)
        self._buffer += data
        if self.version is None:
            self._read_banner()
            searched = 0
        while not self.closed and (end := self._buffer.find(END, searched)) >= 0:
            block = bytes(self._buffer[:end])
            del self._buffer[: end + len(END)]
            searched = 0
            message = Message.from_line(block.decode("utf-8", "replace"))
            if message is not None:
                self.handle_message(message)
        if len(self._buffer) > MAX_MESSAGE:
            self.connection_lost(AmiError(f"a message of more than {MAX_MESSAGE} bytes"))
        if self.closed:
            self._buffer.clear()
        elif self.version is not None and not self._connection.asking and self._gathering is None:
            self.transport.pause_reading()  # nobody waits for an answer: let events gather
            self._gathering = asyncio.get_running_loop().call_later(GATHER, self.read_on)

    def read_on(self) -> None:
        """Read what has come, and will."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
            if not self.closed:
                self.transport.resume_reading()

    def _read_banner(self) -> None:
        line, eol, rest = self._buffer.partition(b"\r\n")
        if not eol and len(line) < MAX_BANNER:
            return
        if not (eol and line.startswith(BANNER)):
            self.connection_lost(AmiError(f"no Asterisk manager there: it says {bytes(line[:40])!r}"))
            return
        self.version = line[len(BANNER) :].decode("utf-8", "replace")
        self._buffer = rest
        self._connection.greeted.set()

    def close(self) -> None:
        """Let go of the connection at once: a polite close waits for ever for a peer that no longer reads.

        panoramisk also puts unanswered actions aside here, to send them again: the call that an Originate
        made would be made twice. _Connection.connection_lost tells whoever waits for them instead.
        """
        if not self.closed:
            self.closed = True
            self.transport.abort()


class _Connection(Manager):  # type: ignore[misc]  # panoramisk ships no types
    """One connection, from opening to loss. Each attempt has a new one, so nothing is left to replay."""

    def __init__(self, on_event: Callable[[Message], None] | None, answer_timeout: float) -> None:
        super().__init__()
        self._on_event, self._answer_timeout = on_event, answer_timeout
        self.greeted = asyncio.Event()
        self.asking = 0  # actions whose answer is waited for
        self.lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def open(self, host: str, port: int) -> None:
        """Connect and wait for the banner."""
        try:
            async with asyncio.timeout(self._answer_timeout):
                loop = asyncio.get_running_loop()
                await loop.create_connection(lambda: _Protocol(self), host, port)
                await self._or_lost(self.greeted.wait())
        except TimeoutError:
            raise AmiError(f"no answer within {self._answer_timeout:g} s: is Asterisk running?") from None
        except ConnectionRefusedError:
            raise AmiError("connection refused: is Asterisk running?") from None
        except (OSError, UnicodeError, OverflowError) as error:
            raise AmiError(f"{_words(error)}: is this the right address?") from None

    def refuse(self, stranger: Callable[[Address, Address], str]) -> None:
        """Raise AmiError for a peer who is none of ours. It has spoken by now: before, the socket is nobody's yet."""
        transport = self.protocol.transport
        there, here = (transport.get_extra_info(name)[:2] for name in ("peername", "sockname"))
        if problem := stranger(there, here):
            raise AmiError(problem)

    async def _or_lost(self, good: Coroutine[None, None, object]) -> None:
        async with _beside(good) as task:
            await asyncio.wait((task, self.lost), return_when=asyncio.FIRST_COMPLETED)
        if self.lost.done():
            raise AmiError(self.lost.result())

    async def ask(self, action: str, headers: Mapping[str, Value], *, as_list: bool) -> list[Message]:
        """The answer to an action, or AmiError. Waits for it no longer than the answer timeout."""
        request = checked(action, headers, as_list=as_list)
        if self.lost.done():
            raise AmiError(f"{action}: not connected to Asterisk: {self.lost.result()}")
        try:
            self.asking += 1
            self.protocol.read_on()
            async with asyncio.timeout(self._answer_timeout):
                answer: list[Message] = await self.send_action(request, as_list=as_list)
        except TimeoutError:
            raise AmiError(f"{action}: no answer within {self._answer_timeout:g} s") from None
        finally:
            self.asking -= 1
            self.protocol.responses.pop(request.id, None)
        if not answer[-1].success:
            raise AmiRefusedError(f"{action}: {answer[-1].header('Message') or 'refused without a reason'}")
        return answer

    async def keep_alive(self, interval: float) -> None:
        """Ping, and end the connection when a ping is not answered: a half-open one looks well for hours."""
        while True:
            await asyncio.sleep(interval)
            heard = self.protocol.received
            try:
                await self.ask("Ping", {}, as_list=False)
            except AmiError as error:
                # When it was us who stood still (a frozen machine), the timer ends before the answer is read.
                await asyncio.sleep(CATCH_UP)
                if self.protocol.received == heard:
                    self.protocol.connection_lost(error)
                    return

    def dispatch(self, event: Message) -> None:
        """Hand an event on. One that our own code cannot take must not cost the events behind it."""
        if self._on_event is None:
            return
        try:
            self._on_event(event)
        except Exception:
            log.exception("ami event not handled", event_name=event.header("Event"))

    def connection_lost(self, exc: object) -> None:
        """Tell everybody who waits. Called once; panoramisk passes the Shutdown event, an error or None."""
        why = "Asterisk is shutting down" if isinstance(exc, Message) else _words(exc)
        self.lost.set_result(why)
        for request in self.protocol.responses.values():
            if not request.future.done():
                request.future.set_exception(AmiError(f"{request['action']}: connection lost: {why}"))

    def close(self) -> None:
        """Close, if open."""
        if self.protocol is not None:
            self.protocol.connection_lost(AmiError("closed by us"))


class AmiClient:
    """A login to Asterisk's manager interface: `run()` keeps one for ever, `session()` has one for a while.

    `on_event` gets every event, in order, and must be quick: Asterisk drops a client that reads slowly.
    `on_login` is awaited after each login while events and requests go on; when it raises it is tried again
    (a starting Asterisk lets us in before its queues are there). Times are seconds. `events` is what the login
    asks for: on, off, or classes as `agent,call`. `stranger` is given the address of the other end and ours, and says
    why it must not be told the secret; it says nothing when all is well.
    """

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        secret: str,
        *,
        on_event: Callable[[Message], None] | None = None,
        on_login: Callable[[], Awaitable[None]] | None = None,
        ping_interval: float = 5.0,
        answer_timeout: float = 5.0,
        events: str = "on",
        stranger: Callable[[Address, Address], str] = lambda there, here: "",
    ) -> None:
        self._host, self._port, self._stranger = host, port, stranger
        self._user, self._secret, self._events = user, secret, events
        self._on_event, self._on_login = on_event, on_login
        self._ping_interval, self._answer_timeout = ping_interval, answer_timeout
        self._connection: _Connection | None = None
        self._trouble = ""

    @property
    def connected(self) -> bool:
        """Whether we are logged in now."""
        return self._connection is not None and not self._connection.lost.done()

    async def run(self) -> None:
        """Be logged in, and again after each loss, until cancelled."""
        pauses = _pauses()
        while True:
            try:
                async with self.session():
                    pauses = _pauses()
                    await self._serve()
            except AmiError as error:
                self._note(str(error))
            await asyncio.sleep(next(pauses))

    @asynccontextmanager
    async def session(self) -> "AsyncIterator[AmiClient]":
        """Connect and log in, or raise AmiError; log out at the end. Not while run() runs."""
        connection = _Connection(self._on_event, self._answer_timeout)
        try:
            await self._log_in(connection)
            self._connection = connection
            async with _beside(connection.keep_alive(self._ping_interval)):
                yield self
        finally:
            self._connection = None
            connection.close()

    async def request(self, action: str, extra: Mapping[str, Value] | None = None, /, **headers: Value) -> Message:
        """Asterisk's answer to an action. `extra` is for headers whose names are no Python names.

        Raises AmiRefusedError when Asterisk answers with an error, and AmiError when there is no connection,
        when it is lost, or when no answer comes in time: then the action may or may not have been carried
        out.
        """
        return (await self._ask(action, {**(extra or {}), **headers}, as_list=False))[0]

    async def collect(
        self, action: str, extra: Mapping[str, Value] | None = None, /, **headers: Value
    ) -> list[Message]:
        """The events of an action that answers with a list, as QueueStatus. Raises as `request`."""
        answers = await self._ask(action, {**(extra or {}), **headers}, as_list=True)
        return [message for message in answers if "event" in message and not message.ends_list]

    async def _ask(self, action: str, headers: Mapping[str, Value], *, as_list: bool) -> list[Message]:
        if self._connection is None:
            raise AmiError(f"{action}: not connected to Asterisk at {self._host}:{self._port}")
        return await self._connection.ask(action, headers, as_list=as_list)

    async def _log_in(self, connection: _Connection) -> None:
        login = {"Username": self._user, "Secret": self._secret, "Events": self._events}
        try:
            await connection.open(self._host, self._port)
            connection.refuse(self._stranger)
            await connection.ask("Login", login, as_list=False)
        except AmiRefusedError as error:
            raise AmiError(
                f"login refused for user {self._user}: check IVR_AMI_USER and IVR_AMI_SECRET "
                f"against manager.conf ({error})"
            ) from None
        except AmiError as error:
            raise AmiError(f"cannot connect to {self._host}:{self._port}: {error}") from None

    async def _serve(self) -> None:
        connection = self._connection
        assert connection is not None  # noqa: S101 - we are inside session()
        log.info("ami connected", server=f"{self._host}:{self._port}")
        self._trouble = ""
        async with _beside(self._tell_login()):
            raise AmiError(await asyncio.shield(connection.lost))

    async def _tell_login(self) -> None:
        if self._on_login is None:
            return
        for pause in _pauses():
            try:
                await self._on_login()
                return
            except IvrError as error:  # a database that is still being made, say
                log.warning("ami on_login failed", why=str(error), again_in=round(pause, 1))
            except Exception:
                log.exception("ami on_login failed", again_in=round(pause, 1))
            await asyncio.sleep(pause)

    def _note(self, trouble: str) -> None:
        """Log a change of state, not every attempt."""
        if trouble != self._trouble:
            log.warning("ami lost", why=trouble)
        self._trouble = trouble


def _words(error: object) -> str:
    """What went wrong, without Python's decoration."""
    if error is None:
        return "Asterisk closed the connection"
    if isinstance(error, OSError) and error.errno is not None and error.errno > 0:
        return os.strerror(error.errno).lower()
    return str(error) or type(error).__name__


def _pauses() -> Iterator[float]:
    """Seconds to wait before each next attempt, spread so that many clients do not come back at once."""
    pause = FIRST_PAUSE
    while True:
        yield pause * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
        pause = min(2 * pause, LONGEST_PAUSE)


@asynccontextmanager
async def _beside(work: Coroutine[None, None, object]) -> AsyncIterator[asyncio.Task[object]]:
    """Have `work` done beside the block, and cancelled at its end."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
