"""What all tests share."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine

from ivr import private_files
from ivr.store.engine import writer
from tests.databases import (
    MISSING,
    Database,
    PostgresDatabase,
    PostgresDatabases,
    PostgresServer,
    SqliteFile,
    make_file,
    make_template,
    skip_without_postgres,
)
from tests.mariadb import MariadbDatabase, MariadbServer

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell without job control starts what it runs in the background with Ctrl-C ignored, and whatever that starts
    # inherits it: the programs that tests interrupt would rightly go on.
    signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile("untimed", deadline=None)  # machines are busy
hypothesis.settings.load_profile("untimed")


def until(condition: Callable[[], object], patience: float = 10.0) -> None:
    """Poll until `condition` holds; fail after `patience` seconds. For states that nothing announces."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.02)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for all tests that were skipped for want of PostgreSQL."""
    skipped = [each for each in terminalreporter.stats.get("skipped", []) if MISSING in str(each.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests skipped: {MISSING}")


@pytest.fixture(autouse=True)
def same_umask() -> Iterator[None]:
    """A command that is run in this process does not change how later tests write files."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer(skip_without_postgres())
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    return make_template(postgres_server)


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: PostgresServer, postgres_template: str) -> PostgresDatabases:
    return PostgresDatabases(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("template") / "ivr.db")


@pytest.fixture
def sqlite_file(tmp_path: Path) -> SqliteFile:
    return SqliteFile(tmp_path / "var" / "ivr.db")


@pytest.fixture
def postgres(postgres_databases: PostgresDatabases) -> Iterator[PostgresDatabase]:
    """A database with our tables in it."""
    given = postgres_databases.out()
    yield given
    postgres_databases.back(given)


@pytest.fixture
def empty_postgres(postgres_server: PostgresServer) -> Iterator[PostgresDatabase]:
    made = PostgresDatabase(postgres_server)
    yield made
    made.drop()


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariadbServer]:
    server = MariadbServer()
    yield server
    server.close()


@pytest.fixture
def empty_mariadb(mariadb_server: MariadbServer) -> Iterator[MariadbDatabase]:
    made = MariadbDatabase(mariadb_server)
    yield made
    made.drop()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest) -> Database:
    """One without tables, of each kind."""
    made: Database = request.getfixturevalue("sqlite_file" if request.param == "sqlite" else "empty_postgres")
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """One with our tables, of each kind; the same as migrating, says test_migrations.py, and faster."""
    if request.param == "postgresql":
        copied: PostgresDatabase = request.getfixturevalue("postgres")
        return copied
    made: SqliteFile = request.getfixturevalue("sqlite_file")
    private_files.folder(made.path.parent)
    shutil.copy(request.getfixturevalue("sqlite_template"), made.path)
    return made


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    """For writing to `database`."""
    made = writer(database.url)
    yield made
    made.dispose()
