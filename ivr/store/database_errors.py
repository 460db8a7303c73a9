"""What a database's error means for whoever has to mend it, whichever way the database was reached."""

from ivr.errors import StoreError
from ivr.store.customer_query import problem_of

_MENDS = {
    "unable to open": (
        "is there a database? `ivr import customers FILE` makes it; else check that the folder "
        "exists and may be read and written"
    ),
    "readonly": "check the permissions of the file and of its folder",
    "not a database": "it is no SQLite file: restore a backup, or move it away and start with a new one",
    "malformed": "the file is damaged: restore a backup, or move it away and start with a new one",
    "locked": "another program is writing to it: try again, and look for one that never finishes",
    "full": "make room on the disk",
    "no such table": "it is not one of ours, or older than this version: run `ivr migrate`",
    "no such column": "it is not one of ours, or older than this version: run `ivr migrate`",
    # PostgreSQL, before a connection is there, and in the language of the server
    "onnection refused": "is the server running, and are host and port right?",
    "No such file or directory": "is the server running, and are host and port right?",
    "timeout expired": "does the server answer, and does a firewall let it?",
    "has said nothing": "the connection was given up: try again, and look at the server and what lies before it",
    "failed to resolve host": "is the host's name right?",
    "password": "check user and password",
}
_CODES = {  # SQLite's error codes, whatever its messages say
    "CANTOPEN": _MENDS["unable to open"],
    "READONLY": _MENDS["readonly"],
    "NOTADB": _MENDS["not a database"],
    "CORRUPT": _MENDS["malformed"],
    "BUSY": _MENDS["locked"],
    "LOCKED": _MENDS["locked"],
    "FULL": _MENDS["full"],
}
_STATES = {  # PostgreSQL's SQLSTATE, which is the same in all languages
    "25006": "it is a copy that cannot be written: connect to the primary server",
    "42501": "grant this user what is needed, or make the user the owner",
    "42703": _MENDS["no such column"],
    "42P01": _MENDS["no such table"],
    "53100": _MENDS["full"],
    "55P03": _MENDS["locked"],
    "57014": "it took too long: try again, and look at what keeps the server busy",
}


def explained(shown: str, error: Exception, *, server: bool) -> StoreError:
    """What to say of an error of the database `shown`: a driver's, one of SQLAlchemy's that has it, or a ValueError.

    `server` says that it is a server, and no file.
    """
    if isinstance(error, ValueError):
        return StoreError(f"{shown}: not in a form that can be stored or read: {error}")
    problem, code, state = problem_of(error), _code_of(error), state_of(error)
    default = _default_mend(code, unheard=server and state is None)
    mend = next((mend for part, mend in _MENDS.items() if part in problem), default)
    return StoreError(f"{shown}: {problem}: {_STATES.get(state or '', _CODES.get(code, mend))}")


def state_of(error: Exception) -> str | None:
    """The SQLSTATE of an error that a PostgreSQL server reported; else None."""
    state = getattr(_drivers_own(error), "sqlstate", None)
    return state if isinstance(state, str) else None


def _default_mend(code: str, *, unheard: bool) -> str:
    """What to do when the words of an error say nothing to us; it may be `unheard` of the server."""
    if code == "ERROR":  # our statements are right: what they speak of is not there
        return _MENDS["no such table"]
    return _MENDS["onnection refused"] if unheard else "check that it is there and answers"


def _code_of(error: Exception) -> str:
    """SQLite's primary error code, without SQLITE_ and what an extended one adds; "" of another error."""
    name = getattr(_drivers_own(error), "sqlite_errorname", "")
    return f"{name}__".split("_")[1]


def _drivers_own(error: Exception) -> object:
    return getattr(error, "orig", None) or error  # `orig` is where SQLAlchemy keeps it
