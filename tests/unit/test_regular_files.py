"""Files that somebody else put there: no kind of them hangs a reader, leads it elsewhere, or tells what is there."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Engine

from ivr import asterisk_config, regular_files, settings
from ivr.application.active_policy import ActivePolicy
from ivr.application.doctor.sounds import played
from ivr.errors import FileError, IvrError, SettingError
from ivr.lab import state
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy import loader, texts
from ivr.policy.last_good import LastGood
from ivr.policy.lint import asterisk_inventory
from ivr.policy.loader import Files
from ivr.policy.published import Kept
from ivr.qa.scenarios import files as scenario_files
from ivr.service.doctor_adapters import PolicyFolder
from ivr.shipped_files import share
from ivr.store.customers_csv import import_customers
from ivr.store.one_shot_policy_version import SingleVersion
from ivr.store.snapshot import Snapshot
from ivr.store.sqlite_file import connect
from tests.unit.test_published import Database

pytestmark = pytest.mark.abuse

SECRET = "correct-horse-battery-staple"
IN_TIME = 10.0  # seconds; what hangs does so for good


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(share("dialplans"), tmp_path / "dialplans"))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "ivr.toml"
    path.write_text(f'ami_secret = "{SECRET}"\n')
    return path


def fifo(path: Path) -> None:
    os.mkfifo(path)


def directory(path: Path) -> None:
    path.mkdir()


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # the path of a socket has 107 characters at most


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/ptmx")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 42)


def itself(path: Path) -> None:
    path.symlink_to(path.name)


def fifo_by_a_link(path: Path) -> None:
    os.mkfifo(path.with_name(f"{path.name}.pipe"))
    path.symlink_to(f"{path.name}.pipe")


def locked(path: Path) -> None:
    path.write_text("region: GB\n")
    path.chmod(0)


KINDS = [fifo, directory, unix_socket, endless, terminal, huge, itself, fifo_by_a_link]
Make = Callable[[Path], None]


@contextmanager
def in_time() -> Iterator[None]:
    def give_up(*_: object) -> None:
        pytest.fail("it hangs")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, IN_TIME)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def replaced(path: Path, make: Make) -> Path:
    path.unlink(missing_ok=True)
    make(path)
    return path


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("name", [texts.POLICY, texts.AGENTS])
def test_the_service_keeps_its_policy(folder: Path, tmp_path: Path, name: str, make: Make) -> None:
    policies = ActivePolicy(folder, Database(), tmp_path / "published.json")
    before = policies.bundle
    replaced(folder / name, make)
    with in_time():
        assert not policies.refresh()
    assert policies.bundle is before
    assert name in policies.problem
    again = Path(shutil.copytree(share("dialplans"), tmp_path / "whole")) / name
    path = folder / name
    path.rmdir() if path.is_dir() else path.unlink()
    again.replace(path)
    policies.refresh()
    assert policies.problem == ""


@pytest.mark.parametrize("make", KINDS)
def test_a_program_for_each_call_keeps_its_policy(folder: Path, tmp_path: Path, make: Make) -> None:
    good = LastGood(folder, tmp_path / "policy.json").policy()
    replaced(folder / texts.POLICY, make)
    with in_time():
        assert LastGood(folder, tmp_path / "policy.json").policy() == good


@pytest.mark.parametrize("make", KINDS)
def test_whatever_else_is_read_is_refused_or_left_out(
    folder: Path, tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "given"
    make(path)
    with in_time():
        with pytest.raises(SettingError, match="given: "):
            settings.load(path)
        with pytest.raises(FileError, match="given: "):
            scenario_files.read(path)
        with pytest.raises(FileError, match="given"):
            import_customers(engine, path, PhoneNumbers(), "GB")
        with pytest.raises(FileError, match="given"):
            asterisk_config.read(path)
        assert Kept(path).read() is None
        home = tmp_path / "lab"
        home.mkdir()
        make(home / "lab.json")
        with pytest.raises(IvrError, match=r"lab\.json") if (home / "lab.json").exists() else in_time():
            state.load(home)
        replaced(folder / "queues.conf", make)
        assert asterisk_inventory.read(folder, [], [], []).queues is None
        replaced(folder / "numbers.conf", make)
        assert list(played(PolicyFolder(folder)))


@pytest.mark.parametrize("make", [fifo, endless, directory])
async def test_databases_and_snapshots_too(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "snapshot.db"
    make(path)
    snapshot = Snapshot(path, 0.4)
    with in_time():
        with pytest.raises(sqlite3.OperationalError, match="no plain file"):
            connect(path)
        assert type(await snapshot.find("+442079460001")).__name__ == "Unavailable"
        snapshot.close()
        with pytest.raises(IvrError):
            SingleVersion(f"sqlite:///{path}", 1.0).latest()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_says_so(tmp_path: Path) -> None:
    locked(tmp_path / "policy.yaml")
    with pytest.raises(FileError, match="permission denied"):
        texts.read(tmp_path)


def test_a_file_that_another_program_holds_is_not_waited_for(folder: Path) -> None:
    program = (
        "import fcntl, signal, sys; signal.signal(signal.SIGIO, signal.SIG_IGN); f = open(sys.argv[1], 'r+');"
        "fcntl.fcntl(f, fcntl.F_SETLEASE, fcntl.F_WRLCK); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(folder / texts.POLICY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        if holder.stdout.readline() != b"held\n":
            pytest.skip("no leases on this file system")
        with in_time(), pytest.raises(FileError, match="cannot be read"):
            texts.read(folder)
        holder.communicate()
    assert fcntl  # of this Python, as of that one
    texts.read(folder)


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_bytes(b"a" * 1000)
    real, left = os.read, [2]

    def read(file: int, most: int) -> bytes:
        found = real(file, min(most, 600))
        if left[0]:
            left[0] -= 1
            path.write_bytes(b"b" * (1000 + left[0]))
        return found

    monkeypatch.setattr(os, "read", read)
    assert regular_files.read(path, 10_000) == b"b" * 1000
    left[0] = 1000
    with pytest.raises(FileError, match="changes while it is read: write it elsewhere, and move it here"):
        regular_files.read(path, 10_000)


# Links -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [texts.POLICY, texts.AGENTS])
@pytest.mark.parametrize("how", ["absolute", "relative", "chain", "hidden folder"])
def test_a_link_out_of_the_folder_is_not_followed(folder: Path, secret: Path, name: str, how: str) -> None:
    policies = Files(folder)
    path = folder / name
    path.unlink()
    if how == "absolute":
        path.symlink_to(secret)
    elif how == "relative":
        path.symlink_to("../ivr.toml")
    elif how == "chain":
        (folder / "one").symlink_to(secret)
        path.symlink_to("one")
    else:
        (folder / "sub").symlink_to(secret.parent)
        path.symlink_to("sub/ivr.toml")
    assert not policies.refresh()
    told = str(policies.problem)
    assert "a link that leads out of" in told
    assert SECRET not in told
    assert "ivr.toml" not in told


def test_links_within_the_folder_are_good(folder: Path) -> None:
    """As where a tool puts a whole folder in place at once: policy.yaml -> ..data/policy.yaml, ..data -> ..2026."""
    versions = folder / "..2026"
    versions.mkdir()
    for name in (texts.POLICY, texts.AGENTS):
        (folder / name).rename(versions / name)
        (folder / name).symlink_to(f"..data/{name}")
    (folder / "..data").symlink_to("..2026")
    linked = folder.with_name("linked")
    linked.symlink_to(folder)
    assert loader.load(linked).policy == loader.load(folder).policy


def test_a_link_that_is_turned_round_meanwhile_shows_nothing(
    folder: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It leads to the secret while it is opened, and to a good file when it is looked at."""
    good, path = (folder / texts.POLICY).rename(folder / "good.yaml"), folder / texts.POLICY
    path.symlink_to(secret)
    real = os.open

    def opening(name: str, *more: int) -> int:
        file: int = real(name, *more)
        if Path(str(name)) == path:
            path.unlink()
            path.symlink_to(good)
        return file

    monkeypatch.setattr(os, "open", opening)
    with pytest.raises(FileError, match="a link that leads out of"):
        texts.read(folder)


def test_scenarios_of_a_folder_are_in_it(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "evil.yaml").symlink_to(secret)
    good, bad = scenario_files.collect([tmp_path / "scenarios"])
    assert good == []
    assert "a link that leads out of" in str(bad[0])


# No words of another file ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        f'ami_secret = "{SECRET}"\nami_port = 5038\n',
        f"{SECRET}\n",
        f"- {SECRET}\n",
        f"{{{SECRET}}}\n",
        f"{SECRET}: yes\n",
        f"password: {SECRET}\nuser: ivr\n",
        f"host:5432:ivr:ivr:{SECRET}\n",
        f"'{SECRET}': 012\n2026-01-01: {SECRET}\n",
        f"[ivr]\nsecret = {SECRET}\n",
        f"? [{SECRET}]\n: x\n",
        f"root:{SECRET}: x\n- y\n",
        f"a: 'x\n{SECRET}",
    ],
)
@pytest.mark.parametrize("name", [texts.POLICY, texts.AGENTS])
def test_a_file_that_is_no_policy_is_not_repeated(folder: Path, name: str, content: str, engine: Engine) -> None:
    """However it came to be there: copied, or by a hard link."""
    policies = ActivePolicy(folder, Database(), folder / "published.json")
    (folder / name).write_text(content)
    with structlog.testing.capture_logs() as logged:
        policies.refresh()
    assert logged
    assert SECRET not in str(logged)
    assert SECRET not in policies.problem
    scenario = folder / "x.yaml"
    scenario.write_text(content)
    with pytest.raises(FileError) as refused:
        scenario_files.read(scenario)
    assert SECRET not in str(refused.value)
    with pytest.raises(FileError) as refused:
        import_customers(engine, scenario, PhoneNumbers(), "GB")
    assert SECRET not in str(refused.value)


def test_what_a_policy_says_wrongly_is_still_shown(folder: Path) -> None:
    path = folder / texts.POLICY
    path.write_text(path.read_text().replace("region: GB", "region: gb"))
    with pytest.raises(FileError, match="'gb' does not fit"):
        loader.load(folder)


# Conditions, sounds, names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("greeting: ivr/greeting", "greeting: ../../../etc/passwd"),
        ("greeting: ivr/greeting", "greeting: /etc/passwd"),
        ("greeting: ivr/greeting", "greeting: http://192.0.2.1/x"),
        ("greeting: ivr/greeting", "greeting: ivr/greeting&PJSIP/0090@carrier"),
        ("greeting: ivr/greeting", "greeting: ivr/greeting)Dial(PJSIP/0090@carrier"),
        ("queue: general-queue", "queue: 'general-queue,hangup'"),
        ("queue: general-queue", "queue: '${SHELL(id)}'"),
        ("queue: general-queue", "queue: 'x^y'"),
        ("zone: Europe/London", "zone: ../../../etc/shadow"),
        ("zone: Europe/London", "zone: /dev/zero"),
    ],
)
def test_nothing_in_a_policy_is_more_than_a_name(folder: Path, old: str, new: str) -> None:
    path = folder / texts.POLICY
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(FileError, match="does not fit"):
        loader.load(folder)


@pytest.mark.parametrize("evil", ["#include /dev/zero", "#include queues.conf", "#include pipe", "#exec id"])
def test_queues_that_include_anything_do_not_hold_a_check_up(folder: Path, evil: str) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "queues.conf").write_text(f"{evil}\n[premium]\n")
    with in_time():
        read = asterisk_inventory.read(folder, [], [], [], folder)
    assert read.queues is None or read.problems


@pytest.mark.thorough  # seconds of processor time
@pytest.mark.parametrize(
    "bomb",
    ["a: " + "x" * 900_000, "[" + "0," * 400_000 + "]", "region: GB\n" + "".join(f"k{n}: 1\n" for n in range(90_000))],
    ids=["word", "list", "names"],
)
def test_a_megabyte_of_anything_is_refused_soon(folder: Path, bomb: str) -> None:
    (folder / texts.POLICY).write_text(bomb)
    began = time.process_time()
    with pytest.raises(FileError):
        loader.load(folder)
    assert time.process_time() - began < 10
