"""The databases that the store works with, as tests need them: to reach, to damage, to lock and to take away."""

import math
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from ivr.store import migrate
from ivr.store.engine import _TURN, writer, writing

MISSING = "PostgreSQL's programs are missing: apt-get install postgresql"
_NUMBERS = count(1)
# Tables of ours with something in them, or what is left of it.
_WRITTEN = (
    "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
    "AND pg_relation_size(oid) > 0"
)
# Everything but rows that a statement changes in a database: what there is, with its rights, defaults, conditions,
# settings and statistics.
_FORM = """
WITH ours AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace)
SELECT 'relation', oid::text, concat(relname, relkind, relowner, relacl, reloptions, relpersistence) FROM ours
UNION ALL SELECT 'column', attrelid::text, pg_attribute::text FROM pg_attribute JOIN ours ON ours.oid = attrelid
UNION ALL SELECT 'default', adrelid::text, pg_attrdef::text FROM pg_attrdef
UNION ALL SELECT 'index', indexrelid::text, pg_index::text FROM pg_index JOIN ours ON ours.oid = indexrelid
UNION ALL SELECT 'constraint', oid::text, pg_constraint::text FROM pg_constraint
UNION ALL SELECT 'trigger', oid::text, pg_trigger::text FROM pg_trigger
UNION ALL SELECT 'rule', oid::text, pg_rewrite::text FROM pg_rewrite
    WHERE ev_class IN (SELECT oid FROM ours)
UNION ALL SELECT 'function', oid::text, pg_proc::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'type', oid::text, pg_type::text FROM pg_type WHERE typnamespace = 'public'::regnamespace
UNION ALL SELECT 'schema', oid::text, pg_namespace::text FROM pg_namespace
UNION ALL SELECT 'statistics', starelid::text, staattnum::text FROM pg_statistic
    WHERE starelid IN (SELECT oid FROM ours)
UNION ALL SELECT 'setting', setdatabase::text, setconfig::text FROM pg_db_role_setting
    WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
UNION ALL SELECT 'rights', '', concat(datacl, datconnlimit, datallowconn) FROM pg_database
    WHERE datname = current_database()
ORDER BY 1, 2, 3
"""


class Database(Protocol):
    """One that is made for one test."""

    kind: str
    url: str

    def edit(self, statement: str, **values: object) -> None:
        """What somebody with a shell of the database may do."""

    def away(self) -> AbstractContextManager[None]:
        """Within it, nobody can reach the database; those who had it open have lost it."""

    def busy(self) -> AbstractContextManager[None]:
        """Within it, another writer has its turn."""

    def is_free(self) -> bool:
        """Whether nobody has a turn at writing."""


class SqliteFile:
    """A file of its own."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path, self.url = path, f"sqlite:///{path}"

    def edit(self, statement: str, **values: object) -> None:
        _edit(make_url(self.url), statement, values)

    @contextmanager
    def away(self) -> Iterator[None]:
        elsewhere = self.path.with_name("away.db")
        shutil.move(self.path, elsewhere)
        try:
            yield
            assert not self.path.exists()  # nobody made an empty one in its place
        finally:
            shutil.move(elsewhere, self.path)

    @contextmanager
    def busy(self) -> Iterator[None]:
        other = sqlite3.connect(self.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()

    def is_free(self) -> bool:
        other = sqlite3.connect(self.path, isolation_level=None, timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            other.close()
        return True


class PostgresServer:
    """A server of our own, on a Unix socket in a folder of its own, gone with the tests."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="segment-ivr-postgres-"))
        self._drop: list[str] = []
        if os.geteuid() == 0:  # which PostgreSQL refuses
            user = _somebody()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._drop = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        self._server: subprocess.Popen[bytes] | None = None
        self._log = (self.folder / "log").open("wb")
        make = ["initdb", "--no-sync", "--auth=trust", "--username=ivr", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._start_program([*make, str(self.folder / "data")]).wait(60)
        self.start()

    def start(self) -> None:
        settings = {
            "listen_addresses": "", "unix_socket_directories": self.folder, "max_connections": 40, "fsync": "off",
            "full_page_writes": "off", "shared_buffers": "64MB", "max_wal_size": "4GB",
            "autovacuum": "off",
        }  # fmt: skip
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._server = self._start_program(["postgres", "-D", str(self.folder / "data"), *options])
        patient_until = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < patient_until, "PostgreSQL does not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """End it at once, with all connections, as if it had crashed."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(30)
            self._server = None

    def close(self) -> None:
        self.stop()
        self._log.close()
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        return f"postgresql://ivr@/{database}?host={self.folder}"

    def do(self, statement: str) -> None:
        with psycopg.connect(self._where("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _where(self, database: str) -> str:
        return f"host={self.folder} user=ivr dbname={database}"

    def _answers(self) -> bool:
        assert self._server is not None
        assert self._server.poll() is None, (self.folder / "log").read_text()
        try:
            psycopg.connect(self._where("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _start_program(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # With us dies the server, also when we are killed.
        return subprocess.Popen(
            ["setpriv", "--pdeathsig=QUIT", *self._drop, self._programs / command[0], *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
        )


class PostgresDatabase:
    """A database of its own on the server."""

    kind = "postgresql"

    def __init__(self, server: PostgresServer, template: str = "template1") -> None:
        self.server, self.name = server, f"ivr_{next(_NUMBERS)}"
        self.url = server.url(self.name)
        server.do(f"CREATE DATABASE {self.name} TEMPLATE {template}")

    def edit(self, statement: str, **values: object) -> None:
        _edit(make_url(self.url).set(drivername="postgresql+psycopg"), statement, values)

    @contextmanager
    def away(self) -> Iterator[None]:
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()

    @contextmanager
    def busy(self) -> Iterator[None]:
        with self.connected() as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", (_TURN,))
            yield

    def is_free(self) -> bool:
        with self.connected() as other:
            got = other.execute("SELECT pg_try_advisory_xact_lock(%s)", (_TURN,)).fetchone()
        return got == (True,)

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        """A connection with a transaction, which is rolled back."""
        with psycopg.connect(f"host={self.server.folder} user=ivr dbname={self.name}") as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def relayed(self) -> Iterator["Relay"]:
        """The same database behind a relay, over TCP."""
        relay = Relay(self.server.folder / ".s.PGSQL.5432", self.name)
        try:
            yield relay
        finally:
            relay.close()

    def drop(self) -> None:
        self.server.do(f"DROP DATABASE {self.name} WITH (FORCE)")

    def form(self) -> object:
        """What is the same in a database that has the same tables and settings, whatever is in them."""
        with self.connected() as connection:
            return connection.execute(_FORM).fetchall()

    def emptied(self) -> object:
        """Take away all rows, and everybody who is connected; the form that is left."""
        with self.connected() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("SET LOCAL session_replication_role = replica")  # without triggers
            if written := [name for (name,) in connection.execute(_WRITTEN)]:
                connection.execute(f"TRUNCATE {', '.join(written)} RESTART IDENTITY CASCADE".encode())
            connection.commit()
            return connection.execute(_FORM).fetchall()


class PostgresDatabases:
    """Databases of a server with our tables. One that comes back is given out again, if only its rows were changed.

    Making one takes the server ten times as long as emptying one.
    """

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server, self._template = server, template
        self._back: list[PostgresDatabase] = []
        self._form: object = None

    @property
    def spare(self) -> int:
        """How many have come back, to be given out again."""
        return len(self._back)

    def out(self) -> PostgresDatabase:
        """One that is as new."""
        if self._back:
            return self._back.pop()
        made = PostgresDatabase(self._server, self._template)
        self._form = self._form or made.form()
        return made

    def back(self, database: PostgresDatabase) -> None:
        """Nobody needs it any more."""
        if database.emptied() == self._form:
            self._back.append(database)
        else:
            database.drop()


class Relay:
    """Lies before a database, at `url`. A connection that it silences is still acknowledged, and nothing else comes."""

    def __init__(self, server: Path, database: str) -> None:
        self._server, self._listener = server, socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql://ivr@127.0.0.1:{self._listener.getsockname()[1]}/{database}?sslmode=disable"
        self._pairs: list[_Pair] = []
        self.silent = False  # whether new connections are silent, too
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def connections(self) -> int:
        """How many there have been."""
        return len(self._pairs)

    def silence(self, after: int = 0) -> None:
        """Nothing passes any more over the connections that there are, `after` so many pieces from the client."""
        for pair in self._pairs:
            pair.silence(after)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for pair in self._pairs:
            pair.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.socket(socket.AF_UNIX)
                try:
                    far.connect(str(self._server))
                except OSError:
                    near.close()
                    far.close()
                    continue
                self._pairs.append(_Pair(near, far, silent=self.silent))


class _Pair:
    """One connection on either side of a relay."""

    def __init__(self, near: socket.socket, far: socket.socket, *, silent: bool) -> None:
        self.silent, self._left = silent, math.inf
        self._ends = near, far
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    def silence(self, after: int) -> None:
        self._left = after
        self.silent = after == 0

    def close(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with source, suppress(OSError):
            while data := source.recv(65536):
                if source is self._ends[0]:
                    self.silent = self.silent or self._left <= 0
                    self._left -= 1
                if not self.silent:
                    sink.sendall(data)
            if not self.silent:  # of a silent one nobody hears that it has ended
                sink.shutdown(socket.SHUT_RDWR)


def postgres_programs() -> Path | None:
    """The folder with PostgreSQL's programs, the newest version first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    elsewhere = shutil.which("initdb")
    folders = [*reversed(debian), *([Path(elsewhere).resolve().parent] if elsewhere else [])]
    return next((each for each in folders if (each / "initdb").exists() and (each / "postgres").exists()), None)


def skip_without_postgres() -> Path:
    programs = postgres_programs()
    if programs is None:
        pytest.skip(MISSING)
    return programs


def make_tables(engine: Engine) -> None:
    """Make the tables with their triggers; nothing says of which version they are."""
    migrate.upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("DROP TABLE alembic_version"))


def stamp(database: Database) -> None:
    """Say in the database that its tables are those of this version, as migrating does."""
    database.edit("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    database.edit("INSERT INTO alembic_version VALUES (:head)", head=migrate.head())


def make_template(server: PostgresServer) -> str:
    """A database with our tables, to copy."""
    server.do("CREATE DATABASE ivr_template")
    engine = writer(server.url("ivr_template"))
    make_tables(engine)
    engine.dispose()
    return "ivr_template"


def make_file(path: Path) -> Path:
    """A SQLite file with our tables, to copy."""
    engine = writer(f"sqlite:///{path}")
    make_tables(engine)
    engine.dispose()
    return path


def _edit(url: URL, statement: str, values: dict[str, object]) -> None:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement), values)


def _somebody() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("there is no user to run PostgreSQL as")
