"""Where Asterisk's sounds are."""

from pathlib import Path

SOUND_DIRS = (Path("/usr/share/asterisk/sounds/en"), Path("/var/lib/asterisk/sounds/en"))
"""Where packages put the English ones, and where Asterisk's own `make install` does."""


def usual() -> Path:
    """The first of SOUND_DIRS that is there; the first of all when none is."""
    return next((folder for folder in SOUND_DIRS if folder.is_dir()), SOUND_DIRS[0])
