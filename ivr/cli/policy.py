"""The group `ivr policy`; its commands are beside it."""

import typer

group = typer.Typer(help="The policy: check, try, publish and take back.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="policy")
