"""Decisions for tests, by the names under which their values are stored (see decision_record)."""

from collections import defaultdict
from dataclasses import replace
from operator import attrgetter
from typing import Any

from ivr.domain.routing.decision import CallerIdentity, Decision
from ivr.domain.routing.decision_record import PATHS
from ivr.domain.routing.given_treatment import GivenTreatment
from ivr.domain.routing.questions import Question
from ivr.domain.routing.trace import Trace


def decision_of(**told: Any) -> Decision:
    """Make a Decision of these values."""
    parts = _by_part(told)
    return Decision(
        identity=CallerIdentity(**parts.pop("identity")),
        treatment=GivenTreatment(**parts.pop("treatment")),
        trace=Trace(**parts.pop("trace")),
        question=Question(**parts.pop("question", {})),
        **parts[""],
    )


def changed(decision: Decision, **told: Any) -> Decision:
    """Take the decision with these values in place of its own."""
    parts = _by_part(told)
    own = parts.pop("", {})
    new = {part: replace(getattr(decision, part), **others) for part, others in parts.items()}
    return replace(decision, **own, **new)


def values(decision: Decision, names: str) -> tuple[Any, ...]:
    """Read the values of these names, with spaces between them."""
    return tuple(attrgetter(PATHS[name])(decision) for name in names.split())


def _by_part(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, value in told.items():
        part, _, attribute = {**PATHS, "notes": "trace.notes"}[name].rpartition(".")
        found[part][attribute] = value
    return found
