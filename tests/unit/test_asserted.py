"""What a trunk asserts about who calls: read from the request, looked up or not, and told."""

import time
from dataclasses import replace

import pytest

from ivr.agi.request import AgiError, call_of
from ivr.application.route_call import RouteCall
from ivr.application.what_if import Always
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import UNCLEAR
from ivr.domain.calls.record import CallRecord
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy.loader import load
from ivr.presentation.call_record import explain_lines
from ivr.shipped_files import share
from tests.unit.test_route_call import CALL, Known


def requested(n: int, value: str) -> dict[str, str]:
    """A request whose argument `n` says this."""
    return {"agi_uniqueid": "pbx-1.1", "agi_arg_3": "0", f"agi_arg_{n}": value}


@pytest.mark.parametrize("value", ["", "+442079460001", UNCLEAR])
def test_what_else_is_asserted_is_read(value: str) -> None:
    assert call_of(requested(11, value), 0.0).asserted == value


@pytest.mark.abuse
@pytest.mark.parametrize(
    ("n", "value"),
    [(11, "unclear1"), (11, "sip:+44"), (12, UNCLEAR), (12, "1" * 21)],
)
def test_what_is_no_number_is_not_taken_for_one(n: int, value: str) -> None:
    with pytest.raises(AgiError, match=f"argument {n}"):
        call_of(requested(n, value), 0.0)


@pytest.mark.parametrize(
    ("caller", "asserted", "number", "why_not"),
    [
        ("+442079460001", "", "+442079460001", ""),
        ("+442079460001", "02079460001", "+442079460001", ""),  # one number, differently written
        ("02079460001", "00442079460001", "+442079460001", ""),
        ("1234", "+442079460001", "+442079460001", ""),  # an extension is no telephone number
        ("+442079460001", "+442079460002", None, "two numbers asserted"),
        ("+442079460001", "2079460002", None, "two numbers asserted"),
        ("", UNCLEAR, None, "no number asserted"),
        ("+442079460001", UNCLEAR, None, "no number asserted"),
        ("1234", "5678", None, "not a telephone number"),
    ],
)
async def test_of_two_numbers_neither_counts_unless_they_are_one(
    caller: str, asserted: str, number: str | None, why_not: str
) -> None:
    call = replace(CALL, caller_number=caller, asserted=asserted)
    flow = RouteCall(PhoneNumbers(), Known(), Always(load(share("dialplans"))), time.perf_counter)
    decision = await flow.route(call)
    assert decision.trace.facts["call.number"] == (number or "")
    assert decision.trace.notes.why_not == why_not
    sure = (decision.identity.trust, decision.memory)
    assert sure == (("caller-id", "keep") if number else ("none", ""))
    assert decision.identity.segment == ("premium" if number else None)


@pytest.mark.parametrize(
    ("asserted", "from_number", "tells"),
    [
        ("", "", []),
        ("+442079460002", "", ["+442079460002"]),
        (UNCLEAR, "", ["no number"]),
        ("", "+442079460003", ["+442079460003"]),
        (UNCLEAR, "0", ["no number", "From says 0,"]),
    ],
)
def test_what_else_was_said_is_told(asserted: str, from_number: str, tells: list[str]) -> None:
    history = CallHistory("1.1", caller_number=CALL.caller_number, dialled="1000", trunk="carrier")
    plain = [*explain_lines(CallRecord(history, None, CALL, None), [])]
    call = replace(CALL, asserted=asserted, from_number=from_number)
    told = [*explain_lines(CallRecord(history, None, call, None), [])]
    more = [line for line in told if line not in plain]
    assert len(told) == len(plain) + len(tells)
    assert all(word in line for word, line in zip(tells, more, strict=True))
