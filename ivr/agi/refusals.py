"""Requests that are refused: counted by kind, and logged so that nobody can fill the log with them."""

import time
from collections import Counter
from collections.abc import Callable

import structlog

from ivr.agi.request import AgiError
from ivr.limits import WARN_AGAIN_SECONDS

log = structlog.get_logger()


class RefusedError(AgiError):
    """A request that is not answered. `kind` is one word, `mend` what to do should it have been an honest one."""

    def __init__(self, kind: str, why: str, mend: str) -> None:
        super().__init__(why)
        self.kind, self.mend = kind, mend


class Refusals:
    """Counts refused requests and logs each kind, once a minute at most; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.counts: Counter[str] = Counter()
        self._clock = clock
        self._said: dict[str, tuple[float, int]] = {}  # by kind: when, and how many there were then

    def note(self, refused: RefusedError, peer: object) -> None:
        """One more."""
        kind = refused.kind
        self.counts[kind] += 1
        now = self._clock()
        said_at, before = self._said.get(kind, (None, 0))
        if said_at is not None and now - said_at < WARN_AGAIN_SECONDS:
            return
        self._said[kind] = now, self.counts[kind]
        log.warning(
            "agi request refused", kind=kind, why=str(refused), peer=peer, times=self.counts[kind] - before,
            mend=refused.mend,
        )  # fmt: skip

    def summary(self) -> str:
        """How many of each kind since the start, as one word: `user:3,secret:1`, or `none`."""
        return ",".join(f"{kind}:{count}" for kind, count in sorted(self.counts.items())) or "none"
