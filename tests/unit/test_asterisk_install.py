"""Where the lab's Asterisk comes from: real apt and dpkg-deb, on small mirrors that are made here."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.errors import LabError
from ivr.lab import asterisk_install
from ivr.lab.asterisk_install import OLDEST, PACKAGES, SUITES, TOO_NEW, ensure_asterisk
from ivr.shipped_files import share

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("apt-get", "dpkg-deb")), reason="no Debian machine"
)
GOOD = "{}.{}.{}+dfsg-1".format(*OLDEST)
NEXT_MAJOR = f"{TOO_NEW[0]}.0.0+dfsg-1"


def architecture() -> str:
    told = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return told.stdout.strip()


def deb(folder: Path, name: str, version: str, files: Mapping[str, str], built: str = "") -> Path:
    """A package with these programs in it."""
    root = folder / f"{name}-root"
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        file.chmod(0o755)
    (root / "DEBIAN").mkdir(parents=True)
    (root / "DEBIAN/control").write_text(
        f"Package: {name}\nVersion: 1:{version}\nArchitecture: {built or architecture()}\n"
        f"Maintainer: Nobody <nobody@example.org>\nDescription: made by a test\n",
        encoding="utf-8",
    )
    package = folder / f"{name}_{version}_any.deb"
    subprocess.run(["dpkg-deb", "--build", root, package], capture_output=True, check=True)
    shutil.rmtree(root)
    return package


def asterisk(folder: Path, version: str, built: str = "") -> list[Path]:
    """The packages of an Asterisk that tells its version, if the library that another package brings is there."""
    folder.mkdir(parents=True, exist_ok=True)
    library = "usr/lib/any-linux-gnu/libneeded.so"
    programs = {
        "usr/lib64/ld-linux-any.so.2": '#!/bin/sh\nlibraries=$2; shift 2; LIBRARIES=$libraries exec "$@"\n',
        "usr/sbin/asterisk": f'#!/bin/sh\n[ -e "$LIBRARIES/libneeded.so" ] && echo Asterisk {version}\n',
        "usr/lib/any-linux-gnu/asterisk/modules/res_agi.so": "",
    }
    others = {name: {library: ""} if name == "sip-tester" else {} for name in PACKAGES[1:]}
    return [
        deb(folder, PACKAGES[0], version, programs, built),
        *(deb(folder, name, version, files, built) for name, files in others.items()),
    ]


@dataclass
class Mirror:
    folder: Path

    def suite(self, suite: str, version: str | None) -> None:
        """Make a suite that has this Asterisk; with None, one that has no package at all."""
        pool = self.folder / "pool" / suite
        index = ""
        for package in asterisk(pool, version) if version else ():
            told = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, text=True, check=True)
            content = package.read_bytes()
            index += (
                f"{told.stdout.strip()}\nFilename: {package.relative_to(self.folder)}\n"
                f"Size: {len(content)}\nSHA256: {hashlib.sha256(content).hexdigest()}\n\n"
            )
        packages = self.folder / "dists" / suite / "main" / f"binary-{architecture()}" / "Packages"
        packages.parent.mkdir(parents=True)
        packages.write_text(index, encoding="utf-8")
        name = packages.relative_to(self.folder / "dists" / suite)
        (self.folder / "dists" / suite / "Release").write_text(
            f"Suite: {suite}\nCodename: {suite}\nArchitectures: {architecture()}\nComponents: main\n"
            f"Date: Sat, 02 Jan 2027 00:00:00 UTC\nSHA256:\n"
            f" {hashlib.sha256(index.encode()).hexdigest()} {len(index)} {name}\n",
            encoding="utf-8",
        )


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, on a machine that has no Asterisk of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(asterisk_install, "_installed", lambda: "this machine: none is installed")
    return tmp_path / "cache/segment-ivr"


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mirror:
    """What IVR_DEBIAN_MIRROR names: a mirror without suites. apt trusts it, as if Debian had signed it."""
    (tmp_path / "mirror").mkdir()
    monkeypatch.setenv("IVR_DEBIAN_MIRROR", f"file:{tmp_path / 'mirror'}")
    monkeypatch.setattr(asterisk_install, "_TRUST", "trusted=yes")
    return Mirror(tmp_path / "mirror")


@pytest.fixture
def no_mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_DEBIAN_MIRROR", f"file:{tmp_path / 'nowhere'}")


def refused() -> str:
    with pytest.raises(LabError) as caught:
        ensure_asterisk(lambda what, done: None)
    return str(caught.value)


def version() -> str:
    return ensure_asterisk(lambda what, done: None).version


def test_an_asterisk_is_fetched_and_its_packages_are_kept(cache: Path, mirror: Mirror) -> None:
    mirror.suite(SUITES[0], GOOD)
    assert version() == GOOD
    kept = cache / "packages" / SUITES[0]
    assert sorted(each.name.split("_")[0] for each in kept.iterdir()) == sorted(PACKAGES)
    assert not [each.name for each in cache.iterdir() if each.name not in {"lock", "packages", f"asterisk-{SUITES[0]}"}]


def test_the_second_suite_is_asked_when_the_first_has_another(cache: Path, mirror: Mirror) -> None:
    mirror.suite(SUITES[0], NEXT_MAJOR)
    mirror.suite(SUITES[1], GOOD)
    assert version() == GOOD
    assert (cache / "packages" / SUITES[1]).is_dir()


def test_the_next_major_version_and_none_at_all_are_told_with_the_ways_out(cache: Path, mirror: Mirror) -> None:
    mirror.suite(SUITES[0], NEXT_MAJOR)
    mirror.suite(SUITES[1], None)
    told = refused()
    assert f"Debian {SUITES[0]}: has Asterisk {NEXT_MAJOR}, another major version (file:{mirror.folder})" in told
    assert f"Debian {SUITES[1]}: has no Asterisk (file:{mirror.folder})" in told
    assert "this machine: none is installed" in told
    assert f"Known good are {'.'.join(str(part) for part in OLDEST)} and" in told
    assert "IVR_DEBIAN_MIRROR=ADDRESS make demo" in told
    assert f"copy {cache / 'packages'} from" in told
    assert not (cache / "packages").exists()
    assert not list(cache.glob("asterisk-*"))


def test_an_older_one_is_refused(cache: Path, mirror: Mirror) -> None:
    older = f"{OLDEST[0]}.{OLDEST[1] - 1}.9+dfsg-1"
    mirror.suite(SUITES[0], older)
    assert f"has Asterisk {older}, which is older than {'.'.join(str(part) for part in OLDEST)}" in refused()


def test_a_mirror_that_cannot_be_read_is_not_one_without_asterisk(cache: Path, mirror: Mirror) -> None:
    mirror.suite(SUITES[0], GOOD)
    shutil.rmtree(mirror.folder / "dists" / SUITES[0] / "main")
    told = refused()
    for suite in SUITES:
        assert f"Debian {suite}: cannot be read from file:{mirror.folder}: apt-get failed: " in told


def test_packages_that_nobody_signed_are_refused(cache: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    if not asterisk_install.KEYRING.exists():
        pytest.skip("Debian's keys are not here")
    mirror.suite(SUITES[0], GOOD)
    monkeypatch.setattr(asterisk_install, "_TRUST", f"signed-by={asterisk_install.KEYRING}")
    assert f"Debian {SUITES[0]}: cannot be read" in refused()
    assert not (cache / "packages").exists()


def test_kept_packages_are_used_when_what_was_unpacked_is_gone(cache: Path, mirror: Mirror) -> None:
    mirror.suite(SUITES[0], GOOD)
    version()
    shutil.rmtree(cache / f"asterisk-{SUITES[0]}")
    shutil.rmtree(mirror.folder)
    assert version() == GOOD
    assert version() == GOOD  # and from the cache


@pytest.mark.usefixtures("no_mirror")
@pytest.mark.parametrize("folder", ["packages", "packages/forky", "packages/from Anna"])
def test_a_folder_of_packages_from_elsewhere_is_used(cache: Path, folder: str) -> None:
    asterisk(cache / folder, GOOD)
    assert version() == GOOD
    assert version() == GOOD


@pytest.mark.usefixtures("no_mirror")
def test_kept_packages_that_are_no_good_are_told_with_the_rest(cache: Path) -> None:
    asterisk(cache / "packages/a", NEXT_MAJOR)
    asterisk(cache / "packages/b", GOOD, built="riscv64")
    asterisk(cache / "packages/c", GOOD)[-1].unlink()
    asterisk(cache / "packages/d", GOOD)[0].write_bytes(b"half a package")
    asterisk(cache / "packages/e", GOOD)
    asterisk(cache / "packages/e", "22.11.0+dfsg-1")
    told = refused()
    packages = cache / "packages"
    assert f"{packages / 'a'}: holds Asterisk {NEXT_MAJOR}, another major version" in told
    assert f"{packages / 'b'}: holds packages for riscv64, and this machine is {architecture()}" in told
    assert f"{packages / 'c'}: not all that Asterisk 1:{GOOD} needs is there" in told
    assert f"{packages / 'd'}: dpkg-deb failed: " in told
    assert f"{packages / 'e'}: holds several Asterisks (" in told
    assert f"Debian {SUITES[0]}: cannot be read from" in told
    assert not list(cache.glob("asterisk-*"))


def test_what_is_fetched_takes_the_place_of_kept_packages_that_are_no_good(cache: Path, mirror: Mirror) -> None:
    mirror.suite(SUITES[0], GOOD)
    kept = cache / "packages" / SUITES[0]
    asterisk(kept, NEXT_MAJOR)
    assert version() == GOOD
    shutil.rmtree(cache / f"asterisk-{SUITES[0]}")
    shutil.rmtree(mirror.folder)
    assert version() == GOOD


@pytest.mark.parametrize(
    ("candidate", "says"),
    [
        (f"1:{GOOD}", ""),
        (f"1:{NEXT_MAJOR}", f"Debian forky has Asterisk {NEXT_MAJOR}. Known good are "),
        (f"1:{TOO_NEW[0]}~rc1-1", f"Debian forky has Asterisk {TOO_NEW[0]}~rc1-1. Known good are "),
        ("(none)", "Debian forky has no Asterisk. Known good are "),
    ],
)
def test_the_image_says_which_asterisk_there_is_and_the_ways_out(tmp_path: Path, candidate: str, says: str) -> None:
    """The Dockerfile's own check, on what apt would say."""
    text = (share("asterisk") / "Dockerfile").read_text(encoding="utf-8")
    check = text[text.index("version=$(") : text.index(" && DEBIAN_FRONTEND")].replace("\\\n", "")
    program = tmp_path / "apt-cache"
    program.write_text(f"#!/bin/sh\necho '  Installed: (none)'\necho '  Candidate: {candidate}'\n", encoding="utf-8")
    program.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    told = subprocess.run(
        ["sh", "-c", check], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert told.stderr.startswith(says)
    assert bool(told.returncode) is bool(says)
    assert ("IVR_DEBIAN_MIRROR=ADDRESS" in told.stderr and "docker save" in told.stderr) is bool(says)
    assert (".".join(str(part) for part in OLDEST) in told.stderr) is bool(says)
