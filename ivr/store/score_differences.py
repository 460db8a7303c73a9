"""Whose rows differ from what a run has calculated: all of them are read once, and compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ivr.domain.customers import SCORES
from ivr.domain.scoring.runs import ScoredCustomers
from ivr.errors import StoreError
from ivr.store.score_digest import NOTHING, Digests

_READ = 10_000  # rows that are in memory at once
_SCORES = f"SELECT customer_id, {', '.join(SCORES)} FROM customer_scores"  # noqa: S608 - ours
_DIGESTS = "SELECT customer_id, digest FROM customer_metrics"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some customers, by their places: whose scores, and whose metrics and attributes, differ."""

    places: NDArray[np.int64]
    scores: NDArray[np.int64]
    metrics: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Differences:
    """Where the scores of customers, and their metrics or attributes, are to be written.

    `others` have rows with something in them, and were not scored.
    """

    scores: NDArray[np.bool_]
    metrics: NDArray[np.bool_]
    others: Sequence[str] = ()

    @property
    def places(self) -> NDArray[np.int64]:
        """Whoever has either, in their order."""
        return np.flatnonzero(self.scores | self.metrics)

    def batches(self, size: int) -> Iterator[Batch]:
        """Give them, so many at a time."""
        places = self.places
        for begin in range(0, len(places), size):
            those = places[begin : begin + size]
            yield Batch(those, those[self.scores[those]], those[self.metrics[those]])


def everything(count: int) -> Differences:
    """Return the differences of so many customers who all have to be written."""
    return Differences(np.ones(count, dtype=bool), np.ones(count, dtype=bool))


def differences(
    connection: Connection,
    scored: ScoredCustomers,
    digests: Digests,
) -> Differences:
    """Compare what is kept of everybody with what was calculated."""
    places = {name: n for n, name in enumerate(scored.customers)}
    count, others = len(places), dict[str, None]()
    there = np.zeros(count, dtype=bool)
    kept = np.full((len(SCORES), count), np.nan)
    for names, columns in _rows(connection, _SCORES):
        at, known = _found(places, names)
        there[at] = True
        values = np.array(columns, dtype=float)
        kept[:, at] = values[:, known]
        something = ~known & ~np.isnan(values).all(axis=0)
        others |= dict.fromkeys(compress(names, something.tolist()))
    scores_differ = ~there
    for name, before in zip(SCORES, kept, strict=True):
        scores_differ |= ~_same(before, scored.scores.get(name, np.full(count, np.nan)))
    metrics_differ = np.ones(count, dtype=bool)
    for names, columns in _rows(connection, _DIGESTS):
        at, known = _found(places, names)
        before = np.array(columns[0], dtype=np.int64)
        metrics_differ[at] = before[known] != digests[at]
        others |= dict.fromkeys(compress(names, (~known & (before != NOTHING)).tolist()))
    return Differences(scores_differ, metrics_differ, list(others))


def refuse_unsound(scored: ScoredCustomers) -> None:
    """Raise StoreError for a score that is not from 0 to 100, or a metric that is infinite."""
    for name, values in scored.scores.items():
        _refuse(scored, name, values, (values < 0) | (values > 100), "a number from 0 to 100")
    for name, values in scored.metrics.items():
        _refuse(scored, f"metric {name!r}", values, np.isinf(values), "a finite number")


def _refuse(
    scored: ScoredCustomers,
    name: str,
    values: NDArray[Any],
    bad: NDArray[np.bool_],
    what: str,
) -> None:
    for n in np.flatnonzero(bad)[:1]:
        who = f"customer {scored.customers[n][:64]!r}"
        raise StoreError(f"{who}: {name} {float(values[n])!r} is not {what}")


def _rows(
    connection: Connection,
    sql: str,
) -> Iterator[tuple[Sequence[str], Sequence[Sequence[Any]]]]:
    """Give the customers of some rows, and their columns."""
    asked = connection.execution_options(stream_results=True).exec_driver_sql(sql)
    with asked as found:
        for part in found.partitions(_READ):
            names, *columns = zip(*part, strict=True)
            yield names, columns


def _found(
    places: dict[str, int],
    names: Sequence[str],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Give the places of those who have one, and who does."""
    at = np.array([places.get(name, -1) for name in names])
    return at[at >= 0], at >= 0


def _same(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = (one == other) | (np.isnan(one) & np.isnan(other))
    return same
