"""How recorded calls are asked for: the same for the service and for a program that reads one.

Nothing here knows how the database is reached; what does is given as `run`.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from ivr.domain.calls.call_filter import ALL_CALLS, ListedCall
from ivr.domain.calls.events import EVENTS, CallEvent
from ivr.domain.calls.record import CallRecord
from ivr.domain.calls.stays import Stay, Talk
from ivr.domain.json_dataclasses import made, mapping, stored_names
from ivr.domain.live_state import CallerNotice
from ivr.store import call_search
from ivr.store.call_parts import Fitting, fitting
from ivr.store.call_rows import LINES, RECORDS, line_of, record_of
from ivr.store.customer_query import Run

_SINCE = f"{RECORDS} WHERE calls.routed_at >= :at ORDER BY calls.routed_at, calls.call_id"
_WHOLE = f"{RECORDS} WHERE calls.call_id = :name"
_LINE = f"{LINES} WHERE calls.call_id = :name"
_BY_SIP = (
    "SELECT call_id FROM calls WHERE sip_call_id = :name "
    "ORDER BY routed_at IS NULL, routed_at DESC, call_id DESC LIMIT 1"
)
_NOTICES = "SELECT call_id, rule, reason, segment, priority FROM decisions WHERE call_id IN"
_EVENTS = "SELECT kind, at, source, CAST(data AS TEXT) FROM facts WHERE call_id = :call_id ORDER BY at, id"
_STAYS = f"SELECT {', '.join(stored_names(Stay))} FROM stays WHERE call_id = :call_id ORDER BY number"  # noqa: S608
_TALKS = f"SELECT {', '.join(stored_names(Talk))} FROM talks WHERE call_id = :call_id ORDER BY number"  # noqa: S608
_PARTS = "SELECT call_id FROM calls WHERE part_of = :call_id AND part_of <> '' ORDER BY call_id"


def last(run: Run, count: int) -> list[CallRecord]:
    """The `count` calls that arrived last, newest first."""
    return call_search.newest(run, ALL_CALLS, count)


def since(run: Run, at: float) -> list[CallRecord]:
    """The calls that were routed at `at` or later (Unix time), in their order."""
    return [record_of(row) for row in run(_SINCE, {"at": at})]


def find(run: Run, name: str) -> CallRecord | None:
    """Find the call with this call_id or SIP Call-ID, or the only one in whose names this is.

    A part must have six characters, and may be in capitals or not. Its own name comes first: a
    caller chooses the Call-ID, and may choose another call's name. Of two with the same Call-ID it
    is the newer one.
    """
    if not name or "\0" in name:
        return None  # nothing is stored with it
    rows = run(_WHOLE, {"name": name})
    if not rows:
        call_id = _meant(run, name)
        rows = run(_WHOLE, {"name": call_id}) if call_id else ()
    return record_of(rows[0]) if rows else None


def _meant(run: Run, name: str) -> str | None:
    if found := run(_BY_SIP, {"name": name}):
        return str(found[0][0])
    fits = fitting(run, name)
    return fits.keys[0][1] if len(fits.keys) == 1 and fits.all_of_them else None


def like(run: Run, part: str, count: int) -> tuple[Fitting, Sequence[ListedCall]]:
    """Find the calls in whose names this is; of the `count` newest also what a list tells."""
    found = fitting(run, part)
    told = [run(_LINE, {"name": call_id}) for _, call_id in found.keys[:count]]
    return found, [line_of(rows[0]) for rows in told if rows]


def notices(run: Run, calls: Collection[str]) -> dict[str, CallerNotice]:
    """Say what was decided last about these calls, and why, as far as they are on record."""
    names = {f"call_{number}": call for number, call in enumerate(calls) if "\0" not in call}
    if not names:
        return {}
    places = ", ".join(f":{name}" for name in names)
    rows = run(f"{_NOTICES} ({places})", names)
    return {call: CallerNotice(rule, why, of or "", prio) for call, rule, why, of, prio in rows}


def events(run: Run, call_id: str) -> list[CallEvent]:
    """What happened to a call, in order, but for kinds that this version does not know."""
    return events_in(call_id, run(_EVENTS, {"call_id": call_id}))


def events_in(call_id: str, rows: Iterable[Sequence[Any]]) -> list[CallEvent]:
    """Make events of rows that have kind, time, source and data, but for unknown kinds."""
    found = [
        made(
            EVENTS[kind],
            {**mapping(json.loads(data)), "call_id": call_id, "at": at, "source": source},
        )
        for kind, at, source, data in rows
        if kind in EVENTS
    ]
    return [event for event in found if event is not None]


def course(run: Run, call_id: str) -> tuple[list[Stay], list[Talk]]:
    """Find the stays and talks of a call, in order."""
    made_of = [run(_STAYS, {"call_id": call_id}), run(_TALKS, {"call_id": call_id})]
    return [Stay(*row) for row in made_of[0]], [Talk(*row) for row in made_of[1]]


def parts(run: Run, call_id: str) -> list[str]:
    """Find the ids of the calls that agents made for this one."""
    return [row[0] for row in run(_PARTS, {"call_id": call_id})]
