"""What the dialplan may remember of a caller: what the number alone was worth."""

import dataclasses
from typing import Any

import pytest

from ivr.domain.calls.incoming_call import Caller
from ivr.domain.customers import Ambiguous, Lookup, Unavailable, Unknown
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.memory import Memory, memory_of
from ivr.policy.loader import Bundle
from tests.policies import PREMIUM, STANDARD, policy
from tests.unit.test_decision import CALL, CALLER, decided, found

TYPED = Caller("+442079460001", typed=True)
RULES = policy()
PROVED = policy({**PREMIUM, "trust": "pin"}, STANDARD)


def memory(lookup: Lookup, by: Bundle = RULES, *, pin: str = "", caller: Caller = CALLER, **call: Any) -> Memory:
    def decision(pin: str) -> Decision:
        return decided(lookup, by, pin=pin, caller=caller, **call)

    return memory_of(dataclasses.replace(CALL, **call), caller, by.policy, decision(pin), lambda: decision(""))


@pytest.mark.parametrize("call", [{}, {"attestation": "A"}, {"attestation": "A", "trunk": "other"}])
def test_a_believed_number_is_remembered(call: dict[str, Any]) -> None:
    assert memory(found(91), **call) == "keep"


@pytest.mark.parametrize(
    "call", [{"trunk": "other"}, {"attestation": "failed"}, {"trunk": "other", "attestation": "B"}]
)
@pytest.mark.parametrize("lookup", [found(91), found(91, blocked=True), Unknown("not a known number")])
@pytest.mark.parametrize("pin", ["", "wrong", "right"])
def test_a_number_that_proves_nothing_changes_nothing(call: dict[str, Any], lookup: Lookup, pin: str) -> None:
    """Neither by a PIN, which proves nothing about the next call from there, nor by showing somebody's number."""
    assert memory(lookup, pin=pin, **call) == ""


@pytest.mark.parametrize("lookup", [found(91, blocked=True), Unknown("not a known number"), Ambiguous(("C1", "C2"))])
def test_who_is_no_longer_known_by_a_believed_number_is_forgotten(lookup: Lookup) -> None:
    assert memory(lookup) == "drop"


def test_a_typed_customer_number_is_not_remembered_for_the_telephone() -> None:
    assert memory(found(91), caller=TYPED, pin="right") == "drop"


@pytest.mark.abuse
def test_what_only_a_pin_gave_is_not_remembered() -> None:
    assert decided(found(91), PROVED, pin="right").identity.segment == "premium"
    assert memory(found(91), PROVED, pin="right") == "drop"


def test_a_pin_does_no_harm_where_the_number_was_enough() -> None:
    assert memory(found(91), pin="right") == "keep"


def test_a_snapshot_or_no_answer_changes_nothing() -> None:
    assert memory(dataclasses.replace(found(91), age_seconds=60.0, why="away")) == ""
    assert memory(Unavailable("away")) == ""
    assert memory(Unknown("number withheld"), caller=Caller(None, "number withheld")) == ""
