"""The FastAGI server: accepts, reads, hands to an endpoint, and never lets one peer harm another."""

import asyncio
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager

import structlog

from ivr.agi.port_access import Admission
from ivr.agi.refusals import Refusals, RefusedError
from ivr.agi.request import ENVIRONMENT_LIMIT, AgiError
from ivr.agi.session import Session, read_environment
from ivr.limits import ANSWER_SECONDS

log = structlog.get_logger()
Endpoint = Callable[[Session], Awaitable[None]]

# Calls that arrive while the service is busy or frozen wait in the kernel's queue; when that is full, Asterisk
# waits 2 s for each. The kernel caps this at net.core.somaxconn (4096 on a current Linux).
BACKLOG = 4096
# Sessions at once, for each endpoint: who types a PIN for 25 s must not stand in the way of a call that wants its
# answer. One beyond them is told at once and goes on by the dialplan's own fallback: better than to wait.
# 150 calls per second need some 15 places; with the usual 1024 descriptors there is room left for database and AMI.
LIMITS = {"route": 300, "pin": 100, "check": 20}
MAX_UNREAD = 300  # connections that have not yet said what they want; Asterisk says it at once
# Some sessions wait for the caller instead: who types a PIN has 20 s (endpoints.PIN_COMMANDS), and then some.
PATIENCE = {"pin": 25.0}
_ESTABLISHED = 1  # net/tcp_states.h


class _OverError(Exception):
    """The session is over before an endpoint has seen it."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class AgiServer:
    """Listens on `host`:`port`, or on a socket that listens already, and serves `endpoints`.

    Which one, says the last word of the `agi://` address; before it stands the secret, where there is one. Peers
    that `admission` does not let in are closed at once. `outcomes` counts how sessions ended.
    """

    def __init__(
        self,
        host: str,
        port: int,
        endpoints: Mapping[str, Endpoint],
        admission: Admission,
        refusals: Refusals | None = None,
        listening: socket.socket | None = None,
    ) -> None:
        self._host, self._port, self._listening = host, port, listening
        self._endpoints, self._admission = dict(endpoints), admission
        self._server: asyncio.Server | None = None
        self._unread: dict[asyncio.StreamWriter, None] = {}  # the one that came first is the first
        self._taken: Counter[str] = Counter()  # places, by endpoint
        self._told_full: set[str] = set()
        self.refusals = refusals or Refusals()
        self.outcomes: Counter[str] = Counter()

    @property
    def port(self) -> int:
        """The port that it listens on (of use when it was given 0)."""
        if self._server is None:
            raise RuntimeError("the server has not been started")
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def sessions(self) -> int:
        """How many are under way."""
        return len(self._unread) + self._taken.total()

    async def start(self) -> None:
        """Begin to listen; raises OSError when the address is taken."""
        if self._listening is not None:
            self._server = await asyncio.start_server(
                self._serve, sock=self._listening, limit=ENVIRONMENT_LIMIT, backlog=BACKLOG
            )
            return
        self._server = await asyncio.start_server(
            self._serve, self._host, self._port, limit=ENVIRONMENT_LIMIT, backlog=BACKLOG
        )

    async def stop(self) -> None:
        """Stop listening. Sessions under way end by themselves within a second."""
        if self._server is not None:
            self._server.close()
        self._admission.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.outcomes[await self._session(reader, writer)] += 1
        finally:
            self._unread.pop(writer, None)
            writer.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        """Serve one connection; how it ended."""
        outcome, peer = "done", writer.get_extra_info("peername")
        try:
            known = self._admission.is_known(peer, writer.get_extra_info("sockname"))
            async with asyncio.timeout(ANSWER_SECONDS) as limit:
                await self._talk(reader, writer, limit, known=known)
        except TimeoutError:
            log.warning("agi session too slow", peer=peer)
            outcome = "timeout"
        except _OverError as over:
            outcome = over.outcome
        except RefusedError as refused:
            outcome = "refused"
            if refused.kind == "elsewhere" and _has_hung_up(writer):  # while we were busy: nobody's, for it is gone
                outcome = "broken"
            else:
                self.refusals.note(refused, peer)
        except AgiError as error:
            log.info("agi session broken", peer=peer, why=str(error))
            outcome = "broken"
        except Exception:  # whatever it is, the next call must find us alive; the dialplan falls back for this one
            log.exception("agi session failed", peer=peer)
            outcome = "failed"
        return outcome

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: asyncio.Timeout, *, known: bool
    ) -> None:
        self._make_room_for(writer)
        try:
            environment = await read_environment(reader)
        except AgiError:
            if writer not in self._unread:
                raise _OverError("busy") from None
            raise
        self._unread.pop(writer, None)
        secret, _, script = environment.get("agi_network_script", "").rpartition("/")
        if not known:
            self._admission.prove(secret)
        endpoint = self._endpoints.get(script)
        if endpoint is None:
            log.warning("agi route unknown", script=script[:80], known=sorted(self._endpoints))
            raise _OverError("unknown_route")
        with self._place(script):
            if script in PATIENCE:
                limit.reschedule(asyncio.get_running_loop().time() + PATIENCE[script])
            await endpoint(Session(environment, reader, writer))

    def _make_room_for(self, writer: asyncio.StreamWriter) -> None:
        """Of too many who say nothing, those who have been silent the longest go: Asterisk speaks at once."""
        self._unread[writer] = None
        if len(self._unread) > MAX_UNREAD:
            silent = next(iter(self._unread))
            del self._unread[silent]
            silent.transport.abort()
            self._tell_full("unread", MAX_UNREAD)
        elif len(self._unread) < MAX_UNREAD // 2:
            self._told_full.discard("unread")

    @contextmanager
    def _place(self, script: str) -> Iterator[None]:
        """One of the endpoint's places; raises _OverError."""
        limit = LIMITS.get(script, 1)
        if self._taken[script] >= limit:
            self._tell_full(script, limit)
            raise _OverError("busy")
        self._taken[script] += 1
        try:
            yield
        finally:
            self._taken[script] -= 1
            if self._taken[script] < limit // 2:
                self._told_full.discard(script)

    def _tell_full(self, what: str, limit: int) -> None:
        if what not in self._told_full:  # once, and not for each of thousands
            log.warning("agi sessions full", of=what, limit=limit, mend="who connects there besides Asterisk?")
        self._told_full.add(what)


def _has_hung_up(writer: asyncio.StreamWriter) -> bool:
    """Whether the peer has closed its side of the connection."""
    try:
        state: bytes = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    except (OSError, AttributeError):
        return True
    return state[:1] != bytes([_ESTABLISHED])
