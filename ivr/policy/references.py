"""Do the parts of policy.yaml fit together? What stands in one place and names another; conditions; hours."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.routing.condition_tokens import facts_of, slow, tokens
from ivr.errors import FileError
from ivr.limits import HIGHEST_PRIORITY, LONGEST_VALUE_BYTES
from ivr.policy import builder, schema, suggestions
from ivr.policy.conditions.cel import ConditionError, compiled
from ivr.policy.schema import Where
from ivr.policy.yaml_file import Document, shown

MOST_CONDITIONS = 5000  # in a policy: to read them takes a third of a second
MOST_SLOW = 100  # conditions with loops or patterns: a hostile one takes some milliseconds, each time


def refused_interfaces(
    agents: schema.AgentsFile, trunks: Collection[str], interfaces: Interfaces
) -> Iterator[tuple[Where, str]]:
    """Agents' interfaces that are no phone, or that this machine does not allow."""
    for i, agent in enumerate(agents.agents):
        if problem := interfaces.refusal(agent.interface, trunks):
            yield ("agents", i, "interface"), f"agents.{i}.interface: {problem}"


def misfits(file: schema.PolicyFile, document: Document) -> Iterator[FileError]:
    """Everything for which the policy cannot be used, in no order."""
    yield from (document.error(where, problem) for where, problem in _names(file))
    yield from (document.error(where, problem) for where, problem in _entry_points(file))
    yield from (document.error(where, problem) for where, problem in _for_everybody(file))
    yield from (document.error(where, problem) for where, problem in _twice(file))
    yield from (document.error(where, problem) for where, problem in _hours(file))
    yield from (document.error(where, problem) for where, problem in _too_long(file))
    yield from _conditions(file, document)


def _names(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Names of what does not exist."""

    def missing(where: Where, kind: str, name: str | None, known: Collection[str]) -> Iterator[tuple[Where, str]]:
        if name is not None and name not in known:
            yield where, f"{'.'.join(map(str, where))}: there is no {kind} {name!r}: {_meant(kind, name, known)}"

    segments = [segment.name for segment in file.segments]
    yield from missing(("default",), "treatment", file.default, file.treatments)
    for i, rule in enumerate(file.rules):
        yield from missing(("rules", i, "treatment"), "treatment", rule.treatment, file.treatments)
    for name, entry in file.entry_points.items():
        where = ("entry-points", name)
        yield from missing((*where, "hours"), "opening hours", entry.hours, file.hours)
        yield from missing((*where, "closed"), "treatment", entry.closed, file.treatments)
        yield from missing((*where, "menu"), "menu", entry.menu, file.menus)
        yield from missing((*where, "segment"), "segment", entry.segment, segments)
        yield from missing((*where, "language"), "language", entry.language, file.languages)
    default = file.treatments.get(file.default)
    if default is not None and default.queue is None:
        yield ("default",), "default: the default treatment must let callers reach somebody: name one with a queue"
    closed = [(name, entry.closed) for name, entry in file.entry_points.items() if entry.closed]
    for name, treatment in closed:
        if treatment in file.treatments and file.treatments[treatment].refuse:
            problem = "callers must not be refused for calling late: name a treatment that says something"
            yield ("entry-points", name, "closed"), f"entry-points.{name}.closed: {problem}"


def _for_everybody(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Treatments that anybody may get, and that take trust: they could not be given."""
    places: list[tuple[Where, str | None]] = [(("default",), file.default)]
    places += [(("entry-points", name, "closed"), entry.closed) for name, entry in file.entry_points.items()]
    for where, name in places:
        takes = builder.trust_of(file.treatments[name], file) if name in file.treatments else "none"
        if takes != "none":
            said = ".".join(map(str, where))
            yield where, f"{said}: {name} takes trust {takes}, and this is for everybody: name one that takes none"


def _too_long(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Treatments whose steps, as the dialplan is told them, are longer than it can read: their calls would get none."""
    for name, treatment in file.treatments.items():
        told = sum(
            len(f"{step.after}:{HIGHEST_PRIORITY}:{step.queue or ''}:{step.offer}:{step.then}:~")
            + len(quote("&".join(step.say), safe=""))
            for step in builder.steps(treatment)
        )
        if told > LONGEST_VALUE_BYTES:
            problem = (
                f"its steps are {told:,} characters, as the dialplan is told them, and may be {LONGEST_VALUE_BYTES:,}"
            )
            yield (
                ("treatments", name),
                f"treatments.{name}: {problem}: remove some, say less at them, or announce less often",
            )


def _meant(kind: str, name: str, known: Collection[str]) -> str:
    if not known:
        return f"define it, no {kind} is there yet"
    close = suggestions.close(name, known)
    return f"is {close} meant?" if close else f"there are {suggestions.listed(known)}"


def _entry_points(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    taken: dict[str, str] = {}
    for name, entry in file.entry_points.items():
        for i, number in enumerate(("any",) if entry.numbers == "any" else entry.numbers):
            plain = number.lstrip("+")
            if plain in taken:
                where: Where = ("entry-points", name, "numbers", *(() if number == "any" else (i,)))
                yield (
                    where,
                    f"entry-points.{name}.numbers: {number} is already that of {taken[plain]}: remove it from one",
                )
            taken.setdefault(plain, name)


def _twice(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Names that stand there twice."""
    for kind, names in (("segments", [s.name for s in file.segments]), ("rules", [r.name for r in file.rules])):
        for i, name in enumerate(names):
            if name in names[:i]:
                yield (kind, i, "name"), f"{kind}: {name!r} stands here twice: give each its own name"
    for i, language in enumerate(file.languages):
        if language in file.languages[:i]:
            yield ("languages", i), f"languages: {language} stands here twice: remove one"


def _hours(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    for name, hours in file.hours.items():
        where = ("hours", name)
        try:
            ZoneInfo(hours.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield (*where, "zone"), f"hours.{name}.zone: there is no time zone {hours.zone}: write it as Europe/London"
        yield from (((*where, "open", *at), f"hours.{name}.open: {problem}") for at, problem in _periods(hours))
        for i, holiday in enumerate(hours.holidays):
            try:
                date.fromisoformat(holiday if len(holiday) == 10 else f"2024-{holiday}")  # a leap year
            except ValueError:
                yield (*where, "holidays", i), f"hours.{name}.holidays: {holiday} is no date: mend the day"


def _periods(hours: schema.HoursSchema) -> Iterator[tuple[Where, str]]:
    for days, periods in hours.open.items():
        for i, period in enumerate(periods):
            if period[:5] >= period[6:]:
                yield (days, i), f"{period} ends before it begins: for a night write two periods"
    for day, times in builder.periods(hours).items():
        if any(begin < end for (_, end), (begin, _) in pairwise(times)):
            line = next(days for days in reversed(hours.open) if day in builder.weekdays(days))
            yield (line,), f"periods overlap on {day}: let one end where the next begins"


def _conditions(file: schema.PolicyFile, document: Document) -> Iterator[FileError]:
    found = list(conditions(file))
    if len(found) > MOST_CONDITIONS:  # and none of them is looked at
        yield document.error(found[MOST_CONDITIONS][0], f"a policy has at most {MOST_CONDITIONS:,} conditions")
        return
    slow_ones = 0
    for where, condition in found:
        wrong = list(_unreadable(where, condition, document))
        yield from wrong
        if wrong:
            continue
        if where[0] == "segments" and "segment" in facts_of(condition):
            problem = f"{condition!r}: `segment` is not known before the segments are: use it in rules"
            yield document.error(where, problem)
        slow_ones += any(True for _ in slow(tokens(condition)))
        if slow_ones == MOST_SLOW + 1:
            problem = f"a policy has at most {MOST_SLOW} conditions with loops or patterns: make some of them simpler"
            yield document.error(where, problem)
            slow_ones += 1


def _unreadable(where: Where, condition: str, document: Document) -> Iterator[FileError]:
    try:
        compiled(condition)
    except ConditionError as error:
        yield document.error(where, f"{shown(condition)}: {error}", error.column)


def unreadable_conditions(document: Document) -> Iterator[FileError]:
    """What is wrong with the conditions of a file that is not in its form: as many as can be found in it."""

    def listed(where: Where, among: Any, *names: str) -> Iterator[tuple[Where, str]]:
        for i, part in enumerate(among if isinstance(among, list) else ()):
            for name in names:
                group = part.get(name) if isinstance(part, dict) else None
                for j, condition in enumerate(group if isinstance(group, list) else ()):
                    if isinstance(condition, str):
                        yield (*where, i, name, j), condition

    data = document.data if isinstance(document.data, dict) else {}
    found = [
        *listed(("segments",), data.get("segments"), "enter", "stay"),
        *listed(("rules",), data.get("rules"), "when"),
    ]
    for where, condition in found[:MOST_CONDITIONS]:
        if not document.is_trapped(where):
            yield from _unreadable(where, condition, document)


def conditions(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Every condition and where it stands."""
    for i, segment in enumerate(file.segments):
        yield from ((("segments", i, "enter", j), condition) for j, condition in enumerate(segment.enter))
        yield from ((("segments", i, "stay", j), condition) for j, condition in enumerate(segment.stay or ()))
    for i, rule in enumerate(file.rules):
        yield from ((("rules", i, "when", j), condition) for j, condition in enumerate(rule.when))
