"""What a value may look like that Asterisk tells of a call, whichever way it tells it."""

import re

from ivr.domain.showable import showable

WORD = re.compile(r"[a-z][a-z-]{0,19}", re.ASCII)
CALL_ID = re.compile(r"[A-Za-z0-9._-]{1,150}", re.ASCII)
STATUS = re.compile(r"[A-Z]{1,20}", re.ASCII)
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
LONGEST = 200  # characters of a text that we keep


def kept(text: str) -> str:
    """Cut a text to what we keep of it, without what cannot be shown."""
    return showable(text[:LONGEST])
