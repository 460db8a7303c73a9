"""`ivr call`, `ivr calls`, `ivr explain`."""

import asyncio
import datetime as dt
import json
import re
from dataclasses import asdict
from typing import Annotated

import typer

from ivr import app as service
from ivr import telling
from ivr.cli import common
from ivr.cli.table import row_of, show
from ivr.decided_again import Again
from ivr.errors import IvrError
from ivr.explain import explain_lines
from ivr.qa.calls import Containers, Report, TestBench
from ivr.store.calls import CallRecord
from ivr.store.calls import as_json as as_json_object

_LINE = "{:<24} {:<19}  {:<15} {:<6} {:<10} {:<14} {:<16} {:>7}  {}"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(call)
    app.command()(calls)
    app.command()(explain)


def _number(value: str) -> str:
    if not re.fullmatch(r"\+?[0-9]{1,20}", value):
        raise typer.BadParameter(f"{value!r} is no number: write digits, with a + in front if you like")
    return value


def _level(value: str) -> str:
    if value not in ("", "A", "B", "C"):
        raise typer.BadParameter(f"{value!r} is no attestation: A, B or C")
    return value


def call(
    caller: Annotated[str, typer.Option("--from", callback=_number, help="the caller's number")],
    to: Annotated[str, typer.Option("--to", callback=_number, help="the number dialled")] = "1000",
    withhold: Annotated[bool, typer.Option("--withhold", help="hide the caller's number")] = False,
    attest: Annotated[str, typer.Option(callback=_level, help="the carrier signs the number: A, B or C")] = "",
    talk: Annotated[float, typer.Option(min=0, max=3600, help="seconds to talk to the agent")] = 1.0,
    patience: Annotated[float, typer.Option(min=1, max=3600, help="seconds before the caller gives up")] = 60.0,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Place one real call in the running lab, wait for its end, and report what became of it.

    Exit code 0 when the caller reached a queue and an agent, 1 when not. The outcome is one of: answered, abandoned
    (gave up waiting, or at a question), unserved (left a queue without an agent), refused (by the policy), voicemail
    (left a message), told (heard that nobody is there), self-service, lost (ended before any of these).

    Example:  ivr call --from +442079460001 --to 1000
    """
    report = asyncio.run(_call(caller, to, withhold, attest, talk, patience))
    if as_json:
        common.out.print(json.dumps(report.as_json()), markup=False)
    else:
        show(common.out, [row_of(report, withheld=withhold)])
        if report.decision:
            common.out.print(f"\nmore:  ivr explain {report.call_id}")
    raise typer.Exit(0 if report.served else 1)


async def _call(caller: str, to: str, withhold: bool, attest: str, talk: float, patience: float) -> Report:
    with service.Records(common.settings()) as records:
        target = common.call_target()
        async with TestBench(target, records.decision) as bench:
            if isinstance(target, Containers):
                await bench.phones()
            return await bench.call(
                caller, to, withhold=withhold, attestation=attest, talk=talk, patience=patience
            )  # fmt: skip


def calls(
    last: Annotated[int, typer.Option("--last", min=1, max=10_000, help="how many")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="for programs, one line a call")] = False,
) -> None:
    """List the last calls, the newest at the end.

    Example:  ivr calls --last 10
    """
    with service.Records(common.settings()) as records:
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
                "to": history.dialled, "customer": decision.customer_id if decision else None,
                "segment": history.segment or None, "queue": history.queue, "priority": history.priority,
                "agent": history.agent, "wait_seconds": history.wait_seconds, "talk_seconds": history.talk_seconds,
                "outcome": history.outcome, "reason": decision.reason if decision else None, "test": history.test,
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


def explain(
    call_id: Annotated[str, typer.Argument(help="as `ivr calls` shows it, or the SIP Call-ID")],
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Say why a call was treated as it was: what came in, what was found, which rule, what was set, what happened.

    Then it decides again, with the policy and the facts of then: every segment and rule, hit or miss, and whether the
    decision is the same. Exit code 1 when it is not.
    With --json it is one object: history, call, decision, route_ms, facts, policy, again, segments, rules, caller.

    Example:  ivr explain pbx1-1763900000.12
    """
    with service.Records(common.settings()) as records:
        record = records.find(call_id)
        if record is None:
            raise IvrError(
                f"no call {call_id} is recorded: `ivr calls` lists those that are; calls that came while the service "
                "was away are in Asterisk's queue_log"
            )
        facts = records.facts(record.history.call_id)
        again = records.decide_again(record)
    if as_json:
        common.out.print(
            json.dumps(as_json_object(record, facts) | _again_json(record, again)), markup=False, emoji=False
        )
    else:
        for line in explain_lines(record, facts):
            common.out.print(line)
        for part in telling.again(record, again):
            common.out.print(part)
    raise typer.Exit(1 if again.differs else 0)


def _again_json(record: CallRecord, again: Again) -> dict[str, object]:
    decision, explained = record.decision, again.explanation
    told = explained.as_json() if explained else {}
    publication = asdict(again.publication) if again.publication else None
    return {
        "policy": {"version": decision.policy_version, "publication": publication} if decision else None,
        "again": {
            "same": not again.differs if explained else None,
            "differs": [{"field": name, "recorded": here, "again": there} for name, here, there in again.differs],
            "problem": again.problem,
        },
        "segments": told.get("segments"),
        "rules": told.get("rules"),
        "caller": told.get("caller"),
    }
