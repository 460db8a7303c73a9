"""`make bench`: what our routing adds to the time until a call is answered, beside what one could do instead.

The dialplans take turns in an order that is drawn anew each time, a few seconds each, so that whatever else happens on
the machine hits all alike. Aims are judged by those seconds in which nobody else kept it busy. Before that each takes a
few calls without haste, and the bare one as many as are to be measured: none of these may fail.
"""

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import rig as rig_module
from tests.bench import routing_report, sessions
from tests.bench.judgement import Arm
from tests.bench.rig import AGI, BARE, CONSTANT, ODBC, ROUTED, Rig, say
from tests.bench.routing_report import MEANINGS, MIXED, NAMES
from tests.bench.sipp import Calls

CHUNK_SECONDS = 3.0
GENTLE_RATE, GENTLE_SECONDS = 5.0, 2.0  # of the yardstick
BUSY_FACTOR, MOST_BUSY_ROUNDS = 2, 10  # at twice the rate, processor time is measured once more
_BUSY = (CONSTANT, ODBC, ROUTED)
_STEP, _HALVINGS, _TRIES = 1.25, 2, 3
_REACHED = 0.95  # of the rate that was asked for
_SEED = 7946


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured. `seconds` is for each dialplan; `top_seconds` for each try of a rate, 0 for none."""

    seconds: float = 60
    rate: float = 100
    agi_rate: float = 2
    customers: int = 1_000_000
    top_seconds: float = 5
    top_rate: float = 2000


def run(sizes: Sizes, folder: Path = rig_module.FOLDER) -> dict[str, Any]:
    """Measure, print the table, write routing.json; returns what is in it."""
    machine = rig_module.load()
    with rig_module.rig(sizes.customers, folder, say) as rig:
        for number, why in rig.absent.items():
            say(f"{MEANINGS[number]}: {why}")
        arms = _rounds(rig, sizes)
        busy = _busy(rig, sizes, arms)
        say("the service alone")
        alone = sessions.per_core_second(rig.lab, rig.callers)
        top = _highest_rates(rig, sizes) if sizes.top_seconds else {}
        about = {
            "rate": sizes.rate,
            "customers": sizes.customers,
            "agi_rate": sizes.agi_rate,
            "absent": {NAMES[number]: why for number, why in rig.absent.items()},
            "asterisk": rig.lab.state.version,
            "machine": machine,
        }
        figures, lines = routing_report.report(about, arms, busy, alone, top, rig.absent)
    rig_module.report("routing", figures, lines, folder)
    return figures


def _rounds(rig: Rig, sizes: Sizes) -> dict[str, Arm]:
    """All dialplans again and again, each time in another order."""
    arms = {number: Arm() for number in NAMES if number not in rig.absent}
    rounds = max(1, round(sizes.seconds / CHUNK_SECONDS))
    seconds = sizes.seconds / rounds
    for number in arms:  # the first calls load what later ones find in memory
        _call(rig, number, min(GENTLE_RATE, _rate(sizes, number)), min(seconds, GENTLE_SECONDS))
    _yardstick(rig, arms, sizes)
    dice = np.random.default_rng(_SEED)
    for turn in range(rounds):
        for number in dice.permutation(list(arms)).tolist():
            chunk = _chunk(rig, number, _rate(sizes, number), seconds)
            arms[number].chunks.append(chunk)
        say(f"round {turn + 1} of {rounds}; median so far: {', '.join(_so_far(arms))}")
    return arms


def _so_far(arms: Mapping[str, Arm]) -> Iterable[str]:
    for number, arm in arms.items():
        calls, quiet = arm.calls, len(arm.quiet)
        failed = f", {calls.failed} failed" if calls.failed else ""
        yield f"{NAMES[number]} {np.median(calls.answer_ms):.1f} ms ({quiet} quiet{failed})"


def _busy(rig: Rig, sizes: Sizes, arms: Mapping[str, Arm]) -> dict[str, Arm]:
    """Those that are compared by their processor time, at twice the rate."""
    busy = {number: Arm() for number in _BUSY if number in arms}
    rounds = min(MOST_BUSY_ROUNDS, max(1, round(sizes.seconds / CHUNK_SECONDS)))
    rate = BUSY_FACTOR * sizes.rate
    say(f"at {rate:g} calls/s, {rounds} times")
    dice = np.random.default_rng(_SEED)
    for _ in range(rounds):
        for number in dice.permutation(list(busy)).tolist():
            busy[number].chunks.append(_chunk(rig, number, rate, sizes.seconds / rounds))
    return busy


def _chunk(rig: Rig, number: str, rate: float, seconds: float) -> Any:
    if number == MIXED:
        return rig.chunk(ROUTED, rate, seconds, who=rig.mixed_callers)
    return rig.chunk(number, rate, seconds)


def _call(rig: Rig, number: str, rate: float, seconds: float) -> Calls:
    calls: Calls = _chunk(rig, number, rate, seconds).calls
    return calls


def _yardstick(rig: Rig, numbers: Iterable[str], sizes: Sizes) -> None:
    """Each dialplan answers callers who take turns, and the bare one as many as it is to be compared at."""
    tried = [(number, min(GENTLE_RATE, _rate(sizes, number)), GENTLE_SECONDS) for number in numbers]
    for number, rate, seconds in [*tried, (BARE, sizes.rate, GENTLE_SECONDS)]:
        calls = _call(rig, number, rate, seconds)
        failed = f"{calls.failed} of {calls.placed} calls at {rate:g}/s failed with {MEANINGS[number]}"
        why = "lower --rate, or look" if rate > GENTLE_RATE else "mend that, or look"
        good = not calls.failed and bool(calls.answer_ms)
        rig_module.yardstick(good, f"{failed}: {why} what keeps the machine busy")


def _rate(sizes: Sizes, number: str) -> float:
    return sizes.agi_rate if number == AGI else sizes.rate


def _highest_rates(rig: Rig, sizes: Sizes) -> dict[str, int]:
    """The highest rate without a failed call, bare and ours taking turns: up by a quarter, then closer by halving."""
    searches = {number: Search(sizes.rate, sizes.top_rate) for number in (BARE, ROUTED)}
    while any(not search.over for search in searches.values()):
        for number, search in searches.items():
            if not search.over:
                rate = search.rate
                bears = _bears(partial(rig.call, number, rate, sizes.top_seconds), rate)
                say(f"{NAMES[number]} at {rate:.0f} calls/s: {'without' if bears else 'not without'} a failed call")
                search.tell(bears)
    return {number: round(search.best) for number, search in searches.items()}


def _bears(attempt: Callable[[], Calls], rate: float) -> bool:
    """Whether one of three tries reaches the rate without a failed call: others may disturb one or two."""
    for _ in range(_TRIES):
        calls = attempt()
        if not calls.failed and calls.placed / calls.seconds >= _REACHED * rate:
            return True
    return False


class Search:
    """Steps up until a rate is not borne, then looks between that and the last one that was."""

    def __init__(self, start: float, limit: float) -> None:
        self.rate, self.best, self._limit = start, 0.0, limit
        self._worst: float | None = None
        self._halvings = _HALVINGS

    @property
    def over(self) -> bool:
        """Whether there is nothing more to try."""
        return self.rate > self._limit or (self._worst is not None and self._halvings < 0)

    def tell(self, bears: bool) -> None:
        """What came of trying `rate`."""
        if bears:
            self.best = self.rate
        else:
            self._worst = self.rate
        if self._worst is None:
            self.rate *= _STEP
        else:
            self._halvings -= 1
            self.rate = (self.best + self._worst) / 2


def main() -> None:
    """The command line; the Makefile gives it what was set there."""
    parser = argparse.ArgumentParser(prog="make bench", description=run.__doc__)
    default = Sizes()
    parser.add_argument("--seconds", type=float, default=default.seconds, help="for each dialplan")
    parser.add_argument("--rate", type=float, default=default.rate, help="calls/s")
    parser.add_argument("--agi-rate", type=float, default=default.agi_rate, help="calls/s for classic AGI")
    parser.add_argument("--customers", type=int, default=default.customers)
    parser.add_argument("--top-seconds", type=float, default=default.top_seconds, help="for each rate tried; 0: none")
    given = parser.parse_args()
    rig_module.guarded(lambda: run(Sizes(**vars(given))))


if __name__ == "__main__":
    main()
