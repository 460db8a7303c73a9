"""`ivr --version` tells what is here, and works whatever is broken."""

import os
import platform
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ivr.agi.contract import CONTRACT
from ivr.policy import texts
from ivr.shipped_files import share
from ivr.store import migrate, schema_version, versions
from ivr.store.engine import writer

POLICY = share("dialplans")


def told(folder: Path, *arguments: str, **environment: str) -> dict[str, str]:
    """The lines by their names. It ends well, without a traceback, and leaves no new file."""
    before = sorted(folder.rglob("*"))
    asked = subprocess.run(
        [sys.executable, "-m", "ivr", *(arguments or ["--version"])], cwd=folder, capture_output=True, text=True,
        check=False, env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment}, timeout=60,
    )  # fmt: skip
    assert (asked.returncode, asked.stderr) == (0, "")
    assert sorted(folder.rglob("*")) == before
    names = dict(line.split(maxsplit=1) for line in asked.stdout.splitlines())
    assert list(names) == ["ivr", "Python", "contract", "schema", "policy", "scoring"]
    return names


def migrated(path: Path) -> str:
    url = f"sqlite:///{path}"
    engine = writer(url)
    migrate.upgrade(engine)
    engine.dispose()
    return url


def test_the_schema_is_known_without_alembic() -> None:
    assert schema_version.known() == migrate.head()


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_all_is_told(tmp_path: Path, option: str) -> None:
    url = migrated(tmp_path / "ivr.db")
    says = told(tmp_path, option, IVR_DATABASE_URL=url, IVR_POLICY_DIR=str(POLICY))
    assert says["Python"] == platform.python_version()
    assert says["contract"] == str(CONTRACT)
    assert says["schema"] == f"{migrate.head()} (database: the same)"
    assert says["policy"].startswith(f"{texts.read(POLICY).version} (the files")
    assert says["ivr"][0].isdigit()


def test_a_published_policy_is_the_one(tmp_path: Path) -> None:
    url = migrated(tmp_path / "ivr.db")
    engine = writer(url)
    published = versions.publish(engine, "a policy", "agents", "me", "why", 1.0)
    engine.dispose()
    says = told(tmp_path, IVR_DATABASE_URL=url, IVR_POLICY_DIR=str(POLICY))
    assert says["policy"] == f"{published.version} (published)"


def test_an_older_database_is_told(tmp_path: Path) -> None:
    url = migrated(tmp_path / "ivr.db")
    with sqlite3.connect(tmp_path / "ivr.db") as file:
        file.execute("UPDATE alembic_version SET version_num = '0001'")
    file.close()
    says = told(tmp_path, IVR_DATABASE_URL=url)
    assert says["schema"].startswith(f"{migrate.head()} (database: 0001")
    assert "ivr migrate" in says["schema"]


@pytest.mark.parametrize(
    "url", ["", "sqlite:///var/ivr.db", "sqlite://", "nonsense", "postgresql://u:secret@127.0.0.1:1/x", "sqlite:////"]
)
def test_it_works_with_nothing_there(tmp_path: Path, url: str) -> None:
    says = told(tmp_path, IVR_DATABASE_URL=url)
    assert says["schema"].startswith(f"{migrate.head()} (database: none")
    assert says["policy"].startswith("none (dialplans/policy.yaml: ")
    assert "secret" not in " ".join(says.values())


@pytest.mark.parametrize("broken", ["agi_port = 0", "[", "\xff", 'policy_dir = "a\\u0000b"', "nothing = 1"])
def test_it_works_with_broken_settings(tmp_path: Path, broken: str) -> None:
    (tmp_path / "ivr.toml").write_text(broken, encoding="latin-1")
    says = told(tmp_path)
    assert says["policy"].startswith("none")


def test_it_works_beside_a_broken_lab(tmp_path: Path) -> None:
    (tmp_path / "var/lab").mkdir(parents=True)
    (tmp_path / "var/lab/lab.json").write_text("{", encoding="utf-8")
    assert "lab.json" in told(tmp_path)["policy"]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "ivr.db").write_bytes(b"x" * 5000)
    says = told(tmp_path, IVR_DATABASE_URL=f"sqlite:///{tmp_path / 'ivr.db'}")
    assert says["schema"].startswith(f"{migrate.head()} (database: none")
