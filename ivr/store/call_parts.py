"""Calls by a part of a name of theirs: the call_id, or the SIP Call-ID.

Each fourth place of a name begins a piece that is kept, twelve characters long (`call_parts`). Any
six characters or more reach one of these places within their first four, so whoever looks for the
pieces that begin with the part, or with what is left of it without one, two or three characters,
finds all calls that it is in, and looks at the names of few others. An index of all places has four
times as many rows, and one on the name and on the name in reverse finds beginnings and ends only.

The database keeps the pieces itself, by triggers, whoever writes the calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.store.call_search import Key
from ivr.store.customer_query import Run
from ivr.store.text_ranges import after_all_with

SHORTEST = 6  # characters of a part; a shorter one fits too many calls to mean one
STRIDE, PIECE, PLACES = 4, 12, 128  # characters: from piece to piece, of one, and that have pieces
_MOST = 2000  # calls of one piece that are looked at
_RECENT = 10_000  # of the newest calls, where a piece is in more than that
_HAS = "lower({}) LIKE :contains ESCAPE '/'"
_FITS = f"({_HAS.format('calls.call_id')} OR {_HAS.format('calls.sip_call_id')})"
_RECENT_FITS = f"({_HAS.format('call_id')} OR {_HAS.format('sip_call_id')})"
_NEAR = "SELECT call_id FROM call_parts WHERE part >= :begin AND part < :end LIMIT :most"
_COUNT = f"SELECT COUNT(*) FROM ({_NEAR}) AS near"  # noqa: S608 - ours
_BY_PIECE = (
    f"SELECT calls.routed_at, calls.call_id FROM ({_NEAR}) AS near CROSS JOIN calls "  # noqa: S608
    f"WHERE calls.call_id = near.call_id AND {_FITS}"
)
_BY_TIME = (
    "SELECT routed_at, call_id "  # noqa: S608
    "FROM (SELECT routed_at, call_id, sip_call_id FROM calls WHERE routed_at IS NOT NULL "
    f"ORDER BY routed_at DESC LIMIT :recent) AS recent WHERE {_RECENT_FITS} "
    "ORDER BY routed_at DESC LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class Fitting:
    """The calls that a part fits, newest first; not `all_of_them` where it fits too many."""

    keys: Sequence[Key]
    all_of_them: bool = True


def fitting(run: Run, part: str) -> Fitting:
    """Find the calls in whose names the part is, in capitals or not."""
    if len(part) < SHORTEST or "\0" in part:
        return Fitting(())
    wanted = _lower(part)
    literally = wanted.translate({ord(sign): f"/{sign}" for sign in "/%_"})
    contains: dict[str, object] = {"contains": f"%{literally}%"}
    keys: set[Key] = set()
    whole = True
    for place in range(STRIDE):
        begin = wanted[place : place + PIECE]
        end = after_all_with(begin)
        between: dict[str, object] = {"begin": begin, "end": end, "most": _MOST + 1}
        if run(_COUNT, between)[0][0] > _MOST:
            whole = False
        else:
            keys.update((row[0], row[1]) for row in run(_BY_PIECE, between | contains))
    if not whole:
        recent: dict[str, object] = {"recent": _RECENT, "most": _MOST}
        keys.update((row[0], row[1]) for row in run(_BY_TIME, recent | contains))
    ordered = sorted(keys, key=lambda key: (key[0] or 0.0, key[1]), reverse=True)
    return Fitting(tuple(ordered), whole)


def pieces(name: str) -> set[str]:
    """Give the pieces that the database keeps of a name."""
    known = _lower(name)
    places = range(0, min(len(known) - 2, PLACES), STRIDE)
    return {known[place : place + PIECE] for place in places}


def _lower(text: str) -> str:
    """Write it as the databases do, which know the small letters of A to Z."""
    return "".join(c.lower() if c.isascii() else c for c in text)
