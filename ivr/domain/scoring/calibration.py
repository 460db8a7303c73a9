"""Where the customers stood when somebody looked: knots from a value to its rank, kept till then.

Ranks made anew in each run would make everybody's score depend on everybody else. A calibration is
a document with a version of its own; with it, a customer's score depends on that customer alone.
"""

import hashlib
import json
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, Literal

from ivr.domain.scoring import stability
from ivr.domain.scoring.stability import Counted, Shares

MOST_KNOTS = 512
LARGEST_BYTES = 10_000_000  # of the document: 100 metrics with 512 knots each are some 2
CALIBRATED = ("value", "potential")
"""The scores that are ranked once more: 80 is *not less than 80 % of the customers*.

Need is not: its 0 is *nothing is wrong*."""

_PARTS = {"made_at", "customers", "scoring", "metrics", "scores"}
_LATER = {"made_for", "shares"}  # older documents have neither
_MOST = 1e15  # of seconds and customers; JSON reads 1e999 as infinity
_GRID = 2048  # ranks that are looked at closely
_FIRST_ERROR = 0.02  # points; doubled until there are few enough knots


@dataclass(frozen=True, slots=True)
class Knots:
    """From values to ranks, 0-100: linear between the knots, level beyond. Empty: unknown."""

    at: tuple[float, ...] = ()
    ranks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the ranks are ranks among. `scoring` is the version of the file that it was made for.

    `made_for` has a hash of each metric and score as they were (see made_for.py), and `shares` says
    how the customers lay, to tell later how far they have moved.
    """

    made_at: float
    customers: int
    scoring: str
    metrics: Mapping[str, Knots] = field(default_factory=dict)
    scores: Mapping[str, Knots] = field(default_factory=dict)
    made_for: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, Shares] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """A hash of all of it."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:12]

    def text(self) -> str:
        """Return the document, as it is kept."""
        made: dict[str, Any] = {
            "made_at": float(self.made_at),  # as it is read: the version is the same
            "customers": self.customers,
            "scoring": self.scoring,
            "metrics": {name: _as_json(knots) for name, knots in sorted(self.metrics.items())},
            "scores": {name: _as_json(knots) for name, knots in sorted(self.scores.items())},
        }
        if self.made_for:
            made["made_for"] = dict(sorted(self.made_for.items()))
        if self.shares:
            told = sorted(self.shares.items())
            made["shares"] = {name: [list(each.upto), list(each.shares)] for name, each in told}
        return json.dumps(made, separators=(",", ":")) + "\n"


def read(text: str) -> Calibration:
    """Take a document as `Calibration.text` makes it; raises ValueError for any other."""
    try:
        made: Any = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is no calibration") from None
    if not isinstance(made, dict) or set(made) - _LATER != _PARTS:
        raise ValueError("it is no calibration")
    made_for, shares = made.get("made_for", {}), made.get("shares", {})
    if not isinstance(made_for, dict) or not isinstance(shares, dict):
        raise ValueError("made_for and shares: they have names")  # noqa: TRY004 - as all of it
    parts = made["metrics"], made["scores"]
    if not all(isinstance(part, dict) for part in parts):
        raise ValueError("metrics and scores: they have no knots")
    for name in ("made_at", "customers"):
        if type(made[name]) not in (int, float) or not 0 <= made[name] < _MOST:
            raise ValueError("made_at and customers: they are numbers")
    return Calibration(
        float(made["made_at"]),
        int(made["customers"]),
        str(made["scoring"]),
        {name: _read_knots(name, knots) for name, knots in made["metrics"].items()},
        {name: _read_knots(name, knots) for name, knots in made["scores"].items()},
        {name: str(each) for name, each in made_for.items()},
        {name: stability.read(name, each) for name, each in shares.items()},
    )


def knots(counted: Counted, rank: Literal["middle", "not less"] = "middle") -> Knots:
    """Return the knots of some values, at most 512 of them.

    A value's rank is the share of the customers below it, and of those at it the half (`middle`)
    or all (`not less`). Where the values are few, each is a knot. Else a rank read between two
    knots is wrong by some hundredths of a point.
    """
    if not counted:
        return Knots()
    upto = list(accumulate(count for _, count in counted))
    ranks = [
        100 * (end - (count / 2 if rank == "middle" else 0)) / upto[-1]
        for end, (_, count) in zip(upto, counted, strict=True)
    ]
    chosen = range(len(counted)) if len(counted) <= MOST_KNOTS else _close(upto)
    points = [(counted[i][0], ranks[i]) for i in chosen]
    error = _FIRST_ERROR
    while len(points) > MOST_KNOTS:
        points, error = _thinned(points, error), error * 2
    return Knots(tuple(x for x, _ in points), tuple(y for _, y in points))


def _close(upto: Sequence[int]) -> list[int]:
    """Return the values at ranks of a fine grid and beside them: what many have stands alone."""
    chosen = {0, len(upto) - 1}
    for n in range(1, _GRID):
        i = bisect_left(upto, upto[-1] * n / _GRID)
        chosen |= {max(i - 1, 0), i, min(i + 1, len(upto) - 1)}
    return sorted(chosen)


def _thinned(points: Sequence[tuple[float, float]], error: float) -> list[tuple[float, float]]:
    """Fewer points: lines between them pass the others at a distance of at most `error`."""
    kept, i = [points[0]], 0
    while i < len(points) - 1:
        (x, y), end, low, high = points[i], i + 1, float("-inf"), float("inf")
        for j in range(i + 1, len(points)):
            width, height = points[j][0] - x, points[j][1] - y
            if not low <= height / width <= high:
                break
            end = j
            low, high = max(low, (height - error) / width), min(high, (height + error) / width)
        kept.append(points[end])
        i = end
    return kept


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _as_json(made: Knots) -> list[list[float]]:
    return [[float(each) for each in part] for part in (made.at, made.ranks)]


def _read_knots(name: str, given: Any) -> Knots:
    try:
        at, ranks = (tuple(float(each) for each in part) for part in given)
    except (OverflowError, TypeError, ValueError):
        raise ValueError(f"{name}: these are no knots") from None
    rising = all(one < other for one, other in pairwise(at))
    if len(at) != len(ranks) or len(at) > MOST_KNOTS or not rising:
        raise ValueError(f"{name}: knots have to rise, as many values as ranks")
    if not all(map(math.isfinite, at)):
        raise ValueError(f"{name}: knots are numbers")
    if not all(0 <= each <= 100 for each in ranks):
        raise ValueError(f"{name}: ranks are 0 to 100")
    return Knots(at, ranks)
