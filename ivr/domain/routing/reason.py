"""Why a rule applies, in a sentence; and conditions with the values that they were asked about."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ivr.domain.policy import EntryPoint, Rule, Segment
from ivr.domain.routing.facts import FACTS, Facts

_NAMES = {fact.name for fact in FACTS}
_FACT = re.compile(r"\b[a-z]+(?:\.[a-z_0-9]+)?\b", re.ASCII)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_AT_LEAST = re.compile(r"customer\.(value|potential|need|score) >= ([0-9]+(?:\.[0-9]+)?)")


@lru_cache(maxsize=4096)
def facts_in(condition: str) -> tuple[str, ...]:
    """List the names of the facts that a condition speaks of, each once."""
    unquoted = _QUOTED.sub("''", condition)
    return tuple(dict.fromkeys(name for name in _FACT.findall(unquoted) if name in _NAMES))


def in_words(condition: str, facts: Facts) -> str:
    """Say a condition with the values that it was asked about."""
    if simple := _AT_LEAST.fullmatch(condition):
        return f"{simple[1]} {facts[f'customer.{simple[1]}']:g} is at least {float(simple[2]):g}"
    names = facts_in(condition)
    if condition in names:
        return _spoken(condition)
    values = ", ".join(f"{_spoken(name)} is {shown(facts[name])}" for name in names)
    return f"{condition} ({values})" if values else condition


def shown(value: Any) -> str:
    """Say a fact's value to people."""
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


def _spoken(fact: str) -> str:
    return fact.rpartition(".")[2].replace("_", " ")


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
            stays = " and ".join(in_words(condition, facts) for condition in segment.stay)
            yield f"was {segment.name} before, and {stays}"
        else:
            yield " and ".join(met) or "no earlier segment fits"
    for condition in rule.when:
        if not (segment and facts_in(condition) == ("segment",)):
            yield in_words(condition, facts)


def _speaks_of_segment(rule: Rule) -> bool:
    return any("segment" in facts_in(condition) for condition in rule.when)


def _all_met(segment: Segment, facts: Facts) -> bool:
    """Say whether the plain thresholds to enter the segment are met; the others are taken as met."""
    return all(
        facts[f"customer.{simple[1]}"] >= float(simple[2])
        for condition in segment.enter
        if (simple := _AT_LEAST.fullmatch(condition))
    )
