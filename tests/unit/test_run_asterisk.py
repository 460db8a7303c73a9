"""The containers' Asterisk: whatever agents.yaml says, the trunk is loaded, and nothing hangs."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr import asterisk_config
from ivr.domain.agent_interfaces import OWN_SECTIONS
from ivr.shipped_files import share
from tests.conftest import until

pytestmark = pytest.mark.abuse

COUNTED = '#!/bin/sh\necho >>{log}\nPATH=${{PATH#*:}} exec {name} "$@"\n'
LOOKS = 3  # of which one looks at the logs
ASTERISK = '#!/bin/sh\n[ "$1" = -f ] && exec sleep 60\necho "$2" >>{log}\n'
SIGNED = "agents:\n  - {{name: Anna, interface: {0}}}\n"


class Container:
    """run-asterisk on this machine, with folders of its own and a program in Asterisk's place."""

    def __init__(self, folder: Path) -> None:
        self.etc, self.dialplans, self.told = folder / "etc", folder / "dialplans", folder / "told"
        self.logs = folder / "log"
        self.agents, self.commands = self.dialplans / "agents.yaml", folder / "commands"
        for each in (self.etc, self.logs, folder / "bin"):
            each.mkdir()
        shutil.copytree(share("dialplans"), self.dialplans)
        script = (share("asterisk") / "bin" / "run-asterisk").read_text()
        for old, new in {
            "/usr/share/segment-ivr/asterisk": share("asterisk"),
            "dialplans=/etc/segment-ivr/dialplans": f"dialplans={self.dialplans}",
            "etc=/etc/asterisk": f"etc={self.etc}",
            "logs=/var/log/asterisk": f"logs={self.logs}",
            "\npause=1  ": "\npause=0.05",
            "\ntidy_every=60  ": f"\ntidy_every={LOOKS}",
        }.items():
            assert script.count(old) == 1
            script = script.replace(old, str(new))
        self._counts = folder / "counts"
        self._counts.mkdir()
        for name, text in (
            ("run-asterisk", script),
            ("asterisk", ASTERISK.format(log=self.commands)),
            *((name, COUNTED.format(log=self._counts / name, name=name)) for name in ("find", "getent")),
        ):
            (folder / "bin" / name).write_text(text)
            (folder / "bin" / name).chmod(0o755)
        self.env = {
            **os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "IVR_AMI_SECRET": "a",
            "IVR_PEER": "127.0.0.1",
        }  # fmt: skip
        self._program = folder / "bin" / "run-asterisk"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.told.open("wb") as told:
            self.process = subprocess.Popen([self._program], env=self.env, stderr=told, start_new_session=True)
        until(lambda: (self.etc / "pjsip.conf").exists() and (self.etc / "voicemail.conf").exists())

    def fails(self) -> str:
        """What it says when it does not start."""
        run = subprocess.run([self._program], env=self.env, capture_output=True, text=True, check=False, timeout=20)
        assert run.returncode == 1
        return run.stderr

    def pjsip(self) -> str:
        return (self.etc / "pjsip.conf").read_text()

    def said(self) -> str:
        """What Asterisk was told to do."""
        return self.commands.read_text() if self.commands.exists() else ""

    def runs(self, name: str) -> int:
        """How often a program was run, `find` or `getent`."""
        log = self._counts / name
        return len(log.read_bytes()) if log.exists() else 0

    def look(self) -> None:
        """Wait until it has begun to look once more."""
        last = (self.etc / ".agents").stat().st_mtime_ns
        until(lambda: (self.etc / ".agents").stat().st_mtime_ns != last)

    def stop(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ami_users(self) -> set[str]:
        return set(
            re.findall(r"^\[(\w+)\]", "".join(p.read_text() for p in self.etc.glob("manager*.conf")), re.MULTILINE)
        )


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    made = Container(tmp_path)
    yield made
    made.stop()


def put(path: Path, text: str) -> None:
    new = path.with_name("new")
    new.write_text(text)
    new.replace(path)


def test_an_agent_who_is_added_has_a_phone(container: Container) -> None:
    container.start()
    assert "[anna](phone)" in container.pjsip()
    put(container.agents, "agents:\n  - {name: Eva, interface: 'PJSIP/eva', skills: {premium: 5}}\n")
    until(lambda: "[eva](phone)\naors = eva\n" in container.pjsip())
    assert "[anna]" not in container.pjsip()
    until(lambda: container.commands.exists() and "module reload res_pjsip.so" in container.commands.read_text())


def test_phones_are_numbers_or_have_capitals_dots_and_dashes(container: Container) -> None:
    container.start()
    names = ("201", "Front.Desk-2", "7b_cleo")
    agents = [f"  - {{name: {name}, interface: PJSIP/{name}}}\n" for name in names]
    put(container.agents, f"agents:\n{''.join(agents)}")
    phones = [f"[{name}](phone)\naors = {name}\n" for name in names]
    until(lambda: all(phone in container.pjsip() for phone in phones))


@pytest.mark.parametrize(
    "interface",
    [
        "PJSIP/Carrier",
        "PJSIP/0090012345@carrier",
        *(
            pytest.param(name, marks=pytest.mark.thorough)
            for name in ("PJSIP/carrier", "PJSIP/phone", "PJSIP/udp", "PJSIP/SYSTEM", "PJSIP/")
        ),
    ],
)
def test_a_name_that_is_no_phone_changes_nothing_and_is_told_once(container: Container, interface: str) -> None:
    container.start()
    before = container.pjsip()
    put(container.agents, SIGNED.format(interface))
    until(lambda: "phones stay as they are" in container.told.read_text())
    put(container.agents, SIGNED.format(interface) + "# again\n")
    container.look()
    container.look()
    assert container.pjsip() == before
    assert container.told.read_text().count("phones stay") == 1


def test_a_container_that_starts_with_such_a_file_has_its_trunk(container: Container) -> None:
    put(container.agents, SIGNED.format("PJSIP/carrier"))
    container.start()
    assert container.pjsip().count("\n[carrier]\n") == 3  # endpoint, AOR and address, as in the template
    assert "(phone-aor)" not in container.pjsip().replace("[phone-aor](!)", "")


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["fifo", "link", "folder", "huge", "missing"])
def test_no_kind_of_file_holds_it_up(container: Container, tmp_path: Path, kind: str) -> None:
    container.start()
    before = container.pjsip()
    container.agents.unlink()
    if kind == "fifo":
        os.mkfifo(container.agents)
    elif kind == "link":
        (tmp_path / "secret").write_text("interface: PJSIP/eve\n")
        container.agents.symlink_to(tmp_path / "secret")
    elif kind == "folder":
        container.agents.mkdir()
    elif kind == "huge":
        with container.agents.open("wb") as file:
            file.truncate(1 << 40)
    until(lambda: "phones stay as they are" in container.told.read_text())
    assert container.pjsip() == before
    if container.agents.is_dir():
        container.agents.rmdir()
    put(container.agents, SIGNED.format("PJSIP/eva"))
    until(lambda: "[eva](phone)" in container.pjsip())


@pytest.mark.parametrize("qa", [None, "", "no"])
def test_the_user_of_test_calls_is_not_there_by_itself(container: Container, qa: str | None) -> None:
    container.env |= {"IVR_QA_SECRET": "b"} if qa is None else {"IVR_QA_SECRET": "b", "IVR_QA": qa}
    container.start()
    assert container.ami_users() == {"general", "ivr"}
    assert (container.etc / "manager_events.conf").exists()
    assert "secret = b" not in "".join(path.read_text() for path in container.etc.glob("*.conf"))


def test_the_user_of_test_calls_is_there_where_tests_are(container: Container) -> None:
    container.env |= {"IVR_QA_SECRET": "b", "IVR_QA": "yes"}
    container.start()
    assert container.ami_users() == {"general", "ivr", "qa"}
    assert f'#tryinclude "{container.etc}/manager_qa.conf"' in (container.etc / "manager.conf").read_text()
    assert "secret = b\n" in (container.etc / "manager_qa.conf").read_text()
    assert not (container.etc / "manager_events.conf").exists()


@pytest.mark.parametrize(
    ("given", "says"), [({"IVR_QA": "yes"}, "IVR_QA_SECRET is not set"), ({"IVR_QA": "on"}, "IVR_QA is on: write yes")]
)
def test_a_half_given_user_of_test_calls_is_told(container: Container, given: dict[str, str], says: str) -> None:
    container.env |= given
    assert says in container.fails()


def test_the_reserved_names_are_those_of_the_shipped_sections() -> None:
    shipped = share("asterisk") / "pbx" / "pjsip.conf"
    assert set(asterisk_config.read(shipped).sections) == OWN_SECTIONS


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["messages", "queue_log"])
def test_a_log_that_has_grown_makes_way(container: Container, name: str) -> None:
    container.start()
    (container.logs / name).write_bytes(b"x" * 19_000_000)
    for _ in range(2 * LOOKS):
        container.look()
    assert "logger rotate" not in container.said()
    for number in range(12):
        (container.logs / f"{name}.{number}").touch()
    with (container.logs / name).open("ab") as log:
        log.truncate(21_000_000)
    until(lambda: "logger rotate" in container.said())
    eight = {f"{name}.{number}" for number in range(8)}
    until(lambda: {path.name for path in container.logs.glob("*.*")} == eight)


def test_the_logs_are_not_looked_at_each_time(container: Container) -> None:
    """They are found by `find`; each look at the other side asks `getent` for its address."""
    container.start()
    until(lambda: container.runs("find") >= 3)
    finds = container.runs("find")
    assert finds <= container.runs("getent") / LOOKS + 1


def test_no_program_is_started_with_a_secret(container: Container) -> None:
    """What a program is started with, every user of the machine can read, also outside the container."""
    words = set(re.findall(r"[a-z]{2,}", (share("asterisk") / "bin" / "run-asterisk").read_text()))
    programs = {name: found for name in words if (found := shutil.which(name))}
    assert {"sed", "cat", "mv", "grep"} <= programs.keys()
    started = container.etc.parent / "started"
    for name, path in programs.items():
        if not (container.etc.parent / "bin" / name).exists():
            wrapper = container.etc.parent / "bin" / name
            wrapper.write_text(f'#!/bin/sh\necho "{name} $*" >>{started}\nexec {path} "$@"\n')
            wrapper.chmod(0o755)
    container.env |= {"IVR_AMI_SECRET": "secret-of-the-service", "IVR_QA_SECRET": "secret-of-tests", "IVR_QA": "yes"}
    container.start()
    container.look()
    assert "secret = secret-of-the-service\n" in (container.etc / "manager.conf").read_text()
    assert "sed " in started.read_text()
    assert "secret-of-" not in started.read_text()
