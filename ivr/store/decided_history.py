"""What a decision says of a call, put into the history that is kept of it."""

from dataclasses import replace

from ivr.domain.calls.decided import Decided
from ivr.domain.calls.history import CallHistory


def filled(history: CallHistory, entry: Decided) -> CallHistory:
    """Return the history with what was decided: a later round may know better who it is."""
    asked, decision = entry.call, entry.decision
    facts_known = decision.trace.facts
    return replace(
        history,
        linked_id=history.linked_id or asked.linked_id,
        caller_number=history.caller_number or asked.caller_number,
        dialled=history.dialled or asked.dialled,
        trunk=history.trunk or asked.trunk,
        sip_call_id=history.sip_call_id or asked.sip_call_id,
        routed_at=asked.arrived_at if history.routed_at is None else history.routed_at,
        customer_id=decision.identity.customer_id or history.customer_id,
        test=history.test or decision.test,
        entry_point=str(facts_known.get("call.entry", "")),
        intent=str(facts_known.get("call.intent", "")),
        treatment=decision.treatment.name,
        rule=decision.trace.rule,
        policy_version=decision.trace.policy_version,
    )


def undecided(history: CallHistory) -> CallHistory:
    """Return the history without what a decision said."""
    return replace(
        history,
        customer_id="",
        entry_point="",
        intent="",
        treatment="",
        rule="",
        policy_version="",
    )


def why_not_of(decided: Decided, history: CallHistory) -> str:
    """Why a decision cannot be of the call that is recorded by its id; empty when it can.

    It came after the call's end, or names another number or DID. (A decision that was recorded is
    recorded again when the process that writes had to be replaced; and one about a caller who hangs
    up may be told after the end.)
    """
    asked = decided.call
    if history.ended_at is not None and asked.arrived_at > history.ended_at:
        return "the call had ended"
    known = history.caller_number, history.dialled
    if history.routed_at is not None and known != (asked.caller_number, asked.dialled):
        return "the call has another number, or dialled another"
    return ""
