"""Log lines: one event a line, key=value, on standard error. What callers sent is quoted, never raw."""

import contextlib
import logging
import sys
from typing import TextIO

import structlog


class Unfailing:
    """A stream that loses what cannot be written: a full disk under the log must not end a call or a connection."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, if that can be done."""
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if that can be done."""
        with contextlib.suppress(OSError):
            self._stream.flush()


def configure(level: str) -> None:
    """Log events of `level` (debug, info, warning, error) and above."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(Unfailing(sys.stderr)),  # type: ignore[arg-type]  # print() needs no more
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s level=%(levelname)s event=%(message)r")
