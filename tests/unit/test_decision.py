"""The routing decision, and what the agent's phone shows of it."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Ambiguous, Contacts, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.json_dataclasses import deep
from ivr.domain.policy import Step
from ivr.domain.routing.decision import Decision, decide, explain
from ivr.domain.routing.decision_record import decision_from_json, values_of
from ivr.domain.routing.facts import CallerNotes, Gathered, Queues, gather
from ivr.domain.routing.phone_label import label
from ivr.domain.routing.questions import MOST_QUESTIONS
from ivr.domain.routing.reason import in_words
from ivr.domain.routing.trace import FailedCondition
from ivr.policy.loader import Bundle
from ivr.presentation.explanation_text import steps_in_words
from tests.decisions import changed, decision_of, values
from tests.policies import AT_RISK, BLOCKED, PREMIUM, STANDARD, policy

CALL = IncomingCall("pbx-1.1", "pbx-1.1", "02079460001", "1000", False, "carrier", "abc@host", 1_700_000_000.0)
CALLER = Caller("+442079460001")
MARK = "1700000000-123456789"
NOT_FOUND: list[Lookup] = [Ambiguous(("C1", "C2")), Unknown("not a known number"), Unavailable("locked")]
PLAIN = policy()


def found(value: float | None = None, potential: float | None = None, need: float | None = None, **more: Any) -> Found:
    return Found(Customer("C1", "Ada Lovelace", Scores(value, potential, need), **more))


def decided(lookup: Lookup, by: Bundle = PLAIN, *, pin: str = "", caller: Caller = CALLER, **call: Any) -> Decision:
    asked = dataclasses.replace(CALL, **call)
    return decide(asked, gather(asked, caller, lookup, by.policy, pin=pin), by.policy, by.conditions)


# Every outcome of the lookup -------------------------------------------------------------------------


def test_a_customer_gets_the_treatment_of_their_segment_and_the_whole_reason_is_kept() -> None:
    decision = decided(found(91, 64, 10))
    assert changed(decision, facts={}, notes=CallerNotes()) == decision_of(
        call_id="pbx-1.1",
        action="queue",
        treatment="premium",
        queue="premium",
        priority=100,
        segment="premium",
        customer_id="C1",
        customer_name="Ada Lovelace",
        scores=Scores(91, 64, 10),
        score=69.4,
        lookup="found",
        rule="premium",
        reason="value 91 is at least 80, so premium",
        label="PREMIUM value 91 - Ada Lovelace",
        rung="live",
        policy_version=PLAIN.policy.version,
        language="en",
        steps=(Step(45, queue="general-queue"),),
        trust="caller-id",
        named=True,
    )


@pytest.mark.parametrize(
    ("lookup", "outcome", "rung", "reason", "shown"),
    [
        (
            Ambiguous(("C1", "C2", "C3")), "ambiguous", "live",
            "+442079460001 belongs to 3 customers, so the default applies", "GENERAL shared number",
        ),
        (
            Unknown("number withheld"), "unknown", "live",
            "number withheld, so the default applies", "GENERAL number withheld",
        ),
        (
            Unavailable("no answer within 0.1 s"), "unavailable", "default",
            "the customers could not be asked (no answer within 0.1 s), so the default applies",
            "GENERAL lookup failed",
        ),
    ],
)  # fmt: skip
def test_who_is_not_found_gets_the_default_and_no_customer(
    lookup: Lookup, outcome: str, rung: str, reason: str, shown: str
) -> None:
    decision = decided(lookup)
    assert values(decision, "lookup rung reason label") == (outcome, rung, reason, shown)
    assert values(decision, "rule treatment queue priority") == (
        "default", "general", "general-queue", 10,
    )  # fmt: skip
    assert values(decision, "segment customer_id customer_name") == (None, None, None)
    assert values(decision, "scores score") == (Scores(), None)


# Segments --------------------------------------------------------------------------------------------


def test_the_first_segment_that_fits_wins() -> None:
    both = found(value=90, need=90)
    assert decided(both).identity.segment == "premium"
    assert decided(both, policy(AT_RISK, PREMIUM)).identity.segment == "at-risk"


@pytest.mark.parametrize(
    ("value", "segment"), [(100, "premium"), (80, "premium"), (79.9, "standard"), (0, "standard"), (None, "standard")]
)
def test_a_threshold_belongs_to_its_segment(value: float | None, segment: str) -> None:
    assert decided(found(value)).identity.segment == segment


def test_a_score_that_is_not_known_meets_no_threshold_not_even_zero() -> None:
    anybody = policy({"name": "anybody", "enter": ["customer.need >= 0.0"]}, STANDARD)
    assert decided(found(value=100), anybody).identity.segment == "standard"
    assert decided(found(value=100, need=0), anybody).identity.segment == "anybody"


def test_every_condition_of_a_segment_has_to_hold() -> None:
    conditions = ["customer.value >= 80.0", "customer.need >= 50.0", "customer.score >= 60.0"]
    by = policy({"name": "fussy", "enter": conditions}, STANDARD)
    decision = decided(found(90, 50, 50), by)
    assert decision.identity.segment == "fussy"
    assert (
        decision.trace.reason
        == "value 90 is at least 80 and need 50 is at least 50 and score 74 is at least 60, so fussy"
    )
    for scores in ((79, 50, 50), (90, 50, 49), (80, 0, 50)):  # the last one's overall score is 58
        assert decided(found(*scores), by).identity.segment == "standard"


def test_whom_no_segment_fits_gets_the_default_by_name() -> None:
    decision = decided(found(value=10), policy(PREMIUM))
    assert values(decision, "rule segment treatment") == ("default", None, "general")
    assert values(decision, "lookup rung customer_id") == ("found", "live", "C1")
    assert decision.treatment.label == "GENERAL - Ada Lovelace"


HYSTERESIS = policy({**PREMIUM, "stay": ["customer.value >= 75.0"]}, STANDARD)


@pytest.mark.parametrize(
    ("value", "before", "segment"),
    [(80, "", "premium"), (77, "", "standard"), (77, "standard", "standard"), (77, "premium", "premium"),
     (75, "premium", "premium"), (74.9, "premium", "standard")],
)  # fmt: skip
def test_it_takes_more_to_enter_a_segment_than_to_stay(value: float, before: str, segment: str) -> None:
    decision = decided(found(value, contacts=Contacts(previous_segment=before)), HYSTERESIS)
    assert decision.identity.segment == segment
    if segment == "premium" and value < 80:
        assert decision.trace.reason == f"was premium before, and value {value:g} is at least 75, so premium"


DEDICATED = {"main": {"numbers": "any"}, "club": {"numbers": ["1002"], "segment": "frequent"}}


def test_a_number_gives_its_segment_to_whoever_dials_it_and_to_nobody_else() -> None:
    by = policy(PREMIUM, {"name": "frequent"}, STANDARD, **{"entry-points": DEDICATED})
    assert decided(found(10), by, dialled="1002").identity.segment == "frequent"
    assert decided(found(10), by).identity.segment == "standard"
    assert decided(found(90), by, dialled="1002").identity.segment == "premium", "an earlier one that fits comes first"
    withheld = decided(Unknown("number withheld"), by, dialled="1002", caller=Caller(None))
    assert withheld.identity.segment == "frequent", "whoever it is"
    assert "the number dialled (club) gives it" in decided(found(10), by, dialled="1002").trace.reason


# The overall score -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "overall"),
    [
        (Scores(100, 50, 0), 70.0),
        (Scores(100, 50), 87.5),  # a missing score's weight counts for the others
        (Scores(value=40), 40.0),
        (Scores(0, 0, 0), 0.0),
        (Scores(), None),
    ],
)
def test_the_overall_score_is_the_mean_of_what_is_known(scores: Scores, overall: float | None) -> None:
    assert scores.overall({"value": 0.6, "potential": 0.2, "need": 0.2}) == overall


def test_a_score_without_weight_counts_for_nothing() -> None:
    assert Scores(need=90).overall({"value": 1, "potential": 0, "need": 0}) is None


@given(
    weights=st.tuples(*[st.just(0.0) | st.floats(1e-9, 1e6)] * 3).filter(any),
    scores=st.builds(Scores, *[st.none() | st.floats(0, 100)] * 3),
)
def test_the_overall_score_is_never_outside_the_scores_that_it_is_made_of(
    weights: tuple[float, float, float], scores: Scores
) -> None:
    overall = scores.overall(dict(zip(("value", "potential", "need"), weights, strict=True)))
    known = [score for score in (scores.value, scores.potential, scores.need) if score is not None]
    assert overall is None or min(known) - 0.05 <= overall <= max(known) + 0.05


# Rules -----------------------------------------------------------------------------------------------


def rules(*those: dict[str, Any], **changes: Any) -> Bundle:
    return policy(rules=list(those), **changes)


def test_the_first_rule_with_a_treatment_that_fits_decides() -> None:
    by = rules(
        {"name": "no", "when": ["call.withheld"], "treatment": "premium"},
        {"name": "yes", "when": ["customer.found"], "treatment": "rescue"},
        {"name": "late", "treatment": "premium"},
    )
    assert (decided(found(10), by).trace.rule, decided(found(10), by).treatment.name) == ("yes", "rescue")


def test_adjustments_add_up_and_end_nothing() -> None:
    by = rules(
        {"name": "one", "when": ["customer.found"], "adjust": {"priority": 20}},
        {"name": "two", "adjust": {"priority": -5, "music": "quiet"}},
        {"name": "not", "when": ["call.withheld"], "adjust": {"priority": 500}},
        {"name": "general", "treatment": "general"},
        {"name": "too late", "adjust": {"priority": 500}},
    )
    decision = decided(found(10), by)
    assert values(decision, "priority music adjustments") == (25, "quiet", ("one", "two"))
    assert decision.treatment.label == "STANDARD one, two - Ada Lovelace"


def test_an_adjustment_that_changes_nothing_is_not_told() -> None:
    adjust = {"priority": 20, "self-service": "account", "greeting": "hello", "music": "quiet"}
    by = rules({"name": "one", "adjust": adjust}, {"name": "no", "treatment": "refused"})
    decision = decided(found(10), by)
    assert (
        decision.treatment.action,
        decision.treatment.priority,
        decision.treatment.greeting,
        decision.treatment.self_service,
    ) == ("refuse", 0, (), "")
    assert (decision.trace.adjustments, "one" in decision.treatment.label) == ((), False)
    twice = rules(
        {"name": "most", "adjust": {"priority": 1000}},
        {"name": "more", "adjust": {"priority": 5}},
        {"name": "music", "adjust": {"music": "quiet"}},
        {"name": "same music", "adjust": {"music": "quiet"}},
        {"name": "service", "adjust": {"self-service": "account"}},
        {"name": "another", "adjust": {"self-service": "other"}},
        {"name": "general", "treatment": "general"},
    )
    decision = decided(found(10), twice)
    assert decision.trace.adjustments == ("most", "music", "service")
    assert values(decision, "priority music self_service") == (1000, "quiet", "account")


def test_an_adjusted_priority_is_that_of_each_step_as_well() -> None:
    steps = [{"after": 90, "priority": 40}, {"after": 120, "offer": "voicemail"}]
    treatments = {"general": {"queue": "general-queue", "priority": 10, "steps": steps}}
    by = rules({"name": "one", "adjust": {"priority": 5}}, treatments=treatments)
    assert [step.priority for step in decided(found(10), by).treatment.steps] == [45, None]


@pytest.mark.parametrize(("by", "priority"), [(-1000, 0), (1000, 1000)])
def test_a_priority_stays_one_that_asterisk_takes(by: int, priority: int) -> None:
    adjusting = rules({"name": "much", "adjust": {"priority": by}}, {"name": "all", "treatment": "premium"})
    assert decided(found(10), adjusting).treatment.priority == priority


def test_an_adjusted_priority_counts_in_the_steps_too() -> None:
    treatments = {"general": {"queue": "general-queue", "priority": 10, "steps": [{"after": 90, "priority": 40}]}}
    by = rules({"name": "more", "adjust": {"priority": 5}}, treatments=treatments)
    assert decided(found(10), by).treatment.steps == (Step(90, priority=45),), "or a step would take it back"


def test_a_condition_that_cannot_be_evaluated_is_a_miss_and_is_counted() -> None:
    broken = 'queues.waiting["nowhere"] > 3'
    by = rules({"name": "broken", "when": [broken], "treatment": "premium"}, {"name": "all", "treatment": "rescue"})
    decision = decided(found(10), by)
    assert decision.trace.rule == "all"
    assert decision.trace.failed == (FailedCondition(broken, 'Key not found in map : "nowhere"'),)


def test_rules_may_look_at_the_queues() -> None:
    by = rules({"name": "full", "when": ['queues.waiting["premium"] > 3'], "treatment": "rescue"})
    facts = gather(CALL, CALLER, found(10), by.policy, Queues({"premium": 4}, {}, {}))
    assert decide(CALL, facts, by.policy, by.conditions).trace.rule == "full"


def test_the_languages_queue() -> None:
    treatments = {
        "general": {"queue": "general-{language}", "steps": [{"after": 9, "queue": "x-{language}"}]},
    }
    by = rules(treatments=treatments)
    assert (decided(found(1, language="de"), by).treatment.queue, decided(found(1), by).treatment.queue) == (
        "general-de",
        "general-en",
    )
    assert decided(found(1, language="de"), by).treatment.steps[0].queue == "x-de"


def test_a_blocked_customer_is_refused_whatever_their_scores() -> None:
    decision = decided(found(value=99, blocked=True))
    assert values(decision, "action queue rule") == ("refuse", None, "blocked")


# Closed ----------------------------------------------------------------------------------------------

CLOSED = policy(
    rules=[
        BLOCKED,
        {"name": "gold", "when": ['customer.contract == "gold"'], "treatment": "gold"},
        {"name": "all", "treatment": "general"},
    ],
    hours={"never": {"zone": "Europe/London", "open": {}}},
    treatments={
        "general": {"queue": "general-queue", "steps": [{"after": 9, "then": "end"}]},
        "gold": {"queue": "premium", "always-open": True},
        "refused": {"refuse": True},
        "closed": {"say": "ivr/closed", "then": "voicemail", "mailbox": "7"},
    },
    **{"entry-points": {"main": {"numbers": "any", "hours": "never", "closed": "closed"}}},
)


def test_when_it_is_closed_callers_hear_so_instead_of_waiting() -> None:
    decision = decided(found(10), CLOSED)
    assert values(decision, "rule action say") == ("closed", "voicemail", ("ivr/closed",))
    assert values(decision, "queue steps mailbox") == (None, (), "7")
    assert decision.trace.reason == "main is closed (tuesday 22:13)"
    assert CLOSED.policy.hours["never"].holidays == ()
    hours = {"never": dataclasses.replace(CLOSED.policy.hours["never"], holidays=("11-14",))}
    on_a_holiday = dataclasses.replace(CLOSED, policy=dataclasses.replace(CLOSED.policy, hours=hours))
    assert decided(found(10), on_a_holiday).trace.reason == "main is closed (2023-11-14 is a holiday)"


def test_closed_or_not_a_blocked_caller_is_refused_and_a_treatment_may_be_always_open() -> None:
    assert decided(found(10, blocked=True), CLOSED).treatment.action == "refuse"
    assert decided(found(10, contract="gold"), CLOSED).treatment.queue == "premium"


# Trust, questions ------------------------------------------------------------------------------------

GUARDED = policy(
    {**PREMIUM, "trust": "pin"},
    STANDARD,
    trust={"trunks": ["carrier"], "routing": "typed", "disclosure": "pin"},
    menus={"m": {"say": "ivr/menu-service", "keys": {"1": "buy", "*": "other"}}},
    **{"entry-points": {"main": {"numbers": "any"}, "service": {"numbers": ["1003"], "menu": "m", "identify": True}}},
)


def test_a_segment_may_take_more_trust_than_there_is() -> None:
    decision = decided(found(91), GUARDED)
    assert values(decision, "segment rule treatment") == (None, "default", "general")
    assert decision.trace.reason == "it is not sure enough who calls (caller-id), so the default applies"
    assert decided(found(91), GUARDED, pin="right").identity.segment == "premium"


@pytest.mark.parametrize(
    ("has_pin", "asked", "pin", "ask"),
    [
        (True, "", "", "pin"), (False, "", "", ""), (True, "p", "", ""), (True, "p", "wrong", "pin"),
        (True, "pp", "wrong", ""), (True, "p", "locked", ""), (True, "p", "unavailable", ""), (True, "p", "none", ""),
        (True, "p", "right", ""),
    ],
)  # fmt: skip
def test_a_pin_is_asked_for_where_it_would_help(has_pin: bool, asked: str, pin: str, ask: str) -> None:
    assert decided(found(91, has_pin=has_pin), GUARDED, asked=asked, pin=pin).question.kind == ask
    assert decided(found(10, has_pin=has_pin), GUARDED, asked=asked, pin=pin).question.kind == "", (
        "nothing to win by it"
    )


def test_a_caller_who_is_not_believed_may_prove_it() -> None:
    decision = decided(found(91, has_pin=True), GUARDED, attestation="failed")
    assert values(decision, "customer_id segment ask") == (None, None, "pin")
    assert decision.trace.reason == "it is not sure who calls (none), so the default applies"
    assert "Ada" not in decision.treatment.label
    proved = decided(found(91, has_pin=True), GUARDED, attestation="failed", asked="p", pin="right")
    assert values(proved, "customer_id segment trust") == ("C1", "premium", "pin")


@pytest.mark.parametrize(("lookup", "ask"), [(NOT_FOUND[0], "number"), (NOT_FOUND[1], "number"), (NOT_FOUND[2], "")])
def test_who_is_not_known_is_asked_for_the_customer_number_where_the_entry_point_says_so(
    lookup: Lookup, ask: str
) -> None:
    assert decided(lookup, GUARDED, dialled="1003").question.kind == ask
    assert decided(lookup, GUARDED, dialled="1000").question.kind == ""


@pytest.mark.parametrize(
    ("asked", "typed", "ask"),
    [("", "", "number"), ("n", "", "menu"), ("n", "99", "number"), ("nn", "99", "menu"), ("nnm", "99", "")],
)
def test_nobody_is_asked_for_ever(asked: str, typed: str, ask: str) -> None:
    assert decided(NOT_FOUND[1], GUARDED, dialled="1003", asked=asked, typed=typed).question.kind == ask


@given(st.text("mnp", max_size=8), st.sampled_from(["", "99"]), st.sampled_from(["", "wrong", "locked", "right"]))
def test_there_are_never_more_than_four_questions(asked: str, typed: str, pin: str) -> None:
    for lookup in (*NOT_FOUND, found(91, has_pin=True)):
        decision = decided(lookup, GUARDED, dialled="1003", asked=asked, typed=typed, pin=pin)
        assert not (decision.question.kind and len(asked) >= MOST_QUESTIONS)


def test_the_menu_comes_last_with_its_keys() -> None:
    decision = decided(found(10), GUARDED, dialled="1003")
    assert values(decision, "ask ask_sound ask_keys") == ("menu", ("ivr/menu-service",), "1*")
    assert values(decision, "queue priority") == ("general-queue", 10), "and until it is answered, all holds"


def test_who_is_turned_away_is_asked_nothing() -> None:
    by = policy(
        PREMIUM, STANDARD,
        menus={"m": {"say": "x", "keys": {"1": "buy"}}},
        **{"entry-points": {"main": {"numbers": "any", "menu": "m"}}},
    )  # fmt: skip
    assert decided(found(10), by).question.kind == "menu"
    assert decided(found(10, blocked=True), by).question.kind == ""


@pytest.mark.parametrize(
    ("trust", "discloses"),
    [({}, False), ({"attestation": "A"}, False), ({"pin": "right"}, True), ({"pin": "wrong"}, False)],
)
def test_caller_id_is_never_enough_to_hear_about_the_account(trust: dict[str, Any], discloses: bool) -> None:
    decision = decided(found(91, open_case=True), **trust)
    assert values(decision, "disclose account") == (discloses, "open-case" if discloses else "")


def test_nothing_is_said_about_an_account_from_a_snapshot() -> None:
    old = dataclasses.replace(found(91), age_seconds=60.0, why="locked")
    assert decided(old, pin="right").identity.disclose is False


# Why -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lookup", [found(91), found(10, blocked=True), *NOT_FOUND])
def test_explaining_decides_the_same(lookup: Lookup) -> None:
    facts = gather(CALL, CALLER, lookup, PLAIN.policy)
    decision, tried = explain(CALL, facts, PLAIN.policy, PLAIN.conditions)
    assert decision == decide(CALL, facts, PLAIN.policy, PLAIN.conditions)
    assert [each.name for each in tried] == [
        *(s.name for s in PLAIN.policy.segments), *(r.name for r in PLAIN.policy.rules)
    ]  # fmt: skip


def test_an_explanation_has_the_first_condition_that_failed() -> None:
    conditions = ["customer.found", "customer.value >= 50.0", "customer.need >= 50.0"]
    by = rules({"name": "fussy", "when": conditions, "treatment": "premium"}, {"name": "all", "treatment": "general"})
    _, tried = explain(CALL, gather(CALL, CALLER, found(10), by.policy), by.policy, by.conditions)
    fussy = next(each for each in tried if each.name == "fussy")
    assert (fussy.held, fussy.failed) == (False, "customer.value >= 50.0")


def test_a_decision_can_be_taken_again_from_its_record() -> None:
    for lookup in (found(91, language="de", tags=("vip",), contacts=Contacts(1.7e9, (1.7e9,), True, "x")), *NOT_FOUND):
        decision = decided(lookup)
        recorded = decision_from_json(json.loads(json.dumps(deep(values_of(decision)))))
        assert recorded == decision
        gathered = Gathered(recorded.trace.facts, recorded.trace.notes)
        assert decide(CALL, gathered, PLAIN.policy, PLAIN.conditions) == decision


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("customer.value >= 80.0", "value 91 is at least 80"),
        ("customer.found", "found"),
        ('"vip" in customer.tags', '"vip" in customer.tags (tags is ["vip", "new"])'),
        ('call.intent == "call.hour"', 'call.intent == "call.hour" (intent is "")'),
        ("customer.potential < 5.0", "customer.potential < 5.0 (potential is not known)"),
    ],
)
def test_a_condition_in_words(condition: str, words: str) -> None:
    facts = gather(CALL, CALLER, found(91, tags=("vip", "new")), PLAIN.policy)
    assert in_words(condition, facts.facts) == words


# The label on the agent's phone ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('Ada "The Countess" Lovelace', "PREMIUM value 91 - Ada The Countess Lovelace"),
        ("Ada\\", "PREMIUM value 91 - Ada"),
        ("<sip:mallory@example.org>", "PREMIUM value 91 - sip:mallory@example.org"),
        ("Ada\r\nX-Injected: yes", "PREMIUM value 91 - AdaX-Injected: yes"),
        ("Ada\0\x1b[2J\x7f\x85\u2028", "PREMIUM value 91 - Ada[2J"),
        ("\u202eadA", "PREMIUM value 91 - adA"),  # would turn the rest of the line round
        ("Zoë Żółć 李", "PREMIUM value 91 - Zoë Żółć 李"),
        ("", "PREMIUM value 91"),
    ],
)
def test_a_hostile_name_stays_a_name(name: str, shown: str) -> None:
    assert label("premium", "value 91", name) == shown


def test_a_long_name_is_cut_and_the_segment_stays() -> None:
    shown = label("premium", "value 91", "x" * 500)
    assert shown == "PREMIUM value 91 - " + "x" * 41


@given(st.text(), st.text())
@example("\ud800", "\ud800")
def test_any_label_is_a_display_name_of_rfc_3261(few_words: str, name: str) -> None:
    shown = label("premium", few_words, name)
    assert shown.startswith("PREMIUM")
    assert len(shown) <= 60
    assert shown.isprintable()
    # Between quotes, everything but these is taken as it stands; without quotes, < begins the address.
    assert not set(shown) & set('"\\<>')
    shown.encode()


# Whatever the policy ---------------------------------------------------------------------------------

NAMES = ["premium", "gold", "general", "rescue", "refused"]
QUEUES = st.sampled_from(["premium", "general-queue", "Q.1_x", "q-{language}"])
STEPS = st.lists(
    st.fixed_dictionaries(
        {"after": st.integers(1, 3600)},
        optional={"queue": QUEUES, "priority": st.integers(0, 1000), "say": st.just("position")},
    ).filter(lambda step: len(step) > 1),
    max_size=4, unique_by=lambda step: int(str(step["after"])),
).map(lambda steps: sorted(steps, key=lambda step: int(str(step["after"]))))  # fmt: skip
SERVING = st.fixed_dictionaries({"queue": QUEUES, "priority": st.integers(0, 1000), "steps": STEPS})
CONDITIONS = st.lists(
    st.sampled_from(["value", "potential", "need", "score"]).flatmap(
        lambda name: st.integers(0, 100).map(lambda least: f"customer.{name} >= {least}.0")
    ),
    max_size=3,
)
SEGMENTS = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from(["premium", "at-risk", "new", "standard"]), "enter": CONDITIONS}),
    min_size=1, unique_by=lambda segment: str(segment["name"]),
)  # fmt: skip


@st.composite
def policies(draw: st.DrawFn) -> Bundle:
    treatments = {name: draw(SERVING | st.just({"refuse": True})) for name in NAMES}
    default = draw(st.sampled_from(NAMES))
    if "refuse" in treatments[default]:
        treatments[default] = draw(SERVING)
    segments = draw(SEGMENTS)
    chosen = [
        {"name": s["name"], "when": [f'segment == "{s["name"]}"'], "treatment": draw(st.sampled_from(NAMES))}
        for s in segments
    ]
    blocked = {**BLOCKED, "treatment": draw(st.sampled_from(NAMES))}
    adjusting = {"name": "adjusting", "adjust": {"priority": draw(st.integers(-1000, 1000))}}
    return policy(*segments, treatments=treatments, default=default, rules=[blocked, adjusting, *chosen])


SCORES = st.builds(Scores, *[st.none() | st.floats(0, 100)] * 3)
CUSTOMERS = st.builds(
    Customer, st.from_regex(r"[A-Za-z0-9._:@-]{1,64}", fullmatch=True), st.text(), SCORES,
    language=st.sampled_from(["", "de"]), blocked=st.booleans(),
)  # fmt: skip


@settings(deadline=None)
@given(policies(), CUSTOMERS)
def test_a_customer_is_refused_only_where_a_rule_says_so(by: Bundle, who: Customer) -> None:
    decision = decided(Found(who), by)
    if decision.trace.rule == "default":
        assert decision.treatment.action == "queue"
    assert (decision.treatment.action == "refuse") == by.policy.treatments[decision.treatment.name].refuse
    assert (decision.treatment.action == "queue") == bool(decision.treatment.queue)
    assert 0 <= decision.treatment.priority <= 1000


@settings(deadline=None)
@given(policies(), st.sampled_from(NOT_FOUND))
def test_nobody_who_is_not_found_gets_more_than_the_default(by: Bundle, lookup: Lookup) -> None:
    decision = decided(lookup, by)
    assert decision.treatment.name == by.policy.default
    assert decision.treatment.action == "queue"
    assert decision.identity.segment is None


@pytest.mark.thorough
@settings(deadline=None)
@given(policies(), CUSTOMERS | st.none())
def test_the_same_question_gets_the_same_answer(by: Bundle, who: Customer | None) -> None:
    lookup = Found(who) if who else NOT_FOUND[0]
    same = Found(dataclasses.replace(who, scores=dataclasses.replace(who.scores))) if who else NOT_FOUND[0]
    assert decided(lookup, by) == decided(same, by)


# From the snapshot -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "words"),
    [(0, "0 seconds"), (1, "1 second"), (119.9, "119 seconds"), (240, "4 minutes"), (3 * 3600, "3 hours"),
     (6.5 * 86400, "6 days")],
)  # fmt: skip
def test_a_snapshot_decides_like_the_database_and_says_its_age(age: float, words: str) -> None:
    customer = Customer("C1", "", Scores(91.0), "de")
    live, aged = decided(Found(customer)), decided(Found(customer, age, "locked"))
    assert (live.trace.tier, aged.trace.tier, aged.treatment.language) == ("live", "snapshot", "de")
    expected = f"{live.trace.reason}, from the snapshot of {words} ago: the customers could not be asked (locked)"
    assert aged == changed(live, rung="snapshot", reason=expected, notes=aged.trace.notes)


def test_who_is_blocked_in_the_snapshot_is_blocked() -> None:
    decision = decided(Found(Customer("C1", "", Scores(91.0), blocked=True), 60.0, "locked"))
    assert values(decision, "action rung") == ("refuse", "snapshot")


# In words ---------------------------------------------------------------------------------------------


def test_what_is_said_again_and_again_is_explained_in_one_line() -> None:
    said = ("position",)
    steps = (Step(60, say=said), Step(90, priority=40), Step(120, say=said), Step(180, queue="q", say=said))
    assert steps_in_words(steps) == [
        "after 60 seconds, 2 minutes: hears the position in the queue",
        "after 90 seconds: priority 40",
        "after 3 minutes: on to q, hears the position in the queue",
    ]
