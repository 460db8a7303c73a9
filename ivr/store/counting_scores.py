"""The scores that count, of everybody at once: arrays, as those who count customers need them.

Nothing here imports SQLAlchemy; what reaches the database is given as `run`.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from ivr.domain.customers import SCORES
from ivr.errors import StoreError
from ivr.store import score_query
from ivr.store.customer_query import Run
from ivr.store.score_chunks import Chunk
from ivr.store.score_layout import PLACES, TENTH
from ivr.store.score_walk import Rows, spans

LAPSED = "lapsed"
_YES, _NO = f'"{LAPSED}": true', f'"{LAPSED}": false'  # in JSON, a text has a \ before its quotes
_Values = NDArray[np.float64]


def counting_scores(run: Run) -> Iterator[Mapping[str, _Values]]:
    """Give everybody's scores and LAPSED, 1 or 0, in batches; NaN is unknown.

    At the end, raises StoreError where another run came into force meanwhile.
    """
    newest = score_query.in_force(run)
    for rows, (chunks,) in spans(run, [newest.run if newest else 0]):
        if rows:
            yield _scores(rows, chunks) | {LAPSED: _lapsed(rows, chunks)}
    if score_query.in_force(run) != newest:
        raise StoreError("another run came into force meanwhile: ask again")


def _scores(rows: Rows, chunks: Mapping[int, Chunk]) -> dict[str, _Values]:
    where, _, *given, _ = zip(*rows, strict=True)
    places, made = np.array(where, dtype=np.int64), np.array(given, dtype=float)
    for number, chunk in chunks.items():
        those = np.flatnonzero(places // PLACES == number)
        of_run = chunk.tenths[:, places[those] % PLACES] / TENTH
        made[:, those] = np.where(np.isnan(of_run), made[:, those], of_run)
    return dict(zip(SCORES, made, strict=True))


def _lapsed(rows: Rows, chunks: Mapping[int, Chunk]) -> _Values:
    """Say who used to buy and no longer does: as the run knows it, else as imported."""
    places, *_, given = zip(*rows, strict=True)
    made = np.array(given, dtype=float)
    for n, place in enumerate(places):
        chunk = chunks.get(place // PLACES)
        told = chunk.attributes_at(place) if chunk else ""
        if _YES in told or _NO in told:
            made[n] = _YES in told
    return made
