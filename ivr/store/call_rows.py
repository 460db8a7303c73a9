"""What the rows of recorded calls mean, for the service as for a program that reads one."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ivr.domain.calls.call_filter import ListedCall
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.domain.json_dataclasses import made, stored_names
from ivr.domain.routing.decision_record import decision_from_json

T = TypeVar("T")
_HISTORY = list(stored_names(CallHistory))
_TEST = _HISTORY.index("test")  # SQLite has 0 and 1 there
_COLUMNS = ", ".join(f"calls.{name}" for name in _HISTORY)
_WITH_DECISION = "FROM calls LEFT JOIN decisions ON decisions.call_id = calls.call_id"
# As text, for each driver makes something else of JSON.
RECORDS = (
    f"SELECT {_COLUMNS}, CAST(decisions.decision AS TEXT), "
    f"CAST(decisions.call AS TEXT), decisions.route_ms {_WITH_DECISION}"
)
LINES = f"SELECT {_COLUMNS}, decisions.customer_id, decisions.reason {_WITH_DECISION}"


def record_of(row: Sequence[Any]) -> CallRecord:
    """Make a record of a row of RECORDS."""
    *told, decision, call, route_ms = row
    read = _read(decision_from_json, decision), _read(_call, call)
    return CallRecord(_history(told), *read, route_ms)


def line_of(row: Sequence[Any]) -> ListedCall:
    """Make what a list has of a row of LINES."""
    *told, customer_id, reason = row
    return ListedCall(_history(told), customer_id, reason)


def _history(told: list[Any]) -> CallHistory:
    told[_TEST] = bool(told[_TEST])
    return CallHistory(*told)


def _call(data: object) -> IncomingCall | None:
    return made(IncomingCall, data)


def _read(read: Callable[[object], T], text: str | None) -> T | None:
    return None if text is None else read(json.loads(text))
