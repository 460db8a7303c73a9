"""Which name was meant, when somebody writes one that is not there."""

import difflib
from collections.abc import Iterable
from itertools import islice

_SHOWN = 12  # names that a message lists
_LOOKED_AT = 50  # names that are compared letter by letter: that takes time, and a file may have thousands of mistakes


def close(name: str, known: Iterable[str]) -> str:
    """The name that looks most like it, or nothing."""
    alike = (
        each
        for each in sorted(known)  # of a set, so that the same is said each time
        if abs(len(each) - len(name)) <= 3 and (each[:1] == name[:1].lower() or each[-1:] == name[-1:])
    )
    return next(iter(difflib.get_close_matches(name, list(islice(alike, _LOOKED_AT)), 1)), "")


def is_it(name: str, known: Iterable[str]) -> str:
    """`: is NAME meant?`, or nothing."""
    found = close(name, known)
    return f": is {found} meant?" if found else ""


def listed(known: Iterable[str]) -> str:
    """The names for a message, not too many of them."""
    names = list(islice(known, _SHOWN + 1))
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "") if names else "none"
