"""One row of a CSV file of customers: turned into rows of the tables, or refused with what to write instead."""

import re
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from ivr.domain.ports import NumberPlan
from ivr.domain.showable import unshowable
from ivr.store import customer_rules
from ivr.store.customer_columns import CUSTOMER_COLUMNS, SCORE_NAMES, Kind
from ivr.store.customer_phones import read_phones

_NUMBER = re.compile(r"[0-9.eE+-]{1,40}")  # no inf, nan, 1_000 or digits of other scripts, which float() reads
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}

# Plain tuples, because they go from one process to another by the million.
# A row as the file has it: the line where it begins, its fields or what is wrong with its quotes.
Record = tuple[int, list[str] | str]
# A row that fits: its line, its row in `customers`, its numbers in E.164.
Good = tuple[int, dict[str, Any], list[str]]
# A row that does not: its line, and what is wrong with it.
Bad = tuple[int, str]
Checked = tuple[list[Good], list[Bad]]


class _Refused(Exception):  # noqa: N818 - caught where the row is read; the message says what to write instead
    pass


def has_scores(header: Collection[str]) -> bool:
    """Whether a file with these columns gives scores."""
    return not set(SCORE_NAMES).isdisjoint(header)


class RowCheck:
    """Turns records into rows that fit, or says why they do not. Other processes get it pickled."""

    def __init__(self, header: list[str], numbers: NumberPlan, region: str, now: float) -> None:
        self._header = header
        self._times = {"updated_at": now} | ({"scored_at": now} if has_scores(header) else {})
        read: dict[Kind, Callable[[str], Any]] = {**_READ, Kind.PHONES: partial(_numbers, numbers, region)}
        self._read = {column.name: read[column.kind] for column in CUSTOMER_COLUMNS}

    def __call__(self, batch: list[Record]) -> Checked:
        """The rows that fit, and those that do not."""
        good: list[Good] = []
        bad: list[Bad] = []
        for line, fields in batch:
            try:
                customer = self._customer(fields)
            except _Refused as refused:
                bad.append((line, str(refused)))
            else:
                good.append((line, customer, customer.pop("phones")))
        return good, bad

    def _customer(self, fields: list[str] | str) -> dict[str, Any]:
        if isinstance(fields, str):
            raise _Refused(fields)
        if len(fields) != len(self._header):
            raise _Refused(
                f"{len(fields)} fields, and the header has {len(self._header)}: "
                "put a field that has a comma in it in quotes"
            )
        customer: dict[str, Any] = {**self._times}
        for column, text in zip(self._header, fields, strict=True):
            try:
                customer[column] = self._read[column](text.strip(" "))
            except _Refused as refused:
                raise _Refused(f"{column}: {refused}") from None
        return customer


def _customer_id(text: str) -> str:
    if customer_rules.CUSTOMER_ID.fullmatch(text):
        return text
    raise _Refused(f"{quoted(text)} does not fit: write 1 to 64 letters (a-z), digits or any of . _ : @ -")


def _name(text: str) -> str:
    if not text:
        raise _Refused("empty: write the customer's name")
    return _printable(text, customer_rules.NAME_LENGTH)


def _short_text(text: str) -> str:
    return _printable(text, customer_rules.AGENT_LENGTH)


def _printable(text: str, longest: int) -> str:
    if len(text) > longest:
        raise _Refused(f"{len(text)} characters long: write at most {longest}")
    if code := unshowable(text):
        raise _Refused(f"{quoted(text)} has a character that cannot be shown ({code}): remove it")
    return text


def _numbers(plan: NumberPlan, region: str, text: str) -> list[str]:
    found = read_phones(_parts(text), plan, region)
    if found.problem:
        raise _Refused(found.problem)
    return found.numbers


def _score(text: str) -> float | None:
    if not text:
        return None
    try:
        score = float(text) if _NUMBER.fullmatch(text) else -1
    except ValueError:
        score = -1
    if customer_rules.is_score(score):
        return score
    raise _Refused(f"{quoted(text)} is no number from 0 to 100: write it like 72.5 (with a point), or nothing")


def _language(text: str) -> str:
    if customer_rules.LANGUAGE.fullmatch(text):
        return text
    raise _Refused(f"{quoted(text)} is no language: write two lower-case letters like en, or nothing")


def _words(text: str) -> str:
    tags = dict.fromkeys(_parts(text))
    for tag in tags:
        if not customer_rules.TAG.fullmatch(tag):
            raise _Refused(f"{quoted(tag)} does not fit: write 1 to 32 of a-z, 0-9, _ and -, and ; between them")
    return ";".join(tags)


def _yes_no(text: str) -> bool:
    try:
        return _YES_NO[text.lower()]
    except KeyError:
        raise _Refused(f"{quoted(text)} does not fit: write yes or no, or nothing for no") from None


def _word(text: str) -> str:
    if customer_rules.CONTRACT.fullmatch(text):
        return text
    raise _Refused(f"{quoted(text)} does not fit: write one word, 1 to 32 of a-z, 0-9, _ and -, or nothing")


def _digits(text: str) -> str:
    if not text or customer_rules.CUSTOMER_NUMBER.fullmatch(text):
        return text
    raise _Refused(f"{quoted(text)} does not fit: write 1 to 20 digits, as a caller types them, or nothing")


def _pin_hash(text: str) -> str:
    if not text or customer_rules.is_pin_hash(text):
        return text
    # What stands there may be somebody's PIN, so it is not repeated.
    raise _Refused(
        "no hash of argon2id (what stands there is not shown): write $argon2id$v=19$m=…,t=…,p=…$salt$hash with m at "
        "most 262144 and m times t at most 1000000, or nothing; never the PIN itself"
    )


_READ: dict[Kind, Callable[[str], Any]] = {
    Kind.ID: _customer_id,
    Kind.NAME: _name,
    Kind.TEXT: _short_text,
    Kind.SCORE: _score,
    Kind.LANGUAGE: _language,
    Kind.WORDS: _words,
    Kind.WORD: _word,
    Kind.FLAG: _yes_no,
    Kind.DIGITS: _digits,
    Kind.PIN_HASH: _pin_hash,
}


def _parts(text: str) -> list[str]:
    return [part for piece in text.split(";") if (part := piece.strip(" "))]


def quoted(text: str) -> str:
    """`text` for a message: short, and with control characters made visible."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
