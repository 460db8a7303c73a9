"""`ivr score calibrate`, `run` and `explain`: what reads the sources."""

import json
import math
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from ivr.application import score_customers, score_segments
from ivr.application.score_customers import Measured
from ivr.cli import common
from ivr.cli.options import AsJson
from ivr.domain.policy import Policy
from ivr.domain.scoring import formula
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.formula import MadeScore
from ivr.domain.scoring.numbers import Values
from ivr.domain.showable import one_line
from ivr.policy import loader
from ivr.service import scoring as service

NICE = 19  # calls come first
_ROWS = 12  # of a table


def run(
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE", help="it is right that this source has few or bad rows"),
    ] = None,
) -> None:
    """Calculate everybody's scores from the sources. What changed is written, and counts at once.

    Rows and values that cannot be used are told, a line each, and left out. When a source fails,
    its metrics keep the values that they have, and the scores are as old as these. A source also
    fails when hardly any good row is left of those that there were. When all fail, nothing changes.

    Exit code 0 when all was good, 1 when something was left out, 2 when there was no run.

    Example:  ivr score run
    """
    os.nice(NICE)
    settings = common.settings(say=True)
    began = time.monotonic()
    with progress() as told:
        report = service.run(settings, int(time.time()), told, accept or ())
    print_problems(report.problems)
    for source in report.sources:
        of = f"{source.rows:,} rows of {source.customers:,} customers"
        what = "failed" if source.error else f"{of}, {source.place}"
        common.out.print(f"{source.source}: {what}", markup=False)
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
    os.nice(NICE)
    settings = common.settings(say=True)
    with progress() as told:
        made = service.calibrate(settings, int(time.time()), told)
    print_problems(made.measured.problems)
    policy = loader.load(settings.policy_dir, None).policy
    _print_thresholds(made, policy)
    if not write:
        common.out.print("nothing was written: --write has it count from now on")
        return
    path = service.put_calibration(settings, made.new)
    common.out.print(f"{path}: calibration {made.new.version}", markup=False)


def explain(
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="the customer_id")],
    as_json: AsJson = False,
) -> None:
    """Say why a customer has these scores: each metric, its place on its scale, and what it adds.

    The sources are read as they are now, so a run that is older may say something else.

    Example:  ivr score explain C0001
    """
    settings = common.settings()
    with progress() as told:
        measured = service.measured(settings, customer, int(time.time()), told)
    scoring, calibration = service.scoring_of(settings), service.needed_calibration(settings)
    score_customers.refuse_misfit(scoring, calibration)
    made = score_customers.scored(scoring, calibration, measured)
    if as_json:
        told_all = _as_json(customer, scoring, calibration, made, measured)
        common.out.print(json.dumps(told_all), markup=False, emoji=False)
        return
    for score in made.values():
        _print_score(score, scoring, measured)
    _print_shown(scoring, measured)
    common.out.print(f"scoring {scoring.version}, calibration {calibration.version}")


@contextmanager
def progress() -> Iterator[score_customers.Progress]:
    """Show what is being done, while it is."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[done]}"),
        TimeElapsedColumn(),
        console=common.err,
        transient=True,
    ) as shown:
        task = shown.add_task("reading", total=None, done="")

        def told(what: str, done: int, total: int) -> None:
            of = f"{done:,} of {total:,} customers" if total else ""
            shown.update(task, description=what, completed=done, total=total or None, done=of)

        yield told


def print_problems(problems: tuple[str, ...]) -> None:
    """Say what was left out, a line each."""
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


def _print_score(score: MadeScore, scoring: Scoring, measured: Measured) -> None:
    final, weighted = _one(score.score), _one(score.weighted)
    ranked = "" if final == weighted else f", the place of {_shown(weighted)} among all"
    common.out.print(Text(f"{score.name}: {_shown(final)}{ranked}", style="bold"))
    table = Table("metric", box=None, padding=(0, 1, 0, 2))
    for heading in ("is", "on its scale", "weight", "adds"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for each in score.contributions:
        table.add_row(
            Text(each.metric),
            _shown(_one(each.value), 2),
            _shown(_one(each.scaled)),
            f"{_one(each.weight):.0%}",
            _shown(_one(each.points)),
            Text(scoring.metrics[each.metric].about, style="dim"),
        )
    common.out.print(table)


def _print_shown(scoring: Scoring, measured: Measured) -> None:
    """Return the metrics that count in no score."""
    counted = {name for weights in scoring.made.values() for name in weights}
    for name, value in measured.values.items():
        if name not in counted:
            about = scoring.metrics[name].about
            note = f" ({about})" if about else ""
            common.out.print(f"{name}: {_shown(_one(value), 2)}{note}", markup=False)


def _one(values: Values) -> float:
    return float(values[0])


def _shown(value: float, digits: int = 1) -> str:
    return "not known" if math.isnan(value) else f"{value:,.{digits}f}"


def _as_json(
    customer: str,
    scoring: Scoring,
    calibration: Calibration,
    made: Mapping[str, MadeScore],
    measured: Measured,
) -> dict[str, object]:
    def plain(values: Values) -> float | None:
        return None if math.isnan(_one(values)) else _one(values)

    scores = {
        name: {
            "score": plain(score.score),
            "weighted": plain(score.weighted),
            "metrics": {
                each.metric: {
                    "value": plain(each.value),
                    "scaled": plain(each.scaled),
                    "weight": plain(each.weight),
                    "points": plain(each.points),
                }
                for each in score.contributions
            },
        }
        for name, score in made.items()
    }
    return {
        "customer": customer,
        "scoring": scoring.version,
        "calibration": calibration.version,
        "scores": scores,
        "metrics": {name: plain(each) for name, each in measured.values.items()},
    }
