"""The arrows between the parts: who may import whom."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ivr

PACKAGE = Path(ivr.__file__).parent
DOMAIN, ERRORS = "ivr.domain", "ivr.errors"
LIMITS = "ivr.limits"  # numbers: everybody may use them
FILES, PRIVATE = "ivr.regular_files", "ivr.private_files"

# What each part may import of ours; the longest name that fits a module counts.
MAY_IMPORT: dict[str, set[str]] = {
    "ivr.domain": {DOMAIN},
    "ivr.application.route_call": {DOMAIN},
    "ivr.agi": {DOMAIN, ERRORS, "ivr.agi"},
    "ivr.agi.endpoints": {DOMAIN, ERRORS, "ivr.agi", "ivr.application.route_call"},
    "ivr.ami": {DOMAIN, ERRORS, "ivr.ami"},
    "ivr.store": {DOMAIN, ERRORS, FILES, PRIVATE, "ivr.spawning", "ivr.store"},
    "ivr.policy": {DOMAIN, ERRORS, FILES, PRIVATE, "ivr.policy"},
    "ivr.scoring": {DOMAIN, ERRORS, "ivr.scoring"},
    "ivr.web": {DOMAIN, ERRORS, "ivr.web"},
    "ivr.numbers": {DOMAIN, ERRORS},
    "ivr.settings": {ERRORS, FILES},
    "ivr.regular_files": {ERRORS},
    "ivr.private_files": set(),
    "ivr.logs": {DOMAIN},
    "ivr.background_process": {"ivr.spawning"},
    "ivr.spawning": set(),
    "ivr.overdue": set(),
    "ivr.application.pin_entry": {DOMAIN},
    "ivr.asterisk_files": {ERRORS, FILES},
    "ivr.store.pin_administration": {ERRORS, "ivr.settings", "ivr.store"},
    "ivr.no_ctrl_c": set(),
    "ivr.presentation": {DOMAIN, "ivr.application", "ivr.store"},
    "ivr.store.records": {DOMAIN, ERRORS, "ivr.settings", "ivr.store"},
    "ivr.qa.awaited_records": {DOMAIN, ERRORS, "ivr.store.records"},
    "ivr.service.manager_login": {ERRORS, "ivr.agi", "ivr.ami", "ivr.settings"},
    "ivr.service.health": {"ivr.agi", "ivr.service.installation", "ivr.settings"},
    "ivr.service.installation": {ERRORS, "ivr.lab.state", "ivr.settings"},
    "ivr.application.active_policy": {DOMAIN, ERRORS, "ivr.overdue", "ivr.policy", "ivr.store"},
    "ivr.application": {DOMAIN},
    "ivr.policy.published": {DOMAIN, ERRORS, FILES, PRIVATE, "ivr.policy", "ivr.store"},
    "ivr.service.metrics": {DOMAIN, "ivr.service.metrics_server"},
    "ivr.service.metrics_server": set(),
    "ivr.application.what_if": {DOMAIN, "ivr.application.route_call"},
    "ivr.application.policy_diff": {DOMAIN, ERRORS, "ivr.no_ctrl_c", "ivr.policy", "ivr.spawning", "ivr.store"},
    "ivr.application.redecide": {DOMAIN, ERRORS, "ivr.policy", "ivr.store"},
    "ivr.store.journal_process": {DOMAIN, ERRORS, "ivr.logs", "ivr.store"},
    "ivr.errors": set(),
    "ivr.limits": set(),
}
# They bring the others together, so they may know them all; nobody above may know them.
MAY_KNOW_ALL = {
    "ivr",
    "ivr.__main__",
    "ivr.service",
    "ivr.cli",
    "ivr.qa.demo",
    "ivr.application.doctor",
    "ivr.lab",
    "ivr.qa",
}
PURE = ("ivr.domain", "ivr.application.route_call")
NOT_PURE = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket",
    "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip


def within(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def part_of(module: str) -> str | None:
    """The part that `module` belongs to; None when nobody has said what it may import."""
    parts = [part for part in (*MAY_IMPORT, *MAY_KNOW_ALL) if within(module, part) and part != "ivr"]
    return max(parts, key=len, default="ivr" if module == "ivr" else None)


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
    part = part_of(module)
    if part is None:
        return [f"{module}: a new part of ivr: say in MAY_IMPORT what it may import"]
    found = []
    for line, name in imports(module, source, is_package=is_package):
        top = name.split(".")[0]
        if top == "ivr":
            allowed = MAY_IMPORT.get(part)
            if allowed is not None and not any(within(name, other) for other in {*allowed, LIMITS}):
                found.append(f"{module}:{line} imports {name}, but {part} may only import {sorted(allowed)}")
        elif part in PURE and top not in sys.stdlib_module_names:
            found.append(f"{module}:{line} imports {name}, but {part} is pure: the standard library only")
        elif part in PURE and top in NOT_PURE:
            found.append(f"{module}:{line} imports {name}, but {part} is pure: no I/O and no clock")
    return found


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
        ("ivr.application.route_call", "from ivr.policy.loader import Files"),
        ("ivr.application.route_call", "import asyncio"),
        ("ivr.agi.server", "from ivr.application.route_call import RouteCall"),
        ("ivr.agi.endpoints", "from ivr.store.calls import CallRecord"),
        ("ivr.store.calls", "from ivr.ami import events"),
        ("ivr.store.calls", "from ivr.service import app"),
        ("ivr.policy.loader", "from ivr.settings import Settings"),
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
        (
            "ivr.agi.endpoints",
            "from ivr.application.route_call import RouteCall\nfrom ivr.agi.session import Session",
        ),
        ("ivr.store.calls", "import sqlalchemy\nfrom ivr.errors import StoreError"),
        ("ivr.service.app", "from ivr.agi.server import AgiServer\nfrom ivr.store import calls"),
    ],
)
def test_a_good_arrow_is_let_through(module: str, source: str) -> None:
    assert breaches(module, source) == []
