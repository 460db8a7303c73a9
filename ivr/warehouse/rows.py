"""The rows of a source, typed: a relation in which each column is what scoring.yaml says it is.

A row that cannot be read has a reason in `_bad`: the name of the column that is wrong. Nothing is
guessed: such a row counts for nobody, and is told.
"""

from collections.abc import Mapping
from typing import Literal, Protocol

from ivr.domain.scoring.definition import (
    NUMBER_DIGITS,
    RATE_DIGITS,
    ColumnType,
    Scoring,
    Source,
)
from ivr.domain.showable import one_line
from ivr.warehouse.metric_sql import quoted

MOST_DIGITS = 12
"""Of an amount, those behind the point counted: what is longer is absurd."""

Found = Literal["text", "whole", "decimal", "exact", "yes-no", "moment", "naive", "date", "other"]
"""What a column is where it lies. `moment` is a time with its zone, `naive` one without.

A `decimal` may be a binary fraction; an `exact` one, where that is told, is none.
"""


class Reads(Protocol):
    """How an engine reads a column: SQL that gives NULL for what cannot be read."""

    def decimal(self, column: str, found: Found, digits: int) -> str:
        """Return a decimal of at most 12 digits."""
        ...

    def flag(self, column: str, found: Found) -> str:
        """Return true or false."""
        ...

    def seconds(self, column: str, found: Found, zone: str) -> str:
        """Unix time in whole seconds; a time without a zone is in `zone`, if there is one."""
        ...


def relation(
    scoring: Scoring,
    source: Source,
    table: str,
    found: Mapping[str, Found],
    reads: Reads,
) -> str:
    """Return the SQL of the typed rows of a table whose columns are `found`."""
    parts = {"_customer": f"CAST({quoted(source.customer)} AS VARCHAR)"}
    bad = {source.customer: f"COALESCE({parts['_customer']}, '') = ''"}
    if source.time:
        parts["_time"] = reads.seconds(quoted(source.time), found[source.time], source.zone)
        bad[source.time] = f"{parts['_time']} IS NULL"
    if source.currency:
        parts[source.currency] = f"CAST({quoted(source.currency)} AS VARCHAR)"
        known = ", ".join(f"'{each}'" for each in (scoring.currency, *scoring.rates))
        bad[source.currency] = f"COALESCE({parts[source.currency]}, '') NOT IN ({known})"
    for name, type_ in source.columns.items():
        plain = _read(scoring, name, type_, found[name], reads)
        if type_ != "text":
            bad[name] = f"{quoted(name)} IS NOT NULL AND {plain} IS NULL"
        parts[name] = _exchanged(scoring, source, plain) if type_ == "money" else plain
    reasons = " ".join(f"WHEN {wrong} THEN '{name}'" for name, wrong in bad.items())
    values = [(wrong, f"CAST({quoted(name)} AS VARCHAR)") for name, wrong in bad.items()]
    raw = " ".join(f"WHEN {wrong} THEN {value}" for wrong, value in values)
    selected = [f"{sql} AS {quoted(name)}" for name, sql in parts.items()]
    selected += [f"CASE {reasons} END AS _bad", f"CASE {raw} END AS _raw"]
    return f"SELECT {', '.join(selected)} FROM {table}"  # noqa: S608 - names of a checked file


def names(source: Source) -> list[str]:
    """Return the columns that a source has to have."""
    own = [each for each in (source.customer, source.time, source.currency) if each]
    return [*own, *(name for name in source.columns if name not in own)]


def why_bad(scoring: Scoring, source: Source, column: str, raw: str | None) -> str:
    """Return what to say of a row whose column cannot be read, and what to do about it."""
    value = "nothing" if raw is None else shown(raw)
    if column == source.customer:
        return f"{column}: it names no customer"
    if column == source.time:
        mend = "" if source.zone else f" with its zone: give {source.name} a `zone`"
        return f"{column}: {value} is no time{mend}"
    if column == source.currency:
        return f"{column}: there is no rate for {value}: write one under `rates`"
    what = {
        "money": f"no amount in {scoring.currency} below 10 to the {_greatest(scoring)}",
        "whole": "no whole number below 10 to the 12",
        "number": f"no number below 10 to the {MOST_DIGITS - NUMBER_DIGITS}",
        "yes-no": "neither yes nor no",
    }
    return f"{column}: {value} is {what[source.columns[column]]}"


def _greatest(scoring: Scoring) -> int:
    return MOST_DIGITS - scoring.money_digits


def _read(scoring: Scoring, name: str, type_: ColumnType, found: Found, reads: Reads) -> str:
    column = quoted(name)
    if type_ == "text":
        return f"CAST({column} AS VARCHAR)"
    if type_ == "yes-no":
        return reads.flag(column, found)
    digits = {"money": scoring.money_digits, "number": NUMBER_DIGITS}.get(type_, 0)
    return reads.decimal(column, found, digits)


def _exchanged(scoring: Scoring, source: Source, amount: str) -> str:
    """Return an amount in the currency that is counted in."""
    if not source.currency or not scoring.rates:
        return amount
    column, digits = quoted(source.currency), scoring.money_digits
    rates = [(name, _decimal(rate)) for name, rate in scoring.rates.items()]
    exchanged = [(name, f"ROUND({amount} * {rate}, {digits})") for name, rate in rates]
    cases = " ".join(f"WHEN '{name}' THEN {amount}" for name, amount in exchanged)
    made = f"CASE {column} {cases} ELSE {amount} END"
    return f"CAST({made} AS DECIMAL(18, {digits}))"


def _decimal(rate: int) -> str:
    whole, part = divmod(rate, 10**RATE_DIGITS)
    return f"{whole}.{part:0{RATE_DIGITS}}"


def shown(value: str) -> str:
    """Return a value of a source, for a message: on one line, and short."""
    text = one_line(value)
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
