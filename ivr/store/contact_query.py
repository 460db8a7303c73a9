"""A customer's earlier calls: how they are asked for, and which of them count."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from ivr.domain.customers import Contacts

MOST_CONTACTS = 50
CONTACTS_SECONDS = 30 * 86400.0
# Of calls that reached nobody: who calls again this soon goes on with the same call, and a wait
# this short was none. Else it would pay to hang up and call again.
REDIAL_SECONDS, SHORT_WAIT_SECONDS = 3600.0, 20.0
_REACHED_NOBODY = ("routing", "asking", "waiting", "abandoned", "lost", "unserved")

# Who was identified when the call was over, by the number alone, was given no segment by that call.
SEGMENT_THAT_COUNTS = "CASE WHEN identified = '' THEN segment ELSE '' END"
# "customer_id <> '' AND NOT test" is the index's own condition. Only Asterisk tells the tier: a
# call that nobody made, and somebody asked the service about, is no contact.
CONTACTS = (
    "SELECT routed_at, outcome, "  # noqa: S608 - fixed
    f"{SEGMENT_THAT_COUNTS}, wait_seconds, ended_at "
    "FROM calls WHERE customer_id = :customer_id AND customer_id <> '' AND NOT test "
    "AND rung <> '' AND call_id <> :call_id AND routed_at IS NOT NULL "
    f"ORDER BY routed_at DESC LIMIT {MOST_CONTACTS}"
)


def contacts_in(found: Sequence[Sequence[Any]], now: float) -> Contacts | None:
    """Return the customer's earlier calls, from rows of CONTACTS; None when there are none.

    A row that somebody damaged is left out. The segment of any counts; not all are contacts.
    """
    rows = [row for row in found if _is_number(row[0])]
    if not rows:
        return None
    segments = (row[2] for row in rows if row[2] and isinstance(row[2], str))
    counted = [(row[0], row[1]) for row in rows if _is_contact(row, now)]
    return Contacts(
        last_at=counted[0][0] if counted else None,
        times=tuple(at for at, _ in counted if at > now - CONTACTS_SECONDS)[:MOST_CONTACTS],
        abandoned_last=bool(counted) and counted[0][1] == "abandoned",
        previous_segment=next(segments, ""),
    )


def _is_contact(row: Sequence[Any], now: float) -> bool:
    """Return whether a row is more than a call that is being made again."""
    at, outcome, _, waited, ended = row
    if outcome not in _REACHED_NOBODY:
        return True
    if at > now - REDIAL_SECONDS:
        return False
    if not _is_number(waited):
        waited = ended - at if _is_number(ended) else SHORT_WAIT_SECONDS  # nobody knows
    return bool(waited >= SHORT_WAIT_SECONDS)


def _is_number(value: Any) -> bool:
    return isinstance(value, float) and isfinite(value)
