"""Who may ask over FastAGI: tries of other users of the machine, and of those who are not of it."""

import asyncio
import contextlib
import errno
import ipaddress
import os
import socket
import subprocess
from collections.abc import AsyncIterator, Collection, Iterator

import pytest
from structlog.testing import capture_logs

from ivr.agi import peer_user, probe, server
from ivr.agi.peer_user import Kernel
from ivr.agi.port_access import Admission, users_who_may
from ivr.agi.refusals import Refusals
from ivr.agi.server import AgiServer
from ivr.errors import SettingError
from ivr.limits import WARN_AGAIN_SECONDS
from tests.wire.fake_ami import eventually
from tests.wire.test_agi_server import LOOPBACK, ROUTE, Running

pytestmark = pytest.mark.abuse

OTHER = 12345  # a user who has nothing to do with us
SECRET = "a-secret-of-nobody-0123456789"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")


def as_other_user(program: str, *arguments: str) -> "subprocess.Popen[str]":
    """Run a program of Python's as another user of this machine."""
    return subprocess.Popen(
        ["/usr/bin/env", "python3", "-I", "-c", program, *arguments], user=OTHER, group=OTHER, extra_groups=[],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"PATH": os.defpath}, cwd="/",
    )  # fmt: skip


async def told(program: str, *arguments: str) -> str:
    """What such a program prints."""
    process = as_other_user(program, *arguments)
    out, complaint = await asyncio.to_thread(process.communicate, timeout=60)
    assert process.returncode == 0, complaint
    return out.strip()


class Nothing(Kernel):
    """A kernel that knows nobody: the peer is on another machine, or in another network namespace."""

    def owner(self, of: peer_user.Address, to: peer_user.Address) -> int | None:
        return None


class Site(Running):
    """The server, with a door of its own."""

    def __init__(self, users: Collection[int], secret: str = "", kernel: Kernel | None = None) -> None:
        super().__init__()
        inner = self.server
        door = Admission(LOOPBACK, users, secret, kernel)
        self.server = AgiServer("127.0.0.1", 0, inner._endpoints, door, inner.refusals)

    async def ask(self, secret: str = "") -> list[str]:
        """A call's request, with a secret or without one."""
        return await probe.ask(
            "127.0.0.1", self.server.port, "route", arguments=ROUTE, caller="+442079460001", secret=secret
        )


@contextlib.asynccontextmanager
async def site(users: Collection[int], secret: str = "", kernel: Kernel | None = None) -> AsyncIterator[Site]:
    made = Site(users, secret, kernel)
    await made.server.start()
    try:
        yield made
    finally:
        await made.server.stop()


# Who is at the other end --------------------------------------------------------------------------------

PAIRS = {
    "IPv4": (socket.AF_INET, "127.0.0.1", socket.AF_INET, "127.0.0.1"),
    "IPv6": (socket.AF_INET6, "::1", socket.AF_INET6, "::1"),
    "IPv4 to a server of both": (socket.AF_INET6, "::", socket.AF_INET, "127.0.0.1"),
    "IPv4 by a socket of IPv6": (socket.AF_INET, "127.0.0.1", socket.AF_INET6, "::ffff:127.0.0.1"),
    "IPv4 by IPv6 to a server of both": (socket.AF_INET6, "::", socket.AF_INET6, "::ffff:127.0.0.1"),
}


class WithoutNetlink(Kernel):
    """As where sock_diag is not to be had."""

    def _by_netlink(self, of: bytes, to: bytes) -> None:
        raise OSError(errno.EPROTONOSUPPORT, "no such thing")


@pytest.fixture(params=[Kernel, WithoutNetlink])
def kernel(request: pytest.FixtureRequest) -> Iterator[Kernel]:
    made: Kernel = request.param()
    yield made
    made.close()


@pytest.fixture(params=list(PAIRS.values()), ids=list(PAIRS))
def ends(request: pytest.FixtureRequest) -> Iterator[tuple[socket.socket, socket.socket]]:
    """Both ends of a connection: that of a client, and that of the server."""
    family, bound, clients, address = request.param
    with socket.socket(family) as listening:
        listening.bind((bound, 0))
        listening.listen()
        with socket.socket(clients) as client:
            client.connect((address, listening.getsockname()[1]))
            accepted, _ = listening.accept()
            with accepted:
                yield client, accepted


def test_the_kernel_knows_whose_the_other_end_is(kernel: Kernel, ends: tuple[socket.socket, socket.socket]) -> None:
    client, accepted = ends
    of, to = accepted.getpeername(), accepted.getsockname()
    assert kernel.owner(of, to) == os.geteuid()
    client.shutdown(socket.SHUT_WR)
    assert kernel.owner(of, to) == os.geteuid()  # it still reads
    assert kernel.owner((of[0], of[1] ^ 1), to) is None
    assert kernel.owner(of, (to[0], to[1] ^ 1)) is None


def test_what_was_closed_is_nobodys(kernel: Kernel, ends: tuple[socket.socket, socket.socket]) -> None:
    """The kernel says `root` of it, and still delivers what was written: anybody could ask as root."""
    client, accepted = ends
    client.send(b"agi_network_script: route\n\n")
    client.close()
    assert kernel.owner(accepted.getpeername(), accepted.getsockname()) is None
    assert accepted.recv(100) == b"agi_network_script: route\n\n"


def test_who_listens_is_at_no_other_end(kernel: Kernel) -> None:
    """Asked for a connection that there is not, the kernel names a listener of that port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert kernel.owner(listening.getsockname(), ("127.0.0.1", 9)) is None


@pytest.mark.parametrize("address", ["", "x", "127.0.0.1%lo", "1.2.3", "::1%lo", "127.0.0.256"])
def test_no_address_is_an_error(kernel: Kernel, address: str) -> None:
    assert kernel.owner((address, 1), ("127.0.0.1", 2)) is None


# Another user of this machine ---------------------------------------------------------------------------

MANY = """
import socket, sys
answers = 0
for n in range(1000):
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as asking:
        try:
            asking.sendall(
                f"agi_network_script: route\\nagi_uniqueid: evil.{n}\\nagi_callerid: +44207946{n:04}\\n"
                "agi_arg_1: 1-1\\nagi_arg_2: 1000\\nagi_arg_3: 0\\nagi_arg_4: carrier\\nagi_arg_5: x\\n\\n".encode()
            )
            answers += bool(asking.recv(1))
        except ConnectionError:
            pass
print(answers)
"""


@as_root
async def test_another_user_hears_of_nobody() -> None:
    async with site({os.geteuid()}) as running:
        with capture_logs() as logs:
            assert await told(MANY, str(running.server.port)) == "0"
        assert running.server.refusals.counts == {"user": 1000}
        assert (running.customers.asked, running.journal.decisions) == ([], [])
        (line,) = [
            line for line in logs if line["event"] == "agi request refused"
        ]  # a thousand lines would fill a disk
        assert f"uid {OTHER}" in line["why"]
        assert "IVR_AGI_USERS" in line["mend"]
        await running.still_serves()


@as_root
async def test_who_says_it_and_is_gone_is_not_taken_for_root() -> None:
    gone = MANY.replace("answers += bool(asking.recv(1))", "pass")
    async with site({0, os.geteuid()}) as running:
        assert await told(gone, str(running.server.port)) == "0"
        await running.still_serves()
        await eventually(lambda: running.server.sessions == 0 and running.server.outcomes.total() == 1001)
        assert len(running.journal.decisions) == 1
        assert running.server.outcomes["done"] == 1


@as_root
async def test_a_user_who_is_named_may_ask() -> None:
    async with site(users_who_may([str(OTHER)])) as running:
        assert await told(MANY.replace("1000)", "3)"), str(running.server.port)) == "3"


@as_root
async def test_another_user_keeps_no_call_waiting() -> None:
    """810 connections that say nothing, as many as there are places: none of them is let in."""
    silent = """
import resource, socket, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (2000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
held = [socket.create_connection(("127.0.0.1", int(sys.argv[1]))) for _ in range(810)]
print("held", flush=True)
sys.stdin.read()
"""
    async with site({os.geteuid()}) as running:
        process = as_other_user(silent, str(running.server.port))
        try:
            assert process.stdout is not None
            assert await asyncio.to_thread(process.stdout.readline) == "held\n"
            await running.still_serves()
            await eventually(lambda: running.server.refusals.counts["user"] == 810)
        finally:
            process.kill()
            process.communicate()


def test_root_and_the_service_itself_may_always_ask() -> None:
    assert users_who_may([]) == users_who_may(["asterisk-is-not-here"[:8]]) - {uid_of("asterisk")} == {0, os.geteuid()}
    assert users_who_may(["4573"]) == {0, os.geteuid(), 4573}


def uid_of(name: str) -> int | None:
    import pwd  # noqa: PLC0415

    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name).pw_uid
    return None


@pytest.mark.parametrize("name", ["no-such-user-here", "65534"])
def test_a_user_who_cannot_be_known_is_named(name: str) -> None:
    with pytest.raises(SettingError, match="IVR_AGI_USERS"):
        users_who_may([name])


# A peer of whom nothing is known ------------------------------------------------------------------------


async def test_without_a_secret_nobody_from_elsewhere_is_let_in() -> None:
    async with site({os.geteuid()}, kernel=Nothing()) as running:
        assert await running.ask() == await running.ask(SECRET) == []
        assert running.server.refusals.counts == {"elsewhere": 2}
        assert running.customers.asked == []


@pytest.mark.parametrize("known", [True, False], ids=["another user", "from elsewhere"])
async def test_the_secret_lets_in(known: bool) -> None:
    async with site((), SECRET, Kernel() if known else Nothing()) as running:
        with capture_logs() as logs:
            for wrong in ("", "x", SECRET[:-1], f"{SECRET}x", SECRET.upper(), f"{SECRET}/x", f"x/{SECRET}", "ü", "/"):
                assert await running.ask(wrong) == []
            assert running.customers.asked == []
            assert "IVR_QUEUE=premium" in (await running.ask(SECRET))[0]
            assert probe.verdict(await probe.ask("127.0.0.1", running.server.port, "check", secret=SECRET))
        assert running.server.refusals.counts == {"secret": 9}
        assert SECRET not in str(logs)


async def test_whose_user_may_ask_needs_no_secret_and_may_give_it() -> None:
    async with site({os.geteuid()}, SECRET) as running:
        for given in ("", SECRET, "another"):
            assert "IVR_QUEUE=premium" in (await running.ask(given))[0]


async def test_a_secret_is_never_logged_with_a_script_that_there_is_not() -> None:
    async with site({os.geteuid()}, SECRET) as running:
        with capture_logs() as logs:
            assert await probe.ask("127.0.0.1", running.server.port, "rout", secret=SECRET) == []
        assert [line["event"] for line in logs] == ["agi route unknown"]
        assert SECRET not in str(logs)


async def test_a_network_that_is_not_allowed_is_not_asked_for_a_secret() -> None:
    door = Admission([ipaddress.IPv4Network("192.0.2.0/24")], {os.geteuid()}, SECRET)
    elsewhere = AgiServer("127.0.0.1", 0, {}, door)
    await elsewhere.start()
    try:
        assert await probe.ask("127.0.0.1", elsewhere.port, "route", secret=SECRET) == []
        assert elsewhere.refusals.counts == {"network": 1}
    finally:
        await elsewhere.stop()


# What is said about it ----------------------------------------------------------------------------------


async def test_each_kind_is_logged_once_a_minute_with_its_number() -> None:
    now = [0.0]
    async with site({os.geteuid()}, kernel=Nothing()) as running:
        running.server.refusals = Refusals(lambda: now[0])
        with capture_logs() as logs:
            for seconds in (0, 1, 1, WARN_AGAIN_SECONDS):
                now[0] += seconds
                await running.ask()
        assert [line["times"] for line in logs] == [1, 3]


async def test_the_check_says_what_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async with site({os.geteuid()}) as running:
        said = await probe.check("127.0.0.1", running.server.port)
        assert said is not None
        assert said["refused"] == "none"
        with monkeypatch.context() as away:
            away.setattr(Kernel, "owner", Nothing.owner)
            with pytest.raises(probe.NotLetError, match="IVR_AGI_USERS"):
                await probe.check("127.0.0.1", running.server.port)
        said = await probe.check("127.0.0.1", running.server.port)
        assert said is not None
        assert said["refused"] == "elsewhere:1"


# Limits by kind -----------------------------------------------------------------------------------------


async def test_who_says_nothing_makes_room_for_who_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MAX_UNREAD", 20)
    async with site({os.geteuid()}) as running:
        with capture_logs() as logs:
            silent = [await asyncio.open_connection("127.0.0.1", running.server.port) for _ in range(100)]
            await running.still_serves()
        assert [(line["event"], line["of"]) for line in logs if "full" in line["event"]] == [
            ("agi sessions full", "unread")
        ]
        await eventually(lambda: running.server.outcomes["busy"] >= 81)
        assert await asyncio.wait_for(_end(silent[0][0]), 0.5) == b""  # the one that was silent the longest
        for _, writer in silent:
            writer.close()
        await eventually(lambda: running.server.sessions == 0)


async def _end(reader: asyncio.StreamReader) -> bytes:
    with contextlib.suppress(ConnectionError):
        return await reader.read()
    return b""


async def test_callers_who_type_keep_no_call_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(server.LIMITS, "pin", 3)
    async with site({os.geteuid()}) as running:
        typing = []
        for n in range(5):
            running.calls.answered(f"1.{n}", ROUTE[0], pin=True)
            reader, writer = await asyncio.open_connection("127.0.0.1", running.server.port)
            writer.write(f"agi_network_script: pin\nagi_uniqueid: 1.{n}\nagi_arg_1: {ROUTE[0]}\n\n".encode())
            typing.append(writer)
            if n < 3:
                assert b"TIMEOUT(absolute)=20" in await asyncio.wait_for(reader.readline(), 5)
            else:
                assert await asyncio.wait_for(reader.read(), 5) == b""  # told at once
        assert running.server.outcomes["busy"] == 2
        await running.still_serves()
        for writer in typing:
            writer.close()


def test_all_places_together_leave_descriptors_for_the_rest() -> None:
    assert sum(server.LIMITS.values()) + server.MAX_UNREAD <= 1024 - 200
