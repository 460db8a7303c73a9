"""Texts that begin alike, as a range of an index in the order of their characters."""

_LAST, _BEFORE_SURROGATES, _AFTER_SURROGATES = "\U0010ffff", "\ud7ff", "\ue000"


def after_all_with(begin: str) -> str:
    """Give the least text that comes after all that begin with `begin`, which is not empty."""
    kept = begin.rstrip(_LAST)
    if not kept:
        return begin + _LAST  # no text has that
    last = kept[-1]
    following = _AFTER_SURROGATES if last == _BEFORE_SURROGATES else chr(ord(last) + 1)
    return kept[:-1] + following
