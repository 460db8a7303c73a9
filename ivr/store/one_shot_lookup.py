"""Looking customers up for a single call, in a program that starts for it: nothing is kept open for a next one.

The statements, what a connection is made with, and what is made of the rows are the service's. Only SQLAlchemy, which
takes longer to import than all else in such a program, has no part in it.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from ivr.domain.customers import Lookup
from ivr.store import postgres_server, sqlite_file
from ivr.store.customer_query import CustomerQuestion, Query, WithSnapshot, failed, last_known, late, live, pyformat

Read = Callable[[CustomerQuestion], Lookup]


class SingleLookup:
    """The Customers port, on a `read` that may take long and may raise; `deadline` is in seconds.

    It needs no event loop: `find` has its answer without ever giving way to another coroutine.
    """

    def __init__(self, read: Read, deadline: float) -> None:
        self._read, self._deadline = read, deadline

    async def find(self, number: str, call_id: str = "") -> Lookup:
        """Who has this E.164 number; Unavailable when the database cannot say so within the deadline.

        Earlier calls that cannot be read in time are left out; the call named `call_id` is none of them.
        """
        return self._answered(CustomerQuestion(number, call_id=call_id))

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        """Who has this customer number; otherwise as `find`."""
        return self._answered(CustomerQuestion(digits, "customer number", call_id))

    def _answered(self, question: CustomerQuestion) -> Lookup:
        answer = SimpleQueue[Lookup]()
        Thread(target=lambda: answer.put(self._answer(question)), name="lookup", daemon=True).start()
        try:
            return answer.get(timeout=self._deadline)
        except Empty:
            return question.so_far or late(self._deadline)

    def _answer(self, question: CustomerQuestion) -> Lookup:
        try:
            return self._read(question)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller must reach somebody
            return failed(error)


def customers(url: str, snapshot: Path, deadline: float) -> WithSnapshot:
    """The customers in the database at `url`, and those in the snapshot when it cannot be asked.

    Each has `deadline` seconds to answer. Raises StoreError for an unusable URL.
    """
    path = sqlite_file.path_of(url)
    asked = partial(_from_file, path, live()) if path else partial(_from_server, postgres_server.parsed(url), deadline)
    known = partial(_from_file, snapshot, last_known(), immutable=True)
    return WithSnapshot(SingleLookup(asked, deadline), SingleLookup(known, deadline))


def _from_file(path: Path, query: Query, question: CustomerQuestion, *, immutable: bool = False) -> Lookup:
    with closing(sqlite_file.connect(path, immutable=immutable)) as connection:
        return query(lambda sql, values: connection.execute(sql, values).fetchall(), question)


def _from_server(server: Mapping[str, Any], patience: float, question: CustomerQuestion) -> Lookup:
    with closing(postgres_server.connect(server, patience)) as connection:
        return live()(lambda sql, values: connection.execute(pyformat(sql), values).fetchall(), question)
