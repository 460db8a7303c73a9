"""What is left of a call's records when what is personal in them has had its time.

Times, outcome, queue, segment, agents and the customer's id stay: with these, statistics and scores
count the call as before. Data are as they are stored, whichever version of this program wrote them.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ivr.domain.calls.incoming_call import UNCLEAR
from ivr.domain.json_dataclasses import mapping

FORGOTTEN = "forgotten"
"""What stands in a number's place. Nothing would mean that the caller had withheld it."""
EVENTS_WITH_NUMBERS = ("started", "routed", "passed_on")
"""The kinds of events that may have some."""
_CALL = {"sip_call_id": "", "typed": "", "from_number": ""}
_TEXTS = {"account": "", "label": ""}
_DECISION: dict[str, Any] = {"customer_name": None, "facts": {}, "failed": [], **_TEXTS}
_NAMES = ("call.number", "note.name")  # facts that people are told by
_SHORTEST = 3  # characters of what is looked for in a sentence


def number_of(caller_number: str, decision: object) -> str:
    """Give the caller's number as it was read, in E.164 form; else as the carrier sent it."""
    read = mapping(mapping(decision).get("facts")).get("call.number")
    return read if isinstance(read, str) and read and caller_number else caller_number


def call_left(call: object) -> dict[str, Any]:
    """Give what stays of the call as it came in."""
    known = dict(mapping(call))
    kept = {name: value for name, value in _CALL.items() if name in known}
    asserted = known.get("asserted")
    if asserted and asserted != UNCLEAR:
        kept["asserted"] = FORGOTTEN
    if known.get("caller_number"):
        kept["caller_number"] = FORGOTTEN
    return known | kept


def decision_left(decision: object, call: object) -> dict[str, Any]:
    """Give what stays of the decision about `call`, which is as it was before.

    All facts go: with the customer's id they say a lot about somebody. So nobody can decide again.
    """
    known = dict(mapping(decision))
    secrets = set(_secrets(known, mapping(call)))
    kept = {name: value for name, value in _DECISION.items() if name in known}
    if conditions := known.get("failed_conditions"):
        texts = [mapping(each).get("condition", "") for each in conditions]
        kept["failed_conditions"] = [{"condition": text} for text in texts]
    return {name: _without(secrets, kept.get(name, value)) for name, value in known.items()}


def event_left(data: object) -> dict[str, Any]:
    """Give what stays of an event."""
    known = dict(mapping(data))
    for name in ("caller_number", "to"):
        if known.get(name):
            known[name] = FORGOTTEN
    return known | ({"sip_call_id": ""} if "sip_call_id" in known else {})


def _secrets(decision: Mapping[str, Any], call: Mapping[str, Any]) -> Iterator[str]:
    facts = mapping(decision.get("facts"))
    named = [facts.get(name) for name in _NAMES]
    told = [call.get(name) for name in ("caller_number", "asserted", *_CALL)]
    for each in (*named, *told, decision.get("customer_name")):
        if isinstance(each, str) and len(each) >= _SHORTEST and each != UNCLEAR:
            yield each


def _without(secrets: Collection[str], value: Any) -> Any:
    """Give a value without what must not stand in any text of it."""
    if isinstance(value, str):
        for secret in sorted(secrets, key=len, reverse=True):
            value = value.replace(secret, FORGOTTEN)
        return value
    if isinstance(value, Mapping):
        return {name: _without(secrets, each) for name, each in value.items()}
    return [_without(secrets, each) for each in value] if isinstance(value, list) else value
