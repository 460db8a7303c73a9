"""A decision explained: each segment and rule, hit or miss and why; what the caller hears; what the agent sees."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.durations import length
from ivr.domain.policy import EntryPoint, Rule, Segment, Step
from ivr.domain.ports import PolicyInForce
from ivr.domain.routing.condition_tokens import facts_of
from ivr.domain.routing.decision import Decision, Tried, explain
from ivr.domain.routing.fact_comparison import at_least
from ivr.domain.routing.facts import Evaluate, Facts
from ivr.domain.routing.reason import in_words, spoken

_REFUSED = "ss-noservice"  # the dialplan's word for who is refused, where the treatment has none
_SURE = {
    "typed": "a customer number typed on the keypad",
    "caller-id": "the caller ID of a trusted trunk",
    "attested": "the carrier vouches for the number",
    "pin": "the customer's PIN",
}


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One segment or rule. `verdict` is hit, miss or not reached; `why` has conditions with their values.

    `would` is whether one that was not reached would have held; None for the others.
    """

    kind: Literal["segment", "rule"]
    name: str
    verdict: Literal["hit", "miss", "not reached"]
    why: str
    would: bool | None = None
    effect: str = ""  # what a rule does when it holds


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision, and how it came about."""

    call: IncomingCall
    decision: Decision
    segments: tuple[ExplanationLine, ...]
    rules: tuple[ExplanationLine, ...]
    menu: tuple[tuple[str, str], ...] = ()  # key and intent, when the menu is asked

    def as_json(self) -> dict[str, Any]:
        """As JSON has it: call, decision (with its facts), segments, rules, caller (what they hear), phone."""
        return {
            "call": asdict(self.call),
            "decision": asdict(self.decision),
            "segments": [asdict(line) for line in self.segments],
            "rules": [asdict(line) for line in self.rules],
            "caller": list(heard(self)),
            "phone": self.decision.label,
        }


def explanation(
    call: IncomingCall, facts: Facts, in_force: PolicyInForce, entry: EntryPoint | None = None
) -> Explanation:
    """Decide, and say how each segment and rule fared. Same inputs, same Explanation.

    `entry` is the policy's entry point for the number dialled, for whoever has it already.
    """
    policy = in_force.policy
    entry = entry or policy.entry_point(call.dialled)
    decision, tried = explain(call, facts, policy, in_force.conditions, entry)
    holds = in_force.conditions(decision.facts)
    segments = {segment.name: segment for segment in policy.segments}
    menu = policy.menus.get(entry.menu)
    rules = iter(policy.rules)  # in the order in which they were tried
    lines = [
        _segment(each, segments[each.name], decision.facts, holds)
        if each.kind == "segment"
        else _rule(each, next(rules), decision, holds)
        for each in tried
    ]
    return Explanation(
        call,
        decision,
        tuple(line for line in lines if line.kind == "segment"),
        tuple(line for line in lines if line.kind == "rule"),
        tuple(menu.keys.items()) if menu and decision.ask == "menu" else (),
    )


def _segment(tried: Tried, segment: Segment, facts: Facts, holds: Evaluate) -> ExplanationLine:
    if tried.note == "not reached":
        would = bool(segment.enter) and all(holds(condition) is True for condition in segment.enter)
        return ExplanationLine("segment", tried.name, "not reached", _would(would, segment.enter, facts, holds), would)
    if not tried.held:
        return ExplanationLine("segment", tried.name, "miss", _miss(tried, facts))
    met = segment.stay if tried.note.startswith("was in it") else segment.enter
    given = tried.note.startswith("given")
    words = [tried.note] if tried.note else []
    if not given:
        words = [*(in_words(condition, facts) for condition in met), *words]
    return ExplanationLine("segment", tried.name, "hit", " and ".join(words) or "every caller", None)


def _rule(tried: Tried, rule: Rule, decision: Decision, holds: Evaluate) -> ExplanationLine:
    effect, facts = _effect(rule), decision.facts
    if tried.note.startswith("not reached"):
        would = all(holds(condition) is True for condition in rule.when)
        return ExplanationLine("rule", tried.name, "not reached", _would(would, rule.when, facts, holds), would, effect)
    if not tried.held:
        return ExplanationLine("rule", tried.name, "miss", _miss(tried, facts), None, effect)
    if rule.adjust and rule.name not in decision.adjustments:
        effect += f": nothing changes, {'it is so already' if decision.queue else 'the call waits in no queue'}"
    return ExplanationLine("rule", tried.name, "hit", _met(rule.when, facts), None, effect)


def _met(conditions: tuple[str, ...], facts: Facts) -> str:
    return " and ".join(in_words(condition, facts) for condition in conditions) or "every caller"


def _miss(tried: Tried, facts: Facts) -> str:
    if not tried.failed:
        return tried.note
    words = missed(tried.failed, facts)
    return f"{words}: could not be evaluated: {tried.problem}" if tried.problem else words


def _would(would: bool, conditions: tuple[str, ...], facts: Facts, holds: Evaluate) -> str:
    if would:
        return f"would have held: {_met(conditions, facts)}"
    failed = next((condition for condition in conditions if holds(condition) is not True), None)
    return f"would not have held: {missed(failed, facts)}" if failed else "is given by a number alone"


def missed(condition: str, facts: Facts) -> str:
    """A condition that does not hold, with the values that it was asked about."""
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
    facts = decision.facts
    number = facts.get("call.number", "")
    match decision.lookup:
        case "found" if decision.customer_id is None:
            return "a customer, as is supposed"
        case "found":
            return f"{decision.customer_id} ({decision.customer_name})"
        case "ambiguous":
            return f"one of the {facts.get('note.shared_by', 'several')} customers who share {number or 'the number'}"
        case "unavailable":
            return f"not known: the customers could not be asked ({facts.get('note.why', '')})"
        case "untrusted":
            return "not known: it is not sure enough that the number is the caller's"
        case _:
            return f"not known: {facts.get('note.why') or 'nobody has this number'}"


def how_sure(decision: Decision) -> str:
    """Trust in words."""
    if decision.trust == "none" and decision.facts:
        return f"none: {_why_not_sure(decision.facts)}"
    return f"{decision.trust}: {_SURE[decision.trust]}" if decision.trust in _SURE else decision.trust or "not recorded"


def _why_not_sure(facts: Facts) -> str:
    if facts.get("note.typed"):
        return "a customer number was typed, and the PIN was wrong or not typed"
    if facts.get("call.attestation") == "failed":
        return "the signature of the number is not good"
    if not facts.get("call.number", ""):
        return facts.get("note.why_not") or "there is no number"
    return f"the trunk {facts.get('call.trunk', '')} is not one of trust.trunks"


def heard(told: Explanation) -> Iterator[str]:
    """What the caller hears and is asked, from the beginning, a line each."""
    decision = told.decision
    match decision.ask:
        case "menu":
            keys = ", ".join(f"{key} {intent}" for key, intent in told.menu)
            yield f"is asked in the menu ({_sounds(decision.ask_sound)}): {keys}; the answer may change what follows"
        case "number":
            yield f"is asked for the customer number ({_sounds(decision.ask_sound)}); it may change what follows"
        case "pin":
            yield f"is asked for the PIN ({_sounds(decision.ask_sound)}); it may change what follows"
    if decision.action != "refuse":  # who is refused hears no greeting, and nobody else expects one
        # While the customers cannot be asked, the dialplan plays none: the caller has waited enough.
        greeted = decision.greeting and decision.rung != "default"
        yield f"hears {_sounds(decision.greeting)}" if greeted else "hears no greeting"
    match decision.action:
        case "queue":
            yield from _waiting(decision)
        case "voicemail":
            yield f"{_then(decision)}leaves a message in mailbox {decision.mailbox}"
        case "end":
            yield f"{_then(decision)}the call ends"
        case "refuse":
            yield f"hears {_sounds(decision.say or (_REFUSED,))}, then is refused"


def _then(decision: Decision) -> str:
    return f"hears {_sounds(decision.say)}, then " if decision.say else ""


def _waiting(decision: Decision) -> Iterator[str]:
    if decision.self_service:
        yield f"is offered the self-service {decision.self_service}; 0 leaves it for the agents"
    music = f", music {decision.music}" if decision.music else ""
    yield f"waits in {decision.queue} at priority {decision.priority}{music}"
    yield from steps_in_words(decision.steps)


def steps_in_words(steps: Sequence[Step]) -> list[str]:
    """`after 45 seconds: on to general-queue, priority 40`, a line each. What is only said again is in one line."""
    alike: dict[object, list[Step]] = {}
    for step in steps:
        only_said = step == Step(step.after, say=step.say)
        alike.setdefault(step.say if only_said else step.after, []).append(step)
    return [f"after {', '.join(length(each.after) for each in same)}: {_change(same[0])}" for same in alike.values()]


def _change(step: Step) -> str:
    """`on to general-queue, priority 40`."""
    changes = [
        f"on to {step.queue}" if step.queue else "",
        "" if step.priority is None else f"priority {step.priority}",
        f"hears {_sounds(step.say)}" if step.say else "",
        "may leave a message instead (1)" if step.offer == "voicemail" else "",
        {"voicemail": "leaves a message, and waits no longer", "end": "hears ivr/busy-end, and the call ends"}.get(
            step.then, ""
        ),
    ]
    return ", ".join(change for change in changes if change)


def _sounds(sounds: tuple[str, ...]) -> str:
    spoken = {"position": "the position in the queue", "wait": "how long it will be"}
    return " and ".join(spoken.get(sound, sound) for sound in sounds) or "nothing"
