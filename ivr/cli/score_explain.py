"""`ivr score explain`: why a customer has these scores, and what it would take."""

import datetime as dt
import json
import time
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

import typer
from rich.text import Text

from ivr.application import score_reach, score_sources
from ivr.application.score_reach import SegmentReach
from ivr.cli import common
from ivr.cli.options import AsJson, Engine
from ivr.cli.score_data import calculating
from ivr.cli.score_progress import progress
from ivr.domain.durations import length
from ivr.domain.scoring import formula
from ivr.domain.scoring.formula import MadeScore
from ivr.domain.scoring.metrics import Metric
from ivr.domain.scoring.numbers import ONE_BY_ONE, known
from ivr.domain.scoring.reach import MetricChange, steps_in_one
from ivr.domain.showable import one_line
from ivr.service import scoring as service
from ivr.service.published_versions import policy_in_force
from ivr.service.scoring import Explained

_DAYS = ("days-since-last", "tenure")


def explain(
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="the customer_id")],
    now: Annotated[bool, typer.Option("--now", help="read the sources as they are now")] = False,
    engine: Engine = None,
    as_json: AsJson = False,
) -> None:
    """Say why a customer has these scores: each metric, its place on its scale, and what it adds.

    Then the segment that the scores lead to, and for each other one the smallest change of one
    metric that leads there. What the policy asks for besides scores is not counted.

    The metrics are those of the run in force; where there is none, and with --now, the sources are
    read.

    Example:  ivr score explain C0001
    """
    settings, at = calculating(common.settings(), engine), int(time.time())
    with progress() as told:
        found = service.explanation(settings, customer, at, told, live=now)
    standing = found.standing
    policy = policy_in_force(settings)
    reach = score_reach.segment_reach(policy, standing, found.given, lapsed=found.lapsed)
    told_of = (standing.metrics, standing.values, standing.calibration, standing.weights)
    made = formula.score(*told_of, ONE_BY_ONE)
    ages = _ages(found, at)
    if as_json:
        everything = _as_json(customer, found, made, reach, ages)
        common.out.print(json.dumps(everything), markup=False, emoji=False)
        return
    for score in made.values():
        _print_score(score, found, ages)
    _print_shown(found)
    _print_reach(reach, found)
    versions = f"scoring {found.scoring.version}, calibration {standing.calibration.version}"
    common.out.print(f"{_as_of(found)}; {versions}", markup=False)


def _ages(found: Explained, at: int) -> dict[str, float]:
    """Return how old each metric is, in seconds: a source that failed is older."""
    sources = found.run.sources if found.run else ()
    rests_on = partial(score_sources.metric_rests_on, found.scoring)
    ages = {name: at - rests_on(name, sources, found.at) for name in found.scoring.metrics}
    return {name: max(0.0, age) for name, age in ages.items()}


def _as_of(found: Explained) -> str:
    moment = dt.datetime.fromtimestamp(found.at, dt.UTC).astimezone()
    what = "the sources as they are" if found.run is None else f"run {found.run.run}"
    return f"{what}, {moment:%Y-%m-%d %H:%M:%S}"


def _print_score(score: MadeScore, found: Explained, ages: Mapping[str, float]) -> None:
    final, weighted = score.score, score.weighted
    ranked = "" if final == weighted else f", the place of {_shown(weighted)} among all"
    common.out.print(Text(f"{score.name}: {_shown(final)}{ranked}", style="bold"))
    wide = max((len(each.metric) for each in score.contributions), default=0)
    line = f"  {{:<{max(wide, 15)}}}  {{:>12}}  {{:>9}}  {{:>6}}  {{:>9}}  {{:>9}}"
    differ = len(set(ages.values())) > 1
    header = line.format("metric", "is", "scaled", "weight", "adds", "age" if differ else "")
    common.out.print(header.rstrip(), style="cyan", markup=False)
    for each in score.contributions:
        age = length(ages[each.metric]) if differ else ""
        value, scaled, adds = _shown(each.value, 2), _shown(each.scaled), _shown(each.points)
        row = line.format(each.metric, value, scaled, f"{each.weight:.0%}", adds, age)
        common.out.print(row.rstrip(), markup=False)
        if about := found.scoring.metrics[each.metric].about:
            common.out.print(f"    └ {one_line(about)}", style="dim", markup=False)


def _print_shown(found: Explained) -> None:
    """Print the metrics that count in no score."""
    counted = {name for weights in found.scoring.made.values() for name in weights}
    for name, value in found.standing.values.items():
        if name not in counted:
            about = found.scoring.metrics[name].about
            note = f" ({about})" if about else ""
            common.out.print(f"{name}: {_shown(value, 2)}{note}", markup=False)


def _print_reach(reach: SegmentReach, found: Explained) -> None:
    total = "not known" if reach.overall is None else f"{reach.overall:.1f}"
    common.out.print(f"total: {total}", markup=False)
    common.out.print(f"segment: {reach.segment}", style="bold", markup=False)
    for where, changes in (("up", reach.above), ("down", reach.below)):
        for name, change in changes.items():
            said = "no single metric leads there"
            if change is not None:
                said = in_words(change, found.scoring.metrics[change.metric])
            common.out.print(f"  {where} to {name}: {one_line(said)}", markup=False)
    for condition in reach.left_out:
        common.out.print(f"not counted, scores do not say it: {one_line(condition)}", markup=False)


def in_words(change: MetricChange, metric: Metric) -> str:
    """Return a change, as `margin from 1,210 to 1,480`."""
    digits = len(str(steps_in_one(metric))) - 1
    now, to = (_plain(each, digits) for each in (change.now, change.to))
    return f"{change.metric} from {now} to {to}{' days' if metric.form in _DAYS else ''}"


def _plain(value: float, digits: int) -> str:
    """Without decimals where there are none."""
    whole = float(value).is_integer()
    return f"{value:,.0f}" if whole else f"{value:,.{max(digits, 1)}f}"


def _shown(value: float, digits: int = 1) -> str:
    return f"{value:,.{digits}f}" if known(value) else "not known"


def _as_json(
    customer: str,
    found: Explained,
    made: Mapping[str, MadeScore],
    reach: SegmentReach,
    ages: Mapping[str, float],
) -> dict[str, Any]:
    def plain(value: float) -> float | None:
        return value if known(value) else None

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
                    "age_seconds": ages[each.metric],
                }
                for each in score.contributions
            },
        }
        for name, score in made.items()
    }
    return {
        "customer": customer,
        "run": found.run.run if found.run else None,
        "as_of": found.at,
        "scoring": found.scoring.version,
        "calibration": found.standing.calibration.version,
        "scores": scores,
        "total": reach.overall,
        "segment": reach.segment,
        "above": _changes(reach.above),
        "below": _changes(reach.below),
        "segments_leave_out": list(reach.left_out),
        "metrics": {name: plain(each) for name, each in found.standing.values.items()},
    }


def _changes(changes: Mapping[str, MetricChange | None]) -> list[dict[str, Any]]:
    """Return them in their order: the nearest segment first."""
    found = [(name, asdict(change) if change else None) for name, change in changes.items()]
    return [{"segment": name, "change": change} for name, change in found]
