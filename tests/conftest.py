"""What all tests share."""

import time
from collections.abc import Callable


def until(condition: Callable[[], object], patience: float = 10.0) -> None:
    """Poll until `condition` holds; fail after `patience` seconds. For states that nothing announces."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.02)
