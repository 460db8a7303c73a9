"""How customers are asked for, and what the answers mean: the same for the service and for a program of one call.

Nothing here knows how the database is reached; what does is given as `run`.
"""

import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import isfinite
from typing import Any, Literal, NamedTuple

from ivr.domain.customers import SCORES, Ambiguous, Contacts, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.ports import Customers
from ivr.domain.showable import unshowable
from ivr.store import customer_rules

OLDEST_SECONDS = 7 * 86400.0  # a snapshot that is used, at most: as long as the dialplan remembers
_AHEAD_SECONDS = 300.0  # a snapshot from further in the future was taken by a clock that was wrong: its age is unknown
_MANY = 3  # customers with the same number; more than these are not counted
MOST_CONTACTS = 50
CONTACTS_SECONDS = 30 * 86400.0

Run = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]
"""Runs a statement with values for its `:names`, and gives all rows. May raise whatever the database raises."""


@dataclass(slots=True)
class CustomerQuestion:
    """Who has an E.164 number, or a customer number, as `by` says.

    `so_far` is what is known already, should the rest come too late; `broken` says that the rest could not be read.
    """

    text: str
    by: Literal["phone", "customer number"] = "phone"
    call_id: str = ""
    so_far: Lookup | None = None
    broken: bool = False


Query = Callable[[Run, CustomerQuestion], Lookup]
"""Finds the answer by `run`. Raises what `run` raises."""


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
_ASKED = {
    "phone": (
        f"SELECT {_COLUMNS} FROM customers JOIN phones ON phones.customer_id = customers.customer_id "  # noqa: S608
        f"WHERE phones.number = :text ORDER BY phones.customer_id LIMIT {_MANY}"
    ),
    "customer number": (  # the second condition is the index's own
        f"SELECT {_COLUMNS} FROM customers WHERE customer_number = :text AND customer_number <> '' "  # noqa: S608
        f"ORDER BY customer_id LIMIT {_MANY}"
    ),
}
# "customer_id <> '' AND NOT test" is the index's own condition. Only Asterisk tells the rung: a call that nobody made,
# and somebody asked the service about, is no contact.
_CONTACTS = (
    f"SELECT routed_at, outcome, segment FROM calls WHERE customer_id = :customer_id "  # noqa: S608
    f"AND customer_id <> '' AND NOT test AND rung <> '' AND call_id <> :call_id AND routed_at IS NOT NULL "
    f"ORDER BY routed_at DESC LIMIT {MOST_CONTACTS}"
)


def live(clock: Callable[[], float] = time.time) -> Query:
    """The Query that asks the database: who it is, and then for their earlier calls.

    A customer is found without these when they cannot be read. `clock` gives Unix time in seconds.
    """

    def query(run: Run, question: CustomerQuestion) -> Lookup:
        found = who(run, question)
        if not isinstance(found, Found):
            return found
        question.so_far = found
        try:
            contacts = _contacts(run, found.customer.customer_id, question.call_id, clock())
        except Exception:  # noqa: BLE001 - what the driver raises; the customer is known all the same
            question.broken = True
            return found
        return replace(found, customer=replace(found.customer, contacts=contacts)) if contacts else found

    return query


def who(run: Run, question: CustomerQuestion) -> Lookup:
    """The Query that asks who it is, and nothing else."""
    unknown = Unknown(f"not a known {'number' if question.by == 'phone' else question.by}")
    if question.by == "customer number" and not customer_rules.CUSTOMER_NUMBER.fullmatch(question.text):
        return unknown
    if "\0" in question.text:  # PostgreSQL knows no such text
        return unknown
    rows = [_Row(*row) for row in run(_ASKED[question.by], {"text": question.text})]
    match rows:
        case []:
            return unknown
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

    def query(run: Run, question: CustomerQuestion) -> Lookup:
        rows = run("SELECT at FROM taken", {})
        taken = rows[0][0] if rows else None
        age = clock() - taken if isinstance(taken, float) else float("nan")
        if not -_AHEAD_SECONDS <= age <= oldest:
            return Unavailable("the snapshot is too old, or from the future")
        found = who(run, question)
        return replace(found, age_seconds=max(age, 0.0)) if isinstance(found, Found) else found

    return query


def _contacts(run: Run, customer_id: str, call_id: str, now: float) -> Contacts | None:
    """The customer's earlier calls; None when there are none. A row that somebody damaged is left out."""
    rows = [
        (at, outcome, segment)
        for at, outcome, segment in run(_CONTACTS, {"customer_id": customer_id, "call_id": call_id.replace("\0", "")})
        if isinstance(at, float) and isfinite(at)
    ]
    if not rows:
        return None
    segments = (segment for _, _, segment in rows if segment and isinstance(segment, str))
    return Contacts(
        last_at=rows[0][0],
        times=tuple(at for at, _, _ in rows if at > now - CONTACTS_SECONDS)[:MOST_CONTACTS],
        abandoned_last=rows[0][1] == "abandoned",
        previous_segment=next(segments, ""),
    )


class WithSnapshot:
    """The Customers port: asks the `live` customers, and the snapshot about those who could not be asked.

    Only a customer whom the snapshot knows for certain is taken from it. What it says nothing about stays
    unavailable: a new customer is no unknown caller.
    """

    def __init__(self, live: Customers, snapshot: Customers) -> None:
        self._live, self._snapshot = live, snapshot

    async def find(self, number: str, call_id: str = "") -> Lookup:
        """Who has this E.164 number; never raises, and takes no longer than both deadlines."""
        found = await self._live.find(number, call_id)
        return await self._known(found, self._snapshot.find, number)

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        """Who has this customer number; otherwise as `find`."""
        found = await self._live.find_by_customer_number(digits, call_id)
        return await self._known(found, self._snapshot.find_by_customer_number, digits)

    async def _known(self, found: Lookup, ask: Callable[[str], Awaitable[Lookup]], text: str) -> Lookup:
        if not isinstance(found, Unavailable):
            return found
        known = await ask(text)
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
        if not isinstance(getattr(row, name), str) or unshowable(getattr(row, name)):
            raise ValueError(f"{name} is not plain text")
    for name in SCORES:
        score = getattr(row, name)
        if score is not None and not (isinstance(score, float) and customer_rules.is_score(score)):
            raise ValueError(f"{name} is not a number from 0 to 100")
    for name in _FLAGS:
        if getattr(row, name) not in (0, 1):  # False and True are such, too
            raise ValueError(f"{name} is neither 0 nor 1")
    if not customer_rules.LANGUAGE.fullmatch(row.language):
        raise ValueError("language is not two lower-case letters")
    if not customer_rules.CONTRACT.fullmatch(row.contract):
        raise ValueError("contract is not a word")
    if row.customer_number and not customer_rules.CUSTOMER_NUMBER.fullmatch(row.customer_number):
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
    if not all(map(customer_rules.TAG.fullmatch, words)):
        raise ValueError(f"{name} are not words joined by ';'")
    return words
