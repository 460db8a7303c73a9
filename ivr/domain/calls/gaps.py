"""When nobody saw what happened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """From `since` to `until` (Unix time) neither Asterisk's events nor its queue_log told us.

    `what` was not seen, `cause` says why, `calls` are those whose end is not known by it.
    """

    what: str
    since: float
    until: float
    cause: str
    calls: tuple[str, ...] = ()
