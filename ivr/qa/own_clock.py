"""`python -m ivr.qa.own_clock FILE`: the service with a clock of its own: time.time() plus the seconds in FILE.

libfaketime 0.9.10 cannot be used for it: with the monotonic clock left alone, time.sleep() fails (EINVAL) and the
service stands still. A real jump leaves the monotonic clock alone, and so does this.
"""

import sys
import time
from pathlib import Path

_real, _file = time.time, Path(sys.argv[1])


def _own() -> float:
    return _real() + float(_file.read_text(encoding="utf-8") or 0)


if __name__ == "__main__":
    time.time = _own  # before ours is imported, which keeps it as a default
    from ivr import settings
    from ivr.service import app

    app.serve(settings.load())
