"""Run shell commands side by side: `python -m tests.side_by_side 'FIRST' 'SECOND' …`.

What the first one says is seen at once; what another one says is shown whole when it ends. All go
on to their end, also when one fails, so that everything that is wrong is told. Exits with 1 if one
failed, with 130 after Ctrl-C, which ends all of them.
"""

import contextlib
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

PATIENCE = 30.0  # seconds for tidying up after Ctrl-C: a lab has many processes to end
_LOOKED_EACH = 0.05  # seconds
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Running:
    """A command that was begun; `said` keeps its output, unless that is seen at once."""

    command: str
    process: subprocess.Popen[bytes]
    said: IO[bytes] | None

    @classmethod
    def begin(cls, command: str, said: IO[bytes] | None) -> "Running":
        """Start `command`, in a group with whatever it starts, so that they end together."""
        process = subprocess.Popen(
            ["sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT if said else None,
            start_new_session=True,
        )
        return cls(command, process, said)

    def signal(self, number: int) -> None:
        """Tell it, and all that it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def show(self) -> None:
        """Write what has been kept of its output, and how it ended if that was not well."""
        sys.stdout.flush()
        if self.said:
            self.said.seek(0)
            sys.stdout.buffer.write(b"\n" + self.said.read())
        if self.process.returncode:
            failed = f"FAILED ({self.process.returncode}): {self.command}\n"
            sys.stdout.buffer.write(failed.encode())
        sys.stdout.buffer.flush()


def run(first: str, *others: str) -> int:
    """Return the exit code of `first` and `others`, run at the same time."""
    running: list[Running] = []
    with contextlib.ExitStack() as files:
        kept = [None, *(files.enter_context(tempfile.TemporaryFile()) for _ in others)]
        try:
            with _interruptible():
                running.extend(map(Running.begin, (first, *others), kept))
                codes = _wait(running)
        except KeyboardInterrupt:
            _end(running)
            return 128 + signal.SIGINT
    return int(any(codes))


def _wait(running: list[Running], patience: float = math.inf) -> list[int]:
    """Take out and show each that ends, for `patience` seconds at most; return their exit codes."""
    codes, deadline = [], time.monotonic() + patience
    while running and time.monotonic() < deadline:
        for each in [each for each in running if each.process.poll() is not None]:
            each.show()
            running.remove(each)
            codes.append(each.process.returncode)
        time.sleep(_LOOKED_EACH)
    return codes


def _end(running: list[Running]) -> None:
    """Interrupt them; kill them if that does not help in time, or whoever waits has no patience."""
    for each in running:
        each.signal(signal.SIGINT)
    with contextlib.suppress(KeyboardInterrupt), _interruptible():
        _wait(running, PATIENCE)
    for each in running:
        each.signal(signal.SIGKILL)
    _wait(running)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Whatever signal is to end this program raises KeyboardInterrupt."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in _ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
