"""One cell of a file of customers: what it means, or what to write instead."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from ivr.domain.imports import ImportMap
from ivr.domain.showable import unshowable
from ivr.store import customer_rules
from ivr.store.customer_columns import CUSTOMER_COLUMNS, CustomerColumn, Kind

# No inf, nan, 1_000 or digits of other scripts, which float() reads.
_NUMBER = re.compile(r"[0-9.eE+-]{1,40}")
_YES = ("yes", "y", "true", "t", "1")
_NO = ("no", "n", "false", "f", "0", "")
AROUND = " \u00a0"  # what may stand around a text; the second is a space at which no line is broken
# de_DE, de-AT, sr-Latn-RS (RFC 5646).
_LOCALE = re.compile(r"([A-Za-z]{2})([_-][A-Za-z0-9]{2,8}){0,3}")
GUARDS = "='"
# How programs keep a spreadsheet from reading a text as a number or a formula: ="0049", and '+49.
_GUARDED = re.compile(r"""="(.*)"|'([=+@-].*)""", re.DOTALL)


class Refused(Exception):  # noqa: N818 - caught where the row is read
    """A cell, or a row, that does not fit; the message says what to write instead."""


def plain(text: str) -> str:
    """Return a cell without spaces and guards against spreadsheets (`="0049"`, `'+49`)."""
    text = text.strip(AROUND)
    if text and text[0] in GUARDS and (found := _GUARDED.fullmatch(text)):
        return (found[1] or found[2] or "").strip(AROUND)
    return text


def yes_no_words(given: ImportMap) -> dict[str, bool]:
    """Return what means yes and no, in small letters."""
    words = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
    words |= {word.casefold(): True for word in given.yes_words}
    return words | {word.casefold(): False for word in given.no_words}


def says_yes(given: ImportMap, column: str) -> Callable[[str], bool | None]:
    """Return what reads yes (True) and no in a column; None for what is neither."""
    return partial(_says, yes_no_words(given), _values(given, column))


def _says(words: Mapping[str, bool], values: Mapping[str, str], text: str) -> bool | None:
    return words.get(values.get(text.casefold(), text).casefold())


def _values(given: ImportMap, name: str) -> dict[str, str]:
    return {value.casefold(): meant for value, meant in given.values.get(name, {}).items()}


def readers(given: ImportMap, decimal: str) -> dict[str, Callable[[str], Any]]:
    """Return what reads the cells of each column of ours, by what the map says; they raise Refused.

    What reads numbers gives them one by one, as they stand. `decimal` is the sign that scores have.
    """
    by_kind: dict[Kind, Callable[[Any], Any]] = _READ | {
        Kind.FLAG: partial(_yes_no, yes_no_words(given)),
        Kind.SCORE: partial(_score, decimal),
    }
    return {
        column.name: _reader(
            column,
            by_kind[column.kind],
            given,
        )
        for column in CUSTOMER_COLUMNS
    }


def _reader(
    column: CustomerColumn,
    read: Callable[[Any], Any],
    given: ImportMap,
) -> Callable[[str], Any]:
    values, default = _values(given, column.name), given.defaults.get(column.name, "")
    if column.kind in (Kind.WORDS, Kind.PHONES) and not (values or given.list_separator):
        read = _numbers if column.kind is Kind.PHONES else _tags
    elif column.kind in (Kind.WORDS, Kind.PHONES):
        read = _Several(read, values, given.list_separator)
    elif values:
        read = partial(_meant, read, values)
    return partial(_or_default, read, default) if default else read


def _or_default(read: Callable[[str], Any], default: str, text: str) -> Any:
    return read(text or default)


def _meant(read: Callable[[str], Any], values: Mapping[str, str], text: str) -> Any:
    return read(values.get(text.casefold(), text))


@dataclass(frozen=True, slots=True)
class _Several:
    """Reads a cell with several parts, each with a meaning of its own."""

    read: Callable[[list[str]], Any]
    values: Mapping[str, str]
    separator: str

    def __call__(self, text: str) -> Any:
        if self.separator:
            text = text.replace(self.separator, ";")
        parts = _parts(text)
        if self.values:
            parts = [meant for part in parts if (meant := self.values.get(part.casefold(), part))]
        return self.read(parts)


def customer_id(text: str) -> str:
    """Return the text if it can be a customer_id; raises Refused."""
    if customer_rules.CUSTOMER_ID.fullmatch(text):
        return text
    raise Refused(
        f"{quoted(text)} does not fit: write 1 to 64 letters (a-z), digits or any of . _ : @ -",
    )


def _name(text: str) -> str:
    if not text:
        raise Refused("empty: write the customer's name")
    return _printable(text, customer_rules.NAME_LENGTH)


def _short_text(text: str) -> str:
    return _printable(text, customer_rules.AGENT_LENGTH)


def _printable(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(f"{len(text)} characters long: write at most {longest}")
    if code := unshowable(text):
        raise Refused(f"{quoted(text)} has a character that cannot be shown ({code}): remove it")
    return text


def _score(decimal: str, text: str) -> float | None:
    if not text:
        return None
    written = text
    if decimal != ".":  # a point stands between thousands then, and no score has any
        written = "" if "." in text else text.replace(decimal, ".")
    try:
        score = float(written) if _NUMBER.fullmatch(written) else -1
    except ValueError:
        score = -1
    if customer_rules.is_score(score):
        return score
    raise Refused(
        f"{quoted(text)} is no number from 0 to 100: write it like 72{decimal}5, or nothing",
    )


def _language(text: str) -> str:
    if customer_rules.LANGUAGE.fullmatch(text):
        return text
    if found := _LOCALE.fullmatch(text):
        return found[1].lower()
    raise Refused(f"{quoted(text)} is no language: write two letters like en, or nothing")


def _numbers(text: str) -> list[str]:
    return _parts(text) if ";" in text else [text] if text else []


def _tags(text: str) -> str:
    return _words(_parts(text)) if text else ""


def _words(parts: list[str]) -> str:
    tags = dict.fromkeys(parts)
    for tag in tags:
        if not customer_rules.TAG.fullmatch(tag):
            how = "write 1 to 32 of a-z, 0-9, _ and -, and ; between them"
            raise Refused(f"{quoted(tag)} does not fit: {how}")
    return ";".join(tags)


def _yes_no(words: Mapping[str, bool], text: str) -> bool:
    try:
        return words[text.casefold()]
    except KeyError:
        raise Refused(neither(text)) from None


def neither(text: str) -> str:
    """Say that a text is neither yes nor no."""
    return f"{quoted(text)} does not fit: write yes or no, or nothing for no"


def _word(text: str) -> str:
    if customer_rules.CONTRACT.fullmatch(text):
        return text
    raise Refused(
        f"{quoted(text)} does not fit: write one word, 1 to 32 of a-z, 0-9, _ and -, or nothing",
    )


def _digits(text: str) -> str:
    if not text or customer_rules.CUSTOMER_NUMBER.fullmatch(text):
        return text
    raise Refused(
        f"{quoted(text)} does not fit: write 1 to 20 digits, as a caller types them, or nothing",
    )


def _pin_hash(text: str) -> str:
    if not text or customer_rules.is_pin_hash(text):
        return text
    # What stands there may be somebody's PIN, so it is not repeated.
    raise Refused(
        "no hash of argon2id (what stands there is not shown): write "
        "$argon2id$v=19$m=…,t=…,p=…$salt$hash with m at most 262144 and m times t at most 1000000, "
        "or nothing; never the PIN itself"
    )


_READ: dict[Kind, Callable[[Any], Any]] = {
    Kind.ID: customer_id,
    Kind.NAME: _name,
    Kind.TEXT: _short_text,
    Kind.PHONES: list,
    Kind.LANGUAGE: _language,
    Kind.WORDS: _words,
    Kind.WORD: _word,
    Kind.DIGITS: _digits,
    Kind.PIN_HASH: _pin_hash,
}


def _parts(text: str) -> list[str]:
    return [part for piece in text.split(";") if (part := piece.strip(" "))]


def quoted(text: str) -> str:
    """`text` for a message: short, and with control characters made visible."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
