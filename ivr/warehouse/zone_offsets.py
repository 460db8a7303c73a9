"""What a zone's clocks are ahead of UTC, piece by piece: one comparison a row, and no calendar.

DuckDB asks a calendar for each row, which for ten million of them takes longer than all that is
made of them. Here it is asked once for each quarter of an hour that the rows may lie in; at other
times no clock has been changed since 1980.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

_EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001 - as it is in the rows
_MOST_DAYS = 30 * 366
Ask = Callable[[str], list[tuple[Any, ...]]]


def seconds(ask: Ask, table: str, column: str, zone: str) -> str | None:
    """Return SQL of the Unix time, in whole seconds, of a column of times without a zone.

    None where it would take longer than the calendar, or is not the same: for times of very long
    ago or of never.
    """
    ((first, last),) = ask(f"SELECT MIN({column}), MAX({column}) FROM {table}")  # noqa: S608
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return None
    if first < _EARLIEST or (last - first).days > _MOST_DAYS:
        return None
    begin = f"date_trunc('hour', TIMESTAMP '{first}')"
    end = f"TIMESTAMP '{last}' + INTERVAL 1 HOUR"
    moments = f"range({begin}, {end}, INTERVAL 15 MINUTE)"
    ahead = f"(epoch_us(range) - epoch_us(timezone('{zone}', range))) // 1000000"
    pieces = ask(
        f"SELECT moment, ahead FROM (SELECT range AS moment, {ahead} AS ahead "  # noqa: S608
        f"FROM {moments}) "
        "QUALIFY ahead IS DISTINCT FROM LAG(ahead) OVER (ORDER BY moment) ORDER BY moment DESC"
    )
    *later, (_, earliest) = pieces
    whens = " ".join(f"WHEN {column} >= TIMESTAMP '{at}' THEN {ahead}" for at, ahead in later)
    offset = f"CASE {whens} ELSE {earliest} END" if whens else earliest
    return f"(epoch_us({column}) // 1000000 - {offset})"
