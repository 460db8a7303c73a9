"""Starting processes that Ctrl-C must not reach."""

import contextlib
import signal
from collections.abc import Iterator
from multiprocessing import resource_tracker


@contextlib.contextmanager
def no_ctrl_c() -> Iterator[None]:
    """Ctrl-C comes afterwards; a process that is started meanwhile never gets one: it is for us alone."""
    resource_tracker.ensure_running()  # which starting a process does, and then lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
