"""Everybody, with what runs have of each: read a few chunks at a time.

Nothing here imports SQLAlchemy; what reaches the database is given as `run`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ivr.domain.customers import Scores
from ivr.store import score_query
from ivr.store.customer_query import Run
from ivr.store.score_chunks import Chunk
from ivr.store.score_layout import PLACES, UNKNOWN_STATE

CHUNKS = 50  # that are in memory at once, of each run
_GIVEN = "customers.customer_id, customers.value, customers.potential, customers.need"
_THERE = (
    f"SELECT customer_places.place, {_GIVEN} FROM customer_places "  # noqa: S608 - words of ours
    "JOIN customers ON customers.customer_id = customer_places.customer_id "
    "WHERE customer_places.place >= :first AND customer_places.place < :end "
    "ORDER BY customer_places.place"
)
_ELSEWHERE = (
    f"SELECT {_GIVEN} FROM customers "  # noqa: S608 - words of ours
    "LEFT JOIN customer_places ON customer_places.customer_id = customers.customer_id "
    "WHERE customer_places.place IS NULL AND customers.customer_id > :after "
    "ORDER BY customers.customer_id LIMIT :count"
)
_END = "SELECT COALESCE(MAX(place), -1) + 1 FROM customer_places"
_CHUNKS = (
    "SELECT score_chunks.chunk, scores, attributes, states FROM score_chunks "
    "JOIN metric_chunks ON metric_chunks.run = score_chunks.run "
    "AND metric_chunks.chunk = score_chunks.chunk WHERE score_chunks.run = :run "
    "AND score_chunks.chunk >= :first AND score_chunks.chunk < :end"
)


@dataclass(frozen=True, slots=True)
class RunScores:
    """What one run calculated for a customer; None for a score that it does not make.

    `metrics` has the states of the metrics; None for a metric without a row. `attributes` is JSON,
    empty for none.
    """

    scores: tuple[float | None, float | None, float | None]
    metrics: Mapping[str, float | None]
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class Walked:
    """One customer: given scores, and what each run says; None for nothing."""

    customer_id: str
    given: Scores
    runs: tuple[RunScores | None, ...]


def chunks(run: Run, number: int, first: int, end: int) -> dict[int, Chunk]:
    """Read the chunks of the run of this number, from the `first` to before `end`."""
    found = run(_CHUNKS, {"run": number, "first": first, "end": end})
    return {row[0]: Chunk(row[0], row[1], row[2], bytes(row[3])) for row in found}


def walk(run: Run, runs: Sequence[int]) -> Iterator[list[Walked]]:
    """Give every customer, in batches, with what the runs of these numbers have of them."""
    columns = {number: score_query.columns(run, number) for number in runs}
    ((count,),) = run(_END, {})
    for first in range(0, -(-count // PLACES), CHUNKS):
        end = first + CHUNKS
        by_place = [_by_place(chunks(run, each, first, end), columns[each]) for each in runs]
        asked = {"first": first * PLACES, "end": end * PLACES}
        yield [
            Walked(name, Scores(*given), tuple(each.get(place) for each in by_place))
            for place, name, *given in run(_THERE, asked)
        ]
    after = ""
    while found := run(_ELSEWHERE, {"after": after, "count": CHUNKS * PLACES}):
        yield [Walked(name, Scores(*given), (None,) * len(runs)) for name, *given in found]
        after = found[-1][0]


def _by_place(found: Mapping[int, Chunk], columns: Sequence[str]) -> dict[int, RunScores]:
    """Take chunks apart."""
    made = {}
    for number, chunk in found.items():
        rows = chunk.matrix.T.tolist()
        for n in np.flatnonzero(chunk.is_somebody).tolist():
            metrics = {
                name: state if state == state else None  # noqa: PLR0124 - NaN
                for name, state in zip(columns, rows[n], strict=True)
                if state != UNKNOWN_STATE
            }
            scores = chunk.scores_at(n)
            made[number * PLACES + n] = RunScores(scores, metrics, chunk.attributes_at(n))
    return made
