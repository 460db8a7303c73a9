"""The ScoreRuns port: what runs calculate, kept so that all of one counts at once.

A run writes only rows that change, in small transactions with a pause between two, so that calls'
records keep their turn. It may be killed between any two of these. Whatever it left is put back,
also in small transactions, before the next run writes: a row says what a run and the one before it
calculated, so one step back is always there. Which scores count meanwhile, effective_scores.py
says.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, null, select, update

from ivr.domain.scoring.attributes import AttributeValue
from ivr.domain.scoring.runs import CustomerScore, RunSource, ScoredCustomers, ScoreRun
from ivr.errors import StoreError
from ivr.store import score_differences, score_digest, score_query, score_rows
from ivr.store.engine import EngineReading, explained, run_on, writing
from ivr.store.score_differences import Batch
from ivr.store.score_digest import Digests
from ivr.store.score_rows import METRIC_PARTS, SCORE_PARTS, RowWriter
from ivr.store.tables import customer_metrics, customer_scores, score_runs

BATCH = 1000  # rows in a transaction: a call's record waits for no more
PAUSE_SECONDS = 0.002
METRICS_BATCH = 5000  # customers whose metrics are read at once
_INTERRUPTED = "it was interrupted, or another run began before it ended"
_ROLLED_BACK = "a rollback ended it"
_LONGEST_WHY = 1000  # characters


def _pause() -> None:
    time.sleep(PAUSE_SECONDS)


class DatabaseScoreRuns:
    """The ScoreRuns port, on an engine made by `store.engine.writer`.

    One that begins a run also writes and ends it.

    `pause` is called after each transaction. `clock` gives Unix time in seconds.
    """

    def __init__(
        self,
        engine: Engine,
        pause: Callable[[], None] = _pause,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine, self._pause, self._clock = engine, pause, clock
        self._run = 0  # the one under way, if any
        self._scored: int | None = None  # and of how many customers it was told
        self._put_scores = RowWriter(engine, "customer_scores", SCORE_PARTS)
        self._put_metrics = RowWriter(engine, "customer_metrics", METRIC_PARTS)

    def begin(self, version: str, calibration: str, at: float, definition: str = "") -> int:
        """Begin a run; returns its number.

        First puts back what an interrupted or a withdrawn run left.
        """
        row = {
            "state": "running",
            "version": version,
            "calibration": calibration,
            "began_at": at,
            "definition": definition,
        }
        _refuse_nul(version, calibration, definition)
        while True:
            with explained(self._engine), writing(self._engine) as connection:
                _end_others(connection, _INTERRUPTED, at)
                left = _not_put_back(connection)
                if not left:
                    key = connection.execute(insert(score_runs), row).inserted_primary_key
                    assert key is not None  # noqa: S101 - of one row there is always one
                    self._run, self._scored = key[0], None
                    return self._run
            self._put_back(left)

    def rests_on(self, run: int, sources: Sequence[RunSource], as_of: float) -> None:
        """Say what the run took of each source, and how old its scores are therefore."""
        told = {"sources": [asdict(each) for each in sources], "as_of": as_of}
        with explained(self._engine), writing(self._engine) as connection:
            _of_running(connection, run, told)

    def in_force(self) -> ScoreRun | None:
        """Give the run whose scores count; None when only given ones do."""
        with EngineReading(self._engine).asking() as run:
            return score_query.in_force(run)

    def metrics_in_force(self) -> Iterator[tuple[str, Mapping[str, float | None]]]:
        """Give each customer's metrics that count of the runs."""
        last, found = "", [("", "")]
        while found:
            with EngineReading(self._engine).asking() as run:
                found = score_query.metrics_in_force(run, last, METRICS_BATCH)
            for name, metrics in found:
                yield name, score_query.metrics_in(name, metrics)
                last = name

    def attributes_in_force(self) -> Iterator[tuple[str, Mapping[str, AttributeValue]]]:
        """Give each customer's attributes that count of the runs."""
        last = ""
        found: list[tuple[str, str | None]] = [("", None)]
        while found:
            with EngineReading(self._engine).asking() as run:
                found = score_query.attributes_in_force(run, last, METRICS_BATCH)
            for name, attributes in found:
                yield name, score_query.attributes_in(name, attributes)
                last = name

    def write(
        self,
        run: int,
        scored: ScoredCustomers,
        told: Callable[[int, int], None],
    ) -> int:
        """Write what changed, once; returns of how many customers it did.

        Raises StoreError for a score that is none, before anything is written.
        """
        self._refuse_other(run)
        if self._scored is not None:
            raise StoreError(f"run {run} was written already: begin another")
        score_differences.refuse_unsound(scored)
        self._scored = len(scored.customers)
        made = score_digest.digests(scored)
        with explained(self._engine), self._engine.connect() as connection:
            found = score_differences.differences(connection, scored, made)
        others = ScoredCustomers(found.others, {}, {})
        nothing = score_differences.everything(len(found.others))
        count = len(found.places) + len(found.others)
        done = 0
        for changed, digests, whose in (
            (scored, made, found),
            (others, score_digest.digests(others), nothing),
        ):
            for batch in whose.batches(BATCH):
                self._write(run, changed, digests, batch)
                done += len(batch.places)
                told(done, count)
        return count

    def write_rows(self, run: int, rows: Sequence[CustomerScore]) -> int:
        """Write a few customers' rows, as all that the run has calculated."""
        return self.write(run, score_rows.scored_customers(rows), lambda done, of: None)

    def finish(self, run: int, at: float) -> None:
        """Have all that the run wrote count, at once."""
        self._refuse_other(run)
        with explained(self._engine), writing(self._engine) as connection:
            ended = {"state": "done", "ended_at": at, "customers": self._scored or 0}
            _of_running(connection, run, ended)
        self._run, self._scored = 0, None

    def fail(self, run: int, why: str, at: float) -> None:
        """Say that the run failed, unless it has ended: what it wrote never counts."""
        why = why.replace("\0", "")[:_LONGEST_WHY]
        ended = {"state": "failed", "ended_at": at, "why": why, "customers": self._scored or 0}
        with explained(self._engine), writing(self._engine) as connection:
            those = (score_runs.c.run == run, score_runs.c.state == "running")
            connection.execute(update(score_runs).where(*those).values(ended))

    def rollback(self) -> int:
        """Go one run back; returns the run that is in force then, 0 when there is none.

        A run that is under way is ended. Raises StoreError when there is no run to go back from, or
        when what counted before it is no longer kept: there is one step back, and a later run that
        wrote something took it.
        """
        with explained(self._engine), writing(self._engine) as connection:
            newest = score_query.in_force(run_on(connection))
            if newest is None:
                raise StoreError("no run is in force, so there is no way back: given scores count")
            run = score_runs.c.run
            before = _newest(connection, score_runs.c.state == "done", run < newest.run)
            later = _newest(connection, score_runs.c.changed > 0, run > newest.run)
            if before and later:
                raise StoreError(
                    f"what counted before run {newest.run} is no longer kept: run {later} has "
                    "written over it. Only one run back is kept: put the earlier scoring file in "
                    "force, and calculate again"
                )
            now = self._clock()
            _end_others(connection, _ROLLED_BACK, now)
            gone = {"state": "withdrawn", "withdrawn_at": now}
            connection.execute(update(score_runs).where(run == newest.run).values(gone))
            return before

    def runs(self, count: int) -> list[ScoreRun]:
        """Give the last `count` runs, newest first."""
        with EngineReading(self._engine).asking() as run:
            return score_query.last(run, count)

    # What a run writes ----------------------------------------------------------------------------

    def _refuse_other(self, run: int) -> None:
        if not run or run != self._run:
            raise StoreError(f"run {run} was not begun here, or has ended: begin another")

    def _write(
        self,
        run: int,
        scored: ScoredCustomers,
        digests: Digests,
        batch: Batch,
    ) -> None:
        names = scored.customers
        whose = [[names[n] for n in each.tolist()] for each in (batch.scores, batch.metrics)]
        scores = score_rows.scores(scored, batch.scores)
        metrics = score_rows.metrics(scored, digests, batch.metrics)  # before the turn
        changed = score_runs.c.changed + len(batch.places)
        with explained(self._engine), writing(self._engine) as connection:
            _of_running(connection, run, {"changed": changed, "customers": self._scored})
            self._put_scores(connection, run, whose[0], scores)
            self._put_metrics(connection, run, whose[1], metrics)
        self._pause()

    # What a run left that does not count ----------------------------------------------------------

    def _put_back(self, left: Sequence[int]) -> None:
        """Have no row any more that one of these runs wrote, but what was there before it."""
        for table in (customer_scores, customer_metrics):
            for names in self._names(table, left):
                with explained(self._engine), writing(self._engine) as connection:
                    _put_back(connection, table, names, left)
                self._pause()
        with explained(self._engine), writing(self._engine) as connection:
            runs = update(score_runs).where(score_runs.c.run.in_(left))
            connection.execute(runs.values(put_back=True))
        self._pause()

    def _names(self, table: Table, left: Sequence[int]) -> Iterator[Sequence[str]]:
        """Find who has a row that one of these runs wrote, a batch at a time."""
        name, last = table.c.customer_id, ""
        while True:
            asked = select(name).where(name > last, table.c.run.in_(left))
            with explained(self._engine), self._engine.connect() as connection:
                names = list(connection.execute(asked.order_by(name).limit(BATCH)).scalars())
            if not names:
                return
            yield names
            last = names[-1]


def _put_back(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    left: Sequence[int],
) -> None:
    row, start = table.c, "previous_"
    those = (row.customer_id.in_(names), row.run.in_(left))
    nothing = row.previous_run.is_(None) | row.previous_run.in_(left)
    connection.execute(delete(table).where(*those, nothing))
    kept = [column.name for column in row if column.name.startswith(start)]
    values = {name.removeprefix(start): row[name] for name in kept} | dict.fromkeys(kept, null())
    connection.execute(update(table).where(*those).values(values))


def _of_running(connection: Connection, run: int, values: Mapping[str, Any]) -> None:
    """Change the run, if it is still under way; else nothing more may be written for it."""
    those = (score_runs.c.run == run, score_runs.c.state == "running")
    if not connection.execute(update(score_runs).where(*those).values(values)).rowcount:
        raise StoreError(f"run {run} was ended: another began, or the one before was rolled back")


def _end_others(connection: Connection, why: str, at: float) -> None:
    ended = {"state": "failed", "why": why, "ended_at": at}
    connection.execute(update(score_runs).where(score_runs.c.state == "running").values(ended))


def _not_put_back(connection: Connection) -> list[int]:
    """Find the runs that do not count and may have left rows."""
    row = score_runs.c
    over = row.state.in_(("failed", "withdrawn"))
    left = select(row.run).where(over, row.changed > 0, ~row.put_back)
    return list(connection.execute(left).scalars())


def _newest(connection: Connection, *conditions: Any) -> int:
    return connection.execute(select(func.max(score_runs.c.run)).where(*conditions)).scalar() or 0


def _refuse_nul(*texts: Iterable[str]) -> None:
    if any("\0" in text for text in texts):
        raise StoreError("a version has a NUL in it")
