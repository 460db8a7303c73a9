"""Puts together what makes scores: file, calibration, sources, and where runs are kept."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, select

from ivr import private_files, regular_files
from ivr.application import score_customers, score_inventory
from ivr.application.score_customers import Measured, Progress, RunReport
from ivr.application.score_inventory import Inventory
from ivr.application.score_segments import LAPSED
from ivr.domain.customers import SCORES, Scores
from ivr.domain.policy_version import Publication, ScoringTexts, version_of
from ivr.domain.scoring import calibration as calibrations
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.metrics import values as metric_values
from ivr.domain.scoring.numbers import ONE_BY_ONE, UNKNOWN, Values
from ivr.domain.scoring.reach import Standing
from ivr.domain.scoring.runs import ScoreRun
from ivr.errors import FileError, ScoringError, StoreError
from ivr.policy.scoring import loader
from ivr.policy.texts import CALIBRATION
from ivr.service.score_sources import sources
from ivr.settings import Settings
from ivr.store import migrate, score_query, score_versions
from ivr.store.engine import explained, reader, writer
from ivr.store.engine_reading import driver_rows
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.statement_reading import reading
from ivr.store.tables import customers


@dataclass(frozen=True, slots=True)
class Definition:
    """What scores are made by: published, or of the files, which may have no calibration yet.

    `text` is that of scoring.yaml, and `publication` what put it in force; None for the files.
    """

    scoring: Scoring
    calibration: Calibration | None
    text: str
    publication: Publication | None = None

    @property
    def version(self) -> str:
        """The name of both together; empty without a calibration."""
        made = self.calibration
        return version_of(self.text, made.text()) if made else ""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A new calibration of the files beside what is in force, and what both are made of.

    `old` is what is in force, with `before` its measures; None where nothing can be compared, and
    `why` then says it. `moved` is how far each metric has moved since, None where it
    cannot be told. `given` are the imported scores, which count where a run makes none.
    """

    scoring: Scoring
    new: Calibration
    measured: Measured
    old: Definition | None = None
    before: Measured | None = None
    moved: Mapping[str, float | None] = field(default_factory=dict)
    given: Mapping[str, Values] = field(default_factory=dict)
    why: str = ""


def in_force(settings: Settings) -> Definition:
    """Return what is published; else what the files say, as with the policy.

    Raises StoreError for a version that is damaged or does not suit this program, and FileError.
    """
    with _reading(settings) as engine:
        current = score_versions.current(engine)
    if current is None:
        return of_files(settings)
    publication, texts = current
    scoring, calibration = made_of(texts)
    return Definition(scoring, calibration, texts.scoring, publication)


def of_files(settings: Settings) -> Definition:
    """Return what scoring.yaml and calibration.json beside it say. Raises FileError."""
    path, text = settings.policy_dir / loader.SCORING, text_of(settings)
    return Definition(loader.parse(text, path), draft_calibration(settings), text)


def text_of(settings: Settings) -> str:
    """Return the text of scoring.yaml in the folder of the policy. Raises FileError."""
    return loader.read(settings.policy_dir / loader.SCORING)


def made_of(texts: ScoringTexts) -> tuple[Scoring, Calibration]:
    """Read a version that is kept. Raises StoreError when this program cannot use it."""
    try:
        scoring = loader.parse(texts.scoring, Path(f"version {texts.version}"))
        return scoring, calibrations.read(texts.calibration)
    except (FileError, ValueError) as error:
        raise StoreError(
            f"version {texts.version} of the scoring cannot be used by this program ({error}): "
            "publish another (ivr score publish), or go back (ivr score versions rollback)"
        ) from None


def definition_of(settings: Settings, run: int) -> tuple[Scoring, Calibration]:
    """Return what a run calculated with. Raises StoreError where it was not kept."""
    with _reading(settings) as engine:
        return made_of(score_versions.of_run(engine, run))


@dataclass(frozen=True, slots=True)
class Explained:
    """One customer's metrics and how scores are made of them, as of Unix time `at`.

    `run` is the one that kept them; None where they are from the sources. `given` are the imported
    scores. `lapsed` is what counts where the metrics do not say it.
    """

    standing: Standing
    scoring: Scoring
    given: Scores
    run: ScoreRun | None
    at: float
    lapsed: bool = False


def scoring_of(settings: Settings) -> Scoring:
    """Return the scoring in force; raises as `in_force` does."""
    return in_force(settings).scoring


def draft_calibration(settings: Settings) -> Calibration | None:
    """Return the calibration beside scoring.yaml; None where there is none. Raises FileError."""
    path = settings.policy_dir / CALIBRATION
    if not path.exists():
        return None
    try:
        return calibrations.read(regular_files.text(path, calibrations.LARGEST_BYTES, path.parent))
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
    engine = writer(settings.database_url)
    try:
        migrate.upgrade(engine)
        made = in_force(settings)
        calibration = _needed(settings, made)
        score_customers.refuse_misfit(made.scoring, calibration)
        kept = score_versions.keep(engine, made.text, calibration.text(), time.time())
        report = score_customers.score_customers(
            made.scoring,
            calibration,
            _customers(settings),
            sources(settings),
            DatabaseScoreRuns(engine),
            at,
            progress,
            kept,
            accepted,
        )
        origin = "published" if made.publication else f"the files in {settings.policy_dir}"
        return replace(report, origin=origin)
    finally:
        engine.dispose()


def _needed(settings: Settings, made: Definition) -> Calibration:
    if made.calibration is None:
        problem = f"there is no {settings.policy_dir / CALIBRATION}"
        raise ScoringError(f"{problem}: make one first (ivr score calibrate --write)")
    return made.calibration


def calibrate(settings: Settings, at: int, progress: Progress) -> Calibrated:
    """Return a new calibration at Unix time `at`, written nowhere. Raises as `run` does."""
    scoring = of_files(settings).scoring
    warehouse = sources(settings)
    ids = _customers(settings)
    if not ids:
        raise ScoringError("there are no customers: import them first (ivr import customers FILE)")
    measured = score_customers.measure(scoring, ids, warehouse, at, progress)
    new = score_customers.calibrated(scoring, measured, warehouse, at)
    made = Calibrated(scoring, new, measured, given=_given(settings, ids))
    try:
        old = in_force(settings)
        if old.calibration is None:
            return made
        score_customers.refuse_misfit(old.scoring, old.calibration)
        same = old.scoring.version == scoring.version
        read = measured
        if not same:
            read = score_customers.measure(old.scoring, ids, warehouse, at, progress)
        moved = score_customers.moved(old.scoring, old.calibration, read, warehouse)
    except (FileError, ScoringError, StoreError) as error:
        return replace(made, why=str(error))
    return replace(made, old=old, before=read, moved=moved)


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
    warehouse = sources(settings)
    return score_inventory.take(scoring_of(settings), customers, warehouse, at, progress)


@contextmanager
def _reading(settings: Settings) -> Iterator[Engine]:
    engine = reader(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _given(settings: Settings, ids: Sequence[str]) -> Mapping[str, Values]:
    """Read the imported scores and LAPSED, in the order of `ids`. Raises StoreError."""
    imported = (*SCORES, LAPSED)
    columns = [customers.c.customer_id, *(customers.c[name] for name in imported)]
    with _reading(settings) as engine, explained(engine), engine.connect() as connection:
        found = {name: scores for name, *scores in connection.execute(select(*columns))}
    nothing = [None] * len(imported)
    rows = [found.get(name, nothing) for name in ids]
    return dict(zip(imported, np.array(rows, dtype=float).T, strict=True))


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
    `run` does, and StoreError where there is no such customer.
    """
    with closing(reading(settings.database_url)) as database, database.asking() as asked:
        run, kept = score_query.in_force(asked), score_query.kept(asked, customer_id)
        given, lapsed = score_query.given(asked, customer_id)
    told = kept.score.attributes.get(LAPSED) if kept else None
    lapsed = told if isinstance(told, bool) else lapsed
    if run is None or kept is None or not kept.score.metrics or live:
        made = in_force(settings)
        scoring, calibration = made.scoring, _needed(settings, made)
        score_customers.refuse_misfit(scoring, calibration)
        one = [customer_id]
        found = score_customers.measure(scoring, one, sources(settings), now, progress)
        values = {name: float(each[0]) for name, each in found.values.items()}
        standing = _standing(scoring, values, calibration)
        return Explained(standing, scoring, given, None, now, lapsed)
    scoring, calibration = definition_of(settings, run.run)
    stored = kept.score.metrics
    states = {
        column: UNKNOWN if stored.get(column) is None else stored[column]
        for metric in scoring.metrics.values()
        for column in metric.columns
    }
    values = metric_values(scoring.metrics, states, run.began_at, ONE_BY_ONE)
    standing = _standing(scoring, values, calibration)
    return Explained(standing, scoring, given, run, run.began_at, lapsed)


def _standing(scoring: Scoring, values: Mapping[str, float], calibration: Calibration) -> Standing:
    lapsed = scoring.attributes.get(LAPSED)
    facts = (lapsed,) if lapsed is not None and lapsed.tests else ()
    return Standing(scoring.metrics, values, calibration, scoring.made, facts)


def _customers(settings: Settings) -> Sequence[str]:
    """List who is in the database. Raises StoreError."""
    asked = "SELECT customer_id FROM customers ORDER BY customer_id"
    with _reading(settings) as engine, explained(engine), engine.connect() as connection:
        return [name for rows in driver_rows(connection, asked) for (name,) in rows]
