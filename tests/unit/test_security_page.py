"""docs/operate/threats.md names tests that there are, and AMI users with the rights that they have."""

import ast
import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests import security_page
from tests.security_page import ROOT, TEXT, rows, section

pytestmark = pytest.mark.abuse

PAGES = (
    "A caller by telephone",
    "A host on the SIP network",
    "Another user of the machine",
    "A colleague who edits files",
    "Somebody with a copy of the database",
    "Mistakes of your own",
)


def there() -> dict[str, bool]:
    """Every test, and whether it is marked as a try of an attacker, by itself or with its whole file."""
    found: dict[str, bool] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        of_file = [node for node in tree.body if isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node)]
        every = any("mark.abuse" in ast.unparse(node) for node in of_file)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                marked = any("mark.abuse" in ast.unparse(each) for each in node.decorator_list)
                found[node.name] = found.get(node.name, False) or every or marked
    return found


@pytest.mark.thorough
def test_every_test_that_the_page_names_is_there() -> None:
    named = security_page.tests_named()
    assert len(named) > 40
    assert sorted(named - set(there())) == []


@pytest.mark.thorough
def test_every_test_that_the_page_names_is_among_the_tries() -> None:
    """Those of the containers are not: they need a Docker engine."""
    compose = {
        name
        for path in (ROOT / "tests/compose").glob("test_*.py")
        for name in re.findall(r"test_\w+", path.read_text())
    }
    marked = there()
    assert sorted(name for name in security_page.tests_named() - compose if not marked.get(name, True)) == []


def test_every_scenario_that_the_page_names_is_there() -> None:
    named = security_page.scenarios_named()
    assert "forged-number-not-premium" in named
    assert named - {path.stem for path in (ROOT / "tests/scenarios").glob("*.yaml")} == set()


@pytest.mark.parametrize("title", PAGES)
def test_every_threat_has_a_test_or_says_that_it_has_none(title: str) -> None:
    tried = rows(section(title))
    assert tried
    for row in tried:
        assert len(row) == 3, row
        shown = row[2]
        assert bool(re.search(r"`[\w-]+`", shown)) != ("**documented only**" in shown), row


def users(*files: str) -> dict[str, dict[str, str]]:
    """The users of manager.conf; of what is given more than once, the last."""
    found: dict[str, dict[str, str]] = {}
    for file in files:
        parser = ConfigParser(strict=False, delimiters=("=",), comment_prefixes=(";", "#"), interpolation=None)
        parser.read_string((ROOT / "asterisk/pbx" / file).read_text(encoding="utf-8"))
        found |= {name: dict(parser[name]) for name in parser.sections() if name != "general"}
    return found


def test_every_ami_user_stands_there_with_its_rights() -> None:
    told = {row[0].strip("`"): row[1:] for row in rows(section("AMI users")) if len(row) == 4}
    shipped = users("manager.conf", "manager_qa.conf")
    assert set(told) == set(shipped)
    for user, (read, write, _) in told.items():
        assert (read.strip("`"), write.strip("`")) == (shipped[user]["read"], shipped[user]["write"]), user
        assert shipped[user]["deny"] == "0.0.0.0/0.0.0.0"
        assert shipped[user]["permit"] == "127.0.0.0/255.0.0.0"


def test_the_user_of_test_calls_is_in_no_other_file() -> None:
    assert set(users("manager.conf")) == {"ivr"}


def test_the_page_has_one_line_for_each_thing_that_is_tried() -> None:
    source = (ROOT / "tests/lab/test_ami_rights.py").read_text(encoding="utf-8")
    tried = set(re.findall(r'^    "([^"]+)": ', source, re.MULTILINE))
    assert tried == set(security_page.may())


def test_the_readme_leads_there() -> None:
    assert "](docs/operate/threats.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert Path(ROOT / "docs/operate/threats.md").read_text(encoding="utf-8") == TEXT
