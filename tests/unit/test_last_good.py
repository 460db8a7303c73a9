"""The last good policy in a file of its own: read as it is while the admin's files are the same, never when broken."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ivr.errors import FileError, StoreError
from ivr.policy import loader, texts
from ivr.policy.last_good import LastGood
from ivr.policy.texts import Texts
from ivr.shipped_files import share


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(share("dialplans"), tmp_path / "dialplans"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "policy.json"


def change(folder: Path, old: str = "customer.value >= 80.0", new: str = "customer.value >= 45.0") -> None:
    path = folder / "policy.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def forbid_checking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "load", lambda _: pytest.fail("the files were checked again"))


def test_it_is_the_policy_of_the_files(folder: Path, kept: Path) -> None:
    assert LastGood(folder, kept).policy() == loader.load(folder).policy


def test_files_that_have_not_changed_are_not_checked_again(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = LastGood(folder, kept).policy()
    forbid_checking(monkeypatch)
    assert LastGood(folder, kept).policy() == policy


def test_reading_it_needs_neither_pydantic_nor_yaml(folder: Path, kept: Path) -> None:
    LastGood(folder, kept).policy()
    program = (
        "import sys; from pathlib import Path; from ivr.policy.last_good import LastGood;"
        "LastGood(Path(sys.argv[1]), Path(sys.argv[2])).policy(); print(*sys.modules)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", program, folder, kept], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pydantic", "yaml"} & set(asked)


def test_a_change_is_in_force_at_once_and_kept(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LastGood(folder, kept).policy()
    change(folder)
    assert LastGood(folder, kept).policy().segments[0].enter == ("customer.value >= 45.0",)
    forbid_checking(monkeypatch)
    assert LastGood(folder, kept).policy().segments[0].enter == ("customer.value >= 45.0",)


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lambda folder: change(folder, "region: GB", "region: gb"), "region: 'gb' does not fit"),
        (lambda folder: (folder / "agents.yaml").unlink(), "agents.yaml: cannot be read"),
        (shutil.rmtree, "policy.yaml: cannot be read"),
    ],
    ids=["a mistake", "agents gone", "all gone"],
)
def test_broken_files_change_nothing_and_say_why(
    folder: Path, kept: Path, breaks: Callable[[Path], None], says: str
) -> None:
    good = LastGood(folder, kept).policy()
    breaks(folder)
    policies = LastGood(folder, kept)
    assert policies.policy() == good
    assert says in str(policies.problem)


def test_broken_files_without_a_last_good_policy_are_an_error(folder: Path, kept: Path) -> None:
    change(folder, "region: GB", "region: gb")
    with pytest.raises(FileError, match=r"policy\.yaml"):
        LastGood(folder, kept).policy()
    assert not kept.exists()


def another_value(path: Path) -> None:
    path.write_text(path.read_text().replace('"priority": 10,', '"priority": 999,'))


def summed(path: Path, body: str) -> None:
    path.write_text(f"{sha256(body.encode()).hexdigest()}\n{body}")


def without(path: Path, name: str) -> None:
    """As a version of the program leaves it that does not know a treatment's `name`."""
    policy = json.loads(path.read_text().partition("\n")[2])
    for treatment in policy["policy"]["treatments"].values():
        del treatment[name]
    summed(path, json.dumps(policy))


@pytest.mark.parametrize(
    "damage",
    [
        another_value,
        lambda path: without(path, "steps"),
        lambda path: without(path, "refuse"),
        lambda path: summed(path, "[1]"),
        lambda path: path.write_bytes(path.read_bytes()[:-30]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\n\xff"),
        lambda path: path.write_text("x\n" + "[" * 100_000),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["value", "form", "default", "list", "cut", "empty", "not UTF-8", "deep", "folder"],
)
def test_a_broken_one_is_ignored(folder: Path, kept: Path, damage: Callable[[Path], object]) -> None:
    good = LastGood(folder, kept).policy()
    damage(kept)
    assert LastGood(folder, kept).policy() == good


def test_one_that_somebody_else_wrote_is_ignored(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LastGood(folder, kept).policy()
    change(folder, "region: GB", "region: gb")
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(FileError):
        LastGood(folder, kept).policy()


def test_where_it_cannot_be_kept_the_policy_is_in_force_all_the_same(folder: Path, tmp_path: Path) -> None:
    policies = LastGood(folder, tmp_path / "nowhere" / "policy.json")
    assert policies.policy() == loader.load(folder).policy
    assert policies.problem is None


class Database:
    """What is published, as a test says. `away`: it cannot be asked."""

    def __init__(self) -> None:
        self.away = False
        self.version: str | None = None
        self.stored: dict[str, tuple[str, str]] = {}

    def publish(self, read: Texts) -> None:
        self.version = read.version
        self.stored[read.version] = (read.policy, read.agents)

    def latest(self) -> str | None:
        if self.away:
            raise StoreError("the database is away")
        return self.version

    def texts(self, version: str) -> tuple[str, str]:
        if version not in self.stored:
            raise StoreError("there are no such texts")
        return self.stored[version]


def stricter(folder: Path) -> Texts:
    read = texts.read(folder)
    return Texts(read.policy.replace("customer.value >= 80.0", "customer.value >= 90.0"), read.agents)


def test_what_is_published_counts_and_is_checked_once(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database()
    database.publish(stricter(folder))
    assert LastGood(folder, kept, database).policy().segments[0].enter == ("customer.value >= 90.0",)
    monkeypatch.setattr(loader, "parse", lambda *_: pytest.fail("the policy was checked again"))
    change(folder)
    assert LastGood(folder, kept, database).policy().version == database.version
    database.away = True  # then what was published last counts, and not the files
    policies = LastGood(folder, kept, database)
    assert (policies.policy().version, policies.problem) == (database.version, None)


def test_files_count_again_when_it_is_withdrawn(folder: Path, kept: Path) -> None:
    database = Database()
    database.publish(texts.read(folder))
    LastGood(folder, kept, database).policy()
    database.version = None
    assert LastGood(folder, kept, database).policy() == loader.load(folder).policy
    database.away = True
    change(folder)
    assert LastGood(folder, kept, database).policy().segments[0].enter == ("customer.value >= 45.0",)


@pytest.mark.parametrize("broken", [lambda read: ("region: gb", read.agents), lambda read: None])
def test_what_is_published_and_cannot_be_used_changes_nothing(
    folder: Path, kept: Path, broken: Callable[[Texts], tuple[str, str] | None]
) -> None:
    database = Database()
    database.publish(stricter(folder))
    good = LastGood(folder, kept, database).policy()
    database.publish(texts.read(folder))
    bad = broken(texts.read(folder))
    if bad:
        database.stored[database.version or ""] = bad
    else:
        database.stored.clear()
    policies = LastGood(folder, kept, database)
    assert policies.policy() == good
    assert policies.problem is not None
