"""What two runs calculated: the newest one that is whole, and the one before it.

Of earlier ones little is kept: see score_runs.py.

Nothing here imports SQLAlchemy; what reaches the database is given as `run`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.domain.customers import Scores
from ivr.domain.scoring.runs import ScoreRun
from ivr.errors import StoreError
from ivr.store import score_query
from ivr.store.customer_query import Run
from ivr.store.score_walk import RunScores, walk

_IS_KEPT = "state IN ('done', 'withdrawn') AND NOT put_back"
_KEPT = f"SELECT run FROM score_runs WHERE {_IS_KEPT} ORDER BY run DESC"  # noqa: S608 - ours


@dataclass(frozen=True, slots=True)
class ScorePair:
    """One customer: given scores, and what the older and the newer run say; None for nothing."""

    customer_id: str
    given: Scores
    older: RunScores | None
    newer: RunScores | None


def comparable(run: Run) -> tuple[ScoreRun, ScoreRun]:
    """Give the two runs that are compared where nobody says which, the older first.

    They are the newest run that was whole, also when it is withdrawn by now, and the one before it.
    Raises StoreError where there are no two.
    """
    found = _kept(run)
    if not found:
        raise StoreError("no run is in force, so there is nothing to compare (ivr score run)")
    return before(run, found[0]), score_query.one(run, found[0])


def before(run: Run, newer: int) -> ScoreRun:
    """Give the last whole run before this one of which everything is kept.

    Raises StoreError where there is none.
    """
    for older in _kept(run):
        if older < newer:
            return score_query.one(run, older)
    raise StoreError(
        f"run {newer} is the first of which anything is kept: there is none to compare it with; "
        "the next one (ivr score run) can be compared"
    )


def chosen(run: Run, one: int | None, other: int | None) -> tuple[ScoreRun, ScoreRun]:
    """Give these two runs, the older first; else those that `comparable` gives.

    Raises StoreError for runs of which not everything is kept.
    """
    if one is None or other is None:
        return comparable(run)
    found = _kept(run)
    for number in (one, other):
        if number not in found:
            score_query.one(run, number)  # say so where there is none
            kept = ", ".join(map(str, sorted(found))) or "none"
            gone = f"what run {number} calculated is no longer kept"
            raise StoreError(f"{gone}: of the last runs it is ({kept})")
    if one == other:
        raise StoreError(f"run {one} is the same run: name two")
    return score_query.one(run, min(one, other)), score_query.one(run, max(one, other))


def _kept(run: Run) -> list[int]:
    """Give the whole runs of which everything is kept, the newest first."""
    return [number for (number,) in run(_KEPT, {})]


def pairs(
    run: Run,
    older: ScoreRun,
    newer: ScoreRun,
    *,
    changed: bool = False,
) -> Iterator[list[ScorePair]]:
    """Give every customer, in batches; with `changed`, of whom the two do not say the same."""
    for batch in walk(run, [older.run, newer.run]):
        made = [ScorePair(each.customer_id, each.given, *each.runs) for each in batch]
        yield [each for each in made if not changed or each.older != each.newer]
