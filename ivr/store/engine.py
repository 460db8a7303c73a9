"""Database connections: for writing, and for lookups that must never wait. SQLite and PostgreSQL by URL."""

import sqlite3
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Delete, Engine, Insert, QueuePool, Table, Update, create_engine, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError

from ivr import private_files
from ivr.errors import StoreError
from ivr.store import database_errors
from ivr.store.postgres_server import (
    FORMS,
    IDLE_BULK_SECONDS,
    IDLE_SECONDS,
    SILENT_BULK_SECONDS,
    SILENT_MIGRATION_SECONDS,
    SILENT_WRITER_SECONDS,
    arguments,
    milliseconds,
    reading,
    silence,
)
from ivr.store.sqlite_file import connect, path_of

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_WRITER_WAIT = 5.0  # seconds for another writer; lookups do not wait at all
_TURN = 1_768_042  # any number that nobody else uses for an advisory lock in the same PostgreSQL database
_DRIVER_ROWS = 20_000  # that are in memory at once
_MOST_GIVEN_UP = 16  # connections whose end the server may not have heard of
# Only sessions of our own, and only the one that has the turn: a process id may be somebody else's by now.
_END_WHO_HAS_THE_TURN = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' "
    "AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND classid = 0 AND objid = %s AND objsubid = 1 AND granted AND usename = current_user AND pid = ANY(%s)"
)


def writer(url: str, *, bulk: bool = False, create: bool = True) -> Engine:
    """The engine for everything but lookups; a SQLite file and its folder are made when they are missing.

    Without `create` a missing file is a StoreError: for what makes no sense in a new database.
    `bulk` is for large imports, which touch every page many times: SQLite keeps up to 64 MB of them in memory.

    A PostgreSQL server is not asked before it is needed: a service that starts before it must serve calls.
    Raises StoreError when the database cannot be used.
    """
    path = path_of(url)
    if path is None:
        # The last one: who stops in the middle of a turn (a machine that is cut off, say) must not keep it.
        limits = {
            "lock_timeout": milliseconds(_WRITER_WAIT),
            "idle_in_transaction_session_timeout": milliseconds(IDLE_BULK_SECONDS if bulk else IDLE_SECONDS),
            # Nor does the one before find out who was cut off amid the statements of a transaction.
            "tcp_keepalives_idle": 5,
            "tcp_keepalives_interval": 1,
            "tcp_keepalives_count": 3,
        }
        given_up: deque[int] = deque(maxlen=_MOST_GIVEN_UP)
        silent = SILENT_BULK_SECONDS if bulk else SILENT_WRITER_SECONDS
        engine = _postgresql(url, limits, silent, given_up=given_up.append)
        event.listen(engine, "begin", partial(_take_turn, given_up))
        return engine
    if not create and not path.exists():
        raise StoreError(
            f"{path}: there is no database: is this the one that the service uses? (IVR_SETTINGS, IVR_DATABASE_URL; "
            "`ivr migrate` makes a new one)"
        )
    try:
        private_files.folder(path.parent)
        private_files.touch(path)
        private_files.tighten(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise StoreError(f"{path}: {problem}: check that the folder exists and may be written") from None
    # mode=rw: a file deleted while we run is an error to wait out, and no reason to make a new one.
    engine = _sqlite(path, wait=_WRITER_WAIT)
    event.listen(engine, "connect", _write_ahead)
    if bulk:
        event.listen(engine, "connect", _keep_pages)
    event.listen(engine, "begin", _begin)
    try:
        with explained(engine), engine.connect():
            return engine
    except StoreError:
        engine.dispose()
        raise


def reader(url: str, patience: float = 10.0) -> Engine:
    """The engine for lookups: cannot write, waits for nobody's lock, and leaves none behind.

    A PostgreSQL server gives a statement up after `patience` seconds, so that the next one is not kept waiting.
    Connects when it is first used, so a file that is missing now may come later. Raises StoreError for an
    unusable URL.
    """
    path = path_of(url)
    return _sqlite(path) if path else _postgresql(url, reading(patience), silence(patience), autocommit=True)


def immutable(path: Path) -> Engine:
    """The engine for a SQLite file that is never changed, only replaced: no locks, nothing beside it."""
    return _sqlite(path.absolute(), immutable=True)


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """A transaction that writes: it waits for its turn at the start, and not half way through."""
    return engine.execution_options(ivr_writes=True).begin()


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """Within it, one statement may take as long as it takes to rewrite a large table."""
    driver = connection.connection.driver_connection
    before = getattr(driver, "patience", None)
    if driver is None or before is None:  # SQLite works in our own process
        yield
        return
    driver.patience = SILENT_MIGRATION_SECONDS
    try:
        yield
    finally:
        driver.patience = before


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Database errors inside the block become a StoreError that says what to do."""
    try:
        yield
    except (ValueError, SQLAlchemyError, sqlite3.Error) as error:
        raise database_errors.explained(_shown(engine), error, server=engine.dialect.name == "postgresql") from None


def named(url: str) -> str:
    """A database as a person knows it: a file's whole path, or a URL without its passwords. Raises StoreError."""
    path = path_of(url)
    return str(path) if path else _without_secrets(_parse(url).set(drivername="postgresql"))


def server_url(url: str) -> str:
    """Return a PostgreSQL server's URL as its own library reads it. Raises StoreError.

    It has our limits for a server that cannot be reached.
    """
    parsed = _parse(url)
    given = arguments(parsed.query, {})
    limits = {name: str(value) for name, value in given.items() if name != "options"}
    whole = parsed.set(drivername="postgresql").update_query_dict(limits)
    return whole.render_as_string(hide_password=False)


def insert_into(engine: Engine | Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Make an insert that can be told what to do with a row that has the same key."""
    if engine.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - a large part of SQLAlchemy, and few need it

    return postgresql.insert(table)


def upsert(engine: Engine | Connection, table: Table, keep: Collection[str] = ()) -> Insert:
    """An insert that overwrites the row with the same primary key, but for the columns in `keep`."""
    keys = [column.name for column in table.primary_key]
    others = [column.name for column in table.columns if not column.primary_key and column.name not in keep]
    insert = insert_into(engine, table)
    return insert.on_conflict_do_update(index_elements=keys, set_={name: insert.excluded[name] for name in others})


def insert_new(engine: Engine | Connection, table: Table) -> Insert:
    """An insert that leaves a row with the same key as it is."""
    return insert_into(engine, table).on_conflict_do_nothing()


class Prepared:
    """A statement made ready once, to be run with many rows: SQLAlchemy's own way takes three times as long.

    The rows must have all the names of the statement but those in `without`, and values that the driver takes as
    they are.
    """

    def __init__(
        self, engine: Engine | Connection, statement: Insert | Update | Delete, without: Collection[str] = ()
    ) -> None:
        keys = [column.name for column in statement.table.columns if column.name not in without]
        compiled = statement.compile(dialect=engine.dialect, column_keys=keys)
        self._text, self._names = str(compiled), compiled.positiontup if compiled.positional else None

    def __call__(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each row."""
        if not rows:
            return
        values = (
            [tuple(map(row.__getitem__, self._names)) for row in rows] if self._names else [dict(row) for row in rows]
        )
        connection.exec_driver_sql(self._text, values)


def _parse(url: str) -> URL:
    # Messages never show the whole URL: it may have a password in it.
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"the database URL cannot be read: {FORMS}") from None
    if parsed.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise StoreError(f"the database URL begins with {parsed.drivername!r}, which is not supported: {FORMS}")
    return parsed.set(drivername="postgresql+psycopg")


def _shown(engine: Engine) -> str:
    """The database as a person knows it."""
    path = engine.get_execution_options().get("ivr_path")
    return str(path) if path else _without_secrets(engine.url)


def _without_secrets(url: URL) -> str:
    return url.difference_update_query(["password", "sslpassword"]).render_as_string(hide_password=True)


def _postgresql(
    address: str,
    server_settings: Mapping[str, object],
    silent: float,
    *,
    autocommit: bool = False,
    given_up: Callable[[int], None] = lambda _: None,
) -> Engine:
    url = _parse(address)
    try:
        from ivr.store import postgres_connection  # noqa: PLC0415 - a package that is only there for PostgreSQL

        engine = create_engine(
            url,
            connect_args=arguments(url.query, server_settings),
            isolation_level="AUTOCOMMIT" if autocommit else "READ COMMITTED",
            pool_pre_ping=True,  # a server that was restarted meanwhile is no failure
        )
        event.listen(
            engine, "do_connect", lambda *how: postgres_connection.connect(silent, given_up, *how[2], **how[3])
        )
        return engine
    except ImportError as error:
        shown = _without_secrets(url)
        raise StoreError(f'{shown}: {error}: install its driver with pip install "psycopg[binary]"') from None


def _take_turn(given_up: deque[int], connection: Connection) -> None:
    """One writer at a time, as in SQLite: a call's history is read, changed and written back.

    A server that lost us in the middle of a transaction's statements waits for the next one for as long as TCP lets
    it, with the turn; its limit on idle transactions does not count then. `given_up`: its processes that we left.
    """
    if connection.get_execution_options().get("ivr_writes"):
        if given_up:
            connection.exec_driver_sql(_END_WHO_HAS_THE_TURN, (_TURN, list(given_up)))
            given_up.clear()
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")


def _sqlite(path: Path, *, wait: float | None = None, immutable: bool = False) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=partial(connect, path, wait=wait, immutable=immutable),
        poolclass=QueuePool,
        execution_options={"ivr_path": path},
    )

    # A file that was moved away or replaced is still read from its old inode by those who have it open.
    @event.listens_for(engine, "connect")
    def remember(_: sqlite3.Connection, record: Any) -> None:
        record.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def same_file(_: sqlite3.Connection, record: Any, __: Any) -> None:
        if record.info["file"] is None or record.info["file"] != _identity(path):
            raise DisconnectionError("the file was replaced")  # the pool drops this connection and makes another

    # Ctrl-C in a transaction: a connection that is only closed keeps its lock for as long as a cursor is about.
    @event.listens_for(engine, "invalidate")
    def roll_back(connection: sqlite3.Connection, _: Any, __: Any) -> None:
        with suppress(sqlite3.Error):
            connection.rollback()

    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _write_ahead(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")  # a power cut may lose the last moments, never the file
    connection.execute("PRAGMA wal_autocheckpoint=4000")  # pages: 16 MB
    if connection.execute("PRAGMA journal_mode=WAL").fetchone() != ("wal",):
        raise sqlite3.OperationalError("unable to open in WAL mode, which needs a local disk")


def _keep_pages(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA cache_size=-65536")  # 64 MB: pages are written fewer times, in a third of the time


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("ivr_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
