"""How runs' scores lie in the database: those of fifty customers side by side, in one row.

A run calculates everybody anew, and most scores move with time alone. So it writes the scores of
all, in few rows: a row for each customer takes ten times as long. A customer has a *place*, a
number that is never another's; so many places in a row are a *chunk*. A run has a row for each
chunk in two tables, so that a lookup reads little:

- `score_chunks.scores` has an entry of the same length for each place: the three scores in tenths,
  then where in `score_chunks.attributes` the customer's begin, from 0, and how long they are. What
  is not known is blank.
- `metric_chunks.states` has the states of the metrics, as 64-bit floats, the lowest byte first: of
  the first of the run's columns for each place, then of the next. NaN is no row, infinity nothing
  known.

Nothing here imports numpy, which a program of one call does without.
"""

import math
import struct
from collections.abc import Sequence
from typing import Any

PLACES = 50
"""In a chunk."""
SCORE_DIGITS = 4
"""1000 is 100.0."""
TENTH = 10.0
ATTRIBUTES_DIGITS = 8
"""Both of where the attributes begin, and how long they are."""
OF_SCORES = 3 * SCORE_DIGITS
"""What of an entry are scores."""
_BEGINS = range(0, OF_SCORES, SCORE_DIGITS)
_VALUE, _POTENTIAL, _NEED = (slice(begin, begin + SCORE_DIGITS) for begin in _BEGINS)
_LENGTH = OF_SCORES + ATTRIBUTES_DIGITS
ENTRY = _LENGTH + ATTRIBUTES_DIGITS
UNKNOWN_STATE = math.inf
"""The state of a metric of which nothing at all is known of a customer."""
_STATE_BYTES = 8


def entry_at(scores: str, place: int) -> str:
    """Return the entry of a place. Raises ValueError for damage."""
    if len(scores) != PLACES * ENTRY:
        raise ValueError("the entries have another length")
    begin = place % PLACES * ENTRY
    return scores[begin : begin + ENTRY]


def scores_in(entry: str) -> tuple[float | None, float | None, float | None]:
    """Return value, potential and need of an entry. Raises ValueError for damage."""
    return _score(entry[_VALUE]), _score(entry[_POTENTIAL]), _score(entry[_NEED])


def _score(text: str) -> float | None:
    if not text.strip():
        return None
    score = int(text) / TENTH
    if not 0 <= score <= 100:
        raise ValueError(f"{score} is no score")
    return score


def attributes_of(entry: str, attributes: str) -> str | None:
    """Return the attributes of an entry, as JSON; None for none. Raises ValueError for damage."""
    begin, length = entry[OF_SCORES:_LENGTH].strip(), entry[_LENGTH:].strip()
    if not length:
        return None
    return attributes[int(begin) : int(begin) + int(length)]


def states_in(column: Any) -> bytes:
    """Return what the database has as states; none, where somebody put something else there."""
    return b"" if isinstance(column, str | int | float | None) else bytes(column)


def states_at(
    states: bytes,
    columns: Sequence[str],
    place: int,
) -> dict[str, float | None]:
    """Return the states of one customer; None without a row. Raises ValueError for damage."""
    if len(states) != len(columns) * PLACES * _STATE_BYTES:
        raise ValueError("they have another length")
    found: dict[str, float | None] = {}
    for n, name in enumerate(columns):
        begin = (n * PLACES + place % PLACES) * _STATE_BYTES
        (state,) = struct.unpack_from("<d", states, begin)
        if state != UNKNOWN_STATE:
            found[name] = None if math.isnan(state) else state
    return found
