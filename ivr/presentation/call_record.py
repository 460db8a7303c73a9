"""`ivr explain`: a call's record as something that a person reads."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.markup import escape

from ivr.domain.calls.events import CallEvent, CallRouted
from ivr.domain.calls.incoming_call import UNCLEAR, IncomingCall, is_hidden
from ivr.domain.calls.record import CallRecord
from ivr.domain.json_dataclasses import shallow
from ivr.domain.routing.decision import Decision
from ivr.presentation.explanation_text import how_sure, number_read, who


def explain_lines(record: CallRecord, events: Sequence[CallEvent]) -> Iterator[str]:
    """The lines, in Rich's markup."""
    history, call, decision = record.history, record.call, record.decision
    yield f"[bold]call {escape(history.call_id)}[/]"
    yield _field(
        "came in",
        f"{history.caller_number or 'no number'} dialled {history.dialled or '?'} on {history.trunk or '?'}",
    )
    if call and decision and (read := number_read(call, decision)):
        yield _field("", read)
    if attested := _attested(record, events):
        yield _field("", attested)
    for line in _asserted(call):
        yield _field("", line)
    if history.test:
        yield _field("", "a test call: no statistics count it")
    if call and call.withheld:
        yield _field("", "the caller withheld the number")
    if history.sip_call_id:
        yield _field("SIP Call-ID", history.sip_call_id)
    if call and (asked := _asked(call, decision)):
        yield _field("asked", asked)
    if decision:
        yield from _decided(decision, record.route_ms)
    else:
        yield _field("decided", f"not by the service; the dialplan routed it ({history.tier or 'unknown'})")
    routed = next((event for event in events if isinstance(event, CallRouted)), history)
    yield _field("set", f"queue {routed.queue or '-'}, priority {routed.priority}, segment {routed.segment or '-'}")
    yield "[cyan]then[/]" if events else _field("then", "nothing that was seen")
    start = events[0].at if events else 0.0
    for event in events:
        yield f"  {_clock(event.at)} {event.at - start:+8.3f} s  {escape(_told(event))}"
    yield _field("outcome", history.outcome)


def _attested(record: CallRecord, events: Sequence[CallEvent]) -> str:
    """What the carrier's signature of the number is worth; nothing for a number that is not signed."""
    seen = next((event.attestation for event in events if isinstance(event, CallRouted)), "")
    attestation = seen or (record.call.attestation if record.call else "")
    if attestation == "failed":
        return "the signature of the number is not good: it may be forged"
    return f"signed by the carrier, attestation {attestation} (verified)" if attestation else ""


def _asserted(call: IncomingCall | None) -> Iterator[str]:
    """Say what other numbers the SIP headers had; nothing for a call with one."""
    if call and call.asserted == UNCLEAR:
        yield "the trunk asserts an identity, and no number can be read in it: nobody is looked up"
    elif call and call.asserted:
        yield f"the trunk asserts {call.asserted} as well: if that is another one, neither counts"
    if call and call.from_number:
        yield f"From says {call.from_number}, but the trunk asserts something else, and that counts"


def _decided(decision: Decision, route_ms: float | None) -> Iterator[str]:
    identity = decision.identity
    yield _field("found", who(decision) if decision.trace.facts else identity.customer_id or identity.lookup)
    if identity.trust:
        yield _field("trust", how_sure(decision))
    if identity.customer_id:
        scores = [f"{name} {_score(score)}" for name, score in asdict(identity.scores).items()]
        scoring = f", scoring {identity.scoring_version}" if identity.scoring_version else ""
        run = f" (run {identity.scores_run}{scoring})" if identity.scores_run else ""
        yield _field("scores", f"{', '.join(scores)}; overall {_score(identity.score)}{run}")
    if decision.treatment.language:
        yield _field("language", decision.treatment.language)
    yield _field("rule", decision.trace.rule)
    yield _field("because", decision.trace.reason)
    yield _field(
        "treatment", f"{decision.treatment.name} (policy {decision.trace.policy_version}, {decision.trace.tier})"
    )
    yield _field("phone shows", decision.treatment.label)
    for failed in decision.trace.failed:
        yield _field("failed", f"a condition that could not be evaluated: {failed}")
    if route_ms is not None:
        steps = ", ".join(f"{step} {ms:.1f}" for step, ms in decision.took_ms.items())
        yield _field("took", f"{route_ms:.1f} ms{f' ({steps})' if steps else ''}")


def _score(score: float | None) -> str:
    return "?" if score is None else f"{score:g}"


def _asked(call: IncomingCall, decision: Decision | None) -> str:
    """What the caller was asked, and what came of it. The digits of a PIN are nowhere."""
    facts = decision.trace.facts if decision else {}
    pin = decision.trace.notes.pin if decision else ""
    told = []
    if "m" in call.asked:
        intent = facts.get("call.intent", "")
        told.append(f"menu: {f'pressed {call.intent}' if call.intent else 'no key'}{f' ({intent})' if intent else ''}")
    if "n" in call.asked:
        told.append(f"customer number: {_typed(call.typed, decision)}")
    if "p" in call.asked:
        told.append(f"PIN: {pin or 'nothing typed'}")
    elif pin == "later":
        told.append("PIN: not asked for, after too many wrong ones from there")
    return "; ".join(told)


def _typed(typed: str, decision: Decision | None) -> str:
    """What was typed, if it is a customer number; else how long it is, for it may be a PIN.

    Records of older versions have the digits of both.
    """
    if not typed:
        return "nothing typed"
    none_of_ours = is_hidden(typed) or decision is None or decision.identity.lookup in ("unknown", "unavailable")
    return f"{len(typed)} digits that are no customer number" if none_of_ours else f"typed {typed}"


def _field(name: str, value: str) -> str:
    return f"[cyan]{name:<12}[/] {escape(value)}"


def _clock(at: float) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).astimezone().strftime("%H:%M:%S")


def _told(event: CallEvent) -> str:
    hidden = {"call_id", "at", "linked_id", "sip_call_id", "caller_number", "dialled", "trunk", "attestation", "source"}
    details = ", ".join(
        f"{name} {value}" for name, value in shallow(event).items() if name not in hidden and value not in ("", None)
    )
    if event.source != "ami":
        details += f" ({event.source})" if details else event.source
    return f"{event.kind}: {details}" if details else event.kind
