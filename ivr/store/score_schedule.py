"""Which service runs a planned run: each planned time has one row, whose heart has to beat."""

from sqlalchemy import Connection, Engine, func, select, update

from ivr.domain.scoring.schedule import PlannedRun
from ivr.store import score_query
from ivr.store.engine import explained, insert_new, writing
from ivr.store.engine_reading import EngineReading
from ivr.store.tables import score_schedule

STALE_SECONDS = 60.0  # without a heartbeat, another service takes the run over
_LONGEST_WHY = 1000  # characters
_ROW = score_schedule.c


class DatabaseScoreSchedule:
    """Planned runs, of one service, `runner`. All raise StoreError; times are Unix time."""

    def __init__(self, engine: Engine, runner: str) -> None:
        self._engine, self._runner = engine, runner

    def claim(self, planned_at: float, now: float) -> bool:
        """Make the run of this time ours; false when it is another's, or another run goes on."""
        row = {
            "planned_at": planned_at,
            "state": "running",
            "runner": self._runner,
            "heartbeat_at": now,
            "began_at": now,
        }
        with explained(self._engine), writing(self._engine) as connection:
            if _alive(connection, now):
                return False
            connection.execute(insert_new(connection, score_schedule), row)
            whose = select(_ROW.runner).where(_ROW.planned_at == planned_at)
            is_new = (_ROW.state == "running", _ROW.began_at == now)
            return connection.execute(whose.where(*is_new)).scalar() == self._runner

    def take_over(self, now: float, since: float) -> float | None:
        """Make a run ours whose service's heart stopped; returns its planned time.

        What was planned before `since` is not begun again: it has failed.
        """
        dead = (_ROW.state == "running", _ROW.heartbeat_at < now - STALE_SECONDS)
        with explained(self._engine), writing(self._engine) as connection:
            if _alive(connection, now):
                return None
            newest = connection.execute(select(func.max(_ROW.planned_at)).where(*dead)).scalar()
            gone = {"state": "failed", "ended_at": now, "why": "the service that ran it ended"}
            if newest is None:
                return None
            ours = newest >= since
            old = _ROW.planned_at < newest if ours else _ROW.planned_at <= newest
            connection.execute(update(score_schedule).where(*dead, old).values(gone))
            if not ours:
                return None
            taken = {"runner": self._runner, "heartbeat_at": now, "began_at": now}
            this = (*dead, _ROW.planned_at == newest)
            made = connection.execute(update(score_schedule).where(*this).values(taken))
            return float(newest) if made.rowcount == 1 else None

    def beat(self, planned_at: float, now: float) -> bool:
        """Say that the run goes on; false when it is no longer ours."""
        return self._change(planned_at, {"heartbeat_at": now})

    def release(self, planned_at: float) -> bool:
        """Leave the run to whoever takes it over first."""
        return self._change(planned_at, {"heartbeat_at": 0.0})

    def end(self, planned_at: float, now: float, why: str = "") -> bool:
        """Say that the run has ended; `why` says why it failed. False when it is not ours."""
        state = "failed" if why else "done"
        text = why.replace("\0", "")[:_LONGEST_WHY]
        return self._change(planned_at, {"state": state, "ended_at": now, "why": text})

    def _change(self, planned_at: float, values: dict[str, object]) -> bool:
        ours = (_ROW.planned_at == planned_at, _ROW.runner == self._runner, _ROW.state == "running")
        with explained(self._engine), writing(self._engine) as connection:
            done = connection.execute(update(score_schedule).where(*ours).values(values))
            return done.rowcount == 1


def newest(engine: Engine) -> PlannedRun | None:
    """Give the run that was planned last. Raises StoreError."""
    row = (_ROW.planned_at, _ROW.state, _ROW.runner, _ROW.heartbeat_at)
    asked = select(*row, _ROW.began_at, _ROW.ended_at, _ROW.why).order_by(_ROW.planned_at.desc())
    with explained(engine), engine.connect() as connection:
        found = connection.execute(asked.limit(1)).one_or_none()
    return None if found is None else PlannedRun(*found)


def stands_still(engine: Engine) -> bool:
    """Whether a run was taken back, and none was done since: then nothing is begun. StoreError."""
    with EngineReading(engine).asking() as run:
        return score_query.stands_still(run)


def last_success(engine: Engine) -> float | None:
    """When the run in force began. Raises StoreError."""
    with EngineReading(engine).asking() as run:
        found = score_query.in_force(run)
    return found.began_at if found else None


def _alive(connection: Connection, now: float) -> bool:
    """Whether a run goes on whose heart beats."""
    beats = (_ROW.state == "running", _ROW.heartbeat_at >= now - STALE_SECONDS)
    return connection.execute(select(_ROW.planned_at).where(*beats).limit(1)).first() is not None
