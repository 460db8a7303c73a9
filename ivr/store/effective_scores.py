"""Which of a customer's scores count: those of the run in force, or the given ones.

This is the one place that says so.

The newest run that is done is in force. Its rows of `score_chunks` have the scores of everybody, as
score_layout.py says; those of other runs count for nothing. Where it has no score, the given one
counts.

Nothing here imports SQLAlchemy, which a program of one call does without.
"""

from collections.abc import Mapping
from typing import Any

from ivr.domain.customers import SCORES
from ivr.store.score_layout import PLACES, attributes_of, entry_at, scores_in

_NEWEST = "SELECT run FROM score_runs WHERE state = 'done' ORDER BY run DESC LIMIT 1"
JOINED = (
    "LEFT JOIN customer_places ON customer_places.customer_id = customers.customer_id "
    f"LEFT JOIN score_runs AS in_force ON in_force.run = ({_NEWEST}) "
    "LEFT JOIN score_chunks ON score_chunks.run = in_force.run "
    f"AND score_chunks.chunk = customer_places.place / {PLACES}"  # of whole numbers, a whole one
)
"""What follows `customers` in FROM, so that COLUMNS can be asked for."""
COLUMNS = {
    "given_at": "customers.scored_at",
    "place": "customer_places.place",
    "chunk": "score_chunks.scores",
    "chunk_attributes": "score_chunks.attributes",
    "run": "in_force.run",
    "as_of": "COALESCE(in_force.as_of, in_force.began_at)",
    "definition": "in_force.definition",
}
"""What `effective` needs of a row, beside the given scores."""


def effective(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what counts: scores, their age, run and scoring, and what the run knows beside.

    Raises ValueError for damage.
    """
    chunk = row["chunk"]
    if chunk is None:
        return _given(row, None)
    entry = entry_at(chunk, row["place"])
    attributes = attributes_of(entry, row["chunk_attributes"])
    of_run = scores_in(entry)
    if of_run == (None, None, None):
        return _given(row, attributes)
    pairs = zip(SCORES, of_run, strict=True)
    made = {name: score for name, score in pairs if score is not None}
    return made | {
        "scored_at": row["as_of"],
        "scores_run": row["run"],
        "scoring_version": row["definition"],
        "attributes": attributes,
    }


def _given(row: Mapping[str, Any], attributes: str | None) -> dict[str, Any]:
    return {
        "scored_at": row["given_at"],
        "scores_run": 0,
        "scoring_version": "",
        "attributes": attributes,
    }
