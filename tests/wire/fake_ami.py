"""A scripted Asterisk manager on a real loopback socket: says what a test tells it, notes what it hears."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Self

from ivr.ami.client import AmiClient

USER, SECRET = "ivr", "secret"
LIMIT = 5.0  # seconds that any wait of a test may take

Headers = dict[str, str]
Answer = Callable[[Headers], bytes]


def block(**headers: object) -> bytes:
    """One message."""
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n"


def accepted(text: str = "") -> Answer:
    """An answer that says yes."""
    return lambda action: block(Response="Success", ActionID=action["ActionID"], Message=text)


def refused(text: str) -> Answer:
    """An answer that says no."""
    return lambda action: block(Response="Error", ActionID=action["ActionID"], Message=text)


def listed(events: Iterable[Headers], *, between: bytes = b"") -> Answer:
    """An answer that is a list; `between` comes after each event of it."""
    events = list(events)

    def answer(action: Headers) -> bytes:
        mark = {"ActionID": action["ActionID"]}
        start = block(Response="Success", **mark, EventList="start", Message="will follow")
        body = b"".join(block(**event, **mark) + between for event in events)
        return start + body + block(Event=f"{action['Action']}Complete", **mark, EventList="Complete")

    return answer


def login(action: Headers) -> bytes:
    """Asterisk's answer to a Login."""
    good = (action["Username"], action["Secret"]) == (USER, SECRET)
    return (accepted("Authentication accepted") if good else refused("Authentication failed"))(action)


def silence(action: Headers) -> bytes:
    """No answer."""
    return b""


class FakeAmi:
    """`async with FakeAmi() as ami`: listens on `ami.port`.

    `answers` gives the answer to each action by its name; what it does not know is refused. `actions` are the
    actions received over all connections, `raw` their bytes. What is sent goes to the newest connection.
    """

    def __init__(self) -> None:
        self.banner = b"Asterisk Call Manager/11.0.0\r\n"
        self.answers: dict[str, Answer] = {"Login": login, "Ping": accepted("Pong")}
        self.actions: list[Headers] = []
        self.raw = b""
        self.connections = 0
        self._writer: asyncio.StreamWriter | None = None
        self.writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self.writers:
            writer.transport.abort()
        await self._server.wait_closed()

    def client(self, **options: Any) -> AmiClient:
        """A client of this server."""
        return AmiClient("127.0.0.1", self.port, options.pop("user", USER), SECRET, **options)

    def count(self, name: str) -> int:
        """How often an action has been received."""
        return sum(action["Action"] == name for action in self.actions)

    def send(self, data: bytes) -> None:
        """Send bytes."""
        assert self._writer is not None
        self._writer.write(data)

    def event(self, name: str, **headers: object) -> None:
        """Send an event."""
        self.send(block(Event=name, **headers))

    def half_close(self) -> None:
        """Say that nothing more will come, and go on listening."""
        assert self._writer is not None
        self._writer.write_eof()

    def drop(self) -> None:
        """Close the newest connection."""
        assert self._writer is not None
        self._writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.writers.add(writer)
        self.connections += 1
        try:
            writer.write(self.banner)
            while True:
                data = await reader.readuntil(b"\r\n\r\n")
                self.raw += data
                rows = [row.split(": ", 1) for row in data.decode().split("\r\n") if row]
                action = dict(rows)
                self.actions.append(action)
                answer = self.answers.get(action["Action"], refused("Invalid/unknown command"))
                writer.write(answer(action))
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()


async def eventually(condition: Callable[[], bool], patience: float = LIMIT) -> None:
    """Wait until `condition` holds, for so many seconds at most."""
    async with asyncio.timeout(patience):
        while not condition():  # noqa: ASYNC110 - conditions of the tests are of every kind
            await asyncio.sleep(0.001)


@asynccontextmanager
async def running(client: AmiClient) -> AsyncIterator[asyncio.Task[None]]:
    """Have a client run, logged in to begin with."""
    task = asyncio.create_task(client.run())
    try:
        await eventually(lambda: client.connected)
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
