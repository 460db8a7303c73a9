"""The routing decision, what the agent's phone shows of it, and the answer that the dialplan gets."""

import dataclasses
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ivr.agi.variables import VARIABLES, answer
from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Ambiguous, Contacts, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.policy import Step
from ivr.domain.routing.decision import MOST_QUESTIONS, Decision, decide, explain
from ivr.domain.routing.explanation import steps_in_words
from ivr.domain.routing.facts import Queues, gather
from ivr.domain.routing.phone_label import label
from ivr.domain.routing.reason import in_words
from ivr.policy.loader import Bundle
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
    assert dataclasses.replace(decision, facts={}) == Decision(
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
    assert (decision.lookup, decision.rung, decision.reason, decision.label) == (outcome, rung, reason, shown)
    assert (decision.rule, decision.treatment, decision.queue, decision.priority) == (
        "default", "general", "general-queue", 10,
    )  # fmt: skip
    assert (decision.segment, decision.customer_id, decision.customer_name) == (None, None, None)
    assert (decision.scores, decision.score) == (Scores(), None)


# Segments --------------------------------------------------------------------------------------------


def test_the_first_segment_that_fits_wins() -> None:
    both = found(value=90, need=90)
    assert decided(both).segment == "premium"
    assert decided(both, policy(AT_RISK, PREMIUM)).segment == "at-risk"


@pytest.mark.parametrize(
    ("value", "segment"), [(100, "premium"), (80, "premium"), (79.9, "standard"), (0, "standard"), (None, "standard")]
)
def test_a_threshold_belongs_to_its_segment(value: float | None, segment: str) -> None:
    assert decided(found(value)).segment == segment


def test_a_score_that_is_not_known_meets_no_threshold_not_even_zero() -> None:
    anybody = policy({"name": "anybody", "enter": ["customer.need >= 0.0"]}, STANDARD)
    assert decided(found(value=100), anybody).segment == "standard"
    assert decided(found(value=100, need=0), anybody).segment == "anybody"


def test_every_condition_of_a_segment_has_to_hold() -> None:
    conditions = ["customer.value >= 80.0", "customer.need >= 50.0", "customer.score >= 60.0"]
    by = policy({"name": "fussy", "enter": conditions}, STANDARD)
    decision = decided(found(90, 50, 50), by)
    assert decision.segment == "fussy"
    assert decision.reason == "value 90 is at least 80 and need 50 is at least 50 and score 74 is at least 60, so fussy"
    for scores in ((79, 50, 50), (90, 50, 49), (80, 0, 50)):  # the last one's overall score is 58
        assert decided(found(*scores), by).segment == "standard"


def test_whom_no_segment_fits_gets_the_default_by_name() -> None:
    decision = decided(found(value=10), policy(PREMIUM))
    assert (decision.rule, decision.segment, decision.treatment) == ("default", None, "general")
    assert (decision.lookup, decision.rung, decision.customer_id) == ("found", "live", "C1")
    assert decision.label == "GENERAL - Ada Lovelace"


HYSTERESIS = policy({**PREMIUM, "stay": ["customer.value >= 75.0"]}, STANDARD)


@pytest.mark.parametrize(
    ("value", "before", "segment"),
    [(80, "", "premium"), (77, "", "standard"), (77, "standard", "standard"), (77, "premium", "premium"),
     (75, "premium", "premium"), (74.9, "premium", "standard")],
)  # fmt: skip
def test_it_takes_more_to_enter_a_segment_than_to_stay(value: float, before: str, segment: str) -> None:
    decision = decided(found(value, contacts=Contacts(previous_segment=before)), HYSTERESIS)
    assert decision.segment == segment
    if segment == "premium" and value < 80:
        assert decision.reason == f"was premium before, and value {value:g} is at least 75, so premium"


DEDICATED = {"main": {"numbers": "any"}, "club": {"numbers": ["1002"], "segment": "frequent"}}


def test_a_number_gives_its_segment_to_whoever_dials_it_and_to_nobody_else() -> None:
    by = policy(PREMIUM, {"name": "frequent"}, STANDARD, **{"entry-points": DEDICATED})
    assert decided(found(10), by, dialled="1002").segment == "frequent"
    assert decided(found(10), by).segment == "standard"
    assert decided(found(90), by, dialled="1002").segment == "premium", "an earlier one that fits comes first"
    withheld = decided(Unknown("number withheld"), by, dialled="1002", caller=Caller(None))
    assert withheld.segment == "frequent", "whoever it is"
    assert "the number dialled (club) gives it" in decided(found(10), by, dialled="1002").reason


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
    assert (decided(found(10), by).rule, decided(found(10), by).treatment) == ("yes", "rescue")


def test_adjustments_add_up_and_end_nothing() -> None:
    by = rules(
        {"name": "one", "when": ["customer.found"], "adjust": {"priority": 20}},
        {"name": "two", "adjust": {"priority": -5, "music": "quiet"}},
        {"name": "not", "when": ["call.withheld"], "adjust": {"priority": 500}},
        {"name": "general", "treatment": "general"},
        {"name": "too late", "adjust": {"priority": 500}},
    )
    decision = decided(found(10), by)
    assert (decision.priority, decision.music, decision.adjustments) == (25, "quiet", ("one", "two"))
    assert decision.label == "STANDARD one, two - Ada Lovelace"


def test_an_adjustment_that_changes_nothing_is_not_told() -> None:
    adjust = {"priority": 20, "self-service": "account", "greeting": "hello", "music": "quiet"}
    by = rules({"name": "one", "adjust": adjust}, {"name": "no", "treatment": "refused"})
    decision = decided(found(10), by)
    assert (decision.action, decision.priority, decision.greeting, decision.self_service) == ("refuse", 0, (), "")
    assert (decision.adjustments, "one" in decision.label) == ((), False)
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
    assert decision.adjustments == ("most", "music", "service")
    assert (decision.priority, decision.music, decision.self_service) == (1000, "quiet", "account")


def test_an_adjusted_priority_is_that_of_each_step_as_well() -> None:
    steps = [{"after": 90, "priority": 40}, {"after": 120, "offer": "voicemail"}]
    treatments = {"general": {"queue": "general-queue", "priority": 10, "steps": steps}}
    by = rules({"name": "one", "adjust": {"priority": 5}}, treatments=treatments)
    assert [step.priority for step in decided(found(10), by).steps] == [45, None]


@pytest.mark.parametrize(("by", "priority"), [(-1000, 0), (1000, 1000)])
def test_a_priority_stays_one_that_asterisk_takes(by: int, priority: int) -> None:
    adjusting = rules({"name": "much", "adjust": {"priority": by}}, {"name": "all", "treatment": "premium"})
    assert decided(found(10), adjusting).priority == priority


def test_an_adjusted_priority_counts_in_the_steps_too() -> None:
    treatments = {"general": {"queue": "general-queue", "priority": 10, "steps": [{"after": 90, "priority": 40}]}}
    by = rules({"name": "more", "adjust": {"priority": 5}}, treatments=treatments)
    assert decided(found(10), by).steps == (Step(90, priority=45),), "or a step would take it back"


def test_a_condition_that_cannot_be_evaluated_is_a_miss_and_is_counted() -> None:
    broken = 'queues.waiting["nowhere"] > 3'
    by = rules({"name": "broken", "when": [broken], "treatment": "premium"}, {"name": "all", "treatment": "rescue"})
    decision = decided(found(10), by)
    assert decision.rule == "all"
    assert decision.failed == (f'{broken}: Key not found in map : "nowhere"',)


def test_rules_may_look_at_the_queues() -> None:
    by = rules({"name": "full", "when": ['queues.waiting["premium"] > 3'], "treatment": "rescue"})
    facts = gather(CALL, CALLER, found(10), by.policy, Queues({"premium": 4}, {}, {}))
    assert decide(CALL, facts, by.policy, by.conditions).rule == "full"


def test_the_languages_queue() -> None:
    treatments = {
        "general": {"queue": "general-{language}", "steps": [{"after": 9, "queue": "x-{language}"}]},
    }
    by = rules(treatments=treatments)
    assert (decided(found(1, language="de"), by).queue, decided(found(1), by).queue) == ("general-de", "general-en")
    assert decided(found(1, language="de"), by).steps[0].queue == "x-de"


def test_a_blocked_customer_is_refused_whatever_their_scores() -> None:
    decision = decided(found(value=99, blocked=True))
    assert (decision.action, decision.queue, decision.rule) == ("refuse", None, "blocked")


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
    assert (decision.rule, decision.action, decision.say) == ("closed", "voicemail", ("ivr/closed",))
    assert (decision.queue, decision.steps, decision.mailbox) == (None, (), "7")
    assert decision.reason == "main is closed (tuesday 22:13)"
    assert CLOSED.policy.hours["never"].holidays == ()
    hours = {"never": dataclasses.replace(CLOSED.policy.hours["never"], holidays=("11-14",))}
    on_a_holiday = dataclasses.replace(CLOSED, policy=dataclasses.replace(CLOSED.policy, hours=hours))
    assert decided(found(10), on_a_holiday).reason == "main is closed (2023-11-14 is a holiday)"


def test_closed_or_not_a_blocked_caller_is_refused_and_a_treatment_may_be_always_open() -> None:
    assert decided(found(10, blocked=True), CLOSED).action == "refuse"
    assert decided(found(10, contract="gold"), CLOSED).queue == "premium"


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
    assert (decision.segment, decision.rule, decision.treatment) == (None, "default", "general")
    assert decision.reason == "it is not sure enough who calls (caller-id), so the default applies"
    assert decided(found(91), GUARDED, pin="right").segment == "premium"


@pytest.mark.parametrize(
    ("has_pin", "asked", "pin", "ask"),
    [
        (True, "", "", "pin"), (False, "", "", ""), (True, "p", "", ""), (True, "p", "wrong", "pin"),
        (True, "pp", "wrong", ""), (True, "p", "locked", ""), (True, "p", "unavailable", ""), (True, "p", "none", ""),
        (True, "p", "right", ""),
    ],
)  # fmt: skip
def test_a_pin_is_asked_for_where_it_would_help(has_pin: bool, asked: str, pin: str, ask: str) -> None:
    assert decided(found(91, has_pin=has_pin), GUARDED, asked=asked, pin=pin).ask == ask
    assert decided(found(10, has_pin=has_pin), GUARDED, asked=asked, pin=pin).ask == "", "nothing to win by it"


def test_a_caller_who_is_not_believed_may_prove_it() -> None:
    decision = decided(found(91, has_pin=True), GUARDED, attestation="failed")
    assert (decision.customer_id, decision.segment, decision.ask) == (None, None, "pin")
    assert decision.reason == "it is not sure who calls (none), so the default applies"
    assert "Ada" not in decision.label
    proved = decided(found(91, has_pin=True), GUARDED, attestation="failed", asked="p", pin="right")
    assert (proved.customer_id, proved.segment, proved.trust) == ("C1", "premium", "pin")


@pytest.mark.parametrize(("lookup", "ask"), [(NOT_FOUND[0], "number"), (NOT_FOUND[1], "number"), (NOT_FOUND[2], "")])
def test_who_is_not_known_is_asked_for_the_customer_number_where_the_entry_point_says_so(
    lookup: Lookup, ask: str
) -> None:
    assert decided(lookup, GUARDED, dialled="1003").ask == ask
    assert decided(lookup, GUARDED, dialled="1000").ask == ""


@pytest.mark.parametrize(
    ("asked", "typed", "ask"),
    [("", "", "number"), ("n", "", "menu"), ("n", "99", "number"), ("nn", "99", "menu"), ("nnm", "99", "")],
)
def test_nobody_is_asked_for_ever(asked: str, typed: str, ask: str) -> None:
    assert decided(NOT_FOUND[1], GUARDED, dialled="1003", asked=asked, typed=typed).ask == ask


@given(st.text("mnp", max_size=8), st.sampled_from(["", "99"]), st.sampled_from(["", "wrong", "locked", "right"]))
def test_there_are_never_more_than_four_questions(asked: str, typed: str, pin: str) -> None:
    for lookup in (*NOT_FOUND, found(91, has_pin=True)):
        decision = decided(lookup, GUARDED, dialled="1003", asked=asked, typed=typed, pin=pin)
        assert not (decision.ask and len(asked) >= MOST_QUESTIONS)


def test_the_menu_comes_last_with_its_keys() -> None:
    decision = decided(found(10), GUARDED, dialled="1003")
    assert (decision.ask, decision.ask_sound, decision.ask_keys) == ("menu", ("ivr/menu-service",), "1*")
    assert (decision.queue, decision.priority) == ("general-queue", 10), "and until it is answered, all holds"


def test_who_is_turned_away_is_asked_nothing() -> None:
    by = policy(
        PREMIUM, STANDARD,
        menus={"m": {"say": "x", "keys": {"1": "buy"}}},
        **{"entry-points": {"main": {"numbers": "any", "menu": "m"}}},
    )  # fmt: skip
    assert decided(found(10), by).ask == "menu"
    assert decided(found(10, blocked=True), by).ask == ""


@pytest.mark.parametrize(
    ("trust", "discloses"),
    [({}, False), ({"attestation": "A"}, False), ({"pin": "right"}, True), ({"pin": "wrong"}, False)],
)
def test_caller_id_is_never_enough_to_hear_about_the_account(trust: dict[str, Any], discloses: bool) -> None:
    decision = decided(found(91, open_case=True), **trust)
    assert (decision.disclose, decision.account) == (discloses, "open-case" if discloses else "")


def test_nothing_is_said_about_an_account_from_a_snapshot() -> None:
    old = dataclasses.replace(found(91), age_seconds=60.0, why="locked")
    assert decided(old, pin="right").disclose is False


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
        recorded = json.loads(json.dumps(decision.facts))
        assert decide(CALL, recorded, PLAIN.policy, PLAIN.conditions) == decision


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
    assert in_words(condition, facts) == words


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
    if decision.rule == "default":
        assert decision.action == "queue"
    assert (decision.action == "refuse") == by.policy.treatments[decision.treatment].refuse
    assert (decision.action == "queue") == bool(decision.queue)
    assert 0 <= decision.priority <= 1000


@settings(deadline=None)
@given(policies(), st.sampled_from(NOT_FOUND))
def test_nobody_who_is_not_found_gets_more_than_the_default(by: Bundle, lookup: Lookup) -> None:
    decision = decided(lookup, by)
    assert decision.treatment == by.policy.default
    assert decision.action == "queue"
    assert decision.segment is None


@settings(deadline=None)
@given(policies(), CUSTOMERS | st.none())
def test_the_same_question_gets_the_same_answer(by: Bundle, who: Customer | None) -> None:
    lookup = Found(who) if who else NOT_FOUND[0]
    same = Found(dataclasses.replace(who, scores=dataclasses.replace(who.scores))) if who else NOT_FOUND[0]
    assert decided(lookup, by) == decided(same, by)


# The answer to the dialplan --------------------------------------------------------------------------


def variables(command: str) -> dict[str, str]:
    """The channel variables that Asterisk has after `command`, read as AGI and MSet read it."""
    assert len(command.encode()) < 8191
    line = re.fullmatch(r'EXEC MSet "([^"\\\r\n\0]*)"', command)
    assert line, command
    pairs = [pair.split("=", 1) for pair in line[1].split(",")]
    assert [pair[0] for pair in pairs] == list(VARIABLES)
    return {pair[0]: pair[1] for pair in pairs}


def test_the_answer_says_everything_that_the_decision_says() -> None:
    assert variables(answer(decided(found(91, language="de")), MARK)) == {
        "IVR_ACTION": "queue",
        "IVR_QUEUE": "premium",
        "IVR_PRIORITY": "100",
        "IVR_STEPS": "45::general-queue:::",
        "IVR_GREETING": "",
        "IVR_SAY": "",
        "IVR_MAILBOX": "",
        "IVR_MUSIC": "",
        "IVR_SELF_SERVICE": "",
        "IVR_DISCLOSE": "",
        "IVR_ACCOUNT": "",
        "IVR_ASK": "",
        "IVR_ASK_SOUND": "",
        "IVR_ASK_KEYS": "",
        "IVR_SEGMENT": "premium",
        "IVR_LANGUAGE": "de",
        "IVR_CUSTOMER": "C1",
        "IVR_TRUST": "caller-id",
        "IVR_LABEL": "PREMIUM%20value%2091%20-%20Ada%20Lovelace",
        "IVR_TYPED": "",
        "IVR_RUNG": "live",
        "IVR_TEST": "",
        "IVR_MEMORY": "",
        "IVR_DONE": MARK,
    }


def test_what_a_refusal_does_not_say_is_empty() -> None:
    said = variables(answer(decided(found(blocked=True)), MARK))
    assert said["IVR_ACTION"] == "refuse"
    assert [name for name, value in said.items() if value] == [
        "IVR_ACTION", "IVR_PRIORITY", "IVR_SAY", "IVR_SEGMENT", "IVR_LANGUAGE", "IVR_CUSTOMER", "IVR_TRUST",
        "IVR_LABEL", "IVR_RUNG", "IVR_DONE",
    ]  # fmt: skip


def test_the_answer_says_what_is_asked_and_what_is_played() -> None:
    asking = dataclasses.replace(
        decided(found(91)), greeting=("ivr/greeting", "hello"), mailbox="100", music="jazz", self_service="account",
        disclose=True, account="open-case", ask="menu", ask_sound=("ivr/menu-service",), ask_keys="12*#",
    )  # fmt: skip
    said = variables(answer(asking, MARK))
    assert said["IVR_GREETING"] == "ivr%2Fgreeting%26hello"
    assert (said["IVR_MAILBOX"], said["IVR_MUSIC"], said["IVR_SELF_SERVICE"]) == ("100", "jazz", "account")
    assert (said["IVR_DISCLOSE"], said["IVR_ACCOUNT"]) == ("1", "open-case")
    assert (said["IVR_ASK"], said["IVR_ASK_SOUND"], said["IVR_ASK_KEYS"]) == ("menu", "ivr%2Fmenu-service", "12%2A%23")


def test_an_account_that_may_not_be_spoken_about_is_not_said() -> None:
    said = variables(answer(dataclasses.replace(decided(found(91)), account="open-case"), MARK))
    assert (said["IVR_DISCLOSE"], said["IVR_ACCOUNT"]) == ("", "")


def test_every_step_has_six_fields() -> None:
    course = (
        Step(30, say=("position", "wait")),
        Step(60, priority=40, queue="general-queue"),
        Step(180, offer="voicemail"),
        Step(900, then="end"),
    )
    said = variables(answer(dataclasses.replace(decided(found(91)), steps=course), MARK))
    assert said["IVR_STEPS"] == "30:::position%26wait::~60:40:general-queue:::~180::::voicemail:~900:::::end"


@pytest.mark.parametrize(
    "step",
    [
        Step(30, queue="a:b"),
        Step(30, queue="a~b"),
        Step(30, queue="a,IVR_QUEUE=premium"),
        Step(30, say=("a&b",)),
        Step(30, say=("a,b",)),
        Step(30, say=("a~b",)),
        Step(30, say=("",)),
        Step(30, offer="x:y"),
        Step(30, then="${SHELL(id)}"),
    ],
)
def test_a_step_that_would_be_taken_apart_wrongly_is_an_error(step: Step) -> None:
    with pytest.raises(ValueError, match=r"no part of a step|no sound|no token"):
        answer(dataclasses.replace(decided(found(91)), steps=(step,)), MARK)


def test_more_than_the_dialplan_can_take_apart_is_an_error() -> None:
    course = tuple(Step(after, say=("position", "wait")) for after in range(30, 30_000, 30))
    with pytest.raises(ValueError, match=r"IVR_STEPS: .* more than"):
        answer(dataclasses.replace(decided(found(91)), steps=course), MARK)


@pytest.mark.parametrize(
    "customer_id", ["x,IVR_QUEUE=premium", "x=y", 'x"', "x\\", "x\n", "x y", "${SHELL(id)}", "é", "x" * 8191]
)
def test_a_customer_id_that_would_say_more_is_an_error(customer_id: str) -> None:
    decision = dataclasses.replace(decided(found(91)), customer_id=customer_id)
    with pytest.raises(ValueError, match=r"IVR_CUSTOMER|AGI line"):
        answer(decision, MARK)


@pytest.mark.parametrize("language", ["de,IVR_QUEUE=premium", "../de", "de)", "${EXTEN}"])
def test_a_language_that_would_say_more_is_an_error(language: str) -> None:
    with pytest.raises(ValueError, match="IVR_LANGUAGE"):
        answer(dataclasses.replace(decided(found(91)), language=language), MARK)


def test_a_hostile_name_in_the_label_sets_nothing() -> None:
    name = 'x,IVR_QUEUE=premium" \\ ${SHELL(id)} %0A 100% ~'
    said = variables(answer(dataclasses.replace(decided(found(need=90)), label=name), MARK))
    assert said["IVR_QUEUE"] == "general-queue"
    assert unquote(said["IVR_LABEL"]) == name


TOKENS = st.from_regex(r"[A-Za-z0-9_.:@%+~-]{0,40}", fullmatch=True) | st.text(max_size=20)
LONG = st.integers(0, 9000).map("x".__mul__)
DECISIONS = st.builds(
    Decision,
    call_id=st.just("1.1"), action=st.sampled_from(["queue", "refuse"]), treatment=st.just("general"),
    queue=st.none() | TOKENS, priority=st.integers(),
    segment=st.none() | TOKENS, customer_id=st.none() | TOKENS | LONG, customer_name=st.none(), scores=SCORES,
    score=st.none(), lookup=st.just("found"), rule=st.just(""), reason=st.just(""), label=st.text() | LONG,
    rung=st.sampled_from(["live", "default"]), policy_version=st.just(""), language=st.none() | TOKENS,
)  # fmt: skip


@settings(deadline=None)
@given(DECISIONS, TOKENS)
def test_any_decision_is_answered_in_one_line_or_not_at_all(decision: Decision, mark: str) -> None:
    try:
        command = answer(decision, mark)
    except ValueError:
        return
    said = variables(command)
    assert command.count("IVR_QUEUE=") == 1
    assert list(said)[-1] == "IVR_DONE"
    assert said["IVR_DONE"] == mark
    assert said["IVR_QUEUE"] == (decision.queue or "")
    assert unquote(said["IVR_LABEL"]) == decision.label


@settings(deadline=None)
@given(policies(), CUSTOMERS)
def test_what_the_policy_decides_can_always_be_answered(by: Bundle, who: Customer) -> None:
    assert variables(answer(decided(Found(who), by), MARK))["IVR_DONE"] == MARK


# From the snapshot -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "words"),
    [(0, "0 seconds"), (1, "1 second"), (119.9, "119 seconds"), (240, "4 minutes"), (3 * 3600, "3 hours"),
     (6.5 * 86400, "6 days")],
)  # fmt: skip
def test_a_snapshot_decides_like_the_database_and_says_its_age(age: float, words: str) -> None:
    customer = Customer("C1", "", Scores(91.0), "de")
    live, aged = decided(Found(customer)), decided(Found(customer, age, "locked"))
    assert (live.rung, aged.rung, aged.language) == ("live", "snapshot", "de")
    expected = f"{live.reason}, from the snapshot of {words} ago: the customers could not be asked (locked)"
    assert aged == dataclasses.replace(live, rung="snapshot", reason=expected, facts=aged.facts)


def test_who_is_blocked_in_the_snapshot_is_blocked() -> None:
    decision = decided(Found(Customer("C1", "", Scores(91.0), blocked=True), 60.0, "locked"))
    assert (decision.action, decision.rung) == ("refuse", "snapshot")


# In words ---------------------------------------------------------------------------------------------


def test_what_is_said_again_and_again_is_explained_in_one_line() -> None:
    said = ("position",)
    steps = (Step(60, say=said), Step(90, priority=40), Step(120, say=said), Step(180, queue="q", say=said))
    assert steps_in_words(steps) == [
        "after 60 seconds, 2 minutes: hears the position in the queue",
        "after 90 seconds: priority 40",
        "after 3 minutes: on to q, hears the position in the queue",
    ]
