"""The number of the contract between dialplan and service.

It is what the dialplan asks, argument by argument, and what the service answers, variable by variable. Either side may
be upgraded first: the service serves the contract before its own as well, and arguments are only ever added at the end,
where an older service does not look. Raise it when the two sides have to change together, and say in CHANGELOG.md what
to do.

    1  nine arguments; no number is sent
    2  the number is the tenth; ASSERTED and FROM come after it, or nothing
"""

import re

CONTRACT = 2  # dialplans/ivr.conf says the same: the last argument of its AGI()
UNSAID = 1  # of a dialplan that sends no number


def contract_of_dialplan(asks: str) -> int:
    """The contract of a dialplan, by what it gives to AGI(): the address, nine arguments, and then the number."""
    return number("".join(asks.split(",")[10:11]).strip())


def number(said: str) -> int:
    """The number of a contract as one side says it; UNSAID for what is none."""
    return int(said) if re.fullmatch(r"[0-9]{1,6}", said, re.ASCII) else UNSAID
