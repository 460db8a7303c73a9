"""Breaks the database of the settings for as long as standard input is open.

`python -m ivr.qa.broken_database missing|locked` is run inside a container; when whoever runs it is
gone, input ends and the database is whole again.
"""

import sys
from contextlib import AbstractContextManager

from ivr import settings
from ivr.errors import IvrError, LabError
from ivr.qa import faults
from ivr.store.sqlite_file import path_of

READY = b"broken\n"


def main(how: str) -> None:
    """Break it, say so, and wait for the end of input."""
    database = path_of(settings.load().database_url)
    if database is None:
        raise LabError("only a SQLite file can be moved away or locked")
    broken: AbstractContextManager[None] = {"missing": faults.moved_away, "locked": faults.all_locks}[how](database)
    with broken:
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()
        sys.stdin.buffer.read()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (IvrError, OSError) as error:
        sys.exit(f"the database cannot be broken: {error}")
