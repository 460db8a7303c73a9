"""Another user of the machine has the port of the manager interface while Asterisk is away: is told nothing."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import ivr
from ivr.errors import AmiError
from ivr.service import manager_login
from ivr.settings import Settings
from tests.wire.fake_ami import SECRET, USER, FakeAmi, running
from tests.wire.test_port_access import OTHER, as_other_user, as_root

pytestmark = pytest.mark.abuse

# Says what Asterisk says, agrees to everything, and notes what it is told.
IMPOSTOR = """
import re, socket
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
connection, _ = listening.accept()
connection.sendall(b"Asterisk Call Manager/11.0.0\\r\\n")
while data := connection.recv(4096):
    print(data, flush=True)
    for each in re.findall(rb"ActionID: (.*)\\r", data):
        connection.sendall(b"Response: Success\\r\\nActionID: " + each + b"\\r\\n\\r\\n")
print("end", flush=True)
"""


def settings(port: int, *users: str) -> Settings:
    return Settings(ami_port=port, ami_user=USER, ami_secret=SECRET, agi_users=users)


@contextlib.asynccontextmanager
async def impostor() -> AsyncIterator[tuple[int, asyncio.Future[str]]]:
    """Its port, and all that it is told."""
    process = as_other_user(IMPOSTOR)
    assert process.stdout
    try:
        port = int(await asyncio.to_thread(process.stdout.readline))
        yield port, asyncio.ensure_future(asyncio.to_thread(process.stdout.read))
    finally:
        process.kill()
        process.communicate()


@as_root
async def test_another_user_in_asterisks_place_is_told_no_secret() -> None:
    async with impostor() as (port, told):
        with pytest.raises(AmiError, match=rf"the port is that of uid {OTHER}, .* name it in IVR_AGI_USERS"):
            async with manager_login.client(settings(port)).session():
                pass
        assert (await told).strip() == "end"


@as_root
async def test_a_user_who_is_named_is_asterisks() -> None:
    async with impostor() as (port, told):
        async with manager_login.client(settings(port, str(OTHER))).session():
            pass
        assert SECRET in await told


async def test_ones_own_programs_may_be_in_between() -> None:
    """As a relay of tests."""
    async with FakeAmi() as ami, running(manager_login.client(settings(ami.port))):
        assert ami.count("Login") == 1


async def test_nobody_is_refused_whom_the_kernel_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asterisk on another machine, or in another container."""
    monkeypatch.setattr("ivr.agi.peer_user.Kernel.owner", lambda *_: None)
    async with FakeAmi() as ami, running(manager_login.client(settings(ami.port))):
        assert ami.count("Login") == 1


async def test_a_setting_that_names_nobody_tells_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.agi.peer_user.Kernel.owner", lambda *_: os.geteuid())
    async with FakeAmi() as ami:
        with pytest.raises(AmiError, match="IVR_AGI_USERS: there is no user"):
            async with manager_login.client(settings(ami.port, "nobody-of-that-name")).session():
                pass
        assert ami.raw == b""


def test_the_services_secret_is_used_in_no_other_way() -> None:
    package = Path(ivr.__file__).parent
    using = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "settings.ami_secret" in path.read_text(encoding="utf-8")
    }
    assert using == {"service/manager_login.py"}
