"""When Asterisk's events were heard: what happened then is known without queue_log."""

from collections.abc import Iterable
from dataclasses import dataclass

EARLIER, LATER = 2.0, 10.0  # seconds around a line's time in which its event has come
_MOST = 1000  # times of which it is remembered


@dataclass(frozen=True, slots=True)
class Outage:
    """From `since` to `until` (Unix time) nobody heard Asterisk's events."""

    since: float
    until: float


class Coverage:
    """Remembers when there was a connection. Times are Unix time."""

    def __init__(self) -> None:
        """Make it, without a connection so far."""
        self._until: float | None = None
        self._since: float | None = None
        self._heard = float("-inf")
        self._spans: list[tuple[float, float]] = []
        self._outages: list[Outage] = []

    def begins(self, at: float) -> None:
        """Note that there is a connection: each event that comes from now on is heard."""
        self.ends()
        if self._until is not None:
            self._outages = [*self._outages, Outage(self._until, at)][-_MOST:]
        self._since = self._heard = at

    def was_heard_before(self, until: float) -> None:
        """Note that somebody listened before us, until then."""
        began = self._spans[0][0] if self._spans else self._since
        if began is not None and began > until:
            self._outages.insert(0, Outage(until, began))
        elif began is None:
            self._until = until

    def heard(self, at: float) -> None:
        """Note that something came over the connection, so that it was there until now."""
        if self._since is not None:
            self._heard = max(self._heard, at)

    def ends(self) -> None:
        """Note that the connection is lost, after the last time at which something was heard."""
        if self._since is not None:
            self._spans = [*self._spans, (self._since, self._heard)][-_MOST:]
            self._until, self._since = self._heard, None

    def covers(self, at: float) -> bool | None:
        """Say whether an event of this second of queue_log was heard; None: not known yet."""
        if any(since <= at - EARLIER and at + LATER <= until for since, until in self._spans):
            return True
        if self._since is None or self._since > at - EARLIER:
            return False
        return True if at + LATER <= self._heard else None

    def covers_all(self, since: float, until: float) -> bool:
        """Say whether all that happened between these times was heard."""
        spans = self._spans if self._since is None else [*self._spans, (self._since, self._heard)]
        return any(began <= since and until <= ended for began, ended in spans)

    def outages(self) -> list[Outage]:
        """Give those that are over and have not been dealt with."""
        return list(self._outages)

    def dealt_with(self, outages: Iterable[Outage]) -> None:
        """Note that nothing more is to be done about these."""
        done = set(outages)
        self._outages = [each for each in self._outages if each not in done]

    @property
    def last_heard(self) -> float:
        """Return when something was heard last; -inf: nothing so far."""
        return self._heard

    def heard_before(self, at: float) -> float:
        """Say when something was heard last over a connection of before; -inf: nothing."""
        spans = self._spans if self._since is None else [*self._spans, (self._since, self._heard)]
        untils = (min(until, at) for began, until in spans if began < at)
        return max(untils, default=float("-inf"))
