"""Asterisk's queue_log as the doctor looks at it."""

from dataclasses import dataclass
from pathlib import Path

from ivr.store import queue_log_position
from ivr.store.engine import reader


@dataclass(frozen=True, slots=True)
class FollowedQueueLog:
    """The QueueLog port."""

    path: Path | None
    database_url: str

    def written_at(self) -> float | None:
        """Return when something was written last; None when there is no such file."""
        try:
            return self.path.stat().st_mtime if self.path else None
        except OSError:
            return None

    def read_until(self) -> float | None:
        """Return until when all is known that happened; None: never. Raises StoreError."""
        engine = reader(self.database_url)
        try:
            return queue_log_position.stored(engine, str(self.path))[1]
        finally:
            engine.dispose()
