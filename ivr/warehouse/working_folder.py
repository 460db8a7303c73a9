"""The folder in which one reading of sources spills what does not fit into memory.

It has customers' rows in it. Whoever ends takes theirs away; what a killed process left, the next
one does. A lock says whose process lives, which a process id would not across containers.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "segment-ivr-scores-"
_NEW_SECONDS = 60.0  # a folder that is younger may not have its lock yet


@contextmanager
def working_folder() -> Iterator[Path]:
    """Make an empty folder, for this block alone; raises OSError."""
    _take_away_left(Path(tempfile.gettempdir()), time.time())
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _take_away_left(where: Path, now: float) -> None:
    """Remove the folders of processes of this user that are gone. What cannot be stays."""
    for each in where.glob(f"{PREFIX}*"):
        try:
            held = os.open(each, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            found = os.fstat(held)
            if found.st_uid != os.geteuid() or found.st_mtime > now - _NEW_SECONDS:
                continue
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(each, ignore_errors=True)
        except OSError:  # locked: its process lives
            continue
        finally:
            os.close(held)
