"""Long work beside the calls: in a process of its own, because a thread of ours would hold the calls up."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from ivr import processes

T = TypeVar("T")


class AsideError(Exception):
    """The process ended before its work was done: killed, or without memory."""


async def aside(work: Callable[..., T], *arguments: object) -> T:
    """What `work` returns or raises, done at the lowest priority. Cancelled, it ends at once.

    `work` is a function of a module; it, the arguments and the result must be picklable.
    """
    context = processes.spawn_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(theirs, work, *arguments), daemon=True)
    process.start()
    theirs.close()

    def received() -> T | Exception:
        try:
            result: T | Exception = ours.recv()
            return result
        finally:
            process.join()

    try:
        result = await asyncio.to_thread(received)
    except EOFError:
        raise AsideError(f"{work.__name__} ended before it was done") from None
    finally:
        process.kill()  # which also ends the thread that waits, when we are cancelled
    if isinstance(result, Exception):
        raise result
    return result


def _do(result: Connection, work: Callable[..., Any], *arguments: object) -> None:
    os.nice(19)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then ends us
    try:
        done = work(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is for who asked
        done = error
    with contextlib.suppress(OSError):  # who asked is gone
        result.send(done)
