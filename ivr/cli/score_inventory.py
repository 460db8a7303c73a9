"""`ivr score inventory`."""

import json
import time
from dataclasses import asdict

import typer
from rich.table import Table
from rich.text import Text

from ivr.application.score_inventory import Inventory, MetricFound
from ivr.cli import common
from ivr.cli.options import AsJson, Engine
from ivr.cli.score_data import beside_calls, calculating, print_problems
from ivr.cli.score_progress import progress
from ivr.domain.durations import length
from ivr.domain.showable import one_line
from ivr.service import scoring as service


def inventory(engine: Engine = None, as_json: AsJson = False) -> None:
    """Read the sources now, and say of each metric whom it covers, how old it is, and who owns it.

    `missing` is how many customers have no value, `absurd` how many have one out of its range.

    A line follows for each owner, and for each source that fails, has bad rows, or is older than it
    may be. Nothing is written. Ctrl-C ends it.

    Exit code 0 when there is nothing to say, 1 when there is something, 2 when it cannot be done.

    Example:  ivr score inventory
    """
    beside_calls()
    with progress() as told:
        settings = calculating(common.settings(), engine)
        found = service.inventory(settings, int(time.time()), told)
    if as_json:
        common.out.print(json.dumps(asdict(found)), markup=False, emoji=False, soft_wrap=True)
    else:
        common.out.print(_table(found))
        for owner, sources in _owners(found).items():
            common.out.print(one_line(f"{owner} answers for {', '.join(sources)}"), markup=False)
        print_problems(found.problems)
    raise typer.Exit(1 if found.problems else 0)


def _table(found: Inventory) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("metric", no_wrap=True)
    table.add_column("source", no_wrap=True)
    for heading in ("customers", "%", "newest", "missing", "absurd"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in found.metrics:
        table.add_row(*map(Text, _row(each, found.customers)))
    return table


def _owners(found: Inventory) -> dict[str, list[str]]:
    """Return who answers for which sources."""
    owners: dict[str, list[str]] = {}
    for each in found.metrics:
        if each.owner:
            known = owners.setdefault(each.owner, [])
            known += [name for name in each.sources if name not in known]
    return owners


def _row(each: MetricFound, customers: int) -> list[str]:
    row = [each.metric, ", ".join(each.sources)]
    age = "-" if each.newest_age is None else length(each.newest_age)
    if each.covered is None:
        return [*row, "failed", "", age, "", ""]
    share = f"{100 * each.covered / customers:.0f}" if customers else "-"
    return [*row, f"{each.covered:,}", share, age, f"{each.missing:,}", f"{each.out_of_range:,}"]
