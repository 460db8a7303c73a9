"""Each file of tests on a real Asterisk says what may run beside it: `make test` goes by that."""

import ast
from pathlib import Path

import pytest

LAB = Path(__file__).parent.parent / "lab"
KINDS = {"shared", "own", "alone"}


def declared(text: str) -> list[str]:
    """The kinds that a file declares in its `pytestmark`."""
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "pytestmark":
            return [name for name in marks(statement.value) if name in KINDS]
    return []


def marks(tree: ast.AST) -> list[str]:
    """The marks that are named in it."""
    return [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "pytest.mark"
    ]


@pytest.mark.parametrize("path", sorted(LAB.glob("test_*.py")), ids=lambda path: path.stem)
def test_a_file_declares_exactly_one_of_shared_own_and_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(declared(text)) == 1, f"{path.name}: write pytestmark = pytest.mark.shared (or own, or alone)"
    others = [name for name in marks(ast.parse(text)) if name in KINDS]
    others.remove(declared(text)[0])
    assert set(others) <= {"alone"}, f"{path.name}: what one test may have of its own is `alone`, as it measures time"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("import pytest\n", []),
        ("pytestmark = pytest.mark.thorough\n", []),
        ("pytestmark = pytest.mark.shared\n", ["shared"]),
        ("pytestmark = [pytest.mark.own, pytest.mark.thorough]\n", ["own"]),
        ("pytestmark = [pytest.mark.own, pytest.mark.alone]\n", ["own", "alone"]),
        ("@pytest.mark.alone\ndef test_x() -> None: ...\n", []),
    ],
)
def test_what_a_file_declares(text: str, kinds: list[str]) -> None:
    assert declared(text) == kinds
