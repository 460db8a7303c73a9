"""Files of ours are their owner's alone, whatever the umask was and whatever an older version left."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import structlog

from ivr import private_files
from ivr.lab.processes import start
from ivr.lab.sample_customers import PATH as SAMPLE
from ivr.policy.last_good import LastGood
from ivr.shipped_files import share
from ivr.store.engine import reader, writer
from ivr.store.snapshot import take

pytestmark = pytest.mark.abuse


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """What is in the folder and not its owner's alone, with its mode. Links have none of their own."""
    found = {}
    for path in sorted((folder, *folder.rglob("*"))):
        with suppress(FileNotFoundError):  # who works there takes it away meanwhile
            mode = path.lstat().st_mode
            is_told = path.name == "live.sock"  # to a group; who connects is asked for once more
            if not stat.S_ISLNK(mode) and mode & 0o077 and not is_told:
                found[str(path.relative_to(folder))] = f"{stat.S_IMODE(mode):04o}"
    return found


def ivr(home: Path, *words: str) -> None:
    """The command, as somebody with a careless umask has it."""
    env = {**os.environ, "IVR_DATABASE_URL": f"sqlite:///{home}/var/ivr.db", "IVR_POLICY_DIR": str(share("dialplans"))}
    program = "import os; os.umask(0o022); from ivr.__main__ import main; main()"
    subprocess.run([sys.executable, "-c", program, *words], cwd=home, env=env, check=True, capture_output=True)


@pytest.mark.thorough
def test_an_import_and_a_published_policy(tmp_path: Path) -> None:
    home = private_files.folder(tmp_path / "home")
    ivr(home, "import", "customers", str(SAMPLE))
    ivr(home, "policy", "publish", "-m", "first")
    ivr(home, "qa", "new", "scenarios/mine.yaml")
    assert (home / "var" / "ivr.db").exists()
    assert open_to_others(home) == {}


def test_a_database_with_all_that_belongs_to_it_and_its_snapshot(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "var"
    engine = writer(f"sqlite:///{home}/ivr.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE customers (customer_id TEXT)")
        there = {path.name for path in home.iterdir()}
        assert open_to_others(tmp_path / "deep") == {}
    engine.dispose()
    assert {"ivr.db", "ivr.db-wal", "ivr.db-shm"} <= there
    source = reader(f"sqlite:///{home}/ivr.db")
    with pytest.raises(Exception, match=r"snapshot|nobody|no such"):
        take(source, home / "other" / "snapshot.db")
    source.dispose()
    assert open_to_others(tmp_path / "deep") == {}


def test_a_database_that_was_open_to_others_is_closed_and_that_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "ivr.db"
    path.touch()
    path.chmod(0o644)
    with structlog.testing.capture_logs() as logged:
        writer(f"sqlite:///{path}").dispose()
        writer(f"sqlite:///{path}").dispose()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    said = [line for line in logged if "open to others" in line["event"]]
    assert [(line["path"], line["was"]) for line in said] == [(str(path), "0644")]


def test_the_last_good_policy_of_a_program_for_each_call(tmp_path: Path) -> None:
    LastGood(share("dialplans"), tmp_path / "policy.json").policy()
    assert stat.S_IMODE((tmp_path / "policy.json").stat().st_mode) == 0o600


def test_what_a_started_program_makes(tmp_path: Path) -> None:
    home = private_files.folder(tmp_path / "home")
    (home / "log").mkdir(mode=0o700)
    (home / "log" / "x.log").touch()
    (home / "log" / "x.log").chmod(0o644)  # of an older version
    program = "import pathlib; pathlib.Path('made').touch(); pathlib.Path('folder').mkdir()"
    process = start(
        "x", [sys.executable, "-c", program], home / "log" / "x.log", address="", ports={}, cwd=home, stay=False
    )
    os.waitpid(process.pid, 0)
    assert (home / "made").exists()
    assert open_to_others(home) == {}


def test_nothing_is_written_through_a_link_of_somebody_else(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim", tmp_path / "published.json"
    victim.write_text("whole")
    path.symlink_to(victim)
    (tmp_path / f"published.json.{os.getpid()}.new").symlink_to(victim)
    private_files.write(path, "ours")
    assert (victim.read_text(), path.read_text(), path.is_symlink()) == ("whole", "ours", False)


def test_what_was_left_half_written_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    old, new = tmp_path / "a.json.1.new", tmp_path / "a.json.2.new"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    private_files.write(tmp_path / "a.json", "x")
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of somebody else")
def test_what_somebody_else_may_have_written_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    good = LastGood(share("dialplans"), path).policy()
    whole = path.read_text()
    for owner, mode in ((12345, 0o600), (os.geteuid(), 0o622)):
        path.unlink()
        path.write_text(whole)
        path.chmod(mode)
        os.chown(path, owner, -1)
        assert LastGood(tmp_path / "none", tmp_path / "empty").problem is None
        with pytest.raises(Exception, match="cannot be read"):
            LastGood(tmp_path / "none", path).policy()
    assert good
