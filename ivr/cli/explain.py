"""`ivr explain`: why a call was treated as it was."""

from ivr.cli import common, lazy
from ivr.cli.calls import line
from ivr.cli.options import AsJson, CallId
from ivr.errors import IvrError
from ivr.store.records import Records

_SHOWN = 5  # of the calls that a part fits


def explain(
    call_id: CallId,
    as_json: AsJson = False,
) -> None:
    """Say why a call was treated as it was: what came in, what was found, which rule, what was set, what happened.

    Then it decides again, with the policy and the facts of that time. It shows every segment and rule, hit or miss,
    and whether the decision is the same.

    Exit code 0 when it is the same, 1 when it is not.

    With --json it prints one object: history, call, decision, route_ms, facts, stays, talks, parts, policy, again,
    segments, rules, caller.

    Example:  ivr explain pbx1-1763900000.12
    """
    with Records(common.settings()) as records:
        record = records.find(call_id)
        if record is None:
            raise IvrError(_none(records, call_id))
        lazy.imported("explained:tell")(record, records, as_json)  # needs the policy's libraries, for known calls alone


def _none(records: Records, part: str) -> str:
    """Say why there is no call to explain: none has such a name, or several have."""
    fits, newest = records.like(part, _SHOWN)
    if not newest:
        often = "" if fits.all_of_them else " that is not in very many names"
        return (
            f"no call {part}{often} is recorded: `ivr calls` lists those that are; calls that came "
            "while the service was away are in Asterisk's queue_log"
        )
    lines = [f"  {line(each)}" for each in newest]
    many = f"{len(fits.keys):,}" if fits.all_of_them else "very many"
    which = "these" if len(newest) == len(fits.keys) else f"the newest {len(newest)}"
    first = f"{part} is in the names of {many} calls: write more of it. {which}:"
    return "\n".join([first, *lines])
