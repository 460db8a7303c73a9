"""Which version of the policy is published, for a program that starts for each call: without SQLAlchemy."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Literal

from ivr.errors import StoreError
from ivr.store import postgres_server, sqlite_file
from ivr.store.customer_query import pyformat

_LAST = "SELECT version, kind FROM {}_publications ORDER BY id DESC LIMIT 1"
_SCHEMA = "SELECT version_num FROM alembic_version"
_TEXTS = "SELECT policy, agents FROM policy_versions WHERE version = :version"


class SingleVersion:
    """What is published in the database at `url`; each question has `deadline` seconds to be answered."""

    def __init__(self, url: str, deadline: float, *, leave_no_trace: bool = False) -> None:
        """`leave_no_trace`: no file is made beside a SQLite file, which another user could then not write."""
        self._url, self._deadline, self._leave_no_trace = url, deadline, leave_no_trace

    def latest(self, what: Literal["policy", "score"] = "policy") -> str | None:
        """The version that is published; None when the files count. Raises StoreError."""
        rows = self._read(_LAST.format(what), {})
        return rows[0][0] if rows and rows[0][1] != "withdraw" else None

    def texts(self, version: str) -> tuple[str, str]:
        """What stands in policy.yaml and agents.yaml of a version. Raises StoreError."""
        rows = self._read(_TEXTS, {"version": version})
        if not rows:
            raise StoreError(f"the texts of version {version} are not in the database")
        return rows[0][0], rows[0][1]

    def schema(self) -> str | None:
        """The version of the tables; None when nothing of ours is in the database. Raises StoreError."""
        rows = self._read(_SCHEMA, {})
        return str(rows[0][0]) if rows else None

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
                with closing(sqlite_file.connect(path, immutable=self._unused(path))) as file:
                    return file.execute(sql, values).fetchall()
            with closing(postgres_server.connect(postgres_server.parsed(self._url), self._deadline)) as server:
                return server.execute(pyformat(sql), values).fetchall()
        except Exception as error:  # noqa: BLE001 - whatever it is, the call goes on with the last good policy
            return error

    def _unused(self, path: Path) -> bool:
        """Whether to read the file as one that nobody has open: then all is in it, and it is read without its log."""
        return self._leave_no_trace and not path.with_name(f"{path.name}-wal").exists()
