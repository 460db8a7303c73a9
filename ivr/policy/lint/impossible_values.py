"""Warnings about values: a fact compared with what it can never be."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from ivr.domain.routing.condition_tokens import LOOPS, Token, tokens
from ivr.domain.routing.fact_comparison import number_of
from ivr.domain.routing.facts import FACTS, WORDS
from ivr.policy import schema, suggestions
from ivr.policy.conditions.cel import readable
from ivr.policy.conditions.constraints import Atom, Span, atoms
from ivr.policy.lint.asterisk_inventory import AsteriskConfig
from ivr.policy.lint.unreachable import Doubt
from ivr.policy.references import MOST_CONDITIONS, conditions

_WHAT = {
    "call.attestation": "attestation",
    "call.trust": "trust",
    "call.weekday": "day",
    "customer.lookup": "outcome of a lookup",
}
_SCORES = ("customer.value", "customer.potential", "customer.need", "customer.score")
_LIMITS = {"call.hour": Span(0, 23), "call.minute": Span(0, 59), **{score: Span(-1, 100) for score in _SCORES}}
_FORMS = {
    "call.number": (r"\+[1-9][0-9]{6,14}", "write it as +442079460001"),
    "call.date": (r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "write it as 2026-12-24"),
    "customer.language": (r"[a-z]{2}", "it is two letters, as en"),
    "call.did": (r"\+?[0-9]{1,15}", "it is digits, as the carrier sends them"),
}
_UNKNOWN = Span(-1, -1)
_MAPS = {fact.name for fact in FACTS if fact.type == "map"}
_SIGNS = {"==", "!="}
_ORDERING = {"<", "<=", ">", ">="}


def doubts(file: schema.PolicyFile, asterisk: AsteriskConfig) -> Iterator[Doubt]:
    """Comparisons that always come out the same, and thresholds that those without a score fall under."""
    known = _known(file, asterisk)
    found = list(conditions(file))[:MOST_CONDITIONS]
    for where, condition in found:
        if readable((condition,)):
            words = tokens(condition)
            for fact, value in _compared(words):
                if problem := _impossible(fact, value, known):
                    yield where, problem, value.at + 1
            for value, problem in _beyond(words):
                yield where, problem, value.at + 1
            for asked in _ordered(words, known.keys() - _MAPS):
                example = f"{asked.word} in [{_some(known, asked)}]"
                problem = f"{asked.word} would be compared letter by letter: list what fits, as {example}"
                yield where, problem, asked.at + 1
    for i, segment in enumerate(file.segments):
        yield from _below((segment.enter), ("segments", i, "enter"))
        yield from _below((segment.stay or ()), ("segments", i, "stay"))
    for i, rule in enumerate(file.rules):
        yield from _below(rule.when, ("rules", i, "when"))


def _known(file: schema.PolicyFile, asterisk: AsteriskConfig) -> Mapping[str, tuple[str, Collection[str]]]:
    """For facts whose values are known: what such a value is called, and all that there are."""
    segments = [segment.name for segment in file.segments]
    intents = [intent for menu in file.menus.values() for intent in menu.keys.values()]
    named = [queue for each in file.treatments.values() for queue in (each.queue, *(s.queue for s in each.steps))]
    queues = {queue.replace("{language}", language) for queue in named if queue for language in file.languages}
    any_entry = any(entry.numbers == "any" for entry in file.entry_points.values())
    entries = [*file.entry_points, *(() if any_entry else ("other",))]
    return {
        "segment": ("segment", segments),
        "customer.previous_segment": ("segment", segments),
        "call.entry": ("entry point", entries),
        "call.intent": ("intent in a menu", intents),
        "call.language": ("language in `languages`", file.languages),
        **{fact: (what, [word for word in WORDS[fact] if word]) for fact, what in _WHAT.items()},
        **{name: ("queue", sorted(queues | (asterisk.queues or set()))) for name in _MAPS},
    }


def _compared(words: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """Each fact with a text that it is compared with, or looked up by."""
    for i, token in enumerate(words):
        if token.kind == "fact":
            yield from ((token.word, value) for value in _beside(words, i) if value.kind == "text")


def _ordered(words: Sequence[Token], of_few: Collection[str]) -> Iterator[Token]:
    """Facts with one text `of_few`, and a sign that asks for an order: theirs is that of the alphabet."""
    for i, token in enumerate(words):
        around = (words[i - 1].word if i else "", words[i + 1].word if i + 1 < len(words) else "")
        if token.kind == "fact" and token.word in of_few and not _ORDERING.isdisjoint(around):
            yield token


def _some(known: Mapping[str, tuple[str, Collection[str]]], fact: Token) -> str:
    return ", ".join(f'"{value}"' for value in list(known[fact.word][1])[-2:]) or '"…"'


def _beside(words: Sequence[Token], at: int) -> Iterator[Token]:
    """The values that the fact at this place is compared with, or looked up by: before it, behind it, in a list."""
    is_map = words[at].word in _MAPS
    before, after = words[max(0, at - 2) : at], words[at + 1 : at + 3]
    if len(before) == 2 and before[1].word in ({"in"} if is_map else _SIGNS):
        yield before[0]
    if len(after) == 2 and after[0].word in ({"["} if is_map else _SIGNS):
        yield after[1]
    if is_map and len(after) == 2 and after[0].word == "." and after[1].word not in {*LOOPS, "size"}:
        yield replace(after[1], kind="text", word=f'"{after[1].word}"')
    if len(after) == 2 and (after[0].word, after[1].word) == ("in", "["):
        yield from takewhile(lambda token: token.kind == "text" or token.word == ",", words[at + 3 :])


def _impossible(fact: str, value: Token, known: Mapping[str, tuple[str, Collection[str]]]) -> str:
    """Why the fact can never have this value, or nothing."""
    text = value.content
    if text is None or (text == "" and fact not in _MAPS):
        return ""
    if fact in known:
        what, all_there_are = known[fact]
        if text in all_there_are:
            return ""
        close = suggestions.close(text.lower(), all_there_are)
        listed = f"there are {suggestions.listed(all_there_are)}" if all_there_are else "there is none at all"
        return f"there is no {what} {text!r}: {f'is {close} meant?' if close else listed}"
    if fact in _FORMS and not re.fullmatch(_FORMS[fact][0], text):
        return f"{fact} is never {text!r}: {_FORMS[fact][1]}"
    return ""


def _beyond(words: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Numbers that a fact cannot reach."""
    for i, token in enumerate(words):
        if token.kind != "fact" or token.word not in _LIMITS or i + 2 >= len(words):
            continue
        limits, sign = _LIMITS[token.word], words[i + 1].word
        number = number_of(words[i + 2 : i + (4 if words[i + 2].word == "-" else 3)])
        asked = atoms((f"{token.word} {sign} {number:g}",))[0] if number is not None else None
        if asked and isinstance(asked.what, Span) and asked.what.apart(limits):
            lowest = max(limits.low, 0)
            problem = f"{token.word} is never {sign} {number:g}: it goes from {lowest:g} to {limits.high:g}"
            yield words[i + 2], problem


def _below(group: tuple[str, ...], where: tuple[str | int, ...]) -> Iterator[Doubt]:
    """`customer.value < 20.0` holds for whoever has no such score too, which is -1.0: strangers, say."""
    if not readable(group):
        return
    unknown: dict[str, bool] = {}
    for each in atoms(group):
        unknown[each.fact] = unknown.get(each.fact, True) and _holds_unknown(each)
    for j, condition in enumerate(group):
        for asked in atoms((condition,)):
            if asked.fact in _SCORES and unknown[asked.fact]:
                problem = f"holds also without a score (-1.0), as for unknown callers: add {asked.fact} >= 0.0"
                yield (*where, j), f"{condition!r} {problem}", None


def _holds_unknown(asked: Atom) -> bool:
    """Whether it holds for a score that is not known, and not for that alone."""
    return isinstance(asked.what, Span) and _UNKNOWN.within(asked.what) and asked.what != _UNKNOWN
