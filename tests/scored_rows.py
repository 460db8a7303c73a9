"""What a run calculated, customer by customer, as tests compare it."""

import math
from collections.abc import Mapping, Sequence

from sqlalchemy import Engine

from ivr.domain.customers import SCORES
from ivr.domain.scoring.attributes import AttributeColumn, AttributeValue
from ivr.domain.scoring.runs import CustomerScore, ScoredCustomers
from ivr.store import score_walk
from ivr.store.engine_reading import EngineReading
from ivr.store.score_walk import RunScores
from ivr.store.tables import customer_places, metric_chunks, score_chunks, score_runs

RUNS = (score_chunks, metric_chunks, customer_places, score_runs)
"""The tables with what runs keep, in the order in which they can be emptied."""


def kept_of(engine: Engine, run: int) -> dict[str, RunScores]:
    """What is kept of a run, by customer."""
    with EngineReading(engine).asking() as asked:
        walked = [each for batch in score_walk.walk(asked, [run]) for each in batch]
    return {each.customer_id: found for each in walked for found in each.runs if found}


def known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def attributes_of(
    columns: Mapping[str, AttributeColumn],
    count: int,
) -> list[dict[str, AttributeValue]]:
    """What is known of each of so many customers."""
    return [
        {
            name: column.values[int(column.places[n])]
            for name, column in columns.items()
            if not math.isnan(column.places[n])
        }
        for n in range(count)
    ]


def rows_of(scored: ScoredCustomers) -> Sequence[CustomerScore]:
    attributes = attributes_of(scored.attributes, len(scored.customers))
    made = []
    for n, customer in enumerate(scored.customers):
        scores = {name: known(values[n]) for name, values in scored.scores.items()}
        metrics = {
            name: known(values[n])
            for name, values in scored.metrics.items()
            if name not in scored.unknown or not scored.unknown[name][n]
        }
        value, potential, need = map(scores.get, SCORES)
        made.append(CustomerScore(customer, value, potential, need, metrics, attributes[n]))
    return made
