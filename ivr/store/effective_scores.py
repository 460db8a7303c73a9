"""Which of a customer's scores count: those of the run in force, or the given ones.

This is the one place that says so.

A row of `customer_scores`, and likewise one of `customer_metrics`, has what the last run that wrote
it calculated, and what the one before did. The newest run that is done is in force. A row that it
or an earlier run wrote counts as it is; of one that a later run wrote, which is under way or came
to nothing, the previous scores count. For this to be right, a run puts back what interrupted and
withdrawn runs left, before it writes: see score_runs.py. Where a run has no score, the given one
counts.

Nothing here imports SQLAlchemy, which a program of one call does without.
"""

from ivr.domain.customers import SCORES

_SCORES, _METRICS = "customer_scores", "customer_metrics"


def joined(place: str = "") -> str:
    """Give what follows `customers` in FROM, so that the expressions below can be used.

    `place` is a schema, as `main.`.
    """
    runs = f"{place}score_runs"
    newest = f"SELECT run FROM {runs} WHERE state = 'done' ORDER BY run DESC LIMIT 1"  # noqa: S608
    rows = " ".join(
        f"LEFT JOIN {place}{name} AS {name} ON {name}.customer_id = customers.customer_id"
        for name in (_SCORES, _METRICS)
    )
    return f"{rows} LEFT JOIN {runs} AS in_force ON in_force.run = ({newest})"


def _chosen(newest: str, before: str, given: str, table: str = _SCORES) -> str:
    return (
        f"CASE WHEN {table}.run <= in_force.run THEN {newest} "
        f"WHEN {table}.previous_run <= in_force.run THEN {before} ELSE {given} END"
    )


def _json(column: str) -> str:
    texts = [f"CAST({_METRICS}.{each} AS TEXT)" for each in (column, f"previous_{column}")]
    return _chosen(texts[0], texts[1], "NULL", _METRICS)


def _where_any(prefix: str, run: str, given: str) -> str:
    """`run` where the run has one of the scores, else `given`."""
    scores = ", ".join(f"customer_scores.{prefix}{name}" for name in SCORES)
    return f"CASE WHEN COALESCE({scores}) IS NULL THEN {given} ELSE {run} END"


def _of_run(run: str, given: str) -> str:
    return _chosen(_where_any("", run, given), _where_any("previous_", run, given), given)


EFFECTIVE = {
    name: _chosen(
        f"COALESCE(customer_scores.{name}, customers.{name})",
        f"COALESCE(customer_scores.previous_{name}, customers.{name})",
        f"customers.{name}",
    )
    for name in SCORES
}
"""Each score."""
ATTRIBUTES = _json("attributes")
"""What a run knows of the customer beside, as JSON; NULL for nothing."""
LAPSED_TEXTS = {"has_lapsed": '%"lapsed": true%', "has_not": '%"lapsed": false%'}
"""What LAPSED is asked with: in JSON, a text has no quote without a \\ before it."""
LAPSED = (
    f"CASE WHEN {ATTRIBUTES} LIKE :has_lapsed THEN 1 WHEN {ATTRIBUTES} LIKE :has_not THEN 0 "
    "WHEN customers.lapsed THEN 1 ELSE 0 END"
)
"""1 for who used to buy and no longer does, as the run knows, else as imported; 0 for others."""
METRICS = _json("metrics")
"""What the scores are made of, as JSON; NULL for given ones."""
CALCULATED = {
    name: _chosen(
        f"{_SCORES}.{name}",
        f"{_SCORES}.previous_{name}",
        "NULL",
    )
    for name in SCORES
}
"""Each score as the run has it; NULL where it has none."""
SCORED_AT = _of_run("COALESCE(in_force.as_of, in_force.began_at)", "customers.scored_at")
"""How old they are: as old as the oldest source that the run in force rests on, whichever run wrote
the row. A run looks at every customer."""
SCORES_RUN = _of_run("in_force.run", "0")
"""The run that one of them or more are from; 0 when all are given ones."""
SCORING_VERSION = _of_run("in_force.definition", "''")
"""What that run calculated with: scoring file and calibration; empty when all are given ones."""
