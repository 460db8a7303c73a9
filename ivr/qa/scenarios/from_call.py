"""A scenario made of a call that happened: what was known of the caller, and what became of the call."""

import json
from collections.abc import Iterator

from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.record import CallRecord
from ivr.domain.routing.decision import Decision

_NUMBER, _ID, _NAME = "+442079460900", "C900", "Test Caller"  # fictitious, in place of a customer's own
_UNKNOWN = "+12025550190"
# What has to be broken for a call to be treated like that again.
_FAULTS = {"dialplan": "service down", "remembered": "service down", "snapshot": "database missing"}


def scenario(record: CallRecord, *, with_customer: bool = False) -> str:
    """The scenario's file. Without `with_customer` no customer's name, number or id is in it."""
    return "\n".join(_lines(record, with_customer=with_customer)) + "\n"


def _lines(record: CallRecord, *, with_customer: bool) -> Iterator[str]:
    history, decision, call = record.history, record.decision, record.call
    known = decision is not None and decision.identity.customer_id is not None
    number = _NUMBER if known else _UNKNOWN
    if with_customer and history.caller_number:
        number = history.caller_number
    yield f"# Made of the call {_shown(history.call_id)}."
    yield "# Look it over: what was chance then (an agent, a wait) is an example."
    yield f"scenario: {_quoted(_title(history))}"
    told = decision.trace.reason if decision and (with_customer or known) else "as it was treated then"
    yield f"about: {_quoted(told)}"
    yield ""
    if decision and known:
        yield from _customer(decision, number, with_customer=with_customer)
    elif history.tier in _FAULTS:
        yield "given:"
    yield from _fault(history.tier, number)
    if known or history.tier in _FAULTS:
        yield ""
    yield "call:"
    yield f"  from: {_quoted(number)}"
    yield f"  to: {_quoted(history.dialled or '1000')}"
    if call and call.withheld:
        yield "  withheld: true"
    if call and call.attestation in ("A", "B", "C"):
        yield f"  attestation: {call.attestation}"
    if history.outcome == "abandoned":
        yield f"  patience: {min(60, max(1, round(history.wait_seconds or 5)))}"
    yield ""
    yield "expect:"
    yield from _expected(history, decision, with_customer=with_customer)


def _fault(tier: str, number: str) -> Iterator[str]:
    if tier == "remembered":
        yield "  # Whom the dialplan remembered is not recorded: put a customer here who is treated as expected below."
        yield f"  earlier: {{last-time: {{from: {_quoted(number)}}}}}"
    if tier in _FAULTS:
        yield f"  fault: {_FAULTS[tier]}"


def _customer(decision: Decision, number: str, *, with_customer: bool) -> Iterator[str]:
    yield "given:"
    yield "  customers:"
    yield f"    - id: {_quoted(decision.identity.customer_id if with_customer else _ID)}"
    name = decision.identity.customer_name or ""
    yield f"      name: {_quoted(name if with_customer else _NAME)}"
    yield f"      phone: {_quoted(number)}"
    for name in ("value", "potential", "need"):
        score = decision.identity.scores.get(name)
        if score is not None:
            yield f"      {name}: {score:g}"
    if decision.treatment.language:
        yield f"      language: {_quoted(decision.treatment.language)}"
    if decision.trace.rule == "blocked":
        yield "      blocked: true"


def _expected(history: CallHistory, decision: Decision | None, *, with_customer: bool) -> Iterator[str]:
    if history.outcome in ("routing", "waiting", "talking"):
        yield f"  # outcome: its end was not seen; it was {history.outcome}"
    else:
        yield f"  outcome: {history.outcome}"
    yield f"  segment: {_quoted(history.segment or 'none')}"
    if decision:
        yield f"  rule: {_quoted(decision.trace.rule)}"
        if with_customer:
            yield f"  phone shows: {_quoted(decision.treatment.label)}"
    yield f"  rung: {_quoted(history.tier or 'none')}"
    yield f"  queue: {_quoted(history.queue or 'none') if history.joined_at else 'none'}"
    if history.priority is not None:
        yield f"  priority: {history.priority}"
    if history.agent:
        yield f"  # agent: {_quoted(history.agent)}"
    if history.wait_seconds is not None and history.outcome == "answered":
        yield f"  wait: {{warn: {history.wait_seconds + 1:.0f}, fail: {history.wait_seconds + 5:.0f}}}"


def _title(history: CallHistory) -> str:
    where = f"in {history.queue}" if history.joined_at else "without a queue"
    return f"{history.segment or 'somebody unknown'} calls {history.dialled or 'us'}: {history.outcome} {where}"


def _quoted(text: object) -> str:
    """As YAML reads it: JSON's texts are YAML's, but for what YAML takes for the end of a line, or does not take."""
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(str(text), ensure_ascii=False))


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"  # half a character is none
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _shown(text: str) -> str:
    """For a remark: on one line, whatever it is."""
    return _quoted(text)[1:-1]
