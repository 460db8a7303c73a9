"""The few sums that the formula is made of, for one customer or for all of them at once.

The formula is written once. It is given `Numbers`: those here work on one float, and an adapter has
others that work on arrays of them. A value that is not known is NaN in both.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Protocol

UNKNOWN = math.nan
Values = Any
"""A float, or an array of floats, one for each customer."""


class Numbers(Protocol):
    """What the formula needs beside + - * and comparisons."""

    def choose(self, condition: Any, one: Values, other: Values) -> Values:
        """`one` where the condition holds, elsewhere `other`."""
        ...

    def divide(self, one: Values, other: Values) -> Values:
        """Return the quotient; unknown where `other` is 0 or one of them is not known."""
        ...

    def floor(self, values: Values) -> Values:
        """Return the next lower whole number, as a float; unknown where the value is."""
        ...

    def interpolate(self, values: Values, at: Sequence[float], heights: Sequence[float]) -> Values:
        """Return the heights at `values`, linear between the places `at`, and level beyond them."""
        ...


class OneByOne:
    """Numbers for one customer."""

    def choose(self, condition: Any, one: Values, other: Values) -> Values:
        """As `Numbers` says."""
        return one if condition else other

    def divide(self, one: Values, other: Values) -> Values:
        """As `Numbers` says."""
        return one / other if other else UNKNOWN

    def floor(self, values: Values) -> Values:
        """As `Numbers` says."""
        return float(math.floor(values)) if known(values) else UNKNOWN

    def interpolate(self, values: Values, at: Sequence[float], heights: Sequence[float]) -> Values:
        """As `Numbers` says."""
        if not known(values):
            return UNKNOWN
        i = bisect_right(at, values)
        if i == 0:
            return float(heights[0])
        if i == len(at):
            return float(heights[-1])
        slope = (heights[i] - heights[i - 1]) / (at[i] - at[i - 1])
        return slope * (values - at[i - 1]) + heights[i - 1]


ONE_BY_ONE = OneByOne()


def known(values: Values) -> Any:
    """Whether (or where) a value is known: NaN alone is not equal to itself."""
    return values == values  # noqa: PLR0124 - works on a float and on an array
