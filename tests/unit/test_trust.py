"""Trust counts where a call goes, whatever led there; and the agent sees how sure it is."""

from pathlib import Path
from typing import Any

import pytest

from ivr.agi.variables import answer
from ivr.domain.calls.incoming_call import Caller
from ivr.domain.customers import Found, Unknown
from ivr.domain.routing.decision import Decision, explain
from ivr.domain.routing.facts import gather
from ivr.policy import loader
from ivr.policy.loader import Bundle
from ivr.shipped_files import share
from tests.decisions import changed, values
from tests.policies import policy
from tests.unit.test_decision import CALL, MARK, decided, found
from tests.unit.test_policy_check import said

pytestmark = pytest.mark.abuse
SHIPPED = loader.load(share("dialplans"))
TYPED = Caller("+12025550199", typed=True)
GOLD: Any = found(85, contract="gold", has_pin=True)


def typed(lookup: Found = GOLD, by: Bundle = SHIPPED, **more: Any) -> Decision:
    """Somebody on another trunk has typed the customer's number."""
    return decided(lookup, by, caller=TYPED, **{"dialled": "1003", "trunk": "other", "typed": "44200001", **more})


def test_no_rule_leads_past_the_trust_of_a_queue() -> None:
    decision = typed(asked="n")
    assert values(decision, "treatment queue ask") == ("general", "general-queue", "pin")
    assert decided(GOLD, SHIPPED).treatment.queue == "premium"


@pytest.mark.parametrize("attributes", [{"contract": "gold"}, {"lapsed": True}, {}])
@pytest.mark.parametrize("asked", ["n", "nm", "np", "npp", "mnp"])
@pytest.mark.parametrize("pin", ["", "wrong", "locked", "unavailable", "none"])
def test_without_the_right_pin_a_typed_number_never_comes_to_the_premium_queue(
    attributes: dict[str, Any], asked: str, pin: str
) -> None:
    customer = found(95, 95, 10, has_pin=True, **attributes)
    decision = typed(customer, asked=asked, pin=pin if "p" in asked else "")
    queues = {decision.treatment.queue, *(step.queue for step in decision.treatment.steps)}
    assert "premium" not in queues


def test_with_the_right_pin_it_does() -> None:
    assert typed(asked="np", pin="right").treatment.queue == "premium"


@pytest.mark.parametrize(("asked", "pin"), [("np", "wrong"), ("npp", "wrong"), ("np", "locked"), ("np", "")])
def test_a_pin_that_is_wrong_or_refused_takes_the_typed_number_away(asked: str, pin: str) -> None:
    decision = typed(asked=asked, pin=pin)
    assert values(decision, "lookup customer_id trust") == ("untrusted", None, "none")
    assert "Ada" not in decision.treatment.label


def test_after_one_wrong_pin_there_is_another_try() -> None:
    assert typed(asked="np", pin="wrong").question.kind == "pin"
    assert typed(asked="npp", pin="wrong").question.kind != "pin"


def treatments(**changes: Any) -> dict[str, Any]:
    return {
        "premium": {"queue": "premium", "priority": 100},
        "rescue": {"queue": "general-queue", "priority": 50, "steps": [{"after": 60, "queue": "premium"}]},
        "general": {"queue": "general-queue", "priority": 10},
        "refused": {"refuse": True},
        **changes,
    }


def test_a_step_asks_for_the_trust_of_its_queue() -> None:
    by = policy(treatments=treatments(), queues={"premium": {"trust": "caller-id"}})
    assert decided(found(need=90), by).treatment.name == "rescue"
    assert typed(found(need=90), by).treatment.name == "general"


def test_a_treatment_asks_for_its_own_trust_and_the_next_rule_is_tried() -> None:
    by = policy(treatments=treatments(rescue={"queue": "general-queue", "priority": 50, "trust": "attested"}))
    assert decided(found(need=90), by).treatment.name == "general"
    assert decided(found(need=90), by, attestation="A").treatment.name == "rescue"
    facts = gather(CALL, Caller("+442079460001"), found(need=90), by.policy)
    _, tried = explain(CALL, facts, by.policy, by.conditions)
    (rescue,) = [each for each in tried if each.kind == "rule" and each.name == "at-risk"]
    assert (rescue.held, rescue.failed, rescue.takes) == (False, "", "attested")


@pytest.mark.parametrize(
    ("call", "caller", "trust", "label"),
    [
        ({}, Caller("+442079460001"), "caller-id", "PREMIUM value 91 - Ada Lovelace"),
        ({"attestation": "A"}, Caller("+442079460001"), "attested", "PREMIUM (signed) value 91 - Ada Lovelace"),
        ({"pin": "right"}, TYPED, "pin", "PREMIUM (PIN) value 91 - Ada Lovelace"),
        ({}, TYPED, "typed", "PREMIUM (not proved) value 91"),
    ],
)
def test_the_agent_sees_how_sure_it_is(call: dict[str, Any], caller: Caller, trust: str, label: str) -> None:
    decision = decided(found(91), policy(), caller=caller, **call)
    assert values(decision, "trust label") == (trust, label)
    sent = dict(pair.split("=") for pair in answer(decision, MARK).removeprefix('EXEC MSet "').rstrip('"').split(","))
    assert sent["IVR_TRUST"] == trust
    assert sent["IVR_CUSTOMER"] == ("" if trust == "typed" else "C1"), "a header opens a record"


def test_without_a_word_on_it_the_agent_is_named_nobody_who_may_not_hear_of_the_account() -> None:
    by = policy(trust={"trunks": ["carrier"]})
    assert "Ada" not in decided(found(91), by).treatment.label
    assert decided(found(91), by, pin="right").treatment.label.endswith("Ada Lovelace")


# Check -----------------------------------------------------------------------------------------------

TRUSTING = (share("dialplans") / "policy.yaml").read_text(encoding="utf-8")
QUEUES = TRUSTING[TRUSTING.index("queues:\n") : TRUSTING.index("# What a call gets.")]


def warnings(text: str) -> list[str]:
    return [str(each).partition("warning: ")[2] for each in said(text, "agents: []") if " trust " in each]


def test_the_shipped_policy_has_no_way_round() -> None:
    assert warnings(TRUSTING) == []


def test_check_shows_each_way_round() -> None:
    shown = warnings(TRUSTING.replace(QUEUES, ""))
    assert [each.split(" leads ")[0] for each in shown] == ["treatments.won-back", "treatments.gold"]
    assert all("for which premium takes caller-id" in each for each in shown)


@pytest.mark.parametrize("place", ["default: general", "    closed: closed"])
def test_what_is_for_everybody_takes_no_trust(place: str) -> None:
    key = place.partition(":")[0]
    (mistake,) = [
        each for each in said(TRUSTING.replace(place, f"{key}: gold"), "agents: []") if "for everybody" in each
    ]
    assert "takes trust caller-id" in mistake
    assert Path(mistake.partition(":")[0]).name == "policy.yaml"


def test_numbers_that_are_believed_from_anywhere_are_told() -> None:
    assert any(
        "whoever shows a customer's number" in each
        for each in said(TRUSTING.replace("routing: typed", "routing: none"), "agents: []")
    )


@pytest.mark.parametrize("name", ["Premium", "premium-de"])
def test_a_queue_is_meant_in_capitals_too(name: str) -> None:
    by = policy(treatments=treatments(premium={"queue": name.lower()}), queues={name: {"trust": "pin"}})
    assert by.policy.treatments["premium"].trust == "pin"


@pytest.mark.parametrize("name", ["premium-{language}", "premium-de"])
def test_a_queue_is_meant_in_each_language(name: str) -> None:
    by = policy(treatments=treatments(premium={"queue": "premium-{language}"}), queues={name: {"trust": "pin"}})
    assert by.policy.treatments["premium"].trust == "pin"


def test_a_queue_that_nothing_leads_to_is_told() -> None:
    shown = said(TRUSTING.replace("queues:\n  premium:", "queues:\n  premum:"), "agents: []")
    assert any("queues.premum: no treatment leads there" in each for each in shown)


TESTER = "+442079460990"


def marks(*trunks: str) -> Bundle:
    """A policy with a test number; `trunks` are those of `test:`."""
    test = {"callers": [TESTER], "dialled": ["1000"], **({"trunks": list(trunks)} if trunks else {})}
    return policy(test=test)


def shown(number: str, by: Bundle, **more: Any) -> Decision:
    """A call of nobody's that shows this number."""
    return decided(Unknown("not a known number"), by, caller=Caller(number), **more)


@pytest.mark.parametrize(
    ("by", "trunk", "attestation", "test"),
    [
        (marks(), "carrier", "", True),
        (marks(), "carrier", "failed", False),
        (marks(), "other", "", False),
        (marks(), "other", "B", False),
        (marks(), "other", "A", True),
        (marks("qa"), "qa", "", True),
        (marks("qa"), "qa", "failed", False),
        (marks("qa"), "carrier", "", False),
        (marks("qa"), "carrier", "A", False),
        (marks("qa"), "", "", False),
    ],
)
def test_a_test_number_from_elsewhere_is_no_test(by: Bundle, trunk: str, attestation: str, test: bool) -> None:
    assert shown(TESTER, by, trunk=trunk, attestation=attestation).test == test
    assert not shown("+12025550199", by, trunk=trunk, attestation=attestation).test


@pytest.mark.parametrize("by", [marks(), marks("qa")])
@pytest.mark.parametrize("trunk", ["carrier", "qa", "other"])
def test_a_test_call_is_treated_like_any_other(by: Bundle, trunk: str) -> None:
    """So whoever forges such a number gets ahead of nobody."""
    tester, other = (shown(number, by, trunk=trunk) for number in (TESTER, "+12025550199"))
    assert changed(tester, test=False, facts={}) == changed(other, facts={})
    assert values(tester, "queue priority segment trust") == (
        "general-queue",
        10,
        None,
        other.identity.trust,
    )
