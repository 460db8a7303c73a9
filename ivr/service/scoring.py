"""Puts together what makes scores: file, calibration, sources, and where runs are kept."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from ivr import regular_files
from ivr.application import score_customers
from ivr.application.score_customers import Measured, Progress, RunReport
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


class StoredIds:
    """The CustomerIds port: all that are in the database."""

    def __init__(self, settings: Settings) -> None:
        self._url = settings.database_url

    def all(self) -> Sequence[str]:
        """As the port says. Raises StoreError."""
        engine = reader(self._url)
        try:
            with explained(engine), engine.connect() as connection:
                found = connection.execute(select(customers.c.customer_id).order_by("customer_id"))
                return list(found.scalars())
        finally:
            engine.dispose()


class OneId:
    """The CustomerIds port for one of them."""

    def __init__(self, customer_id: str) -> None:
        self._customer_id = customer_id

    def all(self) -> Sequence[str]:
        """As the port says."""
        return [self._customer_id]


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


def run(settings: Settings, at: int, progress: Progress) -> RunReport:
    """Score everybody at Unix time `at`. Raises ScoringError, FileError and StoreError."""
    scoring, calibration = scoring_of(settings), needed_calibration(settings)
    engine = writer(settings.database_url)
    try:
        return score_customers.score_customers(
            scoring,
            calibration,
            StoredIds(settings),
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
    ids = StoredIds(settings).all()
    if not ids:
        raise ScoringError("there are no customers: import them first (ivr import customers FILE)")
    measured = score_customers.measure(scoring, ids, warehouse, at, progress)
    new = score_customers.calibrated(scoring, measured, warehouse, at)
    return Calibrated(scoring, calibration_of(settings), new, measured)


def put_calibration(settings: Settings, calibration: Calibration) -> Path:
    """Put it in the place of the one in force, whole or not at all; returns the file."""
    path = settings.policy_dir / CALIBRATION
    new = path.with_name(f".{CALIBRATION}.{os.getpid()}")
    try:
        with _removed(new):
            new.write_text(calibration.text(), encoding="utf-8")
            new.replace(path)
    except OSError as error:
        problem = f"cannot be written ({(error.strerror or str(error)).lower()})"
        raise FileError(path, None, f"{problem}: may this user write there?") from None
    return path


@contextlib.contextmanager
def _removed(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def measured(settings: Settings, customer_id: str, at: int, progress: Progress) -> Measured:
    """One customer's metrics, from the sources as they are. Raises as `run` does."""
    scoring = scoring_of(settings)
    warehouse = Sources(settings.score_sources)
    return score_customers.measure(scoring, OneId(customer_id).all(), warehouse, at, progress)
