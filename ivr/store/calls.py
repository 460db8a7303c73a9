"""Calls as they are kept: how decisions and facts become rows, and how to read them back."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Text, and_, cast, func, or_, select

from ivr.domain.call import IncomingCall
from ivr.domain.decision import Decision
from ivr.domain.history import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallHandled,
    CallHistory,
    CallRouted,
    Fact,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.plain import deep, for_json, made, shallow
from ivr.store.engine import explained
from ivr.store.tables import calls, decisions, facts

KINDS: dict[str, type[Fact]] = {
    kind.kind: kind
    for kind in (
        CallRouted,
        CallerAsked,
        QueueJoined,
        AgentRang,
        AgentDidNotAnswer,
        AgentConnected,
        CallCompleted,
        QueueLeft,
        CallHandled,
        CallEnded,
    )
}
_SHORTEST = 6  # characters; a shorter part of an identifier fits too many calls to mean one
_DECIDED = (decisions.c.decision, decisions.c.call, decisions.c.route_ms)
_RECORDS = select(*calls.columns, *_DECIDED).outerjoin_from(calls, decisions, decisions.c.call_id == calls.c.call_id)
_NEWEST_FIRST = (calls.c.routed_at.desc().nulls_last(), calls.c.call_id.desc())
_WIDTH = len(calls.columns)
_OF_DECISION = [field.name for field in fields(Decision) if field.name in decisions.c]
_AT_ONCE = 1000  # records that are in memory at a time


@dataclass(frozen=True, slots=True)
class CallRecord:
    """All that is known of one call. `route_ms` is the time that deciding took, in milliseconds.

    The last three are None when the service decided nothing about the call, or wrote it in a form that this
    version cannot read.
    """

    history: CallHistory
    decision: Decision | None
    call: IncomingCall | None
    route_ms: float | None


def as_json(record: CallRecord, known: Sequence[Fact]) -> dict[str, Any]:
    """A call and what happened to it, as JSON has it; `from_json` reads it back."""
    return {
        "history": deep(record.history),
        "call": deep(record.call),
        "decision": deep(record.decision),
        "route_ms": record.route_ms,
        "facts": [{"kind": fact.kind, **deep(fact)} for fact in known],
    }


def from_json(data: object) -> tuple[CallRecord, list[Fact]] | None:
    """What `as_json` made; None when another version of this program made something else."""
    told = _mapping(data)
    history = made(CallHistory, told.get("history"))
    if history is None:
        return None
    decision, call = made(Decision, told.get("decision")), made(IncomingCall, told.get("call"))
    happened = [_mapping(each) for each in told.get("facts") or ()]
    read = [made(KINDS[each["kind"]], each) for each in happened if each.get("kind") in KINDS]
    return CallRecord(history, decision, call, told.get("route_ms")), [fact for fact in read if fact is not None]


def last_calls(engine: Engine, n: int) -> list[CallRecord]:
    """The `n` calls that arrived last, newest first. Raises StoreError."""
    with explained(engine), engine.connect() as connection:
        rows = connection.execute(_RECORDS.order_by(*_NEWEST_FIRST).limit(max(0, n))).all()
        return [_record(row) for row in rows]


def calls_since(engine: Engine, at: float) -> list[CallRecord]:
    """The calls that were routed at `at` or later (Unix time), in their order. Raises StoreError."""
    query = _RECORDS.where(calls.c.routed_at >= at).order_by(calls.c.routed_at, calls.c.call_id)
    with explained(engine), engine.connect() as connection:
        return [_record(row) for row in connection.execute(query)]


def recorded(engine: Engine, since: float, until: float) -> Iterator[CallRecord]:
    """The calls that the service decided on from `since` until before `until` (Unix time), in their order.

    However many there are, the rows of a thousand are in memory at a time, and no read is left open between them: one
    would keep SQLite from tidying up. Raises StoreError.
    """
    from pydantic_core import from_json  # noqa: PLC0415 - twice as fast as json, and few read so many

    def parsed(text: str) -> object:
        try:
            return from_json(text)
        except ValueError:  # it knows no half of a surrogate pair, which json does
            return json.loads(text)

    at, call_id = decisions.c.at, decisions.c.call_id
    query = (
        select(*calls.columns, cast(decisions.c.decision, Text), cast(decisions.c.call, Text), decisions.c.route_ms, at)
        .join_from(decisions, calls, calls.c.call_id == call_id)
        .where(at < until)
        .order_by(at, call_id)
        .limit(_AT_ONCE)
    )
    beyond = at >= since
    while True:
        with explained(engine), engine.connect() as connection:
            rows = connection.execute(query.where(beyond)).all()
        with explained(engine):
            # Read one by one: a thousand decisions taken apart at a time are more than a processor has at hand, and
            # that takes four times as long.
            for *history, decision, call, route_ms, _ in rows:
                yield CallRecord(
                    CallHistory(*history), made(Decision, parsed(decision)), made(IncomingCall, parsed(call)), route_ms
                )
        if len(rows) < _AT_ONCE:
            return
        last_at, last_id = rows[-1].at, rows[-1].call_id
        beyond = and_(at >= last_at, or_(at > last_at, call_id > last_id))


def count(engine: Engine, since: float, until: float) -> int:
    """How many calls `recorded` has. Raises StoreError."""
    query = (
        select(func.count())
        .select_from(decisions)
        .join(calls, calls.c.call_id == decisions.c.call_id)
        .where(decisions.c.at >= since, decisions.c.at < until)
    )
    with explained(engine), engine.connect() as connection:
        return connection.execute(query).scalar_one()


def find_call(engine: Engine, name: str) -> CallRecord | None:
    """The call with this call_id or SIP Call-ID, or the only one of which this is the beginning or the end.

    A part must have six characters, and may be in capitals or not. Raises StoreError.
    """
    if "\0" in name:
        return None  # nothing is stored with it
    ids = (calls.c.call_id, calls.c.sip_call_id)
    parts = [part for c in ids for part in (c.istartswith(name, autoescape=True), c.iendswith(name, autoescape=True))]
    with explained(engine), engine.connect() as connection:
        for c in (
            ids if name else ()
        ):  # its own name first: a caller chooses the Call-ID, and may choose another call's name
            if whole := _at_most_two(connection, c == name):
                return _record(whole[0])  # of two with the same Call-ID the newer one
        close = _at_most_two(connection, or_(*parts)) if len(name) >= _SHORTEST else []
        return _record(close[0]) if len(close) == 1 else None


def facts_of(engine: Engine, call_id: str) -> list[Fact]:
    """What happened to a call, in order, but for kinds that this version does not know. Raises StoreError."""
    query = select(facts).where(facts.c.call_id == call_id).order_by(facts.c.at, facts.c.id)
    with explained(engine), engine.connect() as connection:
        found = [
            made(KINDS[row.kind], {**_mapping(row.data), "call_id": row.call_id, "at": row.at})
            for row in connection.execute(query)
            if row.kind in KINDS
        ]
    return [fact for fact in found if fact is not None]


def open_calls(engine: Engine) -> list[str]:
    """The call_ids of calls whose end has not been seen. Raises StoreError."""
    query = select(calls.c.call_id).where(calls.c.ended_at.is_(None)).order_by(calls.c.call_id)
    with explained(engine), engine.connect() as connection:
        return list(connection.execute(query).scalars())


def decision_row(call: IncomingCall, decision: Decision, route_ms: float) -> dict[str, Any]:
    """The row of `decisions` for a decision, as drivers take it. Raises ValueError for a NUL in it."""
    everything, asked = _without_nul(shallow(decision)), _without_nul(shallow(call))
    columns = {name: everything[name] for name in _OF_DECISION}
    return columns | {
        "at": call.arrived_at,
        "route_ms": route_ms,
        "decision": _json(everything),
        "call": _json(asked),
    }


def fact_row(fact: Fact) -> dict[str, Any]:
    """The row of `facts` for a fact, as drivers take it. Raises ValueError for a NUL in it."""
    data = _without_nul(shallow(fact))
    return {"call_id": data.pop("call_id"), "at": data.pop("at"), "kind": fact.kind, "data": _json(data)}


def history_row(history: CallHistory) -> dict[str, Any]:
    """The row of `calls` for a history."""
    return shallow(history)


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call's history, and the facts (kind and time) that are in it."""

    history: CallHistory
    told: frozenset[tuple[str, float]] = frozenset()


def load_calls(connection: Connection, call_ids: Collection[str]) -> dict[str, KnownCall]:
    """Those of the calls that are in the database."""
    told: dict[str, set[tuple[str, float]]] = {}
    for call_id, kind, at in connection.execute(
        select(facts.c.call_id, facts.c.kind, facts.c.at).where(facts.c.call_id.in_(call_ids))
    ):
        told.setdefault(call_id, set()).add((kind, at))
    rows = connection.execute(select(calls).where(calls.c.call_id.in_(call_ids)))
    return {row.call_id: KnownCall(_history(row), frozenset(told.get(row.call_id, ()))) for row in rows}


def _at_most_two(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Sequence[Any]]:
    return connection.execute(_RECORDS.where(condition).order_by(*_NEWEST_FIRST).limit(2)).all()


def _record(row: Sequence[Any]) -> CallRecord:
    """The record in a row of the columns of `calls` and _DECIDED."""
    decision, call, route_ms = row[_WIDTH : _WIDTH + len(_DECIDED)]
    return CallRecord(_history(row), made(Decision, decision), made(IncomingCall, call), route_ms)


def _history(row: Sequence[Any]) -> CallHistory:
    return CallHistory(*row[:_WIDTH])  # the columns of `calls` are its fields, in their order


def _without_nul(data: dict[str, Any]) -> dict[str, Any]:
    """The same; PostgreSQL has no text with a NUL, so neither has SQLite."""
    if bad := [name for name, value in data.items() if isinstance(value, str) and "\0" in value]:
        raise ValueError(f"{bad[0]} has a NUL in it")
    return data


def _json(data: dict[str, Any]) -> str:
    """The JSON of what may have records in it. Raises ValueError for a NUL or NaN anywhere, TypeError for an object."""
    written = json.dumps(data, default=for_json, allow_nan=False)
    if "\\u0000" in written and _has_nul(json.loads(written)):
        raise ValueError("there is a NUL in it")
    return written


def _has_nul(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_nul, [*value, *value.values()]))
    return any(map(_has_nul, value)) if isinstance(value, list) else isinstance(value, str) and "\0" in value


def _mapping(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}
