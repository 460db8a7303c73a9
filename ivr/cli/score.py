"""`ivr score runs` and `show`."""

import datetime as dt
import json
from contextlib import closing
from dataclasses import asdict
from itertools import zip_longest
from typing import Annotated, Any

import typer

from ivr.cli import common
from ivr.cli.options import AsJson
from ivr.domain.durations import length
from ivr.domain.scoring.runs import RunSource, ScoreRun
from ivr.domain.showable import one_line
from ivr.store import score_query
from ivr.store.statement_reading import reading

Count = Annotated[
    int,
    typer.Option("-n", min=1, max=10_000, metavar="COUNT", help="how many runs"),
]
_LINE = "{:<1} {:>6}  {:<9}  {:<19}  {:>10}  {:>10}  {:>10}"
_HEADER = ("", "run", "state", "began", "took", "customers", "changed")


def runs(
    count: Count = 20,
    as_json: AsJson = False,
) -> None:
    """List the runs that calculated scores, the newest first: the one in force has a star.

    What a run calculated with is told where the one before calculated with something else.

    States: running, done, failed, withdrawn (by `ivr score rollback`). A run that was killed is
    `running` until the next one begins.

    Example:  ivr score runs -n 5
    """
    with closing(reading(common.settings().database_url)) as database, database.asking() as asked:
        found, in_force = score_query.last(asked, count), score_query.in_force(asked)
        still = score_query.stands_still(asked)
    if found and not as_json:
        common.out.print(_LINE.format(*_HEADER).rstrip(), style="cyan", markup=False)
    for run, before in zip_longest(found, map(_made_with, found[1:])):
        counts = in_force is not None and run.run == in_force.run
        if as_json:
            common.out.print(json.dumps(_told(run, counts=counts)), markup=False, emoji=False)
            continue
        common.out.print(_line(run, counts=counts), markup=False, emoji=False)
        if _made_with(run) != before:
            common.out.print(f"{'':10}└ {one_line(_made_with(run))}", markup=False)
        if run.why:
            common.out.print(f"{'':10}└ {one_line(run.why)}", markup=False)
    if still and not as_json:
        common.err.print("a schedule stands still after the rollback, until `ivr score run`")
    if not found and not as_json:
        common.err.print("no run yet: the scores that were given count")


def show(
    run: Annotated[int, typer.Argument(metavar="RUN", min=1, help="as `ivr score runs` shows it")],
    as_json: AsJson = False,
) -> None:
    """Show one run: when it was, what it calculated with, how many changed, why it failed.

    Example:  ivr score show 12
    """
    with closing(reading(common.settings().database_url)) as database, database.asking() as asked:
        found, in_force = score_query.one(asked, run), score_query.in_force(asked)
    told = _told(found, counts=in_force is not None and found.run == in_force.run)
    if as_json:
        common.out.print(json.dumps(told), markup=False, emoji=False)
        return
    ended = "" if found.ended_at is None else f"{_clock(found.ended_at)} (took {_took(found)})"
    shown = {
        "run": f"{found.run}, {found.state}{', in force' if told['in_force'] else ''}",
        "began": _clock(found.began_at),
        "ended": ended,
        "withdrawn": _clock(found.withdrawn_at) if found.withdrawn_at is not None else "",
        "as of": "" if found.as_of in (None, found.began_at) else _clock(found.as_of or 0),
        "scoring": found.version,
        "calibration": found.calibration,
        "both kept as": found.definition,
        "customers": f"{found.customers:,}, of whom {found.changed:,} changed",
        "why": found.why,
    }
    for name, text in shown.items():
        if text:
            common.out.print(f"{name:<12} {one_line(text)}", markup=False, emoji=False)
    for source in found.sources:
        _print_source(source)


def _print_source(source: RunSource) -> None:
    of = f"{source.rows:,} rows, {source.bad:,} bad, of {source.customers:,} customers"
    newest = "" if source.newest is None else f", the newest of {_clock(source.newest)}"
    text = "nothing counts" if source.as_of is None else f"{of}{newest}"
    if source.as_of is not None and source.error:
        text = f"as of {_clock(source.as_of)}: {text}"
    if source.error:
        text = f"failed: {source.error}; {text}"
    common.out.print(f"{source.name:<12} {one_line(text)}", markup=False, emoji=False)


def _told(run: ScoreRun, *, counts: bool) -> dict[str, Any]:
    return asdict(run) | {"in_force": counts}


def _line(run: ScoreRun, *, counts: bool) -> str:
    return _LINE.format(
        "*" if counts else "",
        run.run,
        run.state,
        _clock(run.began_at),
        _took(run),
        f"{run.customers:,}",
        f"{run.changed:,}",
    )


def _made_with(run: ScoreRun) -> str:
    return f"scoring {run.version or '-'}, calibration {run.calibration or '-'}"


def _took(run: ScoreRun) -> str:
    return "-" if run.ended_at is None else length(max(run.ended_at - run.began_at, 0.0))


def _clock(at: float) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")
