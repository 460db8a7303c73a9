"""The locks: run.txt for the service, qa.txt for it and the test bench, develop.txt for what tests both as well.

build.txt is for what makes the package.
"""

import re
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent
PYPROJECT = FOLDER.parent / "pyproject.toml"
DATE = "# Locked on {}: `make lock` renews this file."
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def of(text: str) -> dict[str, str]:
    """The pins of a lock, as version by normalised name."""
    return {normal(name): version for name, version in _PIN.findall(text)}


def normal(name: str) -> str:
    """A package's name as packages are compared: PyYAML and pyyaml are one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name(requirement: str) -> str:
    """The package that a requirement asks for, normalised: `psycopg[binary]>=3.2` is psycopg."""
    return normal(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0])


def direct() -> dict[str, list[str]]:
    """What pyproject.toml asks for with floors, by the lock that has to have it."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    # Whoever uses the locks gets the databases' drivers, too: images serve both, and read sources of scores in all.
    run = project["project"]["dependencies"] + extras["postgres"] + extras["mysql"]
    # Hatchling asks for `editables` when it makes an editable install; without build isolation it has to be there.
    return {
        "run": run,
        "qa": run + extras["qa"],
        "develop": run + extras["qa"] + extras["dev"],
        "build": [*project["build-system"]["requires"], "editables>=0.5"],
    }


def moved(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What is another version than it was, one line each."""
    lines = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before is None:
            lines.append(f"{name} {after} (new)")
        elif after is None:
            lines.append(f"{name} {before} -> no longer needed")
        elif before != after:
            lines.append(f"{name} {before} -> {after}")
    return lines
