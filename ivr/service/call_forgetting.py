"""Has old calls forgotten each night, where the settings say how long they are kept.

First it has the calls of before an upgrade made findable. Both are done in a process beside the
calls, at the lowest priority. One that is stopped in the middle goes on the next time.
"""

import asyncio
import datetime as dt
from collections.abc import Callable

import structlog

from ivr.background_process import AsideError, aside
from ivr.errors import StoreError
from ivr.settings import Settings
from ivr.store.call_forgetting import DAY, forget_old
from ivr.store.number_key import path_of_key
from ivr.store.older_call_parts import write_older

log = structlog.get_logger()
HOUR, MINUTE = 3, 30  # of the night, here
FIRST_SECONDS = 900.0  # after a start: it may have been away at night


class CallForgetting:
    """Forgets old calls. `clock` gives Unix time."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self._settings, self._clock = settings, clock

    async def run(self) -> None:
        """Do it soon, and then each night. Only being cancelled ends it."""
        await asyncio.sleep(FIRST_SECONDS)
        await self.find_older()
        while self._settings.keep_days:
            await self.once()
            await asyncio.sleep(seconds_to_night(self._clock()))

    async def find_older(self) -> None:
        """Have calls found by parts of their names that were there before that was possible."""
        try:
            if done := await aside(write_older, self._settings.database_url):
                log.info("older calls can be found by parts of their names", calls=done)
        except (StoreError, AsideError, OSError) as error:
            mend = "it goes on when the service is started again"
            log.warning("older calls are not found by parts", why=str(error), mend=mend)

    async def once(self) -> int:
        """Forget what is due; of how many calls. What goes wrong is logged."""
        settings = self._settings
        before = self._clock() - settings.keep_days * DAY
        try:
            done = await aside(forget_old, settings.database_url, path_of_key(settings), before)
        except (StoreError, AsideError, OSError) as error:
            mend = "it is tried again in the night; or run `ivr calls forget`"
            log.error("old calls are not forgotten", why=str(error), mend=mend)  # noqa: TRY400
            return 0
        if done:
            log.info("old calls forgotten", calls=done, days=settings.keep_days)
        return done


def seconds_to_night(now: float) -> float:
    """Say how long it is to the next night's time, as clocks go here."""
    here = dt.datetime.fromtimestamp(now, dt.UTC).astimezone()
    tonight = dt.datetime.combine(here.date(), dt.time(HOUR, MINUTE)).astimezone()
    if tonight <= here:
        date = here.date() + dt.timedelta(days=1)
        tonight = dt.datetime.combine(date, dt.time(HOUR, MINUTE)).astimezone()
    return max(60.0, (tonight - here).total_seconds())
