"""What is given about customers, put into a database of the tests' own: nobody else is in it afterwards.

`python -m ivr.qa.scenarios.given_customers` does it with the database of the settings, and with the
customers and the data that standard input names: JSON of them, as in a scenario file. It prints the
number of the last change that this made.
"""

import csv
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Engine, bindparam, delete, update

from ivr import settings as settings_module
from ivr.domain.calls.events import (
    AgentConnected,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallRouted,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.scoring.runs import CustomerScore
from ivr.errors import IvrError
from ivr.qa.scenarios import given_data
from ivr.qa.scenarios.form import Contact, Given, GivenCustomer
from ivr.service import customer_import as service
from ivr.settings import Settings
from ivr.store import changes, migrate
from ivr.store.calls import open_calls
from ivr.store.customer_columns import NAMES
from ivr.store.engine import explained, writer, writing
from ivr.store.engine_reading import EngineReading
from ivr.store.journal import DatabaseJournal
from ivr.store.pins import hashed
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.tables import (
    calls,
    customer_places,
    customers,
    decisions,
    facts,
    metric_chunks,
    phones,
    pin_tries,
    score_chunks,
    score_runs,
)

ENDS_SECONDS = 2.0  # for calls that have just ended; others may have been lost sight of
_EMPTIED = (
    facts,
    decisions,
    calls,
    pin_tries,
    phones,
    customer_places,
    score_chunks,
    metric_chunks,
    score_runs,
    customers,
)
_WRITE_SECONDS = 10.0


def passed(customers: Sequence[GivenCustomer], data: Mapping[str, str]) -> bytes:
    """Return customers and data as they are passed to another process."""
    given = Given(customers=tuple(customers), data=dict(data))
    return given.model_dump_json(by_alias=True, exclude_none=True, include={"customers", "data"}).encode()


def replace_all(
    settings: Settings,
    given: Sequence[GivenCustomer],
    now: float | None = None,
    data: Mapping[str, str] | None = None,
) -> int:
    """Empty the database and put these customers and their earlier calls into it.

    Returns the number of the last change that this made.

    Where there is `data`, CSV texts by source, a run makes their scores of it.

    `now` is the Unix time by which they called some time ago, and at which their scores come in; the time that it is,
    unless said otherwise.
    Raises IvrError when one of them is not as customers are, naming the column.
    """
    engine = writer(settings.database_url)
    try:
        migrate.upgrade(engine)
        _wait_for_ends(engine)
        with explained(engine), writing(engine) as connection:
            for table in _EMPTIED:
                connection.execute(delete(table))
        if not given:
            return _last_change(engine)
        at = time.time() if now is None else now
        _remember(engine, given, at)
        _import(settings, given)
        with explained(engine), writing(engine) as connection:
            connection.execute(update(customers).values(updated_at=at, scored_at=at))
        if data:
            given_data.calculate(settings, engine, data, at)
        else:
            _calculate(engine, given, at)
        return _last_change(engine)
    finally:
        engine.dispose()


def _wait_for_ends(engine: Engine) -> None:
    """Wait until the calls before have ended on record: who writes that then writes them anew."""
    until = time.monotonic() + ENDS_SECONDS
    while open_calls(engine) and time.monotonic() < until:
        time.sleep(0.02)


def _last_change(engine: Engine) -> int:
    with EngineReading(engine).asking() as run:
        return changes.last(run)


def _import(settings: Settings, given: Sequence[GivenCustomer]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, NAMES)
            rows.writeheader()
            rows.writerows(_row(customer) for customer in given)
        order = service.ImportOrder(path)
        report = service.import_customers(settings, order, lambda done, all_rows: None)
    if report.problems:
        raise IvrError(f"given customers: {'; '.join(problem.partition(': ')[2] for problem in report.problems)}")


def _calculate(engine: Engine, given: Sequence[GivenCustomer], at: float) -> None:
    """Write the attributes as a run would have."""
    known = [each for each in given if each.attributes]
    if not known:
        return
    runs = DatabaseScoreRuns(engine)
    run = runs.begin("given", "given", at)
    runs.write_rows(run, [CustomerScore(c.id, None, None, None, {}, c.attributes) for c in known])
    runs.finish(run, at)


def _row(customer: GivenCustomer) -> dict[str, str]:
    """The row of an import file: its other columns have the names that they have in a scenario."""
    special = {
        "customer_id": customer.id, "name": customer.name or customer.id, "phones": ";".join(customer.phone),
        "pin_hash": hashed(customer.pin, cheap=True) if customer.pin else "",
    }  # fmt: skip
    return special | {name: _cell(getattr(customer, name)) for name in NAMES if name not in special}


def _cell(value: object) -> str:
    """A value as an import file has it."""
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case tuple():
            return ";".join(value)
        case _:
            return str(value)


def _remember(engine: Engine, given: Sequence[GivenCustomer], now: float) -> None:
    """Write the earlier calls as the service itself would have."""
    past = [(customer, contact) for customer in given for contact in customer.history]
    if not past:
        return
    journal = DatabaseJournal(engine)
    callers = []
    for number, (customer, contact) in enumerate(past, 1):
        callers.append({"call": f"given-{number}", "customer": customer.id})
        for event in _events(f"given-{number}", customer.phone[0], contact, now):
            journal.happened(event)
    if not journal.close(_WRITE_SECONDS):
        raise IvrError("the earlier calls of given customers could not be written within 10 s")
    whose = update(calls).where(calls.c.call_id == bindparam("call")).values(customer_id=bindparam("customer"))
    with explained(engine), writing(engine) as connection:
        connection.execute(whose, callers)  # as the decisions would have said


def _events(call_id: str, number: str, contact: Contact, now: float) -> list[CallEvent]:
    at = now - contact.seconds
    queue = contact.queue
    happened: list[CallEvent] = [
        CallRouted(
            call_id, at, call_id, number, "1000", "carrier", "", "live", contact.segment or "", queue, 10, "queue"
        ),
        QueueJoined(call_id, at + 1, queue, 1),
    ]
    if contact.outcome == "abandoned":
        happened.append(QueueLeft(call_id, at + 61, queue, "ABANDON"))
    else:
        happened.append(AgentConnected(call_id, at + 11, queue, "an agent", "PJSIP/agent", 10))
        happened.append(CallCompleted(call_id, at + 71, queue, "an agent", 60, "caller"))
    return [*happened, CallEnded(call_id, at + 72, 16)]


def main() -> None:
    """Replace all; a mistake ends the program with one line."""
    try:
        given = Given.model_validate_json(sys.stdin.buffer.read())
        print(replace_all(settings_module.load(), given.customers, data=given.data))  # noqa: T201
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        sys.exit(f"given customers: {where}: {first['msg']}" if where else f"given customers: {first['msg']}")
    except IvrError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
