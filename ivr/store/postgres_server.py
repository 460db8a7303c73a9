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
    }


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
    import psycopg  # noqa: PLC0415

    return psycopg.connect(**{**given, **arguments(given, reading(patience))}, autocommit=True)
