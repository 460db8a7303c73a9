"""Asterisk's configuration files, read as Asterisk 22 reads them (its main/config.c).

That is: comments, includes and sections, for people who check their files. Asterisk itself is asked
nothing, and nothing is run.
"""

import glob
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ivr import regular_files
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES

FOLDER = Path("/etc/asterisk")
"""Where Asterisk looks for what is included without a whole path, whichever file includes it."""

_BLANKS = "".join(map(chr, range(33)))  # what Asterisk takes off both ends of a line
_LONGEST = 8190  # bytes of a line; Asterisk leaves out a longer one
_DEEPEST = 11  # files that include one another, with the first (MAX_INCLUDE_LEVEL)
_MOST_FILES = 200  # in all; Asterisk has no limit
_SECTION = re.compile(r"\[([^\]]*)\](?:(\()([^)]*)(\)?))?")
_NO_FURTHER = "Asterisk reads no further here"
_BRACES = re.compile(r"(.*?)\{([^{}]*)\}(.*)")


def uncommented(lines: Iterable[str]) -> Iterator[str]:
    """Return each line as Asterisk reads it: without comments, empty where there is nothing else.

    `;` begins a comment to the end of the line, and `;--` one that ends with `--;`, perhaps on a
    later line; these nest. `;---` begins none of them, and `\\;` is a semicolon.
    """
    comments = _Comments()
    for line in lines:
        yield comments.taken_out(line)


class _Comments:
    """How deep comments are nested, from line to line.

    As in Asterisk, a `--;` outside of them begins one, too: the depth is -1 then.
    """

    def __init__(self) -> None:
        self.depth = 0

    def taken_out(self, line: str) -> str:
        """Return what is left of the next line."""
        reads, kept, rest = not self.depth, "", line
        cut = self.depth != 0  # what comes next is not kept
        while (at := rest.find(";")) >= 0:
            before, after = rest[:at], rest[at + 1 :]
            if before.endswith("\\"):
                more, rest = f"{before[:-1]};", after
            elif after.startswith("--") and after[2:3] != "-":
                self.depth += 1
                more, rest = before, after[2:]
                kept, cut, more = kept if cut else kept + more, True, ""
            elif before.endswith("--"):
                self.depth -= 1
                more, rest = f"{before};", after
                if not self.depth:
                    reads, cut, more = True, False, ""
            elif not self.depth:
                return f"{kept}{'' if cut else before}".strip(_BLANKS) if reads else ""
            else:
                more, rest = f"{before};", after
            kept = kept if cut else kept + more
        return f"{kept}{'' if cut else rest}".strip(_BLANKS) if reads else ""


@dataclass(slots=True)
class ConfigReading:
    """What a configuration file and those that it includes come to.

    `sections` are in the order in which they begin, each with whether it is a template only. For
    each of `problems` Asterisk leaves something out, and takes up nothing at all where the first
    file itself has one (`refused`). `unseen` is why nobody can say here what Asterisk reads, empty
    where that is known.
    """

    sections: dict[str, bool] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[FileError] = field(default_factory=list)
    refused: bool = False
    unseen: str = ""

    def names(self) -> frozenset[str]:
        """Return the sections that are no templates."""
        return frozenset(name for name, template in self.sections.items() if not template)

    def has(self, name: str, *, template: bool) -> bool:
        """Return whether there is such a section, in capitals or not, or perhaps a template."""
        known = (each for each, only in self.sections.items() if template or not only)
        return name.lower() in (each.lower() for each in known)


def read(path: Path, folder: Path = FOLDER) -> ConfigReading:
    """Read a configuration file as Asterisk does, whose own folder is `folder`.

    Raises FileError when the file itself cannot be read.
    """
    reader = _Reader(folder)
    content = regular_files.read(path, LARGEST_TEXT_BYTES)
    try:
        reader.take(path, content, _Comments(), (path.resolve(),))
    except FileError as problem:
        reader.found.problems.append(problem)
        reader.found.refused = True
    return reader.found


class _Reader:
    """Reads one file after the other; FileError is what makes Asterisk leave a file."""

    def __init__(self, folder: Path) -> None:
        self.found = ConfigReading()
        self._folder = folder
        self._files = 0
        self._values: dict[str, str] = {}  # of the section that has begun

    def take(
        self,
        path: Path,
        content: bytes,
        comments: _Comments,
        within: tuple[Path, ...],
    ) -> None:
        """Read a file, the last of `within`; raises FileError where Asterisk reads no further."""
        begun = bool(self.found.sections)
        for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
            if len(raw) > _LONGEST:
                continue
            line = comments.taken_out(raw.decode(errors="replace"))
            if line.startswith("["):
                self._section(line, path, number)
                begun = True
            elif line.startswith("#"):
                self._directive(line, path, number, within)
            elif line and not begun:
                problem = f"{line[:40]!r} stands in no section: {_NO_FURTHER}"
                raise FileError(path, number, problem)
            elif line:
                name, _, value = line.partition("=")
                self._values[name.strip(_BLANKS).lower()] = value.removeprefix(">").strip(_BLANKS)

    def _section(self, line: str, path: Path, number: int) -> None:
        """Take `[name]`, perhaps with options: ! a template, + more of one, or what it is like."""
        found = _SECTION.match(line)
        if not found or (found[2] and not found[4]):
            raise FileError(path, number, f"a bracket is not closed: {_NO_FURTHER}")
        name, options = found[1], (found[3] or "").split(",") if found[2] else []
        for option in options:
            base = name if option.startswith("+") else option
            if option not in ("", "!") and not self.found.has(base, template=base == option):
                problem = f"there is no section {base} above this line: {_NO_FURTHER}"
                raise FileError(path, number, problem)
        more = any(option.startswith("+") for option in options)
        if not more:
            self.found.sections[name] = self.found.sections.get(name, True) and "!" in options
        before = self.found.values.get(name.lower(), {}) if more else {}
        self._values = self.found.values[name.lower()] = before
        for option in options:
            self._values.update(self.found.values.get(option.lower(), {}))

    def _directive(self, line: str, path: Path, number: int, within: tuple[Path, ...]) -> None:
        """Take a line that begins with `#`; Asterisk leaves out those that it does not know."""
        word = re.split(r"[\x00-\x20]", line[1:], maxsplit=1)[0]
        kind, what = word.lower(), _unquoted(line[1 + len(word) :].strip(_BLANKS))
        here = FileError(path, number, f"#{kind} {what}")
        if kind == "exec" and what:
            self._not_seen(f"{here} is not run here")
        elif kind in ("include", "tryinclude") and what:
            self._include(what, here, within, must=kind == "include")

    def _not_seen(self, why: str) -> None:
        self.found.unseen = self.found.unseen or why

    def _include(
        self,
        what: str,
        here: FileError,
        within: tuple[Path, ...],
        *,
        must: bool,
    ) -> None:
        """Read the files that a name or pattern stands for, included by the line `here`."""
        comments, there = _Comments(), False
        for path in _matches(self._folder / what):
            if not path.is_file():
                continue
            there = True
            self._files += 1
            if self._files > _MOST_FILES:
                self._not_seen(f"{here}: more than {_MOST_FILES} files are included")
                return
            if why := _too_deep(path, within):
                mend = f"{here.problem}: {why} ({path.name}): take the line out"
                self.found.problems.append(FileError(here.path, here.line, mend))
                continue
            try:
                content = regular_files.read(path, LARGEST_TEXT_BYTES)
            except FileError as problem:
                self._not_seen(f"{here}: {problem}")
                continue
            try:
                self.take(path, content, comments, (*within, path.resolve()))
            except FileError as problem:
                self.found.problems.append(problem)
                return  # nor does Asterisk read the files that come after it
        if must and not there:
            self._missing(what, here)

    def _missing(self, what: str, here: FileError) -> None:
        """Raise FileError: nothing fits, which ends the file; unless no Asterisk could have it."""
        there = "" if what.startswith("/") else f" in {self._folder}"
        says = f"{here.problem}: there is no such file{there}"
        if not self._folder.is_dir():
            self._not_seen(f"{here.path}:{here.line}: {says}, and no Asterisk on this machine")
            return
        raise FileError(here.path, here.line, f"{says}: {_NO_FURTHER}; #tryinclude does without it")


def _too_deep(path: Path, within: tuple[Path, ...]) -> str:
    """Return why a file is not read: it includes itself, or they are too many; else nothing."""
    if path.resolve() in within:
        alone = path.resolve() == within[-1]
        return "the file includes itself" if alone else "the files include one another"
    return "Asterisk follows no more" if len(within) >= _DEEPEST else ""


def _unquoted(name: str) -> str:
    """Without the quotes or angle brackets around it."""
    pair = {'"': '"', "<": ">"}.get(name[:1])
    return name[1:-1] if pair and len(name) > 1 and name.endswith(pair) else name


def _matches(pattern: Path) -> list[Path]:
    """Return the files that fit a pattern with `{a,b}`, `*`, `?`, `[…]` (glob(3), GLOB_BRACE)."""
    return [
        Path(each)
        for one in _alternatives(str(pattern))
        for each in sorted(glob.glob(one))  # noqa: PTH207 - Path.glob takes hidden files, too
    ]


def _alternatives(pattern: str) -> Iterator[str]:
    found = _BRACES.fullmatch(pattern)
    if not found or found[2] == "":
        yield pattern
        return
    for each in found[2].split(","):
        yield from _alternatives(f"{found[1]}{each}{found[3]}")
