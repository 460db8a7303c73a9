"""A connection to PostgreSQL that is given up when nothing more comes over it.

A peer that vanishes is found out by TCP. One that still acknowledges and says nothing is not: a firewall or a proxy
that forgot the connection, a server that hangs. New connections often work meanwhile, so the old one is closed, and
whoever waited for it gets an OperationalError, as of any other lost connection.
"""

from collections.abc import Callable, Generator
from time import monotonic
from typing import Any, ClassVar, TypeVar

from psycopg import Connection, OperationalError

_Result = TypeVar("_Result")
_Steps = Generator[Any, Any, _Result]  # what psycopg does between two waits for the server


class PatientConnection(Connection[tuple[Any, ...]]):
    """`patience` is how many seconds the server may be silent while something is expected of it.

    `given_up` is told the server's process id of a connection that is closed for its silence.
    """

    patience: float
    given_up: Callable[[int], None]
    _WAKE_SECONDS: ClassVar = 0.1  # how often it is looked whether time is up

    def wait(self, gen: _Steps[_Result], interval: float = _WAKE_SECONDS, *more: Any, **others: Any) -> _Result:
        """Psycopg waits here for whatever it expects of the server once it is connected."""
        return super().wait(self._listening(gen), interval, *more, **others)

    def _listening(self, steps: _Steps[_Result]) -> _Steps[_Result]:
        """`steps`, until nothing has come for too long."""
        until = monotonic() + self.patience
        try:
            wanted = next(steps)
            while True:
                ready = yield wanted
                if ready:
                    until = monotonic() + self.patience
                elif monotonic() >= until:
                    self.given_up(self.info.backend_pid)
                    self.close()  # nobody must use it again: what was asked may still be answered
                    raise OperationalError(f"the server has said nothing for {self.patience:g} s")
                wanted = steps.send(ready)
        except StopIteration as end:
            result: _Result = end.value
            return result


def connect(patience: float, given_up: Callable[[int], None], *where: Any, **how: Any) -> PatientConnection:
    """Connect; the server may be silent for `patience` seconds. Raises what psycopg raises."""
    connection = PatientConnection.connect(*where, **how)
    connection.patience, connection.given_up = patience, given_up
    return connection
