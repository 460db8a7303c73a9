"""Decisions as data: the names under which a decision is stored, printed as JSON, and compared.

They are older than the parts of a Decision, so they are flat, and some differ from the attributes'.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, cast

from ivr.domain.json_dataclasses import made, mapping, shallow, stored_names
from ivr.domain.routing.decision import CallerIdentity, Decision
from ivr.domain.routing.facts import CallerNotes
from ivr.domain.routing.given_treatment import GivenTreatment
from ivr.domain.routing.questions import Question
from ivr.domain.routing.trace import Trace

_PARTS: Mapping[str, Any] = {
    "identity": CallerIdentity,
    "treatment": GivenTreatment,
    "question": Question,
    "trace": Trace,
}
_OWN = ("test", "memory", "took_ms")  # of the decision itself
_FAILED = "failed_conditions"  # in parts; `failed` has each in one text, which is older
_NOTE = "note."  # before the names of notes, which are stored among the facts
_NOTES = [(f"{_NOTE}{name}", name, default) for name, default in shallow(CallerNotes()).items()]
_ALWAYS = ("pin", "why", "why_not", "age")
_WHERE_KNOWN = ("shared_by", "scores_run", "scoring_version", "claimed", "doubt")
_CLAIMS = ("claims", "claims_pin", "name")


def _paths() -> dict[str, str]:
    parts: dict[str, str] = {}
    for part, kind in _PARTS.items():
        parts |= {stored: f"{part}.{own}" for stored, own in stored_names(kind).items()}
    del parts["notes"]
    return {"call_id": "call_id", **parts, **{name: name for name in _OWN}}


PATHS: Mapping[str, str] = _paths()
"""Where the value is that is stored under a name."""
_names, _values = tuple(PATHS), attrgetter(*PATHS.values())


def values_of(decision: Decision) -> dict[str, Any]:
    """List the values of a decision by their stored names; what are records stay records."""
    values = dict(zip(_names, _values(decision), strict=True))
    values |= {"failed": tuple(map(str, decision.trace.failed)), _FAILED: decision.trace.failed}
    if values["facts"]:
        values["facts"] = {**values["facts"], **_as_facts(decision.trace.notes)}
    return values


def _as_facts(notes: CallerNotes) -> dict[str, Any]:
    """Name the notes as they are stored: those that say something, and some always."""
    known = shallow(notes)
    names = _ALWAYS + (_CLAIMS if notes.claims else ())
    names += ("typed",) if notes.typed is not None else ()
    names += tuple(name for name in _WHERE_KNOWN if known[name])
    return {f"{_NOTE}{name}": known[name] for name in names}


def decision_from_json(data: object) -> Decision | None:
    """Make a decision of what JSON has of `values_of`.

    None when another version of this program made something else.
    """
    told = dict(mapping(data))
    facts = dict(mapping(told.get("facts")))
    told["notes"] = {own: facts.pop(name, default) for name, own, default in _NOTES}
    told["facts"] = facts
    whole = told.get("failed")
    in_one = [{"condition": text} for text in whole] if isinstance(whole, list) else []
    told["failed"] = told.get(_FAILED, in_one)
    call_id, *parts = told.get("call_id"), *(made(kind, told) for kind in _PARTS.values())
    if call_id is None or None in parts:
        return None
    identity, treatment, question, trace = cast("Any", parts)
    own = {name: told[name] for name in _OWN if name in told}
    return Decision(call_id, identity, treatment, trace, question, **own)
