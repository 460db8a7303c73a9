"""A customer's row as it is stored, read: hands other than ours can have written it."""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from ivr.domain.customers import SCORES, Customer, Scores
from ivr.domain.scoring.attributes import restored
from ivr.domain.showable import unshowable
from ivr.store import customer_rules
from ivr.store.customer_columns import STORED, Kind

_NO_ATTRIBUTES: Mapping[str, Any] = {}
_VERSION = re.compile(r"[0-9a-f]{0,64}")


def customer_in(row: Mapping[str, Any]) -> Customer:
    """Return the customer in `row`, whose names are the fields of Customer and Scores.

    Anything can be in it: raises ValueError for what an import would have refused.
    """
    known = {attribute: read(row[attribute], name) for attribute, read, name in _READ}
    scores = Scores(**{name: known.pop(name) for name in SCORES})
    at, run, scoring = row["scored_at"], row["scores_run"], row["scoring_version"]
    told = row["attributes"]
    attributes = restored(told) if told is not None else _NO_ATTRIBUTES
    if type(lapsed := attributes.get("lapsed")) is bool:  # the imported one counts until then
        known["lapsed"] = lapsed
    return Customer(
        **known,
        scores=scores,
        scored_at=at if isinstance(at, float) and isfinite(at) else None,
        scores_run=run if isinstance(run, int) else 0,
        scoring_version=scoring if isinstance(scoring, str) and _VERSION.fullmatch(scoring) else "",
        attributes=attributes,
    )


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or unshowable(value):
        raise ValueError(f"{name} is not plain text")
    return value


def _score(value: Any, name: str) -> float | None:
    if value is None or (isinstance(value, float) and customer_rules.is_score(value)):
        return value
    raise ValueError(f"{name} is not a number from 0 to 100")


def _flag(value: Any, name: str) -> bool:
    if value not in (0, 1):  # False and True are such, too
        raise ValueError(f"{name} is neither 0 nor 1")
    return bool(value)


def _language(value: Any, name: str) -> str:
    if customer_rules.LANGUAGE.fullmatch(text := _text(value, name)):
        return text
    raise ValueError(f"{name} is not two lower-case letters")


def _word(value: Any, name: str) -> str:
    if customer_rules.CONTRACT.fullmatch(text := _text(value, name)):
        return text
    raise ValueError(f"{name} is not a word")


def _words(value: Any, name: str) -> tuple[str, ...]:
    words = tuple(word for word in _text(value, name).split(";") if word)
    if not all(map(customer_rules.TAG.fullmatch, words)):
        raise ValueError(f"{name} are not words joined by ';'")
    return words


def _digits(value: Any, name: str) -> str:
    text = _text(value, name)
    if text and not customer_rules.CUSTOMER_NUMBER.fullmatch(text):
        raise ValueError(f"{name} is not digits")
    return text


_KNOWN: dict[Kind, Callable[[Any, str], Any]] = {
    Kind.ID: _text,
    Kind.NAME: _text,
    Kind.TEXT: _text,
    Kind.SCORE: _score,
    Kind.LANGUAGE: _language,
    Kind.WORDS: _words,
    Kind.WORD: _word,
    Kind.FLAG: _flag,
    Kind.DIGITS: _digits,
    Kind.PIN_HASH: _flag,
}
# Field, how it is read, column: worked out once, for calls wait for it.
_READ = tuple((column.attribute, _KNOWN[column.kind], column.name) for column in STORED)
