"""`ivr score diff`: who moved from one run to the next, and why."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from ivr.application.score_moves import BANDS, Mover, Moves
from ivr.cli import common
from ivr.cli.options import AsJson
from ivr.cli.score_progress import progress
from ivr.domain.customers import SCORES
from ivr.domain.scoring.runs import ScoreRun
from ivr.domain.showable import one_line
from ivr.service import score_changes
from ivr.service.score_changes import Changes

_NICE = 19  # calls come first
_ROWS = 12  # of a table


def diff(
    runs: Annotated[
        list[int] | None,
        typer.Argument(metavar="[RUN RUN]", min=1, help="as `ivr score runs` shows them"),
    ] = None,
    count: Annotated[
        int,
        typer.Option("-n", min=0, max=100_000, metavar="COUNT", help="how many movers"),
    ] = 20,
    as_json: AsJson = False,
) -> None:
    """Say who moved from one run to the next, how far, and the metric that moved them.

    Without RUN RUN: the newest run, also one that was taken back, and the one before. What the
    last two or three runs calculated is kept, so only these can be compared.

    The metric is the one whose contribution changed most in the direction of the move. Where the
    scoring or the calibration was changed between the runs and did more, the cause is `the scoring
    changed`.

    Exit code 0, or 1 when they cannot be compared.

    Example:  ivr score diff 11 12 -n 5
    """
    if runs and len(runs) != 2:
        raise typer.BadParameter("give two runs, or none")
    one, other = runs or (None, None)
    os.nice(_NICE)
    settings = common.settings()
    with progress() as told:
        found = score_changes.changes(settings, (one, other), count, told)
    if as_json:
        common.out.print(json.dumps(as_dict(found)), markup=False, emoji=False)
        return
    _print_runs(found)
    _print_summary(found.moves)
    if found.moves.movers:
        _print_movers(found.moves)
    for condition in found.left_out:
        common.out.print(f"not counted, scores do not say it: {one_line(condition)}", markup=False)


def as_dict(found: Changes) -> dict[str, Any]:
    """Return it for programs."""
    moves = found.moves
    return {
        "older": asdict(found.older),
        "newer": asdict(found.newer),
        "scoring_changed": found.scoring_changed,
        "no_metric_because": found.why_not,
        "written": moves.customers,
        "moved": moves.moved,
        "by_points": {
            name: [
                {"from": low, "below": high, "up": counts[n, True], "down": counts[n, False]}
                for n, (low, high) in enumerate(bands())
            ]
            for name, counts in moves.bands.items()
        },
        "by_cause": dict(moves.causes.most_common()),
        "segments": [
            {"from": between[0], "to": between[1], "customers": count}
            for between, count in moves.segments.most_common()
        ],
        "segments_leave_out": list(found.left_out),
        "movers": [_mover(each) for each in moves.movers],
    }


def bands() -> Iterator[tuple[int, int | None]]:
    """From how many points to how many; None for all above."""
    return zip((0, *BANDS), (*BANDS, None), strict=True)


def _mover(mover: Mover) -> dict[str, Any]:
    made = {"adds": mover.by, "was": mover.was, "is": mover.now}
    return {
        "customer": mover.customer,
        "before": dict(zip(SCORES, mover.before, strict=True)),
        "after": dict(zip(SCORES, mover.after, strict=True)),
        "segment_before": mover.segments[0],
        "segment_after": mover.segments[1],
        "score": mover.score,
        "points": mover.points,
        "cause": mover.cause,
        "metric": None if mover.by is None else made,
    }


def _print_runs(found: Changes) -> None:
    for name, run in (("from", found.older), ("to", found.newer)):
        common.out.print(f"{name:<5}{_run(run)}", markup=False, emoji=False)
    if found.scoring_changed:
        common.out.print("the scoring or the calibration was changed between them")
    if found.why_not:
        common.err.print(one_line(f"no metric is named: {found.why_not}"), markup=False)


def _run(run: ScoreRun) -> str:
    at = dt.datetime.fromtimestamp(run.began_at, dt.UTC).astimezone()
    made = f"scoring {run.version or '-'}, calibration {run.calibration or '-'}"
    return one_line(f"run {run.run}, {run.state}, of {at:%Y-%m-%d %H:%M:%S}: {made}")


def _print_summary(moves: Moves) -> None:
    written = f"of {moves.customers:,} whose rows the run wrote"
    common.out.print(f"{moves.moved:,} customers moved, {written}")
    if not moves.moved:
        return
    table = Table("points", box=None, padding=(0, 2, 0, 0))
    for name in SCORES:
        table.add_column(f"{name} up", justify="right")
        table.add_column("down", justify="right")
    for n, (low, high) in enumerate(bands()):
        cells = [f"{moves.bands[name][n, up]:,}" for name in SCORES for up in (True, False)]
        table.add_row(f"{low} to {high}" if high else f"{low} or more", *cells)
    common.out.print(table)
    for cause, count in moves.causes.most_common(_ROWS):
        common.out.print(f"{count:,} moved by: {one_line(cause)}", markup=False)
    for (one, other), count in moves.segments.most_common(_ROWS):
        common.out.print(f"{count:,} from {one} to {other}", markup=False)
    if not moves.segments:
        common.out.print("nobody moved to another segment")


def _print_movers(moves: Moves) -> None:
    line = "{:<16}  {:>13}  {:>13}  {:>13}  {}"
    header = line.format("customer", *SCORES, "segment")
    common.out.print(header, style="cyan", markup=False)
    for each in moves.movers:
        scores = [_scores(*pair) for pair in zip(each.before, each.after, strict=True)]
        one, other = each.segments
        between = one if one == other else f"{one} → {other}"
        row = line.format(one_line(each.customer), *scores, between)
        common.out.print(row, markup=False, emoji=False)
        common.out.print(f"  └ {one_line(_cause(each))}", markup=False, emoji=False)


def _scores(before: float | None, after: float | None) -> str:
    one, other = ("-" if each is None else f"{each:.1f}" for each in (before, after))
    return one if one == other else f"{one} → {other}"


def _cause(mover: Mover) -> str:
    if mover.by is None:
        return mover.cause
    was, now = ("not known" if each is None else f"{each:,.2f}" for each in (mover.was, mover.now))
    values = f"{was} → {now}"
    return f"{mover.cause} {values} ({mover.by:+.1f} of {mover.score})"
