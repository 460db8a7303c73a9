"""A journal for tests that ask what is recorded."""

from ivr.domain.calls.decided import Decided
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision


class Memory:
    """A journal in memory."""

    def __init__(self) -> None:
        self.decisions: list[tuple[IncomingCall, Decision, float]] = []
        self.taken_back: list[tuple[IncomingCall, Decided | None]] = []

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        self.decisions.append((call, decision, route_ms))

    @property
    def kept(self) -> list[IncomingCall]:
        """The requests of which a decision is left."""
        gone = [call for call, _ in self.taken_back]
        return [call for call, _, _ in self.decisions if call not in gone]

    def withdrawn(self, call: IncomingCall, before: Decided | None = None) -> None:
        self.taken_back.append((call, before))
