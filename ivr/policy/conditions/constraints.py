"""What a condition asks, where that is simple enough to compare with what another one asks."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ivr.domain.routing.condition_tokens import Token, tokens
from ivr.domain.routing.fact_comparison import FactComparison, fact_comparison
from ivr.domain.routing.facts import FACTS

_FLIPPED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "==": "==", "!=": "!="}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Span:
    """A number lies within these bounds; an open one does not belong to it."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    def within(self, other: "Span") -> bool:
        """Whether every number of this one is in the other."""
        low = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        high = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return low and high

    def apart(self, other: "Span") -> bool:
        """Whether no number is in both."""
        return self._ends_before(other) or other._ends_before(self)

    def _ends_before(self, other: "Span") -> bool:
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))


@dataclass(frozen=True, slots=True)
class Among:
    """A text or a truth is one of these; with `but`, none of them."""

    values: frozenset[str | bool]
    but: bool = False

    def within(self, other: "Among") -> bool:
        """Whether whatever fits this one fits the other."""
        if self.but:
            return other.but and other.values <= self.values
        return not (self.values & other.values) if other.but else self.values <= other.values

    def apart(self, other: "Among") -> bool:
        """Whether nothing fits both."""
        if self.but and other.but:
            return False
        if self.but or other.but:
            one, excluded = (other, self) if self.but else (self, other)
            return one.values <= excluded.values
        return not self.values & other.values


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that must hold: a fact and what it has to be; or words that are taken as they stand."""

    fact: str = ""
    what: Span | Among | None = None
    words: tuple[str, ...] = ()

    def implies(self, other: "Atom") -> bool:
        """Whether the other holds wherever this one does, as far as that can be seen."""
        if self == other:
            return True
        if other == FOUND and self.only_of_customers():
            return True
        match self.what, other.what:
            case (Span() as one, Span() as two) if self.fact == other.fact:
                return one.within(two)
            case (Among() as one, Among() as two) if self.fact == other.fact:
                return one.within(two)
        return False

    def excludes(self, other: "Atom") -> bool:
        """Whether the two never hold together."""
        match self.what, other.what:
            case (Span() as one, Span() as two) if self.fact == other.fact:
                return one.apart(two)
            case (Among() as one, Among() as two) if self.fact == other.fact:
                return one.apart(two)
        return False

    def unlike(self, other: "Atom") -> bool:
        """Whether both compare the fact with one text, and the same way: then neither implies the other."""
        match self.what, other.what:
            case (Among() as one, Among() as two):
                return len(one.values) == len(two.values) == 1 and one.but == two.but
        return False

    def only_of_customers(self) -> bool:
        """Whether it cannot hold while nobody is found: not for the value that stands for nothing known."""
        if self.fact == "customer.lookup":
            return self.what == Among(frozenset({"found"}))
        if not self.fact.startswith("customer."):
            return False
        default = _DEFAULTS[self.fact]
        if isinstance(self.what, Span):
            return not Span(default, default).within(self.what)
        return isinstance(self.what, Among) and not Among(frozenset({default})).within(self.what)


_DEFAULTS = {fact.name: fact.default for fact in FACTS}
FOUND = Atom("customer.found", Among(frozenset({True})))


def atoms(conditions: Iterable[str]) -> tuple[Atom, ...]:
    """What all these conditions together ask. `a && b` is two; `true` is nothing."""
    return tuple(dict.fromkeys(atom for condition in conditions for atom in of_one(condition)))


@lru_cache(maxsize=8192)
def of_one(condition: str) -> tuple[Atom, ...]:
    """What one condition asks."""
    return tuple(atom for part in _joined(tokens(condition)) if (atom := _atom(part)))


def _joined(words: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The parts between `&&`, without brackets around them."""
    words = _without_brackets(words)
    depth, begin, parts = 0, 0, []
    for i, token in enumerate(words):
        depth += (token.word in _BRACKETS) - (token.word in _BRACKETS.values())
        if depth == 0 and token.kind == "sign" and token.word in ("||", "?"):
            yield words
            return
        if depth == 0 and token.word == "&&":
            parts.append(words[begin:i])
            begin = i + 1
    if not parts:
        yield words
        return
    for part in (*parts, words[begin:]):
        yield from _joined(part)


def _without_brackets(words: Sequence[Token]) -> Sequence[Token]:
    while len(words) > 2 and words[0].word == "(" and _closing(words) == len(words) - 1:
        words = words[1:-1]
    return words


def _closing(words: Sequence[Token]) -> int:
    """Where the bracket closes with which `words` begin."""
    depth = 0
    for i, token in enumerate(words):
        depth += (token.word in _BRACKETS) - (token.word in _BRACKETS.values())
        if depth == 0:
            return i
    return -1


def _atom(words: Sequence[Token]) -> Atom | None:
    """What one part asks; None for what always holds."""
    shape = [token.word if token.kind in ("sign", "name") else token.kind for token in words]
    asked: Atom | None = None
    match shape:
        case ["true"]:
            return None
        case ["fact", "in", "[", *inner, "]"] if set(inner) <= {"text", ","}:
            texts = [token.content for token in words if token.kind == "text"]
            if all(text is not None for text in texts):
                asked = Atom(words[0].word, Among(frozenset(text for text in texts if text is not None)))
        case [*_, sign, "fact"] if sign in _FLIPPED and shape[0] != "fact":
            asked = _compared((words[-1], replace(words[-2], word=_FLIPPED[sign]), *words[:-2]))
        case _:
            asked = _compared(words)
    return asked or Atom(words=tuple(token.word for token in words))


def _compared(words: Sequence[Token]) -> Atom | None:
    """What a comparison with something written out asks, where that is a span or some values."""
    match fact_comparison(words):
        case FactComparison(fact, "==" | "!=" as sign, bool(value)):
            return Atom(fact, Among(frozenset({value == (sign == "==")})))
        case FactComparison(fact, "==" | "!=" as sign, str(value)):
            return Atom(fact, Among(frozenset({value}), but=sign == "!="))
        case FactComparison(fact, sign, float(number)) if sign != "!=":
            low, high = (-math.inf if sign[0] == "<" else number), (math.inf if sign[0] == ">" else number)
            return Atom(fact, Span(low, high, low_open=sign == ">", high_open=sign == "<"))
    return None
