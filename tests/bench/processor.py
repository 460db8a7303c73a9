"""Processor time: what calls cost whom, and whether others took part in it."""

import os
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_UTIME, _CHILDREN = 11, 13  # of what follows the name in /proc/PID/stat: user, then system
_IDLE = {3, 4}  # of the columns of /proc/stat: idle, iowait


@dataclass(frozen=True, slots=True)
class Used:
    """Processor time in seconds. `others` is that of everything that has no part in the calls.

    `seconds` is how long it took, by the clock.
    """

    asterisk: float
    ours: float
    others: float
    seconds: float

    @property
    def other_cores(self) -> float:
        """How many processors the others used, on average."""
        return self.others / self.seconds if self.seconds else 0.0


class Meter:
    """Measures from when it is made.

    `ours` are the processes whose time counts as ours, with those that they started; programs that
    Asterisk starts for a call are ours, too. `idle` are no part of the calls, and no others either.
    """

    def __init__(self, asterisk: int, ours: Iterable[int], idle: Iterable[int] = ()) -> None:
        self._asterisk, self._ours, self._idle = asterisk, tuple(ours), tuple(idle)
        self._others: float | None = None
        self._seconds = 0.0
        self._began, self._at = time.monotonic(), self._read()

    def others_end(self) -> None:
        """Count no others from here on: the callers are gone, and we look after what they left."""
        self._seconds = time.monotonic() - self._began
        asterisk, ours, busy, known = self._differences()
        self._others = max(0.0, busy - asterisk - ours - known)

    def used(self) -> Used:
        """Say what was used until now."""
        if self._others is None:
            self.others_end()
        asterisk, ours, *_ = self._differences()
        return Used(asterisk, ours, self._others or 0.0, self._seconds)

    def _differences(self) -> list[float]:
        return [now - then for now, then in zip(self._read(), self._at, strict=True)]

    def _read(self) -> tuple[float, float, float, float]:
        ours, idle = (
            sum(of_process(pid) for pid in {pid for each in those for pid in family(each)})
            for those in (self._ours, self._idle)
        )
        programs = of_process(self._asterisk, ended=True)
        callers = resource.getrusage(resource.RUSAGE_CHILDREN)
        known = idle + callers.ru_utime + callers.ru_stime
        return of_process(self._asterisk), ours + programs, _busy(), known


def of_process(pid: int, *, ended: bool = False) -> float:
    """Return the processor time of a process with all its threads; 0 when it has ended.

    `ended`: of those that it started, and that have ended.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    fields = text.rpartition(")")[2].split()
    first = _CHILDREN if ended else _UTIME
    return sum(int(each) for each in fields[first : first + 2]) / _TICK


def family(pid: int) -> Iterator[int]:
    """Give a process, and those that it started, and so on."""
    yield pid
    for each in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = each.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def _busy() -> float:
    """Return the time that all processors have worked."""
    line = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
    ticks = [int(each) for each in line.split()[1:9]]  # guests' time is among users'
    return sum(each for n, each in enumerate(ticks) if n not in _IDLE) / _TICK
