"""How far queue_log has been read, as the transaction that recorded its lines has it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select

from ivr.store.engine import explained
from ivr.store.history_tables import queue_log_positions


def stored(engine: Engine, path: str) -> tuple[Mapping[str, Any] | str | None, float | None]:
    """Return the position in the file at `path`, and until when all is known; None twice: never.

    Raises StoreError.
    """
    columns = queue_log_positions.c
    query = select(columns.position, columns.read_until).where(columns.path == path)
    with explained(engine), engine.connect() as connection:
        row = connection.execute(query).first()
    return (None, None) if row is None else (row.position, row.read_until)
