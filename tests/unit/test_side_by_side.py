"""Commands side by side: each is told whole, one that fails fails all, and Ctrl-C ends all."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import until

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def begun(folder: Path, *commands: str) -> Iterator[subprocess.Popen[str]]:
    """The program, in a session of its own; what it started does not outlive the test."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.side_by_side", *commands],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()
            for named in folder.glob("*.pid"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(named.read_text()), signal.SIGKILL)


def told(folder: Path, *commands: str) -> tuple[int, list[str]]:
    """The exit code, and the lines that were written."""
    with begun(folder, *commands) as program:
        said = program.communicate(timeout=20)[0]
        return program.returncode, [line for line in said.splitlines() if line]


def waits_for(file: str) -> str:
    """What a shell does until there is such a file."""
    return f"until [ -e {file} ]; do sleep 0.01; done"


def stays(name: str, ignoring: str = "") -> str:
    """What a shell does that goes on in another process until somebody ends it."""
    deaf = f"trap '' {ignoring}; " if ignoring else ""
    names_itself = f"echo $$ >{name}.new; mv {name}.new {name}.pid"
    return f"echo {name} began; {deaf}sh -c '{names_itself}; exec sleep 60'; true"


def gone(folder: Path, *names: str) -> bool:
    """Whether what stayed is no more: soon, for whoever adopts what is orphaned buries it."""
    numbers = [(folder / f"{name}.pid").read_text().strip() for name in names]
    return not any(Path("/proc", number).exists() for number in numbers)


def test_they_run_at_the_same_time_and_none_mixes_with_another(tmp_path: Path) -> None:
    code, lines = told(
        tmp_path,
        f"touch a; {waits_for('b')}; echo first",
        f"echo second begins; touch b; {waits_for('a')}; {waits_for('c')}; echo second ends >&2",
        f"{waits_for('b')}; echo third; touch c",
    )
    assert code == 0
    assert sorted(lines) == ["first", "second begins", "second ends", "third"]
    assert lines.index("second ends") == lines.index("second begins") + 1


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_one_that_fails_is_named_and_the_others_go_on(tmp_path: Path, failing: int) -> None:
    commands = [f"echo I am {n}" for n in range(3)]
    commands[failing] += "; exit 7"
    code, lines = told(tmp_path, *commands)
    assert code == 1
    assert {f"I am {n}" for n in range(3)} <= set(lines)
    assert [line for line in lines if "FAILED" in line] == [f"FAILED (7): {commands[failing]}"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_interrupts_it_ends_all(tmp_path: Path, number: signal.Signals) -> None:
    with begun(tmp_path, stays("one"), stays("two")) as program:
        until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
        program.send_signal(number)
        said = program.communicate(timeout=20)[0]
        assert program.returncode == 128 + signal.SIGINT
        until(lambda: gone(tmp_path, "one", "two"))
    assert {"one began", "two began"} <= set(said.splitlines())


def test_who_interrupts_it_again_ends_also_those_who_do_not_listen(tmp_path: Path) -> None:
    with begun(tmp_path, stays("one"), stays("deaf", ignoring="INT")) as program:
        until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
        program.send_signal(signal.SIGINT)
        until(lambda: gone(tmp_path, "one"))
        assert not gone(tmp_path, "deaf")
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=20)
        until(lambda: gone(tmp_path, "deaf"))
