"""When scores are calculated, and what became of it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Schedule:
    """Times of runs: `cron` in the time zone `zone`.

    A time that was missed is caught up with until it is `catch_up` seconds ago.
    """

    cron: str
    zone: str
    catch_up: int


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run that was planned. Times are Unix time; `runner` is the service whose it is.

    Its heart beats while it runs: `heartbeat_at`. `why` says why it failed.
    """

    planned_at: float
    state: Literal["running", "done", "failed"]
    runner: str
    heartbeat_at: float
    began_at: float
    ended_at: float | None
    why: str
