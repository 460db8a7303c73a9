"""`make bench-memory`: what customers in memory take, and how soon a change is in force.

One process follows the database as the service does; another writes to it. Nobody calls.
"""

import asyncio
import multiprocessing
import random
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from ivr.domain.customers import Found
from ivr.service.customer_follower import CustomerFollower, MemoryFirst
from ivr.service.metrics import Metrics
from ivr.service.snapshot_keeper import SnapshotKeeper
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store import migrate, tables
from ivr.store.customer_query import CustomerQuestion
from ivr.store.engine import reader, writer, writing
from ivr.store.lookup import CustomerLookup
from tests.bench import customers, rig
from tests.bench.held_loop import HeldLoop
from tests.bench.rig import Line

MB = 1024**2
MOST_MB, MOST_SWAP_MB = 300, 600
CHANGE_SECONDS, BULK_SECONDS = 2.0, 60.0  # the second for a million customers
_LOOKUPS, _CHANGES = 20_000, 20
_PATIENCE = 600.0
_BLOCK = "UPDATE customers SET blocked = ?"


def run(count: int, folder: Path = rig.FOLDER) -> dict[str, Any]:
    """Measure what `count` customers take."""
    machine = rig.load()
    made = customers.database(count, folder, share("dialplans"), rig.say)
    with tempfile.TemporaryDirectory(dir=folder, prefix="memory-") as place:
        database = Path(shutil.copy(made, place))
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=_measure, args=(database, count, theirs))
        process.start()
        theirs.close()
        try:
            figures: dict[str, Any] = ours.recv()
        finally:
            process.terminate()
            process.join()
    figures |= {"customers": count, "machine": machine}
    rig.report("memory", figures, list(_lines(figures)), folder)
    return figures


def _measure(database: Path, count: int, told: Any) -> None:
    """Follow the database in this process, which does nothing else."""
    with suppress(BrokenPipeError):
        told.send(asyncio.run(_followed(database, count)))


async def _followed(database: Path, count: int) -> dict[str, Any]:
    url, snapshot = f"sqlite:///{database}", database.with_name("snapshot.db")
    engine = writer(url)
    migrate.upgrade(engine)
    before, metrics = _rss(), Metrics()
    keeper = SnapshotKeeper(url, snapshot, engine, metrics)
    settings = Settings(database_url=url, snapshot_path=snapshot)
    follower = CustomerFollower(settings, keeper, metrics)
    lookup = CustomerLookup(reader(url, 5), deadline=5)
    figures: dict[str, Any] = {}
    with ExitStack() as stack:
        for task in map(asyncio.create_task, (keeper.run(), follower.run())):
            stack.callback(task.cancel)
        began = time.monotonic()
        await _until(lambda: follower.followed is not None)
        figures["filled_s"] = round(time.monotonic() - began, 2)
        figures["file_mb"] = round(snapshot.stat().st_size / MB)
        figures["steady_mb"] = round((_rss() - before) / MB)
        figures |= _lookups(follower, count)
        figures |= await _changes(follower, database, count)
        figures |= await _swap(follower, engine)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures["peak_mb"] = round(most - before / MB)
        figures |= await _bulk(follower, lookup, database, count)
    await asyncio.to_thread(follower.close)
    lookup.close()
    engine.dispose()
    return figures


def _lookups(follower: CustomerFollower, count: int) -> dict[str, Any]:
    took = []
    for n in random.Random(1).choices(range(count), k=_LOOKUPS):
        began = time.perf_counter()
        found = follower.live(CustomerQuestion(customers.number(n)))
        took.append(time.perf_counter() - began)
        rig.yardstick(isinstance(found, Found), f"customer {n} is not found")
    took.sort()
    return {f"lookup_p{p}_us": round(took[_LOOKUPS * p // 100] * 1e6, 1) for p in (50, 99)}


async def _changes(follower: CustomerFollower, database: Path, count: int) -> dict[str, Any]:
    """Block one customer after the other, as somebody with a shell of the database would."""
    took = []
    for n in random.Random(2).sample(range(count), k=_CHANGES):
        question = CustomerQuestion(customers.number(n))
        found = follower.live(question)
        assert isinstance(found, Found)
        rig.yardstick(not found.customer.blocked, "somebody is blocked already")
        with closing(sqlite3.connect(database, timeout=30)) as other, other:
            other.execute(f"{_BLOCK} WHERE customer_id = ?", (True, found.customer.customer_id))
        began = time.monotonic()
        await _until(lambda: _is_blocked(follower.live(question)))  # noqa: B023 - at once
        took.append(time.monotonic() - began)
    return {"change_s": round(statistics.median(took), 3), "change_most_s": round(max(took), 3)}


async def _swap(follower: CustomerFollower, engine: Any) -> dict[str, Any]:
    """Have the model filled anew while the old one is there."""
    old, loop = follower._model, HeldLoop()
    began = time.monotonic()
    async with loop.watching():
        with writing(engine) as connection:  # as who erases a customer does
            connection.execute(delete(tables.changes))
        await _until(lambda: follower._model is not old and follower.followed is not None)
        await asyncio.sleep(1)  # the old one is given back
    return {
        "swap_s": round(time.monotonic() - began - 1, 2),
        "held_p9999_ms": round(loop.percentile(0.9999) * 1000, 2),
        "held_most_ms": round(loop.held[-1] * 1000, 2),
    }


async def _bulk(
    follower: CustomerFollower,
    lookup: CustomerLookup,
    database: Path,
    count: int,
) -> dict[str, Any]:
    """Block everybody in one transaction: how soon is it so, and how soon in memory again?"""
    both = MemoryFirst(follower.live, lookup)

    def block() -> float:
        with closing(sqlite3.connect(database, timeout=30)) as other:
            with other:
                other.execute(_BLOCK, (True,))
            return time.monotonic()

    began = await asyncio.to_thread(block)
    while not _is_blocked(await both.find(customers.number(1))):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    in_force = time.monotonic() - began
    everybody = [CustomerQuestion(customers.number(n)) for n in (0, count // 2, count - 1)]
    await _until(lambda: all(_is_blocked(follower.live(each)) for each in everybody))
    in_memory = time.monotonic() - began
    return {"bulk_s": round(in_force, 2), "bulk_in_memory_s": round(in_memory, 2)}


def _is_blocked(found: object) -> bool:
    return isinstance(found, Found) and found.customer.blocked


async def _until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not what():  # noqa: ASYNC110 - nothing announces it
            await asyncio.sleep(0.005)


def _rss() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _lines(figures: dict[str, Any]) -> Iterator[Line]:
    """Say what was measured beside the aims, which are for a million customers."""
    judged = figures["customers"] == 1_000_000
    millions = max(1.0, figures["customers"] / 1_000_000)

    def line(what: str, name: str, unit: str, most: float | None = None) -> Line:
        value = figures[name]
        met = value <= most if most is not None and judged else None
        return Line(what, f"{value:g} {unit}", f"≤ {most:g} {unit}" if most else "", met)

    yield line("memory, steady", "steady_mb", "MB", MOST_MB)
    yield line("memory, most, filled anew", "peak_mb", "MB", MOST_SWAP_MB)
    yield line("the file", "file_mb", "MB")
    yield line("from the start until it is live", "filled_s", "s")
    yield line("filled anew", "swap_s", "s")
    yield line("lookup, p50", "lookup_p50_us", "µs")
    yield line("lookup, p99", "lookup_p99_us", "µs")
    yield line("one change in force, median", "change_s", "s", CHANGE_SECONDS)
    yield line("one change in force, most", "change_most_s", "s", CHANGE_SECONDS)
    yield line("everybody changed: in force", "bulk_s", "s", BULK_SECONDS * millions)
    yield line("everybody changed: in memory", "bulk_in_memory_s", "s", BULK_SECONDS * millions)
    yield line("loop held, filled anew, p99.99", "held_p9999_ms", "ms", 10)
    yield line("loop held, filled anew, most", "held_most_ms", "ms", 25)
    yield Line("conditions", figures["machine"])


def main() -> None:
    """Run it as the Makefile says."""
    rig.main_by_customers("make bench-memory", run)


if __name__ == "__main__":
    main()
