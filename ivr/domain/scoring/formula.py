"""From metrics to scores, with what each metric contributed: one formula, whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.domain.scoring.calibration import CALIBRATED, Calibration
from ivr.domain.scoring.metrics import Metric
from ivr.domain.scoring.numbers import UNKNOWN, Numbers, Values, known

Weights = Mapping[str, Mapping[str, float]]
"""By score, the metrics that it is made of, and how much each counts, in proportion."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one metric did for one score: `points` of the weighted mean; 0 where it is unknown.

    `weight` is its share of the weights of those that are known.
    """

    metric: str
    value: Values
    scaled: Values
    weight: Values
    points: Values


@dataclass(frozen=True, slots=True)
class MadeScore:
    """One score, 0-100; unknown is NaN. `weighted` is the sum of the contributions, not ranked."""

    name: str
    score: Values
    weighted: Values
    contributions: tuple[Contribution, ...]


def scaled(metric: Metric, values: Values, calibration: Calibration, numbers: Numbers) -> Values:
    """Return a metric's value on its scale, 0-100; unknown where the calibration has none."""
    if metric.points:
        at, points = zip(*metric.points, strict=True)
        return numbers.interpolate(values, at, points)
    made = calibration.metrics.get(metric.name)
    if made is None or not made.at:
        return values * UNKNOWN
    rank = numbers.interpolate(values, made.at, made.ranks)
    return rank if metric.rising else 100 - rank


def score(
    metrics: Mapping[str, Metric],
    values: Mapping[str, Values],
    calibration: Calibration,
    weights: Weights,
    numbers: Numbers,
) -> dict[str, MadeScore]:
    """Every score that there are weights for.

    A metric that is unknown neither helps nor harms: its weight is left out.

    Value and potential are calibrated once more, unless their calibration is still to be made.
    """
    used = {name for each in weights.values() for name in each}
    on_scale = {}
    for each in sorted(used):
        on_scale[each] = scaled(metrics[each], values[each], calibration, numbers)
    made = {}
    for name, of in weights.items():
        made[name] = _made(name, of, values, on_scale, calibration, numbers)
    return made


def _made(
    name: str,
    weights: Mapping[str, float],
    values: Mapping[str, Values],
    on_scale: Mapping[str, Values],
    calibration: Calibration,
    numbers: Numbers,
) -> MadeScore:
    total = sum(known(on_scale[metric]) * weight for metric, weight in weights.items())
    contributions = []
    for metric, weight in weights.items():
        share = numbers.divide(known(on_scale[metric]) * weight, total)
        points = numbers.choose(known(on_scale[metric]), share * on_scale[metric], 0.0)
        contributions.append(Contribution(metric, values[metric], on_scale[metric], share, points))
    weighted = numbers.choose(total > 0, sum(each.points for each in contributions), UNKNOWN)
    made = calibration.scores.get(name) if name in CALIBRATED else None
    final = numbers.interpolate(weighted, made.at, made.ranks) if made and made.at else weighted
    return MadeScore(name, final, weighted, tuple(contributions))


def kept(score: Values, numbers: Numbers) -> Values:
    """Return a score as it is kept: to a tenth, so that nobody's row changes for less."""
    return numbers.floor(score * 10 + 0.5) / 10
