"""The calls of the service's own database as a source of scores: customers' calls that ended.

Test calls are none of a customer's, and callers who are not known have no scores. A call that is
still going on counts once it has ended. Rows are as `domain.scoring.own_calls` says.
"""

from dataclasses import dataclass
from typing import Literal

from ivr.domain.scoring.own_calls import CHANNEL
from ivr.store.engine import server_url
from ivr.store.sqlite_file import path_of

_LONGEST = 10_000_000  # seconds; a longer call is damage
_LAST = 100_000_000_000  # Unix time; so is a later one


@dataclass(frozen=True, slots=True)
class OwnCalls:
    """`url` is a path for SQLite, and a libpq URL for PostgreSQL; `query` selects the rows."""

    kind: Literal["sqlite", "postgresql"]
    url: str
    query: str


def own_calls(url: str) -> OwnCalls:
    """Say how the calls in the database at this URL are asked for. Raises StoreError."""
    path = path_of(url)
    if path is not None:
        return OwnCalls("sqlite", str(path), _query("CAST({} AS INTEGER)"))
    return OwnCalls("postgresql", server_url(url), _query("CAST(FLOOR({}) AS BIGINT)"))


def _query(whole: str) -> str:
    talked, lasted = "talk_seconds / 60", "(ended_at - routed_at) / 60"
    columns = {
        "customer_id": "customer_id",
        "began_at": whole.format("routed_at"),
        "outcome": "outcome",
        "abandoned": "outcome = 'abandoned'",
        "queue": "queue",
        "segment": "segment",
        "channel": f"CAST('{CHANNEL}' AS VARCHAR)",
        "wait_seconds": _thousandths("wait_seconds", whole),
        "agent_minutes": _thousandths(talked, whole),
        "line_minutes": _thousandths(lasted, whole),
    }
    selected = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    identified = "customer_id <> '' AND NOT test"  # as the index of contacts has it
    ended = f"ended_at IS NOT NULL AND routed_at >= 0 AND routed_at < {_LAST}"
    return f"SELECT {selected} FROM calls WHERE {identified} AND {ended}"  # noqa: S608 - fixed


def _thousandths(number: str, whole: str) -> str:
    """Round it to three digits, on both databases alike; what cannot be is not known."""
    rounded = whole.format(f"{number} * 1000 + 0.5")
    return f"CASE WHEN {number} >= 0 AND {number} < {_LONGEST} THEN {rounded} / 1000.0 END"
