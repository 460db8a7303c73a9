"""What a customer's row may say. The import asks this of every file, and a lookup of every row once more."""

import re

CUSTOMER_ID = re.compile(r"[A-Za-z0-9._:@-]{1,64}")
LANGUAGE = re.compile(r"([a-z]{2})?")
TAG = re.compile(r"[a-z0-9_-]{1,32}")
NAME_LENGTH = 100
AGENT_LENGTH = 60


def unshowable(text: str) -> str | None:
    """The first character of `text` that cannot be shown (a control character, say), as `U+0007`."""
    if text.isprintable():
        return None
    return next(f"U+{ord(c):04X}" for c in text if not c.isprintable())


def is_score(number: float) -> bool:
    """Whether `number` is within 0-100 (NaN is not)."""
    return 0 <= number <= 100
