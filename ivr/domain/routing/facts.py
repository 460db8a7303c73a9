"""The facts that a decision is taken on: one flat mapping, gathered once, recorded with the decision.

`FACTS` names those that conditions may speak of, with type and meaning. A fact that is not known has the value that
its type has for that: "", -1.0, 0, false, or an empty list. What conditions do not see is in CallerNotes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import (
    SCORES,
    Ambiguous,
    Customer,
    Found,
    Lookup,
    Scores,
    Unavailable,
    Unknown,
)
from ivr.domain.policy import TRUST_LEVELS, WEEKDAYS, EntryPoint, Policy
from ivr.domain.routing.opening_hours import is_open, local_time
from ivr.domain.routing.trust import at_least, trust_of

Facts = Mapping[str, Any]
Evaluate = Callable[[str], bool | str]
"""Whether a condition holds; a text says why it could not be evaluated, which counts as not holding."""

Conditions = Callable[[Facts], Evaluate]
"""Makes ready to evaluate a policy's conditions on these facts."""

_DAY = 86_400.0
MOST_LISTED = 50  # products or tags of a customer that conditions see: they may loop over them


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that conditions may use. `type` is string, bool, int, double, list (of string), map (string to int)
    or attributes (string to what scoring.yaml declares)."""

    name: str
    type: str
    meaning: str
    example: str

    @property
    def default(self) -> Any:
        """Its value while nothing is known."""
        return {"string": "", "bool": False, "int": 0, "double": -1.0, "list": [], "map": {}, "attributes": {}}[
            self.type
        ]


FACTS: tuple[Fact, ...] = (
    Fact("call.did", "string", "the number dialled, as the carrier sent it", 'call.did == "1000"'),
    Fact("call.entry", "string", "the entry point that the number belongs to", 'call.entry == "invoices"'),
    Fact("call.intent", "string", "what was chosen in the menu; empty without an answer", 'call.intent == "buy"'),
    Fact("call.number", "string", "the caller's number, +442079460001; empty when withheld", 'call.number != ""'),
    Fact("call.language", "string", "the language the caller is served in", 'call.language == "de"'),
    Fact("call.hour", "int", "the hour, 0-23, in the entry point's time zone", "call.hour >= 17"),
    Fact("call.minute", "int", "the minute, 0-59", "call.minute < 30"),
    Fact("call.weekday", "string", "monday to sunday", 'call.weekday == "monday"'),
    Fact("call.date", "string", "the date, as 2026-12-24", 'call.date == "2026-12-24"'),
    Fact("call.closed", "bool", "whether the entry point is closed now", "call.closed"),
    Fact("call.attestation", "string", "A, B or C when the number is signed; failed", "call.attestation == 'A'"),
    Fact("call.trunk", "string", "the trunk that the call came in on", 'call.trunk == "carrier"'),
    Fact("call.withheld", "bool", "whether the caller hides the number", "!call.withheld"),
    Fact("call.trust", "string", f"how sure it is who calls: {', '.join(TRUST_LEVELS)}", 'call.trust == "pin"'),
    Fact("customer.found", "bool", "whether the caller is a customer, surely enough for routing", "customer.found"),
    Fact(
        "customer.lookup", "string", "found, ambiguous, unknown, unavailable (not to be asked) or untrusted",
        'customer.lookup == "ambiguous"',
    ),
    Fact("customer.id", "string", "the customer's id", 'customer.id == "C1"'),
    Fact("customer.value", "double", "what the customer brings, 0-100", "customer.value >= 80.0"),
    Fact("customer.potential", "double", "what they are predicted to bring, 0-100", "customer.potential >= 70.0"),
    Fact("customer.need", "double", "how much is going wrong for them now, 0-100", "customer.need >= 75.0"),
    Fact("customer.score", "double", "the overall score, 0-100", "customer.score >= 60.0"),
    Fact("customer.scores_age_days", "double", "days since the scores came in", "customer.scores_age_days < 30.0"),
    Fact("segment", "string", "the customer's segment, empty for none (in rules only)", 'segment == "premium"'),
    Fact("customer.previous_segment", "string", "the segment of their last call", 'customer.previous_segment == ""'),
    Fact("customer.products", "list", "the products that they have", '"fibre" in customer.products'),
    Fact("customer.tags", "list", "their tags", '"vip" in customer.tags'),
    Fact("customer.language", "string", "their own language, served or not", "customer.language != ''"),
    Fact("customer.preferred_agent", "string", "the agent they prefer", 'customer.preferred_agent != ""'),
    Fact("customer.prefers_self_service", "bool", "whether they help themselves", "customer.prefers_self_service"),
    Fact("customer.blocked", "bool", "whether they are blocked", "customer.blocked"),
    Fact("customer.days_since_contact", "double", "days since they called last", "customer.days_since_contact > 90.0"),
    Fact("customer.contacts_7d", "int", "their calls in the last 7 days, but for redials", "customer.contacts_7d >= 1"),
    Fact("customer.contacts_30d", "int", "their calls in the last 30 days, 50 at most", "customer.contacts_30d >= 5"),
    Fact("customer.abandoned_last", "bool", "whether they gave up waiting the last time", "customer.abandoned_last"),
    Fact("customer.open_case", "bool", "whether a case of theirs is open", "customer.open_case"),
    Fact("customer.contract", "string", "the contract that they have", 'customer.contract == "gold"'),
    Fact("customer.lapsed", "bool", "whether they used to buy and no longer do", "customer.lapsed"),
    Fact(
        "customer.attribute", "attributes", "what scoring.yaml declares",
        'customer.attribute["channel"] == "chat"',
    ),
    Fact("customer.has_pin", "bool", "whether they have a PIN", "customer.has_pin"),
    Fact("queues.waiting", "map", "callers who wait, by queue, where known", 'queues.waiting["premium"] > 3'),
    Fact("queues.longest_wait", "map", "seconds that the first has waited", 'queues.longest_wait["premium"] > 60'),
    Fact("queues.agents_free", "map", "agents who could be rung now, by queue", 'queues.agents_free["premium"] > 0'),
)  # fmt: skip
WORDS: Mapping[str, tuple[str, ...]] = {
    "call.attestation": ("", "A", "B", "C", "failed"),
    "call.trust": TRUST_LEVELS,
    "call.weekday": WEEKDAYS,
    "customer.lookup": ("found", "ambiguous", "unknown", "unavailable", "untrusted"),
}
"""All that a fact may say, where that is the same in every policy."""
ATTRIBUTE = "customer.attribute"
"""The fact that is what scoring.yaml declares, by name."""
SCORE_FACTS = (*(f"customer.{name}" for name in SCORES), "customer.score")
"""The facts that are scores, 0-100."""

_FIELDS = {field.name for field in fields(Customer)}
_AS_KNOWN = [name for fact in FACTS if (name := fact.name.removeprefix("customer.")) in _FIELDS]
"""Fields of a customer that conditions see as they are: those after which a fact is named."""
_NOBODY = {fact.name: fact.default for fact in FACTS if fact.name.startswith("customer.")}


@dataclass(frozen=True, slots=True)
class Queues:
    """What is known of the queues: callers waiting, seconds that the first has waited, agents free, each by queue."""

    waiting: Mapping[str, int]
    longest_wait: Mapping[str, int]
    agents_free: Mapping[str, int]


NOT_KNOWN = Queues({}, {}, {})


@dataclass(frozen=True, slots=True)
class CallerNotes:
    """What is known beside the facts, for questions, explanations and the agent's phone.

    `pin` is what came of a PIN (see `gather`), `typed` whether a customer number was typed (None in
    older records). `why` says why the customers could not be asked, or what is wrong with the
    number; `why_not` why there is no number, and `doubt` what else it could be. `age` is how old
    the snapshot is that answered (seconds), None for a live answer. `claims`, `claims_pin` and
    `name` are of the customer whom the lookup found, also where the caller is not sure enough to be
    them; then `claimed` are the customer's facts, for other policies. `shared_by` is how many
    customers have the number. `scores_run` is the run that calculated the customer's scores, 0
    where all are given, and `scoring_version` what it calculated with.
    """

    pin: str = ""
    typed: bool | None = None
    why: str = ""
    why_not: str = ""
    age: float | None = None
    claims: str = ""
    claims_pin: bool = False
    name: str = ""
    shared_by: int = 0
    scores_run: int = 0
    scoring_version: str = ""
    claimed: Facts | None = None
    doubt: str = ""


def scores_of(facts: Facts) -> Scores:
    """Read the scores off the facts."""
    return Scores(*(known_score(facts[f"customer.{name}"]) for name in SCORES))


def known_score(score: float) -> float | None:
    """Give None for the number that stands for a score that is not known."""
    return None if score < 0 else score


class Gathered(NamedTuple):
    """All that a decision is taken on."""

    facts: Facts
    notes: CallerNotes


def gather(
    call: IncomingCall,
    caller: Caller,
    lookup: Lookup,
    policy: Policy,
    queues: Queues = NOT_KNOWN,
    pin: str = "",
    entry: EntryPoint | None = None,
) -> Gathered:
    """Gather all that a decision is taken on. Same inputs, same facts.

    `entry` is the policy's entry point for the number dialled, for whoever has it already.
    `pin` is what came of a PIN in this call: right, wrong, locked, none, unavailable, or empty when none was asked for;
    `later` when none may be asked for now, because of too many wrong ones from where the call comes.
    """
    entry = entry or policy.entry_point(call.dialled)
    hours = policy.hours.get(entry.hours)
    now = local_time(call.arrived_at, hours)
    trust = trust_of(call, caller, policy, pin)
    menu = policy.menus.get(entry.menu)
    enough = at_least(trust, policy.trust.routing)
    believed = lookup.customer if isinstance(lookup, Found) and enough else None
    claimed = lookup.customer if isinstance(lookup, Found) and not enough else None
    facts = {
        "call.did": call.dialled,
        "call.entry": entry.name,
        "call.intent": menu.keys.get(call.intent, "") if menu else "",
        "call.number": caller.number or "",
        "call.language": language_of(believed, entry, policy),
        "call.hour": now.hour,
        "call.minute": now.minute,
        "call.weekday": WEEKDAYS[now.weekday()],
        "call.date": now.date().isoformat(),
        "call.closed": hours is not None and not is_open(hours, now),
        "call.attestation": call.attestation,
        "call.trunk": call.trunk,
        "call.withheld": call.withheld,
        "call.trust": trust,
        "segment": "",
        **(_customer(believed, call.arrived_at, policy) if believed else _NOBODY),
        "customer.lookup": _outcome(lookup, enough),
        "queues.waiting": dict(queues.waiting),
        "queues.longest_wait": dict(queues.longest_wait),
        "queues.agents_free": dict(queues.agents_free),
    }
    of_claimed = _customer(claimed, call.arrived_at, policy) if claimed else None
    return Gathered(facts, _notes(lookup, caller, pin, of_claimed))


def language_of(customer: Customer | None, entry: EntryPoint, policy: Policy) -> str:
    """The customer's language where it is served, else the entry point's, else the policy's first."""
    wanted = (customer.language if customer else "", entry.language)
    return next((language for language in wanted if language in policy.languages), policy.languages[0])


def _outcome(lookup: Lookup, enough: bool) -> str:
    match lookup:
        case Found():
            return "found" if enough else "untrusted"
        case Ambiguous():
            return "ambiguous"
        case Unknown():
            return "unknown"
        case Unavailable():
            return "unavailable"


def _customer(customer: Customer, now: float, policy: Policy) -> dict[str, Any]:
    contacts = customer.contacts
    scores = {name: customer.scores.get(name) for name in SCORES} | {"score": customer.scores.overall(policy.score)}
    return {
        "customer.found": True,
        "customer.id": customer.customer_id,
        **{f"customer.{name}": -1.0 if score is None else float(score) for name, score in scores.items()},
        "customer.scores_age_days": _days(customer.scored_at, now),
        "customer.previous_segment": contacts.previous_segment,
        **{f"customer.{name}": _plain(getattr(customer, name)) for name in _AS_KNOWN},
        "customer.days_since_contact": _days(contacts.last_at, now),
        "customer.contacts_7d": _within(contacts.times, now, 7),
        "customer.contacts_30d": _within(contacts.times, now, 30),
        "customer.abandoned_last": contacts.abandoned_last,
        "customer.attribute": customer.attributes,
    }


def _plain(value: Any) -> Any:
    return list(value[:MOST_LISTED]) if isinstance(value, tuple) else value


def _days(since: float | None, now: float) -> float:
    return -1.0 if since is None else round(max(0.0, now - since) / _DAY, 3)


def _within(times: Sequence[float], now: float, days: int) -> int:
    return sum(now - days * _DAY <= at <= now for at in times)


def _notes(lookup: Lookup, caller: Caller, pin: str, claimed: Facts | None) -> CallerNotes:
    match lookup:
        case Found(customer, age, why):
            return CallerNotes(
                pin,
                caller.typed,
                why,
                caller.why_not,
                age,
                customer.customer_id,
                customer.has_pin,
                customer.name,
                scores_run=customer.scores_run,
                scoring_version=customer.scoring_version,
                claimed=claimed,
                doubt=caller.doubt,
            )
        case Ambiguous(ids):
            many = len(ids)
            return CallerNotes(
                pin,
                caller.typed,
                why_not=caller.why_not,
                shared_by=many,
                doubt=caller.doubt,
            )
        case Unknown(why) | Unavailable(why):
            return CallerNotes(pin, caller.typed, why, caller.why_not, doubt=caller.doubt)
