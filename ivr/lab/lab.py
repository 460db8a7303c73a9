"""One lab: its addresses, its folders, its processes."""

import dataclasses
import fcntl
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ivr import private_files
from ivr.errors import LabError
from ivr.lab import configuration, processes, sample_history
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.processes import Process
from ivr.lab.state import HTTP, LabState, load
from ivr.policy import loader
from ivr.service.installation import LAB_CLOCK
from ivr.shipped_files import share

SIP, AMI, AGI = 5060, 5038, 4577
_LABS = range(1, 200)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST_SOCKET_PATH = 90  # of 107: asterisk.ctl lies in the run folder
HISTORY = "history"  # the folder of what the sample customers did


class Lab:
    """Brings a lab up and down. With `stay` its processes outlive this one; otherwise they end with it."""

    def __init__(
        self,
        home: Path,
        install: AsteriskInstall,
        *,
        stay: bool,
        policy_dir: Path | None = None,
        clock: Path | None = None,
        database_url: str | None = None,
        all_events: bool = True,
    ) -> None:
        """`policy_dir` holds the admin's files; `clock` a file that sets the time at which the service decides.

        `database_url` is for another database than a SQLite file in the lab's folder.
        Without `all_events`, Asterisk makes those only that are made where no tests are.
        """
        self._all_events = all_events
        self.home, self.install, self._stay, self._clock = home.resolve(), install, stay, clock
        self._database_url = database_url or f"sqlite:///{self.home}/ivr.db"
        self.policy_dir = (policy_dir or share("dialplans")).resolve()
        self._claim: int | None = None
        self.state = load(home) or self._new_state()

    def up(self, say: Callable[[str], None] = lambda _: None) -> LabState:
        """Start what does not run yet, and wait until it answers; raises LabError with the log's last lines."""
        self.prepare()
        start: dict[str, Callable[[], object]] = {
            "carrier": lambda: self._asterisk("carrier", self.state.carrier),
            "asterisk": lambda: self._asterisk("asterisk", self.state.pbx),
            "service": self.start_service,
        }
        was_up = any(p.name == "asterisk" and p.alive() for p in self.state.processes)
        for name, begin in start.items():
            if not any(p.name == name and p.alive() for p in self.state.processes):
                say(f"starting {name}")
                begin()
        self._wait_for_asterisk("carrier")
        self._wait_for_asterisk("asterisk")
        self._release()  # the addresses are visibly taken now
        if was_up:
            self.cli("module reload res_pjsip.so")  # phones of agents who are new in agents.yaml
        return self.state

    def start_service(
        self,
        settings: Mapping[str, str] | None = None,
        *,
        module: Sequence[str] = (),
        log: Path | None = None,
    ) -> Process:
        """Start the routing service, if it does not run (also after it was killed).

        `settings` are further variables of its environment, `module` another way to run it, `log` another log.
        """
        usual = ("ivr.lab.serve",) if self._clock else ("ivr", "serve")
        for process in self.state.processes:
            if process.name == "service" and process.alive():
                return process
        command = [sys.executable, "-P", "-m", *(module or usual)]
        env = {name: value for name, value in os.environ.items() if not name.startswith("IVR_")}
        env["IVR_SETTINGS"] = str(self.state.settings_file)
        env.update({LAB_CLOCK: str(self._clock)} if self._clock else {})
        env.update(settings or {})
        return self._keep(
            processes.start(
                "service", command, log or self.home / "log/service.log",
                address=self.state.pbx, ports={"agi": AGI}, env=env, stay=self._stay,
            )
        )  # fmt: skip

    def renew_phones(self) -> None:
        """Have Asterisk know the phones of agents.yaml as it is now."""
        self.prepare()
        self.cli("module reload res_pjsip.so")

    def restart_asterisk(self) -> None:
        """Stop the PBX and start it again."""
        self.state.process("asterisk").stop()
        self._asterisk("asterisk", self.state.pbx)
        self._wait_for_asterisk("asterisk")

    def down(self) -> None:
        """End every process of the lab."""
        end(self.state)
        self._release()

    def cli(self, command: str, which: str = "asterisk") -> str:
        """What Asterisk's own command line answers, e.g. to `queue show`."""
        return cli(self.state, command, which)

    def _asterisk(self, name: str, address: str) -> Process:
        conf = _home_of(self.state, name) / "etc/asterisk.conf"
        command = [*self.install.asterisk, "-C", str(conf), "-f"]
        log = self.home / f"log/{name}.log"
        ports = {"sip": SIP, "ami": AMI, **({"http": HTTP} if name == "carrier" else {})}
        # A proxy of this machine knows nothing of the lab's addresses: certificates are fetched without it.
        env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return self._keep(processes.start(name, command, log, address=address, ports=ports, env=env, stay=self._stay))

    def _keep(self, process: Process) -> Process:
        others = [p for p in self.state.processes if p.name != process.name]
        self.state = dataclasses.replace(self.state, processes=[*others, process])
        _save(self.state)
        return process

    def _wait_for_asterisk(self, name: str, patience: float = 30) -> None:
        deadline = time.monotonic() + patience
        while "fully booted" not in self.cli("core waitfullybooted", name):
            if not self.state.process(name).alive():
                raise LabError(f"{name} did not start: {tail(Path(self.state.process(name).log), 3)}")
            if time.monotonic() > deadline:
                raise LabError(f"{name} was not ready within {patience:.0f} s: see {self.state.process(name).log}")
            time.sleep(0.05)

    def prepare(self) -> None:
        """Write the configuration of Asterisk, the carrier and the service."""
        private_files.folder(self.home)
        state = self.state
        agents = loader.load(self.policy_dir).agents
        authority = state.authority
        authority.ensure()
        shared = {
            "PBX": state.pbx,
            "CARRIER": state.carrier,
            "LOCAL": state.pbx,
            "QA_FROM": "127.0.0.0/255.0.0.0",
            "DIALPLANS": state.policy_dir,
            "AMI_SECRET": state.ami_secret,
            "QA_SECRET": state.qa_secret,
            "SIGNED": "yes",
            "UNSIGNED": "no",
            "ROOT": str(authority.root),
            "SIGNING_KEY": str(authority.key),
            "SIGNING_URL": authority.url,
            "PHONES": configuration.phones(agents, state.carrier),
        }
        for kind in ("pbx", "carrier"):
            run = {"RUN": state.run_dirs[kind], "NAME": f"{kind}{state.number}"}
            configuration.write(
                kind,
                self.home / kind,
                self.install,
                {**shared, **run},
                all_events=self._all_events,
            )
        shutil.copy(authority.certificate, self.home / "carrier/data" / configuration.STATIC)
        service = self._settings_of_service()
        lines = (f"{name} = {json.dumps(value)}\n" for name, value in service.items())  # JSON's values are TOML's
        # Not a table of their own: whoever adds a setting adds it at the end.
        places = self._history().items()
        sources = (f"score_sources.{name} = {json.dumps(place)}\n" for name, place in places)
        private_files.write(state.settings_file, "".join((*lines, *sources)))

    def _settings_of_service(self) -> dict[str, object]:
        """Return what the service's settings file says."""
        return {
            "database_url": self._database_url,
            "snapshot_path": f"{self.home}/snapshot.db",
            "queue_log": f"{self.home}/pbx/log/queue_log",
            "live_socket": f"{self.home}/live.sock",
            "policy_dir": self.state.policy_dir,
            "agi_host": self.state.pbx,
            "agi_port": AGI,
            "ami_host": self.state.pbx,
            "ami_port": AMI,
            "ami_user": "ivr",
            "ami_secret": self.state.ami_secret,
            "sounds_dir": f"{self.home}/pbx/data/sounds/en",
        }

    def _history(self) -> dict[str, str]:
        """Return where the sources of scores lie, once `ready.import_sample` has written them."""
        return {name: f"{self.home}/{HISTORY}/{name}.csv" for name in sample_history.COLUMNS}

    def _new_state(self) -> LabState:
        # Until this lab's Asterisk listens, its number looks free to another one that is being started.
        self._claim = _one_at_a_time()
        number = free_number()
        run_dirs = {kind: self._run_dir(kind) for kind in ("pbx", "carrier")}
        return LabState(
            home=str(self.home), number=number, pbx=f"127.71.{number}.1", carrier=f"127.71.{number}.2",
            policy_dir=str(self.policy_dir), ami_secret=secrets.token_hex(16), qa_secret=secrets.token_hex(16),
            asterisk=self.install.asterisk, version=self.install.version,
            sipp=list(self.install.sipp) if self.install.sipp else None, run_dirs=run_dirs, processes=[],
        )  # fmt: skip

    def _release(self) -> None:
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None

    def _run_dir(self, kind: str) -> str:
        path = self.home / kind / "run"
        return str(path) if len(str(path)) < _LONGEST_SOCKET_PATH else tempfile.mkdtemp(prefix="ivr-lab-")


def end(state: LabState) -> None:
    """End every process of a lab: the service first, so that it does not see the others go."""
    for name in ("service", "asterisk", "carrier"):
        for process in state.processes:
            if process.name == name:
                process.stop()
    for folder in state.run_dirs.values():
        if not Path(folder).is_relative_to(state.home):
            shutil.rmtree(folder, ignore_errors=True)
    (Path(state.home) / "lab.json").unlink(missing_ok=True)


def cli(state: LabState, command: str, which: str = "asterisk") -> str:
    """What the command line of the lab's Asterisk (or its carrier) answers; empty when it does not run."""
    return cli_of(state.asterisk, _home_of(state, which) / "etc/asterisk.conf", command)


def cli_of(asterisk: Sequence[str], conf: Path, command: str) -> str:
    """What the command line of the Asterisk with this asterisk.conf answers; empty when it does not run."""
    program = [*asterisk, "-C", str(conf), "-rx", command]
    told = subprocess.run(program, capture_output=True, text=True, check=False).stdout  # noqa: S603 - our Asterisk
    return _COLOURS.sub("", told)


def _home_of(state: LabState, name: str) -> Path:
    return Path(state.home) / ("pbx" if name == "asterisk" else name)


def _save(state: LabState) -> None:
    private_files.write(Path(state.home) / "lab.json", json.dumps(dataclasses.asdict(state), indent=2))


def _one_at_a_time() -> int:
    """Wait until no other lab of this machine chooses its addresses; an open file that is to be closed then."""
    path = Path(tempfile.gettempdir()) / "segment-ivr-lab.lock"
    if not path.exists():
        path.touch()
        path.chmod(0o644)  # every user's labs wait for each other
    claim = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    fcntl.flock(claim, fcntl.LOCK_EX)
    return claim


def free_number() -> int:
    """The first lab number whose addresses nobody uses."""
    for number in _LABS:
        if all(_is_free(f"127.71.{number}.{host}") for host in (1, 2)):
            return number
    raise LabError("no free loopback address is left: `ivr lab down` ends labs that are no longer needed")


def _is_free(address: str) -> bool:
    try:
        for port, kind in ((AMI, socket.SOCK_STREAM), (AGI, socket.SOCK_STREAM), (SIP, socket.SOCK_DGRAM)):
            with socket.socket(socket.AF_INET, kind) as probe:
                if kind == socket.SOCK_STREAM:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
    except OSError:
        return False
    return True


def tail(path: Path, lines: int) -> str:
    """The last lines of a log."""
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return " / ".join(text.strip().splitlines()[-lines:]) or "its log is empty"
