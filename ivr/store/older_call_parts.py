"""Pieces of the names of calls that were there before pieces were kept.

There may be millions, so they are written beside the calls, the newest first: few in a transaction,
and whoever is stopped in the middle goes on there the next time.
"""

import time
from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, and_, func, or_, select

from ivr.store.call_parts import pieces
from ivr.store.engine import explained, insert_new, writer, writing
from ivr.store.search_tables import call_parts
from ivr.store.tables import calls

_AT_ONCE = 60  # calls in a transaction, which have fifteen pieces each, or so
_LOOKED_AT = 3000  # calls whose names are read at once
_PAUSE = 0.03  # seconds between two transactions: others get their turn
_END = 1e300
_FIRST_PIECE = func.substr(func.lower(calls.c.call_id), 1, 12)
_IS_ITS = (call_parts.c.part == _FIRST_PIECE, call_parts.c.call_id == calls.c.call_id)
_KEPT = select(call_parts.c.part).where(*_IS_ITS).exists()
_NAMES = select(calls.c.routed_at, calls.c.call_id, calls.c.sip_call_id, _KEPT.label("kept"))


def write_older(url: str) -> int:
    """Write those that are missing, beside the calls; of how many calls. Raises StoreError."""
    engine = writer(url, create=False)
    done = 0
    try:
        for count in missing_written(engine):
            done += count
            time.sleep(_PAUSE)
    finally:
        engine.dispose()
    return done


def missing_written(engine: Engine) -> Iterator[int]:
    """Write the pieces that are missing; gives after each transaction for how many calls."""
    at, call_id = calls.c.routed_at, calls.c.call_id
    oldest = _NAMES.where(at.is_not(None)).order_by(at, call_id).limit(1)
    with explained(engine), engine.connect() as connection:
        first = connection.execute(oldest).one_or_none()
    if first is None or (first.kept and len(first.call_id) > 2):
        return  # all of the others have been written before it
    newest = _NAMES.order_by(at.desc(), call_id.desc()).limit(_LOOKED_AT)
    before = at < _END
    while True:
        with explained(engine), engine.connect() as connection:
            rows = connection.execute(newest.where(before)).all()
        names = [(row.call_id, row.sip_call_id) for row in rows if not row.kept]
        for begin in range(0, len(names), _AT_ONCE):
            batch = names[begin : begin + _AT_ONCE]
            _write(engine, batch)
            yield len(batch)
        if len(rows) < _LOOKED_AT:
            return
        last = rows[-1]
        before = and_(at <= last.routed_at, or_(at < last.routed_at, call_id < last.call_id))


def _write(engine: Engine, names: Sequence[tuple[str, str]]) -> None:
    rows = [
        {"part": piece, "call_id": call_id}
        for call_id, sip_call_id in names
        for piece in pieces(call_id) | pieces(sip_call_id)
    ]
    if rows:
        with explained(engine), writing(engine) as connection:
            connection.execute(insert_new(connection, call_parts), rows)
