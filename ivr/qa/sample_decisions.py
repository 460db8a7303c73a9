"""What the policy decides about each of the sample customers: what load and faults are measured against."""

import time

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Customer, Found, Lookup, Scores
from ivr.domain.routing.decision import Decision, decide
from ivr.domain.routing.facts import gather
from ivr.lab import sample_customers
from ivr.policy.loader import Bundle

NUMBER = "1000"  # dialled


def of_numbers(bundle: Bundle, dialled: str = NUMBER) -> dict[str, Decision]:
    """The decision for each number of the sample that has one owner alone, who called never before."""
    return {number: about(bundle, Found(owner), number, dialled) for number, owner in owners().items()}


def owners() -> dict[str, Customer]:
    """The sample's customers by number: those numbers that one of them has alone."""
    those: dict[str, list[Customer]] = {}
    for row in sample_customers.rows():
        for number in row["phones"].split(";"):
            those.setdefault(number, []).append(_customer(row))
    return {number: each[0] for number, each in those.items() if len(each) == 1}


def about(bundle: Bundle, lookup: Lookup, number: str | None, dialled: str = NUMBER) -> Decision:
    """The decision about a first call from this number (None: a withheld one), on a trunk that is trusted."""
    trunk = bundle.policy.trust.trunks[0]
    call = IncomingCall("sample", "sample", number or "", dialled, number is None, trunk, "", time.time())
    facts = gather(call, Caller(number), lookup, bundle.policy)
    return decide(call, facts, bundle.policy, bundle.conditions)


def _customer(row: dict[str, str]) -> Customer:
    return Customer(
        customer_id=row["customer_id"],
        name=row["name"],
        scores=Scores(**{name: float(row[name]) for name in ("value", "potential", "need")}),
        language=row["language"],
        tags=tuple(tag for tag in row["tags"].split(";") if tag),
        blocked=bool(row["blocked"]),
        products=tuple(each for each in row.get("products", "").split(";") if each),
        contract=row.get("contract", ""),
        open_case=bool(row.get("open_case")),
        lapsed=bool(row.get("lapsed")),
        prefers_self_service=bool(row.get("prefers_self_service")),
        has_pin=bool(row.get("pin_hash")),
    )
