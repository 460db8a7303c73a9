"""How customers are asked for, and what the answers mean: the same for the service and for a program of one call.

Nothing here knows how the database is reached; what does is given as `run`.
"""

import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from ivr.domain.customers import Ambiguous, Found, Lookup, Unavailable, Unknown
from ivr.domain.phone_numbers import other_form
from ivr.domain.ports import Customers
from ivr.store import contact_query, customer_rules
from ivr.store.customer_columns import STORED, CustomerColumn, Kind
from ivr.store.customer_reading import customer_in
from ivr.store.effective_scores import COLUMNS, JOINED, effective

OLDEST_SECONDS = 7 * 86400.0  # a snapshot that is used, at most: as long as the dialplan remembers
_AHEAD_SECONDS = 300.0  # a snapshot from further in the future was taken by a clock that was wrong: its age is unknown
FORM = 6
"""That of a snapshot with the tables of the database, and with earlier calls."""
_WITHOUT_CALLS = 4
MOST_OF_NUMBER = 3
"""Customers with the same number who are told of: to routing, they are several."""

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


Asked = Mapping[str, str]
"""The statement for each way to ask (`CustomerQuestion.by`, and a number of two forms).

Its columns are those of `_NAMES`.
"""


def _statements(about: Sequence[str], beside: str = "") -> Asked:
    """Make the statements. `about` are the expressions for what is asked for beside the columns.

    `beside` is what is joined to `customers` for these.
    """
    columns = ", ".join([*map(_column, STORED), *about])
    return {
        "phone": (
            f"SELECT {columns} FROM phones JOIN customers ON customers.customer_id = phones.customer_id "  # noqa: S608
            f"{beside} WHERE phones.number = :text "
            f"ORDER BY phones.customer_id LIMIT {MOST_OF_NUMBER}"
        ),
        # A line whose number has two forms: a customer may have it in both. (The inner LIMIT has
        # PostgreSQL begin there, also while it has no statistics.)
        "phone in two forms": (
            f"SELECT {columns} FROM (SELECT customer_id FROM phones WHERE number = :text "  # noqa: S608
            "UNION SELECT customer_id FROM phones WHERE number = :other "
            f"ORDER BY customer_id LIMIT {MOST_OF_NUMBER}) AS called "
            f"JOIN customers ON customers.customer_id = called.customer_id {beside} "
            "ORDER BY called.customer_id"
        ),
        "customer number": (  # the second condition is the index's own
            f"SELECT {columns} FROM customers {beside} "  # noqa: S608
            "WHERE customers.customer_number = :text AND customers.customer_number <> '' "
            f"ORDER BY customers.customer_id LIMIT {MOST_OF_NUMBER}"
        ),
    }


def _column(column: CustomerColumn) -> str:
    if column.kind is Kind.PIN_HASH:  # it is none of the routing's business
        return f"customers.{column.name} <> ''"
    return f"customers.{column.name}"


_STORED = tuple(column.attribute for column in STORED)
_ASKED = _statements(tuple(COLUMNS.values()), JOINED)
# Older snapshots had each customer's scores as they counted when they were taken, and in
# `updated_at` when these came in.
_TAKEN = ("scored_at", "scores_run", "scoring_version", "attributes")
_AGE = "customers.updated_at"
_OF_RUN = [f"customers.{name}" for name in _TAKEN[1:]]
_FORMS = {
    FORM: ((*_STORED, *COLUMNS), _ASKED),
    5: ((*_STORED, *COLUMNS), _ASKED),  # calls do not say how they were identified
    _WITHOUT_CALLS: ((*_STORED, *COLUMNS), _ASKED),
    3: ((*_STORED, *_TAKEN), _statements((_AGE, *_OF_RUN))),
    # Runs named no scoring, nor attributes.
    2: ((*_STORED, *_TAKEN), _statements((_AGE, _OF_RUN[0], "''", "NULL"))),
    # There were only given scores.
    1: ((*_STORED, *_TAKEN), _statements((_AGE, "0", "''", "NULL"))),
}
"""Of each form of a snapshot, the names of what is asked for, and the statements."""


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
            call_id = question.call_id.replace("\0", "")
            asked = {"customer_id": found.customer.customer_id, "call_id": call_id}
            contacts = contact_query.contacts_in(run(contact_query.CONTACTS, asked), clock())
        except Exception:  # noqa: BLE001 - what the driver raises; the customer is known all the same
            question.broken = True
            return found
        return replace(found, customer=replace(found.customer, contacts=contacts)) if contacts else found

    return query


def who(run: Run, question: CustomerQuestion, form: int = FORM) -> Lookup:
    """The Query that asks who it is, and nothing else. `form` is that of a snapshot."""
    unknown = Unknown(f"not a known {'number' if question.by == 'phone' else question.by}")
    if question.by == "customer number" and not customer_rules.CUSTOMER_NUMBER.fullmatch(question.text):
        return unknown
    if "\0" in question.text:  # PostgreSQL knows no such text
        return unknown
    names, asked = _FORMS.get(form, _FORMS[FORM])
    rows = [dict(zip(names, row, strict=True)) for row in run(*_asked(question, asked))]
    match rows:
        case []:
            return unknown
        case [row]:
            try:
                return Found(customer_in(row if form < _WITHOUT_CALLS else row | effective(row)))
            except ValueError as error:
                # The database answered, so this is no reason to keep others from it.
                return Unavailable(f"the customer's row is damaged: {error}")
        case _:
            return Ambiguous(tuple(str(row["customer_id"]) for row in rows))


def _asked(question: CustomerQuestion, asked: Asked) -> tuple[str, Mapping[str, object]]:
    """Return the statement, and its values."""
    if question.by == "phone" and (other := other_form(question.text)):
        return asked["phone in two forms"], {"text": question.text, "other": other}
    return asked[question.by], {"text": question.text}


def last_known(oldest: float = OLDEST_SECONDS, clock: Callable[[], float] = time.time) -> Query:
    """The Query that asks a snapshot: Found has its age, and one older than `oldest` seconds is not used.

    `clock` gives Unix time in seconds.
    """

    whole = live(clock)

    def query(run: Run, question: CustomerQuestion) -> Lookup:
        rows = run("SELECT * FROM taken", {})
        taken = rows[0][0] if rows else None
        age = clock() - taken if isinstance(taken, float) else float("nan")
        if not -_AHEAD_SECONDS <= age <= oldest:
            return Unavailable("the snapshot is too old, or from the future")
        form = rows[0][1] if len(rows[0]) > 1 else 1
        found = whole(run, question) if form == FORM else who(run, question, form)
        return known_last(found, max(age, 0.0))

    return query


def known_last(found: Lookup, age: float) -> Lookup:
    """Make what was found so many seconds ago what is known last: no PIN can be checked now."""
    if not isinstance(found, Found):
        return found
    return replace(found, customer=replace(found.customer, has_pin=False), age_seconds=age)


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
