"""Our own calls in scoring.yaml: `calls: {}`, for all that there is to say of them is known."""

from collections.abc import Mapping
from typing import Any

from ivr.domain.scoring.definition import OWN_CALLS
from ivr.domain.scoring.own_calls import COLUMNS, CUSTOMER, SERVING, TIME
from ivr.policy.schema import MisfitError

_KNOWN: Mapping[str, object] = {
    "customer": CUSTOMER,
    "time": TIME,
    "columns": dict(COLUMNS),
    "serving": SERVING,
}
_NOT_TO_SAY = (*_KNOWN, "zone", "currency")


def filled_in(sources: Any) -> Any:
    """Return the sources with what is known of our calls; raises MisfitError if it is given."""
    calls = sources.get(OWN_CALLS) if isinstance(sources, dict) else None
    if not isinstance(calls, dict):
        return sources
    given = next((name for name in calls if name in _NOT_TO_SAY), None)
    if given is not None:
        problem = f"{OWN_CALLS}.{given}: it is known of the calls that the service records"
        mend = "remove it (owner and oldest may stay), or give a source of yours another name"
        raise MisfitError((OWN_CALLS, given), f"{problem}: {mend}")
    return {**sources, OWN_CALLS: {**_KNOWN, **calls}}


def need_no_customer(schema: dict[str, Any]) -> None:
    """Let the JSON Schema of a source do without a customer: it cannot tell our calls."""
    schema["required"].remove("customer")
