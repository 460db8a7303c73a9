"""Puts together what makes scores: file, calibration, sources, and where runs are kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from ivr import private_files, regular_files
from ivr.application import score_customers, score_inventory
from ivr.application.score_customers import Measured, Progress, RunReport
from ivr.application.score_inventory import Inventory
from ivr.domain.scoring import calibration as calibrations
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.errors import FileError, ScoringError
from ivr.policy.scoring import loader
from ivr.settings import Settings
from ivr.store.engine import explained, reader, writer
from ivr.store.score_runs import DatabaseScoreRuns
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


def run(
    settings: Settings,
    at: int,
    progress: Progress,
    accepted: Collection[str] = (),
) -> RunReport:
    """Score everybody at Unix time `at`. Raises ScoringError, FileError and StoreError.

    Sources in `accepted` do not fail for having few rows, or bad ones.
    """
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
            accepted,
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


def inventory(settings: Settings, at: int, progress: Progress) -> Inventory:
    """Say how each metric is covered, by the sources as they are. Raises as `run` does."""
    customers = _customers(settings)
    warehouse = Sources(settings.score_sources)
    return score_inventory.take(scoring_of(settings), customers, warehouse, at, progress)


def measured(settings: Settings, customer_id: str, at: int, progress: Progress) -> Measured:
    """Return one customer's metrics, from the sources as they are.

    Raises as `run` does, and ScoringError where there is no such customer.
    """
    scoring = scoring_of(settings)
    if not _customers(settings, customer_id):
        raise ScoringError(f"there is no customer {customer_id!r}")
    warehouse = Sources(settings.score_sources)
    return score_customers.measure(scoring, [customer_id], warehouse, at, progress)


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
