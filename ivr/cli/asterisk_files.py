"""What Asterisk has, as far as its files say, for the commands that check a policy."""

from pathlib import Path

from ivr.application.doctor import SOUND_DIRS
from ivr.errors import LabError
from ivr.policy.lint import asterisk_inventory
from ivr.policy.lint.asterisk_inventory import AsteriskConfig
from ivr.settings import Settings
from ivr.shipped_files import share

_MUSIC = "musiconhold.conf"


def asterisk_files(folder: Path, settings: Settings) -> AsteriskConfig:
    """What Asterisk's files say, and ours where it has none of its own here. `folder` is the policy's."""
    try:
        shipped = share("asterisk")
    except LabError:
        shipped = Path("/nonexistent")
    music = [folder / _MUSIC, Path("/etc/asterisk") / _MUSIC, shipped / "pbx" / _MUSIC]
    sounds = [settings.sounds_dir] if settings.sounds_dir else list(SOUND_DIRS)
    return asterisk_inventory.read(folder, music, sounds, [shipped / "sounds" / "en"])
