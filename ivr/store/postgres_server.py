"""PostgreSQL servers: what a connection is made with, and one without SQLAlchemy, which takes a while to import."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ivr.errors import StoreError

if TYPE_CHECKING:
    from psycopg import Connection

FORMS = "write sqlite:///var/ivr.db or postgresql://user:password@host/name"
_PATIENCE = {  # with a server that cannot be reached; what the URL says has the last word
    "connect_timeout": 2,  # seconds, the shortest that libpq knows
    # One that vanished is given up in seconds: the system's own limits are a quarter of an hour, and two hours.
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,  # milliseconds
}
# How long a connection may be silent while an answer is expected: a peer that acknowledges and says nothing is found
# out by nothing else. A server that works as told ends what only reads at its own limit, so that it speaks before ours.
SILENT_SECONDS = 3.0  # where somebody waits for a lookup or a policy
_LATER_SECONDS = 2.0  # than the server's own limit, where that is longer
SILENT_WRITER_SECONDS = 10.0  # a turn is waited for half of that; a transaction of ours takes some 50 ms
SILENT_BULK_SECONDS = 60.0  # thousands of rows in one transaction
SILENT_MIGRATION_SECONDS = 3600.0  # one statement may rewrite a table
# The server ends a transaction in which it is asked nothing, because its locks keep others waiting. When we give a
# silent connection up, it has just done so at its end.
IDLE_SECONDS = SILENT_WRITER_SECONDS
IDLE_BULK_SECONDS = 30.0  # between two parts there is work for us, too


def arguments(given: Mapping[str, Any], server_settings: Mapping[str, object]) -> dict[str, Any]:
    """What a connection is made with beside what is `given` in a URL."""
    theirs = given.get("options", "")
    ours = [f"-c {name}={value}" for name, value in server_settings.items()]
    options = " ".join([*((theirs,) if isinstance(theirs, str) else theirs), *ours])
    return {name: value for name, value in _PATIENCE.items() if name not in given} | {"options": options}


def reading(patience: float) -> dict[str, object]:
    """Server settings for reading: it cannot write, waits for nobody's lock, and gives up after `patience` seconds."""
    return {
        "default_transaction_read_only": "on",
        "lock_timeout": 1,  # ms; 0 would mean without end
        "statement_timeout": milliseconds(patience),
        "idle_in_transaction_session_timeout": milliseconds(IDLE_BULK_SECONDS),  # for who reads much
    }


def silence(patience: float) -> float:
    """How long a server may be silent that gives statements up after `patience` seconds."""
    return max(SILENT_SECONDS, patience + _LATER_SECONDS)


def milliseconds(seconds: float) -> int:
    """As the server counts time limits, where 0 would mean none."""
    return max(1, round(seconds * 1000))


def parsed(url: str) -> dict[str, Any]:
    """What a URL says, by libpq's names. Raises StoreError when it is none."""
    from psycopg import ProgrammingError  # noqa: PLC0415 - a package that is only there for PostgreSQL
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    kind, _, rest = url.partition("://")
    try:
        if kind in ("postgresql", "postgres", "postgresql+psycopg"):
            return conninfo_to_dict(f"postgresql://{rest}")
    except ProgrammingError:  # it repeats the URL, which may have a password in it
        pass
    raise StoreError(f"the database URL cannot be read: {FORMS}")


def connect(given: Mapping[str, Any], patience: float) -> "Connection[tuple[Any, ...]]":
    """A connection for reading, by what `parsed` gave. Raises what psycopg raises."""
    from ivr.store import postgres_connection  # noqa: PLC0415 - it imports psycopg

    how = {**given, **arguments(given, reading(patience)), "autocommit": True}
    return postgres_connection.connect(silence(patience), lambda _: None, **how)  # it keeps nobody waiting
