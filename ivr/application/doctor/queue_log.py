"""Whether what happens while the service is away will be known."""

from ivr.application.doctor.ports import QueueLog
from ivr.application.doctor.verdicts import Verdict
from ivr.domain.durations import length
from ivr.errors import StoreError

_BEHIND_SECONDS = 60.0
_ABOUT = "queue_log"


def read(log: QueueLog) -> Verdict:
    """Look whether the service reads Asterisk's queue_log, and how far it is."""
    if log.path is None:
        return Verdict(_ABOUT, True, "not read: what happens while the service is away is lost")
    written_at = log.written_at()
    if written_at is None:
        mend = "queue_log = yes in logger.conf, or name the file in IVR_QUEUE_LOG"
        return Verdict(_ABOUT, False, f"there is no {log.path}", mend)
    try:
        read_until = log.read_until()
    except StoreError as error:
        return Verdict(_ABOUT, False, str(error), "see the line `database`")
    if read_until is None or written_at - read_until > _BEHIND_SECONDS:
        behind = length(written_at - (read_until or written_at))
        told = "never read" if read_until is None else f"it is {behind} ahead of what is known"
        mend = "does the service run, and may its user read the file? Its log says why not"
        return Verdict(_ABOUT, False, f"{log.path}: {told}", mend)
    return Verdict(_ABOUT, True, f"{log.path}, and all of it is known")
