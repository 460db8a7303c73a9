"""What the policy decides about each of the sample customers: what load and faults are measured against."""

import time

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Customer, Found, Lookup
from ivr.domain.routing.decision import Decision, decide
from ivr.domain.routing.facts import gather
from ivr.lab import sample_customers
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy.loader import Bundle
from ivr.store.customer_layout import plain_layout
from ivr.store.customer_reading import customer_in
from ivr.store.customer_row import RowCheck

NUMBER = "1000"  # dialled


def of_numbers(bundle: Bundle, dialled: str = NUMBER) -> dict[str, Decision]:
    """The decision for each number of the sample that has one owner alone, who called never before."""
    return {number: about(bundle, Found(owner), number, dialled) for number, owner in owners().items()}


def owners() -> dict[str, Customer]:
    """The sample's customers by number: those numbers that one of them has alone."""
    those: dict[str, list[Customer]] = {}
    rows = [row | {"lapsed": ""} for row in sample_customers.rows()]  # as it is imported
    check = RowCheck(plain_layout(list(rows[0])), PhoneNumbers(), "GB", now=0.0)
    for row in rows:
        for number in row["phones"].split(";"):
            those.setdefault(number, []).append(_customer(row, check))
    return {number: each[0] for number, each in those.items() if len(each) == 1}


def about(bundle: Bundle, lookup: Lookup, number: str | None, dialled: str = NUMBER) -> Decision:
    """The decision about a first call from this number (None: a withheld one), on a trunk that is trusted."""
    trunk = bundle.policy.trust.trunks[0]
    call = IncomingCall("sample", "sample", number or "", dialled, number is None, trunk, "", time.time())
    facts = gather(call, Caller(number), lookup, bundle.policy)
    return decide(call, facts, bundle.policy, bundle.conditions)


def _customer(row: dict[str, str], check: RowCheck) -> Customer:
    """The customer, as a lookup would find them after an import."""
    [(_, stored, _)] = check([(1, list(row.values()))]).good
    stored |= {"has_pin": bool(stored["pin_hash"]), "scored_at": None}
    stored |= {"scores_run": 0, "scoring_version": "", "attributes": None}
    return customer_in(stored)
