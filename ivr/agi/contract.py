"""The number of the contract between dialplan and service.

It is what the dialplan asks, argument by argument, and what the service answers, variable by variable. Either side may
be upgraded first: the service serves the contract before its own as well, and arguments are only ever added at the end,
where an older service does not look. Raise it when the two sides have to change together, and say in CHANGELOG.md what
to do.

    1  nine arguments; no number is sent
    2  the number is the tenth
"""

CONTRACT = 2  # dialplans/ivr.conf says the same: the last argument of its AGI()
UNSAID = 1  # of a dialplan that sends no number
