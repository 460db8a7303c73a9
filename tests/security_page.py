"""docs/operate/threats.md, as tests read it: which tests it names, and what it says of AMI users."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs/operate/threats.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`(test_\w+)`")
_SCENARIOS = re.compile(r"scenarios? (`[\w-]+`(?:, `(?!test_)[\w-]+`)*)")


def section(title: str) -> str:
    """The text below a heading, up to the next of its level."""
    begin = TEXT.index(f"\n## {title}\n")
    end = TEXT.find("\n## ", begin + 1)
    return TEXT[begin : end if end > 0 else None]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {i - 1 for i, cells in enumerate(found) if not set("".join(cells)) - set("-: ")}
    return [cells for i, cells in enumerate(found) if i not in heads and set("".join(cells)) - set("-: ")]


def may() -> dict[str, dict[str, bool]]:
    """What each AMI user of the PBX may do, by the words of the table."""
    found: dict[str, dict[str, bool]] = {}
    for words, *cells in (row for row in rows(section("AMI users")) if len(row) == 3):
        if set(cells) <= {"yes", "no"}:
            found[words] = dict(zip(("ivr", "qa"), (cell == "yes" for cell in cells), strict=True))
    return found


def tests_named() -> set[str]:
    """The functions that the page names."""
    return set(_NAMED.findall(TEXT))


def scenarios_named() -> set[str]:
    """The scenarios that the page names."""
    return {name for names in _SCENARIOS.findall(TEXT) for name in re.findall(r"[\w-]+", names)}
