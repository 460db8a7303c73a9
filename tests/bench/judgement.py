"""Judges figures by the chunks in which nobody else kept the machine busy, with an interval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.bench.processor import Used
from tests.bench.sipp import Calls

QUIET_CORES = 0.25
"""What others may use of the processors, in a chunk that counts."""
LEAST_CHUNKS = 3
"""Quiet ones of each dialplan: with fewer, nothing is judged."""
_SAMPLES, _SEED = 1000, 7946
_INTERVAL = (2.5, 97.5)  # of the samples


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some seconds of calls to one dialplan, and the processor time that they took."""

    calls: Calls
    used: Used

    @property
    def is_quiet(self) -> bool:
        """Whether the others used little."""
        return self.used.other_cores < QUIET_CORES

    def of_asterisk(self) -> float:
        """Return Asterisk's milliseconds a call."""
        return 1000 * self.used.asterisk / max(1, self.calls.placed)

    def of_ours(self) -> float:
        """Return our processes' milliseconds a call."""
        return 1000 * self.used.ours / max(1, self.calls.placed)

    def of_both(self) -> float:
        """Return the milliseconds of both a call."""
        return self.of_asterisk() + self.of_ours()


@dataclass(slots=True)
class Arm:
    """All chunks of one dialplan, at one rate."""

    chunks: list[Chunk] = field(default_factory=list)

    @property
    def quiet(self) -> list[Chunk]:
        """Those in which the others used little."""
        return [each for each in self.chunks if each.is_quiet]

    @property
    def calls(self) -> Calls:
        """All of them together."""
        return _together(self.chunks)

    @property
    def counting(self) -> list[Chunk]:
        """Those that are shown: the quiet ones where there are enough, else all."""
        return self.quiet if len(self.quiet) >= LEAST_CHUNKS else self.chunks


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure and its interval, of 95 % of the samples. All None: not judged."""

    is_: float | None = None
    low: float | None = None
    high: float | None = None

    def meets(self, aim: float, *, least: bool = False) -> bool | None:
        """Whether the whole interval is within the aim; None where the aim is within it."""
        if self.low is None or self.high is None:
            return None
        met, missed = self.high <= aim, self.low > aim
        if least:
            met, missed = self.low >= aim, self.high < aim
        return True if met else False if missed else None

    def rounded(self) -> float | None:
        """Return the figure to a hundredth."""
        return None if self.is_ is None else round(self.is_, 2)

    def __str__(self) -> str:
        """Show it for people."""
        if self.is_ is None:
            return "not judged"
        return f"{self.is_:.2f} ({self.low:.2f} to {self.high:.2f})"


def judged(arms: Sequence[Arm], figure: Callable[..., float]) -> Judged:
    """Work a figure out of the quiet chunks of these, which it is given as lists.

    The interval is the bootstrap's: chunks are drawn again and again, with replacement (Efron and
    Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
    """
    quiet = [each.quiet for each in arms]
    if any(len(each) < LEAST_CHUNKS for each in quiet):
        return Judged()
    dice = np.random.default_rng(_SEED)
    found = []
    for _ in range(_SAMPLES):
        drawn = [[each[n] for n in dice.integers(len(each), size=len(each))] for each in quiet]
        found.append(figure(*drawn))
    low, high = np.percentile(found, _INTERVAL)
    return Judged(figure(*quiet), float(low), float(high))


def percentile(chunks: Sequence[Chunk], percent: float) -> float:
    """Return the time in milliseconds that so many percent of the calls took at most."""
    times = [ms for each in chunks for ms in each.calls.answer_ms]
    return float(np.percentile(times, percent)) if times else float("nan")


def mean(chunks: Sequence[Chunk], of: Callable[[Chunk], float]) -> float:
    """Return the mean of a chunk's figure."""
    return float(np.mean([of(each) for each in chunks]))


def _together(chunks: Sequence[Chunk]) -> Calls:
    made = Calls()
    for each in chunks:
        made.add(each.calls)
    return made
