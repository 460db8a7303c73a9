"""What was expected of a call beside what was seen of it: pure, so that a verdict can be tested without a call."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from operator import attrgetter

from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallEvent,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.history import CallHistory
from ivr.domain.routing.decision_record import PATHS
from ivr.qa.scenarios.form import Count, Expect, Heard, Millis, Scenario, SecondsSpan, Text, Time
from ivr.qa.scenarios.play import Performance, PlayedCall
from ivr.qa.scenarios.result import CallResult, Check, Moment, Verdict

NOTHING = "none"


def call_result(played: PlayedCall, performance: Performance) -> CallResult:
    """One caller: what is known of the call, and a verdict on each expectation."""
    result = CallResult(played.name, played.call.from_, played.call.to)
    report = played.report
    if report is not None:
        for name in ("call_id", "customer", "segment", "queue", "priority", "agent", "wait_seconds", "route_ms",
                     "outcome", "reason"):  # fmt: skip
            setattr(result, name, getattr(report, name))
    result.heard = tuple(each.sound for each in played.heard)
    result.phones = tuple(display.shows for display in played.displays)
    result.checks = tuple(_checks(played))
    result.timeline = tuple(_timeline(played))
    result.placed_at = max(0.0, played.placed.placed_at - performance.began_at) if played.placed else 0.0
    return result


def order_checks(scenario: Scenario, calls: Sequence[PlayedCall]) -> Iterator[Check]:
    """The verdict on who was served before whom."""
    served = {played.name: _connected_at(played) for played in calls}
    for first, second in scenario.in_order():
        one, other = served.get(first), served.get(second)
        seen = f"{first} {_after(one)}, {second} {_after(other)}"
        if one is not None and other is not None:
            seen = f"{first} {abs(other - one):.1f} s {'before' if one < other else 'after'} {second}"
        right = one is not None and (other is None or one < other)
        yield Check("order", f"{first} before {second}", seen, "passed" if right else "failed")


def _after(at: float | None) -> str:
    return "reached nobody" if at is None else "was served"


def _connected_at(played: PlayedCall) -> float | None:
    history = played.report.history if played.report else None
    return history.connected_at if history else None


def _checks(played: PlayedCall) -> Iterator[Check]:
    if _history(played) is None and not _may_be_lost(played.call.expect):
        # Or else "queue: none" would be true of a carrier that is down.
        yield Check("call", "reaches the PBX", "never reached its dialplan", "failed")
    for number, taken in enumerate(played.steps, 1):
        if taken.failed:
            yield Check(f"step {number}", str(taken.step), taken.failed, "failed")
    seen = {name: look(played) for name, look in _TEXTS.items()}
    numbers = {name: look(played) for name, look in _NUMBERS.items()}
    for name, expected in played.call.expect.given():
        what = name.replace("_", " ")
        match expected:
            case Heard() if name == "hears":
                yield _heard_check(expected, [each.sound for each in played.heard])
            case Heard():
                yield _not_heard_check(expected, [each.sound for each in played.heard])
            case Text():
                yield _text_check(what, expected, seen[name])
            case Time() | Millis() | Count():
                yield _number_check(what, expected, numbers[name])
    happened = Counter(event.kind for event in _events(played))
    for kind, count in played.call.expect.events.items():
        yield _number_check(f"events: {kind}", count, happened[kind])


def _may_be_lost(expect: Expect) -> bool:
    """Whether a call that the PBX turns away at its door is as expected."""
    outcome = expect.outcome
    texts = ((outcome.fail or ()) + (outcome.warn or ())) if outcome else ()
    return any(_fits(text, "lost") for text in texts)


def _limits(what: str, warn: str | None, fail: str | None, seen: str, holds: Callable[[Verdict], bool]) -> Check:
    """The check of an expectation that has one limit or two; `holds` tells whether one does."""
    if fail is not None and not holds("failed"):
        return Check(what, fail, seen, "failed")
    if warn is not None and not holds("warned"):
        return Check(what, warn, seen, "warned")
    return Check(what, fail if fail is not None else warn or "", seen, "passed")


def _text_check(what: str, expected: Text, seen: str) -> Check:
    options: dict[Verdict, tuple[str, ...] | None] = {"warned": expected.warn, "failed": expected.fail}
    said = {verdict: " or ".join(texts) if texts else None for verdict, texts in options.items()}
    return _limits(
        what, said["warned"], said["failed"], seen or NOTHING,
        lambda verdict: any(_fits(pattern, seen) for pattern in options[verdict] or ()),
    )  # fmt: skip


def _fits(pattern: str, seen: str) -> bool:
    """Whether a text is as expected: `none` is nothing, `*` any text; case counts, brackets are themselves."""
    if pattern == NOTHING:
        return not seen
    return bool(seen) and fnmatchcase(seen, re.sub(r"([\[?])", r"[\1]", pattern))


def _number_check(what: str, expected: Time | Millis | Count, seen: float | None) -> Check:
    spans: dict[Verdict, SecondsSpan | None] = {"warned": expected.warn, "failed": expected.fail}
    said = {verdict: str(span) if span else None for verdict, span in spans.items()}

    def holds(verdict: Verdict) -> bool:
        span = spans[verdict]
        if span is None:
            return True
        return span.holds(seen) if seen is not None else span.least == span.most == 0

    return _limits(what, said["warned"], said["failed"], NOTHING if seen is None else f"{seen:g}", holds)


def _heard_check(expected: Heard, heard: Sequence[str]) -> Check:
    def holds(verdict: Verdict) -> bool:
        wanted = (expected.fail if verdict == "failed" else expected.warn) or ()
        if wanted == (NOTHING,):
            return not heard
        rest = iter(heard)
        return all(any(_fits(pattern, sound) for sound in rest) for pattern in wanted)  # in this order

    said = [" then ".join(sounds) if sounds else None for sounds in (expected.warn, expected.fail)]
    return _limits("hears", said[0], said[1], ", ".join(heard) or NOTHING, holds)


def _not_heard_check(expected: Heard, heard: Sequence[str]) -> Check:
    def holds(verdict: Verdict) -> bool:
        unwanted = (expected.fail if verdict == "failed" else expected.warn) or ()
        return not any(_fits(pattern, sound) for sound in heard for pattern in unwanted)

    said = [f"not {' nor '.join(sounds)}" if sounds else None for sounds in (expected.warn, expected.fail)]
    return _limits("does not hear", said[0], said[1], ", ".join(heard) or NOTHING, holds)


def _events(played: PlayedCall) -> Sequence[CallEvent]:
    seen = played.placed.seen if played.placed else None
    return seen.events if seen else ()


def _history(played: PlayedCall) -> CallHistory | None:
    return played.report.history if played.report else None


def _of_history(name: str) -> "Callable[[PlayedCall], str]":
    return lambda played: str(getattr(_history(played), name, None) or "")


def _of_decision(name: str) -> "Callable[[PlayedCall], str]":
    value = attrgetter(PATHS[name])

    def of(played: PlayedCall) -> str:
        decision = played.report.decision if played.report else None
        return str(value(decision) or "") if decision else ""

    return of


def _of_fact(name: str) -> "Callable[[PlayedCall], str]":
    return lambda played: str(
        (played.report.decision.trace.facts if played.report and played.report.decision else {}).get(name, "")
    )


def _of_report(name: str) -> "Callable[[PlayedCall], str]":
    return lambda played: str(getattr(played.report, name, None) or "")


def _of_phone(name: str) -> "Callable[[PlayedCall], str]":
    return lambda played: getattr(played.displays[-1], name) if played.displays else ""


def _left(played: PlayedCall) -> str:
    return next((event.status for event in reversed(_events(played)) if isinstance(event, QueueLeft)), "")


def _transferred(played: PlayedCall) -> str:
    seen = played.placed.seen if played.placed else None
    return seen.transferred_to if seen else ""


def _position(played: PlayedCall) -> float | None:
    return next((float(event.position) for event in _events(played) if isinstance(event, QueueJoined)), None)


def _decided_at(played: PlayedCall) -> str:
    at = played.decided_at
    if at is None:
        return ""
    local = dt.datetime.fromtimestamp(at).astimezone()
    return f"{local:%A %Y-%m-%d %H:%M}".lower()


_TEXTS: Mapping[str, Callable[[PlayedCall], str]] = {
    "outcome": _of_report("outcome"),
    "segment": _of_report("segment"),
    "customer": _of_report("customer"),
    "rule": _of_decision("rule"),
    "reason": _of_report("reason"),
    "rung": _of_history("tier"),
    "treatment": _of_decision("treatment"),
    "adjustments": lambda played: ", ".join(
        played.report.decision.trace.adjustments if played.report and played.report.decision else ()
    ),
    "trust": lambda played: _of_decision("trust")(played).removeprefix("none"),
    "entry": _of_fact("call.entry"),
    "intent": _of_fact("call.intent"),
    "queue": _of_report("queue"),
    "agent": _of_report("agent"),
    "phone_shows": _of_phone("shows"),
    "phone_number": _of_phone("number"),
    "phone_customer": _of_phone("customer"),
    "phone_segment": _of_phone("segment"),
    "transferred_to": _transferred,
    "language": _of_decision("language"),
    "attestation": lambda played: getattr(played.placed.seen if played.placed else None, "attestation", ""),
    "decided_at": _decided_at,
    "hung_up_by": _of_history("hung_up_by"),
    "left": _left,
}
_NUMBERS: Mapping[str, Callable[[PlayedCall], float | None]] = {
    "priority": lambda played: played.report.priority if played.report else None,
    "position": _position,
    "wait": lambda played: played.report.wait_seconds if played.report else None,
    "to_queue": lambda played: played.report.to_queue_seconds if played.report else None,
    "route_ms": lambda played: played.report.route_ms if played.report else None,
}


def _timeline(played: PlayedCall) -> Iterator[Moment]:
    """What happened, in order; bars for what lasted."""
    placed, history = played.placed, _history(played)
    if placed is None:
        return
    zero = placed.placed_at
    yield Moment(0.0, "caller", "placed", f"{played.call.from_ or 'no number'} calls {played.call.to}")
    if played.asked_at is not None:
        yield Moment(_since(played.asked_at, zero), "service", "asked", "Asterisk asks the service")
    decision = played.report.decision if played.report else None
    if history is not None and history.routed_at is not None:
        says = f"{history.tier}: {decision.trace.rule if decision else 'decided by the dialplan'}"
        yield Moment(_since(history.routed_at, zero), "service", "decided", says)
    for each in played.heard:
        yield Moment(_since(each.at, zero), "caller", "prompt", each.sound)
    for taken in played.steps:
        if taken.step.press is not None:
            yield Moment(_since(taken.at, zero), "caller", "pressed", taken.step.press)
    yield from _of_events(_events(played), zero)


def _of_events(events: Sequence[CallEvent], zero: float) -> Iterator[Moment]:
    ended = next((event.at for event in events if isinstance(event, CallEnded)), None)
    for number, event in enumerate(events):
        at, later = _since(event.at, zero), events[number + 1 :]
        match event:
            case QueueJoined():
                until = next((f.at for f in later if isinstance(f, AgentConnected | QueueLeft | CallEnded)), ended)
                lasted = None if until is None else _since(until, event.at)
                yield Moment(at, "queue", "waiting", f"{event.queue}, position {event.position}", lasted)
            case AgentRang():
                until = next(
                    (f.at for f in later if isinstance(f, AgentConnected | AgentDidNotAnswer | QueueLeft | CallEnded)),
                    ended,
                )
                yield Moment(at, "agent", "rang", event.agent, None if until is None else _since(until, event.at))
            case AgentDidNotAnswer():
                yield Moment(at, "agent", "no answer", event.agent)
            case AgentConnected():
                until = next((f.at for f in later if isinstance(f, CallCompleted | CallEnded)), ended)
                yield Moment(at, "agent", "talking", event.agent, None if until is None else _since(until, event.at))
            case QueueLeft():
                yield Moment(at, "queue", "left", f"{event.queue}: {event.status}")
            case CallEnded():
                yield Moment(at, "caller", "ended", f"cause {event.cause}")


def _since(at: float, zero: float) -> float:
    return round(max(0.0, at - zero), 3)
