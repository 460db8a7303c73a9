"""What Asterisk has, as far as its configuration files and sound folders say: queues, music classes, sounds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr import regular_files
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES

_SECTION = re.compile(r"\s*\[([^\]]+)\](\([^)]*\))?")
_INCLUDE = re.compile(r"\s*#(?:try)?(include|exec)\s+[\"<]?([^\">]+?)[\">]?\s*$")
_EXTENSION = re.compile(r"\s*exten\s*=>?\s*([A-Za-z0-9_-]+)\s*,")
_SELF_SERVICE = "ivr-self-service"  # the dialplan's context
_NOT_QUEUES = {"general"}
_NO_SOUNDS = {".txt", ".md", ".yaml"}
_MOST_FILES, _DEEPEST = 20, 5  # files that one configuration may include, and how deep


@dataclass(frozen=True, slots=True)
class AsteriskConfig:
    """What there is; None for what is not known, and then `not_known` says why. The `*_from` are for messages.

    `own_sounds` are ours alone (those under `ivr/`); `sounds` are Asterisk's and ours, without what follows the dot.
    """

    queues: frozenset[str] | None = None
    music: frozenset[str] | None = None
    sounds: frozenset[str] | None = None
    own_sounds: frozenset[str] | None = None
    self_services: frozenset[str] | None = None
    queues_from: str = ""
    music_from: str = ""
    sounds_from: str = ""
    not_known: tuple[str, ...] = field(default=())

    def has_sound(self, name: str) -> bool:
        """Whether there is such a sound, or nobody can say."""
        known = self.own_sounds if self.sounds is None and name.startswith("ivr/") else self.sounds
        return known is None or name in known


def read(folder: Path, music: Sequence[Path], sounds: Sequence[Path], own: Sequence[Path]) -> AsteriskConfig:
    """Read queues.conf and ivr.conf in `folder`, the first of the files `music` that is there (musiconhold.conf), and
    the folders of Asterisk's `sounds` (the first that is there) and of our `own`, as many as there are."""
    not_known = []
    queues = sections(folder / "queues.conf")
    if queues is None:
        not_known.append(f"queues: {folder / 'queues.conf'} cannot be read, or includes what cannot")
    classes_file = next((path for path in music if path.is_file()), None)
    classes = sections(classes_file) if classes_file else None
    if classes is None:
        not_known.append("music classes: there is no musiconhold.conf that can be read")
    ours = _sounds(own)
    folders = [path for path in sounds if path.is_dir()][:1]
    theirs = _sounds(folders)
    if theirs is None:
        not_known.append("Asterisk's own sounds: set IVR_SOUNDS_DIR to its folder sounds/en")
    return AsteriskConfig(
        queues=None if queues is None else queues - _NOT_QUEUES,
        music=None if classes is None else classes - _NOT_QUEUES,
        sounds=None if theirs is None else theirs | (ours or frozenset()),
        own_sounds=ours,
        self_services=_self_services(folder / "ivr.conf"),
        queues_from="queues.conf",
        music_from=str(classes_file.name) if classes_file else "",
        sounds_from=", ".join(str(path) for path in (*folders, *(path for path in own if path.is_dir()))),
        not_known=tuple(not_known),
    )


def sections(path: Path, depth: int = 0) -> frozenset[str] | None:
    """The sections of a configuration file, without templates, with those of what it includes. None if not known."""
    lines = _lines(path)
    if lines is None or depth > _DEEPEST:
        return None
    found = set[str]()
    included = 0
    for line in lines:
        if include := _INCLUDE.match(line):
            included += 1
            if include[1] == "exec" or included > _MOST_FILES:
                return None
            inner = sections(path.parent / include[2], depth + 1)
            if inner is None:
                return None
            found |= inner
        elif (section := _SECTION.match(line)) and "!" not in (section[2] or ""):
            found.add(section[1].strip())
    return frozenset(found)


def _self_services(path: Path) -> frozenset[str] | None:
    """The extensions of the dialplan's context for self-service; None where it has no such context."""
    found: set[str] | None = None
    within = False
    for line in _lines(path) or ():
        if section := _SECTION.match(line):
            within = section[1].strip() == _SELF_SERVICE
            if within:
                found = found or set()
        elif within and found is not None and (extension := _EXTENSION.match(line)):
            found.add(extension[1])
    return None if found is None else frozenset(found - {"_", "h", "i", "t"})


def _sounds(folders: Iterable[Path]) -> frozenset[str] | None:
    """The sounds in all these folders, as the dialplan names them; None without any folder."""
    there = [folder for folder in folders if folder.is_dir()]
    if not there:
        return None
    found = set[str]()
    for folder in there:
        for path in folder.resolve().rglob("*.*"):
            if path.suffix not in _NO_SOUNDS:
                found.add(path.relative_to(folder.resolve()).with_suffix("").as_posix())
    return frozenset(found)


def _lines(path: Path) -> list[str] | None:
    """Its lines, without comments."""
    try:
        text = regular_files.read(path, LARGEST_TEXT_BYTES).decode(errors="replace")
    except FileError:
        return None
    return [line.partition(";")[0].rstrip() for line in text.splitlines()]
