"""`ivr score rollback`."""

import json

from ivr.cli import common
from ivr.cli.options import AsJson
from ivr.store import migrate, score_query
from ivr.store.engine import writer
from ivr.store.engine_reading import EngineReading
from ivr.store.score_runs import DatabaseScoreRuns


def rollback(as_json: AsJson = False) -> None:
    """Take the newest run back: the scores of the run before count again.

    Before the first run that is the scores that were given. A run that is under way is ended.
    Whenever a run begins, what the last two calculated is kept: a way further back is refused. A
    schedule in scoring.yaml stands still then, until somebody runs the scores by hand.

    Example:  ivr score rollback
    """
    settings = common.settings()
    engine = writer(settings.database_url, create=False)
    try:
        migrate.upgrade(engine)
        now = DatabaseScoreRuns(engine).rollback()
        with EngineReading(engine).asking() as asked:
            gone = score_query.last_withdrawn(asked)
    finally:
        engine.dispose()
    if as_json:
        told = {"withdrawn": gone.run, "in_force": now or None}
        common.out.print(json.dumps(told), markup=False, emoji=False)
        return
    whose = f"of run {now}" if now else "that were given"
    what = f"the scores {whose} count again"
    common.out.print(f"run {gone.run} is withdrawn: {what}", markup=False)
    still = "a schedule stands still until you run the scores by hand (ivr score run)"
    common.out.print(still, markup=False)
    common.out.print(common.database(settings), markup=False)
