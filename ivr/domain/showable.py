"""Text that people see on screens, in logs and on phones: which characters may be in it."""

import unicodedata

_JOINERS = "\u200c\u200d"  # non-joiner and joiner: Persian and the languages of India are written with them
_WITHOUT_CASE = ("Lo", "Mn", "Mc")  # letters that have no capitals, and their signs; Latin ones need no joiner


def unshowable(text: str) -> str | None:
    """The first character of `text` that cannot be shown (a control character, say), as `U+0007`."""
    if text.isprintable():
        return None
    return next((f"U+{ord(c):04X}" for i, c in enumerate(text) if not _is_showable(text, i)), None)


def showable(text: str) -> str:
    """`text` without what cannot be shown."""
    if text.isprintable():
        return text
    return "".join(c for i, c in enumerate(text) if _is_showable(text, i))


def one_line(text: str) -> str:
    """`text` as one line that does nothing to a terminal: what is not printable is written as in Python."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _is_showable(text: str, at: int) -> bool:
    """A joiner counts between two letters that are joined in their script; elsewhere it only hides."""
    if text[at] not in _JOINERS:
        return text[at].isprintable()
    around = (text[at - 1 : at], text[at + 1 : at + 2])
    return all(each and unicodedata.category(each) in _WITHOUT_CASE for each in around)
