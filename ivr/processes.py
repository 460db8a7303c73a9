"""Processes of our own that Python starts for us.

Python looks for the parts of a program that it starts in the current folder first, and whoever may write there
(`cd dialplans; ivr import customers …`) would have their own program run as our user.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext


def spawn_context() -> SpawnContext:
    """What makes processes that take nothing from the current folder."""
    os.environ["PYTHONSAFEPATH"] = "1"  # as `python -P`; what multiprocessing itself starts inherits it
    return multiprocessing.get_context("spawn")


@contextlib.contextmanager
def no_ctrl_c() -> Iterator[None]:
    """Ctrl-C comes afterwards; a process that is started meanwhile never gets one: it is for us alone."""
    resource_tracker.ensure_running()  # which starting a process does, and then lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
