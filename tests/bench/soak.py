"""`make soak`: a steady stream of callers, who wait, hear music, are rung through to agents or give up.

Every call that SIPp had answered must be in our history, once and ended; the service must not grow. Before that a few
callers, who take turns and stay, must all be decided live and meet somebody or something: else nothing is measured.
"""

import argparse
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ivr import settings
from ivr.qa.process_faults import RECORDER, WATCH, processes
from ivr.store.engine import reader
from ivr.store.tables import calls as calls_table
from tests.bench import rig as rig_module
from tests.bench import sipp
from tests.bench.rig import Line, Rig, say

NUMBER = "1000"
STAY_MS = (500, 4000)  # some hang up during the greeting, some in the queue, some talk to an agent
_GENTLE = 10, 2.0  # callers of the yardstick, and how many a second
_GENTLE_MS = (4000, 5000)  # they stay: longer than any greeting
_UNSERVED = {"lost", "unserved", "routing", "asking", "waiting", "talking"}
_WARM_UP = 0.2  # of the time, before growth counts
_SETTLE_SECONDS = 30
_PAGE = os.sysconf("SC_PAGE_SIZE")
_REPORT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    seconds: float = 600
    rate: float = 20
    customers: int = 1_000_000


@dataclass(slots=True)
class Service:
    """Its processes, looked at now and then: seconds since the start, resident KiB, open descriptors."""

    pids: list[int]
    began: float = field(default_factory=time.monotonic)
    samples: list[tuple[float, float, float]] = field(default_factory=list)

    def look(self) -> None:
        """Take a sample."""
        homes = [Path(f"/proc/{pid}") for pid in self.pids]
        pages = sum(int((home / "statm").read_text().split()[1]) for home in homes)
        descriptors = sum(len(list((home / "fd").iterdir())) for home in homes)
        self.samples.append((time.monotonic() - self.began, pages * _PAGE / 1024, descriptors))

    def slope(self, column: int) -> float:
        """Growth per minute after the warm-up: least squares over the samples."""
        after = _WARM_UP * self.samples[-1][0]
        points = [(sample[0] / 60, sample[column]) for sample in self.samples if sample[0] >= after]
        mean_x = sum(x for x, _ in points) / len(points)
        mean_y = sum(y for _, y in points) / len(points)
        spread = sum((x - mean_x) ** 2 for x, _ in points)
        return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def run(sizes: Sizes, folder: Path = rig_module.FOLDER) -> dict[str, Any]:
    """Measure, print the table, write soak.json; returns what is in it."""
    machine = rig_module.load()
    with rig_module.rig(sizes.customers, folder, say, others=False) as rig:
        pid = rig.lab.state.process("service").pid
        before = _yardstick(rig)
        service = Service([pid, *processes(pid, RECORDER), *processes(pid, WATCH)])
        told = 0.0

        def look() -> None:
            nonlocal told
            service.look()
            at, kib, descriptors = service.samples[-1]
            if at - told >= _REPORT_SECONDS:
                told = at
                say(f"{at:.0f} of {sizes.seconds:.0f} s; service {kib / 1024:.0f} MiB, {descriptors:.0f} descriptors")

        callers = rig.callers(round(sizes.rate * sizes.seconds))
        state, work = rig.lab.state, rig.lab.home / "sipp"
        calls = sipp.call(state, work, NUMBER, callers, sizes.rate, stay=STAY_MS, meanwhile=look)
        history = _history(rig, set(calls.sip_call_ids), before)
        service.look()
    first, last = service.samples[0], service.samples[-1]
    figures = {
        "seconds": sizes.seconds,
        "rate": sizes.rate,
        "calls": calls.placed,
        "failed": calls.failed,
        **history,
        "rss_start_mib": round(first[1] / 1024, 1),
        "rss_end_mib": round(last[1] / 1024, 1),
        "rss_kib_per_minute": round(service.slope(1), 1),
        "fds_start": int(first[2]),
        "fds_end": int(last[2]),
        "fds_per_minute": round(service.slope(2), 3),
        "customers": sizes.customers,
        "asterisk": rig.lab.state.version,
        "machine": machine,
    }
    rig_module.report("soak", figures, _lines(figures), folder)
    return figures


def _yardstick(rig: Rig) -> set[str]:
    """A few calls without haste; returns their SIP Call-IDs."""
    count, rate = _GENTLE
    calls = sipp.call(rig.lab.state, rig.lab.home / "sipp", NUMBER, rig.callers(count), rate, stay=_GENTLE_MS)
    names = set(calls.sip_call_ids)
    found = _history(rig, names, set())
    unserved = sum(number for outcome, number in found["outcomes"].items() if outcome in _UNSERVED)
    counts = ((calls.failed, "failed"), (found["lost"], "in no history"), (found["doubled"], "twice in the history"),
              (found["not_live"], "without a live decision"), (unserved, "met nobody and nothing"))  # fmt: skip
    told = ", ".join(f"{number} {what}" for number, what in counts if number)
    rig_module.yardstick(bool(names) and not told, f"of {count} callers who took turns {told}: mend that first")
    return names


def _history(rig: Rig, answered: set[str], besides: set[str]) -> dict[str, Any]:
    """What our records say of the calls that were answered, as soon as all of them have ended.

    The calls `besides` are left out.
    """
    engine = reader(settings.load(rig.lab.state.settings_file).database_url)
    query = select(calls_table.c.sip_call_id, calls_table.c.ended_at, calls_table.c.rung, calls_table.c.outcome)
    deadline = time.monotonic() + _SETTLE_SECONDS
    try:
        while True:
            with engine.connect() as connection:
                rows = [row for row in connection.execute(query).all() if row.sip_call_id not in besides]
            ended = Counter(row.sip_call_id for row in rows if row.ended_at is not None)
            lost = answered - ended.keys()
            if not lost or time.monotonic() > deadline:
                break
            time.sleep(0.5)
    finally:
        engine.dispose()
    return {
        "lost": len(lost),
        "doubled": sum(count > 1 for count in ended.values()),
        "not_live": sum(row.rung != "live" for row in rows),
        "outcomes": dict(Counter(row.outcome for row in rows).most_common()),
    }


def _lines(figures: dict[str, Any]) -> list[Line]:
    # Our word for a call that ended before it reached a queue is "lost": in this table it would mislead.
    told = {"lost": "hung up before a queue"}
    outcomes = ", ".join(f"{count} {told.get(outcome, outcome)}" for outcome, count in figures["outcomes"].items())
    return [
        Line(
            "calls",
            f"{figures['calls']} at {figures['rate']:g}/s, {figures['failed']} failed; in our history {outcomes}",
        ),
        Line("lost between SIPp and our history", str(figures["lost"]), "0", figures["lost"] == 0),
        Line("twice in our history", str(figures["doubled"]), "0", figures["doubled"] == 0),
        Line("routed without a live decision", str(figures["not_live"]), "0", figures["not_live"] == 0),
        Line(
            "memory of the service, its watch and its recorder, start / end / growth after the warm-up",
            f"{figures['rss_start_mib']:.1f} / {figures['rss_end_mib']:.1f} MiB / "
            f"{figures['rss_kib_per_minute']:+.1f} KiB a minute",
        ),
        Line(
            "their descriptors, start / end / growth",
            f"{figures['fds_start']} / {figures['fds_end']} / {figures['fds_per_minute']:+.2f} a minute",
        ),
        Line("conditions", f"{figures['customers']:,} customers in SQLite; {figures['machine']}"),
    ]


def main() -> None:
    """The command line; the Makefile gives it what was set there."""
    parser = argparse.ArgumentParser(prog="make soak", description=run.__doc__)
    default = Sizes()
    parser.add_argument("--seconds", type=float, default=default.seconds)
    parser.add_argument("--rate", type=float, default=default.rate, help="calls/s")
    parser.add_argument("--customers", type=int, default=default.customers)
    given = parser.parse_args()
    rig_module.guarded(lambda: run(Sizes(**vars(given))))


if __name__ == "__main__":
    main()
