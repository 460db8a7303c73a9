"""What a metric is: rows of a source, and one number made of them for each customer.

An engine returns whole numbers, the *state* of a metric: sums of the smallest unit, counts, times.
`value` makes of it the metric's value at a time, the same on every machine. What moves by time
alone (days since the last order) is kept as the time of the order, and a sum that decays with the
time that it was made for, so that a stored state only changes when something has happened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ivr.domain.scoring.numbers import UNKNOWN, Numbers, Values, known

Form = Literal[
    "sum",
    "count",
    "mean",
    "share",
    "last",
    "days-since-last",
    "tenure",
    "distinct",
    "decayed-sum",
    "trend",
    "ratio",
]
STATES: Mapping[Form, int] = {
    "sum": 1,
    "count": 1,
    "mean": 2,
    "share": 2,
    "last": 1,
    "days-since-last": 1,
    "tenure": 1,
    "distinct": 1,
    "decayed-sum": 2,
    "trend": 2,
    "ratio": 0,
}
"""How many whole numbers the state of each form has."""

DAY = 86_400
DECAY_UNIT = 1 << 20
"""What a decayed sum counts in: its weights are whole multiples of one 1,048,576th."""
_HALF_LIVES = 3
"""How long what a decayed sum was made for is behind, at most. Of a row's amount, of 12 digits, a
weight of 2^3 still makes less than 2^63."""


NONE_UNKNOWN: Mapping[str, Values] = {}


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. Days are whole; `window` None is all that there is.

    `of` and `where` are SQL over the source's columns, checked and with every name in quotes.
    `digits` is how many decimal digits the state's unit has: 2 for pence. `low` and `high` are the
    range of a believable value. `missing` is what counts for a customer without a row; None: not
    known. `points` are (value, points), linear between; without any, the value's rank among the
    customers counts, or with `rising` false 100 less the rank.
    """

    name: str
    form: Form
    source: str = ""
    of: str = ""
    where: str = ""
    window: int | None = None
    half_life: int | None = None
    digits: int = 0
    low: float | None = None
    high: float | None = None
    missing: float | None = None
    rising: bool = True
    points: tuple[tuple[float, float], ...] = ()
    ratio: tuple[str, str] = ("", "")
    about: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """What the columns are called in which an engine returns its state."""
        return (self.name, f"{self.name} of")[: STATES[self.form]]

    @property
    def ranked(self) -> bool:
        """Whether its scale is the rank among the customers at calibration."""
        return not self.points


def decayed_at(metric: Metric, at: int) -> int:
    """Return the Unix time for which a decayed sum is made by a run at Unix time `at`.

    It stays the same for three half-lives, and with it the sum, until there is another row: what
    counts less from day to day is worked out by whoever reads it.
    """
    step = _HALF_LIVES * half_life(metric)
    return at // step * step


def half_life(metric: Metric) -> int:
    """Return after how many seconds a row counts half."""
    return (metric.half_life or 1) * DAY


def value(metric: Metric, state: Sequence[Values], at: float, numbers: Numbers) -> Values:
    """Return the metric's value at Unix time `at`; what is missing or not believable is unknown.

    Of a ratio, the state is the values of its two metrics. `in_range` says what is believable.
    """
    found = _plain(metric, state, at, numbers)
    if metric.missing is not None:
        found = numbers.choose(known(found), found, metric.missing)
    return numbers.choose(in_range(metric, found), found, UNKNOWN)


def absurd(metric: Metric, state: Sequence[Values], at: float, numbers: Numbers) -> Values:
    """Whether (or where) there is a value, and it is out of range."""
    found = _plain(metric, state, at, numbers)
    return known(found) & (in_range(metric, found) == 0)


def in_range(metric: Metric, values: Values) -> Values:
    """Whether (or where) a value is within the metric's range; nothing unknown is."""
    low = metric.low if metric.low is not None else float("-inf")
    high = metric.high if metric.high is not None else float("inf")
    return (values >= low) & (values <= high)


def _plain(metric: Metric, state: Sequence[Values], at: float, numbers: Numbers) -> Values:
    unit = 10.0**metric.digits
    match metric.form:
        case "count" | "distinct":
            found = state[0] * 1.0
        case "mean":
            found = numbers.divide(state[0] / unit, state[1])
        case "share" | "ratio":
            found = numbers.divide(state[0] * 1.0, state[1])
        case "days-since-last" | "tenure":
            found = (at - state[0]) / DAY
        case "decayed-sum":
            found = state[0] / DECAY_UNIT / unit * 2.0 ** ((state[1] - at) / half_life(metric))
        case "trend":
            now, before = state[0] * 1.0, state[1] * 1.0
            found = numbers.divide(now - before, abs(now) + abs(before))
        case _:
            found = state[0] / unit
    return found


def values(
    metrics: Mapping[str, Metric],
    states: Mapping[str, Values],
    at: float,
    numbers: Numbers,
    unknown: Mapping[str, Values] = NONE_UNKNOWN,
) -> dict[str, Values]:
    """Return the value of every metric, by its name. `states` has the engine's columns by theirs.

    `unknown` says of whom nothing at all is known of a metric: there, not even `missing` counts.

    No ratio may, over others, be made of itself: whoever read the file has seen to that.
    """
    found: dict[str, Values] = {}

    def of(name: str) -> Values:
        if name not in found:
            metric = metrics[name]
            names, get = metric.columns, states.__getitem__
            if metric.form == "ratio":
                names, get = metric.ratio, of
            made = value(metric, [get(each) for each in names], at, numbers)
            blank = unknown.get(name)
            found[name] = made if blank is None else numbers.choose(blank, UNKNOWN, made)
        return found[name]

    return {name: of(name) for name in metrics}
