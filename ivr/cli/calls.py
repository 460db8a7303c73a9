"""`ivr calls`."""

import csv
import datetime as dt
import json
import re
import time
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args

import typer

from ivr.cli import common, lazy, moments
from ivr.domain.calls.call_filter import CallFilter, ListedCall
from ivr.domain.calls.history import CallHistory, Outcome
from ivr.domain.showable import one_line
from ivr.store.records import Records

LINE = "{:<24} {:<19}  {:<15} {:<6} {:<10} {:<14} {:<16} {:>7}  {}"
HEADER = ("call", "at", "from", "to", "segment", "queue", "agent", "waited", "outcome")
_USUAL, _MOST = 20, 10_000_000
_LEAST_DIGITS = 4
_OUTCOMES = get_args(Outcome)
_FORMULA = re.compile(r"[=+\-@\t\r]")  # what a spreadsheet may take for one, at the beginning
_NUMBER = re.compile(r"\+?[0-9]+(\.[0-9]+)?|-[0-9]+(\.[0-9]+)?")


def _only(name: str, metavar: str, which: str) -> Any:
    """Make an option that leaves out calls."""
    return typer.Option(name, metavar=metavar, help=f"only calls {which}")


Customer = Annotated[str, _only("--customer", "ID", "of this customer_id")]
Number = Annotated[
    str,
    _only("--from", "NUMBER", "from this number, or one with these last digits (4 at least)"),
]
Queue = Annotated[str, _only("--queue", "NAME", "that waited in this queue")]
Agent = Annotated[str, _only("--agent", "NAME", "that this agent had")]
Segment = Annotated[str, _only("--segment", "NAME", "of this segment")]
Ended = Annotated[str, _only("--outcome", "WORD", "with this outcome: answered, abandoned, …")]
Since = Annotated[
    str,
    _only("--since", "WHEN", "from then on: 12h, 2 hours, yesterday, 09:30, 2026-12-01T09:30"),
]
Until = Annotated[str, _only("--until", "WHEN", "before then, in the same forms")]
Last = Annotated[
    int | None,
    typer.Option(
        "--last",
        min=1,
        max=_MOST,
        metavar="COUNT",
        help="how many calls at most: 20, if nobody says, and all with --since, --until and --csv",
    ),
]
AsLines = Annotated[bool, typer.Option("--json", help="print JSON, for programs: one line a call")]
AsCsv = Annotated[bool, typer.Option("--csv", help="print CSV, for spreadsheets")]


@lazy.with_commands({"forget": "calls_forget:forget"})
def calls(
    context: typer.Context,
    customer: Customer = "",
    number: Number = "",
    queue: Queue = "",
    agent: Agent = "",
    segment: Segment = "",
    outcome: Ended = "",
    since: Since = "",
    until: Until = "",
    last: Last = None,
    as_json: AsLines = False,
    as_csv: AsCsv = False,
) -> None:
    """List the last calls, the newest at the end: of all, or of those of which all is so that is
    asked for.

    A number may be written as it is anywhere: 020 7946 0001, +44 20 7946 0001, or 0001.

    Example:  ivr calls --last 10

    Example:  ivr calls --from 79460001 --outcome abandoned --since yesterday
    """
    if context.invoked_subcommand:
        return
    if as_json and as_csv:
        raise typer.BadParameter("write --json or --csv, not both", param_hint="--csv")
    endings, numbers = _number(number)
    now = time.time()
    wanted = CallFilter(
        customer,
        endings,
        numbers,
        queue,
        agent,
        segment,
        _outcome(outcome),
        moments.moment(since, now) if since else None,
        moments.moment(until, now) if until else None,
    )
    if wanted.since is not None and wanted.until is not None and wanted.since >= wanted.until:
        problem = "the period ends before it begins"
        raise typer.BadParameter(problem, param_hint="--since, --until")
    if last is None and not (since or until or as_csv):
        last = _USUAL
    with Records(common.settings()) as records:
        found = enumerate(records.listed(wanted, last), 1)
        count = _csv(found) if as_csv else _print(found, as_json=as_json)
    if not count:
        common.err.print("no calls yet" if wanted == CallFilter() else "no recorded call fits")


def _outcome(word: str) -> str:
    if word and word not in _OUTCOMES:
        problem = f"{word!r} is no outcome: there are {', '.join(_OUTCOMES)}"
        raise typer.BadParameter(problem, param_hint="--outcome")
    return word


def _number(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the digits that the number ends with, and what else it may be, whole.

    However it is written, what is dialled within its country stands at its end.
    """
    if not text:
        return (), ()
    bare = re.sub(r"\(0+\)", "", text)
    digits = "".join(str(int(c)) for c in bare if c.isdecimal())
    if not re.fullmatch(r"[+\d\s().\-/\u2010-\u2015]*", bare) or len(digits) < _LEAST_DIGITS:
        problem = f"{text!r} is no number: write it whole, or its last digits, four at least"
        raise typer.BadParameter(problem, param_hint="--from")
    is_whole = "+" in bare or digits.startswith("00")
    ending = digits.lstrip("0") if digits.startswith("0") and len(digits) > 6 else digits
    if len(ending) < _LEAST_DIGITS:
        ending = digits
    return (ending,), _as_dialled(ending) if is_whole else ()


def _as_dialled(digits: str) -> tuple[str, ...]:
    """Give the same number as carriers of its own country may send it."""
    from ivr.numbers.countries import reads_as_itself  # noqa: PLC0415 - takes a while, and few ask

    national = reads_as_itself(f"+{digits}")
    return (f"0{national}", national) if national else ()


def told(call: ListedCall) -> dict[str, Any]:
    """Say what there is about a call, for programs."""
    history = call.history
    return {
        "call_id": history.call_id,
        "at": history.routed_at,
        "from": history.caller_number,
        "to": history.dialled,
        "customer": call.customer_id,
        "segment": history.segment or None,
        "queue": history.queue,
        "priority": history.priority,
        "agent": history.agent,
        "wait_seconds": history.wait_seconds,
        "talk_seconds": history.talk_seconds,
        "outcome": history.outcome,
        "reason": call.reason,
        "entry_point": history.entry_point or None,
        "intent": history.intent or None,
        "treatment": history.treatment or None,
        "rule": history.rule or None,
        "test": history.test,
    }


def line(call: ListedCall) -> str:
    """Say it for people."""
    history = call.history
    # What waits in a queue of ours without our dialplan has no time of routing, and nobody knows
    # its number.
    began = history.routed_at or history.joined_at or history.ended_at
    waited = history.wait_seconds
    return LINE.format(
        history.call_id,
        _here(began).strftime("%Y-%m-%d %H:%M:%S") if began else "-",
        history.caller_number or ("-" if history.routed_at is None else "withheld"),
        history.dialled,
        history.segment or "-",
        history.queue or "-",
        history.agent or "-",
        "" if waited is None else f"{waited:.1f} s",
        f"{history.outcome}{' (test)' if history.test else ''}",
    )


def _here(at: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, dt.UTC).astimezone()


def _print(found: Iterable[tuple[int, ListedCall]], *, as_json: bool) -> int:
    """Print a line for each; how many there are."""
    count = 0
    for count, call in found:
        if count == 1 and not as_json:
            common.out.print(LINE.format(*HEADER), style="cyan", markup=False)
        text = json.dumps(told(call)) if as_json else one_line(line(call))
        common.out.print(text, markup=False)
    return count


def _csv(found: Iterable[tuple[int, ListedCall]]) -> int:
    """Print RFC 4180; how many there are. The header stands there also when there are none."""
    writer = csv.writer(common.out.file, lineterminator="\r\n")
    writer.writerow(told(ListedCall(CallHistory(""), None, None)))
    count = 0
    for count, call in found:  # noqa: B007
        writer.writerow(_cells(told(call)))
    return count


def _cells(values: Mapping[str, Any]) -> list[str]:
    at = values["at"]
    if at is not None:
        values = {**values, "at": _here(at).isoformat(timespec="milliseconds")}
    return [_cell(value) for value in values.values()]


def _cell(value: object) -> str:
    """Write what no spreadsheet takes for a formula; a number with its + is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    is_formula = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
