"""What lies in the folder where somebody starts `ivr` is not run, whatever its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ivr
from ivr.lab.sample_customers import PATH as SAMPLE
from ivr.shipped_files import share

pytestmark = pytest.mark.abuse

PLANTED = "open('run', 'a').write(__name__)\n"
PROGRAMS = {
    "a snapshot": "import asyncio; from ivr.background_process import aside;"
    " assert asyncio.run(aside(len, 'abc')) == 3",
    "an import": "from ivr.store import customer_batches; customer_batches.MANY_ROWS = 1;"
    f"import sys; sys.argv[1:] = ['import', 'customers', {str(SAMPLE)!r}]; from ivr.__main__ import main; main()",
    "a replay": "from ivr.application import policy_diff; p = policy_diff._SPAWN.Process(target=len, args=('abc',));"
    "p.start(); p.join();assert p.exitcode == 0",
}


@pytest.mark.thorough
@pytest.mark.parametrize("what", PROGRAMS)
def test_a_program_in_the_current_folder_is_not_run(tmp_path: Path, what: str) -> None:
    for name in ("multiprocessing", "structlog", "pickle", "signal", "ivr"):
        (tmp_path / f"{name}.py").write_text(PLANTED)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"} | {
        "IVR_DATABASE_URL": f"sqlite:///{tmp_path}/ivr.db", "IVR_POLICY_DIR": str(share("dialplans")),
    }  # fmt: skip
    # As the command `ivr`: a program in a folder of its own, without -P, which Python would hand on.
    command = tmp_path / "bin" / "command"
    command.parent.mkdir()
    command.write_text(f"if __name__ == '__main__':\n    {PROGRAMS[what]}\n")
    done = subprocess.run(
        [sys.executable, command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert not (tmp_path / "run").exists(), (tmp_path / "run").read_text()
    assert done.returncode == 0, done.stderr


def test_every_process_of_ours_is_made_so() -> None:
    """In one place, or with -P."""
    for path in Path(ivr.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "get_context(" not in text or path.name == "processes.py", path
        assert 'sys.executable, "-' not in text or text.count("sys.executable") == text.count('sys.executable, "-P"')
