"""What a customer's row may say. The import asks this of every file, and a lookup of every row once more."""

import re

from ivr.limits import MOST_DIGITS

CUSTOMER_ID = re.compile(r"[A-Za-z0-9._:@-]{1,64}")
LANGUAGE = re.compile(r"([a-z]{2})?")
TAG = re.compile(r"[a-z0-9_-]{1,32}")
CONTRACT = re.compile(r"[a-z0-9_-]{0,32}")
CUSTOMER_NUMBER = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")  # what a caller can type
PIN = re.compile(r"[0-9]{4,8}")
# The PHC string of argon2id, and before it the pepper that it was made with, if any (peppers.py).
_PIN_HASH = re.compile(
    r"(?:\$pepper\$[0-9a-f]{8})?\$argon2id\$v=19\$m=([0-9]{1,7}),t=([0-9]{1,4}),p=([1-8])\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,172}"
)
_MOST_MEMORY, _MOST_WORK = 262_144, 1_000_000  # KiB, and KiB times passes: half a second, more or less
NAME_LENGTH = 100
AGENT_LENGTH = 60


def is_pin_hash(text: str) -> bool:
    """Whether `text` is a hash that a PIN can be verified with, in well under a second."""
    found = _PIN_HASH.fullmatch(text)
    if not found:
        return False
    memory, passes, lanes = map(int, found.groups())
    return 8 * lanes <= memory <= _MOST_MEMORY and passes >= 1 and memory * passes <= _MOST_WORK


def is_score(number: float) -> bool:
    """Whether `number` is within 0-100 (NaN is not)."""
    return 0 <= number <= 100
