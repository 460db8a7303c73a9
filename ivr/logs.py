"""Log lines: one event a line, key=value, on standard error. What callers sent is quoted, never raw."""

import logging
import sys
from typing import Any

import structlog


def one_line(text: str) -> str:
    """`text` as one line that does nothing to a terminal: what is not printable is written as in Python."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class _OneLine(logging.Formatter):
    """What libraries log, their tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        return one_line(super().format(record))


def _escaped(_: object, __: str, line: Any) -> str:
    """After the renderer, which escapes quotes and newlines only: callers and customers send more than that."""
    return one_line(line)


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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(asctime)s level=%(levelname)s event=%(message)r"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
