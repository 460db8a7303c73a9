"""The routing decision: a pure function from facts and a policy to one treatment with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import Scores
from ivr.domain.durations import length
from ivr.domain.policy import EntryPoint, Policy, Rule, Segment, Treatment
from ivr.domain.routing import segmentation as segments
from ivr.domain.routing.facts import Conditions, Gathered, known_score, scores_of
from ivr.domain.routing.given_treatment import GivenTreatment, adjusted, given
from ivr.domain.routing.opening_hours import is_holiday
from ivr.domain.routing.phone_label import few_words, label
from ivr.domain.routing.questions import NO_QUESTION, Question, question
from ivr.domain.routing.reason import sentence
from ivr.domain.routing.trace import FailedCondition, Tier, Trace, Tried
from ivr.domain.routing.trust import at_least, is_test

LookupOutcome = Literal["found", "ambiguous", "unknown", "unavailable", "untrusted"]


@dataclass(frozen=True, slots=True)
class CallerIdentity:
    """Who calls, as far as the lookup and trust say.

    Without a customer who is surely enough the caller, ids, name and scores are None. `named` is
    whether the agent's phone may name the customer, `disclose` whether the caller may hear about
    the account, and `account` what there is to hear. `scores_run` is the run that calculated the
    scores, 0 where all of them were given; `scoring_version` what it calculated with.
    """

    customer_id: str | None
    customer_name: str | None
    scores: Scores
    score: float | None
    segment: str | None
    lookup: LookupOutcome
    trust: str = ""  # the defaults are for older records, which have none of these
    named: bool = False
    disclose: bool = False
    account: str = ""
    scores_run: int = 0
    scoring_version: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """How one call is treated, and why.

    `question` is one whose answer may change the decision: until then it holds. `test` is a call of
    QA's, by its number: treated like any other, and counted nowhere. `memory` is what the dialplan
    does with what it remembers of this number.
    """

    call_id: str
    identity: CallerIdentity
    treatment: GivenTreatment
    trace: Trace
    question: Question = NO_QUESTION
    test: bool = False
    memory: str = field(default="", compare=False)
    took_ms: Mapping[str, float] = field(default_factory=dict, compare=False)  # each step


_tried = lru_cache(maxsize=8192)(Tried)  # the same few again and again: to make one takes longer


def decide(
    call: IncomingCall,
    gathered: Gathered,
    policy: Policy,
    conditions: Conditions,
    entry: EntryPoint | None = None,
) -> Decision:
    """Choose the treatment. Same inputs, same Decision.

    `entry` is the policy's entry point for the number dialled, for whoever has it already.
    """
    return _Walk(call, gathered, policy, conditions, entry or policy.entry_point(call.dialled)).decision()


def explain(
    call: IncomingCall,
    gathered: Gathered,
    policy: Policy,
    conditions: Conditions,
    entry: EntryPoint | None = None,
) -> tuple[Decision, tuple[Tried, ...]]:
    """Choose the treatment, and say how each segment and rule fared, in the policy's order."""
    walk = _Walk(call, gathered, policy, conditions, entry or policy.entry_point(call.dialled), explained=True)
    return walk.decision(), tuple(walk.tried)


class _Walk:
    """One way through the policy."""

    def __init__(
        self,
        call: IncomingCall,
        gathered: Gathered,
        policy: Policy,
        conditions: Conditions,
        entry: EntryPoint,
        *,
        explained: bool = False,
    ) -> None:
        self.call, self.policy, self.entry = call, policy, entry
        self.facts: dict[str, Any] = {**gathered.facts, "segment": ""}
        self.notes = gathered.notes
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
        adjusting_rules: list[Rule] = []
        self_service = ""
        for each in adjusting:
            before = treatment, self_service
            treatment = adjusted(treatment, each.adjust)
            if treatment.queue and each.adjust:
                self_service = self_service or each.adjust.self_service
            if (treatment, self_service) != before:
                adjusting_rules.append(each)
        return self._made(treatment, rule, reason, segment, adjusting_rules, self_service)

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
        """The trust that it takes to be treated as one of the segment.

        Who dials its number need not be anybody.
        """
        return segment.trust or ("none" if segment.name == self.entry.segment else self.policy.trust.routing)

    def _trusted(self, needed: str) -> bool:
        return at_least(self.facts["call.trust"], needed)

    def _rules(self) -> tuple[list[Rule], Rule | None]:
        """The rules that adjust, and the one that chooses the treatment."""
        adjusting, chosen = [], None
        for rule in self.policy.rules:
            if chosen is not None:
                if self.explained:
                    self.tried.append(_tried("rule", rule.name, False, "", "", "", "", chosen.name))
                continue
            failed = self._miss(rule.when)
            if self.explained:
                problem = self.failed.get(failed, "") if failed else ""
                self.tried.append(_tried("rule", rule.name, failed is None, failed or "", problem))
            if failed is not None or self._takes_more_trust(rule):
                continue
            if rule.treatment is not None:
                chosen = rule
            else:
                adjusting.append(rule)
        return adjusting, chosen

    def _takes_more_trust(self, rule: Rule) -> bool:
        """Whether a rule would give a treatment that takes more trust than there is:

        then it gives nothing.
        """
        needed = self.policy.treatments[rule.treatment].trust if rule.treatment is not None else "none"
        if self._trusted(needed):
            return False
        self.wants_trust = True
        if self.explained:
            self.tried[-1] = Tried("rule", rule.name, held=False, takes=needed)
        return True

    def _note_segments(self, found: Segment | None) -> None:
        decided_by = ""
        for segment in self.policy.segments:
            if decided_by:
                self.tried.append(Tried("segment", segment.name, held=False, decided_by=decided_by))
                continue
            failed = self._miss(segment.enter) or ""
            if segment is not found:
                problem = self.failed.get(failed, "")
                self.tried.append(Tried("segment", segment.name, held=False, failed=failed, problem=problem))
                continue
            decided_by, needed = segment.name, self._needed(segment)
            entered: Literal["by conditions", "by number", "before"] = "before" if failed else "by conditions"
            if segment.name == self.entry.segment:
                entered = "by number"
            takes = "" if self._trusted(needed) else needed
            self.tried.append(Tried("segment", segment.name, held=True, entered=entered, takes=takes))

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
        facts, notes = self.facts, self.notes
        match facts["customer.lookup"]:
            case "found":
                why = "no rule fits" if segment else "no segment fits"
                if self.wants_trust:
                    why = f"it is not sure enough who calls ({facts['call.trust']})"
            case "ambiguous":
                why = f"{facts['call.number'] or 'the number'} belongs to {notes.shared_by or 'several'} customers"
            case "unavailable":
                why = f"the customers could not be asked ({notes.why})"
            case "untrusted":
                why = f"it is not sure who calls ({facts['call.trust']})"
            case _:
                why = notes.why
        return f"{why}, so the default applies"

    def _made(
        self,
        treatment: Treatment,
        rule: str,
        reason: str,
        segment: Segment | None,
        adjusted: Sequence[Rule],
        self_service: str,
    ) -> Decision:
        facts, notes, call, policy = self.facts, self.notes, self.call, self.policy
        identity = self._identity(segment)
        tier: Tier = "live"
        if notes.age is not None:
            tier = "snapshot"
            reason = f"{reason}, from the snapshot of {length(notes.age)} ago: "
            reason += f"the customers could not be asked ({notes.why})"
        if identity.lookup == "unavailable":
            tier = "default"
        gathered = Gathered(facts, notes)
        words = few_words(segment, rule, adjusted, gathered)
        name = notes.name if identity.named else ""
        shown = label(segment.name if segment else treatment.name, words, name)
        asks = treatment.queue and treatment.questions
        return Decision(
            call.call_id,
            identity,
            given(treatment, facts["call.language"], self.entry.greeting, self_service, shown),
            Trace(
                rule,
                reason,
                tier,
                policy.version,
                tuple(rule.name for rule in adjusted),
                tuple(FailedCondition(*each) for each in self.failed.items()),
                facts,
                notes,
            ),
            self._question(gathered) if asks else NO_QUESTION,
            is_test(call, facts["call.number"], policy),
        )

    def _question(self, gathered: Gathered) -> Question:
        wants = self.wants_trust
        return question(self.call, gathered, self.policy, self.entry, wants_trust=wants)

    def _identity(self, segment: Segment | None) -> CallerIdentity:
        facts, notes, trust = self.facts, self.notes, self.policy.trust
        found = facts["customer.found"]
        disclose = found and notes.age is None and self._trusted(trust.disclosure)
        return CallerIdentity(
            customer_id=facts["customer.id"] or None,
            customer_name=notes.name if found and notes.claims else None,
            scores=scores_of(facts),
            score=known_score(facts["customer.score"]),
            segment=segment.name if segment else None,
            lookup=facts["customer.lookup"],
            trust=facts["call.trust"],
            named=found and self._trusted(trust.agent),
            disclose=disclose,
            account=("open-case" if facts["customer.open_case"] else "no-case") if disclose else "",
            scores_run=notes.scores_run if found else 0,
            scoring_version=notes.scoring_version if found else "",
        )
