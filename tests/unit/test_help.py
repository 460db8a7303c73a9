"""Every command says what it does, with an example."""

import pytest
from typer.testing import CliRunner

from ivr.cli import app

COMMANDS = ["serve", "migrate", "doctor", "health", "call", "calls", "explain", "import customers",
            "pin set", "pin clear", "pin unlock", "chaos", "demo", "policy check", "policy schema", "policy facts",
            "policy explain", "policy diff", "policy publish", "policy log", "policy show", "policy rollback",
            "policy withdraw",
            "lab up", "lab down", "lab status", "lab logs", "lab asterisk",
            "qa run", "qa new", "qa from-call", "qa schema", "qa load"]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_text_has_an_example(command: str) -> None:
    told = CliRunner().invoke(app, [*command.split(), "--help"])
    assert told.exit_code == 0
    assert "Example:" in told.stdout
    assert f"ivr {command}" in told.stdout
