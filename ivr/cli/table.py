"""One table for calls: a line each, and under it a sentence of why."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape

from ivr.qa.call_report import Report

HEADINGS = ("who called", "known as", "scores v/p/n", "segment", "queue", "prio", "agent", "waited")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells under HEADINGS, and why it was so."""

    cells: tuple[str, ...]
    why: str


def row_of(report: Report, *, withheld: bool = False, note: str = "") -> Row:
    """A test call as a row; `note` introduces the reason, and the rules that adjusted something end it."""
    decision = report.decision
    scores = [decision.identity.scores.get(name) for name in ("value", "potential", "need")] if decision else []
    waited = "-" if report.wait_seconds is None else f"{report.wait_seconds:.1f} s"
    cells = (
        "withheld" if withheld else report.from_,
        (decision.identity.customer_name if decision else None) or "-",
        "/".join(f"{s:.0f}" if s is not None else "?" for s in scores) if report.customer else "-",
        report.segment or "-",
        report.queue or "-",
        "-" if report.priority is None else str(report.priority),
        report.agent or f"({report.outcome})",
        waited,
    )
    why = f"{note}: {report.reason}" if note else report.reason
    if decision and decision.trace.adjustments:
        why = f"{why}; adjusted by {', '.join(decision.trace.adjustments)}"
    return Row(cells, why)


def show(console: Console, rows: Sequence[Row]) -> None:
    """Print the table, as wide as its widest cells."""
    widths = [max(len(cells[i]) for cells in (HEADINGS, *(r.cells for r in rows))) for i in range(len(HEADINGS))]
    console.print(f"[bold]{_line(HEADINGS, widths)}[/]")
    for row in rows:
        console.print(escape(_line(row.cells, widths)))
        console.print(f"[dim]  └ {escape(row.why)}[/]")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
