"""`ivr score calibrate`, `run` and `explain`: what reads the sources."""

import json
import math
import os
import time
from collections.abc import Mapping
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ivr.application import score_customers
from ivr.application.score_customers import Measured
from ivr.cli import common, publications, score_moves
from ivr.cli.options import AsJson
from ivr.cli.score_progress import progress
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.formula import MadeScore
from ivr.domain.scoring.numbers import Values
from ivr.domain.showable import one_line
from ivr.service import published_versions
from ivr.service import scoring as service
from ivr.store import versions
from ivr.store.version_query import SCORING

_NICE = 19  # calls come first


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
    common.out.print(f"scoring {report.definition} ({report.origin})", markup=False)
    raise typer.Exit(1 if report.problems else 0)


def calibrate(
    write: Annotated[bool, typer.Option("--write", help="write calibration.json")] = False,
) -> None:
    """Rank the customers anew: where does each metric stand among all? First shows who would move.

    Segments are those that a customer would have who called the first entry point now, and for the
    first time. How far the customers have moved since the calibration in force is said by metric.

    Ranks stay as they are until you calibrate again. With --write, the ranks go into
    calibration.json beside scoring.yaml. `ivr score publish` puts both in force; while nothing is
    published, the next run uses the files.

    Exit code 0, or 2 when there is none.

    Example:  ivr score calibrate
    """
    os.nice(_NICE)
    settings = common.settings(say=True)
    with progress() as told:
        made = service.calibrate(settings, int(time.time()), told)
    _print_problems(made.measured.problems)
    with publications.reading() as engine:
        policy = published_versions.in_force_now(engine, settings.policy_dir, None)[0].policy
        last = next(iter(versions.log(engine, 1, SCORING)), None)
    score_moves.print_all(made, policy)
    if not write:
        common.out.print("nothing was written: --write writes calibration.json")
        return
    path = service.put_calibration(settings, made.new)
    common.out.print(f"{path}: calibration {made.new.version}", markup=False)
    if last is not None and last.kind != "withdraw":
        common.out.print("it counts once you publish it: ivr score publish")


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


def _print_problems(problems: tuple[str, ...]) -> None:
    for problem in problems:
        common.err.print(one_line(problem), markup=False)


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
