"""Runs the scores when scoring.yaml's schedule says so: in a process of its own, on one service.

Calls do not wait for it: whatever asks the database or the file does so in a thread, and nothing
that goes wrong here ends the service.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import uuid
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import Engine

from ivr.domain.scoring.schedule import Schedule
from ivr.errors import FileError, StoreError
from ivr.policy.scoring import schedule as times
from ivr.service.metrics import Metrics
from ivr.settings import Settings
from ivr.store import score_schedule as store
from ivr.store import score_versions
from ivr.store.score_schedule import DatabaseScoreSchedule

log = structlog.get_logger()
LOOK_SECONDS = 20.0
BEAT_SECONDS = 10.0
LONGEST_SECONDS = 6 * 3600.0  # a run that takes longer hangs
END_SECONDS = 3.0  # that a run has to put its things away when the service ends
COMMAND = (sys.executable, "-P", "-m", "ivr", "score", "run")
_LINES = 3  # of what a run said last


@dataclass(frozen=True, slots=True)
class Look:
    """What one look came to: the planned run that is now ours, and how things stand."""

    ours: float | None = None
    next_at: float | None = None
    failed: bool = False
    success_at: float | None = None
    still: bool = False


class ScoreSchedule:
    """Begins runs when they are due. `command` is what calculates scores.

    `failed` is whether the last planned run did, as far as the last look told.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        metrics: Metrics,
        clock: Callable[[], float],
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._settings, self._engine, self._metrics = settings, engine, metrics
        self._clock, self._command = clock, command
        runner = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"
        self._planned = DatabaseScoreSchedule(engine, runner)
        self._complained = ""
        self.failed = False

    async def run(self) -> None:
        """Look again and again. Only being cancelled ends it."""
        while True:
            try:
                await self.once()
            except (FileError, StoreError) as error:
                self._complain("scores are not scheduled", str(error))
            except Exception as error:  # noqa: BLE001 - calls go on, whatever it is
                self._complain("scores are not scheduled", repr(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def once(self) -> bool:
        """Look, and run what is due; whether something was run."""
        found = await asyncio.to_thread(self._look)
        self._tell(found)
        if found.ours is None:
            return False
        await self._run(found.ours)
        self._tell(await asyncio.to_thread(self._state))
        return True

    def _look(self) -> Look:
        schedule = self._schedule()
        state = self._state(schedule)
        if schedule is None or state.still:
            return state
        now = self._clock()
        newest, since = store.newest(self._engine), now - schedule.catch_up
        ours = self._planned.take_over(now, since)
        if ours is None:
            done = max(newest.planned_at if newest else 0.0, state.success_at or 0.0)
            at = times.due(schedule, now, done)
            ours = at if at is not None and self._planned.claim(at, now) else None
        return Look(ours, state.next_at, state.failed, state.success_at)

    def _schedule(self) -> Schedule | None:
        """Return that of the scoring in force: the published one, else the file's."""
        text = score_versions.published_text(self._engine)
        if text is None:
            return times.of_folder(self._settings.policy_dir)
        return times.read(times.PUBLISHED, text)

    def _state(self, schedule: Schedule | None = None) -> Look:
        schedule = schedule or self._schedule()
        newest, success_at = store.newest(self._engine), store.last_success(self._engine)
        failed = newest is not None and newest.state == "failed"
        if newest is not None and failed and success_at is not None:
            failed = success_at <= newest.planned_at  # somebody has run it by hand since
        still = store.stands_still(self._engine)
        following = times.after(schedule, self._clock(), 1) if schedule and not still else []
        return Look(None, next(iter(following), None), failed, success_at, still)

    def _tell(self, found: Look) -> None:
        self.failed = found.failed
        self._metrics.scores.tell(
            found.success_at,
            found.next_at,
            failed=found.failed,
            still=found.still,
        )
        if found.still:
            mend = "run the scores by hand, and it goes on: ivr score run"
            self._complain("the schedule of scores stands still after a rollback", mend)
        elif not found.failed:
            self._complained = ""

    def _complain(self, what: str, why: str) -> None:
        """Log it, each cause once."""
        if (what + why) != self._complained:
            log.warning(what, why=why)
        self._complained = what + why

    async def _run(self, planned_at: float) -> None:
        began = int(self._clock())
        log.info("score run begins", planned_at=planned_at)
        try:
            why = await self._done(planned_at)
        except OSError as error:
            why = f"it cannot be started ({error.strerror or error})"
        if not why:
            success_at = await asyncio.to_thread(store.last_success, self._engine)
            why = "" if success_at is not None and success_at >= began else "no run was done"
        if why:
            mend = "ivr score show and ivr doctor say more; the scores that there are stay"
            log.error("score run failed", why=why, mend=mend)
        else:
            log.info("score run done")
        await asyncio.to_thread(self._planned.end, planned_at, self._clock(), why)

    async def _done(self, planned_at: float) -> str:
        """Run it to its end; returns why it failed, or nothing."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            start_new_session=True,  # Ctrl-C is for the service, which then ends it
        )
        said = asyncio.create_task(process.communicate())
        try:
            return await self._until_end(process, said, planned_at)
        except asyncio.CancelledError:
            with contextlib.suppress(StoreError):
                await asyncio.to_thread(self._planned.release, planned_at)
            raise
        finally:
            await _end(process, said)

    async def _until_end(
        self,
        process: Process,
        said: asyncio.Task[tuple[bytes, bytes]],
        planned_at: float,
    ) -> str:
        until = asyncio.get_running_loop().time() + LONGEST_SECONDS
        while not (await asyncio.wait({said}, timeout=BEAT_SECONDS))[0]:
            try:
                if not await asyncio.to_thread(self._planned.beat, planned_at, self._clock()):
                    return "another service took it over"
            except StoreError as error:
                self._complain("a score run's heartbeat is not written", str(error))
            if asyncio.get_running_loop().time() > until:
                return f"it took longer than {LONGEST_SECONDS / 3600:g} hours"
        if process.returncode in (0, 1):  # 1: something was left out
            return ""
        lines = said.result()[0].decode(errors="replace").strip().splitlines()
        return " ".join(lines[-_LINES:]) or f"it ended with {process.returncode}"


async def _end(process: Process, said: asyncio.Task[tuple[bytes, bytes]]) -> None:
    """Have the process end, if it has not: it puts its files away, or is killed."""
    for number in (signal.SIGINT, signal.SIGKILL):
        if said.done():
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        await asyncio.wait({said}, timeout=END_SECONDS)
    said.cancel()
