"""How many customers' scores fit a condition: counted by the database, of the scores that count.

Nothing here imports SQLAlchemy; what reaches the database is given as `run`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from ivr.domain.customers import SCORES
from ivr.store.customer_query import Run
from ivr.store.effective_scores import EFFECTIVE, LAPSED, LAPSED_TEXTS, joined

Sign = Literal["==", "!=", "<", "<=", ">", ">="]
_SQL = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class ScoreCondition(NamedTuple):
    """A score, `score` for the overall one, compared with a number; or `lapsed`, with 1 or 0."""

    score: str
    sign: Sign
    value: float


def counts(
    run: Run,
    conditions: Sequence[ScoreCondition],
    weights: Mapping[str, float],
) -> tuple[int, list[int]]:
    """Count the customers, and those that fit each condition; unknown scores fit none.

    `weights` are those of the overall score.
    """
    of = {f"of_{name}": float(weights.get(name, 0)) for name in SCORES}
    limits = {f"limit_{n}": float(each.value) for n, each in enumerate(conditions)}
    fits = "".join(
        f", SUM(CASE WHEN {each.score} {_SQL[each.sign]} :limit_{n} THEN 1 ELSE 0 END)"
        for n, each in enumerate(conditions)
        if each.score in (*SCORES, "score", "lapsed")
    )
    points = " + ".join(f":of_{name} * COALESCE({name}, 0)" for name in SCORES)
    total = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE :of_{name} END" for name in SCORES)
    scores = ", ".join(f"{EFFECTIVE[name]} AS {name}" for name in SCORES)
    overall = f"({points}) / NULLIF({total}, 0) AS score"
    asks_lapsed = any(each.score == "lapsed" for each in conditions)
    lapsed = LAPSED if asks_lapsed else "0"
    known = f"SELECT {scores}, {lapsed} AS lapsed FROM customers {joined()}"  # noqa: S608
    columns = f"value, potential, need, lapsed, {overall}"
    all_of_them = f"SELECT {columns} FROM ({known}) AS known"  # noqa: S608 - words of ours
    asked = f"SELECT COUNT(*){fits} FROM ({all_of_them}) AS made"  # noqa: S608
    used = of if ":of_" in asked else {}
    texts = LAPSED_TEXTS if asks_lapsed else {}
    ((customers, *found),) = run(asked, {**used, **limits, **texts})
    return int(customers), [int(each or 0) for each in found]
