"""What comes of reading the sources: each customer's state of each metric, and what was wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.numbers import Numbers, Values


@dataclass(frozen=True, slots=True)
class SourceReading:
    """How reading one source went. Times are Unix time in whole seconds.

    Of all `rows`, `bad` could not be read; `customers` have a good one. `newest` is that of the
    newest row which is not in the future. `problems` are for people, a line each; `error` is why
    it could not be read at all.
    """

    source: str
    place: str
    rows: int = 0
    bad: int = 0
    customers: int = 0
    newest: int | None = None
    problems: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The states of all metrics, by their columns, in the order of the customers; NaN for none.

    `texts` are those of attributes, in the same way; None for none.
    """

    states: Mapping[str, Values]
    numbers: Numbers
    sources: tuple[SourceReading, ...]
    texts: Mapping[str, Sequence[str | None]] = field(default_factory=dict)


class Warehouse(Protocol):
    """Reads the sources."""

    def read(
        self,
        scoring: Scoring,
        customers: Sequence[str],
        at: int,
        told: Callable[[str], None],
    ) -> Reading:
        """Return the metrics' states at Unix time `at`. `told` hears which source is being read.

        A source that cannot be read says so in its `error`, and its metrics are not among the
        states. Raises ScoringError for what is wrong with all.
        """
        ...

    def column(self, values: Sequence[float]) -> Values:
        """One value for each customer, as the states have them."""
        ...

    def counted(self, values: Values) -> Sequence[tuple[float, int]]:
        """Each known value that occurs, the least first, and how many have it."""
        ...
