"""Puts together what makes scores: file, calibration, sources, and where runs are kept."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from ivr import private_files, regular_files
from ivr.application import score_customers
from ivr.application.score_customers import Measured, Progress, RunReport
from ivr.domain.customers import Scores
from ivr.domain.scoring import calibration as calibrations
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.metrics import values as metric_values
from ivr.domain.scoring.numbers import ONE_BY_ONE, UNKNOWN
from ivr.domain.scoring.reach import Standing
from ivr.domain.scoring.runs import ScoreRun
from ivr.errors import FileError, ScoringError
from ivr.policy.scoring import loader
from ivr.settings import Settings
from ivr.store import score_query
from ivr.store.engine import explained, reader, writer
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.statement_reading import reading
from ivr.store.tables import customers
from ivr.warehouse.sources import Sources

CALIBRATION = "calibration.json"
_LARGEST = 10_000_000  # bytes of a calibration: 100 metrics with 512 knots each are some 2


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A new calibration beside the one that is in force, if one is, and what it was made of."""

    scoring: Scoring
    old: Calibration | None
    new: Calibration
    measured: Measured


@dataclass(frozen=True, slots=True)
class Explained:
    """One customer's metrics and how scores are made of them, as of Unix time `at`.

    `run` is the one that kept them; None where they are from the sources. `given` are the imported
    scores.
    """

    standing: Standing
    scoring: Scoring
    given: Scores
    run: ScoreRun | None
    at: float


def scoring_of(settings: Settings) -> Scoring:
    """Return what scoring.yaml says; raises FileError for a mistake in it."""
    return loader.load(settings.policy_dir / loader.SCORING)


def calibration_of(settings: Settings) -> Calibration | None:
    """Return the calibration in force, which lies beside scoring.yaml; None where there is none."""
    path = settings.policy_dir / CALIBRATION
    if not path.exists():
        return None
    try:
        return calibrations.read(regular_files.text(path, _LARGEST, path.parent))
    except ValueError as error:
        mend = "make a new one (ivr score calibrate --write)"
        raise FileError(path, None, f"no calibration ({error}): {mend}") from None


def definition_of(settings: Settings, run: ScoreRun) -> tuple[Scoring, Calibration]:
    """Return what a run calculated with.

    Raises ScoringError where the files have changed since then, and FileError for a mistake in
    them.
    """
    scoring, calibration = scoring_of(settings), needed_calibration(settings)
    for what, there, then in (
        (loader.SCORING, scoring.version, run.version),
        (CALIBRATION, calibration.version, run.calibration),
    ):
        if there != then:
            raise ScoringError(
                f"run {run.run} calculated with {what} {then}, and {settings.policy_dir} has "
                f"{there}: what each metric added is told after the next run (ivr score run)"
            )
    return scoring, calibration


def run(settings: Settings, at: int, progress: Progress) -> RunReport:
    """Score everybody at Unix time `at`. Raises ScoringError, FileError and StoreError."""
    scoring, calibration = scoring_of(settings), needed_calibration(settings)
    engine = writer(settings.database_url)
    try:
        return score_customers.score_customers(
            scoring,
            calibration,
            _customers(settings),
            Sources(settings.score_sources),
            DatabaseScoreRuns(engine),
            at,
            progress,
        )
    finally:
        engine.dispose()


def needed_calibration(settings: Settings) -> Calibration:
    """Return the calibration in force; raises ScoringError where there is none."""
    found = calibration_of(settings)
    if found is None:
        problem = f"there is no {settings.policy_dir / CALIBRATION}"
        raise ScoringError(f"{problem}: make one first (ivr score calibrate --write)")
    return found


def calibrate(settings: Settings, at: int, progress: Progress) -> Calibrated:
    """Return a new calibration at Unix time `at`, written nowhere. Raises as `run` does."""
    scoring = scoring_of(settings)
    warehouse = Sources(settings.score_sources)
    ids = _customers(settings)
    if not ids:
        raise ScoringError("there are no customers: import them first (ivr import customers FILE)")
    measured = score_customers.measure(scoring, ids, warehouse, at, progress)
    new = score_customers.calibrated(scoring, measured, warehouse, at)
    return Calibrated(scoring, calibration_of(settings), new, measured)


def put_calibration(settings: Settings, calibration: Calibration) -> Path:
    """Put it in the place of the one in force, whole or not at all; returns the file."""
    path = settings.policy_dir / CALIBRATION
    try:
        private_files.write(path, calibration.text())
    except OSError as error:
        problem = f"cannot be written ({(error.strerror or str(error)).lower()})"
        raise FileError(path, None, f"{problem}: may this user write there?") from None
    return path


def measured(settings: Settings, customer_id: str, at: int, progress: Progress) -> Measured:
    """Return one customer's metrics, from the sources as they are.

    Raises as `run` does, and ScoringError where there is no such customer.
    """
    scoring = scoring_of(settings)
    if not _customers(settings, customer_id):
        raise ScoringError(f"there is no customer {customer_id!r}")
    warehouse = Sources(settings.score_sources)
    return score_customers.measure(scoring, [customer_id], warehouse, at, progress)


def explanation(
    settings: Settings,
    customer_id: str,
    now: int,
    progress: Progress,
    *,
    live: bool,
) -> Explained:
    """Return one customer's metrics as of the run in force; with `live`, from the sources.

    They are from the sources, too, where no run is in force or it says nothing of them. Raises as
    `measured` does.
    """
    with closing(reading(settings.database_url)) as database, database.asking() as asked:
        run, kept = score_query.in_force(asked), score_query.kept(asked, customer_id)
        given = score_query.given(asked, customer_id)
    if run is None or kept is None or not kept.score.metrics or live:
        found = measured(settings, customer_id, now, progress)
        values = {name: float(each[0]) for name, each in found.values.items()}
        scoring, calibration = scoring_of(settings), needed_calibration(settings)
        score_customers.refuse_misfit(scoring, calibration)
        standing = Standing(scoring.metrics, values, calibration, scoring.made)
        return Explained(standing, scoring, given, None, now)
    scoring, calibration = definition_of(settings, run)
    stored = kept.score.metrics
    states = {
        column: UNKNOWN if stored.get(column) is None else stored[column]
        for metric in scoring.metrics.values()
        for column in metric.columns
    }
    values = metric_values(scoring.metrics, states, run.began_at, ONE_BY_ONE)
    standing = Standing(scoring.metrics, values, calibration, scoring.made)
    return Explained(standing, scoring, given, run, run.began_at)


def _customers(settings: Settings, only: str | None = None) -> Sequence[str]:
    """List who is in the database, or whether one is. Raises StoreError."""
    engine, name = reader(settings.database_url), customers.c.customer_id
    asked = select(name).order_by(name)
    if only is not None:
        if "\0" in only:
            return []  # nothing is stored with it
        asked = asked.where(name == only)
    try:
        with explained(engine), engine.connect() as connection:
            return list(connection.execute(asked).scalars())
    finally:
        engine.dispose()
