"""What is known of the last calls that asked, so that nobody speaks for a call that is not theirs."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ivr.agi.refusals import RefusedError
from ivr.domain.calls.decided import Decided
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision

OTHERS_AT_ONCE = 60  # callers who type a PIN, of 100 places (server.LIMITS), whose number does not say who calls
_SURE = ("caller-id", "attested", "pin")
_CALLS = 10_000  # the oldest are forgotten
_MEND = "the dialplan asks for a call that lasts, as the one that it began as: what else asks there?"


@dataclass(slots=True)
class _Call:
    """`said` is who calls where, by its first request; None: it has not asked."""

    said: tuple[str, ...] | None = None
    ended: bool = False
    marks: set[str] = field(default_factory=set)  # of its requests: Asterisk chose them, and tells nobody else
    may_type: bool = False  # a PIN, once
    sure: bool = False  # the caller's number says by itself who calls
    carried_out: Decided | None = None  # its last decision that was, if it leads to another request


class KnownCalls:
    """Remembers calls by their id: what they said of themselves, that they ended, and whether a PIN is asked for."""

    def __init__(self) -> None:
        self._calls: OrderedDict[str, _Call] = OrderedDict()
        self._others_type = 0

    def admit(self, call: IncomingCall) -> None:
        """Let a call ask. Raises RefusedError for one that has ended, and for one that says it is another.

        Its number, what it dialled, its trunk and signature do not change while it lasts.
        """
        known = self._call(call.call_id)
        said = (call.caller_number, call.dialled, call.trunk, call.attestation, call.asserted)
        if known.ended:
            raise RefusedError("ended", f"call {call.call_id} has ended", _MEND)
        if known.said is not None and known.said != said:
            raise RefusedError(
                "identity", f"call {call.call_id} began with another number, DID, trunk or signature", _MEND
            )
        known.said = said

    def answered(self, call_id: str, mark: str, *, pin: bool, trust: str = "none") -> None:
        """A request with this mark is answered; `pin`: the answer has the dialplan ask for a PIN, or lets it ask.

        `trust` is how sure it is who calls.
        """
        known = self._call(call_id)
        known.marks.add(mark)
        known.sure = trust in _SURE
        known.may_type = known.may_type or pin

    def carried_out(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        """Take it that Asterisk has carried this out. It is kept if it leads to another request."""
        asks_again = decision.question.kind or decision.treatment.self_service
        decided = Decided(call, decision, route_ms) if asks_again else None
        self._call(call.call_id).carried_out = decided

    def last_carried_out(self, call_id: str) -> Decided | None:
        """Return the decision that Asterisk carried out last, if it led to another request."""
        return self._call(call_id).carried_out

    def take_pin(self, call_id: str, mark: str) -> None:
        """Let a caller type a PIN, once for each answer that leads to it. Raises RefusedError."""
        known = self._calls.get(call_id)
        if known is None or known.ended or not known.may_type or mark not in known.marks:
            raise RefusedError("pin", f"call {call_id} has not been told to ask for a PIN", _MEND)
        known.may_type = False

    @contextmanager
    def typing(self, call_id: str, mark: str) -> Iterator[None]:
        """While a caller types a PIN, as `take_pin`. Some places are kept for own telephones: anybody
        can type a customer number, many times at once. Raises RefusedError.
        """
        self.take_pin(call_id, mark)
        others = not self._calls[call_id].sure
        if others and self._others_type >= OTHERS_AT_ONCE:
            mend = "their numbers prove nothing: is somebody trying PINs, or keeping others from it?"
            raise RefusedError("pin_places", f"{OTHERS_AT_ONCE} others type PINs already", mend)
        self._others_type += others
        try:
            yield
        finally:
            self._others_type -= others

    def ended(self, call_id: str) -> None:
        """The call is over."""
        known = self._call(call_id)
        known.ended, known.carried_out = True, None

    def _call(self, call_id: str) -> _Call:
        known = self._calls.setdefault(call_id, _Call())
        self._calls.move_to_end(call_id)
        while len(self._calls) > _CALLS:
            self._calls.popitem(last=False)
        return known
