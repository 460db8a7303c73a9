"""A service whose answers a test writes: what the dialplan makes of them, without policy and customers."""

import asyncio
import dataclasses
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from ivr.agi.endpoints import Endpoints
from ivr.agi.request import AgiError
from ivr.agi.session import Session
from ivr.agi.variables import answer
from ivr.domain.customers import Scores
from ivr.domain.routing.decision import Decision
from ivr.lab.lab import Lab
from tests.decisions import decision_of

TONGUE = "xx"  # a language of the tests' own: its sounds are stand-ins of a third of a second
SOUNDS = (
    *(f"position-{n}" for n in range(1, 21)), *(f"wait-{n}" for n in (1, 2, 5, 10, "long")),
    "voicemail-offer", "voicemail", "message-saved", "busy-end", "self-service-account", "hours", "case-open",
    "case-none", "need-pin", "pin", "goodbye", "key-unknown", "question", "greeting", "closed",
)  # fmt: skip
GSM_SECOND = 33 * 50  # bytes

Turn = Callable[["Request"], Awaitable[None]]


@dataclasses.dataclass(slots=True)
class Request:
    """One request of the dialplan's."""

    script: str
    call_id: str
    arguments: tuple[str, ...]
    session: Session

    @property
    def mark(self) -> str:
        return self.arguments[0]

    @property
    def asked(self) -> tuple[str, ...]:
        """What the caller was asked, the key pressed, the number typed."""
        return self.arguments[6:9]


def decision(**changed: Any) -> Decision:
    """A decision: to the general queue, in the tests' own language."""
    plain = {"action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10}
    caller = {"segment": None, "customer_id": None, "customer_name": None, "scores": Scores()}
    trace = {"rule": "default", "reason": "", "rung": "live", "policy_version": ""}
    told = {"call_id": "", "score": None, "lookup": "unknown", "label": "GENERAL", "language": TONGUE}
    return decision_of(**plain | caller | trace | told | changed)


def says(**changed: Any) -> Turn:
    """Answer with this decision."""
    return forgets("", **changed)


def forgets(typed: str, **changed: Any) -> Turn:
    """Answer with this decision, and `typed` (so many x) in place of what the caller typed."""

    async def turn(request: Request) -> None:
        await request.session.finish(answer(decision(**changed), request.mark, typed))

    return turn


def says_raw(line: str) -> Turn:
    """Answer with this, MARK being the request's mark, and close."""

    async def turn(request: Request) -> None:
        request.session.transport.write(line.replace("MARK", request.mark).encode())
        request.session.transport.write_eof()
        await asyncio.sleep(0.2)

    return turn


async def hangs(_: Request) -> None:
    """Never answer."""
    await asyncio.sleep(60)


class Pins:
    """The PINs that were typed."""

    def __init__(self) -> None:
        self.typed_by: list[tuple[str, str]] = []

    def typed(self, call_id: str, digits: str) -> None:
        self.typed_by.append((call_id, digits))


class Script:
    """Takes its turns, the last one again and again; `requests` are those that it got, the probe's left out."""

    def __init__(self) -> None:
        self.turns: list[Turn] = [says()]
        self.requests: list[Request] = []
        self.pins = Pins()
        self._server: asyncio.Server | None = None
        self.open: dict[Session, asyncio.Task[None] | None] = {}
        endpoints = Endpoints(None, None, pins=self.pins)  # type: ignore[arg-type]  # `pin` needs no more

        async def pin(request: Request) -> None:
            endpoints.calls.answered(request.call_id, request.mark, pin=True)  # a script's answers are its own
            await endpoints.pin(request.session)

        self.pin: Turn = pin

    async def start(self) -> int:
        """Begin to listen; returns the port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _ScriptedSession(self), "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Refuse from now on."""
        if self._server:
            self._server.close()

    async def dies(self) -> None:
        """End as a process does that was killed."""
        await self.stop()
        for session in self.open:
            session.transport.abort()

    async def serve(self, session: Session) -> None:
        """Take a turn."""
        try:
            environment = session.environment
            script = environment["agi_network_script"]
            arguments = tuple(environment.get(f"agi_arg_{n}", "") for n in range(1, 10))
            request = Request(script, environment["agi_uniqueid"], arguments, session)
            if script == "check":
                await session.finish('VERBOSE "ivr ok" 3')
                return
            self.requests.append(request)
            if script == "pin":
                await self.pin(request)
                return
            turn = self.turns[0] if len(self.turns) == 1 else self.turns.pop(0)
            await turn(request)
        except (AgiError, OSError):
            pass
        finally:
            session.transport.close()


class _ScriptedSession(Session):
    """A connection to a script."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._script = script

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._script.open[self] = None

    def asked(self) -> None:
        self._script.open[self] = asyncio.create_task(self._script.serve(self))

    def unasked(self, error: AgiError) -> None:
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._script.open.pop(self, None)


@asynccontextmanager
async def scripted(lab: Lab, *turns: Turn) -> AsyncIterator[Script]:
    """The dialplan asks a script in the service's place."""
    script = Script()
    script.turns = list(turns) or script.turns
    before = f"agi://{lab.state.pbx}:4577/route"
    port = await script.start()
    lab.cli(f"dialplan set global IVR_AGI agi://127.0.0.1:{port}/route")
    try:
        yield script
    finally:
        lab.cli(f"dialplan set global IVR_AGI {before}")
        lab.cli('dialplan set global IVR_SKIP_UNTIL ""')
        await script.stop()


@contextmanager
def stand_ins(lab: Lab, seconds: float = 0.3) -> Iterator[Path]:
    """Short sounds of the tests' own language, under the names of the real ones."""
    sounds = lab.home / "pbx/data/sounds"
    some = next(sounds.glob("en/hello.gsm")).read_bytes()[: int(seconds * GSM_SECOND) // 33 * 33]
    folder = sounds / TONGUE / "ivr"
    folder.mkdir(parents=True, exist_ok=True)
    for name in SOUNDS:
        (folder / f"{name}.gsm").write_bytes(some)
    try:
        yield folder
    finally:
        shutil.rmtree(sounds / TONGUE)
