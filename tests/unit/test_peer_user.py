"""Who holds a port, and whether two names of an address mean the same program."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.agi import peer_user
from ivr.service import app
from ivr.settings import Settings


@pytest.fixture(params=["127.0.0.1", "0.0.0.0", "::1", "::"])  # noqa: S104 - for a moment, and nobody is served
def listening(request: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    host: str = request.param
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as server:
        try:
            server.bind((host, 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        server.listen()
        yield host, server.getsockname()[1]


def ourselves() -> str:
    name = Path("/proc/self/comm").read_text(encoding="utf-8").strip()
    return f"{name} (process {os.getpid()})"


def test_a_listener_is_named_with_its_process(listening: tuple[str, int]) -> None:
    assert peer_user.holder(*listening) == ourselves()


def test_who_listens_on_all_addresses_holds_each(listening: tuple[str, int]) -> None:
    host, port = listening
    if host in ("0.0.0.0", "::"):  # noqa: S104
        assert peer_user.holder("127.0.0.1" if host == "0.0.0.0" else "::1", port) == ourselves()  # noqa: S104
    assert peer_user.holder("0.0.0.0", port) == ourselves()  # noqa: S104


def test_nobody_listens_there() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        assert peer_user.holder("127.0.0.1", bound.getsockname()[1]) == ""
    with socket.socket() as server:
        server.bind(("127.0.0.2", 0))
        server.listen()
        assert peer_user.holder("127.0.0.1", server.getsockname()[1]) == ""
    assert peer_user.holder("no such host", 1) == ""


def test_another_users_program_is_only_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        (tmp_path / "net").mkdir()
        (tmp_path / "net/tcp").write_text(Path("/proc/net/tcp").read_text(encoding="ascii"), encoding="ascii")
        (tmp_path / "17").mkdir()  # without a folder fd
        monkeypatch.setattr(peer_user, "_PROC", tmp_path)
        monkeypatch.setattr(peer_user, "_NET", tmp_path / "net")
        assert peer_user.holder("127.0.0.1", port) == "another program"
    monkeypatch.setattr(peer_user, "_NET", tmp_path / "no proc")
    assert peer_user.holder("127.0.0.1", port) == ""


@pytest.mark.parametrize(
    ("asked", "listens", "same"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("localhost", "127.0.0.1", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "0.0.0.0", True),  # noqa: S104
        ("192.0.2.7", "0.0.0.0", True),  # noqa: S104
        ("127.0.0.2", "127.0.0.1", False),
        ("192.0.2.7", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("a name.that is none", "127.0.0.1", False),
    ],
)
def test_whether_the_dialplan_reaches_the_service(asked: str, listens: str, same: bool) -> None:
    assert peer_user.same_host(asked, listens) is same


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            OSError(98, "x"),
            "another program listens there already. End that program, or set IVR_AGI_PORT to a free port",
        ),
        (OSError(13, "x"), "127.0.0.1:1 (Permission denied): check IVR_AGI_HOST and IVR_AGI_PORT"),
        (
            socket.gaierror(-2, "Name or service not known"),
            "127.0.0.1:1 (Name or service not known): check IVR_AGI_HOST",
        ),
    ],
)
def test_why_the_service_cannot_listen(error: OSError, says: str) -> None:
    assert says in app._cannot_listen(Settings(agi_port=1), error)
