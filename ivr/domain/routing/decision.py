"""The routing decision: a pure function from facts and a policy to one treatment with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import SCORES, Scores
from ivr.domain.durations import length
from ivr.domain.policy import TRUST_LEVELS, Adjustment, EntryPoint, Policy, Rule, Segment, Step, Treatment
from ivr.domain.routing import segmentation as segments
from ivr.domain.routing.facts import Conditions, Facts, is_holiday, is_test
from ivr.domain.routing.phone_label import few_words, label
from ivr.domain.routing.reason import sentence
from ivr.limits import HIGHEST_PRIORITY

Rung = Literal["live", "snapshot", "default"]
LookupOutcome = Literal["found", "ambiguous", "unknown", "unavailable", "untrusted"]
Action = Literal["queue", "refuse", "voicemail", "end"]
MOST_QUESTIONS = 4  # in one call
_TRIES = {"m": 1, "n": 2, "p": 2}  # how often a caller is asked the same


@dataclass(frozen=True, slots=True)
class Decision:
    """How one call is treated, and why. `facts` with the policy of `policy_version` gives this Decision again.

    `rule` names what chose the treatment, `adjustments` the rules that changed something in it, `reason` says it in a
    sentence. `label` is what the agent's phone shows as the caller's name. `rung` is the step of the fail-open ladder:
    `live` when the customers could be asked, `snapshot` when their last known state was used, `default` when nothing
    was known. `ask` is a question (menu, number or pin) whose answer may change the decision: until then it holds.
    `disclose` is whether the caller may hear about the account, and `account` what there is to hear. `failed` has the
    conditions that could not be evaluated, with the reason. `language` is two lower-case letters.
    """

    call_id: str
    action: Action
    treatment: str
    queue: str | None
    priority: int
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
    language: str | None = None  # the defaults are for older records, which have none of these
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
    trust: str = ""
    named: bool = False  # whether the agent's phone may name the customer
    failed: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    memory: str = field(default="", compare=False)  # what the dialplan does with what it remembers of this number
    took_ms: Mapping[str, float] = field(default_factory=dict, compare=False)  # each step on the way to it


class Tried(NamedTuple):
    """One segment or rule, as it was tried. `failed` is the first condition that did not hold, `problem` why it could
    not be evaluated; `note` what else there is to say."""

    kind: Literal["segment", "rule"]
    name: str
    held: bool
    failed: str = ""
    problem: str = ""
    note: str = ""


_tried = lru_cache(maxsize=8192)(Tried)  # the same few again and again: to make one takes longer


def decide(
    call: IncomingCall, facts: Facts, policy: Policy, conditions: Conditions, entry: EntryPoint | None = None
) -> Decision:
    """Choose the treatment. Same inputs, same Decision.

    `entry` is the policy's entry point for the number dialled, for whoever has it already.
    """
    return _Walk(call, facts, policy, conditions, entry or policy.entry_point(call.dialled)).decision()


def explain(
    call: IncomingCall, facts: Facts, policy: Policy, conditions: Conditions, entry: EntryPoint | None = None
) -> tuple[Decision, tuple[Tried, ...]]:
    """The same Decision, and how each segment and rule fared on the way to it, in the policy's order."""
    walk = _Walk(call, facts, policy, conditions, entry or policy.entry_point(call.dialled), explained=True)
    return walk.decision(), tuple(walk.tried)


class _Walk:
    """One way through the policy."""

    def __init__(
        self,
        call: IncomingCall,
        facts: Facts,
        policy: Policy,
        conditions: Conditions,
        entry: EntryPoint,
        *,
        explained: bool = False,
    ) -> None:
        self.call, self.policy, self.entry = call, policy, entry
        self.facts: dict[str, Any] = {**facts, "segment": ""}
        self._evaluate = conditions(self.facts)
        self.explained = explained
        self.tried: list[Tried] = []
        self.failed: dict[str, str] = {}
        self.wants_trust = False

    def decision(self) -> Decision:
        segment = self._segment()
        self.facts["segment"] = segment.name if segment else ""
        adjusting, chosen = self._rules()
        treatment, rule, reason = self._treatment(chosen, segment)
        adjusted: list[Rule] = []
        self_service = ""
        for each in adjusting:
            before = treatment, self_service
            treatment = _adjusted(treatment, each.adjust)
            if treatment.queue and each.adjust:
                self_service = self_service or each.adjust.self_service
            if (treatment, self_service) != before:
                adjusted.append(each)
        return self._made(treatment, rule, reason, segment, adjusted, self_service)

    def _holds(self, condition: str) -> bool | str:
        held = self._evaluate(condition)
        if isinstance(held, str):
            self.failed[condition] = held
        return held

    def _miss(self, conditions: Sequence[str]) -> str | None:
        """The first that does not hold."""
        evaluate = self._evaluate
        for condition in conditions:  # a loop without calls of our own: this is where a decision's time goes
            held = evaluate(condition)
            if held is not True:
                if held is not False:
                    self.failed[condition] = held
                return condition
        return None

    def _segment(self) -> Segment | None:
        found = segments.assign(self.policy.segments, self.entry.segment, self.facts, self._holds)
        if self.explained:
            self._note_segments(found)
        if found and not self._trusted(self._needed(found)):
            self.wants_trust = True
            return None
        return found

    def _needed(self, segment: Segment) -> str:
        """The trust that it takes to be treated as one of the segment. Who dials its number need not be anybody."""
        return segment.trust or ("none" if segment.name == self.entry.segment else self.policy.trust.routing)

    def _trusted(self, needed: str) -> bool:
        return TRUST_LEVELS.index(self.facts["call.trust"]) >= TRUST_LEVELS.index(needed)

    def _rules(self) -> tuple[list[Rule], Rule | None]:
        """The rules that adjust, and the one that chooses the treatment."""
        adjusting, chosen = [], None
        for rule in self.policy.rules:
            if chosen is not None:
                if self.explained:
                    self.tried.append(_tried("rule", rule.name, False, "", "", f"not reached: {chosen.name} decided"))
                continue
            failed = self._miss(rule.when)
            if self.explained:
                problem = self.failed.get(failed, "") if failed else ""
                self.tried.append(_tried("rule", rule.name, failed is None, failed or "", problem, ""))
            if failed is not None or self._takes_more_trust(rule):
                continue
            if rule.treatment is not None:
                chosen = rule
            else:
                adjusting.append(rule)
        return adjusting, chosen

    def _takes_more_trust(self, rule: Rule) -> bool:
        """Whether a rule would give a treatment that takes more trust than there is: then it gives nothing."""
        needed = self.policy.treatments[rule.treatment].trust if rule.treatment is not None else "none"
        if self._trusted(needed):
            return False
        self.wants_trust = True
        if self.explained:
            note = f"holds, but takes trust {needed}, and there is {self.facts['call.trust']}"
            self.tried[-1] = Tried("rule", rule.name, held=False, note=note)
        return True

    def _note_segments(self, found: Segment | None) -> None:
        reached = True
        for segment in self.policy.segments:
            if not reached:
                self.tried.append(Tried("segment", segment.name, held=False, note="not reached"))
                continue
            failed = self._miss(segment.enter) or ""
            note = ""
            if segment is found:
                reached = False
                needed = self._needed(segment)
                if segment.name == self.entry.segment:
                    note = "given by the number dialled"
                elif failed:
                    note = "was in it last time, and stays"
                if not self._trusted(needed):
                    note = f"but takes trust {needed}, and there is {self.facts['call.trust']}"
            elif not segment.enter:
                note = "is given by a number alone"
            self.tried.append(
                Tried("segment", segment.name, segment is found, failed, self.failed.get(failed, ""), note)
            )

    def _treatment(self, chosen: Rule | None, segment: Segment | None) -> tuple[Treatment, str, str]:
        """The treatment, the name of what chose it, and why in a sentence."""
        facts, policy = self.facts, self.policy
        if chosen is None or chosen.treatment is None:
            treatment, rule, reason = policy.treatments[policy.default], "default", self._why_default(segment)
        else:
            treatment, rule = policy.treatments[chosen.treatment], chosen.name
            reason = sentence(chosen, segment, facts, self.entry)
        if facts["call.closed"] and treatment.queue and self.entry.closed and not treatment.always_open:
            when = f"{facts['call.weekday']} {facts['call.hour']:02}:{facts['call.minute']:02}"
            hours = policy.hours.get(self.entry.hours)
            if hours and is_holiday(hours, facts["call.date"]):
                when = f"{facts['call.date']} is a holiday"
            return policy.treatments[self.entry.closed], "closed", f"{self.entry.name} is closed ({when})"
        return treatment, rule, reason

    def _why_default(self, segment: Segment | None) -> str:
        facts = self.facts
        match facts["customer.lookup"]:
            case "found":
                why = "no rule fits" if segment else "no segment fits"
                if self.wants_trust:
                    why = f"it is not sure enough who calls ({facts['call.trust']})"
            case "ambiguous":
                many = facts.get("note.shared_by", "several")
                why = f"{facts['call.number'] or 'the number'} belongs to {many} customers"
            case "unavailable":
                why = f"the customers could not be asked ({facts['note.why']})"
            case "untrusted":
                why = f"it is not sure who calls ({facts['call.trust']})"
            case _:
                why = facts["note.why"]
        return f"{why}, so the default applies"

    def _made(
        self, treatment: Treatment, rule: str, reason: str, segment: Segment | None, adjusted: Sequence[Rule],
        self_service: str,
    ) -> Decision:  # fmt: skip
        facts, call, policy = self.facts, self.call, self.policy
        found = facts["customer.found"]
        age = facts["note.age"]
        if age is not None:
            why = facts["note.why"]
            reason = f"{reason}, from the snapshot of {length(age)} ago: the customers could not be asked ({why})"
        rung: Rung = "default" if facts["customer.lookup"] == "unavailable" else "live" if age is None else "snapshot"
        disclose = found and age is None and self._trusted(policy.trust.disclosure)
        language = facts["call.language"]
        named = found and self._trusted(policy.trust.agent)
        decision = Decision(
            call_id=call.call_id,
            action=action_of(treatment),
            treatment=treatment.name,
            queue=_in(treatment.queue, language),
            priority=treatment.priority,
            segment=segment.name if segment else None,
            customer_id=facts["customer.id"] or None,
            customer_name=facts.get("note.name") if found else None,
            scores=Scores(**{name: _known(facts[f"customer.{name}"]) for name in SCORES}),
            score=_known(facts["customer.score"]),
            lookup=facts["customer.lookup"],
            rule=rule,
            reason=reason,
            label=label(
                segment.name if segment else treatment.name,
                few_words(segment, rule, adjusted, facts),
                facts.get("note.name", "") if named else "",
            ),
            rung=rung,
            policy_version=policy.version,
            language=language,
            test=is_test(call, facts["call.number"], policy),
            steps=tuple(_spoken(step, language) for step in treatment.steps),
            greeting=self.entry.greeting if treatment.greeting is None else treatment.greeting,
            say=treatment.say,
            mailbox=treatment.mailbox if _may_record(treatment) else "",
            music=treatment.music,
            self_service=self_service,
            disclose=disclose,
            account=("open-case" if facts["customer.open_case"] else "no-case") if disclose else "",
            adjustments=tuple(rule.name for rule in adjusted),
            trust=facts["call.trust"],
            named=named,
            failed=tuple(f"{condition}: {problem}" for condition, problem in self.failed.items()),
            facts=self.facts,
        )
        return self._asking(decision, treatment) if treatment.queue and treatment.questions else decision

    def _asking(self, decision: Decision, treatment: Treatment) -> Decision:
        """With the question that may change it, if there is one left to ask."""
        if decision.rung == "default" or len(self.call.asked) >= MOST_QUESTIONS:
            return decision
        if self._may_ask("n") and self.entry.identify and decision.lookup in ("ambiguous", "unknown"):
            again = "n" in self.call.asked
            if not again or self.call.typed:
                return replace(decision, ask="number", ask_sound=("ivr/number-unknown" if again else "ivr/number",))
        if self._may_ask("p") and self._pin_would_help():
            again = self.facts["note.pin"] == "wrong"
            return replace(decision, ask="pin", ask_sound=("ivr/pin-wrong" if again else "ivr/pin",))
        menu = self.policy.menus.get(self.entry.menu)
        if menu and self._may_ask("m"):
            return replace(decision, ask="menu", ask_sound=menu.say, ask_keys="".join(menu.keys))
        return decision

    def _may_ask(self, letter: str) -> bool:
        return self.call.asked.count(letter) < _TRIES[letter]

    def _pin_would_help(self) -> bool:
        facts = self.facts
        if facts["call.trust"] == "pin" or facts["note.pin"] in ("locked", "later", "none", "unavailable"):
            return False
        if "p" in self.call.asked and facts["note.pin"] != "wrong":
            return False  # nothing was typed
        has_pin = facts["customer.has_pin"] or facts.get("note.claims_pin", False)
        return bool(has_pin) and (self.wants_trust or facts["customer.lookup"] == "untrusted")


def action_of(treatment: Treatment) -> Action:
    """What the dialplan is to do for a treatment."""
    if treatment.refuse:
        return "refuse"
    if treatment.queue:
        return "queue"
    return "voicemail" if treatment.then == "voicemail" else "end"


def _may_record(treatment: Treatment) -> bool:
    return treatment.then == "voicemail" or any("voicemail" in (step.offer, step.then) for step in treatment.steps)


def _adjusted(treatment: Treatment, by: Adjustment | None) -> Treatment:
    """The treatment as a rule changes it; one without a queue stays as it is."""
    if by is None or not treatment.queue:
        return treatment
    steps = tuple(
        s if s.priority is None else replace(s, priority=_bounded(s.priority + by.priority)) for s in treatment.steps
    )
    return replace(
        treatment,
        priority=_bounded(treatment.priority + by.priority),
        steps=steps,
        greeting=treatment.greeting if by.greeting is None else by.greeting,
        music=by.music or treatment.music,
    )


def _bounded(priority: int) -> int:
    return max(0, min(priority, HIGHEST_PRIORITY))


def _spoken(step: Step, language: str) -> Step:
    """The step with the language in its queue's name."""
    return replace(step, queue=_in(step.queue, language)) if step.queue and "{" in step.queue else step


def _in(queue: str | None, language: str) -> str | None:
    return queue.replace("{language}", language) if queue else None


def _known(score: float) -> float | None:
    return None if score < 0 else score
