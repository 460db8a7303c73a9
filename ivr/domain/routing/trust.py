"""How sure it is who calls: trust, in levels."""

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.policy import TRUST_LEVELS, Policy


def trust_of(call: IncomingCall, caller: Caller, policy: Policy, pin: str) -> str:
    """Say how sure it is who calls, as one of TRUST_LEVELS.

    A PIN that was wrong, or not typed when it was asked for, takes the customer number typed away.
    A signature that is not good speaks against the caller ID, whatever the trunk: the number may be
    forged.
    """
    if pin == "right":
        return "pin"
    if caller.typed:
        refused = pin in ("wrong", "locked") or ("p" in call.asked and not pin)
        return "none" if refused else "typed"
    if caller.number is None or call.attestation == "failed":
        return "none"
    if call.attestation == "A":
        return "attested"
    return "caller-id" if call.trunk in policy.trust.trunks else "none"


def at_least(trust: str, needed: str) -> bool:
    """Say whether one of TRUST_LEVELS is as sure as another."""
    return TRUST_LEVELS.index(trust) >= TRUST_LEVELS.index(needed)


def is_test(call: IncomingCall, number: str | None, policy: Policy) -> bool:
    """Say whether this is a test call.

    It shows a number of `test:`, and what carried that is believed.
    """
    if policy.test is None or number not in policy.test.callers:
        return False
    if policy.test.trunks:
        return call.trunk in policy.test.trunks and call.attestation != "failed"
    return at_least(trust_of(call, Caller(number), policy, ""), "caller-id")
