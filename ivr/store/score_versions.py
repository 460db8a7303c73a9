"""Versions of the scoring: what is published, and what runs calculated with.

All functions raise StoreError.
"""

from sqlalchemy import Engine

from ivr.domain.policy_version import Publication, ScoringTexts, VersionTexts, version_of
from ivr.errors import StoreError
from ivr.store import score_query, version_query, versions
from ivr.store.engine_reading import EngineReading
from ivr.store.version_query import SCORING


def keep(engine: Engine, scoring: str, calibration: str, at: float) -> str:
    """Keep what a run calculates with; returns the version that it is kept as."""
    version = version_of(scoring, calibration)
    versions.keep(engine, version, scoring, calibration, at, SCORING)
    return version


def current(engine: Engine) -> tuple[Publication, ScoringTexts] | None:
    """Return what is published; None when the files count."""
    found = versions.current(engine, SCORING)
    return None if found is None else (found[0], _as_scoring(found[1]))


def published_text(engine: Engine) -> str | None:
    """Return the published scoring.yaml; None when the files count. Raises StoreError."""
    found = current(engine)
    return None if found is None else found[1].scoring


def before(engine: Engine) -> ScoringTexts:
    """Return what a rollback without a version goes to."""
    return _as_scoring(versions.before(engine, SCORING))


def texts_of(engine: Engine, prefix: str) -> ScoringTexts:
    """Return what stood in the version that begins so (six characters or more)."""
    return _as_scoring(versions.texts_of(engine, prefix, SCORING))


def of_run(engine: Engine, number: int) -> ScoringTexts:
    """Return what a run calculated with."""
    with EngineReading(engine).asking() as run:
        found = score_query.one(run, number)
        if not found.definition:
            problem = f"run {number}: the scoring that it calculated with was not kept"
            raise StoreError(f"{problem}: calculate again (ivr score run)")
        return _as_scoring(version_query.texts_of(run, found.definition, SCORING))


def _as_scoring(texts: VersionTexts) -> ScoringTexts:
    return ScoringTexts(texts.version, texts.policy, texts.agents)
