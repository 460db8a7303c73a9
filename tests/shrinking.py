"""Lists of what there is to mend, which only ever get shorter: `make shrink` takes out what is mended.

They are kept in tests/shrinking.json. tests/unit/test_shrinking.py says when something was added, or when the file
still has what is mended.
"""

import ast
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests/shrinking.json"
WIDTH, FUNCTION, MODULE = 100, 50, 350  # columns, and lines of code with what belongs to it

Lists = Mapping[str, Mapping[str, int]]
"""By the name of the list: how often it is so in which file (or, of a long function, how many lines it has)."""


def found() -> dict[str, dict[str, int]]:
    """What is to be mended now."""
    sources = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in _files()}
    return {
        f"lines over {WIDTH} columns": _counted(sources, lambda line: len(line) > WIDTH),
        "fmt: skip": _counted(sources, lambda line: line.rstrip().endswith("# fmt: " + "skip")),
        f"functions over {FUNCTION} lines": dict(
            sorted(item for name, text in sources.items() for item in long_functions(name, text))
        ),
        f"modules over {MODULE} lines": {
            name: _about(lines) for name, text in sources.items() if (lines := len(text.splitlines())) > MODULE
        },
        "docstrings that do not begin with what it does": _not_imperative(),
    }


def grown(known: Lists, now: Lists) -> list[str]:
    """What is to be mended and was not before, each in a sentence."""
    return [
        f"{where}: {what}: {count}, and may have {known.get(what, {}).get(where, 0)}"
        for what, items in now.items()
        for where, count in items.items()
        if count > known.get(what, {}).get(where, 0)
    ]


def shrunk(known: Lists, now: Lists) -> list[str]:
    """What the lists still have and is mended."""
    return [
        f"{where}: {what}: {now.get(what, {}).get(where, 0)}, no more {count}"
        for what, items in known.items()
        for where, count in items.items()
        if count > now.get(what, {}).get(where, 0)
    ]


def long_functions(name: str, text: str) -> Iterator[tuple[str, int]]:
    """The functions of a module that are too long, and how long."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION:
                yield f"{name}:{node.name}", _about(lines)


def _about(lines: int) -> int:
    """Up to the next 25: a line more, of an import say, is no matter."""
    return -(-lines // 25) * 25


def known() -> Lists:
    """The lists as they are kept."""
    kept: Lists = json.loads(FILE.read_text(encoding="utf-8"))
    return kept


def _files() -> list[Path]:
    return sorted(path for folder in ("ivr", "tests") for path in (ROOT / folder).rglob("*.py"))


def _counted(sources: Mapping[str, str], is_so: Callable[[str], bool]) -> dict[str, int]:
    counts = {name: sum(is_so(line) for line in text.splitlines()) for name, text in sources.items()}
    return {name: count for name, count in counts.items() if count}


def _not_imperative() -> dict[str, int]:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--select",
        "D401",
        "--output-format",
        "json",
        "ivr",
    ]
    told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout)
    return dict(sorted(Counter(Path(each["filename"]).relative_to(ROOT).as_posix() for each in told).items()))


if __name__ == "__main__":
    now = found()
    if FILE.exists() and (more := grown(known(), now)):
        sys.exit("\n".join(["these lists only get shorter:", *more]))
    FILE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
