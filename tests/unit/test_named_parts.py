"""Modules and files of ours that are named in text: strings, comments, Makefile, Dockerfiles, configuration, docs."""

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Of what was, of what must not be, and of what other programs name.
MADE = {"__pycache__", "build", "dist", "var"}  # by programs
NOT_HERE = {"CHANGELOG.md", "tests/data", "tests/unit/test_architecture.py", "tests/unit/test_named_parts.py"}

_MODULE = re.compile(r"(?<![\w./$-])ivr(?:\.[A-Za-z_]\w*)+")
_IMPORTED = re.compile(r"from (ivr[\w.]*) import ([\w, ]+)")
_PATH = re.compile(
    r"(?<![\w./$~{}-])(?:ivr|tests|asterisk|dialplans|docs|requirements)/[\w./-]*\.(?:py|md|ya?ml|conf|svg|sh|toml)\b"
)
_FOLDER = re.compile(r"(?<![\w./$~{}-])ivr/(?:[a-z_]+/)+(?![\w.{])")
EXAMPLES = {  # what somebody might have
    "tests/scenarios/complaint.yaml", "tests/scenarios/holiday.yaml", "dialplans/scenarios/faults.yaml",
    "dialplans/scenarios/policy.yaml", "dialplans/scenarios/queues.yaml", "asterisk/extensions.conf",
}  # fmt: skip
_FILE_ENDINGS = {"away", "cast", "conf", "db", "json", "log", "service", "socket", "sql", "toml", "yaml"}


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every file of the project; there may be no git here."""
    for folder, folders, files in os.walk(ROOT):
        hidden = {each for each in folders if each.startswith(".")} - {".ci"}
        folders[:] = [each for each in folders if each not in MADE | hidden]
        for path in (Path(folder, each) for each in files):
            name = path.relative_to(ROOT).as_posix()
            if path.is_symlink() or any(name == each or name.startswith(f"{each}/") for each in NOT_HERE):
                continue
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def unknown(text: str) -> Iterator[str]:
    """What a text names of ours that is not there."""
    for found in _MODULE.finditer(text):
        first = found[0].split(".")[1]
        if first not in _FILE_ENDINGS and not first.startswith("__") and not is_there(found[0]):
            yield found[0]
    for module, names in _IMPORTED.findall(text):
        for name in re.findall(r"\w+", names.split(" as ")[0]):
            if not is_there(f"{module}.{name}"):
                yield f"{module}.{name}"
    for found in (*_PATH.finditer(text), *_FOLDER.finditer(text)):
        if found[0] not in EXAMPLES and not (ROOT / found[0]).exists():
            yield found[0]


@cache
def is_there(name: str) -> bool:
    """Whether `name` is a module of ours, or something that one of them has."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:length])
        source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if source.is_file():
            return length == len(parts) or parts[length] in names_in(source)
    return False


@cache
def names_in(source: Path) -> set[str]:
    """What a module defines or imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
    return names


def test_what_is_named_is_there() -> None:
    missing = [f"{name}: {each}" for name, text in texts() for each in unknown(text)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    "text",
    [
        "python -m ivr.nowhere",
        "`ivr.settings.Nothing`",
        "from ivr.store import nothing",
        "see ivr/nowhere.py",
        "ivr/nowhere/  the rest",
        "COPY asterisk/nowhere.sh /",
        "tests/unit/test_nothing.py",
    ],
)
def test_what_is_not_there_is_seen(text: str) -> None:
    assert list(unknown(text))


@pytest.mark.parametrize(
    "text",
    [
        "ivr.conf",
        "ivr.settings.Settings",
        "from ivr.store import engine, tables",
        "ivr/store/",
        "ivr/menu-service",
        "docs/adr",
    ],
)
def test_what_is_there_is_let_through(text: str) -> None:
    assert not list(unknown(text))
