"""Conditions that only compare a fact with something written out, without CEL.

Most are of that kind: `customer.value >= 80.0`, `segment == "premium"`, `"vip" in customer.tags`. To compare takes a
tenth of a microsecond, to ask CEL some four; what comes out is the same, which tests/unit/test_comparison.py holds
against CEL itself.
"""

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

from ivr.domain.routing.condition_tokens import tokens
from ivr.domain.routing.fact_comparison import fact_comparison
from ivr.domain.routing.facts import FACTS

_PYTHON = {"string": str, "bool": bool, "int": int, "double": float, "list": list}
_TYPE_OF = {fact.name: _PYTHON.get(fact.type) for fact in FACTS}
_EQUAL = {"==": operator.eq, "!=": operator.ne}
_ORDER = {**_EQUAL, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_EXACT = 2**53  # whole numbers below it are what they are as decimals, too


class Comparison(NamedTuple):
    """`compare(facts[fact], value)`, for a fact of exactly this type: leave any other to CEL, which knows the error."""

    fact: str
    type: type
    compare: Callable[[Any, Any], bool]
    value: object


def comparison(condition: str) -> Comparison | None:
    """What a condition that CEL has checked compares; None for one that does more."""
    words = tokens(condition)
    match [token.kind if token.kind in ("fact", "text") else token.word for token in words]:
        case ["text", "in", "fact"] if _TYPE_OF[words[2].word] is list and words[0].content is not None:
            return Comparison(words[2].word, list, operator.contains, words[0].content)
    found = fact_comparison(words)
    if found is None:
        return None
    kind, value = _TYPE_OF[found.fact], found.value
    if kind is int and isinstance(value, float) and abs(value) < _EXACT:
        value = int(value)
    compare = (_ORDER if kind in (int, float) else _EQUAL).get(found.sign)
    if compare is None or kind is None or type(value) is not kind:
        return None
    return Comparison(found.fact, kind, compare, value)
