"""`ivr qa`: what testers run against a lab."""

import typer

from ivr.cli import qa_load


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="Test the routing with many real calls.", no_args_is_help=True)
    group.callback()(_group)
    qa_load.add(group)
    app.add_typer(group, name="qa")


def _group() -> None:
    """Test the routing with many real calls."""  # a callback keeps it a group while it has one command only
