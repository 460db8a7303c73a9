"""The policy in force in the service: what is published, else the files; and always the last good one."""

import shutil
import stat
from pathlib import Path

import pytest
import structlog

from ivr.application.active_policy import PATIENCE, ActivePolicy
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy_version import Publication
from ivr.errors import FileError, StoreError
from ivr.policy import loader, texts
from ivr.policy.texts import Texts
from ivr.shipped_files import share


class Database:
    """Versions that a test publishes, in memory. `away`: it cannot be asked."""

    def __init__(self) -> None:
        self.away = False
        self.log: list[Publication] = []
        self.stored: dict[str, Texts] = {}
        self.asked_for_texts = 0

    def publish(self, read: Texts, version: str = "") -> Publication:
        self.stored[version or read.version] = read
        return self._add(version or read.version, "publish")

    def withdraw(self) -> None:
        self._add(self.log[-1].version, "withdraw")

    def latest(self) -> Publication | None:
        self._answer()
        return self.log[-1] if self.log and self.log[-1].kind != "withdraw" else None

    def texts(self, version: str) -> Texts:
        self._answer()
        self.asked_for_texts += 1
        if version not in self.stored:
            raise StoreError(f"no version {version} is known")
        return self.stored[version]

    def earlier(self, n: int) -> list[Publication]:
        self._answer()
        return [each for each in self.log[::-1] if each.kind != "withdraw"][:n]

    def keep(self, texts: Texts, at: float) -> None:
        self._answer()
        self.stored.setdefault(texts.version, texts)

    def _add(self, version: str, kind: str) -> Publication:
        made = Publication(len(self.log) + 1, version, 100.0 + len(self.log), "ann@desk", "why", kind)  # type: ignore[arg-type]
        self.log.append(made)
        return made

    def _answer(self) -> None:
        if self.away:
            raise StoreError("the database is away")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(share("dialplans"), tmp_path / "dialplans"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "var" / "published.json"


@pytest.fixture
def database() -> Database:
    return Database()


def changed(folder: Path, old: str = "customer.value >= 80.0", new: str = "customer.value >= 90.0") -> Texts:
    read = texts.read(folder)
    assert old in read.policy
    return Texts(read.policy.replace(old, new), read.agents)


def broken(folder: Path) -> Texts:
    return changed(folder, "region: GB", "region: gb")


def write(folder: Path, read: Texts) -> None:
    (folder / "policy.yaml").write_text(read.policy)


def call(call_id: str = "1.1", asked: str = "") -> IncomingCall:
    return IncomingCall(call_id, call_id, "+442079460001", "1000", False, "carrier", "", 100.0, asked=asked)


def test_with_nothing_published_the_files_are_the_policy(folder: Path, kept: Path, database: Database) -> None:
    policies = ActivePolicy(folder, database, kept)
    assert policies.policy() == loader.load(folder).policy
    assert (policies.source, policies.problem) == ("files", "")
    write(folder, changed(folder))
    assert policies.refresh()
    assert policies.policy() == loader.load(folder).policy
    assert not kept.exists()


def test_what_is_published_is_in_force_until_it_is_withdrawn(folder: Path, kept: Path, database: Database) -> None:
    policies = ActivePolicy(folder, database, kept)
    before = policies.policy().version
    new = changed(folder)
    database.publish(new)
    assert policies.refresh()
    assert (policies.policy().version, policies.source) == (new.version, "published")
    write(folder, changed(folder, "customer.value >= 80.0", "customer.value >= 10.0"))
    assert not policies.refresh()  # files say nothing now
    assert policies.policy().version == new.version
    write(folder, Texts((share("dialplans") / "policy.yaml").read_text(), ""))
    database.withdraw()
    assert policies.refresh()
    assert (policies.policy().version, policies.source) == (before, "files")


def test_looking_again_does_not_read_the_texts_again(folder: Path, kept: Path, database: Database) -> None:
    policies = ActivePolicy(folder, database, kept)
    database.publish(changed(folder))
    assert policies.refresh()
    asked = database.asked_for_texts
    assert not any(policies.refresh() for _ in range(5))
    assert database.asked_for_texts == asked


def test_a_call_keeps_the_policy_that_it_began_with(folder: Path, kept: Path, database: Database) -> None:
    policies = ActivePolicy(folder, database, kept)
    first = policies.in_force(call("1.1"))
    database.publish(changed(folder))
    policies.refresh()
    assert policies.in_force(call("1.1", asked="m")) is first
    assert policies.in_force(call("1.2")) is policies.bundle
    assert policies.in_force(call("1.3", asked="m")) is policies.bundle  # it began before this service


@pytest.mark.parametrize(
    ("publish", "says"),
    [
        (lambda database, folder: database.publish(broken(folder)), "cannot be used by this program: version"),
        (lambda database, folder: database.publish(changed(folder), "0123456789ab"), "have another hash"),
        (lambda database, folder: database.stored.pop(database.publish(changed(folder)).version), "is known"),
    ],
    ids=["broken", "another hash", "no texts"],
)
def test_what_cannot_be_used_changes_nothing_and_is_told_once(
    folder: Path, kept: Path, database: Database, publish: object, says: str
) -> None:
    policies = ActivePolicy(folder, database, kept)
    good = changed(folder, "customer.value >= 80.0", "customer.value >= 85.0")
    database.publish(good)
    policies.refresh()
    publish(database, folder)  # type: ignore[operator]
    with structlog.testing.capture_logs() as told:
        assert not any(policies.refresh() for _ in range(3))
    assert policies.policy().version == good.version
    assert says in policies.problem
    assert [each["log_level"] for each in told] == ["error"]
    database.publish(good)
    assert not policies.refresh()
    assert policies.problem == ""


def test_a_database_that_is_away_changes_nothing_and_is_told_after_a_while(
    folder: Path, kept: Path, database: Database
) -> None:
    policies = ActivePolicy(folder, database, kept)
    database.publish(changed(folder))
    policies.refresh()
    database.away = True
    for _ in range(PATIENCE - 1):
        assert not policies.refresh()
        assert policies.problem == ""
    assert not policies.refresh()
    assert "cannot be read" in policies.problem
    assert policies.source == "published"
    database.away = False
    policies.refresh()
    assert policies.problem == ""


def test_files_are_followed_while_the_database_is_away(folder: Path, kept: Path, database: Database) -> None:
    policies = ActivePolicy(folder, database, kept)
    database.away = True
    write(folder, changed(folder))
    assert policies.refresh()
    assert policies.policy() == loader.load(folder).policy


def test_a_start_without_the_database_uses_what_was_published_last(
    folder: Path, kept: Path, database: Database
) -> None:
    new = changed(folder)
    database.publish(new)
    ActivePolicy(folder, database, kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    database.away = True
    policies = ActivePolicy(folder, database, kept)
    assert (policies.policy().version, policies.source) == (new.version, "published")
    database.away = False
    database.withdraw()
    assert policies.refresh()
    database.away = True
    assert ActivePolicy(folder, database, kept).source == "files"


@pytest.mark.parametrize("damage", [lambda text: text[:-9], lambda text: text.replace("90.0", "20.0"), lambda _: "[]"])
def test_a_kept_file_that_was_changed_is_not_believed(
    folder: Path, kept: Path, database: Database, damage: object
) -> None:
    database.publish(changed(folder))
    ActivePolicy(folder, database, kept)
    kept.write_text(damage(kept.read_text()))  # type: ignore[operator]
    database.away = True
    assert ActivePolicy(folder, database, kept).source == "files"


def test_a_start_with_a_broken_publication_uses_the_one_before(folder: Path, kept: Path, database: Database) -> None:
    good = changed(folder)
    database.publish(good)
    database.publish(broken(folder))
    policies = ActivePolicy(folder, database, kept)
    assert policies.policy().version == good.version
    assert "cannot be used" in policies.problem
    assert not policies.refresh()


def test_broken_files_do_not_hinder_what_is_published(folder: Path, kept: Path, database: Database) -> None:
    new = changed(folder)
    write(folder, broken(folder))
    with pytest.raises(FileError):
        ActivePolicy(folder, database, kept)
    database.publish(new)
    policies = ActivePolicy(folder, database, kept)
    assert (policies.policy().version, policies.problem) == (new.version, "")
    database.withdraw()
    assert not policies.refresh()  # there is nothing to go back to
    assert policies.policy().version == new.version
    assert "policy.yaml" in policies.problem


def test_versions_of_the_files_are_stored_however_late(folder: Path, kept: Path, database: Database) -> None:
    policies = ActivePolicy(folder, database, kept)
    write(folder, changed(folder))
    policies.refresh()
    database.away = True
    with pytest.raises(StoreError):
        policies.store_versions()
    database.away = False
    policies.store_versions()
    assert len(database.stored) == 2
    assert policies.policy().version in database.stored


def test_where_nothing_can_be_kept_it_works_all_the_same(folder: Path, tmp_path: Path, database: Database) -> None:
    (tmp_path / "file").write_text("")
    database.publish(changed(folder))
    policies = ActivePolicy(folder, database, tmp_path / "file" / "published.json")
    assert policies.source == "published"
