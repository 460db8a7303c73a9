"""How many customers fit each threshold of a policy now, by the scores that count."""

from contextlib import closing

from ivr.application import score_segments
from ivr.application.score_segments import Segments
from ivr.domain.policy import Policy
from ivr.settings import Settings
from ivr.store.counting_scores import counting_scores
from ivr.store.statement_reading import reading
from ivr.warehouse.arrays import Arrays


def counts(settings: Settings, policy: Policy, found: Segments) -> tuple[int, list[int]]:
    """Count the customers, and those who fit each threshold of `found`. Raises StoreError."""
    with closing(reading(settings.database_url)) as database, database.asking() as run:
        everybody = counting_scores(run)
        return score_segments.counts(found, everybody, policy.score, Arrays())
