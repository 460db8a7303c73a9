"""The port is never free: somebody else holds the socket, and the service comes and goes."""

import asyncio
import configparser
import contextlib
import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ivr.agi import probe, server, systemd_socket
from ivr.agi.request import AgiError
from ivr.application.doctor.examination import examine
from ivr.service import doctor
from ivr.settings import Settings
from ivr.shipped_files import share
from tests.conftest import until
from tests.wire.fake_ami import free_port
from tests.wire.test_doctor import asks, of_port

pytestmark = pytest.mark.abuse

UNITS = share("asterisk") / "systemd"
PATIENCE = 60.0  # seconds that a service may take to start on a busy machine
SYSTEMD = Path("/usr/lib/systemd/systemd")


def settings_file(folder: Path, port: int) -> Path:
    """Settings of a service that has nothing but its port: no Asterisk answers it."""
    values = {
        "database_url": f"sqlite:///{folder}/state/ivr.db", "policy_dir": str(share("dialplans")),
        "agi_port": port, "ami_port": 1,
    }  # fmt: skip
    path = folder / "ivr.toml"
    path.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items()), encoding="utf-8")
    return path


def answers(port: int, *, well: bool = False) -> bool:
    """Whether the service takes decisions; if it is to be `well`, with its database."""
    with contextlib.suppress(AgiError):
        said = asyncio.run(probe.check("127.0.0.1", port))
        return said is not None and (not well or said["database"] == "yes")
    return False


def nobody_else_can_listen(port: int) -> bool:
    """Whether a second program that tries it by every trick is refused."""
    for host in ("127.0.0.1", "0.0.0.0", "::"):  # noqa: S104 - that is what an attacker would do
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trying:
                trying.setsockopt(socket.SOL_SOCKET, option, 1)
                if ":" in host:
                    trying.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
                try:
                    trying.bind((host, port))
                    trying.listen()
                except OSError as error:
                    assert error.errno == errno.EADDRINUSE  # noqa: PT017
                    continue
                return False
    return True


class Holder:
    """Holds the socket and starts the service with it, as systemd does (sd_listen_fds(3))."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", said: int = 0) -> None:
        """`said` is the port of the settings, when it is not that of the socket."""
        self.socket = socket.create_server((host, 0), backlog=100)
        self.port: int = self.socket.getsockname()[1]
        self._settings, self._log = settings_file(folder, said or self.port), (folder / "service.log").open("ab")
        self.service: subprocess.Popen[bytes] | None = None

    def start(self, fds: str = "1") -> subprocess.Popen[bytes]:
        fd = self.socket.fileno()
        program = (
            f"import os, sys; os.dup2({fd}, 3); os.environ.update(LISTEN_FDS={fds!r}, LISTEN_PID=str(os.getpid()));"
            "os.execv(sys.executable, [sys.executable, '-m', 'ivr', 'serve'])"
        )
        self.service = subprocess.Popen(
            [sys.executable, "-c", program],
            pass_fds=(fd,), env={**os.environ, "IVR_SETTINGS": str(self._settings)}, cwd=self._settings.parent,
            stdout=self._log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return self.service

    def close(self) -> None:
        if self.service is not None and self.service.poll() is None:
            self.service.terminate()
            self.service.wait(PATIENCE)
        self.socket.close()
        self._log.close()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Holder]:
    made = Holder(tmp_path)
    yield made
    made.close()


@pytest.mark.thorough
def test_a_dead_service_leaves_its_port_to_nobody(holder: Holder) -> None:
    holder.start()
    until(lambda: answers(holder.port), PATIENCE)
    assert nobody_else_can_listen(holder.port)
    assert holder.service is not None
    holder.service.send_signal(signal.SIGKILL)
    holder.service.wait(10)
    assert nobody_else_can_listen(holder.port)
    with socket.create_connection(("127.0.0.1", holder.port)) as waiting:  # not refused: it waits for the service
        waiting.sendall(b"agi_network_script: check\n\n")
        holder.start()
        waiting.settimeout(PATIENCE)
        assert waiting.recv(100).startswith(b"VERBOSE ")
    assert answers(holder.port)


@pytest.mark.thorough
def test_a_service_that_is_stopped_leaves_its_port_to_nobody(holder: Holder) -> None:
    service = holder.start()
    until(lambda: answers(holder.port), PATIENCE)
    service.terminate()
    assert service.wait(PATIENCE) == 0
    assert nobody_else_can_listen(holder.port)
    holder.start()
    until(lambda: answers(holder.port), PATIENCE)


ELSEWHERE = "agi listens elsewhere than the settings say"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("host", "other_port"),
    [("127.0.0.1", False), ("0.0.0.0", False), ("127.0.0.1", True)],  # noqa: S104 - to see that it is told
)
async def test_a_socket_that_is_not_where_the_settings_say_is_told(tmp_path: Path, host: str, other_port: bool) -> None:
    """It is served, and the log and the doctor say so: the dialplan asks by one, the doctor by the other."""
    said = free_port() if other_port else 0
    holder = Holder(tmp_path, host, said)
    try:
        holder.start()
        await asyncio.to_thread(until, lambda: answers(holder.port, well=True), PATIENCE)
        log = (tmp_path / "service.log").read_text()
        assert (ELSEWHERE in log) == (other_port or host != "127.0.0.1")
        assert log.count(f"{host}:{holder.port}") >= 1
        settings = Settings(agi_port=said or holder.port)
        verdict = await of_port(settings)
        assert verdict.ok == (ELSEWHERE not in log)
        assert verdict.ok or "ListenStream=" in verdict.mend
        if other_port:
            verdict = await asks(f"agi://127.0.0.1:{holder.port}/route", settings, answers=False)
            assert "the service listens there: the settings say" in verdict.says
            assert "ListenStream=" in verdict.mend
    finally:
        await asyncio.to_thread(holder.close)


@pytest.mark.parametrize(
    ("listens", "says", "differs"),
    [
        (("127.0.0.1", 4577), "127.0.0.1", False),
        (("127.0.0.1", 4577), "localhost", False),
        (("0.0.0.0", 4577), "::", False),  # noqa: S104 - both are every address
        (("::1", 4577, 0, 0), "::1", False),
        (("127.0.0.1", 4573), "127.0.0.1", True),
        (("0.0.0.0", 4577), "127.0.0.1", True),  # noqa: S104
        (("127.0.0.1", 4577), "0.0.0.0", True),  # noqa: S104
        (("127.0.0.2", 4577), "127.0.0.1", True),
        (("127.0.0.1", 4577), "no.such.host.invalid", True),
    ],
)
def test_which_sockets_differ_from_the_settings(listens: tuple[str, int], says: str, differs: bool) -> None:
    class At(socket.socket):
        def getsockname(self) -> tuple[str, int]:
            return listens

    with At() as one:
        assert bool(systemd_socket.differs(one, says, 4577)) == differs


@pytest.mark.thorough
@pytest.mark.parametrize("fds", ["2", "0", "x"])
def test_a_socket_unit_that_is_not_ours_is_named(holder: Holder, tmp_path: Path, fds: str) -> None:
    assert holder.start(fds).wait(PATIENCE) == 2
    assert "ListenStream=" in (tmp_path / "service.log").read_text()


def test_a_port_that_is_taken_says_by_whom(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        path = settings_file(tmp_path, taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "ivr", "serve"], env={**os.environ, "IVR_SETTINGS": str(path)}, cwd=tmp_path,
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"process {os.getpid()}" in " ".join(done.stderr.split())


# The doctor ---------------------------------------------------------------------------------------------


async def about(port: int, folder: Path) -> doctor.Verdict:
    settings = Settings(agi_port=port, ami_port=1, database_url=f"sqlite:///{folder}/none.db")
    ports = replace(doctor.ports(settings), first_snapshot_seconds=0.1)
    (verdict,) = [each async for each in examine(ports) if each.about == "AGI"]
    return verdict


async def test_the_doctor_says_whose_the_port_is(tmp_path: Path) -> None:
    async def impostor(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'EXEC MixMonitor "/tmp/x,,id"\n')
        await reader.readline()
        writer.close()

    other = await asyncio.start_server(impostor, "127.0.0.1", 0)
    verdict = await about(other.sockets[0].getsockname()[1], tmp_path)
    assert not verdict.ok
    assert f"(uid {os.geteuid()}): " in verdict.says
    assert f"process {os.getpid()}" in verdict.says
    other.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
async def test_the_doctor_is_not_told_that_all_is_well_by_another_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import socket\n"
        "with socket.create_server(('127.0.0.1', 0)) as listening:\n"
        "    print(listening.getsockname()[1], flush=True)\n"
        "    while True:\n"
        "        asked, _ = listening.accept()\n"
        "        asked.sendall(b'VERBOSE \"ivr ok database=yes policy=x ami=yes contract=2 refused=none\" 3\\n')\n"
        "        asked.shutdown(socket.SHUT_WR)\n"
        "        asked.recv(10000)\n"
    )
    process = subprocess.Popen(  # noqa: ASYNC220 - it is read in a thread
        ["/usr/bin/env", "python3", "-I", "-c", program], user=12345, group=12345, extra_groups=[],
        stdout=subprocess.PIPE, text=True, cwd="/", env={"PATH": os.defpath},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        port = int(await asyncio.to_thread(process.stdout.readline))
        assert "uid 12345" in (await about(port, tmp_path)).says  # root is told whose it is
        monkeypatch.setattr(os, "geteuid", lambda: 4573)
        verdict = await about(port, tmp_path)
        assert not verdict.ok
        assert "not yours; the port is that of uid 12345" in verdict.says
    finally:
        process.kill()
        process.communicate()


# The units ----------------------------------------------------------------------------------------------


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, comment_prefixes="#", strict=True)
    read.optionxform = str  # type: ignore[method-assign,assignment]  # directives have capitals
    read.read(UNITS / name)
    return read


def test_the_socket_is_the_services_and_stays() -> None:
    socket_unit, service = unit("segment-ivr.socket"), unit("segment-ivr.service")
    settings = Settings()
    assert socket_unit["Socket"]["ListenStream"] == f"{settings.agi_host}:{settings.agi_port}"
    assert socket_unit["Socket"]["Backlog"] == str(server.BACKLOG)
    assert "ReusePort" not in socket_unit["Socket"]
    # A unit that systemd gives up takes the socket along, and the port would be free.
    assert socket_unit["Socket"]["TriggerLimitIntervalSec"] == service["Unit"]["StartLimitIntervalSec"] == "0"
    assert service["Service"]["Restart"] == "always"
    assert "segment-ivr.socket" in service["Unit"]["Requires"].split()
    assert "segment-ivr.socket" in service["Unit"]["After"].split()
    assert socket_unit["Install"]["WantedBy"] == "sockets.target"


def test_what_the_service_writes_is_its_own() -> None:
    service = unit("segment-ivr.service")["Service"]
    assert (service["UMask"], service["StateDirectoryMode"]) == ("0077", "0700")
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    assert service["CapabilityBoundingSet"] == ""
    assert "AF_NETLINK" in service["RestrictAddressFamilies"].split()  # or it could not ask who asks


def test_a_crash_writes_no_memory_down() -> None:
    """There are PINs in it."""
    assert unit("segment-ivr.service")["Service"]["LimitCORE"] == "0"
    stack = yaml.safe_load((UNITS.parent.parent / "docker-compose.yml").read_text())
    assert {name for name, service in stack["services"].items() if service["ulimits"] != {"core": 0}} == set()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd")
def test_systemd_has_nothing_to_say_against_the_units(tmp_path: Path) -> None:
    for file in UNITS.iterdir():
        text = file.read_text().replace("/opt/segment-ivr/bin/ivr serve", "/bin/true")
        (tmp_path / file.name).write_text(text.replace("User=segment-ivr", "User=root"))
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "segment-ivr" in line]
    assert (done.returncode, said) == (0, []), done.stderr


@pytest.mark.thorough
@pytest.mark.skipif(
    os.geteuid() != 0 or not SYSTEMD.exists() or not shutil.which("unshare"), reason="no systemd to be started here"
)
def test_a_real_systemd_keeps_the_port(tmp_path: Path) -> None:
    """The units as they ship, but for user, folders and what needs a whole machine, under a systemd of our own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    units = tmp_path / ".config/systemd/user"
    units.mkdir(parents=True)
    (tmp_path / "state").mkdir()
    own = {
        "127.0.0.1:4577": f"127.0.0.1:{port}",
        "User=segment-ivr\n": "",
        "/etc/segment-ivr/ivr.toml": str(settings_file(tmp_path, port)),
        "/opt/segment-ivr/bin/ivr serve": f"{sys.executable} -m ivr serve",
        "/var/lib/segment-ivr": str(tmp_path / "state"),
    }
    for file in UNITS.iterdir():
        text = file.read_text()
        for shipped, ours in own.items():
            text = text.replace(shipped, ours)
        # Folders of its own are what only a systemd that the machine was booted with can give a service.
        text = re.sub(r"^(Protect|Private)\w+=.*\n", "", text, flags=re.MULTILINE)
        (units / file.name).write_text(text)
    script = (
        "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/user/0 && chmod 700 /run/user/0 && "
        f"exec {SYSTEMD} --user --unit=basic.target"
    )
    manager = subprocess.Popen(
        ["unshare", "--mount", "/bin/sh", "-c", script],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": "/run/user/0"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def systemctl(*arguments: str) -> subprocess.CompletedProcess[str]:
        inside = ["nsenter", f"--target={manager.pid}", "--mount", "systemctl", "--user", *arguments]
        environment = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": "/run/user/0"}
        return subprocess.run(inside, env=environment, capture_output=True, text=True, check=False, timeout=60)

    def main_pid() -> int:
        return int(systemctl("show", "--property=MainPID", "--value", "segment-ivr.service").stdout.strip() or 0)

    try:
        deadline = time.monotonic() + 10
        while systemctl("is-system-running").stdout.strip() not in ("running", "degraded"):
            if time.monotonic() > deadline or manager.poll() is not None:
                pytest.skip("systemd cannot be started here")
            time.sleep(0.1)
        started = systemctl("start", "segment-ivr.socket")
        assert started.returncode == 0, started.stderr
        assert nobody_else_can_listen(port)
        until(lambda: answers(port), PATIENCE)  # the first who asks has it started
        for _ in range(3):
            before = main_pid()
            os.kill(before, signal.SIGKILL)
            assert nobody_else_can_listen(port)
            until(lambda before=before: main_pid() not in (0, before), PATIENCE)  # type: ignore[misc]
            assert nobody_else_can_listen(port)
        until(lambda: answers(port), PATIENCE)
    finally:
        systemctl("stop", "segment-ivr.socket", "segment-ivr.service")
        systemctl("exit")
        with contextlib.suppress(subprocess.TimeoutExpired):
            manager.wait(10)
        manager.kill()
        manager.wait(10)
