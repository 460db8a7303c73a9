"""The routing decision, what the agent's phone shows of it, and the answer that the dialplan gets."""

import dataclasses
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ivr.agi.variables import VARIABLES, answer
from ivr.domain.call import Caller, IncomingCall
from ivr.domain.customer import Ambiguous, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.decision import Decision, decide, label
from ivr.domain.policy import Policy, Step
from ivr.policy.form import PolicyFile

CALL = IncomingCall("pbx-1.1", "pbx-1.1", "02079460001", "1000", False, "carrier", "abc@host", 1_700_000_000.0)
CALLER = Caller("+442079460001")
MARK = "1700000000-123456789"
PREMIUM = {"name": "premium", "when": {"value": 80}, "treatment": "premium"}
AT_RISK = {"name": "at-risk", "when": {"need": 75}, "treatment": "rescue"}
STANDARD = {"name": "standard", "when": {}, "treatment": "general"}
NOT_FOUND: list[Lookup] = [Ambiguous(("C1", "C2")), Unknown("not a known number"), Unavailable("locked")]


def policy(*segments: dict[str, Any], **changes: Any) -> Policy:
    """A policy of these segments (without any: premium, at-risk, standard)."""
    return PolicyFile.model_validate(
        {
            "region": "GB",
            "score": {"value": 0.6, "potential": 0.2, "need": 0.2},
            "segments": segments or (PREMIUM, AT_RISK, STANDARD),
            "treatments": {
                "premium": {
                    "queue": "premium",
                    "priority": 100,
                    "overflow": {"after_seconds": 45, "queue": "general-queue"},
                },
                "rescue": {"queue": "general-queue", "priority": 50},
                "general": {"queue": "general-queue", "priority": 10},
                "refused": {"refuse": True},
            },
            "default": "general",
            "blocked": "refused",
            **changes,
        }
    ).policy(version="")


def found(value: float | None = None, potential: float | None = None, need: float | None = None, **more: Any) -> Found:
    return Found(Customer("C1", "Ada Lovelace", Scores(value, potential, need), **more))


def decided(lookup: Lookup, by: Policy | None = None) -> Decision:
    return decide(CALL, CALLER, lookup, by or policy())


# Every outcome of the lookup -------------------------------------------------------------------------


def test_a_customer_gets_the_treatment_of_their_segment_and_the_whole_reason_is_kept() -> None:
    by = dataclasses.replace(policy(), version="abc123")
    assert decided(found(91, 64, 10), by) == Decision(
        call_id="pbx-1.1",
        action="queue",
        treatment="premium",
        queue="premium",
        priority=100,
        max_wait=45,
        overflow="general-queue",
        segment="premium",
        customer_id="C1",
        customer_name="Ada Lovelace",
        scores=Scores(91, 64, 10),
        score=69.4,
        lookup="found",
        rule="segment premium",
        reason="value 91 is at least 80, so premium",
        label="PREMIUM value 91 - Ada Lovelace",
        rung="live",
        policy_version="abc123",
        steps=(Step(45, queue="general-queue"),),
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


@pytest.mark.parametrize("blocked", [False, True])
@pytest.mark.parametrize(("language", "decided_on"), [("de", "de"), ("", None)])
def test_a_known_customers_language_is_kept(language: str, decided_on: str | None, blocked: bool) -> None:
    assert decided(found(91, language=language, blocked=blocked)).language == decided_on


@pytest.mark.parametrize("lookup", NOT_FOUND)
def test_who_is_not_found_has_no_language(lookup: Lookup) -> None:
    assert decided(lookup).language is None


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


def test_a_score_that_is_not_known_meets_no_condition_not_even_zero() -> None:
    anybody = {"name": "anybody", "when": {"need": 0}, "treatment": "premium"}
    assert decided(found(value=100), policy(anybody, STANDARD)).segment == "standard"
    assert decided(found(value=100, need=0), policy(anybody, STANDARD)).segment == "anybody"


def test_every_condition_of_a_segment_has_to_hold() -> None:
    fussy = {"name": "fussy", "when": {"value": 80, "need": 50, "score": 60}, "treatment": "premium"}
    decision = decided(found(90, 50, 50), policy(fussy, STANDARD))
    assert decision.segment == "fussy"
    assert decision.reason == "value 90 is at least 80 and need 50 is at least 50 and score 74 is at least 60, so fussy"
    for scores in ((79, 50, 50), (90, 50, 49), (80, 0, 50)):  # the last one's overall score is 58
        assert decided(found(*scores), policy(fussy, STANDARD)).segment == "standard"


def test_whom_no_segment_fits_gets_the_default_by_name() -> None:
    decision = decided(found(value=10), policy(PREMIUM))
    assert (decision.rule, decision.segment, decision.treatment) == ("default", None, "general")
    assert (decision.lookup, decision.rung, decision.customer_id) == ("found", "live", "C1")
    assert decision.label == "GENERAL - Ada Lovelace"


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
    by = policy(score=dict(zip(("value", "potential", "need"), weights, strict=True)))
    overall = decided(Found(Customer("C1", "Ada", scores)), by).score
    known = [score for score in (scores.value, scores.potential, scores.need) if score is not None]
    assert overall is None or min(known) - 0.05 <= overall <= max(known) + 0.05


# Blocked, overflow -----------------------------------------------------------------------------------


def test_a_blocked_customer_gets_the_blocked_treatment_whatever_their_scores() -> None:
    decision = decided(found(value=99, blocked=True))
    assert (decision.action, decision.queue, decision.rule, decision.segment) == ("refuse", None, "blocked", None)
    assert decision.label == "REFUSED blocked - Ada Lovelace"


def test_blocked_customers_may_be_sent_to_a_queue() -> None:
    decision = decided(found(value=99, blocked=True), policy(blocked="rescue"))
    assert (decision.action, decision.queue, decision.priority) == ("queue", "general-queue", 50)


def test_a_treatment_without_overflow_has_no_limit() -> None:
    decision = decided(found(need=80))
    assert (decision.treatment, decision.max_wait, decision.overflow) == ("rescue", None, None)


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
QUEUES = st.sampled_from(["premium", "general-queue", "Q.1_x"])
OVERFLOWS = st.none() | st.fixed_dictionaries({"after_seconds": st.integers(1, 3600), "queue": QUEUES})
SERVING = st.fixed_dictionaries({"queue": QUEUES, "priority": st.integers(0, 1000), "overflow": OVERFLOWS})
SEGMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["premium", "at-risk", "new", "standard"]),
            "when": st.dictionaries(st.sampled_from(["value", "potential", "need", "score"]), st.floats(0, 100)),
            "treatment": st.sampled_from(NAMES),
        }
    ),
    min_size=1,
    unique_by=lambda segment: str(segment["name"]),
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    treatments = {name: draw(SERVING | st.just({"refuse": True})) for name in NAMES}
    default = draw(st.sampled_from(NAMES))
    if "refuse" in treatments[default]:
        treatments[default] = draw(SERVING)
    return policy(*draw(SEGMENTS), treatments=treatments, default=default, blocked=draw(st.sampled_from(NAMES)))


SCORES = st.builds(Scores, *[st.none() | st.floats(0, 100)] * 3)
CUSTOMERS = st.builds(
    Customer, st.from_regex(r"[A-Za-z0-9._:@-]{1,64}", fullmatch=True), st.text(), SCORES,
    language=st.sampled_from(["", "de"]), blocked=st.booleans(),
)  # fmt: skip


@settings(deadline=None)
@given(policies(), CUSTOMERS)
def test_a_customer_is_refused_only_when_blocked_or_where_their_segment_says_so(by: Policy, who: Customer) -> None:
    decision = decided(Found(who), by)
    segment = next((s for s in by.segments if s.name == decision.segment), None)
    if not who.blocked and not (segment and by.treatments[segment.treatment].refuse):
        assert decision.action == "queue"
        assert decision.queue
    assert (decision.action == "refuse") == (decision.queue is None)


@settings(deadline=None)
@given(policies(), st.sampled_from(NOT_FOUND))
def test_nobody_who_is_not_found_gets_more_than_the_default(by: Policy, lookup: Lookup) -> None:
    decision = decided(lookup, by)
    assert decision.treatment == by.default
    assert decision.action == "queue"
    assert decision.segment is None


@settings(deadline=None)
@given(policies(), CUSTOMERS | st.none())
def test_the_same_question_gets_the_same_answer(by: Policy, who: Customer | None) -> None:
    again = Policy.from_plain(dataclasses.asdict(by))
    lookup = Found(who) if who else NOT_FOUND[0]
    same = Found(dataclasses.replace(who, scores=dataclasses.replace(who.scores))) if who else NOT_FOUND[0]
    assert decided(lookup, by) == decided(same, again)
    assert by == again


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
        "IVR_LABEL": "PREMIUM%20value%2091%20-%20Ada%20Lovelace",
        "IVR_RUNG": "live",
        "IVR_TEST": "",
        "IVR_DONE": MARK,
    }


def test_what_a_refusal_does_not_say_is_empty() -> None:
    said = variables(answer(decided(found(blocked=True)), MARK))
    assert said["IVR_ACTION"] == "refuse"
    assert [name for name, value in said.items() if value] == [
        "IVR_ACTION", "IVR_PRIORITY", "IVR_SAY", "IVR_CUSTOMER", "IVR_LABEL", "IVR_RUNG", "IVR_DONE",
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
    queue=st.none() | TOKENS, priority=st.integers(), max_wait=st.none() | st.integers(), overflow=st.none() | TOKENS,
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
def test_what_the_policy_decides_can_always_be_answered(by: Policy, who: Customer) -> None:
    assert variables(answer(decided(Found(who), by), MARK))["IVR_DONE"] == MARK


# From the snapshot -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "words"),
    [(0, "0 seconds"), (1, "1 second"), (119.9, "119 seconds"), (240, "4 minutes"), (3 * 3600, "3 hours"),
     (6.5 * 86400, "6 days")],
)  # fmt: skip
def test_a_snapshot_decides_like_the_database_and_says_its_age(age: float, words: str) -> None:
    customer = Customer("C1", "", Scores(91.0), "fr")
    live, aged = decided(Found(customer)), decided(Found(customer, age, "locked"))
    assert (live.rung, aged.rung, aged.language) == ("live", "snapshot", "fr")
    expected = f"{live.reason}, from the snapshot of {words} ago: the customers could not be asked (locked)"
    assert aged == dataclasses.replace(live, rung="snapshot", reason=expected)


def test_who_is_blocked_in_the_snapshot_is_blocked() -> None:
    decision = decided(Found(Customer("C1", "", Scores(91.0), blocked=True), 60.0, "locked"))
    assert (decision.action, decision.rung) == ("refuse", "snapshot")
