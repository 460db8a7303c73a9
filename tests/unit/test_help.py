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
# What may stand where a value goes: no type of Python's.
TYPES = re.compile(r"<(?!bool>)[a-z\[\] |]*(?:str|int|float|path|file|list|range)[a-z\[\] ]*>", re.IGNORECASE)


def told(command: str, width: int) -> str:
    said = CliRunner().invoke(
        app, [*command.split(), "--help"], env={"COLUMNS": str(width), "TERMINAL_WIDTH": str(width)}
    )
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
    assert not re.search(r"\{[a-z_]+\}", said)
    options = said.partition("─ Options ─")[2]  # the type of an argument is typer's to show
    assert not TYPES.findall(options)


@pytest.mark.parametrize("width", [80, 110])
def test_paragraphs_are_as_wide_as_the_terminal(width: int) -> None:
    """Not as wide as the source: of the lines of a paragraph, the next one's first word has no room in any."""
    text = told("import customers", width).partition("Columns:")[2].partition("Example:")[0]
    for paragraph in ("Columns:" + text).split(" \n \n"):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        for line, following in itertools.pairwise(lines):
            if len(following.split()) > 0 and not following.startswith(("Optional", "Each")):
                assert len(line) + 1 + len(following.split()[0]) > width - 4


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
