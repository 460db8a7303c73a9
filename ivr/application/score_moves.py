"""Who moved from one run to the next, how far, into which segment, and the metric that did it.

A score moves because a metric does, or because the scoring was changed between the two runs. What
the metrics did is told with one scoring: the scores that it makes of the newer metrics less those
that it makes of the older ones. What is left of the move is the scoring's doing.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr.application.score_segments import Segments, with_overall
from ivr.domain.customers import SCORES
from ivr.domain.scoring import formula
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.metrics import values
from ivr.domain.scoring.numbers import Numbers, Values, known

SCORING_CHANGED = "the scoring changed"
NEW = "new in this run"
LEFT_OUT = "left out of this run"
NOT_TOLD = "not told"
BANDS = (1, 5, 10, 20)
"""How far somebody moved, in points: below the first, below the next, ..., the last or more."""
_KINDS = range(len(SCORES))
_NEGLIGIBLE = 0.05  # points: half of what a score is kept to
Kinds = tuple[float | None, float | None, float | None]
"""Value, potential and need, as they count: of the run, or given."""


@dataclass(frozen=True, slots=True)
class Side:
    """One customer at one run. `metrics` is None where no run says anything of them."""

    scores: Kinds
    metrics: Mapping[str, float | None] | None


Pairs = Sequence[tuple[str, Side, Side]]
"""Customers with what counted at the older run and at the newer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What contributions are told with: a scoring, its calibration, when the two runs were.

    `changed` is whether scoring or calibration are not the same at both.
    """

    scoring: Scoring
    calibration: Calibration
    at: tuple[float, float]
    changed: bool


@dataclass(frozen=True, slots=True)
class Mover:
    """One customer who moved.

    `score` moved most, by `points`. `cause` is the metric that did most of it, one of the words
    above where none did; `by` is how much it adds to the weighted mean more than before, and `was`
    and `now` are its values, None where it has none.
    """

    customer: str
    before: Kinds
    after: Kinds
    segments: tuple[str, str]
    score: str
    points: float
    cause: str
    by: float | None = None
    was: float | None = None
    now: float | None = None


def _no_bands() -> dict[str, Counter[tuple[int, bool]]]:
    return {name: Counter() for name in SCORES}


@dataclass(slots=True)
class Moves:
    """All of them added up, and the `most` who moved farthest, the farthest first."""

    most: int
    customers: int = 0
    moved: int = 0
    bands: dict[str, Counter[tuple[int, bool]]] = field(default_factory=_no_bands)
    """By score, how many moved in which of BANDS, and whether up."""
    causes: Counter[str] = field(default_factory=Counter)
    segments: Counter[tuple[str, str]] = field(default_factory=Counter)
    _top: list[tuple[float, int, Mover]] = field(default_factory=list)

    @property
    def movers(self) -> list[Mover]:
        """Those who moved farthest."""
        return [mover for *_, mover in sorted(self._top, key=lambda each: (-each[0], -each[1]))]

    def add(self, mover: Mover) -> None:
        """Count one."""
        self.moved += 1
        self.causes[mover.cause] += 1
        if mover.segments[0] != mover.segments[1]:
            self.segments[mover.segments] += 1
        for name, before, after in zip(SCORES, mover.before, mover.after, strict=True):
            if before != after:
                by = (after or 0.0) - (before or 0.0)
                self.bands[name][_band(abs(by)), by > 0] += 1
        entry = (abs(mover.points), -self.moved, mover)
        if len(self._top) < self.most:
            heapq.heappush(self._top, entry)
        elif self._top and entry[:2] > self._top[0][:2]:
            heapq.heapreplace(self._top, entry)


def add(
    moves: Moves,
    pairs: Pairs,
    judged: Judgement | None,
    segments: Segments,
    weights: Mapping[str, float],
    numbers: Numbers,
    array: Callable[[Sequence[float | None]], Values],
) -> None:
    """Add some customers to `moves`; those who did not move are passed over.

    Without `judged`, no cause is told. `weights` are those of the overall score. `array` makes one
    of numbers, in which None is unknown.
    """
    moved = [each for each in pairs if each[1].scores != each[2].scores]
    if not moved:
        return
    sides = [[each[1] for each in moved], [each[2] for each in moved]]
    places = [_segments(side, segments, weights, numbers, array) for side in sides]
    told = _causes(sides, judged, numbers, array) if judged else None
    for n, (customer, one, other) in enumerate(moved):
        kind, points = _farthest(one.scores, other.scores)
        cause = _cause(n, kind, one, other, points, told)
        between = (places[0][n], places[1][n])
        made = (customer, one.scores, other.scores, between, SCORES[kind], points)
        moves.add(Mover(*made, *cause))


def _band(points: float) -> int:
    return sum(round(points, 1) >= each for each in BANDS)


def _farthest(before: Kinds, after: Kinds) -> tuple[int, float]:
    """Return which score moved most, and how far; one that is not known counts as 0."""
    both = list(zip(before, after, strict=True))
    moved = [round((other or 0.0) - (one or 0.0), 6) for one, other in both]
    differs = [one != other for one, other in both]
    kind = max(_KINDS, key=lambda each: (abs(moved[each]), differs[each]))
    return kind, moved[kind]


def _segments(
    sides: Sequence[Side],
    segments: Segments,
    weights: Mapping[str, float],
    numbers: Numbers,
    array: Callable[[Sequence[float | None]], Values],
) -> list[str]:
    scores = {name: array([side.scores[n] for side in sides]) for n, name in enumerate(SCORES)}
    places = segments.of(with_overall(scores, weights, numbers), numbers)
    names = (*segments.names, "none")
    return [names[int(place)] for place in places.tolist()]


@dataclass(frozen=True, slots=True)
class _Causes:
    """By score: what the metrics did to it, and of the metric that did most its name and more."""

    changed: bool
    names: Mapping[str, Sequence[str]]
    by_metrics: Mapping[str, Sequence[float]]
    best: Mapping[str, Sequence[float]]
    best_by: Mapping[str, Sequence[float]]
    values: tuple[Mapping[str, Sequence[float]], Mapping[str, Sequence[float]]]


def _causes(
    sides: Sequence[Sequence[Side]],
    judged: Judgement,
    numbers: Numbers,
    array: Callable[[Sequence[float | None]], Values],
) -> _Causes:
    scoring = judged.scoring
    found, made = [], []
    for side, at in zip(sides, judged.at, strict=True):
        states = {
            column: array([(each.metrics or {}).get(column) for each in side])
            for metric in scoring.metrics.values()
            for column in metric.columns
        }
        found.append(values(scoring.metrics, states, at, numbers))
        calibration = judged.calibration
        made.append(formula.score(scoring.metrics, found[-1], calibration, scoring.made, numbers))
    names, by, best, best_by = {}, {}, {}, {}
    for name in scoring.made:
        one, other = made[0][name], made[1][name]
        names[name] = [each.metric for each in one.contributions]
        by[name] = (other.score - one.score).tolist()
        where, most = _most(one, other, numbers)
        best[name], best_by[name] = where.tolist(), most.tolist()
    lists = [{name: each.tolist() for name, each in one.items()} for one in found]
    return _Causes(judged.changed, names, by, best, best_by, (lists[0], lists[1]))


def _most(one: Any, other: Any, numbers: Numbers) -> tuple[Values, Values]:
    """Return which contribution changed most in the direction of the move, and by how much."""
    moved = other.weighted - one.weighted
    sign = numbers.choose(known(moved), moved, 0.0)
    place = most = sign * 0
    for n, (before, after) in enumerate(zip(one.contributions, other.contributions, strict=True)):
        change = after.points - before.points
        towards = numbers.choose(sign < 0, -change, change)
        better = towards > numbers.choose(sign < 0, -most, most)
        place, most = numbers.choose(better, float(n), place), numbers.choose(better, change, most)
    return place, most


def _cause(
    n: int,
    kind: int,
    one: Side,
    other: Side,
    points: float,
    told: _Causes | None,
) -> tuple[Any, ...]:
    """Return the fields of a Mover from `cause` on."""
    if not other.metrics:
        return (LEFT_OUT if one.metrics else NOT_TOLD,)
    if not one.metrics:
        return (NEW,)
    return _metric(n, SCORES[kind], points, told) if told else (NOT_TOLD,)


def _metric(n: int, name: str, points: float, told: _Causes) -> tuple[Any, ...]:
    otherwise = (SCORING_CHANGED if told.changed else NOT_TOLD,)
    if name not in told.by_metrics:
        return otherwise
    by_metrics = told.by_metrics[name][n]
    by_metrics = by_metrics if by_metrics == by_metrics else points  # noqa: PLR0124 - NaN
    if told.changed and abs(points - by_metrics) > max(abs(by_metrics), _NEGLIGIBLE):
        return otherwise
    metric, by = told.names[name][int(told.best[name][n])], told.best_by[name][n]
    if not by:
        return otherwise
    was, now = (each[metric][n] for each in told.values)
    return metric, by, _known(was), _known(now)


def _known(value: float) -> float | None:
    return value if value == value else None  # noqa: PLR0124 - NaN
