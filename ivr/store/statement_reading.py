"""Reading a database with plain statements. A SQLite file is read without SQLAlchemy.

A program that tells of one call and ends would spend most of its time on importing SQLAlchemy.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol

from ivr.store import database_errors
from ivr.store.customer_query import Run
from ivr.store.sqlite_file import connect, path_of


class DatabaseReading(Protocol):
    """A database that is read, also by several threads at once."""

    def asking(self) -> AbstractContextManager[Run]:
        """Within it, statements can be run; an error of the database is a StoreError."""
        ...

    def close(self) -> None:
        """Ask nothing afterwards."""
        ...


class FileReading:
    """The Reading of a SQLite file, which is opened for each question: it may be missing, or be replaced, between two.

    Waits for nobody's lock, and leaves none behind.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def asking(self) -> Iterator[Run]:
        """Within it, statements can be run; an error of the database is a StoreError."""
        try:
            with closing(connect(self._path)) as file:
                yield lambda sql, values: file.execute(sql, values).fetchall()
        except (ValueError, sqlite3.Error) as error:
            raise database_errors.explained(str(self._path), error, server=False) from None

    def close(self) -> None:
        """Nothing is open."""


def reading(url: str) -> DatabaseReading:
    """The Reading of the database at `url`. Raises StoreError for an unusable URL."""
    path = path_of(url)
    if path is not None:
        return FileReading(path)
    from ivr.store.engine import reader  # noqa: PLC0415 - SQLAlchemy, see above
    from ivr.store.engine_reading import EngineReading  # noqa: PLC0415 - SQLAlchemy, see above

    return EngineReading(reader(url))
