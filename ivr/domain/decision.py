"""The routing decision: a pure function from a call, a lookup and a policy to one treatment with its reasons."""

from dataclasses import dataclass, replace
from typing import Literal

from ivr.domain.call import Caller, IncomingCall
from ivr.domain.customer import Ambiguous, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.policy import Policy, Step, Treatment
from ivr.domain.segment import assign

Rung = Literal["live", "snapshot", "default"]
LookupOutcome = Literal["found", "ambiguous", "unknown", "unavailable"]


@dataclass(frozen=True, slots=True)
class Decision:
    """How one call is treated, and why.

    `rule` names what chose the treatment, `reason` says it in a sentence. `label` is what the agent's phone
    shows as the caller's name. `rung` is the step of the fail-open ladder: `live` when the customers could be
    asked, `snapshot` when their last known state was used, `default` when nothing was known.
    `max_wait` is in seconds, None for no limit. `language` is the customer's, two lower-case letters, None when it is
    not known.
    """

    call_id: str
    action: Literal["queue", "refuse", "voicemail", "end"]
    treatment: str
    queue: str | None
    priority: int
    max_wait: int | None
    overflow: str | None
    segment: str | None
    customer_id: str | None
    customer_name: str | None
    scores: Scores
    score: float | None
    lookup: LookupOutcome
    rule: str
    reason: str
    label: str
    rung: Rung
    policy_version: str
    language: str | None = None  # the default is for older records, which have none
    test: bool = False  # a call of QA's, by its number: treated like any other, and counted nowhere
    steps: tuple[Step, ...] = ()
    greeting: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    mailbox: str = ""
    music: str = ""
    self_service: str = ""
    disclose: bool = False
    account: str = ""
    ask: str = ""
    ask_sound: tuple[str, ...] = ()
    ask_keys: str = ""
    adjustments: tuple[str, ...] = ()
    trust: str = "none"


def decide(call: IncomingCall, caller: Caller, lookup: Lookup, policy: Policy) -> Decision:
    """Choose the treatment. Same inputs, same Decision."""
    decision = _decide(call, caller, lookup, policy)
    if policy.test is not None and caller.number in policy.test.callers:
        return replace(decision, test=True)
    return decision


def _decide(call: IncomingCall, caller: Caller, lookup: Lookup, policy: Policy) -> Decision:
    match lookup:
        case Found(customer, age, why):
            decision = _for_customer(call, customer, policy)
            return decision if age is None else _aged(decision, age, why)
        case Ambiguous(ids):
            reason = f"{caller.number} belongs to {len(ids)} customers, so the default applies"
            return _default(call, policy, "ambiguous", reason, "shared number", "live")
        case Unknown(why):
            return _default(call, policy, "unknown", f"{why}, so the default applies", why, "live")
        case Unavailable(why):
            reason = f"the customers could not be asked ({why}), so the default applies"
            return _default(call, policy, "unavailable", reason, "lookup failed", "default")


def _for_customer(call: IncomingCall, customer: Customer, policy: Policy) -> Decision:
    if customer.blocked:
        return _decision(call, policy, policy.blocked, "blocked", "the customer is blocked", "blocked", customer)
    if assigned := assign(customer.scores, policy):
        segment = assigned.segment
        return _decision(
            call, policy, segment.treatment, f"segment {segment.name}", assigned.reason, assigned.few_words,
            customer, segment=segment.name,
        )  # fmt: skip
    return _decision(call, policy, policy.default, "default", "no segment fits, so the default applies", "", customer)


def _aged(decision: Decision, age: float, why: str) -> Decision:
    """The same decision, taken on what was known `age` seconds ago."""
    reason = f"{decision.reason}, from the snapshot of {in_words(age)} ago: the customers could not be asked ({why})"
    return replace(decision, rung="snapshot", reason=reason)


def in_words(seconds: float) -> str:
    """A length of time as people say it: `40 seconds`, `4 minutes`, `3 hours`, `2 days`."""
    units = (("second", 1, 120), ("minute", 60, 7200), ("hour", 3600, 172_800), ("day", 86_400, float("inf")))
    unit, length, _ = next(row for row in units if seconds < row[2])
    count = int(seconds // length)
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _default(
    call: IncomingCall, policy: Policy, lookup: LookupOutcome, reason: str, few_words: str, rung: Rung
) -> Decision:
    return _decision(call, policy, policy.default, "default", reason, few_words, None, lookup=lookup, rung=rung)


def _decision(
    call: IncomingCall,
    policy: Policy,
    name: str,
    rule: str,
    reason: str,
    few_words: str,
    customer: Customer | None,
    *,
    segment: str | None = None,
    lookup: LookupOutcome = "found",
    rung: Rung = "live",
) -> Decision:
    treatment = policy.treatments[name]
    scores = customer.scores if customer else Scores()
    return Decision(
        call_id=call.call_id,
        action="refuse" if treatment.refuse else "queue",
        treatment=name,
        queue=treatment.queue,
        priority=treatment.priority,
        max_wait=treatment.overflow.after_seconds if treatment.overflow else None,
        overflow=treatment.overflow.queue if treatment.overflow else None,
        segment=segment,
        customer_id=customer.customer_id if customer else None,
        customer_name=customer.name if customer else None,
        scores=scores,
        score=scores.overall(policy.score),
        lookup=lookup,
        rule=rule,
        reason=reason,
        label=label(segment or name, few_words, customer.name if customer else ""),
        rung=rung,
        policy_version=policy.version,
        language=(customer.language or None) if customer else None,
        steps=_steps(treatment),
        greeting=() if name == "premium" or treatment.refuse else ("hello",),
        say=("ss-noservice",) if treatment.refuse else (),
    )


def _steps(treatment: Treatment) -> tuple[Step, ...]:
    return (Step(treatment.overflow.after_seconds, queue=treatment.overflow.queue),) if treatment.overflow else ()


def label(segment: str, few_words: str, name: str, width: int = 60) -> str:
    """What the agent's phone shows: the segment, why in few words, the customer's name.

    Only printable characters, without those that mean something in a SIP display name (RFC 3261 section 25.1).
    """
    text = f"{segment.upper()} {few_words}".strip() + (f" - {name}" if name else "")
    return "".join(c for c in text if c.isprintable() and c not in '"\\<>')[:width].strip()
