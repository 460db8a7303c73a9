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
    request_queue_size = 128  # of five, many who come at once make a collector wait a second for its next try

    def __init__(self, *arguments: Any, **more: Any) -> None:
        self._guard = threading.Lock()
        self._open: dict[Any, threading.Thread] = {}  # connections, the oldest first
        super().__init__(*arguments, **more)

    def process_request(self, request: Any, client_address: Any) -> None:
        """In a thread of its own. Where all places are taken, the oldest connection is ended first."""
        if not self._make_room():
            self.shutdown_request(request)
            return
        arguments = request, client_address
        thread = threading.Thread(target=self.process_request_thread, args=arguments, daemon=self.daemon_threads)
        with self._guard:
            self._open[request] = thread
        thread.start()

    def _make_room(self) -> bool:
        with self._guard:
            oldest, thread = next(iter(self._open.items())) if len(self._open) >= MOST else (None, None)
        if oldest is None or thread is None:
            return True
        _end(oldest)
        thread.join(SECONDS)  # it hears of it at once
        return not thread.is_alive()

    def shutdown_request(self, request: Any) -> None:
        """The connection is over."""
        super().shutdown_request(request)
        with self._guard:
            self._open.pop(request, None)

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
