"""`make test-newest`: unit, wire and contract tests with the newest of all packages, in an environment of their own.

Its last line says how they went and which packages are others than the locked ones. It ends with 0 whatever they say:
what somebody else released is to be known, and stops nobody.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from requirements import pins

SECONDS = 180
_FOR_INSTALLING = 110  # of these; what is left then is too little for the tests
_FOR_ENDING = 20  # of these: pytest ends its servers, and writes what it has counted
_FOLDER = Path("build/newest")
_TESTS = ("tests/unit", "tests/wire", "tests/contract")
_NAMED = 4  # packages in the last line; the others are counted


class NotRunError(Exception):
    """The tests cannot be run, and why."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the tests."""

    passed: int
    failed: Sequence[str] = field(default=())


def line(different: Sequence[str], counts: Counts, *, ended: bool = True) -> str:
    """The last line: how many passed and failed with which packages."""
    over = "" if ended else f", then {SECONDS // 60} minutes were over,"
    return f"newest: {counts.passed:,} passed, {len(counts.failed):,} failed{over} with {_list(different)}"


def different(installed: Mapping[str, str], locked: Mapping[str, str], ours: Sequence[str]) -> list[str]:
    """Which packages are others than the locked ones, those that we ask for by name first."""
    asked = {pins.normal(name) for name in ours}
    found = []
    for name, version in sorted(
        installed.items(), key=lambda each: (pins.normal(each[0]) not in asked, each[0].lower())
    ):
        pinned = locked.get(pins.normal(name))
        if version != pinned:
            found.append(f"{name} {version} (lock: {pinned or 'none'})")
    return found


def counted(report: Path) -> Counts:
    """The counts of a JUnit report. A test whose fixture fails counts once, like one that fails itself."""
    passed, failed = 0, []
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it for us
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(f"{case.get('classname', '')}::{case.get('name', '')}".strip(":"))
        elif case.find("skipped") is None:
            passed += 1
    return Counts(passed, tuple(dict.fromkeys(failed)))


def _list(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _run(command: Sequence[str | Path], log: Path, deadline: float) -> int | None:
    """Its exit code; None when it was ended at the `deadline`: asked to end, then made to, with all that it started."""
    with log.open("a", encoding="utf-8") as out:
        process = subprocess.Popen(  # noqa: S603 - our own environment's
            command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True
        )
        try:
            return process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        except BaseException:  # Ctrl-C, which its session does not see
            os.killpg(process.pid, signal.SIGTERM)
            raise
        try:
            process.wait(_FOR_ENDING)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return None


def _install(python: Path, log: Path, deadline: float) -> None:
    deadline = min(deadline, time.monotonic() + _FOR_INSTALLING)
    if not python.exists() and _run([sys.executable, "-m", "venv", _FOLDER], log, deadline) != 0:
        raise NotRunError(f"no environment could be made ({log})")
    pip = (python, "-m", "pip", "install", "--disable-pip-version-check", "--retries=1", "--timeout=20", "--upgrade")
    uv = (python, "-m", "uv", "pip", "install", "--python", python, "--upgrade")
    ours = ("--editable", ".[dev,postgres,qa]")
    # uv needs a tenth of pip's time, but knows nothing of an index that is set for pip alone.
    if _run([*pip, "uv"], log, deadline) == 0 and _run([*uv, *ours], log, deadline) == 0:
        return
    code = _run([*pip, "--upgrade-strategy=eager", *ours], log, deadline)
    if code is None:
        raise NotRunError(f"the newest packages were not installed in {_FOR_INSTALLING} seconds ({log})")
    if code:
        raise NotRunError(f"pip could not install the newest packages ({log})")


def _installed(python: Path) -> dict[str, str]:
    told = subprocess.run(  # noqa: S603 - our own environment's
        [python, "-m", "pip", "list", "--format=json", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    leave = {"pip", "setuptools", "uv", "segment-ivr"}
    return {each["name"]: each["version"] for each in json.loads(told.stdout) if pins.normal(each["name"]) not in leave}


def test(deadline: float) -> str:
    """Install, compare, and test what is different; the last line to print. Raises NotRunError."""
    python, log, report = _FOLDER / "bin/python", _FOLDER / "log", _FOLDER / "report.xml"
    _FOLDER.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    report.unlink(missing_ok=True)
    _install(python, log, deadline)
    locked = pins.of((pins.FOLDER / "develop.txt").read_text(encoding="utf-8"))
    installed = _installed(python)
    others = different(installed, locked, [pins.name(each) for each in pins.direct()["develop"]])
    if not others:
        return f"newest: the {len(installed)} packages are those of the lock, which `make test` tests"
    workers = f"--numprocesses={(os.cpu_count() or 1) + 1}"  # as in the Makefile: many tests wait for programs
    marks = ("-m", "not thorough", workers, "--dist=worksteal", f"--junitxml={report}")
    code = _run([python, "-m", "pytest", *_TESTS, *marks], log, deadline - _FOR_ENDING)
    if not report.exists():
        why = f"{SECONDS // 60} minutes were over" if code is None else f"pytest ended with {code}"
        raise NotRunError(f"{why} ({log}) with {_list(others)}")
    counts = counted(report)
    for name in counts.failed:
        print(f"failed with the newest packages: {name}")
    if counts.failed:
        print(f"why: {log}; {python} -m pytest tries one")
    return line(others, counts, ended=code is not None)


def main() -> None:
    """Print what fails, then the one line."""
    try:
        print(test(time.monotonic() + SECONDS))
    except KeyboardInterrupt:
        print("newest: not run: stopped from the keyboard")
    except NotRunError as reason:
        print(f"newest: not run: {reason}")
    except (OSError, ValueError, subprocess.SubprocessError, ElementTree.ParseError) as error:
        print(f"newest: not run: {error}")


if __name__ == "__main__":
    main()
