"""Numbers out of many numbers: percentiles, rates over time, how many at once."""

import bisect
import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
MOST_BINS = 150  # more would be finer than a plot is wide
_STEPS = (1.0, 2.0, 5.0)


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest of the values that at least `percent` of 100 are not above. Raises ValueError for none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    return ordered[max(0, math.ceil(percent / 100 * len(ordered) - 1e-9) - 1)]


def nice(at_least: float) -> float:
    """The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … that is not smaller (than a number above 0)."""
    power = 10.0 ** math.floor(math.log10(at_least))
    return next((step * power for step in _STEPS if step * power >= at_least * (1 - 1e-9)), 10 * power)


def bin_seconds(length: float) -> float:
    """How long each bin of `length` seconds is: whole seconds, and not too many bins."""
    return max(1.0, nice(length / MOST_BINS)) if length > 0 else 1.0


def rates(moments: Iterable[float], length: float) -> list[Point]:
    """How many a second, for each bin from 0 to `length`: the bin's middle and the rate in it.

    The last bin may be shorter, and counts by its own length. What lies outside counts in the nearest bin.
    """
    width = bin_seconds(length)
    count = max(1, math.ceil(length / width - 1e-9))
    counts = [0] * count
    for moment in moments:
        counts[min(count - 1, max(0, int(moment // width)))] += 1
    edges = [(n * width, min((n + 1) * width, max(length, width))) for n in range(count)]
    return [((a + b) / 2, c / (b - a)) for (a, b), c in zip(edges, counts, strict=True)]


def at_once(stays: Iterable[tuple[float, float]], length: float) -> list[Point]:
    """The most that were there at once in each bin from 0 to `length`: the bin's begin and the count, and the end.

    A stay is from and until.
    """
    steps = sorted(step for since, until in stays if until > since for step in ((since, 1), (until, -1)))
    width = bin_seconds(length)
    found, there, at = [], 0, 0
    for n in range(max(1, math.ceil(length / width - 1e-9))):
        most = there
        while at < len(steps) and steps[at][0] < (n + 1) * width:
            there += steps[at][1]
            most = max(most, there)
            at += 1
        found.append((n * width, float(most)))
    return [*found, (max(length, found[-1][0]), found[-1][1])]


def shares(values: Sequence[float], points: int = 200) -> list[Point]:
    """The distribution: at each of some values, how much of 100 is not above it. Empty for no values."""
    ordered = sorted(values)
    if not ordered:
        return []
    if len(ordered) <= points:
        marks = ordered
    else:
        marks = sorted({ordered[round(n * (len(ordered) - 1) / (points - 1))] for n in range(points)})
    return [(mark, 100 * bisect.bisect_right(ordered, mark) / len(ordered)) for mark in dict.fromkeys(marks)]


def by_bin(samples: Iterable[Point], length: float, percent: float) -> list[Point]:
    """A percentile of the samples (moment, value) in each bin from 0 to `length`; bins without any are left out."""
    width = bin_seconds(length)
    bins: dict[int, list[float]] = {}
    last = max(0, math.ceil(length / width - 1e-9) - 1)
    for moment, value in samples:
        bins.setdefault(min(last, max(0, int(moment // width))), []).append(value)
    return [((n + 0.5) * width, percentile(values, percent)) for n, values in sorted(bins.items())]
