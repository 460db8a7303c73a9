"""Errors about attributes: scoring.yaml declares them, and conditions of the policy use them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.domain.routing.condition_tokens import Token, tokens
from ivr.domain.routing.fact_comparison import SIGNS
from ivr.domain.scoring.attributes import AttributeType, AttributeValue
from ivr.policy import schema, suggestions
from ivr.policy.conditions.cel import readable
from ivr.policy.lint.unreachable import Doubt
from ivr.policy.references import conditions
from ivr.policy.yaml_file import shown

ATTRIBUTE = "customer.attribute"
_WRITE = f'write {ATTRIBUTE}["name"], and compare it'
_LITERAL: Mapping[AttributeType, str] = {
    "text": "text",
    "number": "number",
    "whole": "number",
    "yes-no": "truth",
    "texts": "text",
}
_MEND: Mapping[AttributeType, str] = {
    "text": 'write {0} == "a text"',
    "number": "write {0} >= 3.0",
    "whole": "write {0} >= 3",
    "yes-no": "write {0} == true",
    "texts": 'write "a text" in {0}',
}


@dataclass(frozen=True, slots=True)
class Declared:
    """An attribute as scoring.yaml declares it; one that is off is not made."""

    type: AttributeType
    values: tuple[AttributeValue, ...] = ()
    is_on: bool = True


Attributes = Mapping[str, Declared] | str
"""Those that there are; or why there are none, in words."""


def misfits(file: schema.PolicyFile, attributes: Attributes) -> Iterator[Doubt]:
    """Find uses of attributes that cannot work."""
    for where, condition in conditions(file):
        for problem, column in in_condition(condition, attributes):
            yield where, problem, column


def in_condition(condition: str, attributes: Attributes) -> Iterator[tuple[str, int]]:
    """Find what is wrong with attributes in one condition, and in which column it begins."""
    words = tokens(condition) if ATTRIBUTE in condition and readable((condition,)) else ()
    for i, token in enumerate(words):
        if token.kind == "fact" and token.word == ATTRIBUTE:
            for problem in _problems(words, i, attributes):
                yield problem, token.at + 1


def _problems(words: Sequence[Token], i: int, attributes: Attributes) -> Iterator[str]:
    if isinstance(attributes, str):
        yield f"{ATTRIBUTE}: {attributes}"
        return
    name = _name(words, i)
    if name is None:
        yield f"{ATTRIBUTE} alone says nothing: {_WRITE}"
        return
    declared = attributes.get(name)
    if declared is None:
        hint = suggestions.is_it(name, attributes)
        hint = hint or f": scoring.yaml declares {suggestions.listed(attributes)}"
        yield f"there is no attribute {shown(name)}{hint}"
    elif not declared.is_on:
        mend = f"write `demographics: [{name}]` in scoring.yaml to switch it on"
        yield f"the attribute {name} is demographic, and off: {mend}"
    else:
        yield from _misused(words, i, name, declared)


def _name(words: Sequence[Token], i: int) -> str | None:
    behind = words[i + 1 : i + 4]
    if [each.word for each in behind[::2]] == ["[", "]"] and behind[1].kind == "text":
        return behind[1].content
    return None


def _misused(words: Sequence[Token], i: int, name: str, declared: Declared) -> Iterator[str]:
    """Find what is wrong with how it is compared, as far as that is written out."""
    this, type_ = f'{ATTRIBUTE}["{name}"]', declared.type
    mend = _MEND[type_].format(this)
    sign, others = _compared(words, i)
    wanted = _LITERAL[type_]
    if sign in ("", "!"):
        if type_ != "yes-no":
            yield f"{this} is of the type {type_}, and not yes or no: {mend}"
        return
    has = sign == "has"  # "a text" in it
    if has != (type_ == "texts") or (sign not in ("==", "!=", "in", "has") and wanted != "number"):
        yield f"{this} is of the type {type_}: {mend}"
        return
    for other in others:
        kind = "truth" if other.word in ("true", "false") else other.kind
        if kind in ("text", "number", "truth") and kind != wanted:
            yield f"{this} is of the type {type_}, and {other.word} is not: {mend}"
        elif declared.values and kind == "text" and other.content not in declared.values:
            there_are = [str(each) for each in declared.values]
            hint = suggestions.is_it(other.content or "", there_are)
            hint = hint or f": there are {suggestions.listed(there_are)}"
            yield f"{this} is never {other.word}{hint}"


def _compared(words: Sequence[Token], i: int) -> tuple[str, Sequence[Token]]:
    """Return the sign beside the attribute, and what is written on its other side."""
    after = words[i + 4 :]
    if after and after[0].word in SIGNS:
        return after[0].word, [each for each in after[1:3] if each.word != "-"][:1]
    if after and after[0].word == "in":
        ends = [n for n, each in enumerate(after) if each.word == "]"]
        return "in", after[2 : ends[0]] if ends else ()
    before = words[max(0, i - 2) : i]
    if before and before[-1].word in SIGNS:
        return before[-1].word, before[:-1]
    if before and before[-1].word == "in":
        return "has", before[:-1]
    return (before[-1].word if before and before[-1].word == "!" else ""), ()
