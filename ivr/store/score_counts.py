"""How many customers' scores fit a condition, of the scores that count.

Nothing here imports SQLAlchemy; what reaches the database is given as `run`.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ivr.domain.customers import SCORES
from ivr.errors import StoreError
from ivr.store import score_query
from ivr.store.customer_query import Run
from ivr.store.score_chunks import Chunk
from ivr.store.score_layout import PLACES, TENTH
from ivr.store.score_walk import Rows, spans

Sign = Literal["==", "!=", "<", "<=", ">", ">="]
_COMPARED: Mapping[Sign, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LAPSED, _NOT_LAPSED = '"lapsed": true', '"lapsed": false'  # a text has a \\ before a quote
_Values = NDArray[np.float64]


class ScoreCondition(NamedTuple):
    """A score, `score` for the overall one, compared with a number; or `lapsed`, with 1 or 0."""

    score: str
    sign: Sign
    value: float


def counts(
    run: Run,
    conditions: Sequence[ScoreCondition],
    weights: Mapping[str, float],
) -> tuple[int, list[int]]:
    """Count the customers, and those that fit each condition; unknown scores fit none.

    `weights` are those of the overall score. Raises StoreError where another run came into force.
    """
    newest = score_query.in_force(run)
    customers, found = 0, [0] * len(conditions)
    for rows, (chunks,) in spans(run, [newest.run if newest else 0]):
        if not rows:
            continue
        customers += len(rows)
        scores = _scores(rows, chunks)
        scores["score"] = _overall(scores, weights)
        if any(each.score == "lapsed" for each in conditions):
            scores["lapsed"] = _lapsed(rows, chunks)
        for n, each in enumerate(conditions):
            values = scores[each.score]
            fits = _COMPARED[each.sign](values, each.value) & ~np.isnan(values)
            found[n] += int(fits.sum())
    if score_query.in_force(run) != newest:
        raise StoreError("another run came into force meanwhile: ask again")
    return customers, found


def _scores(rows: Rows, chunks: Mapping[int, Chunk]) -> dict[str, _Values]:
    """Return the scores that count, of these customers."""
    where, _, *given, _ = zip(*rows, strict=True)
    places, made = np.array(where, dtype=np.int64), np.array(given, dtype=float)
    for number, chunk in chunks.items():
        those = np.flatnonzero(places // PLACES == number)
        of_run = chunk.tenths[:, places[those] % PLACES] / TENTH
        made[:, those] = np.where(np.isnan(of_run), made[:, those], of_run)
    return dict(zip(SCORES, made, strict=True))


def _overall(scores: Mapping[str, _Values], weights: Mapping[str, float]) -> _Values:
    total = points = np.zeros(len(scores["value"]))
    for name in SCORES:
        known, weight = ~np.isnan(scores[name]), float(weights.get(name, 0))
        total = total + known * weight
        points = points + np.where(known, scores[name], 0) * weight
    made: _Values = np.full(len(total), np.nan)
    np.divide(points, total, out=made, where=total > 0)
    return made


def _lapsed(rows: Rows, chunks: Mapping[int, Chunk]) -> _Values:
    """1 for who used to buy and no longer does, as the run knows, else as imported."""
    places, *_, given = zip(*rows, strict=True)
    made = np.array(given, dtype=float)
    for n, place in enumerate(places):
        chunk = chunks.get(place // PLACES)
        told = chunk.attributes_at(place) if chunk else ""
        if _LAPSED in told or _NOT_LAPSED in told:
            made[n] = _LAPSED in told
    return made
