"""What one test call came to."""

from dataclasses import dataclass
from typing import Any

from ivr.domain.calls.history import CallHistory
from ivr.domain.routing.decision import Decision

_PUBLIC = """
    call_id from_ to customer score segment
    queue priority agent wait_seconds route_ms reason outcome
"""


@dataclass(frozen=True, slots=True)
class PhoneDisplay:
    """What an agent's phone was told when it rang."""

    phone: str
    shows: str
    number: str
    customer: str
    segment: str


@dataclass(frozen=True, slots=True)
class Report:
    """One test call.

    Times in seconds, `route_ms` in milliseconds; None where there was nothing to measure.
    """

    call_id: str | None
    from_: str
    to: str
    customer: str | None
    score: float | None
    segment: str | None
    queue: str | None
    priority: int | None
    agent: str | None
    wait_seconds: float | None
    route_ms: float | None
    reason: str
    outcome: str
    decision: Decision | None = None
    history: CallHistory | None = None
    displays: tuple[PhoneDisplay, ...] = ()
    to_queue_seconds: float | None = None  # from placing the call to joining a queue
    attestation: str = ""  # what the PBX made of the signature of the caller's number

    @property
    def served(self) -> bool:
        """Whether the caller reached a queue and an agent."""
        return self.queue is not None and self.agent is not None

    def as_json(self) -> dict[str, Any]:
        """Take the public keys, in their order."""
        return {key.rstrip("_"): getattr(self, key) for key in _PUBLIC.split()}
