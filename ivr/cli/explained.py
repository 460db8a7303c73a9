"""What `ivr explain` tells of a call that is recorded."""

import json
from dataclasses import asdict

import typer

from ivr.application.recorded_call_check import Again, decide_again
from ivr.cli import common
from ivr.domain.calls.record import CallRecord, course_as_json, record_as_json
from ivr.presentation import explanation, explanation_text
from ivr.presentation.call_course import course_lines
from ivr.presentation.call_record import explain_lines
from ivr.store.records import Records
from ivr.store.version_query import VersionArchive


def tell(record: CallRecord, records: Records, as_json: bool) -> None:
    """Tell it, and end with the exit code."""
    call_id = record.history.call_id
    events = records.events(call_id)
    stays, talks = records.course(call_id)
    parts = records.parts(call_id)
    again = decide_again(record, VersionArchive(records.reading))
    if as_json:
        common.out.print(
            json.dumps(
                record_as_json(record, events)
                | course_as_json(stays, talks)
                | {"parts": parts}
                | _again_json(record, again)
            ),
            markup=False,
            emoji=False,
        )
    else:
        for line in explain_lines(record, events):
            common.out.print(line)
        for line in course_lines(stays, talks, parts, record.history.part_of):
            common.out.print(line)
        for part in explanation.again(record, again):
            common.out.print(part)
    raise typer.Exit(1 if again.differs else 0)


def _again_json(record: CallRecord, again: Again) -> dict[str, object]:
    decision, explained = record.decision, again.explanation
    told = explanation_text.as_json(explained) if explained else {}
    publication = asdict(again.publication) if again.publication else None
    return {
        "policy": {"version": decision.trace.policy_version, "publication": publication} if decision else None,
        "again": {
            "same": not again.differs if explained else None,
            "differs": [{"field": name, "recorded": here, "again": there} for name, here, there in again.differs],
            "problem": again.problem,
        },
        "segments": told.get("segments"),
        "rules": told.get("rules"),
        "caller": told.get("caller"),
    }
