"""How recorded calls are asked for, and what the rows mean: the same for the service and for a program that reads one.

Nothing here knows how the database is reached; what does is given as `run`.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ivr.domain.calls.history import EVENTS, CallEvent, CallHistory
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.domain.json_dataclasses import made, mapping, stored_names
from ivr.domain.routing.decision_record import decision_from_json
from ivr.store.customer_query import Run

T = TypeVar("T")
_SHORTEST = 6  # characters; a shorter part of an identifier fits too many calls to mean one
_HISTORY = list(stored_names(CallHistory))
_TEST = _HISTORY.index("test")  # SQLite has 0 and 1 there
# As text, for each driver makes something else of JSON.
_RECORDS = (
    f"SELECT {', '.join(f'calls.{name}' for name in _HISTORY)}, CAST(decisions.decision AS TEXT), "  # noqa: S608
    "CAST(decisions.call AS TEXT), decisions.route_ms FROM calls LEFT JOIN decisions ON "
    "decisions.call_id = calls.call_id"
)
_NEWEST_FIRST = "ORDER BY calls.routed_at DESC NULLS LAST, calls.call_id DESC"
_LAST = f"{_RECORDS} {_NEWEST_FIRST} LIMIT :count"
_SINCE = f"{_RECORDS} WHERE calls.routed_at >= :at ORDER BY calls.routed_at, calls.call_id"
# Its own name first: a caller chooses the Call-ID, and may choose another call's name.
_NAMED = (
    f"{_RECORDS} WHERE calls.call_id = :name OR calls.sip_call_id = :name "
    f"ORDER BY CASE WHEN calls.call_id = :name THEN 0 ELSE 1 END, {_NEWEST_FIRST.removeprefix('ORDER BY ')} LIMIT 1"
)
_CLOSE = (
    f"{_RECORDS} WHERE lower(calls.call_id) LIKE lower(:begins) ESCAPE '/' "
    "OR lower(calls.call_id) LIKE lower(:ends) ESCAPE '/' OR lower(calls.sip_call_id) LIKE lower(:begins) ESCAPE '/' "
    f"OR lower(calls.sip_call_id) LIKE lower(:ends) ESCAPE '/' {_NEWEST_FIRST} LIMIT 2"
)
_EVENTS = "SELECT kind, at, CAST(data AS TEXT) FROM facts WHERE call_id = :call_id ORDER BY at, id"


def last(run: Run, count: int) -> list[CallRecord]:
    """The `count` calls that arrived last, newest first."""
    return [_record(row) for row in run(_LAST, {"count": max(0, count)})]


def since(run: Run, at: float) -> list[CallRecord]:
    """The calls that were routed at `at` or later (Unix time), in their order."""
    return [_record(row) for row in run(_SINCE, {"at": at})]


def find(run: Run, name: str) -> CallRecord | None:
    """The call with this call_id or SIP Call-ID, or the only one of which this is the beginning or the end.

    A part must have six characters, and may be in capitals or not.
    """
    if "\0" in name:
        return None  # nothing is stored with it
    if whole := run(_NAMED, {"name": name}) if name else ():
        return _record(whole[0])  # of two with the same Call-ID the newer one
    literally = name.translate({ord(sign): f"/{sign}" for sign in "/%_"})
    close = run(_CLOSE, {"begins": f"{literally}%", "ends": f"%{literally}"}) if len(name) >= _SHORTEST else ()
    return _record(close[0]) if len(close) == 1 else None


def events(run: Run, call_id: str) -> list[CallEvent]:
    """What happened to a call, in order, but for kinds that this version does not know."""
    found = [
        made(EVENTS[kind], {**mapping(json.loads(data)), "call_id": call_id, "at": at})
        for kind, at, data in run(_EVENTS, {"call_id": call_id})
        if kind in EVENTS
    ]
    return [event for event in found if event is not None]


def _record(row: Sequence[Any]) -> CallRecord:
    *told, decision, call, route_ms = row
    told[_TEST] = bool(told[_TEST])
    return CallRecord(CallHistory(*told), _read(decision_from_json, decision), _read(_call, call), route_ms)


def _call(data: object) -> IncomingCall | None:
    return made(IncomingCall, data)


def _read(read: Callable[[object], T], text: str | None) -> T | None:
    return None if text is None else read(json.loads(text))
