"""What two runs calculated: the newest one that is whole, and the one before it.

What an earlier run calculated is not kept, so these two can be compared and no others.

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

_NEWEST_FIRST = "ORDER BY run DESC LIMIT 1"
_IS_KEPT = "state IN ('done', 'withdrawn') AND NOT put_back"
_KEPT = f"SELECT run FROM score_runs WHERE {_IS_KEPT} {_NEWEST_FIRST}"  # noqa: S608 - ours
_IS_BEFORE = "state = 'done' AND run < :run"
_BEFORE = f"SELECT run, put_back FROM score_runs WHERE {_IS_BEFORE} {_NEWEST_FIRST}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class ScorePair:
    """One customer: given scores, and what the older and the newer run say; None for nothing."""

    customer_id: str
    given: Scores
    older: RunScores | None
    newer: RunScores | None


def comparable(run: Run) -> tuple[ScoreRun, ScoreRun]:
    """Give the two runs that can be compared, the older first.

    They are the newest run that was whole, also when it is withdrawn by now, and the one before it.
    Raises StoreError where there are no two.
    """
    for (newer,) in run(_KEPT, {}):
        for older, is_gone in run(_BEFORE, {"run": newer}):
            if is_gone:
                raise StoreError(
                    f"what run {older} calculated is no longer kept, so run {newer} cannot be "
                    "compared with it; the next one (ivr score run) can be compared"
                )
            return score_query.one(run, older), score_query.one(run, newer)
        raise StoreError(
            f"run {newer} is the first: there is none before it to compare it with; "
            "the next one (ivr score run) can be compared"
        )
    raise StoreError("no run is in force, so there is nothing to compare (ivr score run)")


def chosen(run: Run, one: int | None, other: int | None) -> tuple[ScoreRun, ScoreRun]:
    """Give the two runs that can be compared, the older first, if these two (or none) are meant.

    Raises StoreError for others.
    """
    older, newer = comparable(run)
    if one is None and other is None:
        return older, newer
    if {one, other} == {older.run, newer.run}:
        return older, newer
    for number in (one, other):
        if number is not None:
            score_query.one(run, number)  # say so where there is none
    raise StoreError(
        "what the last two runs calculated is kept, so only these can be compared: "
        f"{older.run} and {newer.run} (ivr score diff {older.run} {newer.run})"
    )


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
