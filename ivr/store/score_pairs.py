"""What two runs calculated: the newest one that is whole, and the one before it.

A row keeps what two runs calculated, so these two can be compared and no others. A later run that
wrote something has written over the older of them: then there is nothing to compare until it ends.

Nothing here imports SQLAlchemy; what reaches the database is given as `run`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.domain.customers import Scores
from ivr.domain.scoring.runs import ScoreRun
from ivr.errors import StoreError
from ivr.store import score_query
from ivr.store.customer_query import Run

BATCH = 10_000
_ASK = (
    "SELECT run, state, changed, put_back FROM score_runs WHERE run >= COALESCE("
    "(SELECT MAX(run) FROM score_runs WHERE state = 'done'), 0) ORDER BY run DESC"
)
_BEFORE = "SELECT MAX(run) FROM score_runs WHERE state = 'done' AND run < :run"
_SCORES = "s.{0}run, s.{0}value, s.{0}potential, s.{0}need"
_METRICS = "m.{0}run, CAST(m.{0}metrics AS TEXT)"
_PREFIXES = ("", "previous_")
_COLUMNS = ", ".join(part.format(each) for part in (_SCORES, _METRICS) for each in _PREFIXES)
_ROWS = (
    f"SELECT c.customer_id, c.value, c.potential, c.need, {_COLUMNS} "  # noqa: S608 - words of ours
    "FROM customers AS c LEFT JOIN customer_scores AS s ON s.customer_id = c.customer_id "
    "LEFT JOIN customer_metrics AS m ON m.customer_id = c.customer_id "
    "WHERE c.customer_id > :after {0}ORDER BY c.customer_id LIMIT :count"
)
_ALL = _ROWS.format("")
_CHANGED = _ROWS.format("AND (s.run > :older OR m.run > :older) ")


@dataclass(frozen=True, slots=True)
class RunScores:
    """What one run calculated for a customer; None for a score that it does not make.

    `metrics` has the states of the metrics, as they are kept; empty where the run left the customer
    out.
    """

    run: int
    scores: tuple[float | None, float | None, float | None]
    metrics: Mapping[str, float | None]


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
    for number, state, changed, put_back in run(_ASK, {}):
        if state in ("done", "withdrawn") and not put_back:
            ((before,),) = run(_BEFORE, {"run": number})
            if before is None:
                raise StoreError(
                    f"run {number} is the first: there is none before it to compare it with; "
                    "the next one (ivr score run) can be compared"
                )
            return score_query.one(run, before), score_query.one(run, number)
        if changed:
            how = "is under way" if state == "running" else f"is {state}"
            raise StoreError(
                f"run {number} {how} and has written over what could be compared: "
                "after the next whole run (ivr score run), that one and the one in force can be"
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
        "a customer's row keeps what two runs calculated, so only these can be compared: "
        f"{older.run} and {newer.run} (ivr score diff {older.run} {newer.run})"
    )


def pairs(
    run: Run,
    older: ScoreRun,
    newer: ScoreRun,
    *,
    changed: bool = False,
) -> Iterator[list[ScorePair]]:
    """Give every customer, in batches; with `changed`, those whom the newer run wrote."""
    after = ""
    sql, values = (_CHANGED, {"older": older.run}) if changed else (_ALL, {})
    while rows := run(sql, {**values, "after": after, "count": BATCH}):
        yield [_pair(row, older.run, newer.run) for row in rows]
        after = rows[-1][0]


def _pair(row: Any, older: int, newer: int) -> ScorePair:
    name, *given = row[:4]
    scores, metrics = (row[4:8], row[8:12]), (row[12:14], row[14:16])
    parts = [(_version(scores, run), _version(metrics, run)) for run in (older, newer)]
    one = _read(name, *parts[0])
    same = all(a is b for a, b in zip(*parts, strict=True))
    return ScorePair(name, Scores(*given), one, one if same else _read(name, *parts[1]))


def _version(versions: Any, number: int) -> Any:
    """Choose what counts at a run: the same as effective_scores says of the one in force."""
    for version in versions:
        if version[0] is not None and version[0] <= number:
            return version
    return None


def _read(name: str, scores: Any, metrics: Any) -> RunScores | None:
    if scores is None or metrics is None:
        return None
    run, value, potential, need = scores
    raw = score_query.metrics_in(name, metrics[1])
    return RunScores(max(run, metrics[0]), (value, potential, need), raw)
