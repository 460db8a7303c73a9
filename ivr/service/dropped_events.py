"""Events that nobody could keep: the gap that they leave is on record."""

import time
from collections.abc import Callable

from ivr.domain.calls.gaps import Gap
from ivr.packets import Outbox

MOST_EVENTS = 500_000  # that wait for a database: half an hour of 20 calls/s


class DroppedEvents:
    """Looks whether an outbox has dropped something; once there is room, puts the gap into it."""

    def __init__(
        self,
        outbox: Outbox,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._outbox, self._clock = outbox, clock
        self._dropped = outbox.dropped
        self._since: float | None = None
        self._until = self._looked_at = clock()

    def look(self) -> None:
        """Look; often, for a gap is as exact as that."""
        now = self._clock()
        if self._outbox.dropped > self._dropped:
            self._dropped = self._outbox.dropped
            self._since = self._looked_at if self._since is None else self._since
            self._until = now
        elif self._since is not None and self._outbox.waiting < MOST_EVENTS // 2:
            why = "more happened than could be kept while the database was away"
            self._outbox.put(Gap("calls", self._since, self._until, why))
            self._since = None
        self._looked_at = now
