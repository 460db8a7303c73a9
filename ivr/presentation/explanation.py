"""An explanation for people at a terminal, also a narrow one: tables without lines, in Rich."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ivr.application.recorded_call_check import Again
from ivr.domain.calls.record import CallRecord
from ivr.domain.routing.explanation import Explanation
from ivr.presentation.explanation_text import (
    ExplanationLine,
    heard,
    how_sure,
    number_read,
    rule_lines,
    segment_lines,
    who,
)

_MARKS = {"hit": ("✓", "green"), "miss": ("✗", "red"), "not reached": ("·", "dim")}
LABEL = 13  # characters of the first column


def told(explained: Explanation) -> Iterator[RenderableType]:
    """Entry point, who, trust, segments, rules, what follows from them, and the reason."""
    decision = explained.decision
    facts = decision.trace.facts
    time = f"{facts['call.hour']:02}:{facts['call.minute']:02}"
    when = f"{facts['call.weekday']} {facts['call.date']} {time}"
    closed = ", closed" if facts["call.closed"] else ""
    yield field("entry point", f"{facts['call.entry']} ({facts['call.did']}), {when}{closed}")
    if facts["call.intent"]:
        yield field("intent", facts["call.intent"])
    if read := number_read(explained.call, decision):
        yield field("number", read)
    yield field("who", who(decision))
    yield field("trust", how_sure(decision))
    yield from walked(explained)
    yield from outcome(explained)


def again(record: CallRecord, tried: Again) -> Iterator[RenderableType]:
    """What deciding about a recorded call again came to."""
    if record.decision is None:
        return
    version = record.decision.trace.policy_version
    by = tried.publication
    source = f"{version}, published by {by.author}: {by.message}" if by else version
    yield field("policy", source)
    if tried.explanation is None:
        yield field("again", f"cannot be decided again: {tried.problem}", "yellow")
        return
    yield from walked(tried.explanation)
    for n, line in enumerate(heard(tried.explanation)):
        yield field("" if n else "the caller", line)
    if not tried.differs:
        yield field("again", "deciding again gives the same decision", "green")
        return
    yield field("again", "DECIDING AGAIN GIVES ANOTHER DECISION: was the version or the record changed?", "bold red")
    for name, recorded, now in tried.differs:
        yield field("", f"{name}: recorded {recorded!r}, now {now!r}", "red")


def walked(explained: Explanation) -> Iterator[RenderableType]:
    """Every segment and every rule."""
    yield Text("segments", style="cyan")
    yield _lines(segment_lines(explained))
    yield Text("rules", style="cyan")
    yield _lines(rule_lines(explained))


def outcome(explained: Explanation) -> Iterator[RenderableType]:
    """What was decided, what the caller hears, what the agent sees, and why."""
    decision = explained.decision
    if decision.trace.adjustments:
        yield field("adjusted by", ", ".join(decision.trace.adjustments))
    yield field("treatment", decision.treatment.name)
    for n, line in enumerate(heard(explained)):
        yield field("" if n else "the caller", line)
    yield field("phone shows", decision.treatment.label)
    for failed in decision.trace.failed:
        yield field("failed", str(failed), "red")
    yield field("because", decision.trace.reason)


def field(name: str, value: str, style: str = "") -> RenderableType:
    """A name and its value, which goes on below itself when the line is full."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=LABEL - 1, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(name, style="cyan"), Text(value, style=style))
    return grid


def _lines(lines: Sequence[ExplanationLine]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=2, justify="right")
    grid.add_column(max_width=26, overflow="fold")
    grid.add_column(overflow="fold")
    for line in lines:
        mark, style = _MARKS[line.verdict]
        why = line.why if line.verdict != "not reached" else f"not reached; {line.why}"
        effect = f" → {line.effect}" if line.effect and line.verdict == "hit" else ""
        dim = "dim" if line.verdict == "not reached" else ""
        grid.add_row(Text(mark, style=style), Text(line.name, style=dim or style), Text(f"{why}{effect}", style=dim))
    return grid
