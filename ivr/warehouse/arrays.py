"""Numbers for all customers at once: what the formula needs, on arrays."""

from collections.abc import Sequence

import numpy as np

from ivr.domain.scoring.numbers import UNKNOWN, Values


class Arrays:
    """Numbers for arrays of floats, in which NaN is unknown."""

    def choose(self, condition: Values, one: Values, other: Values) -> Values:
        """As `Numbers` says."""
        return np.where(condition, one, other)

    def divide(self, one: Values, other: Values) -> Values:
        """As `Numbers` says."""
        one, other = np.broadcast_arrays(np.asarray(one, float), np.asarray(other, float))
        made = np.full(one.shape, UNKNOWN)
        np.divide(one, other, out=made, where=other != 0)
        return made

    def floor(self, values: Values) -> Values:
        """As `Numbers` says."""
        return np.floor(values)

    def interpolate(self, values: Values, at: Sequence[float], heights: Sequence[float]) -> Values:
        """As `Numbers` says."""
        return np.interp(values, at, heights)


def column(values: Sequence[float]) -> Values:
    """Return an array of these."""
    return np.array(values, dtype=float)


def counted(values: Values) -> list[tuple[float, int]]:
    """Each value that occurs, the least first, and how often; unknown ones are left out."""
    found, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    return list(zip(found.tolist(), counts.tolist(), strict=True))


def array(values: Sequence[float | None]) -> Values:
    """Make an array of numbers, in which None is unknown."""
    return np.array(values, dtype=float)
