"""`ivr score calibrate`, `run` and `explain`: what reads the sources."""

import os
import signal
import time
from dataclasses import replace
from typing import Annotated

import typer

from ivr.cli import common, publications, score_moves
from ivr.cli.options import Engine
from ivr.cli.score_progress import progress
from ivr.domain.showable import one_line
from ivr.service import published_versions
from ivr.service import scoring as service
from ivr.settings import Settings
from ivr.store import versions
from ivr.store.version_query import SCORING

NICE = 19  # calls come first


def run(
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE", help="it is right that this source has few or bad rows"),
    ] = None,
    engine: Engine = None,
) -> None:
    """Calculate everybody's scores from the sources. What changed is written, and counts at once.

    Rows and values that cannot be used are told, a line each, and left out. When a source fails,
    its metrics keep the values that they have, and the scores are as old as these. A source also
    fails when hardly any good row is left of those that there were. When all fail, nothing changes.

    Exit code 0 when all was good, 1 when something was left out, 2 when there was no run.

    Example:  ivr score run
    """
    beside_calls()
    settings = calculating(common.settings(say=True), engine)
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
    common.out.print(f"scoring {report.definition} ({report.origin})", markup=False)
    raise typer.Exit(1 if report.problems else 0)


def calibrate(
    write: Annotated[bool, typer.Option("--write", help="write calibration.json")] = False,
    engine: Engine = None,
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
    beside_calls()
    settings = calculating(common.settings(say=True), engine)
    with progress() as told:
        made = service.calibrate(settings, int(time.time()), told)
    print_problems(made.measured.problems)
    with publications.reading() as database:
        policy = published_versions.in_force_now(database, settings.policy_dir, None)[0].policy
        last = next(iter(versions.log(database, 1, SCORING)), None)
    score_moves.print_all(made, policy)
    if not write:
        common.out.print("nothing was written: --write writes calibration.json")
        return
    path = service.put_calibration(settings, made.new)
    common.out.print(f"{path}: calibration {made.new.version}", markup=False)
    if last is not None and last.kind != "withdraw":
        common.out.print("it counts once you publish it: ivr score publish")


def beside_calls() -> None:
    """Let calls come first, and end on SIGTERM as on Ctrl-C: the run fails, no rows are left."""
    os.nice(NICE)
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def calculating(settings: Settings, engine: str | None) -> Settings:
    """Return the settings with another engine, where one is asked for."""
    return replace(settings, score_engine=engine) if engine else settings


def print_problems(problems: tuple[str, ...]) -> None:
    """Say what was left out, a line each."""
    for problem in problems:
        common.err.print(one_line(problem), markup=False)
