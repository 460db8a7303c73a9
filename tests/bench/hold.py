"""`make bench-hold`: for how long the service's loop is held while the rest of its work is done.

Calls come in steadily. Meanwhile a policy is published twice, some customers are imported (they are
followed one by one), and then so many that all are filled into memory anew.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ivr.errors import LabError
from ivr.lab import ready
from tests.bench import customers, sipp
from tests.bench import rig as rig_module
from tests.bench.rig import Line, Rig, say
from tests.bench.watched_service import HELD

NUMBER, STAY_MS = "1000", (100, 300)
MOST_P9999_MS, MOST_MS = 10.0, 25.0
_FEW, _MANY = 2_000, 20_000  # customers that are imported
_END_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    seconds: float = 300
    rate: float = 50
    customers: int = 1_000_000


@dataclass(slots=True)
class Work:
    """What is done beside the calls: commands, each due at its share of the time."""

    rig: Rig
    seconds: float
    due: list[tuple[float, list[str]]]
    began: float = field(default_factory=time.monotonic)
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def look(self) -> None:
        """Start what is due."""
        while self.due and time.monotonic() - self.began >= self.due[0][0] * self.seconds:
            _, command = self.due.pop(0)
            say(f"ivr {' '.join(command[:2])}")
            env = os.environ | {"IVR_SETTINGS": str(self.rig.lab.state.settings_file)}
            run = [sys.executable, "-P", "-m", "ivr", *command]
            with (self.rig.lab.home / "work.log").open("ab") as log:
                self.running.append(subprocess.Popen(run, env=env, stdout=log, stderr=log))

    def end(self) -> None:
        """Wait for all of it; LabError when something could not be done."""
        for process in self.running:
            if process.wait(_END_SECONDS * 4):
                raise LabError(f"this measures nothing: see {self.rig.lab.home}/work.log")
        rig_module.yardstick(not self.due, "not all of the work was begun")


def run(sizes: Sizes, folder: Path = rig_module.FOLDER) -> dict[str, Any]:
    """Measure, print the table, write hold.json; returns what is in it."""
    machine = rig_module.load()
    with rig_module.rig(sizes.customers, folder, say, others=False) as rig:
        held = rig.lab.home / "held.json"
        _watch(rig, held)
        few, many = min(_FEW, sizes.customers), min(_MANY, sizes.customers)
        publish = ["policy", "publish", "-m"]
        imported = ["import", "customers"]
        work = Work(
            rig,
            sizes.seconds,
            [
                (0.1, [*publish, "once"]),
                (0.25, [*imported, str(_renamed(rig.lab.home / "few.csv", few))]),
                (0.4, [*imported, str(_renamed(rig.lab.home / "many.csv", many))]),
                (0.75, [*publish, "again"]),
            ],
        )
        callers = rig.callers(round(sizes.rate * sizes.seconds))
        given = (rig.lab.state, rig.lab.home / "sipp", NUMBER, callers, sizes.rate)
        calls = sipp.call(*given, stay=STAY_MS, meanwhile=work.look)
        work.end()
        log = (rig.lab.home / "log/service.log").read_text(encoding="utf-8")
        rig.lab.state.process("service").stop()
        figures: dict[str, Any] = json.loads(held.read_text(encoding="utf-8"))
    figures |= {
        "calls": calls.placed,
        "failed": calls.failed,
        "filled_anew": log.count("customers in memory"),
        "customers": sizes.customers,
        "seconds": sizes.seconds,
        "machine": machine,
    }
    rig_module.report("hold", figures, list(_lines(figures)), folder)
    return figures


def _watch(rig: Rig, held: Path) -> None:
    """Have a service that watches itself take the place of the other."""
    rig.lab.state.process("service").stop()
    watched = ("tests.bench.watched_service",)
    here = {HELD: str(held), "PYTHONPATH": str(Path(__file__).parents[2])}
    rig.lab.start_service(here, module=watched)
    ready.wait(rig.lab.state)
    rig_module.until_known(rig.lab)


def _renamed(path: Path, count: int) -> Path:
    """Write a file by which the first customers have other names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("customer_id", "name", "phones"))
        for n in range(count):
            rows.writerow((customers.identifier(n), f"Renamed {n}", customers.number(n)))
    return path


def _lines(figures: dict[str, Any]) -> Iterator[Line]:
    p9999, most = figures["held_p9999_ms"], figures["held_most_ms"]
    good = p9999 <= MOST_P9999_MS
    yield Line("loop held, p99.99", f"{p9999:g} ms", f"≤ {MOST_P9999_MS:g} ms", good)
    yield Line("loop held, most", f"{most:g} ms", f"≤ {MOST_MS:g} ms", most <= MOST_MS)
    yield Line("turns of the loop", f"{figures['turns']:,}")
    yield Line("calls", f"{figures['calls']:,}, {figures['failed']} failed")
    yield Line("customers filled into memory", f"{figures['filled_anew']} times")
    yield Line("conditions", figures["machine"])


def main() -> None:
    """The command line; the Makefile gives it what was set there."""
    parser = argparse.ArgumentParser(prog="make bench-hold", description=run.__doc__)
    usual = Sizes()
    parser.add_argument("--seconds", type=float, default=usual.seconds)
    parser.add_argument("--rate", type=float, default=usual.rate)
    parser.add_argument("--customers", type=int, default=usual.customers)
    sizes = Sizes(**vars(parser.parse_args()))
    with ready.interruptible():
        rig_module.guarded(lambda: run(sizes))


if __name__ == "__main__":
    main()
