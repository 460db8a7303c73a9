"""Customers who have left: who they are among those that are stored, and taking them out.

What is recorded of their calls stays for as long as calls are kept.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Engine, bindparam, delete, func, select

from ivr.errors import RemovalError
from ivr.store.engine import Prepared, explained, writing
from ivr.store.tables import customers, phones

MOST_SHARE = 0.1
"""Of all customers, whom an import removes without being told how many that may be."""
_AT_ONCE = 5_000  # customers in one transaction, or a call's record would wait long for its turn
_ASKED = 1_000  # in one question


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who would be removed: these of the `stored` customers.

    `named` are the first of them, with their names; `unknown` is how many of a list are no
    customers.
    """

    customers: tuple[str, ...] = ()
    stored: int = 0
    named: tuple[tuple[str, str], ...] = ()
    unknown: int = 0

    def refuse_many(self, allowed: int | None) -> None:
        """Raise RemovalError for more than are `allowed`; None for more than a share of all."""
        count = len(self.customers)
        if count <= (MOST_SHARE * self.stored if allowed is None else allowed):
            return
        share = f"{count:,} of {self.stored:,} customers ({100 * count / self.stored:.0f} %)"
        limit = f"{100 * MOST_SHARE:.0f} % are" if allowed is None else f"{allowed:,} are"
        raise RemovalError(
            f"{share} would be removed, and at most {limit} without being told: "
            "nothing was changed. "
            f"--dry-run shows them; --remove-up-to {count} removes them"
        )


def who_leaves(
    engine: Engine,
    listed: Collection[str],
    only: Collection[str] | None = None,
    most: int = 10,
) -> Leaving:
    """Return who of the stored customers is `listed`, and, with `only`, who is not in that.

    `most` of them are named. Raises StoreError.
    """
    with explained(engine), engine.connect() as connection:
        stored = connection.execute(select(func.count()).select_from(customers)).scalar_one()
        leaving = set(_stored(connection, listed))
        unknown = len(listed) - len(leaving)
        if only is not None:
            streaming = connection.execution_options(yield_per=_AT_ONCE)
            every = streaming.execute(select(customers.c.customer_id)).scalars()
            leaving |= {name for name in every if name not in only}
        first = customers.c.customer_id.in_(sorted(leaving)[:most])
        asked = select(customers.c.customer_id, customers.c.name).where(first)
        named = sorted((row[0], row[1]) for row in connection.execute(asked))
    return Leaving(tuple(sorted(leaving)), stored, tuple(named), unknown)


def remove(
    engine: Engine,
    leaving: Sequence[str],
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Remove these customers, in batches; return how many there were. Raises StoreError."""
    removal, done = Removal(engine), 0
    for some in _pieces(leaving, _AT_ONCE):
        with explained(engine), writing(engine) as connection:
            done += removal.remove(connection, some)
        progress(done)
    return done


class Removal:
    """Statements that take customers, or their numbers, out of the tables."""

    def __init__(self, engine: Engine) -> None:
        """Make them ready."""
        self._phones = Prepared(
            engine,
            delete(phones).where(phones.c.customer_id == bindparam("left")),
        )
        self._customers = Prepared(
            engine,
            delete(customers).where(customers.c.customer_id == bindparam("left")),
        )

    def forget_phones(self, connection: Connection, names: Sequence[str]) -> None:
        """Take out the numbers of these customers."""
        self._phones(connection, [{"left": name} for name in names])

    def remove(self, connection: Connection, names: Sequence[str]) -> int:
        """Take out these customers, with numbers and scores; return how many there were."""
        found = list(_stored(connection, names))
        self.forget_phones(connection, found)
        self._customers(connection, [{"left": name} for name in found])
        return len(found)


def _stored(connection: Connection, names: Iterable[str]) -> Iterator[str]:
    for some in _pieces(names, _ASKED):
        asked = select(customers.c.customer_id).where(customers.c.customer_id.in_(some))
        yield from connection.execute(asked).scalars()


def _pieces(names: Iterable[str], size: int) -> Iterator[list[str]]:
    every = iter(names)
    return iter(lambda: list(islice(every, size)), [])
