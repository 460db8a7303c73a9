"""Scenarios made of calls that happened: they load, and say nothing of customers unless they are asked to."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.domain.customers import Scores
from ivr.policy.yaml_file import Document, validated
from ivr.qa.scenarios import from_call
from ivr.qa.scenarios.form import Scenario
from tests.decisions import changed, decision_of

NUMBER, CUSTOMER, NAME = "+442079460001", "CUST-0001", "Ada Lovelace"
HISTORY = CallHistory(
    call_id="pbx1-1795410370.0", linked_id="pbx1-1795410370.0", caller_number=NUMBER, dialled="1000", trunk="carrier",
    sip_call_id="7ed1eed8", tier="live", segment="premium", routed_at=1.0, queue="premium", priority=100,
    joined_at=1.1, rings=1, agent="Anna Berg", interface="PJSIP/anna", connected_at=2.0, wait_seconds=0.9,
    talk_seconds=3.0, hung_up_by="caller", ended_at=5.0, outcome="answered",
)  # fmt: skip
DECISION = decision_of(
    call_id="pbx1-1795410370.0", action="queue", treatment="premium", queue="premium", priority=100,
    segment="premium", customer_id=CUSTOMER, customer_name=NAME, scores=Scores(91, None, 10), score=69.4,
    lookup="found", rule="segment premium", reason="value 91 is at least 80, so premium",
    label=f"PREMIUM value 91 - {NAME}", rung="live", policy_version="772575eb812e", language="fr",
)  # fmt: skip
CALL = IncomingCall("pbx1-1795410370.0", "pbx1-1795410370.0", NUMBER, "1000", False, "carrier", "7ed1eed8", 1.0, "A")
UNKNOWN = changed(
    DECISION, treatment="general", queue="general-queue", priority=10, segment=None, customer_id=None,
    customer_name=None, scores=Scores(), score=None, lookup="unknown", rule="default",
    reason=f"{NUMBER} is not a known number, so the default applies", label="GENERAL", language=None,
)  # fmt: skip
OF_NOBODY = replace(HISTORY, segment="", queue="general-queue", priority=10)

RECORDS = {
    "answered": CallRecord(HISTORY, DECISION, CALL, 2.1),
    "abandoned": CallRecord(
        replace(HISTORY, outcome="abandoned", agent=None, connected_at=None, wait_seconds=130.0), DECISION, CALL, 2.1
    ),
    "refused": CallRecord(
        replace(HISTORY, outcome="refused", segment="", queue=None, priority=0, joined_at=None, agent=None),
        changed(DECISION, action="refuse", rule="blocked", reason="the customer is blocked", segment=None, queue=None),
        CALL,
        2.1,
    ),
    "unserved": CallRecord(replace(HISTORY, outcome="unserved", agent=None), DECISION, CALL, 2.1),
    "lost": CallRecord(replace(HISTORY, outcome="lost", agent=None, joined_at=None), DECISION, CALL, 2.1),
    "going on": CallRecord(replace(HISTORY, outcome="talking", ended_at=None), DECISION, CALL, 2.1),
    "remembered": CallRecord(replace(HISTORY, tier="remembered"), None, None, None),
    "dialplan": CallRecord(replace(OF_NOBODY, tier="dialplan"), None, None, None),
    "too late": CallRecord(replace(OF_NOBODY, tier="dialplan"), DECISION, CALL, 1200.0),
    "snapshot": CallRecord(replace(HISTORY, tier="snapshot"), changed(DECISION, rung="snapshot"), CALL, 2.1),
    "withheld": CallRecord(OF_NOBODY, UNKNOWN, replace(CALL, withheld=True), 2.1),
    "unknown": CallRecord(OF_NOBODY, UNKNOWN, CALL, 2.1),
    "shared": CallRecord(
        OF_NOBODY,
        changed(UNKNOWN, lookup="ambiguous", reason=f"{NUMBER} belongs to 2 customers, so the default applies"),
        CALL,
        2.1,
    ),
    "next to nothing": CallRecord(CallHistory("pbx1-1.1"), None, None, None),
}
every_record = pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))


def loaded(text: str) -> Scenario:
    return validated(Document(Path("made.yaml"), text), Scenario)


@every_record
@pytest.mark.parametrize("with_customer", [False, True])
def test_what_is_made_of_a_call_is_a_scenario_that_expects_what_happened(
    record: CallRecord, with_customer: bool
) -> None:
    made = loaded(from_call.scenario(record, with_customer=with_customer))
    expect, outcome = made.expect, record.history.outcome
    assert made.callers()["caller"].to == (record.history.dialled or "1000")
    if outcome in ("routing", "talking"):
        assert expect.outcome is None
    else:
        assert expect.outcome is not None
        assert expect.outcome.fail == (outcome,)
    assert expect.rung is not None
    assert expect.rung.fail == (record.history.tier or "none",)


@every_record
def test_nothing_of_the_customer_is_in_it(record: CallRecord) -> None:
    text = from_call.scenario(record)
    for own in (NUMBER, NUMBER[1:], NUMBER[-6:], CUSTOMER, NAME, *NAME.split()):
        assert own not in text


def test_with_the_customer_everything_is() -> None:
    made = loaded(from_call.scenario(RECORDS["answered"], with_customer=True))
    (customer,) = made.given.customers
    assert (customer.id, customer.name, customer.phone) == (CUSTOMER, NAME, (NUMBER,))
    assert made.expect.phone_shows is not None
    assert made.expect.phone_shows.fail == (f"PREMIUM value 91 - {NAME}",)
    assert made.callers()["caller"].from_ == NUMBER


def test_the_same_customer_and_call_but_for_their_names() -> None:
    made = loaded(from_call.scenario(RECORDS["answered"]))
    (customer,) = made.given.customers
    call = made.callers()["caller"]
    assert (customer.value, customer.potential, customer.need, customer.language) == (91, None, 10, "fr")
    assert customer.phone == (call.from_,)
    assert call.attestation == "A"
    assert made.about == "value 91 is at least 80, so premium"


def test_what_was_broken_then_is_broken_in_it() -> None:
    faults = {name: loaded(from_call.scenario(record)).given.fault for name, record in RECORDS.items()}
    assert {name: fault for name, fault in faults.items() if fault} == {
        "remembered": "service down", "dialplan": "service down", "too late": "service down",
        "snapshot": "database missing",
    }  # fmt: skip


def test_whom_the_dialplan_remembered_called_before() -> None:
    made = loaded(from_call.scenario(RECORDS["remembered"]))
    (before,) = made.given.earlier.values()
    assert before.from_ == made.callers()["caller"].from_


def test_who_is_blocked_hides_or_gives_up_does_so_again() -> None:
    (blocked,) = loaded(from_call.scenario(RECORDS["refused"])).given.customers
    assert blocked.blocked
    assert loaded(from_call.scenario(RECORDS["withheld"])).callers()["caller"].withheld
    assert loaded(from_call.scenario(RECORDS["abandoned"])).callers()["caller"].patience == 60


HOSTILE = st.text(max_size=30) | st.sampled_from(
    ["\n", "x\nexpect: {}", '"', "\\", "\x85a: b", "\u2028a: b", "\ufeff", "\x00", "\x7f", "\ud800", "☎ 😀",
     "!!python/x", ": ", "#", "'", "{a: [", "\u202e", "*", "&a", "- ", "none"]
)  # fmt: skip


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.sampled_from(list(RECORDS.values())), st.booleans())
def test_whatever_people_are_called_it_stays_a_scenario(
    name: str, agent: str, segment: str, call_id: str, record: CallRecord, with_customer: bool
) -> None:
    hostile = replace(
        record,
        history=replace(record.history, call_id=call_id, agent=agent, segment=segment, queue=segment),
        decision=record.decision
        and changed(record.decision, customer_name=name, reason=name, rule=segment, label=f"X {name}"),
    )
    made = loaded(from_call.scenario(hostile, with_customer=with_customer))
    assert made.expect.segment is not None
    if segment.isprintable() and segment:
        assert made.expect.segment.fail == (segment,)
    if with_customer and made.given.customers and name.isprintable():
        assert made.given.customers[0].name == name
