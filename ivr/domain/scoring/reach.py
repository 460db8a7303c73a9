"""What it would take: the smallest change of one metric that leads somewhere else.

A metric's scale is linear between its knots, and what follows from it goes one way between two of
them, so between two knots each condition comes true, or ceases to be, at one place at most. These
places are found by bisection.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ivr.domain.scoring import formula
from ivr.domain.scoring.attributes import Attribute, yes_and_no
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.formula import Weights
from ivr.domain.scoring.metrics import Form, Metric, value
from ivr.domain.scoring.numbers import ONE_BY_ONE, UNKNOWN, known

Truth = tuple[bool, ...]
"""Which of some conditions over scores hold."""
_UNLIMITED = 1e9
_LEAST: Mapping[Form, float] = {"sum": -_UNLIMITED, "last": -_UNLIMITED, "mean": -_UNLIMITED}
_SHARES: Mapping[Form, tuple[float, float]] = {"share": (0.0, 1.0), "trend": (-1.0, 1.0)}


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One metric, from its value to another; `places` is how far that is on its scale, 0-100."""

    metric: str
    now: float
    to: float
    places: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One customer's metrics by name, and how scores are made of them.

    `facts` are attributes made of metrics that conditions ask about beside the scores.
    """

    metrics: Mapping[str, Metric]
    values: Mapping[str, float]
    calibration: Calibration
    weights: Weights
    facts: tuple[Attribute, ...] = ()

    def scores(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the scores as they are kept; and by its name each fact: 1 for yes, 0 for no."""
        told = (self.metrics, values, self.calibration, self.weights, ONE_BY_ONE)
        made = formula.score(*told)
        found = {name: formula.kept(each.score, ONE_BY_ONE) for name, each in made.items()}
        for fact in self.facts:
            yes, no = yes_and_no(fact, values)
            found[fact.name] = 1.0 if yes else 0.0 if no else UNKNOWN
        return found

    @property
    def counted(self) -> set[str]:
        """The metrics that a score or a fact is made of."""
        counted = {name for weights in self.weights.values() for name in weights}
        return counted | {test.metric for fact in self.facts for test in fact.tests}

    def with_metric(self, name: str, to: float) -> dict[str, float]:
        """Return the values with one changed, and the ratios that are made of it."""
        changed = {**self.values, name: to}
        for ratio in self.ratios_of(name):
            parts = [changed[each] for each in ratio.ratio]
            changed[ratio.name] = value(ratio, parts, 0.0, ONE_BY_ONE)
        return changed

    def ratios_of(self, name: str) -> list[Metric]:
        """Return the ratios that are made of a metric, each after those it is made of."""
        found: list[Metric] = []
        moved = {name}
        left = [each for each in self.metrics.values() if each.form == "ratio"]
        while more := [each for each in left if moved.intersection(each.ratio)]:
            # A ratio of two that move waits for both.
            late = {each.name for each in more}
            ready = [each for each in more if not late.intersection(each.ratio)]
            found += ready or more
            moved |= {each.name for each in ready or more}
            left = [each for each in left if each.name not in moved]
        return found


def smallest(
    standing: Standing,
    holds: Callable[[Mapping[str, float]], Truth],
    leads_to: Callable[[Truth], str],
) -> dict[str, MetricChange]:
    """Return the smallest change of one metric to each place that one leads to.

    `holds` says of scores which conditions do; `leads_to` names the place. The smallest is the one
    that goes the least way on the metric's scale. A metric that is not known stays so, and a ratio
    only changes with what it is made of.
    """
    here = leads_to(holds(standing.scores(standing.values)))
    best: dict[str, MetricChange] = {}
    for name in candidates(standing):
        for place, change in changes_of(standing, name, holds, leads_to).items():
            if place != here and (place not in best or change.places < best[place].places):
                best[place] = change
    return best


def candidates(standing: Standing) -> Iterator[str]:
    """Find the metrics of rows that some score or fact depends on, and that are known."""
    counted = standing.counted
    for name, metric in standing.metrics.items():
        moved = {name, *(each.name for each in standing.ratios_of(name))}
        if metric.form != "ratio" and known(standing.values[name]) and moved & counted:
            yield name


def changes_of(
    standing: Standing,
    name: str,
    holds: Callable[[Mapping[str, float]], Truth],
    leads_to: Callable[[Truth], str],
) -> dict[str, MetricChange]:
    """Return the smallest change of this metric to each place that it leads to by itself."""
    metric, now = standing.metrics[name], standing.values[name]
    per = steps_in_one(metric)
    low, high = (round(each * per) for each in believable(metric))
    found: dict[int, Truth] = {}

    def at(step: int) -> Truth:
        if step not in found:
            found[step] = holds(standing.scores(standing.with_metric(name, step / per)))
        return found[step]

    below, above = math.ceil(now * per) - 1, math.floor(now * per) + 1
    knots = sorted({*_knots(standing, name, per, low, high), low, high})
    up = [above, *(each for each in knots if each > above)] if above <= high else []
    down = [below, *(each for each in reversed(knots) if each < below)] if below >= low else []
    made: dict[str, MetricChange] = {}
    for way in (up, down):
        for place, step in _first(way, at, leads_to).items():
            to = step / per
            change = MetricChange(name, now, to, _places(standing, name, to))
            if place not in made or abs(to - now) < abs(made[place].to - now):
                made[place] = change
    return made


def steps_in_one(metric: Metric) -> int:
    """Return how many steps make one: counts and days are whole, money has pence."""
    if metric.form in ("count", "distinct", "days-since-last", "tenure"):
        return 1
    if metric.form in ("share", "trend"):
        return 1000
    if metric.form in ("mean", "decayed-sum"):
        return int(10 ** max(metric.digits, 2))
    return int(10**metric.digits)


def believable(metric: Metric) -> tuple[float, float]:
    """Return the least and the greatest value that a metric may have."""
    least, most = _SHARES.get(metric.form, (_LEAST.get(metric.form, 0.0), _UNLIMITED))
    if metric.low is not None:
        least = max(least, metric.low) if metric.form not in _LEAST else metric.low
    per = steps_in_one(metric)
    high = most if metric.high is None else min(most, metric.high)
    return math.ceil(least * per) / per, math.floor(high * per) / per


def _first(
    way: Sequence[int],
    at: Callable[[int], Truth],
    leads_to: Callable[[Truth], str],
) -> dict[str, int]:
    """Find the first step along the way that leads to each place."""
    found: dict[str, int] = {}
    if way:
        found[leads_to(at(way[0]))] = way[0]
    for one, other in pairwise(way):
        turns = {_turn(one, other, at, n) for n in _differing(at(one), at(other))}
        for step in sorted({*turns, other}, key=lambda each: abs(each - one)):
            found.setdefault(leads_to(at(step)), step)
    return found


def _differing(one: Truth, other: Truth) -> list[int]:
    return [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]


def _turn(one: int, other: int, at: Callable[[int], Truth], n: int) -> int:
    """Find the first step from one on, towards the other, where a condition is as it is there."""
    towards, there = (1 if other > one else -1), at(other)[n]
    steps = range(abs(other - one) + 1)
    return one + towards * bisect_left(
        steps,
        True,
        key=lambda each: at(one + towards * each)[n] == there,
    )


def _knots(standing: Standing, name: str, per: int, low: int, high: int) -> Iterator[int]:
    """Find the steps at the knots of the metric's scale, and at those of the ratios made of it."""
    yield from (step for step in (-1, 0, 1) if low <= step <= high)  # a ratio jumps there
    for knot in _scale(standing, standing.metrics[name]):
        for step in (math.floor(knot * per), math.ceil(knot * per)):
            if low <= step <= high:
                yield step
    for ratio in standing.ratios_of(name):
        knots = [*_scale(standing, ratio), *(x for x in (ratio.low, ratio.high) if x is not None)]
        for one, other in ((low, min(-1, high)), (max(1, low), high)):
            if one <= other:
                yield from _crossings(standing, name, ratio.name, per, (one, other), knots)


def _crossings(
    standing: Standing,
    name: str,
    ratio: str,
    per: int,
    ends: tuple[int, int],
    knots: Iterable[float],
) -> Iterator[int]:
    def above(step: int, knot: float) -> bool:
        return standing.with_metric(name, step / per)[ratio] >= knot

    for knot in knots:
        there = above(ends[1], knot)
        if above(ends[0], knot) == there:
            continue
        one, other = ends
        while other - one > 1:
            middle = (one + other) // 2
            one, other = (one, middle) if above(middle, knot) == there else (middle, other)
        yield from (one, other)


def _scale(standing: Standing, metric: Metric) -> Sequence[float]:
    """Return the knots of its scale, and where facts turn."""
    tests = [test for fact in standing.facts for test in fact.tests]
    turns = [test.number for test in tests if test.metric == metric.name]
    if metric.points:
        return [*(at for at, _ in metric.points), *turns]
    made = standing.calibration.metrics.get(metric.name)
    return [*(made.at if made else ()), *turns]


def _places(standing: Standing, name: str, to: float) -> float:
    """Return how far a change goes on the scale of the metric, or of what is made of it.

    What no score counts has no scale: that is as far as can be.
    """
    counted = {each for weights in standing.weights.values() for each in weights}
    changed, moved = standing.with_metric(name, to), [standing.metrics[name]]
    moved += standing.ratios_of(name)
    far = 0.0 if counted.intersection(each.name for each in moved) else 100.0
    for each in moved:
        if each.name in counted:
            one, other = (
                formula.scaled(each, values[each.name], standing.calibration, ONE_BY_ONE)
                for values in (standing.values, changed)
            )
            far = max(far, abs(other - one) if known(other) and known(one) else 100.0)
    return far
