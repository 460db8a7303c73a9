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
from ivr.store.effective_scores import COLUMNS, JOINED
from ivr.store.score_layout import attributes_of, entry_at, scores_in, states_at, states_in

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
_OF_ONE = [COLUMNS[each] for each in ("run", "place", "chunk", "chunk_attributes")]
_KEPT = (
    f"SELECT {', '.join(_OF_ONE)}, CAST(in_force.columns AS TEXT), states "  # noqa: S608 - ours
    f"FROM customers {JOINED} JOIN metric_chunks ON metric_chunks.run = score_chunks.run "
    "AND metric_chunks.chunk = score_chunks.chunk WHERE customers.customer_id = :customer_id"
)
_STATES = "SELECT CAST(columns AS TEXT) FROM score_runs WHERE run = :run"
_GIVEN = "SELECT value, potential, need, lapsed FROM customers WHERE customer_id = :customer_id"


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
    found = run(_KEPT, {"customer_id": customer_id.replace("\0", "")})
    for number, place, chunk, told, names, states in found:
        try:
            entry = entry_at(str(chunk), place)
            metrics = states_at(states_in(states), _names(number, names), place)
            scores = scores_in(entry)
            known = attributes_in(customer_id, attributes_of(entry, told))
        except ValueError:
            problem = f"customer {customer_id}: the metrics are damaged"
            raise StoreError(f"{problem}: run the scores again") from None
        if metrics or known or scores != (None, None, None):
            return KeptScore(number, CustomerScore(customer_id, *scores, metrics, known))
    return None


def columns(run: Run, number: int) -> tuple[str, ...]:
    """Give the names of the states that the run of this number keeps, in their order."""
    for (names,) in run(_STATES, {"run": number}):
        return _names(number, names)
    return ()


def given(run: Run, customer_id: str) -> tuple[Scores, bool]:
    """Give the imported scores, and `lapsed`. Raises StoreError where there is no such customer."""
    for *scores, lapsed in run(_GIVEN, {"customer_id": customer_id.replace("\0", "")}):
        return Scores(*scores), bool(lapsed)
    raise StoreError(f"there is no customer {customer_id!r}")


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


def attributes_in(customer_id: str, text: str | None) -> dict[str, AttributeValue]:
    """Read the attributes as they are kept. Raises StoreError when somebody damaged them."""
    try:
        return restored(text) if text else {}
    except ValueError as error:
        raise StoreError(f"customer {customer_id}: the {error}: run the scores again") from None


def _names(number: int, text: str | None) -> tuple[str, ...]:
    try:
        found = json.loads(text) if text else []
    except ValueError:
        found = None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        problem = f"run {number}: the names of its metrics are damaged"
        raise StoreError(f"{problem}: run the scores again")
    return tuple(found)
