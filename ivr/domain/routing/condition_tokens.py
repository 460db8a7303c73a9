"""The words of a condition, with their places: for what is looked at beside CEL's own checks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ivr.domain.routing.facts import FACTS

_TOKEN = re.compile(
    r"""(?P<text>(?:[rR][bB]?|[bB][rR])(?:\"{3}.*?\"{3}|'{3}.*?'{3}|"[^"]*"|'[^']*')
      | [bB]?(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))
      | (?P<number>[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]\w*)
      | (?P<name>[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)
      | (?P<sign>&&|\|\||[=!<>]=|//|\S)""",
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r"[A-Za-z_]\w*")
_NAMES = {fact.name for fact in FACTS}
_PLAIN = re.compile(r"[\"'][^\"'\\]*[\"']")
LOOPS = frozenset({"all", "exists", "exists_one", "map", "filter"})
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a condition: `at` is where it begins, from 0. A `text` is still in its quotes."""

    kind: Literal["fact", "name", "text", "number", "sign"]
    word: str
    at: int

    @property
    def content(self) -> str | None:
        """What stands in the quotes; None for no text, or for one with a backslash in it."""
        return self.word[1:-1] if self.kind == "text" and _PLAIN.fullmatch(self.word) else None


@lru_cache(maxsize=8192)
def tokens(condition: str) -> tuple[Token, ...]:
    """List the words of a condition, up to a comment.

    A fact with its dot is one word; `.size` behind it is two more.
    """
    found: list[Token] = []
    for each in _TOKEN.finditer(condition):
        if each[0] == "//":
            break
        match each.lastgroup:
            case "name":
                found += _names(each[0], each.start())
            case "text":
                found.append(Token("text", each[0], each.start()))
            case "number":
                found.append(Token("number", each[0], each.start()))
            case _:
                found.append(Token("sign", each[0], each.start()))
    return tuple(found)


@lru_cache(maxsize=8192)
def facts_of(condition: str) -> tuple[str, ...]:
    """List the names of the facts that a condition speaks of, each once."""
    return tuple(dict.fromkeys(token.word for token in tokens(condition) if token.kind == "fact"))


def slow(found: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Find what takes longer than a comparison: loops over lists, and patterns.

    With each comes whether it is within a loop or works on what one made.
    """
    opened: list[bool] = []  # for each open bracket, whether it is that of a loop
    after_loop = False  # of the chain of calls that is being read
    for i, token in enumerate(found):
        following = found[i + 1].word if i + 1 < len(found) else ""
        is_loop = token.kind == "name" and token.word in LOOPS and following == "("
        if is_loop or (token.word == "matches" and following == "("):
            yield token, after_loop or any(opened)
        if token.word in _OPEN:
            opened.append(i > 0 and found[i - 1].kind == "name" and found[i - 1].word in LOOPS)
        elif token.word in _CLOSE and opened and opened.pop():
            after_loop = True
        elif token.word in ("&&", "||", "?", ":", ","):
            after_loop = False


def _names(dotted: str, at: int) -> Iterator[Token]:
    """`customer.tags.exists` is a fact, a dot and a name."""
    parts = [(each[0], at + each.start()) for each in _PART.finditer(dotted)]
    names = [name for name, _ in parts]
    length = next((n for n in (2, 1) if ".".join(names[:n]) in _NAMES), 0)
    if length:
        yield Token("fact", ".".join(names[:length]), at)
    for i, (name, begin) in enumerate(parts[length:]):
        if i or length:
            yield Token("sign", ".", begin - 1)
        yield Token("name", name, begin)
