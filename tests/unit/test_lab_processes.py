"""Processes of the lab end with whoever started them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import until

STARTS_ONE = """
import os, signal, sys
from pathlib import Path
from ivr.lab import processes
child = processes.start("x", ["sleep", "3600"], Path(sys.argv[1]), address="", ports={}, stay=False)
if sys.argv[2] == "stopped":
    child.signal(signal.SIGSTOP)
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_one_that_is_not_to_stay_ends_also_when_its_parent_is_killed(tmp_path: Path, state: str) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", STARTS_ONE, str(tmp_path / "log"), state], capture_output=True, text=True, check=False
    )
    pid = int(parent.stdout)
    try:
        until(lambda: not _alive(pid))
    finally:
        if _alive(pid):
            os.kill(pid, signal.SIGKILL)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
