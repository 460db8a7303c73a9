"""Elements of HTML and SVG from plain values: everything that is not markup already is escaped, always.

What comes out is well-formed XML too, so that a test can read it with a strict parser.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import escape

# Not shown, or turning what follows around, or not allowed in XML. Lone surrogates cannot even be written as UTF-8.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e007f]"
)
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line"})

MOST = 400  # characters of a label that are looked at: those that take no room (accents) are not counted otherwise


class Html(str):
    """Markup: put into an element as it is."""

    __slots__ = ()


Child = str | None | Iterable[str | None]
Value = str | int | float | bool | None


def visible(text: str) -> str:
    """`text` with a visible stand-in for every character that shows nothing or changes what is around it."""
    return _HIDDEN.sub(_stand_in, text)


def one_line(text: str) -> str:
    """As `visible`, and on one line."""
    return visible(text).replace("\n", "↵").replace("\t", " ")


def _stand_in(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found.group()):04X}⟩"


def el(tag: str, /, *children: Child, **attributes: Value) -> Html:
    """An element. `class_` and `aria_label` are the attributes class and aria-label; None and False leave one out."""
    parts = ["<", tag]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        shown = escape(visible(value)) if isinstance(value, str) else _number(value)
        parts.append(f' {name.rstrip("_").replace("_", "-")}="{shown}"')
    if tag in VOID and not children:
        parts.append(" />")
        return Html("".join(parts))
    parts.append(">")
    for child in children:
        if child is not None:
            parts.extend((_text(child),) if isinstance(child, str) else (_text(c) for c in child if c is not None))
    parts.append(f"</{tag}>")
    return Html("".join(parts))


def _number(value: float) -> str:
    if value is True:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def joined(parts: Iterable[str | None]) -> Html:
    """Several pieces, one after the other."""
    return Html("".join(_text(part) for part in parts if part is not None))


def short(text: str, limit: int = 160) -> Html:
    """Text of others, kept apart from what is around it (it may run from right to left); cut, and whole in a title."""
    shown = visible(text)
    if len(shown) <= limit:
        return el("bdi", shown)
    return el("bdi", f"{shown[:limit].rstrip()}…", title=text)


def _text(child: str) -> str:
    return child if isinstance(child, Html) else escape(visible(child))


_NARROW, _WIDE = frozenset("ijlfrtI.,:;'|!()[]- "), frozenset("mwMW@%&—…⟨⟩")


def width(text: str, size: float = 11) -> float:
    """At least how many pixels `text` takes in a plain font of this size: there is none to ask."""
    return sum(map(_ems, text)) * size


@lru_cache(4096)
def _ems(char: str) -> float:
    if char in _NARROW:
        return 0.42
    if char in _WIDE:
        return 1.02
    if char.isascii():
        return 0.76 if char.isupper() else 0.64
    if unicodedata.combining(char):
        return 0
    return 1.1 if unicodedata.east_asian_width(char) in "WFA" or ord(char) > 0x2FFF else 0.8


def fitted(text: str, room: float, size: float = 11) -> str:
    """`text` on one line, cut where it would be wider than `room`."""
    line = one_line(text[:MOST])
    if width(line, size) <= room:
        return line
    left, kept = room - width("…", size), []
    for char in line:
        left -= _ems(char) * size
        if left < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"
