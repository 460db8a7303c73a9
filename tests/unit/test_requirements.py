"""The locked packages: what the locks have to hold, how they are renewed, and what is told of newer ones."""

import datetime as dt
import itertools
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from requirements import known_python, lock, newest, pins
from tests.conftest import until

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DAY = dt.date(2027, 1, 2)
LOCKS = {name: (pins.FOLDER / f"{name}.txt").read_text(encoding="utf-8") for name in lock.LOCKS}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_dated_names_no_host_and_hashes_each_pin(name: str) -> None:
    first, *rest = LOCKS[name].splitlines()
    assert first == pins.DATE.format(dt.date.fromisoformat(first.split()[3].rstrip(":")))
    assert "://" not in LOCKS[name]
    assert not [each for each in rest if each.lstrip().startswith(("-", "#", "/")) and "--hash=sha256:" not in each]
    blocks = re.split(r"\n(?=\S)", "\n".join(rest).strip())
    assert len(blocks) == len(pins.of(LOCKS[name]))
    assert all(
        re.fullmatch(r"(?s)[a-z0-9.-]+==\S+( ; [^\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", b) for b in blocks
    )


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_asked_for_is_locked_and_fulfils_its_floor(name: str) -> None:
    locked = pins.of(LOCKS[name])
    asked = [Requirement(each) for each in pins.direct()[name]]
    assert len(asked) > 1
    assert not [str(each) for each in asked if locked.get(pins.normal(each.name), "0") not in each.specifier]


def test_the_locks_agree() -> None:
    """They are installed into one environment."""
    for one, other in itertools.combinations(LOCKS.values(), 2):
        shared = pins.of(one).keys() & pins.of(other).keys()
        assert {name: pins.of(one)[name] for name in shared} == {name: pins.of(other)[name] for name in shared}
    run, qa, develop = (pins.of(LOCKS[name]).keys() for name in ("run", "qa", "develop"))
    assert run < qa < develop


def test_what_runs_has_the_driver_of_each_database_and_nothing_for_development() -> None:
    runs = pins.of(LOCKS["run"])
    assert {"psycopg", "psycopg-binary"} <= runs.keys()
    assert not {"pytest", "mypy", "ruff", "hatchling"} & runs.keys()


def test_what_the_test_bench_alone_needs_is_locked_apart_from_the_service() -> None:
    of_bench = pins.of(LOCKS["qa"]).keys() - pins.of(LOCKS["run"]).keys()
    assert of_bench == {pins.name(each) for each in PROJECT["optional-dependencies"]["qa"]}


def test_the_project_says_which_pythons_the_locks_are_for() -> None:
    words = "Programming Language :: Python :: 3."
    assert [f"3.{each.removeprefix(words)}" for each in PROJECT["classifiers"] if each.startswith(words)] == list(
        known_python.VERSIONS
    )
    assert PROJECT["requires-python"] == f">={known_python.VERSIONS[0]}"


def test_an_unknown_python_is_told_what_to_do() -> None:
    assert [known_python.problem((3, minor)) for minor in range(11, 15)] == [None] * 4
    for problem in (
        known_python.problem((3, 10)),
        known_python.problem((3, 15)),
        known_python.problem((4, 0)),
        known_python.problem((3, 11), "PyPy"),
        known_python.problem((3, 14), without_gil=True),
    ):
        assert problem
        assert "make PYTHON=" in problem


def test_make_says_it_before_pip_is_called(tmp_path: Path) -> None:
    """A Python that is too new, as far as it says: pip must not be reached."""
    python, called = tmp_path / "python3.15", tmp_path / "called"
    python.write_text(
        f"""#!/bin/sh
case $1 in
  requirements/known_python.py)
    exec {sys.executable} -c 'import sys; from requirements.known_python import problem; sys.exit(problem((3, 15)))';;
  *) touch {called};;
esac
""",
        encoding="utf-8",
    )
    python.chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    told = subprocess.run(
        ["make", f"VENV={tmp_path / 'venv'}", f"PYTHON={python}", "demo"],
        cwd=ROOT, env=clean, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode
    assert "CPython 3.11 to 3.14: make PYTHON=" in told.stderr
    assert not called.exists()
    assert not (tmp_path / "venv").exists()


class FakeUv:
    """Plays uv: each lock gets `versions`; there are no wheels where `no_wheel` says so."""

    def __init__(self, versions: dict[str, str], no_wheel: str = "", unsolvable: str = "") -> None:
        self.versions, self.no_wheel, self.unsolvable = versions, no_wheel, unsolvable
        self.checked: list[tuple[str, str, str]] = []

    def __call__(self, command: Sequence[str], given: str | None) -> "subprocess.CompletedProcess[str]":
        def value(option: str) -> str:
            return command[command.index(option) + 1]

        if command[2] == "compile":
            file = Path(value("--output-file"))
            if self.unsolvable == file.stem:
                return subprocess.CompletedProcess(command, 1, "", "no way")
            file.write_text("".join(f"{name}=={v} \\\n    --hash=sha256:00\n" for name, v in self.versions.items()))
            return subprocess.CompletedProcess(command, 0, "", "")
        where = value("--python-version"), value("--python-platform")
        self.checked.append((Path(value("--requirements")).stem, *where))
        failed = self.no_wheel in " ".join(where) and bool(self.no_wheel)
        return subprocess.CompletedProcess(command, int(failed), "", "nothing for one package" if failed else "")


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    folder = tmp_path / "requirements"
    folder.mkdir()
    assert len(lock.renew(folder, DAY, FakeUv({"one": "1.0", "two": "2.0"}))) == 2
    return folder


def content(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder.parent)): file.read_text() for file in folder.parent.rglob("*.*")}


def test_renewing_says_which_pins_moved_and_dates_the_locks(locks: Path) -> None:
    uv = FakeUv({"one": "1.1", "three": "3.0"})
    moved = lock.renew(locks, DAY + dt.timedelta(1), uv)
    assert moved == ["one 1.0 -> 1.1", "three 3.0 (new)", "two 2.0 -> no longer needed"]
    assert (locks / "run.txt").read_text().startswith("# Locked on 2027-01-03: ")
    everywhere = itertools.product(lock.LOCKS, known_python.VERSIONS, lock.PLATFORMS)
    assert set(uv.checked) == set(everywhere)


def test_nothing_newer_leaves_the_locks_as_they_are(locks: Path) -> None:
    before = content(locks)
    assert lock.renew(locks, DAY + dt.timedelta(1), FakeUv({"one": "1.0", "two": "2.0"})) == []
    assert content(locks) == before


@pytest.mark.parametrize(
    ("uv", "says"),
    [
        (FakeUv({"one": "1.1"}, no_wheel="3.14 aarch64"), r"3\.14, aarch64-manylinux_2_28: nothing for one package"),
        (FakeUv({"one": "1.1"}, unsolvable="run"), r"run\.txt.*\nno way"),
        (FakeUv({"one": "1.1 --index-url https://example.org"}), r"develop\.txt would name a host"),
    ],
)
def test_locks_that_would_not_do_leave_the_old_ones(locks: Path, uv: FakeUv, says: str) -> None:
    before = content(locks)
    with pytest.raises(lock.LockError, match=says):
        lock.renew(locks, DAY + dt.timedelta(1), uv)
    assert content(locks) == before


def test_one_package_can_be_renewed_alone(locks: Path) -> None:
    given: list[Sequence[str]] = []
    uv = FakeUv({"one": "1.1", "two": "2.0"})

    def watched(command: Sequence[str], text: str | None) -> "subprocess.CompletedProcess[str]":
        if command[2] == "compile":
            given.append(command)
            assert "one==1.0" in Path(command[command.index("--output-file") + 1]).read_text()  # the others stay
        return uv(command, text)

    assert lock.renew(locks, DAY, watched, ["one"]) == ["one 1.0 -> 1.1"]
    assert all("--upgrade-package=one" in each and "--upgrade" not in each for each in given)


def test_the_last_line_names_what_is_other_than_locked() -> None:
    others = newest.different(
        {"zeta": "2", "PyYAML": "6.0.5", "typing_extensions": "4", "new": "1"},
        {"pyyaml": "6.0.4", "typing-extensions": "4", "zeta": "1"},
        ["pyyaml"],
    )
    assert others == ["PyYAML 6.0.5 (lock: 6.0.4)", "new 1 (lock: none)", "zeta 2 (lock: 1)"]
    counts = newest.Counts(3560, ("a", "b"))
    assert newest.line(others[:1], counts) == "newest: 3,560 passed, 2 failed with PyYAML 6.0.5 (lock: 6.0.4)"
    many = newest.line([f"p{n}" for n in range(9)], counts, ended=False)
    assert many == "newest: 3,560 passed, 2 failed, then 3 minutes were over, with p0, p1, p2, p3 and 5 more"


def test_what_passed_and_failed_is_counted_from_pytests_report(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "def test_skipped(): pytest.skip('no')\n"
        "@pytest.fixture\ndef broken(): raise ValueError\n"
        "def test_without_fixture(broken): pass\n"
    )
    report = tmp_path / "report.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", tmp_path, tmp_path, f"--junitxml={report}"],
        capture_output=True, check=False,
    )  # fmt: skip
    counts = newest.counted(report)
    assert counts.passed == 1
    assert [name.rpartition("::")[2] for name in counts.failed] == ["test_bad", "test_without_fixture"]


def test_what_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "_FOR_ENDING", 0.2)
    stubborn = "trap '' INT; sleep 60 & echo $!; wait; wait"
    began = time.monotonic()
    assert newest._run(["sh", "-c", stubborn], tmp_path / "log", began + 0.3) is None
    assert time.monotonic() - began < 20
    child = int((tmp_path / "log").read_text())
    state = Path(f"/proc/{child}/stat")
    until(lambda: not state.exists() or state.read_text(encoding="utf-8").split()[2] == "Z")


@pytest.mark.parametrize(
    ("pip", "why"),
    [
        ("exit 1", "pip could not install the newest packages"),
        ("exec sleep 60", "the newest packages were not installed in 1 seconds"),
    ],
)
def test_whoever_cannot_install_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pip: str, why: str
) -> None:
    """No index, a slow one: its pip fails, or hangs."""
    python = tmp_path / "bin/python"
    python.parent.mkdir()
    python.write_text(f"#!/bin/sh\n{pip}\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(newest, "_FOLDER", tmp_path)
    monkeypatch.setattr(newest, "_FOR_INSTALLING", 1)
    newest.main()
    assert capsys.readouterr().out == f"newest: not run: {why} ({tmp_path / 'log'})\n"
