"""Do the parts of policy.yaml fit together? What stands in one place and names another; conditions; hours."""

from collections.abc import Collection, Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ivr.domain.wording import facts_in
from ivr.errors import FileError
from ivr.policy import form, made
from ivr.policy.cel import ConditionError, compiled
from ivr.policy.form import Where
from ivr.policy.yaml_file import Document


def misfits(file: form.PolicyFile, document: Document) -> Iterator[FileError]:
    """Everything for which the policy cannot be used, in no order."""
    yield from (document.error(where, problem) for where, problem in _names(file))
    yield from (document.error(where, problem) for where, problem in _entry_points(file))
    yield from (document.error(where, problem) for where, problem in _twice(file))
    yield from (document.error(where, problem) for where, problem in _hours(file))
    yield from _conditions(file, document)


def _names(file: form.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Names of what does not exist."""

    def missing(where: Where, kind: str, name: str | None, known: Collection[str]) -> Iterator[tuple[Where, str]]:
        if name is not None and name not in known:
            there_are = f"there are: {', '.join(known)}" if known else f"no {kind} is defined"
            yield where, f"{'.'.join(map(str, where))}: there is no {kind} {name!r} ({there_are})"

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
            yield (
                ("entry-points", name, "closed"),
                f"entry-points.{name}.closed: callers must not be refused for calling late: let the treatment say something",
            )


def _entry_points(file: form.PolicyFile) -> Iterator[tuple[Where, str]]:
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


def _twice(file: form.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Names that stand there twice."""
    for kind, names in (("segments", [s.name for s in file.segments]), ("rules", [r.name for r in file.rules])):
        for i, name in enumerate(names):
            if name in names[:i]:
                yield (kind, i, "name"), f"{kind}: {name!r} stands here twice: give each its own name"
    for i, language in enumerate(file.languages):
        if language in file.languages[:i]:
            yield ("languages", i), f"languages: {language} stands here twice: remove one"


def _hours(file: form.PolicyFile) -> Iterator[tuple[Where, str]]:
    for name, hours in file.hours.items():
        where = ("hours", name)
        try:
            ZoneInfo(hours.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield (*where, "zone"), f"hours.{name}.zone: there is no time zone {hours.zone}: write it as Europe/London"
        for days, periods in hours.open.items():
            for period in periods:
                if period[:5] >= period[6:]:
                    yield (
                        (*where, "open", days),
                        f"hours.{name}.open: {period} ends before it begins: for a night write two periods",
                    )
        for day, times in made.periods(hours).items():
            for (_, end), (begin, _) in zip(times, times[1:], strict=False):
                if begin < end:
                    line = next(days for days in reversed(hours.open) if day in made.weekdays(days))
                    yield (
                        (*where, "open", line),
                        f"hours.{name}.open: periods overlap on {day}: let one end where the next begins",
                    )
                    break
        for i, holiday in enumerate(hours.holidays):
            try:
                date.fromisoformat(holiday if len(holiday) == 10 else f"2024-{holiday}")  # a leap year
            except ValueError:
                yield (*where, "holidays", i), f"hours.{name}.holidays: {holiday} is no date: mend the day"


def _conditions(file: form.PolicyFile, document: Document) -> Iterator[FileError]:
    for where, condition in conditions(file):
        try:
            compiled(condition)
        except ConditionError as error:
            yield document.error(where, f"{condition!r}: {error}", error.column)
    for i, segment in enumerate(file.segments):
        for name, group in (("enter", segment.enter), ("stay", segment.stay or ())):
            for j, condition in enumerate(group):
                if _speaks_of_segment(condition):
                    yield document.error(
                        ("segments", i, name, j),
                        f"{condition!r}: `segment` is not known before the segments are: use it in rules",
                    )


def conditions(file: form.PolicyFile) -> Iterator[tuple[Where, str]]:
    """Every condition and where it stands."""
    for i, segment in enumerate(file.segments):
        yield from ((("segments", i, "enter", j), condition) for j, condition in enumerate(segment.enter))
        yield from ((("segments", i, "stay", j), condition) for j, condition in enumerate(segment.stay or ()))
    for i, rule in enumerate(file.rules):
        yield from ((("rules", i, "when", j), condition) for j, condition in enumerate(rule.when))


def _speaks_of_segment(condition: str) -> bool:
    return "segment" in facts_in(condition)
