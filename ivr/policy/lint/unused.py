"""Warnings about what stands in policy.yaml and changes nothing."""

from collections.abc import Iterator
from itertools import pairwise

from ivr.domain.policy import TRUST_LEVELS
from ivr.domain.routing.condition_tokens import tokens
from ivr.policy import schema
from ivr.policy.conditions.cel import readable
from ivr.policy.lint.unreachable import Doubt
from ivr.policy.references import MOST_CONDITIONS, conditions


def doubts(file: schema.PolicyFile) -> Iterator[Doubt]:
    """What nobody uses, and settings without an effect."""
    asked = _Asked(file)
    yield from _unused(file)
    yield from _segments(file, asked)
    yield from _menus(file, asked)
    yield from _hours(file, asked)


class _Asked:
    """The facts that conditions speak of, and the texts that stand in them."""

    def __init__(self, file: schema.PolicyFile) -> None:
        self.facts, self.texts = set[str](), set[str]()
        self.otherwise = set[str]()  # asked by a function, as segment.startsWith("prem"): that may mean anything
        for _, condition in list(conditions(file))[:MOST_CONDITIONS]:
            if not readable((condition,)):
                continue
            found = tokens(condition)
            self.facts |= {token.word for token in found if token.kind == "fact"}
            self.texts |= {token.content for token in found if token.content is not None}
            self.otherwise |= {
                token.word for token, after in pairwise(found) if token.kind == "fact" and after.word == "."
            }

    def speaks_of(self, fact: str, value: str) -> bool:
        """Whether a condition may ask whether the fact has this value."""
        return fact in self.otherwise or (fact in self.facts and value in self.texts)


def _unused(file: schema.PolicyFile) -> Iterator[Doubt]:
    entries = file.entry_points.values()
    used = {
        "treatments": {file.default, *(rule.treatment for rule in file.rules), *(each.closed for each in entries)},
        "menus": {entry.menu for entry in entries},
        "hours": {entry.hours for entry in entries},
    }
    for kind, names in used.items():
        for name in getattr(file, kind):
            if name not in names:
                by = "rule names it" if kind == "treatments" else "entry point names it"
                yield (kind, name), f"{kind}.{name} is not used: no {by}: use it, or remove it", None


def _segments(file: schema.PolicyFile, asked: _Asked) -> Iterator[Doubt]:
    given = {entry.segment for entry in file.entry_points.values()}
    for i, segment in enumerate(file.segments):
        where = ("segments", i, "name")
        if not segment.enter and segment.name not in given:
            problem = (
                f"nobody comes into the segment {segment.name}: give it conditions (`enter`), or let an entry point"
            )
            yield where, f"{problem} give it", None
        if not asked.speaks_of("segment", segment.name):
            problem = f"no rule speaks of the segment {segment.name}: add one with segment == {_quoted(segment.name)}"
            yield where, problem, None
        if segment.trust and TRUST_LEVELS.index(segment.trust) < TRUST_LEVELS.index(file.trust.routing):
            problem = f"segment {segment.name}: trust {segment.trust} is less than trust.routing ({file.trust.routing})"
            yield ("segments", i, "trust"), f"{problem}, which customers need anyway: remove it", None


def _menus(file: schema.PolicyFile, asked: _Asked) -> Iterator[Doubt]:
    used = {entry.menu for entry in file.entry_points.values()}
    for name, menu in file.menus.items():
        intents = list(dict.fromkeys(menu.keys.values()))
        if name in used and not any(asked.speaks_of("call.intent", intent) for intent in intents):
            problem = f"the menu {name} is asked in vain: no rule speaks of {' or '.join(intents)}"
            yield ("menus", name), f"{problem}: add one with call.intent == {_quoted(intents[0])}", None


def _hours(file: schema.PolicyFile, asked: _Asked) -> Iterator[Doubt]:
    for name, hours in file.hours.items():
        if not any(hours.open.values()):
            yield ("hours", name, "open"), f"hours.{name} never opens: give it a period", None
    for name, entry in file.entry_points.items():
        if name == "other" and entry.numbers != "any":
            problem = "entry point other: numbers that are nobody's are called so, too: give it another name"
            yield ("entry-points", name), f"{problem}, or `numbers: any`", None
        if entry.hours and not entry.closed and "call.closed" not in asked.facts:
            problem = f"entry point {name} has hours, and nothing happens when it is closed"
            yield ("entry-points", name, "hours"), f"{problem}: say `closed`, or let a rule ask call.closed", None
    for name, treatment in file.treatments.items():
        if treatment.always_open and treatment.queue is None:
            problem = f"treatments.{name}: opening hours matter for queues only: remove always-open"
            yield ("treatments", name, "always-open"), problem, None


def _quoted(text: str) -> str:
    return f'"{text}"'
