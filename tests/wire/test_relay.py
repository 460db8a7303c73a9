"""The relay through which AMI of containers is reached, against real sockets."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.errors import LabError
from ivr.lab.lab import AMI
from ivr.qa.scenarios import docker
from ivr.qa.scenarios.docker import Doors, Project


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.closing(writer):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


async def relay(port: int) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ivr.qa.relay", "127.0.0.1", str(port), stdin=pipe, stdout=pipe, stderr=pipe
    )


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_what_goes_in_comes_out_and_the_end_of_input_is_the_end(port: int) -> None:
    process = await relay(port)
    sent = bytes(range(256)) * 8000
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(sent)
    assert await asyncio.wait_for(process.stdout.readexactly(len(sent)), 20) == sent
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_it_ends_when_the_other_side_does() -> None:
    async def goodbye(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"bye")
        writer.close()

    async with await asyncio.start_server(goodbye, "127.0.0.1", 0) as server:
        process = await relay(server.sockets[0].getsockname()[1])
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.read(), 20) == b"bye"
        assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_nobody_there_is_one_line() -> None:
    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        free = server.sockets[0].getsockname()[1]
    process = await relay(free)
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert errors.decode() == f"127.0.0.1:{free}: Connection refused\n"


@dataclass(slots=True)
class Here(Project):
    """A project whose containers are this machine: `docker exec -i ID` is left out of what is run."""

    @contextlib.asynccontextmanager
    async def started(self, service: str, *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
        assert command[:4] == (docker.PYTHON, "-m", "ivr.qa.relay", "there")
        process = await relay(int(self.env["PORT"]))
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()


def doors(port: int, files: Sequence[Path] = ()) -> Doors:
    return Doors(Here("x", files, {"PORT": str(port)}), "qa")


async def test_each_connection_to_a_door_is_one_there(port: int) -> None:
    one, other = doors(port), doors(port)
    (first,), (second,) = await one.open(["there"]), await other.open(["there"])
    assert first != second
    connections = [await asyncio.open_connection(host, AMI) for host in (first, first, second)]
    for number, (reader, writer) in enumerate(connections):
        writer.write(b"%d" % number)
        assert await asyncio.wait_for(reader.read(1), 20) == b"%d" % number
    connections[0][1].close()  # the others do not mind
    connections[1][1].write(b"x")
    assert await asyncio.wait_for(connections[1][0].read(1), 20) == b"x"
    for each in (one, other):
        await each.close()
    assert await asyncio.wait_for(connections[1][0].read(), 10) == b""
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(first, AMI)
    for _, writer in connections:
        writer.close()


async def test_no_free_address_is_said_in_a_sentence(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docker, "_NETWORKS", range(198, 199))
    taken, late = doors(port), doors(port)
    await taken.open(["there"])
    try:
        with pytest.raises(LabError, match="no loopback address"):
            await late.open(["there"])
    finally:
        await taken.close()
