"""`ivr calls`."""

import datetime as dt
import json
from typing import Annotated

import typer

from ivr.cli import common
from ivr.store.records import Records

_LINE = "{:<24} {:<19}  {:<15} {:<6} {:<10} {:<14} {:<16} {:>7}  {}"


def calls(
    last: Annotated[int, typer.Option("--last", min=1, max=10_000, metavar="COUNT", help="how many calls")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON, for programs: one line a call")] = False,
) -> None:
    """List the last calls, the newest at the end.

    Example:  ivr calls --last 10
    """
    with Records(common.settings()) as records:
        found = records.last(last)
    if found and not as_json:
        header = ("call", "at", "from", "to", "segment", "queue", "agent", "waited", "outcome")
        common.out.print(_LINE.format(*header), style="cyan", markup=False)
    for record in found:
        history, decision = record.history, record.decision
        # What waits in a queue of ours without our dialplan has no time of routing, and nobody knows its number.
        began = history.routed_at or history.joined_at or history.ended_at
        when = dt.datetime.fromtimestamp(began, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S") if began else "-"
        number = history.caller_number or ("-" if history.routed_at is None else "withheld")
        waited = "" if history.wait_seconds is None else f"{history.wait_seconds:.1f} s"
        outcome = f"{history.outcome}{' (test)' if history.test else ''}"
        if as_json:
            told = {
                "call_id": history.call_id, "at": history.routed_at, "from": history.caller_number,
                "to": history.dialled, "customer": decision.identity.customer_id if decision else None,
                "segment": history.segment or None, "queue": history.queue, "priority": history.priority,
                "agent": history.agent, "wait_seconds": history.wait_seconds, "talk_seconds": history.talk_seconds,
                "outcome": history.outcome, "reason": decision.trace.reason if decision else None,
                "test": history.test,
            }  # fmt: skip
            common.out.print(json.dumps(told), markup=False)
        else:
            line = _LINE.format(
                history.call_id, when, number, history.dialled, history.segment or "-",
                history.queue or "-", history.agent or "-", waited, outcome,
            )  # fmt: skip
            common.out.print(line, markup=False)
    if not found:
        common.err.print("no calls yet")
