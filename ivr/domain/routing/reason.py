"""Why a rule applies, in a sentence; and conditions with the values that they were asked about."""

from collections.abc import Iterator
from typing import Any

from ivr.domain.policy import EntryPoint, Rule, Segment
from ivr.domain.routing.condition_tokens import facts_of, tokens
from ivr.domain.routing.fact_comparison import at_least
from ivr.domain.routing.facts import ATTRIBUTE, Facts


def in_words(condition: str, facts: Facts) -> str:
    """Say a condition with the values that it was asked about."""
    if simple := at_least(condition):
        return f"{spoken(simple.fact)} {facts[simple.fact]:g} is at least {simple.bound:g}"
    names = facts_of(condition)
    if condition in names:
        return spoken(condition)
    plain = [name for name in names if name != ATTRIBUTE]
    values = ", ".join(f"{spoken(name)} is {shown(facts[name])}" for name in plain)
    attributes = ", ".join(_attributes(condition, facts))
    values = ", ".join(filter(None, (values, attributes)))
    return f"{condition} ({values})" if values else condition


def _attributes(condition: str, facts: Facts) -> Iterator[str]:
    """Say the attributes that a condition asks about."""
    words = tokens(condition)
    for i, token in enumerate(words[:-2]):
        name = words[i + 2].content
        if token.word == ATTRIBUTE and token.kind == "fact" and name is not None:
            known = facts.get(ATTRIBUTE, {})
            yield f"{name} is {shown(known[name]) if name in known else 'not known'}"


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


def spoken(fact: str) -> str:
    """Say the name of a fact to people."""
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
        if not (segment and facts_of(condition) == ("segment",)):
            yield in_words(condition, facts)


def _speaks_of_segment(rule: Rule) -> bool:
    return any("segment" in facts_of(condition) for condition in rule.when)


def _all_met(segment: Segment, facts: Facts) -> bool:
    """Say whether the plain thresholds to enter the segment are met; the others are taken as met."""
    thresholds = (at_least(condition) for condition in segment.enter)
    return all(facts[simple.fact] >= simple.bound for simple in thresholds if simple)
