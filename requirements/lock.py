"""`make lock`: renews the locks from pyproject.toml's floors, or leaves them as they are and says why.

Runs in an environment of its own that has uv. The new locks are resolved and checked beside the old ones, and take
their places when all of them are good.
"""

import argparse
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from requirements import pins
from requirements.known_python import VERSIONS

LOCKS = ("develop", "build", "qa", "run")  # the first has nearly everything: the others take its versions
# What wheels are looked for: Linux with glibc 2.28 or later (Debian 10, RHEL 8, Ubuntu 18.10), on PCs and on Arm.
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28")
Run = Callable[[Sequence[str], str | None], "subprocess.CompletedProcess[str]"]


class LockError(Exception):
    """The locks cannot be renewed; they are as they were."""


def renew(folder: Path, today: dt.date, run: Run, only: Sequence[str] = ()) -> list[str]:
    """Renew the locks in `folder`; with `only`, those packages and what else has to move with them.

    Returns which pins moved, one line each. Raises LockError, and then `folder` is as it was.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".locks-") as made:
        work = Path(made)
        old = {lock: _text(folder / f"{lock}.txt") for lock in LOCKS}
        for lock in LOCKS:
            if only and old[lock]:
                (work / f"{lock}.txt").write_text(old[lock], encoding="utf-8")
            _compile(work, lock, run, only)
        for lock in LOCKS:
            _check_wheels(work / f"{lock}.txt", run)
        changed = []
        for lock in LOCKS:
            file, body = work / f"{lock}.txt", _text(work / f"{lock}.txt")
            if body == _body(old[lock]):
                continue
            file.write_text(f"{pins.DATE.format(today.isoformat())}\n{body}", encoding="utf-8")
            changed.append(lock)
        for lock in changed:
            os.replace(work / f"{lock}.txt", folder / f"{lock}.txt")  # noqa: PTH105 - over the old one, at once
    before = {name: version for lock in LOCKS for name, version in pins.of(old[lock]).items()}
    after = {name: version for lock in LOCKS for name, version in pins.of(_text(folder / f"{lock}.txt")).items()}
    return pins.moved(before, after) or (["no pin moved; some have more files"] if changed else [])


def _compile(work: Path, lock: str, run: Run, only: Sequence[str]) -> None:
    file = work / f"{lock}.txt"
    upgrade = [f"--upgrade-package={name}" for name in only] if only else ["--upgrade"]
    others = [] if lock == LOCKS[0] else ["--constraints", str(work / f"{LOCKS[0]}.txt")]
    done = run(
        [
            *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", VERSIONS[0], "--generate-hashes"),
            # No host and no path of this machine; and no version that is there as source alone.
            *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--only-binary", ":all:"),
            *(*upgrade, *others, "--output-file", str(file), "-"),
        ],
        "\n".join(pins.direct()[lock]),
    )
    if done.returncode:
        raise LockError(f"uv found no versions for {lock}.txt that fit together:\n{done.stderr.strip()}")
    if "://" in _text(file):
        raise LockError(f"{lock}.txt would name a host: take index and find-links options out of uv's settings")


def _check_wheels(file: Path, run: Run) -> None:
    """Whether each pin has a wheel wherever we run: as an installation would find them, without one."""
    failed = []
    for version in VERSIONS:
        for platform in PLATFORMS:
            done = run(
                [
                    *("uv", "pip", "install", "--quiet", "--dry-run", "--no-deps", "--require-hashes"),
                    *("--only-binary", ":all:", "--python-version", version, "--python-platform", platform),
                    *("--target", str(file.parent / "nothing"), "--requirements", str(file)),
                ],
                None,
            )
            if done.returncode:
                failed.append(f"Python {version}, {platform}: {done.stderr.strip()}")
    if failed:
        raise LockError(
            f"{file.name} could not be installed everywhere. Where a package has no wheel yet: wait, or hold it back "
            "in pyproject.toml, like NAME>=1,<2.\n" + "\n".join(failed)
        )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _body(text: str) -> str:
    """A lock without its date."""
    return text.partition("\n")[2] if text.startswith("#") else text


def _uv(command: Sequence[str], given: str | None) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run([program, *command[1:]], input=given, capture_output=True, text=True, check=False)  # noqa: S603


def main(arguments: Sequence[str] | None = None) -> int:
    """Renew the locks and say which pins moved; 1 when they cannot be, and stay as they are."""
    parser = argparse.ArgumentParser(description="Renew the locks in requirements/.")
    parser.add_argument("--only", nargs="*", default=[], metavar="PACKAGE", help="renew these alone")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.only if pins.normal(name) not in _known()]
    if unknown:
        print(f"{unknown[0]} is in no lock and not in pyproject.toml: check its name", file=sys.stderr)
        return 1
    try:
        lines = renew(pins.FOLDER, dt.datetime.now(dt.UTC).date(), _uv, chosen.only)
    except LockError as error:
        print(f"{error}\nThe locks are as they were.", file=sys.stderr)
        return 1
    print("\n".join(lines) or "the locks have the newest versions already")
    return 0


def _known() -> set[str]:
    asked = {pins.name(each) for requirements in pins.direct().values() for each in requirements}
    return asked.union(*(pins.of(_text(pins.FOLDER / f"{lock}.txt")) for lock in LOCKS))


if __name__ == "__main__":
    if not shutil.which("uv", path=str(Path(sys.executable).parent)):
        sys.exit("uv is missing beside this Python: run make lock")
    sys.exit(main())
