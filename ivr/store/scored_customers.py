"""What a run calculated, as it is told to the database: of a few customers, and what is refused."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.domain.customers import SCORES
from ivr.domain.scoring.attributes import AttributeColumn
from ivr.domain.scoring.runs import CustomerScore, ScoredCustomers
from ivr.errors import StoreError


def of_rows(rows: Sequence[CustomerScore]) -> ScoredCustomers:
    """Return a few customers' rows as those of all are told."""
    columns = {name: [getattr(row, name) for row in rows] for name in SCORES}
    metrics = sorted({name for row in rows for name in row.metrics})
    states = {name: [row.metrics.get(name) for row in rows] for name in metrics}
    unknown = {name: np.array([name not in row.metrics for row in rows]) for name in metrics}
    attributes = {}
    for name in sorted({name for row in rows for name in row.attributes}):
        values = [row.attributes.get(name) for row in rows]
        places = [float("nan") if each is None else n for n, each in enumerate(values)]
        told = ["" if each is None else each for each in values]
        attributes[name] = AttributeColumn(np.array(places, dtype=float), told)
    return ScoredCustomers(
        [row.customer_id for row in rows],
        {name: np.array(values, dtype=float) for name, values in columns.items()},
        {name: np.array(values, dtype=float) for name, values in states.items()},
        unknown,
        attributes,
    )


def refuse_unsound(scored: ScoredCustomers) -> None:
    """Raise StoreError for a score that is not from 0 to 100, or a metric that is infinite."""
    for name, values in scored.scores.items():
        _refuse(scored, name, values, (values < 0) | (values > 100), "a number from 0 to 100")
    for name, values in scored.metrics.items():
        _refuse(scored, f"metric {name!r}", values, np.isinf(values), "a finite number")


def _refuse(
    scored: ScoredCustomers,
    name: str,
    values: NDArray[Any],
    bad: NDArray[np.bool_],
    what: str,
) -> None:
    for n in np.flatnonzero(bad)[:1]:
        who = f"customer {scored.customers[n][:64]!r}"
        raise StoreError(f"{who}: {name} {float(values[n])!r} is not {what}")
