"""Deciding about a recorded call again: with its own policy, or with another one.

A decision keeps the facts that it was taken on, so with its own policy they are taken as they are. Another policy makes
some of them anew, from what is recorded beside them: the entry point, the time there, opening hours, the language, the
intent, trust, the overall score, and whether the caller counts as found. All else is as it was: what the customers'
data said, earlier calls, the queues, what was pressed and typed.
"""

from dataclasses import replace
from typing import Any

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Ambiguous, Customer, Found, Lookup, Unavailable, Unknown
from ivr.domain.policy import Policy
from ivr.domain.ports import PolicyInForce
from ivr.domain.routing.decision import Decision, decide
from ivr.domain.routing.decision_record import values_of
from ivr.domain.routing.facts import FACTS, CallerNotes, Facts, Gathered, Queues, gather, scores_of

TREATED = (
    "action", "queue", "priority", "steps", "segment", "greeting", "say", "mailbox", "music", "self_service", "ask",
    "ask_sound", "ask_keys", "disclose", "account", "language",
)  # fmt: skip
"""What is recorded of a Decision in which callers are treated differently, by its stored name.

Names of rules and treatments are not among them.
"""

_NOT_COMPARED = ("memory", "took_ms", "failed_conditions")  # those have no other words than `failed`
_MADE_BY_POLICY = {"customer.score", "customer.found", "customer.lookup"}
_DEFAULTS = {fact.name: fact.default for fact in FACTS}
_NOBODY = {name: value for name, value in _DEFAULTS.items() if name.startswith("customer.")}


class NotRecordedError(Exception):
    """The record does not say what it takes to decide again; the message says what is missing."""


def same_policy(call: IncomingCall, recorded: Decision, in_force: PolicyInForce) -> Decision:
    """The decision on exactly the facts that are recorded. Raises NotRecordedError."""
    if not recorded.trace.facts:
        raise NotRecordedError("it was recorded before decisions kept their facts")
    gathered = Gathered(recorded.trace.facts, recorded.trace.notes)
    try:
        return decide(call, gathered, in_force.policy, in_force.conditions)
    except (KeyError, TypeError, ValueError) as error:  # another version of this program had other facts
        raise NotRecordedError(f"its record is of another version: {error}") from None


def differences(one: Decision, other: Decision) -> list[tuple[str, Any, Any]]:
    """The fields in which two decisions differ, with both values.

    The time that they took does not count, nor what an older version of this program, which took the first, put
    otherwise without treating the caller otherwise.
    """
    before, after = _compared(one), _compared(other)
    pairs = ((name, before[name], after[name]) for name in before)
    otherwise = _put_otherwise(one, other)
    return [(name, here, there) for name, here, there in pairs if here != there and name not in otherwise]


def _compared(decision: Decision) -> dict[str, Any]:
    return {name: value for name, value in values_of(decision).items() if name not in _NOT_COMPARED}


def _put_otherwise(one: Decision, other: Decision) -> set[str]:
    """The fields that an older version, which took `one`, wrote in another way."""
    fields_of_then: set[str] = set()
    # The agent's phone named everybody, and not how sure that is.
    if one.trace.facts and one.trace.notes.typed is None:
        fields_of_then |= {"label", "named"}
    if set(other.trace.adjustments) < set(one.trace.adjustments):  # rules that changed nothing were named, too
        fields_of_then |= {"label", "adjustments"}
    return fields_of_then


def other_policy(call: IncomingCall, recorded: Decision, in_force: PolicyInForce) -> Decision:
    """What another policy decides about a recorded call. Raises NotRecordedError."""
    return decide(call, gathered_again(call, recorded, in_force.policy), in_force.policy, in_force.conditions)


def gathered_again(call: IncomingCall, recorded: Decision, policy: Policy) -> Gathered:
    """Gather the facts of a recorded call as they are under `policy`. Raises NotRecordedError.

    `call` is the last round: what was asked, pressed and typed then. A fact that was not known to the version of this
    program that recorded the call has its default.
    """
    known, notes = {**_DEFAULTS, **recorded.trace.facts}, recorded.trace.notes
    if not recorded.trace.facts:
        raise NotRecordedError("it was recorded before decisions kept their facts")
    try:
        # With a PIN a typed number no longer shows, and no longer counts.
        typed = known["call.trust"] == "typed" if notes.typed is None else notes.typed
        caller = Caller(known["call.number"] or None, notes.why_not, typed=typed, doubt=notes.doubt)
        claimed, lookup = _lookup(known, notes)
        queues = Queues(known["queues.waiting"], known["queues.longest_wait"], known["queues.agents_free"])
        facts, new = gather(call, caller, lookup, policy, queues, notes.pin)
    except (KeyError, TypeError, ValueError) as error:
        raise NotRecordedError(f"its record is of another version: {error}") from None
    if facts["customer.found"]:
        if claimed is None:
            raise NotRecordedError("who called was not sure enough then, so nothing was recorded of the customer")
        return Gathered({**facts, **_as_recorded(claimed)}, new)
    if new.claimed:
        known_then = {**new.claimed, **_as_recorded(claimed)} if claimed else None
        return Gathered(facts, replace(new, claimed=known_then))
    return Gathered(facts, new)


def _as_recorded(claimed: Facts) -> dict[str, Any]:
    """What the customer's data said."""
    return {name: value for name, value in claimed.items() if name not in _MADE_BY_POLICY}


def _lookup(known: Facts, notes: CallerNotes) -> tuple[Facts | None, Lookup]:
    """What the lookup came to, and the customer's facts where they are recorded."""
    match known["customer.lookup"]:
        case "found" | "untrusted" as outcome:
            if not notes.claims:
                raise KeyError("who was found")
            claimed = known if outcome == "found" else notes.claimed
            facts = {**_NOBODY, **{name: claimed[name] for name in _NOBODY if name in claimed}} if claimed else _NOBODY
            customer = Customer(
                customer_id=notes.claims,
                name=notes.name,
                scores=scores_of(facts),
                language=facts["customer.language"],
                has_pin=notes.claims_pin,
                scores_run=notes.scores_run,
                scoring_version=notes.scoring_version,
            )
            return facts if claimed else None, Found(customer, notes.age, notes.why)
        case "ambiguous":
            return None, Ambiguous(("",) * notes.shared_by)
        case "unavailable":
            return None, Unavailable(notes.why)
        case _:
            return None, Unknown(notes.why)
