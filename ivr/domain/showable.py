"""Text that people see on screens, in logs and on phones: which characters may be in it."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # non-joiner and joiner: Persian and the languages of India are written with them
_JOINER = "\u200d"
_WITHOUT_CASE = ("Lo", "Mn", "Mc")  # letters that have no capitals, and their signs; Latin ones need no joiner
_EMOJI = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")  # blocks with emoji; all are visible
_VARIANTS = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # of colour and skin


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
    """A joiner counts between letters of scripts that need it, and two emoji; elsewhere it hides.

    Emoji are joined to one, as a family or a profession (Unicode Technical Standard 51, ED-16).
    """
    if text[at] not in _JOINERS:
        return text[at].isprintable()
    before, after = text[:at][-1:], text[at + 1 : at + 2]
    if all(each and unicodedata.category(each) in _WITHOUT_CASE for each in (before, after)):
        return True
    joined = text[:at].rstrip(_VARIANTS)[-1:] + after
    return text[at] == _JOINER and len(joined) == 2 and all(map(_EMOJI.fullmatch, joined))
