"""What commands import: each of these libraries takes longer than the whole of `ivr health`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recorded_calls import record_one

POLICY = {"cel_expr_python", "phonenumbers", "yaml"}
STORE = {"sqlalchemy"}
SERVERS = {"sqlalchemy.dialects.postgresql"}  # in a site that has none
SERVICE = {"aiohttp", "alembic", "argon2", "cryptography", "panoramisk", "prometheus_client", "structlog", "uvloop"}
LINE = {"pydantic", "rich", "typer"}  # what the command line itself is made of; typer brings the others
LAB = {"ivr.service.app", "ivr.lab.lab", "ivr.qa"}
SCORING = {"duckdb", "numpy", "sqlglot", "ivr.policy.scoring.loader", "ivr.warehouse"}
ALL = POLICY | STORE | SERVICE | LAB | {"ivr.policy.loader"}
LOOP = {"asyncio"}
RECORDED = "pbx-1763900000.12"

# Exit code, and what must not have been imported.
COMMANDS = [
    ("policy check nothing", 2, SCORING),
    ("score --help", 0, ALL | SCORING),
    ("score check nothing", 2, {"duckdb", "numpy"} | STORE | SERVICE | LAB),
    ("health", 1, ALL | LINE | SCORING),
    ("health --help", 0, ALL),
    ("--help", 0, ALL | SCORING),
    ("policy --help", 0, ALL),
    ("qa", None, ALL),
    ("nonsense", 2, ALL),
    ("--version", 0, ALL),
    ("pin unlock nobody", 2, POLICY | SERVERS | (SERVICE - {"argon2", "structlog"}) | LAB | {"ivr.policy.loader"}),
    ("calls", 0, ALL | LOOP),
    ("explain nobody", 2, ALL | LOOP),
    (f"explain {RECORDED}", 0, STORE | SERVICE | LAB | LOOP),  # it decides again, with the policy of then
]
PROGRAM = """
import sys
from ivr.__main__ import main
try:
    main()
finally:
    print("IMPORTED", *sys.modules)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("light")
    record_one(f"sqlite:///{home}/ivr.db", RECORDED)
    return home


@pytest.mark.thorough
@pytest.mark.parametrize(("command", "code", "not_needed"), COMMANDS, ids=[each[0] for each in COMMANDS])
def test_commands_import_what_they_need(place: Path, command: str, code: int | None, not_needed: set[str]) -> None:
    environment = {
        "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "IVR_DATABASE_URL": f"sqlite:///{place}/ivr.db",
        "IVR_AGI_PORT": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command.split()], cwd=place, env=environment, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    imported = set(done.stdout.rpartition("IMPORTED ")[2].split())
    assert "ivr.__main__" in imported, done.stderr
    assert code in (None, done.returncode), done.stderr
    assert not not_needed & imported


@pytest.mark.parametrize("module", ["ivr.service.app", "ivr.service.classic_agi"])
def test_what_answers_calls_does_without_what_makes_scores(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert module in done.stdout.split()
    assert not SCORING & set(done.stdout.split())
