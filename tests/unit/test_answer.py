"""The answer that the dialplan gets."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.agi.variables import VARIABLES, answer
from ivr.domain.customers import Customer, Found
from ivr.domain.policy import Step
from ivr.domain.routing.decision import Decision
from ivr.policy.loader import Bundle
from tests.decisions import changed, decision_of
from tests.unit.test_decision import CUSTOMERS, MARK, SCORES, decided, found, policies


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
        *("IVR_ACTION", "IVR_PRIORITY", "IVR_SAY", "IVR_SEGMENT", "IVR_LANGUAGE", "IVR_CUSTOMER"),
        *("IVR_TRUST", "IVR_LABEL", "IVR_RUNG", "IVR_DONE"),
    ]


def test_the_answer_says_what_is_asked_and_what_is_played() -> None:
    asking = changed(
        decided(found(91)),
        greeting=("ivr/greeting", "hello"),
        mailbox="100",
        music="jazz",
        self_service="account",
        disclose=True,
        account="open-case",
        ask="menu",
        ask_sound=("ivr/menu-service",),
        ask_keys="12*#",
    )
    said = variables(answer(asking, MARK))
    assert said["IVR_GREETING"] == "ivr%2Fgreeting%26hello"
    assert (said["IVR_MAILBOX"], said["IVR_MUSIC"]) == ("100", "jazz")
    assert said["IVR_SELF_SERVICE"] == "account"
    assert (said["IVR_DISCLOSE"], said["IVR_ACCOUNT"]) == ("1", "open-case")
    assert (said["IVR_ASK"], said["IVR_ASK_SOUND"]) == ("menu", "ivr%2Fmenu-service")
    assert said["IVR_ASK_KEYS"] == "12%2A%23"


def test_an_account_that_may_not_be_spoken_about_is_not_said() -> None:
    said = variables(answer(changed(decided(found(91)), account="open-case"), MARK))
    assert (said["IVR_DISCLOSE"], said["IVR_ACCOUNT"]) == ("", "")


def test_every_step_has_six_fields() -> None:
    course = (
        Step(30, say=("position", "wait")),
        Step(60, priority=40, queue="general-queue"),
        Step(180, offer="voicemail"),
        Step(900, then="end"),
    )
    said = variables(answer(changed(decided(found(91)), steps=course), MARK))
    steps = said["IVR_STEPS"].split("~")
    assert steps[:2] == ["30:::position%26wait::", "60:40:general-queue:::"]
    assert steps[2:] == ["180::::voicemail:", "900:::::end"]


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
        answer(changed(decided(found(91)), steps=(step,)), MARK)


def test_more_than_the_dialplan_can_take_apart_is_an_error() -> None:
    course = tuple(Step(after, say=("position", "wait")) for after in range(30, 30_000, 30))
    with pytest.raises(ValueError, match=r"IVR_STEPS: .* more than"):
        answer(changed(decided(found(91)), steps=course), MARK)


@pytest.mark.parametrize(
    "customer_id",
    [
        *("x,IVR_QUEUE=premium", "x=y", 'x"', "x\\", "x\n", "x y", "${SHELL(id)}", "é"),
        "x" * 8191,
    ],
)
def test_a_customer_id_that_would_say_more_is_an_error(customer_id: str) -> None:
    decision = changed(decided(found(91)), customer_id=customer_id)
    with pytest.raises(ValueError, match=r"IVR_CUSTOMER|AGI line"):
        answer(decision, MARK)


@pytest.mark.parametrize("language", ["de,IVR_QUEUE=premium", "../de", "de)", "${EXTEN}"])
def test_a_language_that_would_say_more_is_an_error(language: str) -> None:
    with pytest.raises(ValueError, match="IVR_LANGUAGE"):
        answer(changed(decided(found(91)), language=language), MARK)


def test_a_hostile_name_in_the_label_sets_nothing() -> None:
    name = 'x,IVR_QUEUE=premium" \\ ${SHELL(id)} %0A 100% ~'
    said = variables(answer(changed(decided(found(need=90)), label=name), MARK))
    assert said["IVR_QUEUE"] == "general-queue"
    assert unquote(said["IVR_LABEL"]) == name


TOKENS = st.from_regex(r"[A-Za-z0-9_.:@%+~-]{0,40}", fullmatch=True) | st.text(max_size=20)
LONG = st.integers(0, 9000).map("x".__mul__)
DECISIONS = st.builds(
    decision_of,
    call_id=st.just("1.1"),
    action=st.sampled_from(["queue", "refuse"]),
    treatment=st.just("general"),
    queue=st.none() | TOKENS,
    priority=st.integers(),
    segment=st.none() | TOKENS,
    customer_id=st.none() | TOKENS | LONG,
    customer_name=st.none(),
    scores=SCORES,
    score=st.none(),
    lookup=st.just("found"),
    rule=st.just(""),
    reason=st.just(""),
    label=st.text() | LONG,
    rung=st.sampled_from(["live", "default"]),
    policy_version=st.just(""),
    language=st.none() | TOKENS,
)


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
    assert said["IVR_QUEUE"] == (decision.treatment.queue or "")
    assert unquote(said["IVR_LABEL"]) == decision.treatment.label


@pytest.mark.thorough
@settings(deadline=None)
@given(policies(), CUSTOMERS)
def test_what_the_policy_decides_can_always_be_answered(by: Bundle, who: Customer) -> None:
    assert variables(answer(decided(Found(who), by), MARK))["IVR_DONE"] == MARK
