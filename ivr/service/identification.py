"""Whose call it was, of a call about which nobody was asked: by its number alone, afterwards."""

from collections.abc import Callable

from sqlalchemy import Engine

from ivr.domain.calls.events import CallStarted
from ivr.domain.customers import Found
from ivr.errors import StoreError
from ivr.service.watch import DeclaredAgents
from ivr.store.customer_query import CustomerQuestion, who
from ivr.store.engine_reading import EngineReading


def identification(
    engine: Engine,
    declared: Callable[[], DeclaredAgents],
) -> Callable[[CallStarted], str]:
    """Return what says which customer a call came from: empty for nobody's, or an unknown one.

    A number counts as it does when a call comes: on a trunk whose caller ID is believed, and if it
    is one customer's.
    """

    def identify(call: CallStarted) -> str:
        from ivr.numbers.e164 import PhoneNumbers  # noqa: PLC0415 - large, and seldom needed

        site = declared()
        policy = site.policy
        if policy is None or not call.caller_number or call.trunk not in policy.trust.trunks:
            return ""
        number = PhoneNumbers().read(call.caller_number, site.region(call.dialled)).number
        if not number:
            return ""
        try:
            with EngineReading(engine).asking() as run:
                found = who(run, CustomerQuestion(number))
        except StoreError:
            return ""
        return found.customer.customer_id if isinstance(found, Found) else ""

    return identify
