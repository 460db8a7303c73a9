"""The ScoreRuns port: what runs calculate, kept so that all of one counts at once.

A run writes only rows that change, in small transactions with a pause between two, so that calls'
records keep their turn. It may be killed between any two of these. Whatever it left is put back,
also in small transactions, before the next run writes: a row says what a run and the one before it
calculated, so one step back is always there. Which scores count meanwhile, effective_scores.py
says.
"""

import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, delete, func, insert, null, select, update

from ivr.domain.scoring.attributes import AttributeValue
from ivr.domain.scoring.runs import CustomerScore, RunSource, ScoreRun
from ivr.errors import StoreError
from ivr.store import score_query
from ivr.store.engine import EngineReading, explained, run_on, writing
from ivr.store.score_digest import ScoreDigest
from ivr.store.score_rows import PARTS, PREVIOUS, RowWriter, among
from ivr.store.tables import customer_scores, score_runs

BATCH = 1000  # rows in a transaction: a call's record waits for no more
PAUSE_SECONDS = 0.002
METRICS_BATCH = 5000  # customers whose metrics are read at once
_INTERRUPTED = "it was interrupted, or another run began before it ended"
_ROLLED_BACK = "a rollback ended it"
_LONGEST_WHY = 1000  # characters
T = TypeVar("T")


def _pause() -> None:
    time.sleep(PAUSE_SECONDS)


_Row = tuple[CustomerScore, int, bool]
"""What is to be kept of a customer, its digest, and whether nothing is kept so far."""


@dataclass(slots=True)
class _Heard:
    """What the run that is under way was told so far.

    `ids` are hashes of 64 bits: of a million customers they take 8 MB. `known` is how many are
    customers.
    """

    run: int
    ids: "array[int]"
    known: int = 0


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
        self._heard = _Heard(0, array("q"))
        self._digest = ScoreDigest()
        self._rows = RowWriter(engine)

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
                    self._heard = _Heard(key[0], array("q"))
                    return self._heard.run
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

    def write(self, run: int, rows: Sequence[CustomerScore]) -> int:
        """Write what changed of these customers' scores; returns how many did.

        Unknown customers are passed over, and who is there twice counts as told last.

        Raises StoreError for a score that is none, before anything of `rows` is written.
        """
        self._refuse_other(run)
        told = {score.customer_id: score for score in rows}.values()
        digests = list(map(self._digest, told))
        changed = 0
        for batch in _batches(self._changed(zip(told, digests, strict=True))):
            changed += self._write(run, batch)
        return changed

    def finish(self, run: int, at: float) -> None:
        """Have all that the run wrote count, at once.

        A customer whom it did not score has the given scores again.
        """
        self._refuse_other(run)
        for batch in _batches(self._not_told()):
            nothing = [CustomerScore(name, None, None, None, {}) for name in batch]
            self._write(run, [(score, self._digest(score), False) for score in nothing])
        with explained(self._engine), writing(self._engine) as connection:
            ended = {"state": "done", "ended_at": at, "customers": self._heard.known}
            _of_running(connection, run, ended)
        self._heard = _Heard(0, array("q"))

    def fail(self, run: int, why: str, at: float) -> None:
        """Say that the run failed, unless it has ended: what it wrote never counts."""
        why = why.replace("\0", "")[:_LONGEST_WHY]
        ended = {"state": "failed", "ended_at": at, "why": why, "customers": self._heard.known}
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
        if not run or run != self._heard.run:
            raise StoreError(f"run {run} was not begun here, or has ended: begin another")

    def _changed(self, rows: Iterable[tuple[CustomerScore, int]]) -> Iterator[_Row]:
        """Those of `rows` that are of a customer, and not what is there."""
        for batch in _batches(rows):
            there = self._there([score.customer_id for score, _ in batch])
            for score, digest in batch:
                if score.customer_id in there:
                    self._heard.ids.append(hash(score.customer_id))
                    before = there[score.customer_id]
                    if before != digest:
                        yield score, digest, before is None
            self._heard.known += len(there)

    def _there(self, names: Sequence[str]) -> dict[str, int | None]:
        """Give the digest of what is kept of each of these who is a customer."""
        asked, values = among("customers.customer_id", names, self._engine)
        with explained(self._engine), self._engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT customers.customer_id, customer_scores.digest FROM customers "  # noqa: S608
                "LEFT JOIN customer_scores ON customer_scores.customer_id = customers.customer_id "
                f"WHERE {asked}",
                values,
            )
            return dict(found.all())

    def _write(self, run: int, rows: Sequence[_Row]) -> int:
        made = self._rows.made(run, rows)  # before the turn, for which others wait
        progress = {"changed": score_runs.c.changed + len(rows), "customers": self._heard.known}
        with explained(self._engine), writing(self._engine) as connection:
            _of_running(connection, run, progress)
            made.put(connection)
        self._pause()
        return len(rows)

    def _not_told(self) -> Iterator[str]:
        """Find customers who have a row of an earlier run, and of whom this run said nothing."""
        told = set(self._heard.ids)
        with explained(self._engine), self._engine.connect() as connection:
            count = connection.execute(select(func.count()).select_from(customer_scores)).scalar()
        if len(told) == len(self._heard.ids) == count:
            return
        for names in self._names():
            yield from (name for name in names if hash(name) not in told)

    def _names(self, *conditions: Any) -> Iterator[Sequence[str]]:
        """Find who has a row for which the conditions hold, a batch at a time."""
        name, last = customer_scores.c.customer_id, ""
        while True:
            asked = select(name).where(name > last, *conditions).order_by(name).limit(BATCH)
            with explained(self._engine), self._engine.connect() as connection:
                names = list(connection.execute(asked).scalars())
            if not names:
                return
            yield names
            last = names[-1]

    # What a run left that does not count ----------------------------------------------------------

    def _put_back(self, left: Sequence[int]) -> None:
        """Have no row any more that one of these runs wrote, but what was there before it."""
        row = customer_scores.c
        for names in self._names(row.run.in_(left)):
            those = (row.customer_id.in_(names), row.run.in_(left))
            before = {name: row[f"previous_{name}"] for name in ("run", *PARTS)}
            with explained(self._engine), writing(self._engine) as connection:
                nothing = row.previous_run.is_(None) | row.previous_run.in_(left)
                connection.execute(delete(customer_scores).where(*those, nothing))
                nulls = dict.fromkeys(PREVIOUS, null())
                connection.execute(update(customer_scores).where(*those).values(before | nulls))
            self._pause()
        with explained(self._engine), writing(self._engine) as connection:
            runs = update(score_runs).where(score_runs.c.run.in_(left))
            connection.execute(runs.values(put_back=True))
        self._pause()


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


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
