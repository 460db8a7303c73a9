"""What the dialplan may remember of a caller, for the time when the service is away.

A number is worth what carried it. So a decision is remembered only when the number alone, on its trunk and with its
signature, was enough for it: a PIN or a customer number typed proves nothing about the next call from that number.
And only a call whose number is believed changes what is remembered: a forged one neither adds nor deletes.
"""

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import Literal

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.policy import Policy
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.trust import at_least, trust_of

Memory = Literal["keep", "drop", ""]
"""Remember this decision; forget what is remembered of this number; leave it as it is."""

_remembered = attrgetter(
    "identity.customer_id",
    "identity.segment",
    "treatment.action",
    "treatment.queue",
    "treatment.priority",
    "treatment.steps",
    "treatment.music",
    "treatment.language",
)


def memory_of(
    call: IncomingCall, caller: Caller, policy: Policy, decision: Decision, without_pin: Callable[[], Decision]
) -> Memory:
    """What becomes of the dialplan's memory of this number after `decision`.

    `without_pin` decides as if no PIN had been typed; it is asked only where one was.
    """
    own = trust_of(call, replace(caller, typed=False), policy, "")
    identity, live = decision.identity, decision.trace.tier == "live"
    if not live or caller.number is None or not at_least(own, policy.trust.routing):
        return ""
    if identity.customer_id is None or decision.treatment.action != "queue" or caller.typed:
        return "drop"
    if identity.trust == "pin" and _remembered(without_pin()) != _remembered(decision):
        return "drop"
    return "keep"
