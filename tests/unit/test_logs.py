"""The log never harms what it tells of."""

import errno
import io

from ivr.logs import Unfailing


class Full(io.StringIO):
    """A stream on a full disk."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_on_a_full_disk_is_lost_and_nothing_else() -> None:
    print("a line", file=Unfailing(Full()), flush=True)
