"""Forgetting what is personal in old calls: few at a time, so that no other writer waits.

Each batch is a transaction, and what is done is on record (`forgotten_calls`): whoever is stopped
in the middle goes on there the next time, and two at once do no harm.
"""

import json
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Text,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    update,
)

from ivr.domain.calls.forgetting import (
    EVENTS_WITH_NUMBERS,
    FORGOTTEN,
    call_left,
    decision_left,
    event_left,
    number_of,
)
from ivr.store.engine import explained, insert_new, writer, writing
from ivr.store.history_tables import talks
from ivr.store.number_key import NumberKey, kept_or_made
from ivr.store.search_tables import forgotten_calls
from ivr.store.tables import calls, decisions, facts

DAY = 86_400.0
BATCH = 150  # calls in a transaction, which has five rows of each, or so
_LOOKED_AT = 5000  # calls whose keys are read at once
_PAUSE = 0.05  # seconds between two transactions of the service's: others get their turn
_BEGINNING = -1e300
_DUE = forgotten_calls.c.call_id.is_(None)
_CALLS = calls.outerjoin(forgotten_calls, forgotten_calls.c.call_id == calls.c.call_id)


@dataclass(frozen=True, slots=True)
class OldCalls:
    """Calls that are due to be forgotten: how many, and when the first and last were routed."""

    count: int
    first: float | None
    last: float | None


def old_calls(engine: Engine, before: float) -> OldCalls:
    """Say which were routed before then (Unix time), and are not forgotten yet. StoreError."""
    at = calls.c.routed_at
    asked = select(func.count(), func.min(at), func.max(at)).select_from(_CALLS)
    with explained(engine), engine.connect() as connection:
        return OldCalls(*connection.execute(asked.where(_DUE, at < before)).one())


def forget(
    engine: Engine,
    key: NumberKey,
    before: float,
    clock: Callable[[], float] = time.time,
) -> Generator[int, None, None]:
    """Forget what is personal in the calls that were routed before then (Unix time).

    Gives after each batch how many were in it. Raises StoreError.
    """
    at, call_id = calls.c.routed_at, calls.c.call_id
    asked = (
        select(at, call_id, _DUE.label("due"))
        .select_from(_CALLS)
        .where(at < before)
        .order_by(at, call_id)
        .limit(_LOOKED_AT)
    )
    beyond: ColumnElement[bool] = at >= _BEGINNING
    while True:
        with explained(engine), engine.connect() as connection:
            rows = connection.execute(asked.where(beyond)).all()
        due = [row.call_id for row in rows if row.due]
        for begin in range(0, len(due), BATCH):
            batch = due[begin : begin + BATCH]
            with explained(engine):
                _forget(engine, key, batch, clock())
            yield len(batch)
        if len(rows) < _LOOKED_AT:
            return
        last = rows[-1]
        beyond = and_(at >= last.routed_at, or_(at > last.routed_at, call_id > last.call_id))


def forget_old(url: str, key_file: Path, before: float) -> int:
    """Do the same beside the calls, with pauses; how many were forgotten. Raises StoreError."""
    engine = writer(url, create=False)
    done = 0
    try:
        if old_calls(engine, before).count:
            for count in forget(engine, kept_or_made(key_file), before):
                done += count
                time.sleep(_PAUSE)
    finally:
        engine.dispose()
    return done


def _forget(engine: Engine, key: NumberKey, call_ids: Sequence[str], now: float) -> None:
    with engine.connect() as connection:
        decided = {row["call_id"]: row for row in _decisions(connection, call_ids)}
        events = list(_events(connection, call_ids))
        numbers = select(calls.c.call_id, calls.c.caller_number)
        known = connection.execute(numbers.where(calls.c.call_id.in_(call_ids))).all()
    left, gone = [], []
    for call_id, number in known:
        row = decided.get(call_id)
        hashed = key.hashed(number_of(number, row["decision"] if row else None))
        left.append({"of": call_id, "number": FORGOTTEN if number else ""})
        gone.append({"call_id": call_id, "forgotten_at": now, "number_hash": hashed})
    with writing(engine) as connection:
        if engine.dialect.name == "sqlite":  # else it stays in the file's free space
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        _write(connection, left, [_left_of(row) for row in decided.values()], events)
        if gone:
            connection.execute(insert_new(connection, forgotten_calls), gone)


def _write(
    connection: Connection,
    left: list[dict[str, Any]],
    decided: list[dict[str, Any]],
    events: list[dict[str, Any]],
) -> None:
    of_call = update(calls).where(calls.c.call_id == bindparam("of"))
    of_decision = update(decisions).where(decisions.c.call_id == bindparam("of"))
    of_event = update(facts).where(facts.c.id == bindparam("of"))
    if left:
        to = {"caller_number": bindparam("number"), "sip_call_id": ""}
        connection.execute(of_call.values(to), left)
        passed = update(talks).where(talks.c.call_id.in_([row["of"] for row in left]))
        passed = passed.where(talks.c.passed_to != "")
        connection.execute(passed.values(passed_to=FORGOTTEN))
    if decided:
        names = ("reason", "decision", "call")
        to = {name: bindparam(f"new_{name}") for name in names}
        connection.execute(of_decision.values(to), decided)
    if events:
        connection.execute(of_event.values(data=bindparam("new_data")), events)


def _decisions(connection: Connection, call_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    # As text, for each driver makes something else of JSON.
    table = decisions.c
    texts = cast(table.decision, Text), cast(table.call, Text)
    asked = select(table.call_id, table.reason, *texts).where(table.call_id.in_(call_ids))
    for call_id, reason, decision, call in connection.execute(asked):
        told = {"reason": reason, "decision": _read(decision), "call": _read(call)}
        yield {"call_id": call_id, **told}


def _left_of(row: dict[str, Any]) -> dict[str, Any]:
    told = row["decision"] if isinstance(row["decision"], dict) else {}
    left = decision_left({**told, "reason": row["reason"]}, row["call"])
    whole = left if told else {}
    return {
        "of": row["call_id"],
        "new_reason": left["reason"],
        "new_decision": whole,
        "new_call": call_left(row["call"]),
    }


def _events(connection: Connection, call_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    table = facts.c
    asked = select(table.id, cast(table.data, Text)).where(
        table.call_id.in_(call_ids), table.kind.in_(EVENTS_WITH_NUMBERS)
    )
    for id_, data in connection.execute(asked):
        yield {"of": id_, "new_data": event_left(_read(data))}


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:  # somebody damaged it: nothing of it stays
        return None
