"""The arrows between the parts: who may import whom."""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import ivr
from tests import architecture
from tests.architecture import LAYERS, may_import

PACKAGE = Path(ivr.__file__).parent

MOST_ROWS, MOST_EXCEPTIONS = 10, 5
# Which module may import what its layer may not, each with its reason.
EXCEPTIONS: frozenset[tuple[str, str]] = frozenset()
PURE = ("ivr.domain", "ivr.application.route_call")
NOT_PURE = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket",
    "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip


def within(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def row_of(module: str) -> tuple[str, frozenset[str] | None] | None:
    """The part that `module` belongs to, and what that may import; None when nobody has said so."""
    if module in ("ivr", "ivr.__main__"):
        return module, None
    for name, layer in LAYERS.items():
        for part in layer.parts:
            if within(module, f"ivr.{part}"):
                return f"ivr.{part}", may_import(name)
    return None


def is_allowed(module: str, name: str, part: str, allowed: frozenset[str] | None) -> bool:
    if allowed is None or within(name, part) or any(within(name, other) for other in allowed):
        return True
    return any(within(module, one) and within(name, other) for one, other in EXCEPTIONS)


def imports(module: str, source: str, *, is_package: bool = False) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports; `from a import b` is a.b where that is a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base


def is_module(name: str) -> bool:
    if not within(name, "ivr"):
        return False
    path = PACKAGE.joinpath(*name.split(".")[1:])
    return path.is_dir() or path.with_suffix(".py").is_file()


def breaches(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """The arrows that a module breaks, each in a sentence."""
    row = row_of(module)
    if row is None:
        return [f"{module}: a new part of ivr: say in tests/architecture.py what it may import"]
    part, allowed = row
    pure = any(within(module, each) for each in PURE)
    found = []
    for line, name in imports(module, source, is_package=is_package):
        top = name.split(".")[0]
        if top == "ivr":
            if not is_allowed(module, name, part, allowed):
                found.append(f"{module}:{line} imports {name}, but {part} may only import {sorted(allowed or ())}")
        elif pure and top not in sys.stdlib_module_names:
            found.append(f"{module}:{line} imports {name}, but it is pure: the standard library only")
        elif pure and top in NOT_PURE:
            found.append(f"{module}:{line} imports {name}, but it is pure: no I/O and no clock")
    return found


def test_no_two_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, count in names.items() if count > 1} == set()


def test_the_arrows_are_few() -> None:
    assert len(LAYERS) <= MOST_ROWS
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS


def test_the_picture_is_drawn_from_them() -> None:
    """`make architecture` draws it."""
    assert architecture.PICTURE.read_text(encoding="utf-8") == architecture.svg()


def test_every_exception_is_needed() -> None:
    for module, other in EXCEPTIONS:
        paths = [PACKAGE.joinpath(*module.split(".")[1:]).with_suffix(".py")]
        if not paths[0].exists():
            paths = list(paths[0].with_suffix("").rglob("*.py"))
        row = row_of(module)
        assert row is not None
        named = {name for path in paths for _, name in imports(module, path.read_text(encoding="utf-8"))}
        assert any(within(name, other) and not any(within(name, each) for each in row[1] or ()) for name in named)


def test_no_import_breaks_an_arrow() -> None:
    broken = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        broken += breaches(module, path.read_text(encoding="utf-8"), is_package=is_package)
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ivr.domain.routing.decision", "import yaml"),
        ("ivr.domain.policy", "import pydantic"),
        ("ivr.domain.routing.decision", "from ivr.errors import FileError"),
        ("ivr.domain.routing.decision", "from ivr import errors"),
        ("ivr.domain.routing.decision", "import time"),
        ("ivr.domain.routing.decision", "from ...store import calls"),
        ("ivr.domain.routing.decision", "def f():\n    import ivr.store.engine"),
        ("ivr.application.route_call", "from ivr.store.calls import recorded"),
        ("ivr.application.route_call", "import asyncio"),
        ("ivr.agi.server", "from ivr.application.route_call import RouteCall"),
        ("ivr.agi.endpoints", "from ivr.store.calls import CallRecord"),
        ("ivr.store.calls", "from ivr.ami import events"),
        ("ivr.store.calls", "from ivr.service import app"),
        ("ivr.service.app", "from ivr.lab import state"),
        ("ivr.presentation.explanation", "from ivr.store import calls"),
        ("ivr.policy.loader", "from ivr.store import calls"),
        ("ivr.novelty", "import json"),
    ],
)
def test_a_broken_arrow_is_seen(module: str, source: str) -> None:
    assert len(breaches(module, source)) == 1
    assert module in breaches(module, source)[0]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ivr.domain.routing.decision", "from ivr.domain import policy\nfrom . import facts\nimport re"),
        ("ivr.agi.endpoints", "from ivr.domain.ports import Journal\nfrom ivr.agi.session import Session\nimport time"),
        ("ivr.store.calls", "import sqlalchemy\nfrom ivr.errors import StoreError"),
        ("ivr.service.app", "from ivr.agi.server import AgiServer\nfrom ivr.store import calls"),
    ],
)
def test_a_good_arrow_is_let_through(module: str, source: str) -> None:
    assert breaches(module, source) == []
