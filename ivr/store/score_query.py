"""How runs of scores are asked for.

Nothing here knows how the database is reached; what does is given as `run`.
"""

import json
from collections.abc import Sequence
from typing import Any

from ivr.domain.scoring.attributes import AttributeValue, restored
from ivr.domain.scoring.runs import CustomerScore, KeptScore, ScoreRun
from ivr.errors import StoreError
from ivr.store.customer_query import Run
from ivr.store.effective_scores import joined

_TIMES = "began_at, ended_at, withdrawn_at"
_COLUMNS = f"run, state, version, calibration, {_TIMES}, customers, changed, why"
_RUNS = f"SELECT {_COLUMNS} FROM score_runs"  # noqa: S608
_LAST = f"{_RUNS} ORDER BY run DESC LIMIT :count"
_ONE = f"{_RUNS} WHERE run = :run"
_IN_FORCE = f"{_RUNS} WHERE state = 'done' ORDER BY run DESC LIMIT 1"
_WITHDRAWN = f"{_RUNS} WHERE state = 'withdrawn' ORDER BY withdrawn_at DESC, run LIMIT 1"
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


def last(run: Run, count: int) -> list[ScoreRun]:
    """Give the last `count` runs, newest first."""
    return [ScoreRun(*row) for row in run(_LAST, {"count": max(0, count)})]


def one(run: Run, number: int) -> ScoreRun:
    """Give the run of this number. Raises StoreError when there is none."""
    found = run(_ONE, {"run": number}) if 0 < number < 2**63 else []
    if not found:
        raise StoreError(f"there is no run {number}: `ivr score runs` lists them")
    return ScoreRun(*found[0])


def in_force(run: Run) -> ScoreRun | None:
    """Give the run whose scores count; None when only given ones do."""
    return next((ScoreRun(*row) for row in run(_IN_FORCE, {})), None)


def last_withdrawn(run: Run) -> ScoreRun:
    """Give the run that was taken back last. Raises StoreError when none ever was."""
    for row in run(_WITHDRAWN, {}):
        return ScoreRun(*row)
    raise StoreError("no run was ever taken back")


def kept(run: Run, customer_id: str) -> KeptScore | None:
    """Say what counts of the runs for this customer, with the metrics.

    None when only given scores count.
    """
    for number, newest, before, *rest in run(_KEPT, {"customer_id": customer_id.replace("\0", "")}):
        if newest or before:
            return KeptScore(number, _score(customer_id, rest[:5] if newest else rest[5:]))
    return None


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
