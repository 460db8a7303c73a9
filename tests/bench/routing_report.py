"""What `make bench` found, in figures and in lines beside the aims."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.bench.judgement import QUIET_CORES, Arm, Chunk, Judged, judged, mean, percentile
from tests.bench.rig import AGI, BARE, CONSTANT, ODBC, ROUTED, Line

MIXED = "mixed"
"""Our dialplan, called by callers of whom some are not known, or withhold their number."""
NAMES = {
    BARE: "bare",
    CONSTANT: "constant",
    ODBC: "odbc",
    ROUTED: "routed",
    MIXED: "mixed",
    AGI: "agi",
}
MEANINGS = {
    BARE: "bare (Answer, Hangup)",
    CONSTANT: "one FastAGI session with a constant",
    ODBC: "func_odbc + GotoIf",
    ROUTED: "ours",
    MIXED: "ours, 60 % known, 30 % unknown, 10 % withheld",
    AGI: "ours, classic AGI",
}
ADDED_P50_MS, ADDED_P99_MS, AGI_P50_MS = 2.2, 6.0, 250.0
OURS_MS, ASTERISK_ADDED_MS = 2.8, 1.5  # of processor time a call
TO_CONSTANT, TO_ODBC = 0.6, 0.75  # of their capacity
SESSIONS = 1400.0
PROCESSORS_MS = 2000.0  # that two processors have in a second
_PERCENTS = (50, 90, 99)
Arms = Mapping[str, Arm]


def report(
    about: Mapping[str, Any],
    arms: Arms,
    busy: Arms,
    alone: float,
    top: Mapping[str, int],
    absent: Mapping[str, str],
) -> tuple[dict[str, Any], list[Line]]:
    """Return the figures, as they are kept, and the lines of the table.

    `busy` are those at twice the rate, `alone` how many sessions of the calls' process a
    processor bears in a second, `top` the highest rates.
    """
    found = [*_added(arms), *_processor(arms, busy)]
    figures = {
        **about,
        "calls": sum(arm.calls.placed for arm in arms.values()),
        "failed": sum(arm.calls.failed for arm in arms.values()),
        **_times(arms),
        **{each.key: each.figure.rounded() for each in found},
        "sessions_per_core_s": round(alone),
        "quiet_calls": sum(each.calls.placed for each in arms[ROUTED].quiet),
        "bare_max_cps": top.get(BARE),
        "routed_max_cps": top.get(ROUTED),
    }
    for number, name in NAMES.items():
        figures[f"{name}_failed"] = arms[number].calls.failed if number in arms else None
    lines = [*_of_arms(figures, arms, absent), *(each.line() for each in found)]
    return figures, [*lines, *_others(figures, arms)]


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that is judged. `least` says that the aim is the least that it may be."""

    key: str
    what: str
    unit: str
    figure: Judged
    aim: float | None = None
    least: bool = False

    def line(self) -> Line:
        """Return it as a line of the table."""
        shown = f"{self.figure} {self.unit}" if self.figure.is_ is not None else str(self.figure)
        if self.aim is None:
            return Line(self.what, shown)
        aim = f"{'≥' if self.least else '≤'} {self.aim:g}"
        return Line(self.what, shown, aim, self.figure.meets(self.aim, least=self.least))


def _added(arms: Arms) -> Iterator[Finding]:
    """Tell what the dialplans add to the time of a bare call."""

    def less(number: str, other: str, percent: float) -> Judged:
        difference = partial(_difference, percent=percent)
        return judged([arms[number], arms[other]], difference)

    for percent, aim in ((50, ADDED_P50_MS), (99, ADDED_P99_MS)):
        figure = less(ROUTED, BARE, percent)
        what = f"ours adds to bare, p{percent}"
        yield Finding(f"added_p{percent}_ms", what, "ms", figure, aim)
    if ODBC not in arms:
        return
    for percent in (50, 99):
        figure = less(ODBC, BARE, percent)
        what = f"func_odbc adds to bare, p{percent}"
        yield Finding(f"odbc_added_p{percent}_ms", what, "ms", figure)
    for percent in (90, 99):
        figure = less(ROUTED, ODBC, percent)
        what = f"ours less func_odbc, p{percent}"
        yield Finding(f"odbc_ahead_p{percent}_ms", what, "ms", figure, 0.0)


def _processor(arms: Arms, busy: Arms) -> Iterator[Finding]:
    """Tell what a call costs, and so how many two processors bear."""
    ours = judged([arms[ROUTED]], lambda one: mean(one, Chunk.of_ours))
    unit = "ms of processor a call"
    yield Finding("ours_cpu_ms", "our processes", unit, ours, OURS_MS)
    both = [arms[ROUTED], arms[BARE]]
    added = judged(both, lambda one, bare: _of_asterisk(one) - _of_asterisk(bare))
    what = "Asterisk, added to bare"
    yield Finding("asterisk_added_cpu_ms", what, unit, added, ASTERISK_ADDED_MS)
    figure = judged([busy[ROUTED]], lambda one: PROCESSORS_MS / mean(one, Chunk.of_both))
    yield Finding("capacity_cps", "capacity of two processors", "calls/s", figure)
    for other, name, aim in ((CONSTANT, "constant", TO_CONSTANT), (ODBC, "odbc", TO_ODBC)):
        if other in busy:
            share = judged([busy[other], busy[ROUTED]], _share)
            what = f"capacity beside that of {MEANINGS[other]}"
            yield Finding(f"capacity_to_{name}", what, "of it", share, aim, least=True)


def _difference(one: list[Chunk], other: list[Chunk], percent: float) -> float:
    return percentile(one, percent) - percentile(other, percent)


def _of_asterisk(chunks: list[Chunk]) -> float:
    return mean(chunks, Chunk.of_asterisk)


def _share(other: list[Chunk], one: list[Chunk]) -> float:
    return mean(other, Chunk.of_both) / mean(one, Chunk.of_both)


def _times(arms: Arms) -> dict[str, float | None]:
    """Return the percentiles of each dialplan: of quiet chunks, where there are enough."""
    made: dict[str, float | None] = {}
    for number, name in NAMES.items():
        chunks = arms[number].counting if number in arms else []
        has = any(each.calls.answer_ms for each in chunks)
        for percent in _PERCENTS:
            took = round(percentile(chunks, percent), 2) if has else None
            made[f"{name}_p{percent}_ms"] = took
    return made


def _of_arms(
    figures: Mapping[str, Any],
    arms: Arms,
    absent: Mapping[str, str],
) -> Iterator[Line]:
    for number, name in NAMES.items():
        if number in absent:
            yield Line(MEANINGS[number], absent[number])
            continue
        arm, shown = arms[number], [figures[f"{name}_p{percent}_ms"] for percent in _PERCENTS]
        times = " / ".join("-" if ms is None else f"{ms:.1f}" for ms in shown)
        rate = figures["agi_rate" if number == AGI else "rate"]
        count = f"{arm.calls.placed} calls at {rate:g}/s, {arm.calls.failed} failed"
        took = [mean(arm.counting, each) for each in (Chunk.of_asterisk, Chunk.of_ours)]
        processor = f"Asterisk + ours {took[0]:.1f} + {took[1]:.1f} ms of processor"
        said = f"p50 / p90 / p99 {times} ms; {processor}; {count}"
        aimed = number == ROUTED
        met = not arm.calls.failed if aimed else None
        yield Line(MEANINGS[number], said, "no failed call" if aimed else "", met)


def _others(figures: Mapping[str, Any], arms: Arms) -> Iterator[Line]:
    alone, p50 = figures["sessions_per_core_s"], figures["agi_p50_ms"]
    what = "the service alone: sessions in a second of a processor"
    yield Line(what, f"{alone:,}", f"≥ {SESSIONS:,.0f}", alone >= SESSIONS)
    if p50 is not None:
        aim = f"≤ {AGI_P50_MS:g} ms"
        yield Line("ours, classic AGI, p50", f"{p50:.0f} ms", aim, p50 <= AGI_P50_MS)
    if figures["bare_max_cps"]:
        bare, ours = figures["bare_max_cps"], figures["routed_max_cps"]
        shown = f"{bare} / {ours} calls/s, {100 * ours / bare:.0f} %"
        yield Line("highest rate without a failed call, bare / ours", shown)
    chunks = [each for arm in arms.values() for each in arm.chunks]
    quiet = sum(each.is_quiet for each in chunks)
    most = max(each.used.other_cores for each in chunks)
    said = f"in {quiet} of {len(chunks)} chunks others used less than {QUIET_CORES} processors"
    machine = f"{figures['customers']:,} customers in SQLite; {figures['machine']}"
    yield Line("conditions", f"{machine}; {said} ({most:.2f} at most)")
