"""Processes of the lab: started with a log of their own, recognised for certain, ended for certain."""

import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from ivr import private_files

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Process:
    """A process that the lab started. `started` (clock ticks since boot) tells it from a later one of the same pid."""

    name: str
    pid: int
    started: int
    address: str
    ports: dict[str, int]
    log: str

    def alive(self) -> bool:
        """Whether it still runs (a zombie does not)."""
        return _started(self.pid) == self.started

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, to this process and no other."""
        if self.alive():
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.signal(signal.SIGKILL)
        self._gone(patience=0)

    def stop(self, patience: float = 5.0) -> None:
        """End it: politely first, by force after `patience` seconds."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        self._gone(patience)

    def _gone(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        while self.alive():
            if time.monotonic() > deadline:
                self.signal(signal.SIGKILL)
            time.sleep(0.02)
        _reap(self.pid)


def start(
    name: str,
    command: list[str],
    log: Path,
    *,
    address: str,
    ports: dict[str, int],
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    stay: bool,
) -> Process:
    """Start `command` with its output in `log`. Unless it is to `stay`, it ends with us, however we end."""
    private_files.folder(log.parent)
    with private_files.appending(log) as output:
        child = subprocess.Popen(  # noqa: S603 - the lab's own programs
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for us: we end our processes in order
            env=env,
            cwd=cwd,
            umask=private_files.UMASK,
            preexec_fn=None if stay else _die_with_parent,  # noqa: PLW1509 - one prctl call, no locks, no threads
        )
    child.returncode = 0  # we reap by pid: keeps Popen from warning about a child that outlives it
    return Process(name, child.pid, _started(child.pid) or 0, address, ports, str(log))


def _reap(pid: int) -> None:
    """Collect the exit status of a child of ours, if it has ended."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # one that a fault has stopped would never take SIGTERM


def _started(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])
