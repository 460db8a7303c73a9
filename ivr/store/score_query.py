"""How runs of scores are asked for.

Nothing here knows how the database is reached; what does is given as `run`.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ivr.domain.customers import Scores
from ivr.domain.scoring.attributes import AttributeValue, restored
from ivr.domain.scoring.runs import CustomerScore, KeptScore, RunSource, ScoreRun
from ivr.errors import StoreError
from ivr.store.customer_query import Run
from ivr.store.effective_scores import joined

_TIMES = "began_at, ended_at, withdrawn_at"
_ENDED = "customers, changed, why, definition, as_of, CAST(sources AS TEXT)"
_COLUMNS = f"run, state, version, calibration, {_TIMES}, {_ENDED}"
_RUNS = f"SELECT {_COLUMNS} FROM score_runs"  # noqa: S608
_LAST = f"{_RUNS} ORDER BY run DESC LIMIT :count"
_ONE = f"{_RUNS} WHERE run = :run"
_IN_FORCE = f"{_RUNS} WHERE state = 'done' ORDER BY run DESC LIMIT 1"
_WITHDRAWN = f"{_RUNS} WHERE state = 'withdrawn' ORDER BY withdrawn_at DESC, run LIMIT 1"
_STILL = (
    "SELECT COALESCE(MAX(withdrawn_at), 0) > "
    "COALESCE(MAX(CASE WHEN state = 'done' THEN ended_at END), 0) FROM score_runs"
)
_KEPT = (
    "SELECT in_force.run, "  # noqa: S608
    "customer_scores.run <= in_force.run, customer_scores.previous_run <= in_force.run, "
    "customer_scores.value, customer_scores.potential, customer_scores.need, "
    "CAST(customer_scores.metrics AS TEXT), CAST(customer_scores.attributes AS TEXT), "
    "customer_scores.previous_value, "
    "customer_scores.previous_potential, customer_scores.previous_need, "
    "CAST(customer_scores.previous_metrics AS TEXT), "
    "CAST(customer_scores.previous_attributes AS TEXT) "
    f"FROM customers {joined()} WHERE customers.customer_id = :customer_id"
)
_GIVEN = "SELECT value, potential, need FROM customers WHERE customer_id = :customer_id"


def _all(column: str) -> str:
    """Ask for a column of JSON as it counts of the runs."""
    return (
        "SELECT customer_scores.customer_id, "  # noqa: S608
        "CASE WHEN customer_scores.run <= in_force.run "
        f"THEN CAST(customer_scores.{column} AS TEXT) "
        f"ELSE CAST(customer_scores.previous_{column} AS TEXT) END "
        f"FROM customers {joined()} WHERE customer_scores.customer_id > :after "
        "AND (customer_scores.run <= in_force.run OR customer_scores.previous_run <= in_force.run) "
        "ORDER BY customer_scores.customer_id LIMIT :count"
    )


_METRICS, _ATTRIBUTES = _all("metrics"), _all("attributes")


def last(run: Run, count: int) -> list[ScoreRun]:
    """Give the last `count` runs, newest first."""
    return [_run(row) for row in run(_LAST, {"count": max(0, count)})]


def one(run: Run, number: int) -> ScoreRun:
    """Give the run of this number. Raises StoreError when there is none."""
    found = run(_ONE, {"run": number}) if 0 < number < 2**63 else []
    if not found:
        raise StoreError(f"there is no run {number}: `ivr score runs` lists them")
    return _run(found[0])


def in_force(run: Run) -> ScoreRun | None:
    """Give the run whose scores count; None when only given ones do."""
    return next((_run(row) for row in run(_IN_FORCE, {})), None)


def last_withdrawn(run: Run) -> ScoreRun:
    """Give the run that was taken back last. Raises StoreError when none ever was."""
    for row in run(_WITHDRAWN, {}):
        return _run(row)
    raise StoreError("no run was ever taken back")


def stands_still(run: Run) -> bool:
    """Whether a run was taken back, and none was done since: then the schedule begins none."""
    return bool(next(iter(run(_STILL, {})))[0])


def kept(run: Run, customer_id: str) -> KeptScore | None:
    """Say what counts of the runs for this customer, with the metrics.

    None when only given scores count.
    """
    for number, newest, before, *rest in run(_KEPT, {"customer_id": customer_id.replace("\0", "")}):
        if newest or before:
            return KeptScore(number, _score(customer_id, rest[:5] if newest else rest[5:]))
    return None


def given(run: Run, customer_id: str) -> Scores:
    """Give the imported scores. Raises StoreError where there is no such customer."""
    for row in run(_GIVEN, {"customer_id": customer_id.replace("\0", "")}):
        return Scores(*row)
    raise StoreError(f"there is no customer {customer_id!r}")


def metrics_in_force(run: Run, after: str, count: int) -> list[tuple[str, str]]:
    """Give the metrics that count of the runs, as text, of the next `count` customers in a row."""
    found = run(_METRICS, {"after": after, "count": count})
    return [(str(name), str(metrics)) for name, metrics in found]


def attributes_in_force(run: Run, after: str, count: int) -> list[tuple[str, str | None]]:
    """Give the attributes likewise; None for none."""
    found = run(_ATTRIBUTES, {"after": after, "count": count})
    return [(str(name), attributes) for name, attributes in found]


def _run(row: Sequence[Any]) -> ScoreRun:
    return replace(ScoreRun(*row[:-1]), sources=_sources(row[0], row[-1]))


def _sources(number: int, text: str | None) -> tuple[RunSource, ...]:
    if text is None:
        return ()
    try:
        return tuple(RunSource(**each) for each in json.loads(text) or ())
    except (TypeError, ValueError):
        problem = f"run {number}: what it took of its sources is damaged"
        raise StoreError(f"{problem}: run the scores again") from None


def _score(customer_id: str, row: Sequence[Any]) -> CustomerScore:
    value, potential, need, metrics, attributes = row
    known = attributes_in(customer_id, attributes)
    raw = metrics_in(customer_id, metrics)
    return CustomerScore(customer_id, value, potential, need, raw, known)


def attributes_in(customer_id: str, text: str | None) -> dict[str, AttributeValue]:
    """Read the attributes as they are kept. Raises StoreError when somebody damaged them."""
    try:
        return restored(text) if text is not None else {}
    except ValueError as error:
        raise StoreError(f"customer {customer_id}: the {error}: run the scores again") from None


def metrics_in(customer_id: str, text: str) -> dict[str, float | None]:
    """Read the metrics as they are kept. Raises StoreError when somebody damaged them."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise StoreError(f"customer {customer_id}: the metrics are damaged: run the scores again")
    return found
