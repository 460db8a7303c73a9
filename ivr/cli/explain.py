"""`ivr explain`: why a call was treated as it was."""

from ivr.cli import common, lazy
from ivr.cli.options import AsJson, CallId
from ivr.errors import IvrError
from ivr.store.records import Records


def explain(
    call_id: CallId,
    as_json: AsJson = False,
) -> None:
    """Say why a call was treated as it was: what came in, what was found, which rule, what was set, what happened.

    Then it decides again, with the policy and the facts of that time. It shows every segment and rule, hit or miss,
    and whether the decision is the same.

    Exit code 0 when it is the same, 1 when it is not.

    With --json it prints one object: history, call, decision, route_ms, facts, policy, again, segments, rules, caller.

    Example:  ivr explain pbx1-1763900000.12
    """
    with Records(common.settings()) as records:
        record = records.find(call_id)
        if record is None:
            raise IvrError(
                f"no call {call_id} is recorded: `ivr calls` lists those that are; calls that came while the service "
                "was away are in Asterisk's queue_log"
            )
        lazy.imported("explained:tell")(record, records, as_json)  # needs the policy's libraries, for known calls alone
