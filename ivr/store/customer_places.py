"""The places of customers in what runs keep: see score_layout.py."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, select, text

from ivr.store.engine_reading import driver_rows
from ivr.store.score_layout import PLACES
from ivr.store.tables import customer_places, customers, score_runs

NOWHERE = -1
_NEW = (
    "SELECT customers.customer_id FROM customers "
    "LEFT JOIN customer_places ON customer_places.customer_id = customers.customer_id "
    "WHERE customers.customer_id > :after AND customer_places.place IS NULL "
    "ORDER BY customers.customer_id LIMIT :count"
)
_GIVE = (
    "INSERT INTO customer_places (customer_id, place) "  # noqa: S608 - words of ours
    "SELECT customer_id, :first - 1 + ROW_NUMBER() OVER (ORDER BY customer_id) "
    f"FROM ({_NEW}) AS new"
)


def are_whole(connection: Connection) -> bool:
    """Whether every customer has a place, and every place a customer."""
    tables = customers, customer_places, customers.join(customer_places)
    counted = [select(func.count()).select_from(each) for each in tables]
    return len({connection.execute(each).scalar_one() for each in counted}) == 1


def take_back(connection: Connection) -> None:
    """Take the places of those who are no customers: where SQLite was told to mind no keys."""
    there = select(customers.c.customer_id)
    gone = customer_places.c.customer_id.not_in(there)
    connection.execute(delete(customer_places).where(gone))


def give(connection: Connection, after: str, count: int) -> tuple[str | None, int]:
    """Give places to the next `count` customers after this one who have none.

    Returns the last of them, None where these were all, and the end of the places that there are.
    """
    first = _first_free(connection)
    values = {"first": first, "after": after, "count": count}
    given = connection.execute(text(_GIVE), values).rowcount
    whose = select(customer_places.c.customer_id)
    last = whose.where(customer_places.c.place == first + count - 1)
    return connection.execute(last).scalar(), first + given


def places(
    connection: Connection,
    names: Sequence[str],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the places of these customers, and of each place whether it is anybody's.

    NOWHERE is no place. Of the places, there are as many as whole chunks have.
    """
    numbers = {name: n for n, name in enumerate(names)}
    found = np.full(len(names), NOWHERE)
    parts = [np.zeros(0, dtype=np.int64)]
    for rows in driver_rows(connection, "SELECT customer_id, place FROM customer_places"):
        there = np.array([place for _, place in rows])
        whose = np.array([numbers.get(name, NOWHERE) for name, _ in rows])
        known = whose != NOWHERE
        found[whose[known]] = there[known]
        parts.append(there)
    everybody = np.concatenate(parts)
    chunks = int(everybody.max(initial=NOWHERE)) // PLACES + 1
    taken = np.zeros(chunks * PLACES, dtype=bool)
    taken[everybody] = True
    return found, taken


def _first_free(connection: Connection) -> int:
    """Return the first place that nobody has or ever had."""
    last = connection.execute(select(func.max(customer_places.c.place))).scalar()
    given = connection.execute(select(func.max(score_runs.c.places))).scalar()
    return max(-1 if last is None else last, (given or 0) - 1) + 1
