"""Calls as they are kept: how decisions and events become rows, and how to read them back."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Text, and_, cast, delete, func, or_, select

from ivr.domain.calls.events import CallEvent
from ivr.domain.calls.history import CallHistory, Story
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.domain.calls.stays import Course, Stay, Talk
from ivr.domain.json_dataclasses import for_json, made, shallow, stored_names
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.decision_record import PATHS, decision_from_json, values_of
from ivr.store import call_query
from ivr.store.engine import explained, reader
from ivr.store.engine_reading import EngineReading
from ivr.store.history_tables import stays, talks
from ivr.store.tables import calls, decisions, facts

T = TypeVar("T")
_OF_DECISION = [name for name in PATHS if name in decisions.c]
# Made once: to make one takes longer than its work.
_ENCODER = json.JSONEncoder(default=for_json, allow_nan=False)
_AT_ONCE = 1000  # records that are in memory at a time


def last_calls(engine: Engine, n: int) -> list[CallRecord]:
    """The `n` calls that arrived last, newest first. Raises StoreError."""
    with EngineReading(engine).asking() as run:
        return call_query.last(run, n)


def calls_since(engine: Engine, at: float) -> list[CallRecord]:
    """The calls that were routed at `at` or later (Unix time), in their order. Raises StoreError."""
    with EngineReading(engine).asking() as run:
        return call_query.since(run, at)


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
                    CallHistory(*history),
                    decision_from_json(parsed(decision)),
                    made(IncomingCall, parsed(call)),
                    route_ms,
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


@dataclass(frozen=True, slots=True)
class StoredCalls:
    """The recorded calls of a period, read through `engine`. Its methods raise StoreError."""

    engine: Engine

    def count(self, since: float, until: float) -> int:
        """How many there are."""
        return count(self.engine, since, until)

    def between(self, since: float, until: float) -> Iterator[CallRecord]:
        """Each, in the order in which they arrived."""
        return recorded(self.engine, since, until)


@dataclass(frozen=True, slots=True)
class StoredArchive:
    """The recorded calls of the database at `url`."""

    url: str

    @contextmanager
    def opened(self) -> Iterator[StoredCalls]:
        """The calls, for the time of a block. Raises StoreError for an unusable URL."""
        engine = reader(self.url)
        try:
            yield StoredCalls(engine)
        finally:
            engine.dispose()


def find_call(engine: Engine, name: str) -> CallRecord | None:
    """The call that `name` means, as call_query.find has it. Raises StoreError."""
    with EngineReading(engine).asking() as run:
        return call_query.find(run, name)


def events_of(engine: Engine, call_id: str) -> list[CallEvent]:
    """What happened to a call, in order, but for kinds that this version does not know. Raises StoreError."""
    with EngineReading(engine).asking() as run:
        return call_query.events(run, call_id)


def open_calls(engine: Engine) -> list[str]:
    """The call_ids of calls whose end has not been seen. Raises StoreError."""
    query = select(calls.c.call_id).where(calls.c.ended_at.is_(None)).order_by(calls.c.call_id)
    with explained(engine), engine.connect() as connection:
        return list(connection.execute(query).scalars())


def decision_row(call: IncomingCall, decision: Decision, route_ms: float) -> dict[str, Any]:
    """The row of `decisions` for a decision, as drivers take it. Raises ValueError for a NUL in it."""
    everything, asked = _without_nul(values_of(decision)), _without_nul(shallow(call))
    columns = {name: everything[name] for name in _OF_DECISION}
    return columns | {
        "at": call.arrived_at,
        "route_ms": route_ms,
        "decision": _json(everything),
        "call": _json(asked),
    }


def event_row(event: CallEvent) -> dict[str, Any]:
    """The row of `facts` for an event, as drivers take it. Raises ValueError for a NUL in it."""
    data = _without_nul(shallow(event))
    own = {name: data.pop(name) for name in ("call_id", "at", "source")}
    return {**own, "kind": event.kind, "data": _json(data)}


def history_row(history: CallHistory) -> dict[str, Any]:
    """The row of `calls` for a history."""
    return shallow(history)


Told = Iterable[tuple[Story | None, Story]]
"""Stories, each with the one that is on record; None where none is."""


def history_changes(stories: Told) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any]]]:
    """Make the rows of `calls` for what calls were and are."""
    for before, story in stories:
        was = history_row(before.history) if before else None
        yield was, history_row(story.history)


def stay_changes(stories: Told) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any]]]:
    """Make the rows of `stays`, as far as they have changed."""
    for before, story in stories:
        key = {"call_id": story.history.call_id}
        for old, stay in _new(before.course.stays if before else (), story.course.stays):
            was = key | shallow(old) | {"verdict": old.verdict} if old else None
            yield was, key | shallow(stay) | {"verdict": stay.verdict}


def talk_changes(stories: Told) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any]]]:
    """Make the rows of `talks`, as far as they have changed."""
    for before, story in stories:
        key = {"call_id": story.history.call_id}
        for old, talk in _new(before.course.talks if before else (), story.course.talks):
            yield (key | shallow(old) if old else None), key | shallow(talk)


def _new(before: Sequence[T], after: Sequence[T]) -> Iterator[tuple[T | None, T]]:
    """Give what is not as before, each with what was in its place."""
    for old, new in zip_longest(before, after):
        if new is not None and new != old:
            yield old, new


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A call's story, the events (kind and time) that are in it, and when the last one was.

    `is_logged`: some of them are from queue_log.
    """

    story: Story
    told: frozenset[tuple[str, float]] = frozenset()
    last_at: float = float("-inf")
    is_logged: bool = False

    @property
    def history(self) -> CallHistory:
        """Return its history."""
        return self.story.history


def load_calls(connection: Connection, call_ids: Collection[str]) -> dict[str, KnownCall]:
    """Those of the calls that are in the database."""
    # The columns of `calls` are the fields of CallHistory, in their order.
    rows = connection.execute(select(calls).where(calls.c.call_id.in_(call_ids))).all()
    if not rows:
        return {}
    told: dict[str, set[tuple[str, float]]] = {}
    logged: set[str] = set()
    of = facts.c
    query = select(of.call_id, of.kind, of.at, of.source).where(of.call_id.in_(call_ids))
    for call_id, kind, at, source in connection.execute(query):
        told.setdefault(call_id, set()).add((kind, at))
        if source == "queue_log":
            logged.add(call_id)
    known = {}
    parts = _parts(connection, [row.call_id for row in rows])
    for row in rows:
        history, events = CallHistory(*row), frozenset(told.get(row.call_id, ()))
        course = Course(*parts.get(row.call_id, ((), ())), history.priority)
        last_at = max((at for _, at in events), default=float("-inf"))
        story = Story(history, course)
        known[row.call_id] = KnownCall(story, events, last_at, row.call_id in logged)
    return known


def decided_anew(connection: Connection, rules: Mapping[str, str]) -> list[str]:
    """Find those of these calls, each with its rule, about which somebody else has decided."""
    if not rules:
        return []
    row = calls.c
    query = select(row.call_id, row.customer_id, row.rule).where(row.call_id.in_(rules))
    found = connection.execute(query)
    return [name for name, customer, rule in found if customer or rule != rules[name]]


def _parts(connection: Connection, call_ids: Collection[str]) -> dict[str, tuple[tuple[Stay, ...], tuple[Talk, ...]]]:
    """Find the stays and talks of these calls; the columns are the fields, in their order."""
    found: dict[str, tuple[list[Stay], list[Talk]]] = {}
    for table, kind, place in ((stays, Stay, 0), (talks, Talk, 1)):
        fields = len(stored_names(kind))
        query = select(table).where(table.c.call_id.in_(call_ids)).order_by(table.c.number)
        for call_id, *values in connection.execute(query):
            part: Any = found.setdefault(call_id, ([], []))[place]
            part.append(kind(*values[:fields]))
    return {call_id: (tuple(made[0]), tuple(made[1])) for call_id, made in found.items()}


def stored_events(connection: Connection, call_id: str) -> list[CallEvent]:
    """Find what is on record of a call, in the order in which it was written."""
    query = select(facts.c.kind, facts.c.at, facts.c.source, cast(facts.c.data, Text))
    rows = connection.execute(query.where(facts.c.call_id == call_id).order_by(facts.c.id))
    return call_query.events_in(call_id, rows.all())


def withdraw(connection: Connection, call_id: str, at: float, *, is_first: bool) -> bool:
    """Forget the decision on the request that came at `at`, if that is kept; say whether it was.

    So is a call of which nothing else is known; `is_first`: there was no other decision.
    """
    kept = (decisions.c.call_id == call_id) & (decisions.c.at == at)
    if not connection.execute(delete(decisions).where(kept)).rowcount:
        return False
    if not is_first:
        return True
    happened = select(facts.c.id).where(facts.c.call_id == call_id).exists()
    connection.execute(delete(calls).where(calls.c.call_id == call_id, ~happened))
    return True


def _without_nul(data: dict[str, Any]) -> dict[str, Any]:
    """The same; PostgreSQL has no text with a NUL, so neither has SQLite."""
    if bad := [name for name, value in data.items() if isinstance(value, str) and "\0" in value]:
        raise ValueError(f"{bad[0]} has a NUL in it")
    return data


def _json(data: dict[str, Any]) -> str:
    """The JSON of what may have records in it. Raises ValueError for a NUL or NaN anywhere, TypeError for an object."""
    written = _ENCODER.encode(data)
    if "\\u0000" in written and _has_nul(json.loads(written)):
        raise ValueError("there is a NUL in it")
    return written


def _has_nul(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_nul, [*value, *value.values()]))
    return any(map(_has_nul, value)) if isinstance(value, list) else isinstance(value, str) and "\0" in value
