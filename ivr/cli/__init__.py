"""The `ivr` command."""

import sys

import typer

from ivr import private_files
from ivr.cli import calls, chaos, data, lab, pin, policy, policy_decisions, policy_versions, qa, service
from ivr.errors import IvrError
from ivr.logs import one_line

app = typer.Typer(
    name="ivr",
    help="Segment-aware call routing for Asterisk: premium callers to the best agents, everybody served.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)
service.register(app)
calls.register(app)
data.register(app)
pin.register(app)
lab.register(app)
qa.register(app)
chaos.register(app)
policy.register(app)
policy_decisions.register(policy.group)
policy_versions.register(policy.group)


def main() -> None:
    """Run the command line. A mistake of the user's is one line and exit code 2, an interruption is 130."""
    private_files.from_now_on()
    try:
        app()
    except IvrError as error:
        lines = (one_line(line) for line in str(error).split("\n"))
        print("ivr:", "\n".join(lines), file=sys.stderr)  # noqa: T201 - the command line speaks to people
        sys.exit(2)
    except KeyboardInterrupt:
        print("ivr: interrupted", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        sys.exit(0)
