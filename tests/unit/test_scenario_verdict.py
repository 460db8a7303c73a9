"""Verdicts on calls that were never made: every expectation can hold, and every one can fail."""

import time
from dataclasses import replace
from typing import Any

import pytest

from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.history import CallHistory, fold
from ivr.domain.customers import Scores
from ivr.domain.routing.decision import Decision
from ivr.qa.call_report import PhoneDisplay, Report
from ivr.qa.calls import ObservedCall, Placed, Played
from ivr.qa.scenarios import verdict
from ivr.qa.scenarios.form import EVENTS, Call, Expect, Scenario, ScenarioStep
from ivr.qa.scenarios.play import Performance, PlayedCall, StepTaken
from ivr.qa.scenarios.result import Check, worst
from tests.decisions import changed, decision_of

CALL_ID, ZERO = "pbx1-1795410370.0", 1795410370.0
DECISION = decision_of(
    call_id=CALL_ID, action="queue", treatment="premium", queue="premium", priority=100,
    segment="premium", customer_id="C1", customer_name="Ada Lovelace", scores=Scores(91, 64, 10), score=69.4,
    lookup="found", rule="segment premium", reason="value 91 is at least 80, so premium",
    label="PREMIUM value 91 - Ada Lovelace", rung="live", policy_version="772575eb812e", language="en",
    adjustments=("repeat caller", "menu"), trust="caller-id", facts={"call.entry": "service", "call.intent": "buy"},
)  # fmt: skip
FOUND: tuple[CallEvent, ...] = (
    CallRouted(CALL_ID, ZERO + 0.1, CALL_ID, "+442079460001", "1000", "carrier", "sip-1", "live", "premium", "premium",
               100, "queue", "A"),
    QueueJoined(CALL_ID, ZERO + 0.5, "premium", 2),
    AgentRang(CALL_ID, ZERO + 0.6, "premium", "Ben Okafor", "PJSIP/ben"),
    AgentDidNotAnswer(CALL_ID, ZERO + 0.7, "premium", "Ben Okafor", "PJSIP/ben", 0.1),
    AgentRang(CALL_ID, ZERO + 0.8, "premium", "Anna Berg", "PJSIP/anna"),
    AgentConnected(CALL_ID, ZERO + 2.5, "premium", "Anna Berg", "PJSIP/anna", 2),
    CallCompleted(CALL_ID, ZERO + 5.5, "premium", "Anna Berg", 3, "caller"),
    CallEnded(CALL_ID, ZERO + 5.6, 16),
)  # fmt: skip


def a_call(
    expect: dict[str, Any],
    *events: CallEvent,
    name: str = "caller",
    decision: Decision | None = DECISION,
    transferred: str = "",
) -> PlayedCall:
    """A call of which these events were seen (none: those of a call that went well)."""
    events = events or FOUND
    history = CallHistory(CALL_ID)
    for event in events:
        history = fold(history, event)
    joined = next((event.at for event in events if isinstance(event, QueueJoined)), None)
    displays = [
        PhoneDisplay("ben", "something older", "1", "C2", "standard"),
        PhoneDisplay("anna", "PREMIUM value 91 - Ada Lovelace", "+442079460001", "C1", "premium"),
    ]
    seen = ObservedCall(history, joined, "A", displays, list(events), transferred)
    placed = Placed("test-1", ZERO, "sip-1", status="ANSWER", seen=seen)
    report = Report(
        CALL_ID, "+442079460001", "1000", decision.identity.customer_id if decision else None, 69.4,
        history.segment or None, history.queue if joined else None, history.priority, history.agent,
        history.wait_seconds, 2.1,
        decision.trace.reason if decision else "the dialplan went on alone", history.outcome, decision, history,
        tuple(displays), joined and round(joined - ZERO, 3), "A",
    )  # fmt: skip
    played = PlayedCall(name, Call.model_validate({"from": "+442079460001", "expect": expect}), placed, report)
    played.heard = [Played(ZERO + 0.2, "hello"), Played(ZERO + 1, "queue-thankyou"), Played(ZERO + 2, "beep")]
    played.displays, played.decided_at = displays, ZERO
    return played


def unseen(expect: dict[str, Any]) -> PlayedCall:
    """A call that never reached the PBX."""
    placed = Placed("test-2", ZERO, status="CHANUNAVAIL")
    report = Report(None, "1", "1000", None, None, None, None, None, None, None, None, "it never came", "lost")
    return PlayedCall("caller", Call.model_validate({"expect": expect}), placed, report)


def checks(played: PlayedCall) -> list[Check]:
    result = verdict.call_result(played, Performance(ZERO - 1))
    assert result.outcome == (played.report.outcome if played.report else "lost")
    return list(result.checks)


def the_check(expect: dict[str, Any], *events: CallEvent, **options: Any) -> Check:
    (check,) = checks(a_call(expect, *events, **options))
    return check


# Every field: what was so, and what was not ------------------------------------------------------------

DECIDED_AT = time.strftime("%A %Y-%m-%d %H:%M", time.localtime(ZERO)).lower()
HOLDS_FAILS: list[tuple[str, Any, Any]] = [
    ("outcome", "answered", "abandoned"),
    ("segment", "premium", "Premium"),
    ("customer", "C1", "C2"),
    ("rule", "segment premium", "default"),
    ("reason", "value 91*", "value 90*"),
    ("rung", "live", "dialplan"),
    ("treatment", "premium", "general"),
    ("adjustments", "repeat caller, menu", "none"),
    ("trust", "caller-id", "none"),
    ("entry", "service", "main"),
    ("intent", "buy", "none"),
    ("queue", "premium", "general-queue"),
    ("priority", 100, 99),
    ("position", 2, 1),
    ("agent", ["Ben Okafor", "Anna Berg"], "Ben Okafor"),
    ("phone shows", "PREMIUM*", "something older"),
    ("phone number", "+442079460001", "none"),
    ("phone customer", "C1", "C2"),
    ("phone segment", "premium", "standard"),
    ("transferred to", "none", "cleo"),
    ("language", "en", "none"),
    ("attestation", "A", "none"),
    ("decided at", DECIDED_AT, "monday * 03:00"),
    ("hears", ["hello", "beep"], ["beep", "hello"]),
    ("does not hear", "goodbye", "hello"),
    ("wait", 2, 1.9),
    ("to queue", 0.5, 0.4),
    ("route ms", 3, 2),
    ("hung up by", "caller", "agent"),
    ("left", "none", "TIMEOUT"),
    ("events", {"rang": 2}, {"rang": 1}),
]


def test_the_table_has_every_expectation_that_there_is() -> None:
    assert {name for name, *_ in HOLDS_FAILS} == {name.replace("_", " ") for name in Expect.model_fields}


@pytest.mark.parametrize(("name", "holds", "fails"), HOLDS_FAILS, ids=[name for name, *_ in HOLDS_FAILS])
def test_an_expectation_passes_fails_and_warns(name: str, holds: Any, fails: Any) -> None:
    if name == "events":
        said, no = f"events: {next(iter(holds))}", next(iter(fails))
        assert the_check({name: holds}).verdict == "passed"
        assert the_check({name: fails}).verdict == "failed"
        assert the_check({name: {no: {"warn": fails[no]}}}).verdict == "warned"
        assert the_check({name: holds}).what == said
        return
    for value, wanted in (
        (holds, "passed"),
        (fails, "failed"),
        ({"warn": fails}, "warned"),
        ({"warn": holds}, "passed"),
    ):
        check = the_check({name: value})
        assert (check.what, check.verdict) == (name, wanted)
        assert check.expected
        assert check.seen
    assert the_check({name: {"warn": fails, "fail": fails}}).verdict == "failed"
    assert the_check({name: {"warn": fails, "fail": holds}}).verdict == "warned"


@pytest.mark.parametrize(("name", "holds", "fails"), HOLDS_FAILS, ids=[name for name, *_ in HOLDS_FAILS])
def test_a_call_that_never_reached_the_pbx_fails_whatever_is_expected(name: str, holds: Any, fails: Any) -> None:
    none = {"events": {"rang": "none"}}.get(name, "none")
    for value in (holds, fails, none):
        assert worst(checks(unseen({name: value}))) == "failed"


@pytest.mark.parametrize("expect", [{}, {"priority": 0}, {"queue": "none", "agent": "none", "events": {"joined": 0}}])
def test_a_call_that_never_reached_the_pbx_fails_even_where_nothing_is_expected(expect: dict[str, Any]) -> None:
    failed = [check for check in checks(unseen(expect)) if check.verdict == "failed"]
    assert failed == [Check("call", "reaches the PBX", "never reached its dialplan", "failed")]


@pytest.mark.parametrize("outcome", ["lost", ["refused", "lost"], {"warn": "lost"}])
def test_a_call_that_the_pbx_turns_away_may_be_as_expected(outcome: Any) -> None:
    found = checks(unseen({"outcome": outcome, "queue": "none", "phone shows": "none", "events": {"routed": "none"}}))
    assert {check.verdict for check in found} == {"passed"}


def test_a_call_that_was_not_even_placed_fails() -> None:
    played = PlayedCall("caller", Call.model_validate({"expect": {"queue": "none"}}))
    assert worst(checks(played)) == "failed"


@pytest.mark.parametrize("kind", EVENTS)
def test_every_event_is_counted(kind: str) -> None:
    extra = (CallerAsked(CALL_ID, ZERO + 0.2, "menu"), CallHandled(CALL_ID, ZERO + 0.3, "self-service"))
    events = (*FOUND[:1], *extra, QueueLeft(CALL_ID, ZERO + 1, "premium", "FULL"), *FOUND[1:])
    count = sum(event.kind == kind for event in events)
    assert count
    assert the_check({"events": {kind: count}}, *events).verdict == "passed"
    assert the_check({"events": {kind: f"at least {count}"}}, *events).verdict == "passed"
    for wrong in (count + 1, f"at most {count - 1}", "none"):
        check = the_check({"events": {kind: wrong}}, *events)
        assert (check.verdict, check.seen) == ("failed", str(count))


# Texts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "seen", "fits"),
    [
        ("none", "", True), ("none", "x", False), ("*", "x", True), ("*", "", False), ("a*", "ab", True),
        ("a*c", "a\nb c", True), ("*b*", "abc", True), ("a", "A", False), ("a", "ab", False), ("a*", "", False),
        ("[a]", "[a]", True), ("[a]", "a", False), ("a?", "ab", False), ("a?", "a?", True), ("[!a]*", "[!a]b", True),
        ("a.c", "abc", False), ("]", "]", True), ("a*b*c", "a" * 5000, False),
    ],
)  # fmt: skip
def test_a_text_fits(pattern: str, seen: str, fits: bool) -> None:
    check = the_check({"reason": pattern}, decision=changed(DECISION, reason=seen))
    assert check.verdict == ("passed" if fits else "failed")
    assert check.seen == (seen or "none")


def test_a_list_means_one_of_these_and_the_check_says_so() -> None:
    check = the_check({"queue": ["none", "general-queue"]})
    assert (check.verdict, check.expected, check.seen) == ("failed", "none or general-queue", "premium")
    assert the_check({"queue": ["none", "premium"]}).verdict == "passed"


def test_a_warning_names_the_limit_that_was_missed() -> None:
    check = the_check({"wait": {"warn": 1, "fail": 3}})
    assert (check.expected, check.seen, check.verdict) == ("at most 1", "2", "warned")
    check = the_check({"wait": {"warn": 1, "fail": 1.5}})
    assert (check.expected, check.seen, check.verdict) == ("at most 1.5", "2", "failed")


# Numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ("2-3", True), ("1-2", True), ("2-2", True), ("1-1.999", False), ("2.001-3", False), ("at least 2", True),
        ("at least 2.001", False), ("at most 2", True), ("at most 1.999", False), (2, True), (1, False), (50, True),
        ("none", False), (0, False),
    ],
)  # fmt: skip
def test_the_edges_of_a_range_are_in_it(expected: Any, holds: bool) -> None:
    assert the_check({"wait": expected}).verdict == ("passed" if holds else "failed")


def test_what_was_not_there_is_no_number_but_none() -> None:
    routed_only = FOUND[:1]
    for expected, wanted in (("none", "passed"), ("at most 5", "failed"), (5, "failed"), ("0-5", "failed")):
        check = the_check({"wait": expected}, *routed_only)
        assert (check.verdict, check.seen) == (wanted, "none")


# Sounds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ("hello", True), (["hello", "beep"], True), (["beep", "hello"], False), (["hello", "hello"], False),
        ("queue-*", True), ("*", True), ("[h]ello", False), ("none", False), (["hello", "bye"], False),
    ],
)  # fmt: skip
def test_sounds_are_heard_in_order(expected: Any, holds: bool) -> None:
    assert the_check({"hears": expected}).verdict == ("passed" if holds else "failed")


@pytest.mark.parametrize(
    ("expected", "holds"),
    [("bye", True), ("beep", False), (["bye", "beep"], False), ("*", False), ("queue-*", False), ("[b]eep", True)],
)
def test_sounds_are_not_heard(expected: Any, holds: bool) -> None:
    assert the_check({"does not hear": expected}).verdict == ("passed" if holds else "failed")


def test_silence_is_heard_as_none() -> None:
    for expect, wanted in (
        ({"hears": "none"}, "passed"),
        ({"hears": "*"}, "failed"),
        ({"does not hear": "*"}, "passed"),
    ):
        played = a_call(expect)
        played.heard = []
        (check,) = checks(played)
        assert (check.verdict, check.seen) == (wanted, "none")


# Callers together ----------------------------------------------------------------------------------------


def served(name: str, at: float | None) -> PlayedCall:
    connected = () if at is None else (AgentConnected(CALL_ID, ZERO + at, "premium", "Anna Berg", "PJSIP/anna", 1),)
    return a_call({}, *FOUND[:2], *connected, name=name)


@pytest.mark.parametrize(
    ("first", "second", "wanted", "seen"),
    [
        (1.0, 2.5, "passed", "ada 1.5 s before ben"),
        (2.5, 1.0, "failed", "ada 1.5 s after ben"),
        (1.0, 1.0, "failed", "ada 0.0 s after ben"),
        (1.0, None, "passed", "ada was served, ben reached nobody"),
        (None, 1.0, "failed", "ada reached nobody, ben was served"),
        (None, None, "failed", "ada reached nobody, ben reached nobody"),
    ],
)
def test_who_was_served_before_whom(first: float | None, second: float | None, wanted: str, seen: str) -> None:
    scenario = Scenario.model_validate({"scenario": "x", "calls": {"ada": {}, "ben": {}}, "order": ["ada before ben"]})
    (check,) = verdict.order_checks(scenario, [served("ada", first), served("ben", second)])
    assert (check.what, check.expected, check.seen, check.verdict) == ("order", "ada before ben", seen, wanted)


def test_the_order_of_callers_who_were_not_even_placed_fails() -> None:
    scenario = Scenario.model_validate({"scenario": "x", "calls": {"ada": {}, "ben": {}}, "order": ["ada before ben"]})
    (check,) = verdict.order_checks(scenario, [])
    assert check.verdict == "failed"


def test_a_step_that_failed_is_a_check_that_failed() -> None:
    played = a_call({"queue": "premium"})
    hear = ScenarioStep.model_validate({"hear": "hello"})
    played.steps = [
        StepTaken(ZERO, hear),
        StepTaken(ZERO, ScenarioStep.model_validate("hang up"), "the call had ended"),
    ]
    step, queue = checks(played)
    assert step == Check("step 2", "hang up", "the call had ended", "failed")
    assert queue.verdict == "passed"
    assert str(hear) == "hear hello"


# What the reports get ------------------------------------------------------------------------------------


def test_the_result_says_what_is_known_of_the_call() -> None:
    result = verdict.call_result(a_call({}), Performance(ZERO - 1.5))
    assert (result.call_id, result.customer, result.segment, result.queue, result.priority) == (
        CALL_ID, "C1", "premium", "premium", 100,
    )  # fmt: skip
    assert (result.agent, result.wait_seconds, result.route_ms, result.outcome) == ("Anna Berg", 2, 2.1, "answered")
    assert (result.placed_at, result.heard) == (1.5, ("hello", "queue-thankyou", "beep"))
    assert result.phones == ("something older", "PREMIUM value 91 - Ada Lovelace")
    assert all(moment.at >= 0 and (moment.seconds or 0) >= 0 for moment in result.timeline)
    lasted = {moment.kind: moment.seconds for moment in result.timeline if moment.seconds is not None}
    assert lasted == {"waiting": 2.0, "rang": 1.7, "talking": 3.0}


def test_a_timeline_is_drawn_of_any_part_of_a_call() -> None:
    for end in range(1, len(FOUND) + 1):
        result = verdict.call_result(a_call({}, *FOUND[:end]), Performance(ZERO))
        assert result.timeline
    late = [replace(event, at=ZERO - 5) for event in FOUND]
    assert {moment.at for moment in verdict.call_result(a_call({}, *late), Performance(ZERO)).timeline} <= {
        0,
        0.2,
        1,
        2,
    }
