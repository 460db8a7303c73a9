"""`make bench`: what our routing adds to the time until a call is answered, beside what one could do instead.

The dialplans take turns, a few seconds each, so that whatever else happens on the machine hits all alike. Before that
each takes a few calls without haste, and the bare one as many as are to be measured: none of these may fail.
"""

import argparse
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench import rig as rig_module
from tests.bench.rig import AGI, BARE, ODBC, ROUTED, Line, Rig, say
from tests.bench.sipp import Calls

NAMES = {BARE: "bare", ODBC: "odbc", ROUTED: "routed", AGI: "agi"}
MEANINGS = {BARE: "bare (Answer, Hangup)", ODBC: "func_odbc + GotoIf", ROUTED: "ours", AGI: "ours, classic AGI"}
CHUNK_SECONDS = 5.0
GENTLE_RATE, GENTLE_SECONDS = 5.0, 2.0  # of the yardstick
ADDED_P50_MS, ADDED_P99_MS, SHARE_OF_BARE = 2.0, 6.0, 0.7
_STEP, _HALVINGS, _TRIES = 1.25, 2, 3
_REACHED = 0.95  # of the rate that was asked for


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
        calls = _rounds(rig, sizes)
        top = _highest_rates(rig, sizes) if sizes.top_seconds else {}
        figures = _figures(sizes, calls, top) | {
            "agi_rate": sizes.agi_rate,
            "absent": {NAMES[number]: why for number, why in rig.absent.items()},
            "asterisk": rig.lab.state.version,
            "machine": machine,
        }
        lines = _lines(figures, calls, rig.absent)
    rig_module.report("routing", figures, lines, folder)
    return figures


def _rounds(rig: Rig, sizes: Sizes) -> dict[str, Calls]:
    """All dialplans in turn, again and again."""
    measured = {number: Calls() for number in NAMES if number not in rig.absent}
    rounds = max(1, round(sizes.seconds / CHUNK_SECONDS))
    seconds = sizes.seconds / rounds
    for number in measured:  # the first calls load what later ones find in memory
        rig.call(number, min(GENTLE_RATE, _rate(sizes, number)), min(seconds, GENTLE_SECONDS))
    _yardstick(rig, measured, sizes)
    for turn in range(rounds):
        for number, calls in measured.items():
            calls.add(rig.call(number, _rate(sizes, number), seconds))
        so_far = (
            f"{NAMES[n]} {_percentile(c.answer_ms, 50):.1f} ms" + (f" ({c.failed} failed)" if c.failed else "")
            for n, c in measured.items()
        )
        say(f"round {turn + 1} of {rounds}; median so far: {', '.join(so_far)}")
    return measured


def _yardstick(rig: Rig, numbers: Iterable[str], sizes: Sizes) -> None:
    """Each dialplan answers callers who take turns, and the bare one as many as it is to be compared at."""
    tried = [(number, min(GENTLE_RATE, _rate(sizes, number)), GENTLE_SECONDS) for number in numbers]
    for number, rate, seconds in [*tried, (BARE, sizes.rate, GENTLE_SECONDS)]:
        calls = rig.call(number, rate, seconds)
        failed = f"{calls.failed} of {calls.placed} calls at {rate:g}/s failed with {MEANINGS[number]}"
        why = "lower --rate, or look" if rate > GENTLE_RATE else "mend that, or look"
        rig_module.yardstick(not calls.failed and bool(calls.answer_ms), f"{failed}: {why} what keeps the machine busy")


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


def _figures(sizes: Sizes, calls: dict[str, Calls], top: dict[str, int]) -> dict[str, Any]:
    def at(number: str, percent: int) -> float | None:
        answered = calls[number].answer_ms if number in calls else []
        return round(_percentile(answered, percent), 2) if answered else None

    def added(number: str, percent: int) -> float | None:
        this, bare = at(number, percent), at(BARE, percent)
        return round(this - bare, 2) if this is not None and bare is not None else None

    per_dialplan = {
        f"{name}_p{percent}_ms": at(number, percent) for number, name in NAMES.items() for percent in (50, 90, 99)
    }
    return {
        "rate": sizes.rate,
        "calls": sum(c.placed for c in calls.values()),
        "failed": sum(c.failed for c in calls.values()),
        "customers": sizes.customers,
        **per_dialplan,
        "added_p50_ms": added(ROUTED, 50),
        "added_p99_ms": added(ROUTED, 99),
        "odbc_added_p50_ms": added(ODBC, 50),
        "odbc_added_p99_ms": added(ODBC, 99),
        "bare_max_cps": top.get(BARE),
        "routed_max_cps": top.get(ROUTED),
        **{f"{name}_failed": calls[n].failed if n in calls else None for n, name in NAMES.items()},
    }


def _lines(figures: dict[str, Any], calls: dict[str, Calls], absent: dict[str, str]) -> list[Line]:
    lines = []
    for number, name in NAMES.items():
        if number in absent:
            lines.append(Line(MEANINGS[number], absent[number]))
            continue
        times = _shown(figures[f"{name}_p{percent}_ms"] for percent in (50, 90, 99))
        rate = figures["agi_rate" if number == AGI else "rate"]
        said = f"p50 / p90 / p99 {times} ms; {calls[number].placed} calls at {rate:g}/s, {calls[number].failed} failed"
        aimed = number == ROUTED
        lines.append(Line(
            MEANINGS[number], said, "no failed call" if aimed else "", not calls[number].failed if aimed else None
        ))  # fmt: skip
    for percent, aim in ((50, ADDED_P50_MS), (99, ADDED_P99_MS)):
        added = figures[f"added_p{percent}_ms"]
        met = added is not None and added <= aim
        lines.append(Line(f"ours adds to bare, p{percent}", f"{_shown([added])} ms", f"≤ {aim:g} ms", met))
    if ODBC in calls:
        both = _shown(figures[f"odbc_added_p{percent}_ms"] for percent in (50, 99))
        lines.append(Line("func_odbc adds to bare, p50 / p99", f"{both} ms"))
    if figures["bare_max_cps"]:
        bare, ours = figures["bare_max_cps"], figures["routed_max_cps"]
        lines.append(Line(
            "highest rate without a failed call, bare / ours", f"{bare} / {ours} calls/s, {100 * ours / bare:.0f} %",
            f"≥ {100 * SHARE_OF_BARE:.0f} % of bare", ours >= SHARE_OF_BARE * bare,
        ))  # fmt: skip
    lines.append(Line("conditions", f"{figures['customers']:,} customers in SQLite; {figures['machine']}"))
    return lines


def _shown(times: Iterable[float | None]) -> str:
    return " / ".join("-" if ms is None else f"{ms:.1f}" for ms in times)


def _percentile(values: list[float], percent: int) -> float:
    if len(values) < 2:
        return values[0] if values else float("nan")
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


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
