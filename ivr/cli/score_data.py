"""`ivr score calibrate`, `run` and `explain`: what reads the sources."""

import os
import time
from collections.abc import Mapping
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ivr.application import score_customers, score_segments
from ivr.application.score_customers import Measured
from ivr.cli import common
from ivr.cli.score_progress import progress
from ivr.domain.policy import Policy
from ivr.domain.scoring import formula
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.numbers import Values
from ivr.domain.showable import one_line
from ivr.policy import loader
from ivr.service import scoring as service

_NICE = 19  # calls come first
_ROWS = 12  # of a table


def run() -> None:
    """Calculate everybody's scores from the sources. What changed is written, and counts at once.

    Rows and values that cannot be used are told, a line each, and left out. When a source cannot be
    read, nothing changes.

    Exit code 0 when all was good, 1 when something was left out, 2 when there was no run.

    Example:  ivr score run
    """
    os.nice(_NICE)
    settings = common.settings(say=True)
    began = time.monotonic()
    with progress() as told:
        report = service.run(settings, int(time.time()), told)
    _print_problems(report.problems)
    for source in report.sources:
        of = f"{source.rows:,} rows of {source.customers:,} customers"
        common.out.print(f"{source.source}: {of}, {source.place}", markup=False)
    took = time.monotonic() - began
    scored = f"{report.customers:,} customers scored, {report.changed:,} changed"
    common.out.print(f"run {report.run}: {scored}, in {took:.1f} s")
    raise typer.Exit(1 if report.problems else 0)


def calibrate(
    write: Annotated[bool, typer.Option("--write", help="have it count from now on")] = False,
) -> None:
    """Rank the customers anew: where does each metric stand among all? First shows who would move.

    Ranks stay as they are until you calibrate again. With --write, the ranks go into
    calibration.json beside scoring.yaml; the next run uses them.

    Exit code 0, or 2 when there is none.

    Example:  ivr score calibrate
    """
    os.nice(_NICE)
    settings = common.settings(say=True)
    with progress() as told:
        made = service.calibrate(settings, int(time.time()), told)
    _print_problems(made.measured.problems)
    policy = loader.load(settings.policy_dir, None).policy
    _print_thresholds(made, policy)
    if not write:
        common.out.print("nothing was written: --write has it count from now on")
        return
    path = service.put_calibration(settings, made.new)
    common.out.print(f"{path}: calibration {made.new.version}", markup=False)


def _print_problems(problems: tuple[str, ...]) -> None:
    for problem in problems:
        common.err.print(one_line(problem), markup=False)


def _print_thresholds(made: service.Calibrated, policy: Policy) -> None:
    """How many lie above each threshold of the policy, before and after, and who would move."""
    numbers = made.measured.numbers
    after = _scores(made.scoring, made.new, made.measured, policy)
    before = _scores(made.scoring, made.old, made.measured, policy) if made.old else None
    found = score_segments.segments(policy)
    table = Table("segment", "condition", box=None, title_justify="left")
    table.add_column("customers now", justify="right")
    table.add_column("then", justify="right")
    for each in found.thresholds:
        now = f"{each.count(before):,}" if before else "-"
        table.add_row(Text(each.segment), Text(each.condition), now, f"{each.count(after):,}")
    common.out.print(table)
    if before:
        moves = score_segments.moved(found, found.of(before, numbers), found.of(after, numbers))
        for one, other, count in moves[:_ROWS]:
            common.out.print(f"{count:,} from {one} to {other}", markup=False)
        if not moves:
            common.out.print("nobody would move to another segment")
    for condition in found.left_out:
        common.out.print(f"not counted, scores do not say it: {condition}", markup=False)


def _scores(
    scoring: Scoring,
    calibration: Calibration,
    measured: Measured,
    policy: Policy,
) -> Mapping[str, Values]:
    made = score_customers.scored(scoring, calibration, measured)
    kept = {name: formula.kept(each.score, measured.numbers) for name, each in made.items()}
    return score_segments.with_overall(kept, policy.score, measured.numbers)
