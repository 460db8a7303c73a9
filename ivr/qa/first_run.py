"""Everybody's first calculated scores, in a database of the tests' own: calibrated and run.

The calibration is written nowhere, so the admin's files stay as they are.
"""

from sqlalchemy import Engine, select

from ivr.application import score_customers
from ivr.application.score_customers import RunReport
from ivr.domain.scoring.definition import Scoring
from ivr.errors import IvrError
from ivr.store.engine import explained
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.tables import customers
from ivr.warehouse.sources import Sources


def first_run(scoring: Scoring, sources: Sources, engine: Engine, at: float) -> RunReport:
    """Calibrate on all customers and score them, as of Unix time `at`.

    Raises IvrError when a row of the sources cannot be used.
    """
    name, now = customers.c.customer_id, int(at)
    with explained(engine), engine.connect() as connection:
        ids = list(connection.execute(select(name).order_by(name)).scalars())
    measured = score_customers.measure(scoring, ids, sources, now, _silently)
    if any(source.bad for source in measured.sources):
        raise IvrError("; ".join(measured.problems))
    calibration = score_customers.calibrated(scoring, measured, sources, now)
    runs = DatabaseScoreRuns(engine)
    return score_customers.score_customers(scoring, calibration, ids, sources, runs, now, _silently)


def _silently(doing: str, done: int, of: int) -> None:
    """Show no progress: they are few."""
