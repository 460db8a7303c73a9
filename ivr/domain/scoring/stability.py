"""How far the customers have moved since a calibration: the population stability index.

At calibration each ranked metric's values are cut into tenths, as far as its values allow. The
index compares the shares of the customers in them then and now; who is not known is a part of its
own.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_TENTHS = 10
_LEAST = 1e-4  # the share that stands for none: the index of an empty part would be endless
_MOVED, _ANEW = 0.1, 0.25
Counted = Sequence[tuple[float, int]]
"""Each value that occurs, the least first, and how many customers have it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the customers up to each value of `upto`, then above the last, then unknown."""

    upto: tuple[float, ...]
    shares: tuple[float, ...]


def shares(counted: Counted, customers: int) -> Shares:
    """Cut the values into tenths; who is not counted among the customers is unknown."""
    ends = list(accumulate(count for _, count in counted))
    found = set[float]()
    for n in range(1, _TENTHS if ends else 0):
        found.add(counted[bisect_left(ends, ends[-1] * n / _TENTHS)][0])
    if counted:
        found.discard(counted[-1][0])
    upto = tuple(sorted(found))
    return Shares(upto, _in(upto, counted, customers))


def index(before: Shares, counted: Counted, customers: int) -> float:
    """Return the index: 0 where nothing has moved, about 0.25 where much has."""
    total = 0.0
    for then, now in zip(before.shares, _in(before.upto, counted, customers), strict=True):
        expected, actual = max(then, _LEAST), max(now, _LEAST)
        total += (actual - expected) * math.log(actual / expected)
    return total


def word(found: float) -> str:
    """Say what an index means."""
    if found < _MOVED:
        return "stable"
    return "moved somewhat" if found < _ANEW else "calibrate anew"


def read(name: str, given: object) -> Shares:
    """Take them as JSON has them. Raises ValueError for anything else."""
    try:
        parts = iter(given)  # type: ignore[call-overload]
        upto, of_all = (tuple(float(each) for each in part) for part in parts)
    except (TypeError, ValueError):
        raise ValueError(f"{name}: these are no shares") from None
    rising = all(one < other for one, other in pairwise(upto))
    sound = len(upto) < _TENTHS and all(0 <= each <= 1 for each in of_all)
    if not rising or not sound or len(of_all) != len(upto) + 2:
        raise ValueError(f"{name}: shares are parts of one, two more than the values they end at")
    return Shares(upto, of_all)


def _in(upto: Sequence[float], counted: Counted, customers: int) -> tuple[float, ...]:
    counts = [0] * (len(upto) + 1)
    for value, count in counted:
        counts[bisect_left(upto, value)] += count
    unknown = max(customers - sum(counts), 0)
    return tuple(each / max(customers, 1) for each in (*counts, unknown))
