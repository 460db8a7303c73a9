"""Puts scoring and calibration in force together, where they and the policy fit."""

from collections.abc import Collection

from sqlalchemy import Engine, func, select

from ivr.application import score_customers
from ivr.domain.customers import SCORES
from ivr.domain.policy import Policy
from ivr.domain.scoring import made_for
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.errors import ScoringError, StoreError
from ivr.policy import texts
from ivr.policy.scoring import fit
from ivr.service import published_versions, scoring
from ivr.settings import Settings
from ivr.store import score_versions
from ivr.store.engine import explained
from ivr.store.tables import customers

_AGAIN = "make a new one (ivr score calibrate --write)"
_FROM_THEN = "from the next run on (ivr score run)"


def calibration_misfits(made: Scoring, calibration: Calibration | None) -> list[str]:
    """Say why a calibration is not one for this scoring, a line each."""
    if calibration is None:
        return [f"there is no {texts.CALIBRATION} beside scoring.yaml: {_AGAIN}"]
    try:
        score_customers.refuse_misfit(made, calibration)
    except ScoringError as error:
        return [str(error)]
    others = made_for.others(made, calibration)
    if not others:
        return []
    changed = f"{', '.join(others)} changed after the calibration was made"
    return [f"{changed}: {_AGAIN}"]


def policy_misfits(engine: Engine, made: Scoring, settings: Settings) -> list[str]:
    """Say what the policy in force asks for that this scoring does not make.

    Raises FileError and StoreError where there is no policy that can be read.
    """
    bundle, _ = published_versions.in_force_now(engine, settings.policy_dir, None)
    return fit.misfits(bundle.policy, made, given(engine))


def published_misfits(engine: Engine, policy: Policy) -> list[str]:
    """Say what this policy asks for that the published scoring does not make.

    Nothing where none is published; what is damaged is no reason to refuse a policy.
    """
    try:
        current = score_versions.current(engine)
        made = None if current is None else scoring.made_of(current[1])[0]
    except StoreError:
        return []
    return [] if made is None else fit.misfits(policy, made, given(engine))


def given(engine: Engine) -> Collection[str]:
    """List the scores that some customer has from an import; all, while there are no customers."""
    columns = [func.count(customers.c[name]) for name in SCORES]
    with explained(engine), engine.connect() as connection:
        asked = select(func.count(), *columns).select_from(customers)
        total, *counts = connection.execute(asked).one()
    return [name for name, count in zip(SCORES, counts, strict=True) if count or not total]


def told_origins(before: Scoring | None, now: Scoring) -> list[str]:
    """Say which scores come from somewhere else than before, once the next run is done."""
    if before is None:
        return []
    return [
        f"{name}: {now.origins[name]}, and it was {before.origins[name]}: {_FROM_THEN}"
        for name in SCORES
        if name in now.origins and before.origins.get(name) != now.origins[name]
    ]
