"""`ivr explain`: why a call was treated as it was."""

import json
from dataclasses import asdict

import typer

from ivr import telling
from ivr.cli import common
from ivr.cli.options import AsJson, CallId
from ivr.decided_again import Again, decide_again
from ivr.errors import IvrError
from ivr.explain import explain_lines
from ivr.records import Records
from ivr.store.calls import CallRecord
from ivr.store.calls import as_json as as_json_object


def explain(
    call_id: CallId,
    as_json: AsJson = False,
) -> None:
    """Say why a call was treated as it was: what came in, what was found, which rule, what was set, what happened.

    Then it decides again, with the policy and the facts of then: every segment and rule, hit or miss, and whether the
    decision is the same. Exit code 0 when it is, 1 when it is not.

    With --json it is one object: history, call, decision, route_ms, facts, policy, again, segments, rules, caller.

    Example:  ivr explain pbx1-1763900000.12
    """
    with Records(common.settings()) as records:
        record = records.find(call_id)
        if record is None:
            raise IvrError(
                f"no call {call_id} is recorded: `ivr calls` lists those that are; calls that came while the service "
                "was away are in Asterisk's queue_log"
            )
        facts = records.facts(record.history.call_id)
        again = decide_again(record, records.engine)
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
