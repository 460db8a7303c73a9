"""Beside the calls: takes up what is published, stores versions of the files, and shows both in the metrics."""

import asyncio
from collections.abc import Callable

import structlog

from ivr.application.active_policy import ActivePolicy
from ivr.errors import StoreError
from ivr.hanging_work import Looks, OverdueError
from ivr.limits import DATABASE_AGAIN_SECONDS
from ivr.service.metrics import Metrics

SECONDS = 1.0  # how often it is looked whether another policy was published, or the files changed
PATIENCE = 3.0  # seconds that a look may take; the database has a deadline of its own, a dead network drive has none

log = structlog.get_logger()


class PolicyWatch:
    """Keeps `policies` up to date while it runs; after each other version it calls `changed`."""

    def __init__(self, policies: ActivePolicy, metrics: Metrics, changed: Callable[[], None]) -> None:
        self._policies, self._metrics, self._changed = policies, metrics, changed
        self._looks = Looks(policies.refresh)
        self.overdue = 0.0  # seconds for which a look has not come back; 0 while all is well

    async def run(self) -> None:
        """Watch and store, until cancelled."""
        await asyncio.gather(self._watch(), self._store())

    async def _watch(self) -> None:
        """Take up another policy within two seconds; keep the last good one always."""
        while True:
            self._show()
            await asyncio.sleep(SECONDS)
            if await self._look():
                self._show()
                self._changed()

    async def _look(self) -> bool:
        """True when another version is in force. While a look hangs, the last good version stays, and it is said."""
        try:
            changed = await self._looks.look(PATIENCE)
        except OverdueError as error:
            if not self.overdue:
                log.error("policy not looked at: the last good version stays", why=str(error))  # noqa: TRY400
            self.overdue = error.seconds
            return False
        if self.overdue:
            log.info("policy looked at again", after=round(self.overdue, 1))
        self.overdue = 0.0
        return changed

    async def _store(self) -> None:
        """Store the versions of the files that come into force, so that explanations find them however late."""
        complained = ""
        while True:
            await asyncio.sleep(SECONDS)
            try:
                await asyncio.to_thread(self._policies.store_versions)
                complained = ""
            except StoreError as error:
                if str(error) != complained:
                    complained = str(error)
                    log.warning("policy version not stored: it is tried again", why=complained)
                await asyncio.sleep(DATABASE_AGAIN_SECONDS)

    def _show(self) -> None:
        policies = self._policies
        author = policies.publication.author if policies.publication else ""
        problem = bool(policies.problem or self.overdue)
        self._metrics.policy(policies.policy().version, policies.source, author, problem=problem)
        self._metrics.policy_overdue(self.overdue)
