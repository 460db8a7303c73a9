"""A decision in words: why, in a sentence; and in few words, for the agent's phone."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from ivr.domain.policy import EntryPoint, Rule, Segment
from ivr.domain.routing.facts import FACTS, Facts
from ivr.domain.showable import showable

_NAMES = {fact.name for fact in FACTS}
_FACT = re.compile(r"\b[a-z]+(?:\.[a-z_0-9]+)?\b", re.ASCII)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_SCORE = re.compile(r"customer\.(value|potential|need|score)\b")
_AT_LEAST = re.compile(r"customer\.(value|potential|need|score) >= ([0-9]+(?:\.[0-9]+)?)")


@lru_cache(maxsize=4096)
def facts_in(condition: str) -> tuple[str, ...]:
    """The names of the facts that a condition speaks of, each once."""
    unquoted = _QUOTED.sub("''", condition)
    return tuple(dict.fromkeys(name for name in _FACT.findall(unquoted) if name in _NAMES))


def in_words(condition: str, facts: Facts) -> str:
    """A condition with the values that it was asked about."""
    if simple := _AT_LEAST.fullmatch(condition):
        return f"{simple[1]} {facts[f'customer.{simple[1]}']:g} is at least {float(simple[2]):g}"
    names = facts_in(condition)
    if condition in names:
        return condition.rpartition(".")[2].replace("_", " ")
    values = ", ".join(f"{name.rpartition('.')[2].replace('_', ' ')} is {shown(facts[name])}" for name in names)
    return f"{condition} ({values})" if values else condition


def shown(value: Any) -> str:
    """A fact's value for people."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return "not known" if value == -1.0 else f"{value:g}"
        case str():
            return f'"{value}"'
        case list() | tuple():
            return "[" + ", ".join(f'"{each}"' for each in value) + "]"
        case dict():
            return "{" + ", ".join(f"{name}: {each}" for name, each in value.items()) + "}"
    return str(value)


def sentence(rule: Rule, segment: Segment | None, facts: Facts, entry: EntryPoint) -> str:
    """Why a rule applies."""
    parts = list(_reasons(rule, segment, facts, entry))
    name = segment.name if segment and _speaks_of_segment(rule) else rule.name
    return f"{' and '.join(parts) or 'everybody else'}, so {name}"


def _reasons(rule: Rule, segment: Segment | None, facts: Facts, entry: EntryPoint) -> Iterator[str]:
    if segment and _speaks_of_segment(rule):
        met = [in_words(c, facts) for c in segment.enter if c != "customer.found"]
        if segment.name == entry.segment:
            yield f"the number dialled ({entry.name}) gives it"
        elif facts["customer.previous_segment"] == segment.name and not _all_met(segment, facts):
            yield f"was {segment.name} before, and {' and '.join(in_words(c, facts) for c in segment.stay)}"
        else:
            yield " and ".join(met) or "no earlier segment fits"
    for condition in rule.when:
        if not (segment and facts_in(condition) == ("segment",)):
            yield in_words(condition, facts)


def _speaks_of_segment(rule: Rule) -> bool:
    return any("segment" in facts_in(condition) for condition in rule.when)


def _all_met(segment: Segment, facts: Facts) -> bool:
    """Whether the plain thresholds to enter the segment are met; other conditions are taken as met."""
    return all(
        facts[f"customer.{simple[1]}"] >= float(simple[2])
        for condition in segment.enter
        if (simple := _AT_LEAST.fullmatch(condition))
    )


def few_words(segment: Segment | None, rule: str, adjusting: Sequence[Rule], facts: Facts) -> str:
    """Why, for the agent's phone: the scores that count for the segment, and what rules add."""
    words: list[str] = []
    if segment:
        names = dict.fromkeys(name for condition in segment.enter for name in _SCORE.findall(condition))
        words = [f"{name} {facts[f'customer.{name}']:g}" for name in names]
    elif rule != "default":
        words = [rule]
    else:
        match facts["customer.lookup"]:
            case "ambiguous":
                words = ["shared number"]
            case "unavailable":
                words = ["lookup failed"]
            case "untrusted":
                words = ["not sure who"]
            case "unknown":
                words = [facts["note.why"]]
    shown = ", ".join([*words, *(rule.name for rule in adjusting)])
    return f"{SURENESS.get(facts['call.trust'], '')} {shown}".strip() if facts["customer.found"] else shown


def length(seconds: float) -> str:
    """A length of time as people say it: `40 seconds`, `4 minutes`, `3 hours`, `2 days`."""
    units = (("second", 1, 120), ("minute", 60, 7200), ("hour", 3600, 172_800), ("day", 86_400, float("inf")))
    unit, size, _ = next(row for row in units if seconds < row[2])
    count = int(seconds // size)
    return f"{count} {unit}{'' if count == 1 else 's'}"


SURENESS = {"typed": "(not proved)", "attested": "(signed)", "pin": "(PIN)"}
"""How sure it is who calls, for the agent's phone. Without a word it is the number that the caller shows."""

_MEANING = str.maketrans("", "", '"\\<>')  # in a display name


def label(segment: str, words: str, name: str, width: int = 60) -> str:
    """What the agent's phone shows: the segment, why in few words, the customer's name.

    Only printable characters, without those that mean something in a SIP display name (RFC 3261 section 25.1).
    """
    text = f"{segment.upper()} {words}".strip() + (f" - {name}" if name else "")
    text = text.translate(_MEANING)
    return showable(text)[:width].strip()
