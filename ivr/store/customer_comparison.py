"""What an import would change, without changing anything: `ivr import customers --dry-run`."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Engine, select

from ivr.domain.ports import NumberPlan
from ivr.store.customer_batches import checked_batches
from ivr.store.customer_columns import STORED, Kind
from ivr.store.customer_row import Good, RowCheck
from ivr.store.customer_survey import FileSurvey
from ivr.store.customers_csv import RowCounts
from ivr.store.engine import explained
from ivr.store.tables import customers, phones

Value = str | float | bool | None
_ASKED = 1_000  # customers in one question
_HIDDEN = {column.name for column in STORED if column.kind is Kind.PIN_HASH}


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """What would change of a known customer: each column with what is stored, and what would be."""

    line: int
    customer: str
    columns: tuple[tuple[str, Value, Value], ...]


@dataclass(slots=True)
class ImportComparison:
    """What came of comparing a file with what is stored.

    `first` are the first rows as they are read: line, and each column with its value. `changes` are
    the first changes.
    """

    told: RowCounts
    new: int = 0
    changed: int = 0
    same: int = 0
    first: list[tuple[int, dict[str, Value]]] = field(default_factory=list)
    changes: list[CustomerChange] = field(default_factory=list)


def compare(
    engine: Engine | None,
    found: FileSurvey,
    numbers: NumberPlan,
    region: str,
    progress: Callable[[int, int], None],
    most: int = 10,
) -> ImportComparison:
    """Compare the file with what is stored (None: nothing). Raises StoreError.

    `most` rows and changes are kept.
    """
    made = ImportComparison(RowCounts(found.path))
    check = RowCheck(found.layout, numbers, region, time.time(), found.decimal)
    given = [column.name for column in STORED if column.name in found.layout.given]
    with found.reading() as rows, checked_batches(check, rows, found.rows) as batches:
        for batch in batches:
            made.told.add(batch)
            for good in islice(batch.good, max(0, most - len(made.first))):
                made.first.append((good[0], _shown(good, given)))
            for change in _changes(engine, batch.good, given):
                if change is None:
                    made.new += 1
                elif not change.columns:
                    made.same += 1
                else:
                    made.changed += 1
                    if len(made.changes) < most:
                        made.changes.append(change)
            progress(made.told.done, found.rows)
    return made


def _shown(good: Good, given: Sequence[str]) -> dict[str, Value]:
    _, customer, numbers = good
    return {name: _hidden(name, customer[name]) for name in given} | {"phones": ";".join(numbers)}


def _hidden(name: str, value: Value) -> Value:
    return "a hash" if name in _HIDDEN and value else value


def _changes(
    engine: Engine | None,
    good: Sequence[Good],
    given: Sequence[str],
) -> Iterator[CustomerChange | None]:
    """Give what would change of each customer; None for a new one."""
    rows = iter(good)
    while some := list(islice(rows, _ASKED)):
        names = [customer["customer_id"] for _, customer, _ in some]
        stored = _stored(engine, names, given) if engine else {}
        for line, customer, numbers in some:
            before = stored.get(customer["customer_id"])
            if before is None:
                yield None
                continue
            after = {name: customer[name] for name in given} | {"phones": ";".join(sorted(numbers))}
            columns = tuple(
                (name, _hidden(name, before[name]), _hidden(name, value))
                for name, value in after.items()
                if before[name] != value
            )
            yield CustomerChange(line, customer["customer_id"], columns)


def _stored(
    engine: Engine,
    names: Sequence[str],
    given: Sequence[str],
) -> dict[str, dict[str, Any]]:
    """Return what is stored of the given columns of these customers, and their numbers in order."""
    asked = select(*(customers.c[name] for name in given)).where(customers.c.customer_id.in_(names))
    numbers = select(phones.c.customer_id, phones.c.number).where(phones.c.customer_id.in_(names))
    with explained(engine), engine.connect() as connection:
        rows = connection.execute(asked).mappings()
        found = {row["customer_id"]: {**row, "phones": ""} for row in rows}
        for customer, number in connection.execute(numbers.order_by(phones.c.number)):
            before = found[customer]["phones"]
            found[customer]["phones"] = f"{before};{number}" if before else number
    return found
