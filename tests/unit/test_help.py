"""Every command says what it does, with an example, in words that fit any terminal."""

import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from ivr.cli import app


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        yield " ".join((*path, name))
        if hasattr(command, "list_commands"):
            yield from commands(command, (*path, name))


ALL = ["", *commands(typer.main.get_command(app))]
GROUPS = ["", "import", "pin", "lab", "qa", "policy"]
PANEL = re.compile(r"^╭", re.MULTILINE)


def told(command: str, width: int) -> str:
    # Not TERMINAL_WIDTH, which typer reads once and for good.
    said = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": str(width)})
    assert said.exit_code == 0
    return said.stdout


def test_there_are_commands() -> None:
    assert {"health", "import customers", "policy rollback", "qa from-call", *GROUPS} <= set(ALL)


@pytest.mark.parametrize("command", ALL)
def test_every_help_text_has_an_example(command: str) -> None:
    said = told(command, 110)
    assert "Example:" in said
    assert f"ivr {command}".strip() in said


@pytest.mark.parametrize("command", ALL)
def test_no_python_stands_in_a_help_text(command: str) -> None:
    said = told(command, 200)
    assert not re.search(r"<\w[^>]*>|<=|\bNone\b|\{\w+\}", said)


@pytest.mark.parametrize("command", ALL)
def test_what_takes_a_value_says_which(command: str) -> None:
    """And in one piece, as narrow as the terminal may be."""
    narrow = told(command, 80)
    for each in params(command):
        if each.param_type_name == "argument" or not (each.is_flag or each.count):
            assert each.metavar, each.opts
            assert re.search(rf"(?<![\w|]){re.escape(each.metavar)}(?![\w|])", narrow), each.opts


def params(command: str) -> list[Any]:
    found: Any = typer.main.get_command(app)
    for name in command.split():
        found = found.get_command(None, name)
    return [each for each in found.params if not each.hidden]


@pytest.mark.parametrize("command", ALL)
def test_every_option_has_a_meaning_and_a_default_is_called_so(command: str) -> None:
    for each in params(command):
        assert each.help, each.opts
        assert not re.match(r"(else|or|default)\b", each.help), each.opts
        assert "else " not in each.help, each.opts


def ragged(paragraph: list[str], width: int) -> list[str]:
    """The lines of a paragraph behind which the next word had room: broken twice, by the source and the terminal."""
    return [
        line
        for line, following in itertools.pairwise(paragraph)
        if len(line) + 1 + len(following.split()[0]) <= width - 2  # a margin of one on each side
    ]


def paragraphs(said: str) -> list[list[str]]:
    """The lines of each paragraph above the first panel."""
    text = PANEL.split(said)[0]
    blocks = re.split(r"\n\s*\n", text.strip("\n"))
    return [[line.strip() for line in block.splitlines() if line.strip()] for block in blocks]


@pytest.mark.parametrize("width", [60, 80, 110])
@pytest.mark.parametrize("command", ALL)
def test_paragraphs_are_as_wide_as_the_terminal(command: str, width: int) -> None:
    found = paragraphs(told(command, width))
    assert len(found) >= 3  # usage, what it does, an example
    assert [line for paragraph in found[1:] for line in ragged(paragraph, width)] == []


def test_a_ragged_paragraph_is_seen() -> None:
    assert ragged(["one two", "three four five six seven"], 40) == ["one two"]
    assert ragged(["one two three four five six seven", "eight"], 40) == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_list_of_commands_has_their_first_lines(group: str) -> None:
    listed = " ".join(told(group, 200).replace("│", " ").split())
    top: Any = typer.main.get_command(app)
    of = top.get_command(None, group) if group else top
    for name in of.list_commands(None):
        first = of.get_command(None, name).help.partition("\n")[0]
        assert first
        assert " ".join(first.split()) in listed


def test_a_mistyped_command_is_corrected() -> None:
    assert "'health'" in CliRunner().invoke(app, ["healt"]).output
    assert "'rollback'" in CliRunner().invoke(app, ["policy", "rolback"]).output


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_classic_program_says_what_it_is(option: str) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "ivr.service.classic_agi", option], capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")
    assert "--settings FILE" in said.stdout
    assert "Example" in said.stdout
