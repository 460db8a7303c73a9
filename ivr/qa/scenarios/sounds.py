"""Asterisk's prompts and ours as samples, to recognise them in a recording."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from ivr.shipped_files import share

_OURS = "ivr/"
_NAME = re.compile(r"[a-z0-9]+([_/-]?[a-z0-9]+)*", re.ASCII)  # nothing that leads out of the folder


def converted(name: str, sounds: Path, folder: Path, cli: Callable[[str], str]) -> bytes | None:
    """The prompt called `name` in `sounds` as a WAV file, converted by the Asterisk that `cli` commands, in `folder`.

    Those of ivr/ are taken from this code, in English. None when there is no such prompt.
    """
    source = (share("asterisk") / "sounds/en" if name.startswith(_OURS) else sounds) / f"{name}.gsm"
    if not _NAME.fullmatch(name) or not source.is_file():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{name.replace('/', '-')}.gsm"
    target = copy.with_suffix(".wav")
    if not target.exists():
        shutil.copy(source, copy)  # Asterisk takes no links, and tells files apart by their ending
        cli(f"file convert {copy} {target}")
    return target.read_bytes() if target.exists() else None
