"""What a decision is taken on: gathering it, whom to believe, opening hours, languages."""

import dataclasses
import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Ambiguous, Contacts, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.policy import Hours
from ivr.domain.routing.facts import FACTS, Facts, Gathered, gather
from ivr.domain.routing.opening_hours import is_open
from ivr.domain.routing.trust import trust_of
from ivr.policy.loader import load
from ivr.shipped_files import share

POLICY = load(share("dialplans")).policy
NOW = dt.datetime(2026, 11, 23, 14, 5, tzinfo=ZoneInfo("Europe/London")).timestamp()  # a Monday
CALL = IncomingCall("pbx-1.1", "pbx-1.1", "+442079460001", "1000", False, "carrier", "abc@host", NOW)
CALLER = Caller("+442079460001")
ADA = Customer("C1", "Ada Lovelace", Scores(91, 64, 10), language="de", has_pin=True)
DAY = 86_400.0


def gathered(lookup: Lookup, pin: str = "", caller: Caller = CALLER, **call: Any) -> Gathered:
    return gather(dataclasses.replace(CALL, **call), caller, lookup, POLICY, pin=pin)


def facts(lookup: Lookup, pin: str = "", caller: Caller = CALLER, **call: Any) -> Facts:
    return gathered(lookup, pin, caller, **call).facts


@pytest.mark.parametrize("lookup", [Found(ADA), Ambiguous(("C1", "C2")), Unknown("nobody"), Unavailable("locked")])
def test_every_fact_is_there_with_its_type_whoever_calls(lookup: Lookup) -> None:
    kinds = {"string": str, "bool": bool, "int": int, "double": float, "list": list, "map": dict}
    kinds["attributes"] = dict
    found = facts(lookup)
    assert {fact.name for fact in FACTS} == set(found)
    assert {f.name: type(found[f.name]) for f in FACTS} == {f.name: kinds[f.type] for f in FACTS}


def test_facts_survive_being_recorded() -> None:
    found = facts(Found(ADA))
    assert json.loads(json.dumps(found)) == found


def test_what_is_known_of_a_customer() -> None:
    contacts = Contacts(NOW - 2 * DAY, (NOW - 2 * DAY, NOW - 8 * DAY, NOW - 31 * DAY), True, "premium")
    found = facts(Found(dataclasses.replace(ADA, contacts=contacts, scored_at=NOW - DAY / 2, tags=("vip",))))
    assert found["customer.contacts_7d"] == 1
    assert found["customer.contacts_30d"] == 2
    assert found["customer.days_since_contact"] == 2.0
    assert found["customer.abandoned_last"] is True
    assert found["customer.previous_segment"] == "premium"
    assert found["customer.scores_age_days"] == 0.5
    assert found["customer.tags"] == ["vip"]
    assert found["customer.score"] == 69.4


def test_a_score_that_is_not_known_is_below_all_thresholds() -> None:
    found = facts(Found(Customer("C1", "", Scores())))
    assert {found[f"customer.{name}"] for name in ("value", "potential", "need", "score")} == {-1.0}


# Whom to believe -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "caller", "pin", "trust"),
    [
        ({}, CALLER, "", "caller-id"),
        ({"trunk": "elsewhere"}, CALLER, "", "none"),
        ({"attestation": "B"}, CALLER, "", "caller-id"),
        ({"attestation": "C"}, CALLER, "", "caller-id"),
        ({"attestation": "A"}, CALLER, "", "attested"),
        ({"attestation": "A", "trunk": "elsewhere"}, CALLER, "", "attested"),
        ({"attestation": "failed"}, CALLER, "", "none"),
        ({}, Caller(None, "number withheld"), "", "none"),
        ({}, Caller(None, "number withheld", typed=True), "", "typed"),
        ({"attestation": "failed"}, CALLER, "right", "pin"),
        ({}, CALLER, "wrong", "caller-id"),
        ({}, CALLER, "locked", "caller-id"),
    ],
)
def test_how_sure_it_is_who_calls(call: dict[str, Any], caller: Caller, pin: str, trust: str) -> None:
    assert trust_of(dataclasses.replace(CALL, **call), caller, POLICY, pin) == trust


def test_nothing_about_a_customer_is_a_fact_for_a_caller_who_is_not_believed() -> None:
    found, notes = gathered(Found(ADA), attestation="failed")
    told = {name: value for name, value in found.items() if name.startswith("customer.")}
    assert told == {f.name: f.default for f in FACTS if f.name.startswith("customer.")} | {
        "customer.lookup": "untrusted"
    }
    assert found["call.language"] == "en", "nor is the customer's language used"
    assert (notes.claims, notes.claims_pin) == ("C1", True)


# Languages, menus ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("own", "served"), [("de", "de"), ("fr", "fr"), ("es", "en"), ("", "en")])
def test_callers_are_served_in_a_language_that_is_spoken_here(own: str, served: str) -> None:
    assert facts(Found(dataclasses.replace(ADA, language=own)))["call.language"] == served


@pytest.mark.parametrize(
    ("dialled", "key", "intent"), [("1003", "1", "buy"), ("1003", "2", "trouble"), ("1003", "9", ""), ("1000", "1", "")]
)
def test_a_key_is_an_intent_where_there_is_a_menu(dialled: str, key: str, intent: str) -> None:
    assert facts(Unknown("nobody"), dialled=dialled, intent=key)["call.intent"] == intent


@pytest.mark.parametrize(
    ("dialled", "entry"), [("1000", "main"), ("+1000", "main"), ("1002", "frequent"), ("4420", "other"), ("", "other")]
)
def test_a_number_belongs_to_an_entry_point(dialled: str, entry: str) -> None:
    assert facts(Unknown("nobody"), dialled=dialled)["call.entry"] == entry


# Opening hours ---------------------------------------------------------------------------------------

OFFICE = Hours(
    "Europe/London",
    {"monday": ((540, 720), (780, 1020)), "saturday": ((0, 1440),)},
    ("12-25", "2026-11-30"),
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23 08:59", False), ("2026-11-23 09:00", True), ("2026-11-23 11:59", True),
        ("2026-11-23 12:00", False), ("2026-11-23 13:00", True), ("2026-11-23 16:59", True),
        ("2026-11-23 17:00", False), ("2026-11-24 10:00", False), ("2026-11-28 00:00", True),
        ("2026-11-28 23:59", True), ("2026-11-29 00:00", False),
        ("2026-11-30 10:00", False), ("2027-11-29 10:00", True), ("2028-12-25 10:00", False),
    ],
)  # fmt: skip
def test_it_is_open_in_its_periods_and_on_no_holiday(moment: str, expected: bool) -> None:
    assert is_open(OFFICE, dt.datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/London"))) is expected


@pytest.mark.parametrize(
    ("utc", "hour", "closed"),
    [("2026-11-23 16:30", 16, False), ("2026-11-23 17:00", 17, True), ("2026-07-20 15:59", 16, False),
     ("2026-07-20 16:00", 17, True)],
)  # fmt: skip
def test_hours_are_those_of_the_entry_points_zone_in_summer_too(utc: str, hour: int, closed: bool) -> None:
    at = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC).timestamp()
    found = facts(Unknown("nobody"), dialled="1001", arrived_at=at)
    assert (found["call.hour"], found["call.closed"], found["call.weekday"]) == (hour, closed, "monday")


def test_an_entry_point_without_hours_never_closes() -> None:
    assert not any(facts(Unknown("nobody"), arrived_at=NOW + n * 3600)["call.closed"] for n in range(200))
