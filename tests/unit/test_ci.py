""".ci/run: each part's minutes are told, and a part that fails fails the whole."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "run"
PARTS = [line.removeprefix("part ") for line in SCRIPT.read_text(encoding="utf-8").splitlines() if line[:5] == "part "]


def run(folder: Path, failing: str = "nothing") -> subprocess.CompletedProcess[str]:
    """The script in another folder, where `make TARGET` says so and nothing else happens; one target fails."""
    programs = folder / "bin"
    programs.mkdir()
    for name in ("make", "apt-get"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*"\n[ "$*" != "{failing}" ]\n')
        (programs / name).chmod(0o755)
    copy = folder / "project/.ci/run"
    copy.parent.mkdir(parents=True)
    shutil.copy(SCRIPT, copy)
    path = f"{programs}:{os.environ['PATH']}"
    return subprocess.run([copy], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False)


def table(said: str) -> list[str]:
    """The parts in the table of minutes."""
    return [line.split(maxsplit=1)[1] for line in said.partition("\nminutes\n")[2].splitlines()]


def test_every_part_is_run_and_its_minutes_are_told(tmp_path: Path) -> None:
    ran = run(tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert {"make test", "make test-thorough", "make bench-short", "make qa", "make test-compose"} <= set(PARTS)
    assert PARTS[-1] == "newest"
    assert table(ran.stdout) == [*PARTS, "in all"]
    assert "make test-newest" in ran.stdout
    assert [line for line in ran.stdout.splitlines() if line in PARTS] == [
        part for part in PARTS if part.startswith("make ")
    ]


@pytest.mark.parametrize("failing", ["test", "qa"])
def test_a_part_that_fails_is_the_last_one_and_named(tmp_path: Path, failing: str) -> None:
    ran = run(tmp_path, failing)
    assert ran.returncode == 1
    done = PARTS[: PARTS.index(f"make {failing}")]
    assert table(ran.stdout) == [*done, f"make {failing}: FAILED", "in all"]
