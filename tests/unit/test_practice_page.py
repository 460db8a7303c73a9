"""docs/practice.md: its commands run as they stand there, in an empty folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs import ROOT

PAGE = (ROOT / "docs/practice.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    return [line.strip() for line in PAGE.splitlines() if line.startswith("    ")]


@pytest.mark.thorough
def test_the_way_from_data_to_a_call(tmp_path: Path) -> None:
    lines = [line.replace("/path/to/segment-ivr", str(ROOT)) for line in commands()]
    # `check` ends with 1 where it only warns; of what is shipped there is nothing to say.
    script = "\n".join(["set -eu", *lines])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("IVR_")}
    programs = f"{Path(sys.executable).parent}:{clean['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=clean | {"PATH": programs},
        capture_output=True,
        text=True,
        timeout=600,  # these programs let all others go first
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for said in ("premium: customer.value >= 80.0:", "segment:", "from run 1", "html: run 2"):
        assert said in done.stdout, said
    assert (tmp_path / "scores.html").stat().st_size > 10_000
    assert len(list((tmp_path / "pictures").glob("*.png"))) >= 5


def test_there_are_commands_to_run() -> None:
    assert sum(line.startswith("ivr score") for line in commands()) >= 8
