"""The port of the figures: nobody who connects there keeps the collector away, or takes what calls need."""

import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, Gauge

import ivr
from ivr.service import metrics_server
from ivr.service.metrics_server import MOST
from tests.conftest import until
from tests.wire.fake_ami import free_port

pytestmark = pytest.mark.abuse


@pytest.fixture
def port() -> Iterator[int]:
    registry = CollectorRegistry()
    Gauge("one", "One", registry=registry).set(1)
    port = free_port()
    end = metrics_server.start("127.0.0.1", port, registry)
    yield port
    end()


def figures(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text: str = answer.read().decode()
        return text


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_the_figures_are_told(port: int) -> None:
    assert "\none 1.0\n" in figures(port)


@pytest.mark.thorough
@pytest.mark.parametrize("says", [b"", b"GET /metrics HTTP/1.1\r\nX: "])
def test_who_connects_and_stays_takes_few_places(port: int, says: bytes) -> None:
    before = descriptors()
    threads = threading.active_count()
    with ExitStack() as stack:
        many = 20 * MOST
        for _ in range(many):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            with suppress(OSError):  # it is ended already
                connection.sendall(says)
        until(lambda: descriptors() - before - many <= MOST)
        assert threading.active_count() - threads <= MOST
        assert "\none 1.0\n" in figures(port)  # for whoever speaks there is a place at once
    until(lambda: descriptors() <= before)


def test_who_says_nothing_for_long_is_let_go(
    port: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(metrics_server._Handler, "timeout", 0.1)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        assert connection.recv(1) == b""
    assert capfd.readouterr().err == ""


def test_the_service_has_no_other_way_to_tell_them() -> None:
    """The library's own server has as many threads as there are connections."""
    package = Path(ivr.__file__).parent
    assert not [path for path in package.rglob("*.py") if "start_http_server" in path.read_text(encoding="utf-8")]
