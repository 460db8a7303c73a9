"""How customers are asked for, and what the answers mean: the same for the service and for a program of one call.

Nothing here knows how the database is reached; what does is given as `run`.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from ivr.domain.customer import SCORES, Ambiguous, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.ports import Customers
from ivr.store import rules

OLDEST_SECONDS = 7 * 86400.0  # a snapshot that is used, at most: as long as the dialplan remembers
_AHEAD_SECONDS = 300.0  # a snapshot from further in the future was taken by a clock that was wrong: its age is unknown
_MANY = 3  # customers with the same number; more than these are not counted

Run = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]
"""Runs a statement with values for its `:names`, and gives all rows. May raise whatever the database raises."""

Query = Callable[[Run, str], Lookup]
"""Finds out by `run` who has an E.164 number. Raises what `run` raises."""


class _Row(NamedTuple):
    """A customer as stored: by hands other than ours, too, so anything can be in it."""

    customer_id: Any
    name: Any
    value: Any
    potential: Any
    need: Any
    language: Any
    tags: Any
    preferred_agent: Any
    blocked: Any
    updated_at: Any
    products: Any
    contract: Any
    open_case: Any
    lapsed: Any
    prefers_self_service: Any
    customer_number: Any
    has_pin: Any


_TEXTS = ("customer_id", "name", "language", "tags", "preferred_agent", "products", "contract", "customer_number")
_FLAGS = ("blocked", "open_case", "lapsed", "prefers_self_service", "has_pin")
_COMPUTED = {"has_pin": "customers.pin_hash <> ''"}  # the hash itself is none of the routing's business
_COLUMNS = ", ".join(_COMPUTED.get(name, f"customers.{name}") for name in _Row._fields)
_BY_NUMBER = (
    f"SELECT {_COLUMNS} FROM customers JOIN phones ON phones.customer_id = customers.customer_id "  # noqa: S608
    f"WHERE phones.number = :number ORDER BY phones.customer_id LIMIT {_MANY}"
)


def by_number(run: Run, number: str) -> Lookup:
    """The Query that asks the database."""
    if "\0" in number:  # PostgreSQL knows no such text
        return Unknown("not a known number")
    rows = [_Row(*row) for row in run(_BY_NUMBER, {"number": number})]
    match rows:
        case []:
            return Unknown("not a known number")
        case [row]:
            try:
                return Found(_customer(row))
            except ValueError as error:
                # The database answered, so this is no reason to keep others from it.
                return Unavailable(f"the customer's row is damaged: {error}")
        case _:
            return Ambiguous(tuple(str(row.customer_id) for row in rows))


def last_known(oldest: float = OLDEST_SECONDS, clock: Callable[[], float] = time.time) -> Query:
    """The Query that asks a snapshot: Found has its age, and one older than `oldest` seconds is not used.

    `clock` gives Unix time in seconds.
    """

    def query(run: Run, number: str) -> Lookup:
        rows = run("SELECT at FROM taken", {})
        taken = rows[0][0] if rows else None
        age = clock() - taken if isinstance(taken, float) else float("nan")
        if not -_AHEAD_SECONDS <= age <= oldest:
            return Unavailable("the snapshot is too old, or from the future")
        found = by_number(run, number)
        return replace(found, age_seconds=max(age, 0.0)) if isinstance(found, Found) else found

    return query


class WithSnapshot:
    """The Customers port: asks the `live` customers, and the snapshot about those who could not be asked.

    Only a customer whom the snapshot knows for certain is taken from it. What it says nothing about stays
    unavailable: a new customer is no unknown caller.
    """

    def __init__(self, live: Customers, snapshot: Customers) -> None:
        self._live, self._snapshot = live, snapshot

    async def find(self, number: str) -> Lookup:
        """Who has this E.164 number; never raises, and takes no longer than both deadlines."""
        found = await self._live.find(number)
        if not isinstance(found, Unavailable):
            return found
        known = await self._snapshot.find(number)
        return replace(known, why=found.why) if isinstance(known, Found) else found


@cache
def pyformat(sql: str) -> str:
    """The statement as psycopg takes it, which writes `:name` as `%(name)s`; sqlite3 takes it as it is."""
    return re.sub(r":(\w+)", r"%(\1)s", sql)


def failed(error: Exception) -> Unavailable:
    """What a read that raised `error` comes to."""
    return Unavailable(problem_of(error))


def late(deadline: float) -> Unavailable:
    """What a read that takes longer than `deadline` seconds comes to."""
    return Unavailable(f"the database did not answer within {deadline:g} s")


def problem_of(error: Exception) -> str:
    """What the database said, in one line."""
    problem = str(getattr(error, "orig", None) or error).strip()  # `orig` is where SQLAlchemy keeps the driver's own
    return problem.splitlines()[0] if problem else type(error).__name__


def _customer(row: _Row) -> Customer:
    """The customer in `row`; ValueError when somebody has put there what an import would have refused."""
    for name in _TEXTS:
        if not isinstance(getattr(row, name), str) or rules.unshowable(getattr(row, name)):
            raise ValueError(f"{name} is not plain text")
    for name in SCORES:
        score = getattr(row, name)
        if score is not None and not (isinstance(score, float) and rules.is_score(score)):
            raise ValueError(f"{name} is not a number from 0 to 100")
    for name in _FLAGS:
        if getattr(row, name) not in (0, 1):  # False and True are such, too
            raise ValueError(f"{name} is neither 0 nor 1")
    if not rules.LANGUAGE.fullmatch(row.language):
        raise ValueError("language is not two lower-case letters")
    if not rules.CONTRACT.fullmatch(row.contract):
        raise ValueError("contract is not a word")
    if row.customer_number and not rules.CUSTOMER_NUMBER.fullmatch(row.customer_number):
        raise ValueError("customer_number is not digits")
    return Customer(
        customer_id=row.customer_id,
        name=row.name,
        scores=Scores(row.value, row.potential, row.need),
        language=row.language,
        tags=_words(row.tags, "tags"),
        preferred_agent=row.preferred_agent,
        blocked=bool(row.blocked),
        products=_words(row.products, "products"),
        contract=row.contract,
        open_case=bool(row.open_case),
        lapsed=bool(row.lapsed),
        prefers_self_service=bool(row.prefers_self_service),
        customer_number=row.customer_number,
        has_pin=bool(row.has_pin),
        scored_at=row.updated_at if isinstance(row.updated_at, float) and isfinite(row.updated_at) else None,
    )


def _words(text: str, name: str) -> tuple[str, ...]:
    words = tuple(word for word in text.split(";") if word)
    if not all(map(rules.TAG.fullmatch, words)):
        raise ValueError(f"{name} are not words joined by ';'")
    return words
