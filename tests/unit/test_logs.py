"""One event is one line, whatever callers and customers have put into it."""

import errno
import io
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.showable import one_line
from ivr.logs import Unfailing

PROGRAM = """
import logging, structlog
from ivr import logs
logs.configure("debug")
EVIL = "a\\nlevel=error event=forged\\r\\n\\x1b[2J\\u2028b\\x85c\\x0bd"
log = structlog.get_logger()
log.info("routed", customer=EVIL, caller="plain\\rtext")
try:
    raise ValueError(EVIL)
except ValueError:
    log.exception("failed")
    logging.getLogger("library").exception("failed %s", EVIL)
"""


def test_a_value_never_makes_a_line_of_its_own() -> None:
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True).stderr.decode()
    assert told.endswith("\n")
    lines = told.removesuffix("\n").split("\n")
    assert [line for line in lines if not line.isprintable()] == []
    assert len(lines) == len(told.splitlines()) == 3
    assert not any(line.startswith("level=error") for line in lines)


@given(st.text())
def test_any_text_is_one_printable_line(text: str) -> None:
    assert one_line(text).isprintable()
    assert one_line("plain text é ☎") == "plain text é ☎"


class Full(io.StringIO):
    """A stream on a full disk."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_on_a_full_disk_is_lost_and_nothing_else() -> None:
    print("a line", file=Unfailing(Full()), flush=True)
