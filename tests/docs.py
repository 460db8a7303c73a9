"""Writes what the documents say of the program between their markers: `make docs`.

A block begins with a line `<!-- begin: NAME -->` and ends with `<!-- end -->`; NAME is one of BLOCKS. What stands
between is made by the program itself, so tests/unit/test_docs.py can say when it is no longer so.
"""

import ast
import contextlib
import os
import re
import shlex
import shutil
import tempfile
import time
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any

import typer
import yaml
from typer.testing import CliRunner

from ivr import settings
from ivr.cli import app
from ivr.domain.routing.facts import FACTS
from ivr.policy import json_schemas
from ivr.policy.import_map import ImportMapFile

ROOT = Path(__file__).resolve().parents[1]
MARKED = re.compile(r"^(<!-- begin: ([\w-]+) -->\n)(.*?)^(<!-- end -->)$", re.MULTILINE | re.DOTALL)
CLOCK = re.compile(r"\b[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\b")
DATE = re.compile(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b")
MONDAY = "2026-11-23"  # in place of the day on which a sample was made: all of them are of a monday


def documents() -> list[Path]:
    """The project's pages."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "asterisk").rglob("*.md"))]


def regenerated(text: str) -> str:
    """A page with all its blocks as the program makes them now. Raises KeyError for a block that nobody makes."""
    return MARKED.sub(lambda block: f"{block[1]}{BLOCKS[block[2]]()}{block[4]}", text)


# Settings --------------------------------------------------------------------------------------------


def settings_table() -> str:
    """Each setting: its names, its default, and the remark that stands with it in ivr/settings.py."""
    meanings = _remarks(Path(settings.__file__).read_text(encoding="utf-8"), "Settings")
    rows = (
        (f"`IVR_{each.name.upper()}`", f"`{each.name}`", _default(each), meanings[each.name])
        for each in fields(settings.Settings)
    )
    return table(("environment", "in the file", "default", "meaning"), rows)


def _default(setting: "Field[object]") -> str:
    made = setting.default_factory
    return _default_of(setting.default if made is MISSING else made())


def _default_of(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value is MISSING:
        return "must be set"
    if value in (None, "", {}):
        return "(not set)"
    return f"`{','.join(map(str, value)) if isinstance(value, tuple) else value}`"


def _remarks(source: str, name: str) -> dict[str, str]:
    """What is said of each field of a class: the text below it, else the remark at the end of its line."""
    lines = iter(source.splitlines(keepends=True))
    comments = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.generate_tokens(lambda: next(lines, ""))
        if token.type == tokenize.COMMENT
    }
    body = next(n for n in ast.parse(source).body if isinstance(n, ast.ClassDef) and n.name == name).body
    found: dict[str, str] = {}
    for node, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            text = following.value if isinstance(following, ast.Expr) else None
            said = text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""
            found[node.target.id] = " ".join(said.split()) or comments.get(node.end_lineno or 0, "")
    return found


# The policy's language -------------------------------------------------------------------------------


def parts(*, agents: bool = False) -> str:
    """What `ivr policy parts` lists, a table for each part."""
    made = []
    for name, (meaning, lines) in json_schemas.parts(agents=agents).items():
        rows = ((f"`{each.name}`", each.meaning, each.values, _default_said(each.default)) for each in lines)
        made.append(f"### {name}\n{meaning}\n\n{table(('name', 'meaning', 'what may be written', 'without it'), rows)}")
    return "\n".join(made)


def import_map() -> str:
    """What customers.map.yaml may say."""
    schema = json_schemas.of(ImportMapFile, "customers.map.yaml")
    (_, lines), *_ = json_schemas.parts_of(schema).values()
    rows = ((f"`{each.name}`", each.meaning, each.values) for each in lines)
    return table(("name", "meaning", "what may be written"), rows)


def _default_said(default: str) -> str:
    return f"`{default}`" if default and default != "must be there" else default


def priorities() -> str:
    """The shipped treatments that lead to a queue, by priority, with what changes as the wait gets long."""
    made = yaml.safe_load((ROOT / "dialplans/policy.yaml").read_text(encoding="utf-8"))["treatments"]
    queued = sorted(((name, each) for name, each in made.items() if "queue" in each), key=lambda it: -it[1]["priority"])
    rows = ((f"`{name}`", str(each["priority"]), f"`{each['queue']}`", _later(each["steps"])) for name, each in queued)
    return table(("treatment", "priority", "queue", "later"), rows)


def _later(steps: Iterable[Mapping[str, Any]]) -> str:
    said = {"priority": "priority {}", "queue": "on to `{}`", "offer": "may leave a message"}
    return "; ".join(
        f"after {each['after']} s {', '.join(said[what].format(each[what]) for what in said if what in each)}"
        for each in steps
    )


def facts() -> str:
    """What `ivr policy facts` lists."""
    rows = ((f"`{each.name}`", each.type, each.meaning, f"`{each.example}`") for each in FACTS)
    return table(("fact", "type", "meaning", "example"), rows)


# The commands ----------------------------------------------------------------------------------------


def root() -> Any:
    """The command line as click has it."""
    return typer.main.get_command(app)


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group, by the words that call it."""
    yield from _below((), root())


def _below(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    if hasattr(command, "list_commands"):
        context = command.context_class(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if not found.hidden:
                yield from _below((*words, name), found)


def command_line() -> str:
    """The help of every command: from its data, not as a terminal shows it."""
    made = []
    for words, command in commands():
        name = " ".join(("ivr", *words))
        lines = [f"## {name}", *_paragraphs(command.help or "")]
        given = [each for each in command.params if each.name != "help" and not each.hidden]
        if not hasattr(command, "list_commands"):
            usage = " ".join((name, *(_usage(each) for each in given)))
            lines[1:1] = [f"`{usage}`", ""]
        rows = [(_names(each), _cell(each.help or ""), _unless_given(each)) for each in given]
        lines += ["", table(("", "meaning", "default"), rows).rstrip()] if rows else []
        made.append("\n".join(lines).rstrip() + "\n")
    return "\n".join(made)


def _paragraphs(text: str) -> Iterator[str]:
    """The help, a line of text each paragraph: where it is broken in the source is nobody's business here."""
    for n, paragraph in enumerate(cleandoc(text).replace("\f", "").split("\n\n")):
        if n:
            yield ""
        words = " ".join(paragraph.split())
        example = re.fullmatch(r"Examples?: *(.*)", words)
        yield f"Example: `{example[1]}`" if example else words


def _metavar(given: Any) -> str:
    name = given.name if given.param_type_name == "argument" else max(given.opts, key=len).lstrip("-")
    return str(given.metavar or name.replace("-", "_").upper()).strip("[]")


def _takes_value(given: Any) -> bool:
    return not getattr(given, "is_flag", False) and not getattr(given, "count", False)


def _usage(given: Any) -> str:
    if given.param_type_name == "argument":
        shown = f"{_metavar(given)}{'…' if given.nargs == -1 else ''}"
    else:
        shown = given.opts[0] + (f" {_metavar(given)}" if _takes_value(given) else "")
        shown += "…" if given.multiple else ""
    return shown if given.required else f"[{shown}]"


def _names(given: Any) -> str:
    if given.param_type_name == "argument":
        return f"`{_metavar(given)}`"
    value = f" {_metavar(given)}" if _takes_value(given) else ""
    return ", ".join(f"`{name}{value}`" for name in (*given.opts, *given.secondary_opts))


def _unless_given(given: Any) -> str:
    if given.required:
        return "must be given"
    if not _takes_value(given):
        return "" if not given.secondary_opts else f"`{given.opts[0] if given.default else given.secondary_opts[0]}`"
    return "" if given.default in (None, "", [], ()) or callable(given.default) else f"`{given.default}`"


# Samples: commands, really run -----------------------------------------------------------------------

CUSTOMERS = """customer_id,name,phones,value,potential,need,language,tags,preferred_agent,blocked
C0001,Ada Lovelace,+442079460001,91,64,10,en,,,no
C0002,Charles Babbage,+442079460002,47,40,15,en,,,no
C0003,Mary Somerville,+442079460003,52,38,88,en,,,no
"""


class Place:
    """A folder with the shipped policy and three customers, in which commands are run.

    `in_order`: they tell times, and so each is run in a second of its own.
    """

    def __init__(self, home: Path, *, in_order: bool = True) -> None:
        self.home, self._in_order, self._second = home, in_order, 0
        shutil.copytree(ROOT / "dialplans", home / "dialplans")
        shutil.copytree(ROOT / "dialplans", home / "draft")
        (home / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
        self.run("ivr import customers customers.csv")

    def change(self, old: str, new: str, file: str = "draft/policy.yaml") -> None:
        """Change a file; what is to be changed must be in it."""
        path = self.home / file
        text = path.read_text(encoding="utf-8")
        if old not in text:
            raise ValueError(f"{file} has no {old!r}: change tests/docs.py")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, command: str) -> str:
        """What a command printed, without the spaces at the ends of lines. `make docs` sets the width of a line."""
        while self._in_order and int(time.time()) == self._second:
            time.sleep(0.02)
        nothing_set = dict.fromkeys((name for name in os.environ if name.startswith("IVR_")), None)
        with contextlib.chdir(self.home):
            done = CliRunner().invoke(app, shlex.split(command)[1:], env=nothing_set)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        self._second = int(time.time())  # a command tells a time between its beginning and its end
        text = done.output.replace(str(self.home), "/srv")
        return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


@cache
def samples() -> Mapping[str, str]:
    """The samples of the pages, each by the name of its block."""
    with tempfile.TemporaryDirectory() as folder:
        made = {name: _timeless(text) for name, text in _samples(Place(Path(folder) / "samples"))}
        return made | dict(_recipes(Path(folder)))


def _samples(place: Place) -> Iterator[tuple[str, str]]:
    explain = "ivr policy explain --from +442079460003 --to 1003 --at 'monday 10:00'"
    yield "sample-explain", _shell(place, explain.replace("'", '"'))
    place.change("enter: [customer.value >= 80.0]", "enter: [customer.value >= 85.0]")
    told = place.run("ivr policy explain --policy draft --from +442079460001 --to 1000")
    yield "sample-wish", _fenced(told[told.index("\ntreatment ") + 1 :])
    place.change("enter: [customer.value >= 85.0]", "enter: [customer.value >= 45.0]")
    place.change("stay: [customer.value >= 75.0]", "stay: [customer.value >= 40.0]")
    told = place.run("ivr policy explain --policy draft --from +442079460002 --to 1000")
    yield "sample-threshold", _fenced(told[told.index("treatment ") :])
    place.change("priority: 100", "priority: 012")
    place.change("when: [customer.blocked]", "when: [customer.blokced]")
    found = place.run("ivr policy check draft")
    place.change("priority: 012", "priority: 100")
    place.change("when: [customer.blokced]", "when: [customer.blocked]")
    best = "  - name: best\n    enter: [customer.value >= 95.0]\n"
    place.change("  - name: at-risk\n    enter", f"{best}  - name: at-risk\n    enter")
    found += place.run("ivr policy check draft")
    yield "sample-check", _fenced("".join(line for line in found.splitlines(keepends=True) if "policy.yaml:" in line))
    yield from _published(place)


def _published(place: Place) -> Iterator[tuple[str, str]]:
    place.run("ivr policy publish -m 'as shipped' --author ann")
    shutil.rmtree(place.home / "draft")
    shutil.copytree(place.home / "dialplans", place.home / "draft")
    place.change("enter: [customer.value >= 80.0]", "enter: [customer.value >= 85.0]")
    commands = (
        'ivr policy publish draft -m "fewer premium callers: they waited" --author ann',
        "ivr policy log",
        'ivr policy rollback -m "agents were idle" --author ben',
    )
    yield "sample-publish", _shell(place, *commands)


RECIPES = ROOT / "docs/admin/recipes.md"
RECIPE = re.compile(r"^```yaml\n([^`]*)^```\n\n<!-- begin: (sample-recipe-[\w-]+) -->\n```\n\$ (.*)\n", re.MULTILINE)


def _recipes(folder: Path) -> Iterator[tuple[str, str]]:
    """What each recipe of the page comes to: its lines are put into the draft, its command is run."""
    for lines, name, command in RECIPE.findall(RECIPES.read_text(encoding="utf-8")):
        place = Place(folder / name, in_order=False)
        policy = yaml.safe_load((place.home / "draft/policy.yaml").read_text(encoding="utf-8"))
        _put(policy, yaml.safe_load(lines))
        (place.home / "draft/policy.yaml").write_text(yaml.safe_dump(policy, sort_keys=False), encoding="utf-8")
        checked = place.run("ivr policy check draft")
        if wrong := [line for line in checked.splitlines() if ".yaml:" in line]:
            raise ValueError(f"{RECIPES.name}, {name}: {wrong}")
        told = place.run(command)
        of_interest = told[told.index("\ntreatment  ") + 1 : told.index("\npolicy  ") + 1]
        yield name, _fenced(f"$ {command}\n{of_interest}")


def _put(policy: dict[str, Any], lines: Mapping[str, Any]) -> None:
    """Put lines into a policy as the page says: what has a name replaces what it names, or else stands first."""
    for name, value in lines.items():
        if isinstance(value, dict):
            _put(policy.setdefault(name, {}), value)
        elif name in ("segments", "rules"):
            for each in reversed(value):
                same = next((there for there in policy[name] if there["name"] == each["name"]), None)
                same.update(each) if same else policy[name].insert(0, each)
        else:
            policy[name] = value


def _shell(place: Place, *commands: str) -> str:
    return _fenced("".join(f"$ {command}\n{place.run(command)}" for command in commands))


def _fenced(text: str) -> str:
    return f"```\n{text}```\n"


def _timeless(text: str) -> str:
    """With one day in place of every date, and times of day a minute apart."""
    times = {found: f"15:{10 + n}:27" for n, found in enumerate(sorted(set(CLOCK.findall(text))))}
    return DATE.sub(MONDAY, CLOCK.sub(lambda found: times[found[0]], text))


# ------------------------------------------------------------------------------------------------------


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = tuple(head)
    lines = [head, ("---",) * len(head), *(tuple(_cell(each) for each in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n".replace("|  |", "| |") for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))


def _sample(name: str) -> Callable[[], str]:
    return lambda: samples()[name]


BLOCKS: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "parts": parts,
    "parts-agents": lambda: parts(agents=True),
    "import-map": import_map,
    "facts": facts,
    "priorities": priorities,
    "commands": command_line,
    **{f"sample-{name}": _sample(f"sample-{name}") for name in ("explain", "wish", "threshold", "check", "publish")},
    **{name: _sample(name) for _, name, _ in RECIPE.findall(RECIPES.read_text(encoding="utf-8"))},
}


def main() -> None:
    """Write the blocks anew, and say which pages have changed."""
    for page in documents():
        text = page.read_text(encoding="utf-8")
        if (new := regenerated(text)) != text:
            page.write_text(new, encoding="utf-8")
            print(f"wrote {page.relative_to(ROOT)}")  # noqa: T201


if __name__ == "__main__":
    main()
