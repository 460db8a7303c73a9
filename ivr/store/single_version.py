"""Which version of the policy is published, for a program that starts for each call: without SQLAlchemy."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from ivr.errors import StoreError
from ivr.store import postgres_server, sqlite_file
from ivr.store.customer_query import pyformat

_LAST = "SELECT version, kind FROM policy_publications ORDER BY id DESC LIMIT 1"
_TEXTS = "SELECT policy, agents FROM policy_versions WHERE version = :version"


class SingleVersion:
    """What is published in the database at `url`; each question has `deadline` seconds to be answered."""

    def __init__(self, url: str, deadline: float) -> None:
        self._url, self._deadline = url, deadline

    def latest(self) -> str | None:
        """The version that is published; None when the files count. Raises StoreError."""
        rows = self._read(_LAST, {})
        return rows[0][0] if rows and rows[0][1] != "withdraw" else None

    def texts(self, version: str) -> tuple[str, str]:
        """What stands in policy.yaml and agents.yaml of a version. Raises StoreError."""
        rows = self._read(_TEXTS, {"version": version})
        if not rows:
            raise StoreError(f"the texts of version {version} are not in the database")
        return rows[0][0], rows[0][1]

    def _read(self, sql: str, values: Mapping[str, str]) -> Sequence[Any]:
        answer = SimpleQueue[Sequence[Any] | Exception]()
        Thread(target=lambda: answer.put(self._answer(sql, values)), name="version", daemon=True).start()
        try:
            found = answer.get(timeout=self._deadline)
        except Empty:
            raise StoreError(f"no answer within {self._deadline:g} s") from None
        if isinstance(found, Exception):
            raise StoreError(f"what is published cannot be read: {found}")
        return found

    def _answer(self, sql: str, values: Mapping[str, str]) -> Sequence[Any] | Exception:
        try:
            path = sqlite_file.path_of(self._url)
            if path is not None:
                with closing(sqlite_file.connect(path)) as file:
                    return file.execute(sql, values).fetchall()
            with closing(postgres_server.connect(postgres_server.parsed(self._url), self._deadline)) as server:
                return server.execute(pyformat(sql), values).fetchall()
        except Exception as error:  # noqa: BLE001 - whatever it is, the call goes on with the last good policy
            return error
