"""One call as it is on record: what happened to it, and what was decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ivr.domain.calls.events import EVENTS, CallEvent
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.stays import Stay, Talk
from ivr.domain.json_dataclasses import deep, made, mapping
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.decision_record import decision_from_json, values_of


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


def record_as_json(record: CallRecord, known: Sequence[CallEvent]) -> dict[str, Any]:
    """A call and what happened to it, as JSON has it; `record_from_json` reads it back."""
    return {
        "history": deep(record.history),
        "call": deep(record.call),
        "decision": deep(values_of(record.decision)) if record.decision else None,
        "route_ms": record.route_ms,
        "facts": [{"kind": event.kind, **deep(event)} for event in known],
    }


def course_as_json(stays: Sequence[Stay], talks: Sequence[Talk]) -> dict[str, Any]:
    """Make JSON of what a call is made of."""
    return {
        "stays": [{**deep(stay), "verdict": stay.verdict} for stay in stays],
        "talks": [deep(talk) for talk in talks],
    }


def record_from_json(data: object) -> tuple[CallRecord, list[CallEvent]] | None:
    """What `record_as_json` made; None when another version of this program made something else."""
    told = mapping(data)
    history = made(CallHistory, told.get("history"))
    if history is None:
        return None
    decision, call = decision_from_json(told.get("decision")), made(IncomingCall, told.get("call"))
    happened = [mapping(each) for each in told.get("facts") or ()]
    read = [made(EVENTS[each["kind"]], each) for each in happened if each.get("kind") in EVENTS]
    return CallRecord(history, decision, call, told.get("route_ms")), [event for event in read if event is not None]
