"""What Asterisk has, as far as its configuration files and sound folders say: queues, music classes, sounds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr import asterisk_config, regular_files
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES

_SECTION = re.compile(r"\s*\[([^\]]+)\](\([^)]*\))?")
_EXTENSION = re.compile(r"\s*exten\s*=>?\s*([A-Za-z0-9_-]+)\s*,")
_SELF_SERVICE = "ivr-self-service"  # the dialplan's context
_NOT_QUEUES = {"general"}
_NO_SOUNDS = {".txt", ".md", ".yaml"}


@dataclass(frozen=True, slots=True)
class AsteriskConfig:
    """What there is; None for what is not known, and then `not_known` says why. The `*_from` are for messages.

    `problems` are lines of those files for which Asterisk leaves something out.
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
    problems: tuple[FileError, ...] = field(default=())

    def has_sound(self, name: str) -> bool:
        """Whether there is such a sound, or nobody can say."""
        known = self.own_sounds if self.sounds is None and name.startswith("ivr/") else self.sounds
        return known is None or name in known


def read(
    folder: Path,
    music: Sequence[Path],
    sounds: Sequence[Path],
    own: Sequence[Path],
    etc: Path = asterisk_config.FOLDER,
) -> AsteriskConfig:
    """Read queues.conf and ivr.conf in `folder`, and the first of the files `music` that is there.

    That one is a musiconhold.conf. `sounds` are Asterisk's folders of them, of which the first that
    is there counts, and `own` are ours, as many as there are. `etc` is Asterisk's own folder.
    """
    not_known, problems = list[str](), list[FileError]()

    def sections(path: Path, what: str) -> frozenset[str] | None:
        try:
            found = asterisk_config.read(path, etc)
        except FileError as error:
            not_known.append(f"{what}: {error}")
            return None
        problems.extend(found.problems)
        why = found.unseen or (f"Asterisk takes up nothing of {path}" if found.refused else "")
        if why:
            not_known.append(f"{what}: {why}")
        return None if why else found.names() - _NOT_QUEUES

    queues = sections(folder / "queues.conf", "queues")
    classes_file = next((path for path in music if path.is_file()), None)
    classes = sections(classes_file, "music classes") if classes_file else None
    if classes_file is None:
        not_known.append("music classes: there is no musiconhold.conf")
    ours = _sounds(own)
    folders = [path for path in sounds if path.is_dir()][:1]
    theirs = _sounds(folders)
    if theirs is None:
        not_known.append("Asterisk's own sounds: set IVR_SOUNDS_DIR to its folder sounds/en")
    return AsteriskConfig(
        queues=queues,
        music=classes,
        sounds=None if theirs is None else theirs | (ours or frozenset()),
        own_sounds=ours,
        self_services=_self_services(folder / "ivr.conf"),
        queues_from="queues.conf",
        music_from=str(classes_file.name) if classes_file else "",
        sounds_from=", ".join(str(path) for path in (*folders, *(path for path in own if path.is_dir()))),
        not_known=tuple(not_known),
        problems=tuple(problems),
    )


def _self_services(path: Path) -> frozenset[str] | None:
    """The extensions of the dialplan's context for self-service; None where it has no such context."""
    found: set[str] | None = None
    within = False
    for line in _lines(path):
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


def _lines(path: Path) -> list[str]:
    """Its lines, without comments; none of a file that cannot be read."""
    try:
        text = regular_files.read(path, LARGEST_TEXT_BYTES).decode(errors="replace")
    except FileError:
        return []
    return list(asterisk_config.uncommented(text.splitlines()))
