"""The FastAGI server: accepts, reads, hands to an endpoint, and never lets one peer harm another."""

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache

import structlog

from ivr.agi.request import ENVIRONMENT_LIMIT, AgiError
from ivr.agi.session import Session, read_environment

log = structlog.get_logger()
Endpoint = Callable[[Session], Awaitable[None]]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Calls that arrive while the service is busy or frozen wait in the kernel's queue; when that is full, Asterisk
# waits 2 s for each. The kernel caps this at net.core.somaxconn (4096 on a current Linux).
BACKLOG = 4096
# Sessions at once. A call beyond them is told at once and goes on by the dialplan's own fallback: better than to wait.
# 150 calls per second need some 15; with the usual 1024 descriptors there is room left for database and AMI.
MAX_SESSIONS = 800
SESSION_SECONDS = 0.95  # the dialplan gives up after 1 s: an answer after that is for nobody
# Some sessions wait for the caller instead: who types a PIN has 20 s (endpoints.PIN_COMMANDS), and then some.
PATIENCE = {"pin": 25.0}


class AgiServer:
    """Listens on `host`:`port` and serves `endpoints`, by the script name of the `agi://` address.

    FastAGI knows no authentication: peers outside `allow` are closed at once. `outcomes` counts how sessions ended.
    """

    def __init__(self, host: str, port: int, endpoints: Mapping[str, Endpoint], allow: Sequence[Network]) -> None:
        self._host, self._port = host, port
        self._endpoints, self._allow = dict(endpoints), tuple(allow)
        self._server: asyncio.Server | None = None
        self._sessions, self._told_full = 0, False
        self.outcomes: Counter[str] = Counter()

    @property
    def port(self) -> int:
        """The port that it listens on (of use when it was given 0)."""
        if self._server is None:
            raise RuntimeError("the server has not been started")
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self) -> None:
        """Begin to listen; raises OSError when the address is taken."""
        self._server = await asyncio.start_server(
            self._serve, self._host, self._port, limit=ENVIRONMENT_LIMIT, backlog=BACKLOG
        )

    async def stop(self) -> None:
        """Stop listening. Sessions under way end by themselves within a second."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._sessions >= MAX_SESSIONS:
            writer.close()
            self.outcomes["busy"] += 1
            if not self._told_full:  # once, and not for each of thousands
                log.warning("agi sessions full", limit=MAX_SESSIONS, mend="who connects there besides Asterisk?")
            self._told_full = True
            return
        self._sessions += 1
        try:
            self.outcomes[await self._session(reader, writer)] += 1
        finally:
            self._sessions -= 1
            self._told_full = self._told_full and self._sessions > MAX_SESSIONS // 2
            writer.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        peer = writer.get_extra_info("peername")
        if not self._allowed(peer):
            log.warning("agi peer refused", peer=peer, mend="add its network to IVR_AGI_ALLOW, if it is your PBX")
            return "refused"
        try:
            async with asyncio.timeout(SESSION_SECONDS) as limit:
                environment = await read_environment(reader)
                script = environment.get("agi_network_script", "")
                endpoint = self._endpoints.get(script)
                if endpoint is None:
                    log.warning("agi route unknown", script=script[:80], known=sorted(self._endpoints))
                    return "unknown_route"
                if script in PATIENCE:
                    limit.reschedule(asyncio.get_running_loop().time() + PATIENCE[script])
                await endpoint(Session(environment, reader, writer))
                return "done"
        except TimeoutError:
            log.warning("agi session too slow", peer=peer)
            return "timeout"
        except AgiError as error:
            log.info("agi session broken", peer=peer, why=str(error))
            return "broken"
        except Exception:  # whatever it is, the next call must find us alive; the dialplan falls back for this one
            log.exception("agi session failed", peer=peer)
            return "failed"

    def _allowed(self, peer: tuple[str, int] | None) -> bool:
        return peer is not None and _among(peer[0], self._allow)


@lru_cache(maxsize=256)
def _among(host: str, networks: tuple[Network, ...]) -> bool:
    address = ipaddress.ip_address(host)
    return any(address in network for network in networks)
