"""What a calibration was made for: of each metric and score, a hash of what its ranks depend on."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ivr.domain.json_dataclasses import deep
from ivr.domain.scoring.calibration import CALIBRATED, Calibration
from ivr.domain.scoring.definition import Scoring

_NOT_ITS_VALUE = ("name", "about", "rising", "points")  # of a metric: no value depends on these
_NOT_ITS_ROWS = ("name", "owner", "oldest")  # of a source
_DIGITS = 9


def ranked(scoring: Scoring) -> set[str]:
    """Return the metrics whose ranks count in a score that a run makes."""
    used = {name for weights in scoring.made.values() for name in weights}
    return {name for name in used if scoring.metrics[name].ranked}


def hashes(scoring: Scoring) -> dict[str, str]:
    """Return the hash of each metric and each score for which a calibration has ranks."""
    made = {name: _hash(_metric(scoring, name)) for name in sorted(ranked(scoring))}
    for score in CALIBRATED:
        if score in scoring.made:
            made[f"scores.{score}"] = _hash(_score(scoring, scoring.made[score]))
    return made


def others(scoring: Scoring, calibration: Calibration) -> list[str]:
    """Return what the calibration was made for in another form, so that its ranks are not its own.

    Words for people, owners and ages of sources, and a direction alone do not matter to a metric.
    """
    if calibration.scoring == scoring.version:
        return []
    now = hashes(scoring)
    return [name for name, made in now.items() if calibration.made_for.get(name) != made]


def _metric(scoring: Scoring, name: str) -> list[Any]:
    metric = scoring.metrics[name]
    source = scoring.sources.get(metric.source)
    parts = [_metric(scoring, each) for each in metric.ratio if each]
    costs = deep(scoring.costs) if metric.of == "cost-to-serve" else []
    money = [scoring.currency, scoring.money_digits, dict(scoring.rates)]
    return [_without(deep(metric), _NOT_ITS_VALUE), _source(source), money, costs, parts]


def _source(source: Any) -> Any:
    return None if source is None else _without(deep(source), _NOT_ITS_ROWS)


def _score(scoring: Scoring, weights: Mapping[str, float]) -> list[Any]:
    total, made = sum(weights.values()), []
    for name in sorted(weights):
        metric = scoring.metrics[name]
        share = round(weights[name] / total, _DIGITS)
        made.append([share, metric.rising, deep(metric.points), _metric(scoring, name)])
    return made


def _without(fields: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def _hash(made: object) -> str:
    text = json.dumps(made, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
