"""Facts that somebody supposes, as `customer.value=90`: read by their types, for trying a policy without a call."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy import WEEKDAYS
from ivr.domain.routing.facts import ATTRIBUTE, FACTS, WORDS, Fact, Gathered

_FACTS = {fact.name: fact for fact in FACTS}
# Facts that are the call's own: others follow from them, so they are changed in the call.
_OF_CALL = {
    "call.did": "dialled", "call.number": "caller_number", "call.trunk": "trunk", "call.attestation": "attestation",
    "call.withheld": "withheld",
}  # fmt: skip
_DECIDED = {"segment": "its conditions decide it: set the facts that they speak of"}
_WRITE = {
    "string": "text, as {0}=gold", "bool": "true or false", "int": "a whole number, as {0}=3",
    "double": "a number, as {0}=82.5", "list": "texts with ; between them, as {0}=fibre;tv",
    "map": "queues with numbers, as {0}=premium:3;general-queue:0",
}  # fmt: skip
_ATTRIBUTE = re.compile(rf"""{re.escape(ATTRIBUTE)}\[["']([a-z][a-z0-9-]*)["']\]""")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_INTEGERS = {"call.hour": (0, 23), "call.minute": (0, 59)}
N = TypeVar("N", int, float)


class SupposedError(ValueError):
    """What is supposed cannot be: no such fact, or not a value for it. The message says what to write."""


def supposed(texts: Iterable[str]) -> dict[str, Any]:
    """The facts of texts such as `customer.value=90`, each by its type. Raises SupposedError."""
    found: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        name = name.strip()
        if sign and (attribute := _ATTRIBUTE.fullmatch(name)):
            found.setdefault(ATTRIBUTE, {})[attribute[1]] = _attribute(value.strip())
            continue
        if name == ATTRIBUTE:
            raise SupposedError(f'{text!r}: say which: write {ATTRIBUTE}["channel"]=chat')
        if not sign:
            raise SupposedError(f"{text!r}: write FACT=VALUE, as customer.value=90")
        if name in _DECIDED:
            raise SupposedError(f"{name} cannot be set: {_DECIDED[name]}")
        if name not in _FACTS:
            close = difflib.get_close_matches(name, _FACTS, 1)
            hint = f"is {close[0]} meant?" if close else "`ivr policy facts` lists those that there are"
            raise SupposedError(f"there is no fact {name}: {hint}")
        found[name] = _value(_FACTS[name], value.strip())
    return found


def _attribute(text: str) -> Any:
    """Read an attribute by how it is written: "65" in quotes is a text."""
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    if ";" in text:
        return [each.strip() for each in text.split(";") if each.strip()]
    return text


def _value(fact: Fact, text: str) -> Any:
    try:
        match fact.type:
            case "bool":
                return {"true": True, "false": False}[text.lower()]
            case "int":
                return _within(int(text), _INTEGERS.get(fact.name, (-1, 1_000_000_000)))
            case "double":
                return _within(float(text), (-1.0, 1_000_000_000.0))
            case "list":
                return [each.strip() for each in text.split(";") if each.strip()]
            case "map":
                pairs = (each.rpartition(":") for each in text.split(";") if each.strip())
                return {queue.strip(): _within(int(number), (0, 1_000_000_000)) for queue, _, number in pairs}
    except (ValueError, KeyError):
        write = _WRITE[fact.type].format(fact.name)
        raise SupposedError(f"{fact.name}: {text!r} does not fit: write {write}") from None
    if text not in WORDS.get(fact.name, (text,)):
        write = ", ".join(filter(None, WORDS[fact.name]))
        raise SupposedError(f"{fact.name}: {text!r} does not fit: write one of {write}")
    return text


def _within(number: N, bounds: tuple[N, N]) -> N:
    if not bounds[0] <= number <= bounds[1]:  # nor is it, when it is no number (nan)
        raise ValueError(number)
    return number


def in_call(call: IncomingCall, facts: Mapping[str, Any]) -> IncomingCall:
    """The call with what is supposed of the call itself."""
    return replace(call, **{_OF_CALL[name]: value for name, value in facts.items() if name in _OF_CALL})


def in_facts(gathered: Gathered, facts: Mapping[str, Any]) -> Gathered:
    """What was gathered with what is supposed. Who supposes something of a customer supposes one who was found."""
    others = {name: value for name, value in facts.items() if name not in _OF_CALL}
    of_customer = any(name.startswith("customer.") and name != "customer.lookup" for name in others)
    found: dict[str, Any] = {}
    if of_customer and not gathered.facts["customer.found"]:
        found = {"customer.found": True, "customer.lookup": "found"}
    if ATTRIBUTE in others:
        others[ATTRIBUTE] = {**gathered.facts[ATTRIBUTE], **others[ATTRIBUTE]}
    return gathered._replace(facts={**gathered.facts, **found, **others})


def time_of(text: str, now: dt.datetime) -> dt.datetime:
    """`monday 10:00` (today or the next one), `10:00` (today) or an ISO time; without a zone in that of `now`.

    Raises SupposedError.
    """
    if day := re.fullmatch(rf"(?:({'|'.join(WEEKDAYS)}) )?([01]?[0-9]|2[0-3]):([0-5][0-9])", text.strip().lower()):
        then = now.replace(hour=int(day[2]), minute=int(day[3]), second=0, microsecond=0)
        return then + dt.timedelta(days=(WEEKDAYS.index(day[1]) - now.weekday()) % 7 if day[1] else 0)
    try:
        then = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise SupposedError(f"{text!r} is no time: write it as monday 10:00, 10:00 or 2026-12-24T10:00") from None
    return then if then.tzinfo else then.replace(tzinfo=now.tzinfo)
