"""A decision about a call, as it is handed over to be recorded."""

from dataclasses import dataclass

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision to be written; `route_ms` is the time from request to answer, in milliseconds."""

    call: IncomingCall
    decision: Decision
    route_ms: float

    @property
    def call_id(self) -> str:
        """The call it was taken for."""
        return self.call.call_id
