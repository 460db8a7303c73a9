"""Log lines: one event a line, key=value, on standard error. What callers sent is quoted, never raw."""

import contextlib
import logging
import sys
from typing import Any, TextIO

import structlog

from ivr.domain.showable import one_line


class _OneLine(logging.Formatter):
    """What libraries log, their tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        return one_line(super().format(record))


def _escaped(_: object, __: str, line: Any) -> str:
    """After the renderer, which escapes quotes and newlines only: callers and customers send more than that."""
    return one_line(line)


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
            _escaped,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(Unfailing(sys.stderr)),  # type: ignore[arg-type]  # it needs no more of a stream
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(asctime)s level=%(levelname)s event=%(message)r"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
