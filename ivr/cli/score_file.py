"""`ivr score check` and `schema`: what needs no data."""

import datetime as dt
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from ivr.cli import common
from ivr.domain.policy import Policy
from ivr.domain.showable import one_line
from ivr.errors import FileError
from ivr.policy import json_schemas, texts
from ivr.policy import loader as policies
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
    planned = _planned(path, text)
    if as_json:
        told = {
            "findings": [asdict(each) for each in found],
            "not_checked": not_checked,
            "planned": planned,
        }
        common.out.print(json.dumps(told, indent=2), markup=False)
    else:
        for each in found:
            common.out.print(one_line(str(each)), markup=False)
        for why in not_checked:
            common.err.print(one_line(f"not checked: {why}"), markup=False)
        if not found:
            common.err.print(f"nothing wrong with {path}", markup=False)
        for at in planned:
            common.err.print(f"scores are calculated at {at}", markup=False)
    raise typer.Exit(1 if found else 0)


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


def schema() -> None:
    """Print the JSON Schema of scoring.yaml, for editors that check while you write.

    Example:  ivr score schema > scoring.schema.json
    """
    made = json_schemas.of(ScoringFile, SCORING)
    common.out.print(made, markup=False, emoji=False)
