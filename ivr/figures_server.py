"""Answers Prometheus over HTTP, in threads beside the calls.

Any user of this machine can connect, say nothing, and stay. The descriptors and threads that this would take are the
service's own, without which it hears of no call: so there are few places, and who stands there longest makes room.
"""

import threading
from collections.abc import Callable
from socket import SHUT_RDWR, socket
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app

MOST = 10  # connections; a collector has one, and is done in milliseconds
SECONDS = 5.0  # that a connection may say nothing, or not take its answer


class _Handler(WSGIRequestHandler):
    timeout = SECONDS

    def log_message(self, *_: Any) -> None:
        """Nobody wants to know of each request."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True  # a connection that hangs does not keep the service from ending

    def __init__(self, *arguments: Any, **more: Any) -> None:
        self._guard = threading.Lock()
        self._open: dict[Any, None] = {}  # connections, the oldest first
        super().__init__(*arguments, **more)

    def process_request(self, request: Any, client_address: Any) -> None:
        """In a thread of its own. Of too many the oldest is ended; until its thread has seen that, nobody gets in."""
        with self._guard:
            oldest = next(iter(self._open)) if len(self._open) >= MOST else None
            full = len(self._open) >= 2 * MOST
            if oldest is not None:
                self._open[oldest] = self._open.pop(oldest)  # next time it is the turn of another one
            if not full:
                self._open[request] = None
        if oldest is not None:
            _end(oldest)
        if full:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """The connection is over."""
        with self._guard:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, *_: Any) -> None:
        """A peer that went away, or said nothing: no traceback for that."""


def _end(connection: socket) -> None:
    try:
        connection.shutdown(SHUT_RDWR)
    except OSError:
        return  # it has ended


def start(host: str, port: int, registry: CollectorRegistry) -> Callable[[], None]:
    """Answer there, until what is returned is called. Raises OSError when the address is taken."""
    server = make_server(host, port, make_wsgi_app(registry), _Server, _Handler)
    thread = threading.Thread(target=server.serve_forever, name="figures", daemon=True)
    thread.start()

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return end
