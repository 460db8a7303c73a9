"""`make bench-score`: how long from a million customers' data to scores in force, on SQLite.

The first night scores everybody; the next one, with events of 3 % of them and all a day older,
must come to what a run into a database without scores comes to. Each run is a process of its own.
Beside it customers are looked up, and the run is stopped every other moment: these lookups are what
those beside it are compared with. The time that a run stood still is none of its.
"""

import asyncio
import contextlib
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ivr.domain.customers import Unavailable
from ivr.errors import LabError
from ivr.service.known_customers import known_customers
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store.score_layout import PLACES
from tests.bench import customers, rig, score_data
from tests.bench.rig import Line
from tests.bench.score_data import AT, DAY, Data

BUILD = Path("build/bench")
AIMS = {"full": 30.0, "night": 15.0}  # seconds in all, for a million customers
MOST_MB, MOST_RATIO = 1024, 1.3
BESIDE, STOPPED = 0.6, 0.4  # seconds, in turn
LOOKUPS = 200  # a second
LATE = 0.5  # seconds: the longest deadline that a lookup may be given
PERCENTILE = 0.99


@dataclass(slots=True)
class Lookups:
    """How long lookups took, in seconds: beside the run, and while it stood still."""

    beside: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    late: int = 0

    @property
    def ratio(self) -> float:
        """Say how much longer the slow ones take beside a run. Infinite without measurements."""
        if not self.beside or not self.alone:
            return float("inf")
        return _slow(self.beside) / _slow(self.alone)


def _slow(times: list[float]) -> float:
    return sorted(times)[int(PERCENTILE * len(times))]


@dataclass(slots=True)
class Alternating:
    """Stops a process every other moment; `pauses` are from when to when it stood still."""

    process: "subprocess.Popen[str]"
    pauses: list[tuple[float, float]] = field(default_factory=list)
    running: bool = True

    def turn(self, until: Callable[[], bool]) -> None:
        """Go on until the run has ended."""
        while not until():
            time.sleep(BESIDE)
            if until():
                return
            began = time.monotonic()
            self.process.send_signal(signal.SIGSTOP)
            self.running = False
            time.sleep(STOPPED)
            self.running = True
            self.process.send_signal(signal.SIGCONT)
            self.pauses.append((began, time.monotonic()))

    def stood(self, begin: float, end: float) -> float:
        """Say how long of this time the process stood still."""
        return sum(max(0.0, min(end, b) - max(begin, a)) for a, b in self.pauses)


def run(count: int, folder: Path = BUILD) -> list[dict[str, Any]]:
    """Measure a first full run and the next night's; what is made once stays in `folder`."""
    shipped = share("dialplans")
    base = customers.database(count, folder.resolve(), shipped, rig.say)
    data = score_data.made(count, folder, rig.say)
    with TemporaryDirectory(prefix="score-", dir=folder) as home:
        here = Path(home).resolve()
        policy = here / "policy"
        shutil.copytree(shipped, policy)
        night, whole = here / "night.db", here / "whole.db"
        shutil.copy(base, night)
        shutil.copy(base, whole)
        _one(night, policy, data.first, AT, "calibrating", calibrate=True)
        figures = [
            _measured("full", count, data, night, policy),
            _measured("night", count, data, night, policy),
        ]
        _one(whole, policy, data.next, AT + DAY, "a full run to compare the night with")
        _same(night, whole, count)
    rig.report("score", figures, list(_lines(figures)), folder)
    return figures


def _measured(kind: str, count: int, data: Data, database: Path, policy: Path) -> dict[str, Any]:
    at, sources = (AT, data.first) if kind == "full" else (AT + DAY, data.next)
    lookups, load = Lookups(), rig.load()
    told, began = _one(database, policy, sources, at, kind, lookups=lookups, count=count)
    least = count if kind == "full" else int(score_data.SERVED * count)
    rig.yardstick(
        told["customers"] == count and least <= told["changed"],
        f"the {kind} run wrote {told['changed']:,} of {told['customers']:,} customers",
    )
    stood: Callable[[float, float], float] = told["stood"]
    writing, ended = told["writing"], told["over"]
    compute = writing - began - stood(began, writing)
    write = ended - writing - stood(writing, ended)
    return {
        "customers": count,
        "contacts": data.contacts,
        "kind": kind,
        "compute_s": round(compute, 2),
        "write_s": round(write, 2),
        "total_s": round(compute + write, 2),
        "peak_mb": round(told["peak_mb"]),
        "lookup_p99_ratio": round(lookups.ratio, 2),
        "lookups": len(lookups.beside),
        "late": lookups.late,
        "changed": told["changed"],
        "processor_s": round(told["processor_s"], 2),
        "machine": load,
    }


def _one(
    database: Path,
    policy: Path,
    sources: Mapping[str, str],
    at: int,
    what: str,
    *,
    calibrate: bool = False,
    lookups: Lookups | None = None,
    count: int = 0,
) -> tuple[dict[str, Any], float]:
    """Run one process to its end; returns what it said, and when it began."""
    told = {
        "database": str(database),
        "policy": str(policy),
        "sources": dict(sources),
        "at": at,
        "calibrate": calibrate,
    }
    rig.say(f"{what}: begins")
    began = time.monotonic()
    with _ended(
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.score_run", json.dumps(told)],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for us; we end it
        )
    ) as process:
        lines: list[str] = []
        over: list[float] = []
        reading = threading.Thread(target=_read, args=(process, what, lines, over), daemon=True)
        reading.start()
        turns = Alternating(process)
        if lookups is not None:
            asking = threading.Thread(
                target=lambda: asyncio.run(_look_up(database, count, turns, over, lookups)),
                daemon=True,
            )
            asking.start()
            turns.turn(lambda: bool(over))
            asking.join()
        reading.join()
        code = process.wait()
    if code or not lines:
        raise LabError(f"{what}: the run ended with code {code}")
    result = json.loads(lines[-1])
    if result["problems"]:
        raise LabError(f"this measures nothing: {what}: {result['problems'][0]}")
    return {**result, "over": over[0], "stood": turns.stood}, began


def _read(process: "subprocess.Popen[str]", what: str, lines: list[str], over: list[float]) -> None:
    if process.stdout is not None:
        with process.stdout as said:
            for line in said:
                lines.append(line)
                if not line.startswith("{"):
                    rig.say(f"{what}: {line.strip()}")
    over.append(time.monotonic())


@contextlib.contextmanager
def _ended(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()  # what reads its lines sees their end
            process.wait()


async def _look_up(
    database: Path,
    count: int,
    turns: Alternating,
    over: list[float],
    lookups: Lookups,
) -> None:
    """Ask for one customer after the other, as the service does for each call."""
    settings = Settings(database_url=f"sqlite:///{database}", lookup_deadline=LATE)
    async with known_customers(settings) as known:
        asked = 0
        while not over:
            asked += 1
            number = customers.number(asked * 7919 % count)
            was, began = turns.running, time.monotonic()
            found = await known.find(number)
            took = time.monotonic() - began
            if turns.running == was:  # else it was neither the one nor the other
                (lookups.beside if was else lookups.alone).append(took)
            lookups.late += isinstance(found, Unavailable)
            await asyncio.sleep(1 / LOOKUPS)


COMPARED = {
    "customer_places": "customer_id, place",
    "score_chunks": "chunk, scores, attributes",
    "metric_chunks": "chunk, states",
}
"""What has to be the same of the runs in force."""
_NEWEST = "WHERE run = (SELECT MAX(run) FROM {}.score_runs WHERE state = 'done')"


def _same(night: Path, whole: Path, count: int) -> None:
    """Raise LabError unless both have the same scores, metrics and attributes in force."""
    rig.say("comparing the night with a full run")
    with contextlib.closing(sqlite3.connect(night)) as database:
        database.execute("ATTACH ? AS whole", [str(whole)])
        for table, columns in COMPARED.items():
            newest = "" if table == "customer_places" else _NEWEST
            mine, theirs = (
                f"SELECT {columns} FROM {place}.{table} {newest.format(place)}"  # noqa: S608 - ours
                for place in ("main", "whole")
            )
            both = _difference(mine, theirs), _difference(theirs, mine)
            found = [database.execute(each).fetchone()[0] for each in both]
            counted = f"SELECT count(*) FROM ({theirs})"  # noqa: S608 - ours
            rows = database.execute(counted).fetchone()[0]
            expected = count if table == "customer_places" else -(-count // PLACES)
            differs = f"the night differs from a full run: {found} rows of {rows} of {table}"
            rig.yardstick(found == [0, 0] and rows == expected, differs)


def _lines(measured: list[dict[str, Any]]) -> Iterator[Line]:
    """Say what was measured beside the aims, which are for a million customers."""
    for each in measured:
        kind = each["kind"]
        parts = f"{each['compute_s']:g} computing, {each['write_s']:g} writing"
        shown = f"{each['total_s']:g} s ({parts})"
        aim = AIMS[kind]
        met = each["total_s"] <= aim if each["customers"] >= 1_000_000 else None
        yield Line(f"{kind}: in all", shown, f"≤ {aim:g} s for a million", met)
        yield Line(f"{kind}: processor time", f"{each['processor_s']:g} s")
        peak, ratio = each["peak_mb"], each["lookup_p99_ratio"]
        yield Line(f"{kind}: peak memory", f"{peak:,} MB", f"≤ {MOST_MB:,} MB", peak <= MOST_MB)
        what = f"{kind}: lookups' p99, with the run ÷ without"
        yield Line(what, f"{ratio:g}", f"≤ {MOST_RATIO:g}", ratio <= MOST_RATIO)
        lookups = f"{each['late']} of {each['lookups']:,}"
        yield Line(f"{kind}: lookups past their deadline", lookups, "none", not each["late"])
        yield Line(f"{kind}: customers changed", f"{each['changed']:,} of {each['customers']:,}")
        yield Line("conditions", each["machine"])


def _difference(one: str, other: str) -> str:
    """Count the rows of the one statement that the other does not have."""
    return f"SELECT count(*) FROM ({one} EXCEPT {other})"  # noqa: S608 - statements of ours


def main() -> None:
    """Run it as the Makefile says."""
    rig.main_by_customers("make bench-score", run)


if __name__ == "__main__":
    main()
