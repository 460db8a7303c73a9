"""From the form of policy.yaml to the policy that decisions are taken by."""

from collections.abc import Iterator
from dataclasses import replace

from ivr.domain.policy import (
    TRUST_LEVELS,
    WEEKDAYS,
    Adjustment,
    EntryPoint,
    Hours,
    Menu,
    Policy,
    Rule,
    Segment,
    ServiceLevel,
    Step,
    TestCalls,
    Treatment,
    Trust,
)
from ivr.policy import schema

_REFUSED = ("ss-noservice",)  # nobody is turned away without a word
_REPEATS = 10  # of an announcement: after that, callers know


def policy(file: schema.PolicyFile, version: str) -> Policy:
    """The policy that a checked file says."""
    return Policy(
        region=file.region,
        languages=file.languages,
        score=file.score.model_dump(),
        trust=Trust(**{**file.trust.model_dump(), "agent": file.trust.agent or file.trust.disclosure}),
        menus={name: Menu(menu.say, dict(menu.keys)) for name, menu in file.menus.items()},
        hours={name: Hours(each.zone, periods(each), each.holidays) for name, each in file.hours.items()},
        entry_points=tuple(_entry_points(file)),
        segments=tuple(
            Segment(s.name, s.enter, s.enter if s.stay is None else s.stay, s.trust or "") for s in file.segments
        ),
        treatments={name: _treatment(name, each, file) for name, each in file.treatments.items()},
        rules=tuple(Rule(r.name, r.when, r.treatment, _adjustment(r.adjust)) for r in file.rules),
        default=file.default,
        version=version,
        test=TestCalls(**file.test.model_dump()) if file.test else None,
        service_level=_service_level(file),
    )


def _service_level(file: schema.PolicyFile) -> ServiceLevel:
    """Return what is promised; for a queue of its own even where nothing is in general."""
    general = file.service_level
    return ServiceLevel(
        within=general.answer_within if general else None,
        short_abandon=general.short_abandon if general else 0,
        queues={
            queue: each.answer_within
            for name, each in file.queues.items()
            if each.answer_within is not None
            for queue in spoken(name, file)
        },
    )


def periods(hours: schema.HoursSchema) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each weekday its periods in minutes since midnight, in order. Days of several lines have all of them."""
    found: dict[str, list[tuple[int, int]]] = {}
    for days, times in hours.open.items():
        for day in weekdays(days):
            found.setdefault(day, []).extend((_minutes(t[:5]), _minutes(t[6:])) for t in times)
    return {day: tuple(sorted(found[day])) for day in WEEKDAYS if day in found}


def weekdays(days: str) -> tuple[str, ...]:
    """The days of `monday` or `monday-friday`; `saturday-monday` goes over the end of the week."""
    first, _, last = days.partition("-")
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return tuple(WEEKDAYS[n % 7] for n in range(begin, end + 1 if end >= begin else end + 8))


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def _entry_points(file: schema.PolicyFile) -> Iterator[EntryPoint]:
    """Those with numbers, and behind them the one for all others."""
    others = EntryPoint("other")
    for name, each in file.entry_points.items():
        made = EntryPoint(
            name=name,
            numbers=() if each.numbers == "any" else each.numbers,
            region=each.region or "",
            language=each.language or "",
            greeting=each.greeting,
            hours=each.hours or "",
            closed=each.closed or "",
            menu=each.menu or "",
            identify=each.identify,
            segment=each.segment or "",
        )
        if each.numbers == "any":
            others = made
        else:
            yield made
    yield others


def spoken(queue: str, file: schema.PolicyFile) -> set[str]:
    """The queues that a name with {language} in it stands for, as they are compared: Asterisk ignores capitals."""
    return {queue.replace("{language}", language).casefold() for language in file.languages}


def trust_of(treatment: schema.TreatmentSchema, file: schema.PolicyFile) -> str:
    """The least trust that it takes to get a treatment: its own, or that of a queue that it leads to."""
    led = set[str]()
    for queue in (treatment.queue, *(step.queue for step in treatment.steps)):
        led |= spoken(queue, file) if queue else set()
    asked = [treatment.trust or "none", *(each.trust for name, each in file.queues.items() if spoken(name, file) & led)]
    return max(asked, key=TRUST_LEVELS.index)


def _treatment(name: str, each: schema.TreatmentSchema, file: schema.PolicyFile) -> Treatment:
    return Treatment(
        name=name, queue=each.queue, priority=each.priority, greeting=each.greeting, music=each.music or "",
        steps=steps(each), say=each.say or (_REFUSED if each.refuse else ()), then=each.then or "",
        mailbox=each.mailbox, refuse=each.refuse, questions=each.questions, always_open=each.always_open,
        trust=trust_of(each, file),
    )  # fmt: skip


def steps(treatment: schema.TreatmentSchema) -> tuple[Step, ...]:
    """The steps, with the announcements between them, and at those at which nothing is said."""
    found = {
        s.after: Step(s.after, s.priority, s.queue, s.say or (), s.offer or "", s.then or "") for s in treatment.steps
    }
    end = next((s.after for s in found.values() if s.then), None)
    if announce := treatment.announce:
        for after in range(announce.every, announce.every * (_REPEATS + 1), announce.every):
            step = found.get(after) or Step(after)
            if not (step.say or step.offer) and (end is None or after < end):
                found[after] = replace(step, say=announce.say)
    return tuple(found[after] for after in sorted(found))


def _adjustment(adjust: schema.Adjust | None) -> Adjustment | None:
    if adjust is None:
        return None
    return Adjustment(adjust.priority, adjust.self_service or "", adjust.greeting, adjust.music or "")
