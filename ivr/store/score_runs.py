"""The ScoreRuns port: what runs calculate, kept so that all of one counts at once.

A run writes what it has of everybody, a chunk of customers in a row (see score_layout.py), in small
transactions with a pause between two, so that calls' records keep their turn. It may be killed
between any two of these: until it is done, nobody reads what it wrote. Whenever a run begins, what
is kept of others than the last two that are done is deleted, also in small transactions.
"""

import contextlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from ivr.domain.scoring.attributes import AttributeValue
from ivr.domain.scoring.runs import CustomerScore, RunSource, ScoredCustomers, ScoreRun
from ivr.errors import StoreError
from ivr.store import customer_places, score_query, score_walk, scored_customers
from ivr.store.engine import explained, writing
from ivr.store.engine_reading import EngineReading, run_on
from ivr.store.score_chunks import Chunk, Chunks, differ, empty
from ivr.store.score_layout import PLACES
from ivr.store.score_walk import RunScores
from ivr.store.tables import metric_chunks, score_chunks, score_runs

BATCH = 80  # chunks in a transaction: a call's record waits for no more
PAUSE_SECONDS = 0.002
_TABLES = (score_chunks, metric_chunks)
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

    def begin(self, version: str, calibration: str, at: float, definition: str = "") -> int:
        """Begin a run; returns its number.

        First deletes what an interrupted or a withdrawn run left.
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
                over = _given_up(connection)
                if not over:
                    key = connection.execute(insert(score_runs), row).inserted_primary_key
                    assert key is not None  # noqa: S101 - of one row there is always one
                    self._run, self._scored = key[0], None
                    return self._run
            self._delete(over)

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
        for name, score in self._in_force():
            yield name, score.metrics

    def attributes_in_force(self) -> Iterator[tuple[str, Mapping[str, AttributeValue]]]:
        """Give each customer's attributes that count of the runs."""
        for name, score in self._in_force():
            yield name, score_query.attributes_in(name, score.attributes)

    def write(
        self,
        run: int,
        scored: ScoredCustomers,
        told: Callable[[int, int], None],
    ) -> int:
        """Write what was calculated, once; returns of how many customers it is news.

        Raises StoreError for a score that is none, before anything is written.
        """
        self._refuse_other(run)
        if self._scored is not None:
            raise StoreError(f"run {run} was written already: begin another")
        scored_customers.refuse_unsound(scored)
        self._scored = count = len(scored.customers)
        columns = list(scored.metrics)
        with explained(self._engine), writing(self._engine) as connection:
            _of_running(connection, run, {"columns": columns, "customers": count})
        self._give_places(run)
        with explained(self._engine), self._engine.connect() as connection:
            places, taken = customer_places.places(connection, scored.customers)
        chunks, before = Chunks(scored, places), _RunInForce(self._engine, columns, taken)
        news = done = 0
        for begin in range(0, max(len(chunks), len(before)), BATCH):
            numbers = range(begin, begin + BATCH)
            made = list(chunks.made(numbers))
            changed = before.changed(made, numbers)
            self._write(run, made, changed)
            news += changed
            done += sum(map(chunks.count, numbers))
            told(done, count)
        return news

    def write_rows(self, run: int, rows: Sequence[CustomerScore]) -> int:
        """Write a few customers' rows, as all that the run has calculated."""
        return self.write(run, scored_customers.of_rows(rows), lambda done, of: None)

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

        Raises StoreError when there is no run to go back from, or when what counted before it is no
        longer kept: whenever a run begins, the two newest that are done are.
        """
        with explained(self._engine), writing(self._engine) as connection:
            newest = score_query.in_force(run_on(connection))
            if newest is None:
                raise StoreError("no run is in force, so there is no way back: given scores count")
            run = score_runs.c.run
            before = _newest(connection, score_runs.c.state == "done", run < newest.run)
            if before and _newest(connection, run == before, score_runs.c.put_back):
                raise StoreError(
                    f"what counted before run {newest.run} is no longer kept: the last two runs "
                    "are. Put the earlier scoring file in force, and calculate again"
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

    def _give_places(self, run: int) -> None:
        """Have everybody have a place."""
        with explained(self._engine), self._engine.connect() as connection:
            after = None if customer_places.are_whole(connection) else ""
        while after is not None:
            with explained(self._engine), writing(self._engine) as connection:
                if after == "":
                    customer_places.take_back(connection)
                after, end = customer_places.give(connection, after, BATCH * PLACES)
                _of_running(connection, run, {"places": end})
            self._pause()

    def _write(self, run: int, made: Sequence[Chunk], changed: int) -> None:
        rows = [{"run": run, "chunk": each.number} for each in made]
        scores, metrics = [], []
        for row, each in zip(rows, made, strict=True):
            scores.append(row | {"scores": each.scores, "attributes": each.attributes})
            metrics.append(row | {"states": each.states})
        with explained(self._engine), writing(self._engine) as connection:
            _of_running(connection, run, {"changed": score_runs.c.changed + changed})
            if rows:
                connection.execute(insert(score_chunks), scores)
                connection.execute(insert(metric_chunks), metrics)
        self._pause()

    def _in_force(self) -> Iterator[tuple[str, RunScores]]:
        with EngineReading(self._engine).asking() as run:
            newest = score_query.in_force(run)
            for batch in score_walk.walk(run, [newest.run] if newest else []):
                for each in batch:
                    for found in each.runs:
                        if found is not None:
                            yield each.customer_id, found

    # What no run can bring back into force --------------------------------------------------------

    def _delete(self, over: Collection[int]) -> None:
        """Delete what is kept of these runs."""
        for table in _TABLES:
            with explained(self._engine), self._engine.connect() as connection:
                those = table.c.run.in_(over)
                last = connection.execute(select(func.max(table.c.chunk)).where(those)).scalar()
            for begin in range(0, (-1 if last is None else last) + 1, BATCH):
                chunks = table.c.chunk.between(begin, begin + BATCH - 1)
                with explained(self._engine), writing(self._engine) as connection:
                    connection.execute(delete(table).where(those, chunks))
                self._pause()
            with explained(self._engine), writing(self._engine) as connection:
                connection.execute(delete(table).where(those))  # what somebody else put there


class _RunInForce:
    """What is kept of the run in force, to count of how many customers a new one has news.

    `taken` says of each place whether it is a customer's. `columns` are the new run's.
    """

    def __init__(self, engine: Engine, columns: Sequence[str], taken: NDArray[np.bool_]) -> None:
        self._engine, self._columns, self._taken = engine, list(columns), taken
        self._run: int | None = None
        self._old_columns: list[str] = []
        with EngineReading(engine).asking() as run:
            newest = score_query.in_force(run)
            if newest is not None:
                self._run = newest.run
                with contextlib.suppress(StoreError):  # they are damaged: all of it is news
                    self._old_columns = list(score_query.columns(run, newest.run))

    def __len__(self) -> int:
        """Count the chunks."""
        return len(self._taken) // PLACES

    def changed(self, made: Sequence[Chunk], numbers: range) -> int:
        """Count whose entries or states differ, of the chunks of these numbers."""
        old: Mapping[int, Chunk] = {}
        if self._run is not None:
            with EngineReading(self._engine).asking() as run:
                old = score_walk.chunks(run, self._run, numbers.start, numbers.stop)
        new = {each.number: each for each in made}
        found = 0
        for n in {**new, **old}:
            if n >= len(self):  # nobody is there any more
                continue
            one = new.get(n) or empty(n, self._columns)
            other = old.get(n) or empty(n, self._old_columns)
            try:
                differs = differ(one, self._columns, other, self._old_columns)
            except ValueError:  # it is damaged
                differs = one.is_somebody
            found += int((differs & self._taken[n * PLACES : (n + 1) * PLACES]).sum())
        return found


def _of_running(connection: Connection, run: int, values: Mapping[str, Any]) -> None:
    """Change the run, if it is still under way; else nothing more may be written for it."""
    those = (score_runs.c.run == run, score_runs.c.state == "running")
    if not connection.execute(update(score_runs).where(*those).values(values)).rowcount:
        raise StoreError(f"run {run} was ended: another began, or the one before was rolled back")


def _end_others(connection: Connection, why: str, at: float) -> None:
    ended = {"state": "failed", "why": why, "ended_at": at}
    connection.execute(update(score_runs).where(score_runs.c.state == "running").values(ended))


def _given_up(connection: Connection) -> set[int]:
    """Have nobody go back to a run before the last two that are done, or to one that is not.

    Returns those of which anything is kept.
    """
    row = score_runs.c
    last = select(row.run).where(row.state == "done").order_by(row.run.desc()).limit(2)
    kept = list(connection.execute(last).scalars())
    others = update(score_runs).where(row.run.not_in(kept), ~row.put_back)
    connection.execute(others.values(put_back=True))
    found: set[int] = set()
    for table in _TABLES:
        left = select(table.c.run).where(table.c.run.not_in(kept)).distinct()
        found |= set(connection.execute(left).scalars())
    return found


def _newest(connection: Connection, *conditions: Any) -> int:
    return connection.execute(select(func.max(score_runs.c.run)).where(*conditions)).scalar() or 0


def _refuse_nul(*texts: Iterable[str]) -> None:
    if any("\0" in text for text in texts):
        raise StoreError("a version has a NUL in it")
