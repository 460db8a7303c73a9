"""Phones that the dialplan passes over for a while, of its own accord."""

from collections.abc import Iterable

_UNTIL = ("CALL_FORWARDS", "CALL_NO_ANSWER")  # global variables of ivr.conf


def rung_again(phones: Iterable[str]) -> list[str]:
    """Return the commands of Asterisk's command line after which it passes over none of these."""
    return [f'dialplan set global {name}_{phone} ""' for phone in phones for name in _UNTIL]
