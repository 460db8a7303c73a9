"""All customers by their scores: how these are spread, and what each segment has a share of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ivr.application.score_moves import Side
from ivr.application.score_segments import Segments, with_overall
from ivr.domain.customers import SCORES
from ivr.domain.scoring.definition import ReportPart, Scoring
from ivr.domain.scoring.metrics import Metric, values
from ivr.domain.scoring.numbers import Numbers, Values, known

BINS = 20
"""Of a distribution: each is 5 points wide, and the last one has 100 in it."""
NO_SEGMENT = "none"


@dataclass(slots=True)
class SegmentShare:
    """What one segment has: customers, and the sums of the metrics that the report adds up."""

    customers: int = 0
    sums: dict[ReportPart, float] = field(default_factory=dict)


@dataclass(slots=True)
class Portrait:
    """Everybody's scores, added up. `unknown` is by score how many have none.

    `not_known` is how many customers have no value of a metric that is added up.
    """

    customers: int = 0
    bins: dict[str, list[int]] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    segments: dict[str, SegmentShare] = field(default_factory=dict)
    not_known: dict[ReportPart, int] = field(default_factory=dict)

    def total(self, part: ReportPart) -> float:
        """Return the sum of a metric over all segments."""
        return sum(each.sums.get(part, 0.0) for each in self.segments.values())


def add(
    portrait: Portrait,
    sides: Sequence[Side],
    scoring: Scoring | None,
    at: float,
    found: Segments,
    weights: Mapping[str, float],
    numbers: Numbers,
    array: Callable[[Sequence[float | None]], Values],
) -> None:
    """Add some customers as of Unix time `at`; without `scoring`, no sums of metrics.

    `weights` are those of the overall score. `array` makes one of numbers; None is unknown.
    """
    portrait.customers += len(sides)
    scores = {name: array([side.scores[n] for side in sides]) for n, name in enumerate(SCORES)}
    for name, each in scores.items():
        _spread(portrait, name, each)
    places = found.of(with_overall(scores, weights, numbers), numbers)
    measured = dict(_measured(sides, scoring, at, numbers, array)) if scoring else {}
    for part, each in measured.items():
        unknown = int((~known(each)).sum())
        portrait.not_known[part] = portrait.not_known.get(part, 0) + unknown
    for n, name in enumerate((*found.names, NO_SEGMENT)):
        here = places == (n if n < len(found.names) else -1)
        if name == NO_SEGMENT and not here.any() and name not in portrait.segments:
            continue
        share = portrait.segments.setdefault(name, SegmentShare())
        share.customers += int(here.sum())
        for part, each in measured.items():
            sum_here = float(each[here & known(each)].sum())
            share.sums[part] = share.sums.get(part, 0.0) + sum_here


def _spread(portrait: Portrait, name: str, scores: Values) -> None:
    bins = portrait.bins.setdefault(name, [0] * BINS)
    width = 100 / BINS
    for n in range(BINS):
        below = scores < (n + 1) * width if n < BINS - 1 else known(scores)
        bins[n] += int(((scores >= n * width) & below).sum())
    portrait.unknown[name] = portrait.unknown.get(name, 0) + int((~known(scores)).sum())


def _measured(
    sides: Sequence[Side],
    scoring: Scoring,
    at: float,
    numbers: Numbers,
    array: Callable[[Sequence[float | None]], Values],
) -> Iterator[tuple[ReportPart, Values]]:
    metrics = dict(_with_parts(scoring.report.values(), scoring.metrics))
    states = {
        column: array([(side.metrics or {}).get(column) for side in sides])
        for metric in metrics.values()
        for column in metric.columns
    }
    found = values(metrics, states, at, numbers)
    looked_at = array([1.0 if side.metrics else None for side in sides])
    for part, name in scoring.report.items():
        yield part, found[name] * looked_at  # `missing` is for those whom the run looked at


def _with_parts(
    names: Iterable[str],
    metrics: Mapping[str, Metric],
) -> Iterator[tuple[str, Metric]]:
    """Return these metrics, and those that ratios among them are made of."""
    for name in names:
        yield name, metrics[name]
        yield from _with_parts([each for each in metrics[name].ratio if each], metrics)
