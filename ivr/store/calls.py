"""Calls as they are kept: how decisions and facts become rows, and how to read them back."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Row, or_, select

from ivr.domain.call import IncomingCall
from ivr.domain.customer import Scores
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
from ivr.domain.policy import Step
from ivr.store.engine import explained
from ivr.store.tables import calls, decisions, facts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

KINDS: dict[str, type[Fact]] = {
    kind.kind: kind
    for kind in (
        CallRouted,
        CallerAsked,
        CallHandled,
        QueueJoined,
        AgentRang,
        AgentDidNotAnswer,
        AgentConnected,
        CallCompleted,
        QueueLeft,
        CallEnded,
    )
}
_SHORTEST = 6  # characters; a shorter part of an identifier fits too many calls to mean one
_RECORDS = select(calls, decisions.c.decision, decisions.c.call, decisions.c.route_ms).outerjoin(
    decisions, decisions.c.call_id == calls.c.call_id
)
_NEWEST_FIRST = (calls.c.routed_at.desc().nulls_last(), calls.c.call_id.desc())
_HISTORY = [column.name for column in calls.columns]
_OF_DECISION = [field.name for field in fields(Decision) if field.name in decisions.c]
T = TypeVar("T")


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
        "history": asdict(record.history),
        "call": asdict(record.call) if record.call else None,
        "decision": asdict(record.decision) if record.decision else None,
        "route_ms": record.route_ms,
        "facts": [{"kind": fact.kind, **asdict(fact)} for fact in known],
    }


def from_json(data: object) -> tuple[CallRecord, list[Fact]] | None:
    """What `as_json` made; None when another version of this program made something else."""
    told = _mapping(data)
    history = _made(CallHistory, _mapping(told.get("history")))
    if history is None:
        return None
    record = CallRecord(history, _decision(told.get("decision")), _call(told.get("call")), told.get("route_ms"))
    happened = [_mapping(each) for each in told.get("facts") or ()]
    made = [_made(KINDS[each["kind"]], each) for each in happened if each.get("kind") in KINDS]
    return record, [fact for fact in made if fact is not None]


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


def find_call(engine: Engine, name: str) -> CallRecord | None:
    """The call with this call_id or SIP Call-ID, or the only one of which this is the beginning or the end.

    A part must have six characters, and may be in capitals or not. Raises StoreError.
    """
    if "\0" in name:
        return None  # nothing is stored with it
    ids = (calls.c.call_id, calls.c.sip_call_id)
    parts = [part for c in ids for part in (c.istartswith(name, autoescape=True), c.iendswith(name, autoescape=True))]
    with explained(engine), engine.connect() as connection:
        if whole := _at_most_two(connection, or_(*(c == name for c in ids))) if name else []:
            return _record(whole[0])  # of two with the same Call-ID the newer one
        close = _at_most_two(connection, or_(*parts)) if len(name) >= _SHORTEST else []
        return _record(close[0]) if len(close) == 1 else None


def facts_of(engine: Engine, call_id: str) -> list[Fact]:
    """What happened to a call, in order, but for kinds that this version does not know. Raises StoreError."""
    query = select(facts).where(facts.c.call_id == call_id).order_by(facts.c.at, facts.c.id)
    with explained(engine), engine.connect() as connection:
        found = [
            _made(KINDS[row.kind], {**_mapping(row.data), "call_id": row.call_id, "at": row.at})
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
    everything, asked = _without_nul(_plain(decision)), _without_nul(_plain(call))
    columns = {name: everything[name] for name in _OF_DECISION}
    everything["scores"] = _plain(decision.scores)
    everything["steps"] = [_plain(step) for step in decision.steps]
    return columns | {
        "at": call.arrived_at,
        "route_ms": route_ms,
        "decision": json.dumps(everything),
        "call": json.dumps(asked),
    }


def fact_row(fact: Fact) -> dict[str, Any]:
    """The row of `facts` for a fact, as drivers take it. Raises ValueError for a NUL in it."""
    data = _without_nul(_plain(fact))
    return {"call_id": data.pop("call_id"), "at": data.pop("at"), "kind": fact.kind, "data": json.dumps(data)}


def history_row(history: CallHistory) -> dict[str, Any]:
    """The row of `calls` for a history."""
    return _plain(history)


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


def _plain(record: "DataclassInstance") -> dict[str, Any]:
    """The record's fields: `asdict` without its deep copies, which take longer than all else."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _at_most_two(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return connection.execute(_RECORDS.where(condition).order_by(*_NEWEST_FIRST).limit(2)).all()


def _record(row: Row[Any]) -> CallRecord:
    return CallRecord(_history(row), _decision(row.decision), _call(row.call), row.route_ms)


def _decision(data: object) -> Decision | None:
    decision = _mapping(data)
    steps = [_made(Step, _tuples(_mapping(step))) for step in decision.get("steps") or ()]
    if None in steps:
        return None
    made = {"scores": _made(Scores, _mapping(decision.get("scores"))), "steps": tuple(steps)}
    return _made(Decision, {**_tuples(decision), **made})


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    """The same: JSON has lists where records have tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _call(data: object) -> IncomingCall | None:
    return _made(IncomingCall, _mapping(data))


def _history(row: Row[Any]) -> CallHistory:
    return CallHistory(**{name: row._mapping[name] for name in _HISTORY})


def _without_nul(data: dict[str, Any]) -> dict[str, Any]:
    """The same; PostgreSQL has no text with a NUL, so neither has SQLite."""
    if bad := [name for name, value in data.items() if isinstance(value, str) and "\0" in value]:
        raise ValueError(f"{bad[0]} has a NUL in it")
    return data


def _mapping(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _made(kind: type[T], data: dict[str, Any]) -> T | None:
    """A `kind` from stored data; None when another version of this program stored something else."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # T is always a dataclass here
    try:
        return kind(**{name: value for name, value in data.items() if name in names})
    except TypeError:
        return None
