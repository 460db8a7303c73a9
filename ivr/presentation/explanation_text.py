"""An explanation in words: why segments and rules held or not, who calls, what is heard."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.durations import length
from ivr.domain.json_dataclasses import deep
from ivr.domain.policy import Rule, Segment, Step
from ivr.domain.routing.condition_tokens import facts_of
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.decision_record import values_of
from ivr.domain.routing.explanation import Explanation
from ivr.domain.routing.fact_comparison import at_least
from ivr.domain.routing.facts import CallerNotes, Facts
from ivr.domain.routing.given_treatment import GivenTreatment
from ivr.domain.routing.reason import in_words, spoken
from ivr.domain.routing.trace import Tried

_REFUSED = "ss-noservice"  # the dialplan's word for who is refused, where the treatment has none
_THEN = {
    "voicemail": "leaves a message, and waits no longer",
    "end": "hears ivr/busy-end, and the call ends",
}
_SURE = {
    "typed": "a customer number typed on the keypad",
    "caller-id": "the caller ID of a trusted trunk",
    "attested": "the carrier vouches for the number",
    "pin": "the customer's PIN",
}


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One segment or rule.

    `verdict` is hit, miss or not reached; `why` has conditions with their values.

    `would` is whether one that was not reached would have held; None for the others.
    """

    kind: Literal["segment", "rule"]
    name: str
    verdict: Literal["hit", "miss", "not reached"]
    why: str
    would: bool | None = None
    effect: str = ""  # what a rule does when it holds


def as_json(explained: Explanation) -> dict[str, Any]:
    """Give it as JSON has it.

    There are call, decision (with its facts), segments, rules, caller (what they hear), phone.
    """
    decision = explained.decision
    return {
        "call": asdict(explained.call),
        "decision": deep(values_of(decision)),
        "segments": [asdict(line) for line in segment_lines(explained)],
        "rules": [asdict(line) for line in rule_lines(explained)],
        "caller": list(heard(explained)),
        "phone": decision.treatment.label,
    }


def segment_lines(explained: Explanation) -> list[ExplanationLine]:
    """Say how each segment fared."""
    facts = explained.decision.trace.facts
    return [_segment(tried, segment, facts) for segment, tried in explained.segments]


def rule_lines(explained: Explanation) -> list[ExplanationLine]:
    """Say how each rule fared."""
    return [_rule(tried, rule, explained.decision) for rule, tried in explained.rules]


def _segment(tried: Tried, segment: Segment, facts: Facts) -> ExplanationLine:
    name = tried.name
    if tried.decided_by:
        why = _would(tried, segment.enter, facts)
        return ExplanationLine("segment", name, "not reached", why, tried.would)
    if not tried.held:
        why = _miss(tried, facts) if tried.failed else "is given by a number alone"
        return ExplanationLine("segment", name, "miss", why)
    words = []
    match tried.entered:
        case "by number":
            words = ["given by the number dialled"]
        case "before":
            words = [in_words(condition, facts) for condition in segment.stay]
            words.append("was in it last time, and stays")
        case _:
            words = [in_words(condition, facts) for condition in segment.enter]
    why = " and ".join(words) or "every caller"
    if tried.takes:
        why = f"{why}, but {_takes(tried, facts)}"
    return ExplanationLine("segment", name, "hit", why)


def _rule(tried: Tried, rule: Rule, decision: Decision) -> ExplanationLine:
    effect, facts = _effect(rule), decision.trace.facts
    if tried.decided_by:
        why = _would(tried, rule.when, facts)
        return ExplanationLine("rule", tried.name, "not reached", why, tried.would, effect)
    if not tried.held:
        return ExplanationLine("rule", tried.name, "miss", _miss(tried, facts), None, effect)
    if rule.adjust and rule.name not in decision.trace.adjustments:
        why = "it is so already" if decision.treatment.queue else "the call waits in no queue"
        effect += f": nothing changes, {why}"
    return ExplanationLine("rule", tried.name, "hit", _met(rule.when, facts), None, effect)


def _takes(tried: Tried, facts: Facts) -> str:
    return f"takes trust {tried.takes}, and there is {facts['call.trust']}"


def _would(tried: Tried, conditions: tuple[str, ...], facts: Facts) -> str:
    if tried.would:
        return f"would have held: {_met(conditions, facts)}"
    if tried.failed:
        return f"would not have held: {missed(tried.failed, facts)}"
    return "is given by a number alone"


def _met(conditions: tuple[str, ...], facts: Facts) -> str:
    return " and ".join(in_words(condition, facts) for condition in conditions) or "every caller"


def _miss(tried: Tried, facts: Facts) -> str:
    if tried.takes:
        return f"holds, but {_takes(tried, facts)}"
    words = missed(tried.failed, facts)
    return f"{words}: could not be evaluated: {tried.problem}" if tried.problem else words


def missed(condition: str, facts: Facts) -> str:
    """Say a condition that does not hold, with the values that it was asked about."""
    if simple := at_least(condition):
        value = facts[simple.fact]
        below = "not known" if value < 0 else f"{value:g}, below {simple.bound:g}"
        return f"{spoken(simple.fact)} is {below}"
    if condition in facts_of(condition):
        return f"not {in_words(condition, facts)}"
    if (fact := condition.removeprefix("!")) in facts_of(condition):
        return in_words(fact, facts)
    return in_words(condition, facts)


def _effect(rule: Rule) -> str:
    if rule.treatment is not None:
        return f"treatment {rule.treatment}"
    adjust = rule.adjust
    if adjust is None:
        return ""
    changes = [
        f"priority {adjust.priority:+}" if adjust.priority else "",
        f"self-service {adjust.self_service}" if adjust.self_service else "",
        f"greeting {_sounds(adjust.greeting)}" if adjust.greeting is not None else "",
        f"music {adjust.music}" if adjust.music else "",
    ]
    return ", ".join(change for change in changes if change)


def who(decision: Decision) -> str:
    """Who calls, as far as the lookup said."""
    identity, notes = decision.identity, decision.trace.notes
    number = decision.trace.facts.get("call.number", "")
    match identity.lookup:
        case "found" if identity.customer_id is None:
            return "a customer, as is supposed"
        case "found":
            return f"{identity.customer_id} ({identity.customer_name})"
        case "ambiguous":
            many = notes.shared_by or "several"
            shared = number or "the number"
            whose = "whose number it could be" if notes.doubt else f"who share {shared}"
            return f"one of the {many} customers {whose}"
        case "unavailable":
            return f"not known: the customers could not be asked ({notes.why})"
        case "untrusted":
            return "not known: it is not sure enough that the number is the caller's"
        case _:
            return f"not known: {notes.why or 'nobody has this number'}"


def number_read(call: IncomingCall, decision: Decision) -> str:
    """Say how the caller's number was read, where that is not plain to see; else nothing."""
    number = decision.trace.facts.get("call.number", "")
    doubt = decision.trace.notes.doubt
    if not number or (number == call.caller_number and not doubt):
        return doubt
    return f"read as {number}{f': {doubt}' if doubt else ''}"


def how_sure(decision: Decision) -> str:
    """Trust in words."""
    trust, facts = decision.identity.trust, decision.trace.facts
    if trust == "none" and facts:
        return f"none: {_why_not_sure(facts, decision.trace.notes)}"
    return f"{trust}: {_SURE[trust]}" if trust in _SURE else trust or "not recorded"


def _why_not_sure(facts: Facts, notes: CallerNotes) -> str:
    if notes.typed:
        return "a customer number was typed, and the PIN was wrong or not typed"
    if facts.get("call.attestation") == "failed":
        return "the signature of the number is not good"
    if not facts.get("call.number", ""):
        return notes.why_not or "there is no number"
    return f"the trunk {facts.get('call.trunk', '')} is not one of trust.trunks"


def heard(told: Explanation) -> Iterator[str]:
    """Say what the caller hears and is asked, from the beginning, a line each."""
    decision, treatment = told.decision, told.decision.treatment
    yield from _asked(told)
    if treatment.action != "refuse":  # who is refused hears no greeting
        # While the customers cannot be asked, there is none: the caller has waited enough.
        greeted = treatment.greeting and decision.trace.tier != "default"
        yield f"hears {_sounds(treatment.greeting)}" if greeted else "hears no greeting"
    match treatment.action:
        case "queue":
            yield from _waiting(treatment)
        case "voicemail":
            yield f"{_then(treatment)}leaves a message in mailbox {treatment.mailbox}"
        case "end":
            yield f"{_then(treatment)}the call ends"
        case "refuse":
            yield f"hears {_sounds(treatment.say or (_REFUSED,))}, then is refused"


def _asked(told: Explanation) -> Iterator[str]:
    asked = told.decision.question
    change = "may change what follows"
    match asked.kind:
        case "menu":
            keys = ", ".join(f"{key} {intent}" for key, intent in told.menu)
            yield f"is asked in the menu ({_sounds(asked.sound)}): {keys}; the answer {change}"
        case "number":
            yield f"is asked for the customer number ({_sounds(asked.sound)}); it {change}"
        case "pin":
            yield f"is asked for the PIN ({_sounds(asked.sound)}); it {change}"


def _then(treatment: GivenTreatment) -> str:
    return f"hears {_sounds(treatment.say)}, then " if treatment.say else ""


def _waiting(treatment: GivenTreatment) -> Iterator[str]:
    if treatment.self_service:
        yield f"is offered the self-service {treatment.self_service}; 0 leaves it for the agents"
    music = f", music {treatment.music}" if treatment.music else ""
    yield f"waits in {treatment.queue} at priority {treatment.priority}{music}"
    yield from steps_in_words(treatment.steps)


def steps_in_words(steps: Sequence[Step]) -> list[str]:
    """`after 45 seconds:

    on to general-queue, priority 40`, a line each. What is only said again is in one line.
    """
    alike: dict[object, list[Step]] = {}
    for step in steps:
        only_said = step == Step(step.after, say=step.say)
        alike.setdefault(step.say if only_said else step.after, []).append(step)
    return [f"after {_times(same)}: {_change(same[0])}" for same in alike.values()]


def _times(steps: Sequence[Step]) -> str:
    return ", ".join(length(step.after) for step in steps)


def _change(step: Step) -> str:
    """`on to general-queue, priority 40`."""
    changes = [
        f"on to {step.queue}" if step.queue else "",
        "" if step.priority is None else f"priority {step.priority}",
        f"hears {_sounds(step.say)}" if step.say else "",
        "may leave a message instead (1)" if step.offer == "voicemail" else "",
        _THEN.get(step.then, ""),
    ]
    return ", ".join(change for change in changes if change)


def _sounds(sounds: tuple[str, ...]) -> str:
    spoken = {"position": "the position in the queue", "wait": "how long it will be"}
    return " and ".join(spoken.get(sound, sound) for sound in sounds) or "nothing"
