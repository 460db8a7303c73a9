"""Deadlines and limits that several parts of the program keep, each in one place. Units are in the names.

One that a single module keeps stays there. Where the dialplan has to agree, tests/unit/test_contract.py compares.
"""

ANSWER_SECONDS = 0.95
"""From a request to the end of its answer: the dialplan gives up after 1 s, and an answer after that is for nobody."""

LOOKUP_SECONDS = 0.1
"""That a lookup may take, unless the settings say otherwise."""

DATABASE_AGAIN_SECONDS = 5.0
"""How often a database that cannot be used is tried again."""

WARN_AGAIN_SECONDS = 60.0
"""Between two warnings of the same, however often it happens."""

LARGEST_TEXT_BYTES = 1_000_000
"""The largest file that people write (policy, agents, settings, a dialplan): a larger one is something else."""

LONGEST_VALUE_BYTES = 3000
"""One value that the dialplan is told: it takes it apart in buffers of 4096."""

LONGEST_CONDITION_CHARACTERS = 1000

HIGHEST_PRIORITY = 1000
"""Of a caller in a queue; the lowest is 0."""

MOST_DIGITS = 20
"""Of what a caller types, and of a telephone number as Asterisk tells it."""
