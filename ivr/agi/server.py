"""The FastAGI server: lets in, hands to an endpoint, and never lets one peer harm another."""

import asyncio
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import structlog

from ivr.agi.port_access import Admission
from ivr.agi.refusals import Refusals, RefusedError
from ivr.agi.request import AgiError
from ivr.agi.session import Session
from ivr.limits import ANSWER_SECONDS

log = structlog.get_logger()
Endpoint = Callable[[Session], Coroutine[Any, Any, None]]

# Calls that arrive while the service is busy or frozen wait in the kernel's queue; when that is
# full, Asterisk waits 2 s for each. The kernel caps this at net.core.somaxconn (4096 on a current
# Linux).
BACKLOG = 4096
# Sessions at once, for each endpoint: who types a PIN for 25 s must not stand in the way of a call
# that wants its answer. One beyond them is told at once and goes on by the dialplan's own fallback:
# better than to wait. 150 calls per second need some 15 places; with the usual 1024 descriptors
# there is room left for the database and our own processes.
LIMITS = {"route": 300, "pin": 100, "check": 20}
MAX_UNREAD = 300  # connections that have not yet said what they want; Asterisk says it at once
# Some sessions wait for the caller instead: who types a PIN has 20 s (endpoints.PIN_COMMANDS), and
# then some.
PATIENCE = {"pin": 25.0}
CATCH_UP = 0.05  # seconds to read what waits in the sockets after we stood still
_LOOK_SECONDS = 0.01  # between two looks whether all sessions have ended
_ESTABLISHED = 1  # net/tcp_states.h


class _OverError(Exception):
    """The session is over before an endpoint has seen it."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class AgiServer:
    """Listens on `host`:`port`, or on a socket that listens already, and serves `endpoints`.

    Which one, says the last word of the `agi://` address; before it stands the secret, where there
    is one. Peers that `admission` does not let in are closed at once. `outcomes` counts how
    sessions ended.
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
        self._unread: dict[_Served, None] = {}  # the one that came first is the first
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
        loop = asyncio.get_running_loop()
        host, port, held = self._host, self._port, self._listening
        where: dict[str, Any] = {"sock": held} if held else {"host": host, "port": port}
        self._server = await loop.create_server(lambda: _Served(self), **where, backlog=BACKLOG)

    async def stop(self) -> None:
        """Stop listening. Sessions under way end by themselves within a second."""
        if self._server is not None:
            self._server.close()
        self._admission.close()

    async def ended(self) -> None:
        """Wait until no call waits for its answer, a second at most, so that all is recorded.

        Who types a PIN is not waited for.
        """
        until = time.monotonic() + ANSWER_SECONDS + 2 * CATCH_UP
        while time.monotonic() < until:
            waits = sum(taken for name, taken in self._taken.items() if name not in PATIENCE)
            await asyncio.sleep(_LOOK_SECONDS)  # what the last one came to is told only then
            if not waits and not self._unread:
                return

    def let_in(self, connection: "_Served") -> bool:
        """Let in who connected; False: the secret comes first. Raises RefusedError."""
        transport = connection.transport
        known = self._admission.is_known(connection.peer, transport.get_extra_info("sockname"))
        self._make_room_for(connection)
        return known

    def endpoint(self, connection: "_Served", *, known: bool) -> tuple[str, Endpoint]:
        """Give it a place at what it asks for: the name, and the endpoint.

        Raises RefusedError, _OverError.
        """
        self._unread.pop(connection, None)
        asked = connection.environment.get("agi_network_script", "")
        secret, _, script = asked.rpartition("/")
        if not known:
            self._admission.prove(secret)
        endpoint = self._endpoints.get(script)
        if endpoint is None:
            log.warning("agi route unknown", script=script[:80], known=sorted(self._endpoints))
            raise _OverError("unknown_route")
        limit = LIMITS.get(script, 1)
        if self._taken[script] >= limit:
            self._tell_full(script, limit)
            raise _OverError("busy")
        self._taken[script] += 1
        return script, endpoint

    def over(self, connection: "_Served", script: str, outcome: str) -> None:
        """Count how it ended; `script` is where it had its place, empty for nowhere."""
        self._unread.pop(connection, None)
        if script:
            self._taken[script] -= 1
            if self._taken[script] < LIMITS.get(script, 1) // 2:
                self._told_full.discard(script)
        if outcome:
            self.outcomes[outcome] += 1

    def _make_room_for(self, connection: "_Served") -> None:
        """Of too many who say nothing, the longest silent go: Asterisk speaks at once."""
        self._unread[connection] = None
        if len(self._unread) > MAX_UNREAD:
            silent = next(iter(self._unread))
            silent.transport.abort()
            silent.end("busy")
            self._tell_full("unread", MAX_UNREAD)
        elif len(self._unread) < MAX_UNREAD // 2:
            self._told_full.discard("unread")

    def _tell_full(self, what: str, limit: int) -> None:
        if what not in self._told_full:  # once, and not for each of thousands
            mend = "who connects there besides Asterisk?"
            log.warning("agi sessions full", of=what, limit=limit, mend=mend)
        self._told_full.add(what)


class _Served(Session):
    """One connection: it has a limit of time, a place, a task for its endpoint, and one end."""

    def __init__(self, server: AgiServer) -> None:
        super().__init__()
        self._server = server
        self._known = self._is_over = self._stood_still = False
        self._script = ""  # of the endpoint where it has a place
        self._task: asyncio.Task[None] | None = None
        self._limit: asyncio.TimerHandle | None = None
        self.peer: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As asyncio says: let the peer in, or not."""
        super().connection_made(transport)
        self.peer = transport.get_extra_info("peername")
        try:
            self._known = self._server.let_in(self)
        except Exception as error:  # noqa: BLE001 - the next call must find us alive
            self._end_by(error)
        else:
            self._limit_to(ANSWER_SECONDS)

    def asked(self) -> None:
        """Begin the endpoint: in this turn of the loop, where the interpreter can."""
        if self._is_over:
            return
        try:
            self._script, endpoint = self._server.endpoint(self, known=self._known)
        except Exception as error:  # noqa: BLE001 - the next call must find us alive
            self._end_by(error)
            return
        if self._script in PATIENCE:
            self._limit_to(PATIENCE[self._script])
        self._task = _begin(self._talk(endpoint))

    def unasked(self, error: AgiError) -> None:
        """End it, as Session says."""
        if not self._is_over:
            self._end_by(error)

    async def _talk(self, endpoint: Endpoint) -> None:
        try:
            await endpoint(self)
        except Exception as error:  # noqa: BLE001 - the dialplan falls back for this call
            self._end_by(error)
        else:
            self.end("done")
        finally:
            self.end("")  # the loop is being closed

    def _limit_to(self, seconds: float) -> None:
        if self._limit is not None:
            self._limit.cancel()
        self._limit = asyncio.get_running_loop().call_later(seconds, self._took_too_long)

    def _took_too_long(self) -> None:
        limit, loop = self._limit, asyncio.get_running_loop()
        late = loop.time() - limit.when() if limit is not None else 0.0
        if self._sent and not self._stood_still and late > CATCH_UP:
            self._stood_still = True  # it was us: what Asterisk has said is not read yet
            self._limit_to(CATCH_UP)
            return
        self._end_by(TimeoutError())
        if self._task is not None:
            self._task.cancel()

    def _end_by(self, error: Exception) -> None:
        """End by an error: say what there is to say of it, and count it."""
        outcome = "failed"
        if isinstance(error, TimeoutError):
            log.warning("agi session too slow", peer=self.peer)
            outcome = "timeout"
        elif isinstance(error, _OverError):
            outcome = error.outcome
        elif isinstance(error, RefusedError):
            outcome = "refused"
            if error.kind == "elsewhere" and _has_hung_up(self.transport):
                outcome = "broken"  # while we were busy: it is nobody's, for it is gone
            else:
                self._server.refusals.note(error, self.peer)
        elif isinstance(error, AgiError):
            log.info("agi session broken", peer=self.peer, why=str(error))
            outcome = "broken"
        else:
            log.error("agi session failed", peer=self.peer, exc_info=error)
        self.end(outcome)

    def end(self, outcome: str) -> None:
        """Count how it ended, the first time, and close; an empty outcome is not counted."""
        if self._is_over:
            return
        self._is_over = True
        if self._limit is not None:
            self._limit.cancel()
        self._server.over(self, self._script, outcome)
        self.transport.close()


if sys.version_info >= (3, 12):

    def _begin(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.Task(work, loop=asyncio.get_running_loop(), eager_start=True)
else:

    def _begin(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(work)


def _has_hung_up(transport: asyncio.BaseTransport) -> bool:
    """Whether the peer has closed its side of the connection."""
    connection = transport.get_extra_info("socket")
    try:
        state: bytes = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    except (OSError, AttributeError):
        return True
    return state[:1] != bytes([_ESTABLISHED])
