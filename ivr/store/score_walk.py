"""Everybody, with what runs have of each: read a few chunks at a time.

Nothing here imports SQLAlchemy; what reaches the database is given as `run`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ivr.domain.customers import Scores
from ivr.store import score_query
from ivr.store.customer_query import Run
from ivr.store.score_chunks import Chunk
from ivr.store.score_layout import PLACES, UNKNOWN_STATE, entry_at, scores_in, states_in

CHUNKS = 50  # that are in memory at once, of each run
_OF_CUSTOMER = ("customer_id", "value", "potential", "need", "lapsed")
_GIVEN = ", ".join(f"customers.{name}" for name in _OF_CUSTOMER)
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


NOWHERE = -1
Rows = Sequence[Sequence[Any]]
"""Place (NOWHERE for none), customer, the three given scores, `lapsed`."""


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
    return {
        number: Chunk(number, str(scores), str(attributes), states_in(states))
        for number, scores, attributes, states in found
    }


def spans(run: Run, runs: Sequence[int]) -> Iterator[tuple[Rows, Sequence[Mapping[int, Chunk]]]]:
    """Give every customer's row once, in batches, with the chunks that the runs have of these.

    Also while a run gives places to those who had none.
    """
    begin, after, seen = 0, "", set[str]()
    while True:
        ((count,),) = run(_END, {})
        while begin < count:
            end = min(begin + CHUNKS * PLACES, count)
            there = run(_THERE, {"first": begin, "end": end})
            rows = [row for row in there if row[1] not in seen]
            numbers = begin // PLACES, -(-end // PLACES)
            yield rows, [chunks(run, each, *numbers) for each in runs]
            begin = end
        found = run(_ELSEWHERE, {"after": after, "count": CHUNKS * PLACES})
        if found:
            yield [(NOWHERE, *row) for row in found], [{} for _ in runs]
            seen |= {row[0] for row in found}
            after = found[-1][0]
        elif run(_END, {})[0][0] <= begin:  # else places were given meanwhile
            return


def walk(run: Run, runs: Sequence[int]) -> Iterator[list[Walked]]:
    """Give every customer, in batches, with what the runs of these numbers have of them."""
    columns = [score_query.columns(run, number) for number in runs]
    for rows, of_runs in spans(run, runs):
        by_place = [_by_place(*each) for each in zip(of_runs, columns, strict=True)]
        whose = (tuple(each.get(row[0]) for each in by_place) for row in rows)
        both = zip(rows, whose, strict=True)
        yield [Walked(row[1], Scores(*row[2:5]), of_each) for row, of_each in both]


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
            scores = scores_in(entry_at(chunk.scores, n))
            made[number * PLACES + n] = RunScores(scores, metrics, chunk.attributes_at(n))
    return made
