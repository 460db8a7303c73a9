"""`ivr score check` and `schema`: what needs no data."""

import datetime as dt
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from ivr.application import score_segments
from ivr.cli import common
from ivr.domain.policy import Policy
from ivr.domain.showable import one_line
from ivr.errors import FileError, IvrError
from ivr.policy import json_schemas, texts
from ivr.policy import loader as policies
from ivr.policy.lint.check import Finding
from ivr.policy.scoring import check as checks
from ivr.policy.scoring import schedule as schedules
from ivr.policy.scoring.loader import SCORING, read
from ivr.policy.scoring.schema import ScoringFile


def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="scoring.yaml, or its folder; default: IVR_POLICY_DIR",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON, for programs")] = False,
) -> None:
    """Say everything that is wrong with scoring.yaml, each in one line: where, what, how to fix it.

    Lines with `warning:` are accepted, but are probably not what you intended: a metric that counts
    in no score, the same rows counted twice, a metric of need for what policy.yaml beside it raises
    calls for anyway.

    For each threshold of that policy, the last lines say how many customers' scores fit it now.
    Where the file has a schedule, its next three times follow.

    Exit code 0 when there is nothing to say, 1 when there is something, 2 when it cannot be read.

    Example:  ivr score check dialplans/scoring.yaml
    """
    chosen = file or common.settings().policy_dir
    path = chosen / SCORING if chosen.is_dir() else chosen
    try:
        text = read(path)
    except FileError as error:
        common.err.print(one_line(f"ivr: {error}"), markup=False)
        raise typer.Exit(2) from None
    policy, not_checked = _policy(path.parent)
    found = checks.check(text, path.parent, path.name, policy)
    thresholds, customers = _thresholds(policy, not_checked)
    told = _CheckResult(found, not_checked, thresholds, customers, _planned(path, text))
    if as_json:
        common.out.print(json.dumps(asdict(told), indent=2), markup=False)
    else:
        _print(told, path)
    raise typer.Exit(1 if found else 0)


@dataclass(frozen=True, slots=True)
class _CheckResult:
    findings: tuple[Finding, ...]
    not_checked: list[str]
    thresholds: list[dict[str, Any]]
    customers: int | None
    planned: list[str]


def _print(told: _CheckResult, path: Path) -> None:
    for each in told.findings:
        common.out.print(one_line(str(each)), markup=False)
    for why in told.not_checked:
        common.err.print(one_line(f"not checked: {why}"), markup=False)
    if not told.findings:
        common.err.print(f"nothing wrong with {path}", markup=False)
    for one in told.thresholds:
        fit = f"{one['customers']:,} of {told.customers:,} customers"
        said = f"{one['segment']}: {one['condition']}: {fit}"
        common.out.print(one_line(said), markup=False)
    for at in told.planned:
        common.err.print(f"scores are calculated at {at}", markup=False)


def _planned(path: Path, text: str) -> list[str]:
    """Return the next times of the schedule, in its zone."""
    try:
        schedule = schedules.read(path, text)
    except FileError:
        return []  # it is among the findings
    if schedule is None:
        return []
    zone = ZoneInfo(schedule.zone)
    made = [dt.datetime.fromtimestamp(at, zone) for at in schedules.after(schedule, time.time(), 3)]
    return [at.isoformat(" ", "minutes") for at in made]


def _policy(folder: Path) -> tuple[Policy | None, list[str]]:
    """Return the policy beside the file, and why it could not be compared."""
    try:
        return policies.load(folder, None).policy, []
    except FileError as error:
        what = f"what {texts.POLICY} raises calls for"
        return None, [f"{what}, beside what counts as need: {error}"]


def _thresholds(
    policy: Policy | None,
    not_checked: list[str],
) -> tuple[list[dict[str, Any]], int | None]:
    """Count who fits each threshold now, and all; why it could not be goes to `not_checked`."""
    if policy is None:
        return [], None
    from ivr.service import score_thresholds  # noqa: PLC0415 - takes numpy

    found = score_segments.segments(policy, lapsed=True)
    try:
        customers, fit = score_thresholds.counts(common.settings(), policy, found)
    except IvrError as error:
        not_checked.append(f"how many customers lie above each threshold: {error}")
        return [], None
    if not customers:
        why = "there are no customers (ivr import customers FILE)"
        not_checked.append(f"how many customers lie above each threshold: {why}")
        return [], 0
    both = zip(found.thresholds, fit, strict=True)
    told = [(each.segment, each.condition, count) for each, count in both]
    names = ("segment", "condition", "customers")
    return [dict(zip(names, each, strict=True)) for each in told], customers


def schema() -> None:
    """Print the JSON Schema of scoring.yaml, for editors that check while you write.

    Example:  ivr score schema > scoring.schema.json
    """
    made = json_schemas.of(ScoringFile, SCORING)
    common.out.print(made, markup=False, emoji=False)
