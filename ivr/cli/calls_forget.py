"""`ivr calls forget`."""

import sys
import time
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ivr.cli import common, moments
from ivr.cli.publications import clock, writing
from ivr.errors import IvrError
from ivr.store import call_forgetting
from ivr.store.number_key import kept_or_made, path_of_key

_GOES = (
    "their numbers, SIP Call-IDs, customers' names, all facts that decisions were taken from, and "
    "whom they were passed on to"
)
_STAYS = "times, outcome, queue, agent, segment, customer_id, and a hash in each number's place"


def forget(
    older_than: Annotated[
        str,
        typer.Option(
            "--older-than",
            metavar="LENGTH",
            help="how old the calls are: 90d, 12 weeks; as IVR_KEEP_DAYS says, if nobody does",
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
) -> None:
    """Forget what is personal in old calls: numbers, names, and what decisions were taken from.

    Times, outcome, queue, agent, segment and customer_id stay, so that statistics and scores go on
    counting the calls. It says first what would go, and asks. It cannot be undone. Who stops it
    in the middle can go on later.

    The service does the same each night where IVR_KEEP_DAYS is set.

    Example:  ivr calls forget --older-than 90d
    """
    settings = common.settings()
    seconds = moments.length(older_than) if older_than else settings.keep_days * 86_400.0
    if not seconds:
        problem = "say how old, or set IVR_KEEP_DAYS: else all calls are kept"
        raise typer.BadParameter(problem, param_hint="--older-than")
    before = time.time() - seconds
    database = common.database(settings)
    with writing() as engine:
        old = call_forgetting.old_calls(engine, before)
        if old.first is None or old.last is None:
            common.err.print(f"no calls from before {clock(before)} have anything to forget")
            return
        period = f"{old.count:,} calls from {clock(old.first)} to {clock(old.last)}"
        for line in (f"{period}, in {database}", f"  goes: {_GOES}", f"  stays: {_STAYS}"):
            common.err.print(line, markup=False)
        if not yes:
            _ask()
        done, key = 0, kept_or_made(path_of_key(settings))
        columns = (TextColumn("forgetting"), BarColumn(), TimeElapsedColumn())
        hidden = not common.err.is_terminal
        with Progress(*columns, console=common.err, transient=True, disable=hidden) as shown:
            task = shown.add_task("calls", total=old.count)
            for count in call_forgetting.forget(engine, key, before):
                done += count
                shown.update(task, completed=done)
    common.out.print(f"{done:,} calls forgotten", markup=False)


def _ask() -> None:
    if not sys.stdin.isatty():
        raise IvrError("nothing is forgotten: nobody can be asked here: write --yes")
    if not typer.confirm("forget all that?", err=True):
        raise IvrError("nothing is forgotten")
