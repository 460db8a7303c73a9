"""Lengths of time in words."""

_UNITS = (
    ("second", 1, 120),
    ("minute", 60, 7200),
    ("hour", 3600, 172_800),
    ("day", 86_400, float("inf")),
)
"""Name, seconds, and from how many seconds on the next one is said."""


def length(seconds: float) -> str:
    """Say a length of time as people do: `40 seconds`, `4 minutes`, `3 hours`, `2 days`."""
    unit, size, _ = next(row for row in _UNITS if seconds < row[2])
    count = int(seconds // size)
    return f"{count} {unit}{'' if count == 1 else 's'}"
