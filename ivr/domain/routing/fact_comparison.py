"""What a condition compares a fact with, where that is written out: `customer.value >= 80.0`."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ivr.domain.routing.condition_tokens import Token, tokens
from ivr.domain.routing.facts import FACTS, SCORE_FACTS

SIGNS = frozenset({">=", "<=", ">", "<", "==", "!="})
_TYPES = {fact.name: fact.type for fact in FACTS}


class FactComparison(NamedTuple):
    """A fact, one of SIGNS, and the text, number or truth that is written behind it."""

    fact: str
    sign: str
    value: str | float | bool


class AtLeast(NamedTuple):
    """A score and the least that it has to be."""

    fact: str
    bound: float


def fact_comparison(words: Sequence[Token]) -> FactComparison | None:
    """Read which fact these words compare, how and with what; None where they do more.

    A fact that stands alone has to be true, and one behind `!` false.
    """
    match [token.word if token.kind == "sign" else token.kind for token in words]:
        case ["fact"] if _TYPES[words[0].word] == "bool":
            return FactComparison(words[0].word, "==", True)
        case ["!", "fact"]:
            return FactComparison(words[1].word, "==", False)
        case ["fact", sign, *_] if sign in SIGNS:
            value = _literal(words[2:])
            return None if value is None else FactComparison(words[0].word, sign, value)
    return None


@lru_cache(maxsize=8192)
def at_least(condition: str) -> AtLeast | None:
    """Read which score has to be at least which number; None for what asks anything else.

    It has to be written with one space on either side of the sign, and without an exponent:
    reasons have always quoted any other writing as it stands, and recorded ones are compared.
    """
    words = tokens(condition)
    found = fact_comparison(words)
    if found is None or not isinstance(found.value, float):
        return None
    number = words[-1].word
    is_usual = condition == f"{found.fact} >= {number}" and "e" not in number.lower()
    return AtLeast(found.fact, found.value) if is_usual and found.fact in SCORE_FACTS else None


def number_of(words: Sequence[Token]) -> float | None:
    """Read the number that these words are, also with a minus before it."""
    negative = len(words) == 2 and words[0].word == "-"
    if len(words) != 1 + negative or words[-1].kind != "number":
        return None
    try:
        return -float(words[-1].word) if negative else float(words[-1].word)
    except ValueError:  # 1u, 0x10
        return None


def _literal(words: Sequence[Token]) -> str | float | bool | None:
    """Read a text, a number, true or false; None for anything else."""
    if len(words) == 1 and words[0].kind == "text":
        return words[0].content
    if len(words) == 1 and words[0].word in ("true", "false"):
        return words[0].word == "true"
    return number_of(words)
