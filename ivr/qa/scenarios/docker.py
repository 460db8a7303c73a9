"""Docker as a program to run: its commands, one compose project of our own, and connections into containers."""

import asyncio
import contextlib
import os
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import LabError
from ivr.lab.lab import AMI

PYTHON = "/opt/segment-ivr/bin/python"  # Dockerfile
_NETWORKS = range(1, 200)
_END_SECONDS = 15.0  # for a command that was told to end
_PIECE = 65536


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: bytes
    errors: bytes

    @property
    def text(self) -> str:
        """The output as text."""
        return self.out.decode("utf-8", "replace")

    @property
    def why(self) -> str:
        """The last line of what it complained of."""
        lines = (self.errors or self.out).decode("utf-8", "replace").strip().splitlines()
        return lines[-1].strip() if lines else f"exit code {self.code}"


def check_engine() -> None:
    """Raise LabError, which says what to mend, when no stack can be brought up on this machine."""
    asked = {
        ("docker", "version", "--format", "{{.Server.Version}}"): "the Docker engine does not answer",
        ("docker", "compose", "version", "--short"): "docker compose is missing: install Docker Compose 2.20 or later",
    }
    for command, wrong in asked.items():
        try:
            said = subprocess.run(command, capture_output=True, check=False, timeout=30)  # noqa: S603 - no input
        except FileNotFoundError:
            raise LabError("docker is missing: install a Docker engine with Docker Compose 2.20 or later") from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise LabError(f"docker does not work: {error}") from None
        if said.returncode:
            raise LabError(f"{wrong} ({Said(said.returncode, said.stdout, said.stderr).why})")


async def run(
    *command: str, given: bytes = b"", env: Mapping[str, str] | None = None, patience: float | None = 60
) -> Said:
    """Run a command to its end; raises LabError when it cannot be, or is not done within `patience` seconds.

    Ctrl-C does not reach it: it is for us, who end it in order.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command, env=env, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
    except OSError as error:
        raise LabError(f"{command[0]}: {(error.strerror or str(error)).lower()}") from None
    try:
        async with asyncio.timeout(patience):
            out, errors = await process.communicate(given)
    except TimeoutError:
        raise LabError(f"`{' '.join(command[:4])} …` was not done within {patience:g} s") from None
    finally:
        await _end(process)
    return Said(process.returncode or 0, out, errors)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End it, politely first: docker compose stops in order what it has begun."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_END_SECONDS):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@dataclass(slots=True)
class Project:
    """A compose project; only what has its name is ever touched. `env` has what the compose files ask for."""

    name: str
    files: Sequence[Path]
    env: Mapping[str, str] = field(repr=False)
    containers: dict[str, str] = field(default_factory=dict)  # the id of each service's

    async def compose(self, *arguments: str, patience: float | None = 60) -> Said:
        """Run `docker compose` for this project. Settings of the user's for other projects do not reach it."""
        inherited = {name: text for name, text in os.environ.items() if not name.startswith(("IVR_", "COMPOSE_"))}
        files = [part for file in self.files for part in ("--file", str(file))]
        return await run(
            "docker", "compose", "--project-name", self.name, "--project-directory", str(self.files[0].parent),
            "--env-file", os.devnull, *files, *arguments, env={**inherited, **self.env}, patience=patience,
        )  # fmt: skip

    async def find(self) -> None:
        """Learn which containers there are."""
        label, of = "com.docker.compose.service", f"label=com.docker.compose.project={self.name}"
        listed = await run("docker", "ps", "--all", "--filter", of, "--format", f'{{{{.Label "{label}"}}}} {{{{.ID}}}}')
        self.containers = dict(line.split() for line in listed.text.splitlines() if len(line.split()) == 2)

    async def inside(self, service: str, *command: str, given: bytes | None = None, patience: float = 30) -> Said:
        """Run a command in a service's container."""
        more = ("-i",) if given is not None else ()
        return await run(
            "docker", "exec", *more, self.containers[service], *command, given=given or b"", patience=patience
        )

    async def container(self, what: str, service: str, *options: str) -> None:
        """Do something to a container, as `pause`; raises LabError when Docker does not."""
        said = await run("docker", what, *options, self.containers[service])
        if said.code:
            raise LabError(f"docker {what} {service}: {said.why}")

    async def remove(self) -> None:
        """Have nothing of the project left, whatever there was of it."""
        for _ in range(2):  # what was being created when we were interrupted may come after the first time
            said = await self.compose(
                "--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "2", patience=120
            )
            await self.find()
            if not said.code and not self.containers:
                break
        images = await run("docker", "image", "ls", "--quiet", f"{self.name}-*")
        if ids := sorted(set(images.text.split())):
            await run("docker", "image", "rm", "--force", *ids)
        if said.code:
            raise LabError(
                f"docker compose down: {said.why}: `cd / && docker compose -p {self.name} down --volumes` tries again"
            )

    @contextlib.asynccontextmanager
    async def started(self, service: str, *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """A command that runs in a service's container during the block; its input ends with the block."""
        process = await asyncio.create_subprocess_exec(
            "docker", "exec", "-i", self.containers[service], *command, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield process
        finally:
            assert process.stdin is not None  # noqa: S101 - it is a pipe
            process.stdin.close()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await process.wait()
            await _end(process)


class Doors:
    """Loopback addresses on which AMI of both sides answers: each connection goes through a process in a container.

    AMI is on loopback inside the containers' network, and the carrier's believes the PBX's address only. No port of
    the stack is published for it, so what is tested is what runs.
    """

    def __init__(self, project: Project, service: str) -> None:
        self._project, self._service = project, service
        self._servers: list[asyncio.Server] = []
        self._open: set[asyncio.Task[None]] = set()

    async def open(self, hosts: Sequence[str]) -> list[str]:
        """Open a door to each of these hosts' AMI; gives the addresses. Raises LabError when none is free."""
        for number in _NETWORKS:
            addresses = [f"127.72.{number}.{host}" for host in range(1, len(hosts) + 1)]
            try:
                for address, host in zip(addresses, hosts, strict=True):
                    self._servers.append(await self._listen(address, host))
            except OSError:
                await self.close()
                continue
            return addresses
        raise LabError(
            f"no loopback address 127.72.N.1 has port {AMI} free: what else listens on it, on all addresses?"
        )

    async def close(self) -> None:
        """Close them, and end every connection."""
        for server in self._servers:
            server.close()
        self._servers.clear()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _listen(self, address: str, host: str) -> asyncio.Server:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - asyncio made one for this connection
            self._open.add(task)
            try:
                with contextlib.suppress(OSError), contextlib.closing(writer):
                    await self._relay(host, reader, writer)
            except asyncio.CancelledError:  # by close(): asyncio would report it
                return
            finally:
                self._open.discard(task)

        return await asyncio.start_server(connected, address, AMI)

    async def _relay(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = (PYTHON, "-m", "ivr.qa.relay", host, str(AMI))
        async with self._project.started(self._service, *command) as process:
            assert process.stdin is not None  # noqa: S101 - they are pipes
            assert process.stdout is not None  # noqa: S101
            ways = {asyncio.create_task(_pump(*way)) for way in ((reader, process.stdin), (process.stdout, writer))}
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_PIECE):
        writer.write(data)
        await writer.drain()
