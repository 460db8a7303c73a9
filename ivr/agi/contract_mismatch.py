"""Says that dialplan and service are of different versions, and not for each call."""

import time
from collections.abc import Callable

import structlog

from ivr.agi.contract import CONTRACT
from ivr.limits import WARN_AGAIN_SECONDS

log = structlog.get_logger()


class OtherContract:
    """Logs a dialplan of another contract, once a minute at most; `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said_at: float | None = None

    def asked(self, contract: int) -> None:
        """A dialplan of this contract asked."""
        if contract == CONTRACT:
            return
        now = self._clock()
        if self._said_at is not None and now - self._said_at < WARN_AGAIN_SECONDS:
            return
        self._said_at = now
        mend = (
            "upgrade the service: calls are treated as far as it knows the contract"
            if contract > CONTRACT
            else "upgrade dialplans/ivr.conf and reload it: calls are served meanwhile"
        )
        log.warning("dialplan of another contract", dialplan=contract, service=CONTRACT, mend=mend)
