"""Tables and views of MySQL and MariaDB, read in place into DuckDB, a batch of rows at a time.

They do not have the forms of metrics (FILTER, exact decimals of casts), so the rows are streamed,
each value as the text that the server writes: no digit is lost on the way.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ivr.errors import ScoringError
from ivr.warehouse.duckdb_session import DuckSession
from ivr.warehouse.places import Table
from ivr.warehouse.sqlite import refuse_missing

_BATCH = 20_000  # rows
_CONNECT_SECONDS = 10
_READ_SECONDS = 300  # without a word of the server
_TIMESTAMP, _BIT = 7, 16  # what MySQL's protocol calls these types
_OPTIONS = ("unix_socket", "ssl_ca")


def copy(place: Table, names: Sequence[str], session: DuckSession, table: str) -> None:
    """Put these columns into a table of the session, as texts; raises ScoringError."""
    rows = f"FROM {'.'.join(map(_quoted, place.table.split('.')))}"
    columns = ", ".join(map(_quoted, names))
    with _opened(place) as cursor:
        cursor.execute(f"SELECT * {rows} LIMIT 0")
        refuse_missing(place.shown, names, [each[0] for each in cursor.description])
        cursor.fetchall()
        cursor.execute(f"SELECT {columns} {rows}")
        types = [each[1] for each in cursor.description]
        session.put_texts(table, names, ())
        while batch := cursor.fetchmany(_BATCH):
            made = [tuple(map(_text, row, types)) for row in batch]
            session.put_texts(table, names, made)


def _text(value: str | bytes | None, type_: int) -> str | None:
    """Return a value as DuckDB reads it. A TIMESTAMP is a moment, in the zone of the session."""
    if value is None:
        return None
    if type_ == _BIT and isinstance(value, bytes):
        return str(int.from_bytes(value, "big"))
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return f"{text}Z" if type_ == _TIMESTAMP else text


@contextmanager
def _opened(place: Table) -> Iterator[Any]:
    """Connect, for reading alone, at one moment; raises ScoringError, also for what fails later."""
    try:
        import pymysql  # noqa: PLC0415 - an extra, for those who have MySQL or MariaDB
        import pymysql.converters  # noqa: PLC0415
        import pymysql.cursors  # noqa: PLC0415
    except ImportError:
        problem = f"to read {place.shown}, MySQL's driver is needed"
        raise ScoringError(f"{problem}: pip install 'segment-ivr[mysql]'") from None
    wanted = _connection(place)
    try:
        connection = pymysql.connect(
            charset="utf8mb4",
            conv=dict(pymysql.converters.encoders),  # no decoders: values come as written
            cursorclass=pymysql.cursors.SSCursor,  # rows come when they are fetched
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            init_command="SET time_zone = '+00:00'",
            **wanted,
        )
        try:
            cursor = connection.cursor()
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("START TRANSACTION READ ONLY, WITH CONSISTENT SNAPSHOT")
            yield cursor
        finally:
            _dropped(connection)
    except (pymysql.Error, OSError) as error:
        said = str(error.args[-1] if error.args else "").strip().partition("\n")[0]
        raise ScoringError(f"{place.shown}: {said or type(error).__name__}") from None
    except RuntimeError as error:  # a login that needs a library which is not there
        raise ScoringError(f"{place.shown}: {error}") from None


def _dropped(connection: Any) -> None:
    """End a connection at once: its own `close` would first fetch the rows that are left."""
    result = connection._result
    if result is not None:
        result.unbuffered_active = False
    connection._force_close()


def _connection(place: Table) -> dict[str, Any]:
    """Return what a URL says, as the driver takes it."""
    try:
        url = urlsplit(place.url)
        port = url.port or 3306
    except ValueError:
        problem = "host or port cannot be read; in a password, write %40 for @ and %2F for /"
        raise ScoringError(f"{place.shown}: {problem}") from None
    options = dict(parse_qsl(url.query))
    if unknown := sorted(set(options) - set(_OPTIONS)):
        known = " and ".join(_OPTIONS)
        raise ScoringError(f"{place.shown}: {unknown[0]!r} is no option: there are {known}")
    made: dict[str, Any] = {
        "host": unquote(url.hostname or "localhost"),
        "port": port,
        "user": unquote(url.username or "") or None,
        "password": unquote(url.password or ""),
        "database": unquote(url.path.lstrip("/")),
    }
    if "unix_socket" in options:
        made["unix_socket"] = options["unix_socket"]
    if "ssl_ca" in options:
        made |= {
            "ssl_ca": options["ssl_ca"],
            "ssl_verify_cert": True,
            "ssl_verify_identity": True,
        }
    return made


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
