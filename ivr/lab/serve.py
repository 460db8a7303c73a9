"""`python -m ivr.lab.serve`: the service as it is, but the time at which it decides can be set.

For labs only. `ivr serve` has no such clock, and does not start where one is set: what a caller gets at night must
never depend on a file that was left behind.
"""

import os
import time
from pathlib import Path

from ivr import settings
from ivr.service import app
from ivr.service.installation import LAB_CLOCK


def clock(path: Path) -> app.Clock:
    """The time that the file says; real time while there is no file."""

    def now() -> float:
        try:
            return time.time() + float(path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return time.time()

    return now


if __name__ == "__main__":
    app.serve(settings.load(), clock(Path(os.environ[LAB_CLOCK])))
