"""The rows of a file of customers, checked in batches; by two processes where there are many."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import wait

from ivr import processes
from ivr.delimited.rows import Record, Rows
from ivr.errors import StoreError
from ivr.store.customer_row import CheckedBatch, RowCheck, Told

BATCH = 5_000  # rows per transaction: with more, a call's record would wait long for its turn
MANY_ROWS = 20_000  # from here on two processes read numbers: that takes most of the time
_IN_FLIGHT = 4  # batches that are read ahead


@contextmanager
def checked_batches(check: RowCheck, rows: Rows, count: int) -> Iterator[Iterable[CheckedBatch]]:
    """Within it, there are the `count` rows in batches, each checked, in their order."""
    records = iter(rows)
    batches = iter(lambda: list(islice(records, BATCH)), [])
    checked = _in_processes(check, batches) if count >= MANY_ROWS else map(check, batches)
    once = Once()
    try:
        yield map(once, checked)
    finally:
        if isinstance(checked, Generator):
            checked.close()  # ends the processes


class Once:
    """Lets each customer through once: of one who was in an earlier line, a row is bad."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._lines: dict[str, int] = {}  # of each customer_id

    def __call__(self, checked: CheckedBatch) -> CheckedBatch:
        """Return the batch without the rows of customers who were there before."""
        bad: list[Told] = []
        good = [row for row in checked.good if self._is_first(row[0], row[1]["customer_id"], bad)]
        leaving = [row for row in checked.leaving if self._is_first(*row, bad)]
        return CheckedBatch(good, sorted(checked.bad + bad), checked.doubts, leaving)

    def _is_first(self, line: int, customer: str, bad: list[Told]) -> bool:
        first = self._lines.setdefault(customer, line)
        if first != line:
            bad.append(
                (
                    line,
                    f"customer_id: {customer!r} is in line {first} already: make them one row",
                )
            )
        return first == line


def _in_processes(
    check: RowCheck,
    batches: Iterable[list[Record]],
) -> Generator[CheckedBatch, None, None]:
    """Give the checked batches in their order, from two processes that are never far ahead."""
    # spawn: the program that we are part of may have threads, which a fork would break.
    pool = ProcessPoolExecutor(2, processes.spawn_context(), initializer=_prepare)
    collecting = gc.isenabled()
    # Rows make no cycles, and looking for some takes a tenth of the time, here and there.
    gc.disable()
    try:
        waiting: deque[Future[CheckedBatch]] = deque()
        for batch in batches:
            waiting.append(pool.submit(check, batch))
            if len(waiting) == _IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise StoreError(
            "a process of the import was ended (out of memory?): run the import again",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)
        if collecting:
            gc.enable()


def _prepare() -> None:
    """Leave Ctrl-C to the process that started this one, and do not outlive it."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(parent: int) -> None:
    wait([parent])
    os._exit(1)
