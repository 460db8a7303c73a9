"""Which of a customer's scores count: those of the run in force, or the given ones.

This is the one place that says so.

The newest run that is done is in force. Its rows of `score_chunks` have the scores of everybody, as
score_layout.py says; those of other runs count for nothing. Where it has no score, the given one
counts.

Nothing here imports SQLAlchemy, which a program of one call does without.
"""

from ivr.domain.customers import SCORES
from ivr.store.score_layout import ATTRIBUTES_DIGITS, ENTRY, PLACES, SCORE_DIGITS, TENTH

_PLACE = "customer_places.place"
_WHOSE = "customer_places.customer_id = customers.customer_id"
CHUNK = f"{_PLACE} / {PLACES}"
"""Of whole numbers, a whole one."""
_BEGIN = f"({_PLACE} - {CHUNK} * {PLACES}) * {ENTRY} + 1"
_SCORES = len(SCORES) * SCORE_DIGITS


def joined(schema: str = "") -> str:
    """Give what follows `customers` in FROM, so that the expressions below can be used.

    `schema` ends with a point, as `main.`.
    """
    runs = f"{schema}score_runs"
    newest = f"SELECT run FROM {runs} WHERE state = 'done' ORDER BY run DESC LIMIT 1"  # noqa: S608
    return (
        f"LEFT JOIN {schema}customer_places AS customer_places ON {_WHOSE} "
        f"LEFT JOIN {runs} AS in_force ON in_force.run = ({newest}) "
        f"LEFT JOIN {schema}score_chunks AS score_chunks "
        f"ON score_chunks.run = in_force.run AND score_chunks.chunk = {CHUNK}"
    )


def _cut(begin: int, length: int) -> str:
    return f"TRIM(SUBSTR(score_chunks.scores, {_BEGIN} + {begin}, {length}))"


def _number(begin: int, length: int, kind: str) -> str:
    return f"CAST(NULLIF({_cut(begin, length)}, '') AS {kind})"


def _of_run(of_run: str, given: str) -> str:
    """Choose `of_run` where the run has one of the scores."""
    return f"CASE WHEN {_cut(0, _SCORES)} <> '' THEN {of_run} ELSE {given} END"


_TENTHS = (_number(n * SCORE_DIGITS, SCORE_DIGITS, "FLOAT") for n in range(len(SCORES)))
CALCULATED = {name: f"{tenths} / {TENTH}" for name, tenths in zip(SCORES, _TENTHS, strict=True)}
"""Each score as the run has it; NULL where it has none."""
EFFECTIVE = {name: f"COALESCE({of_run}, customers.{name})" for name, of_run in CALCULATED.items()}
"""Each score."""
ATTRIBUTES = (
    f"SUBSTR(score_chunks.attributes, {_number(_SCORES, ATTRIBUTES_DIGITS, 'INTEGER')}, "
    f"{_number(_SCORES + ATTRIBUTES_DIGITS, ATTRIBUTES_DIGITS, 'INTEGER')})"
)
"""What a run knows of the customer beside, as JSON; NULL for nothing."""
LAPSED_TEXTS = {"has_lapsed": '%"lapsed": true%', "has_not": '%"lapsed": false%'}
"""What LAPSED is asked with: in JSON, a text has no quote without a \\ before it."""
LAPSED = (
    f"CASE WHEN {ATTRIBUTES} LIKE :has_lapsed THEN 1 WHEN {ATTRIBUTES} LIKE :has_not THEN 0 "
    "WHEN customers.lapsed THEN 1 ELSE 0 END"
)
"""1 for who used to buy and no longer does, as the run knows, else as imported; 0 for others."""
SCORED_AT = _of_run("COALESCE(in_force.as_of, in_force.began_at)", "customers.scored_at")
"""How old they are: as old as the oldest source that the run in force rests on."""
SCORES_RUN = _of_run("in_force.run", "0")
"""The run that one of them or more are from; 0 when all are given ones."""
SCORING_VERSION = _of_run("in_force.definition", "''")
"""What that run calculated with: scoring file and calibration; empty when all are given ones."""
