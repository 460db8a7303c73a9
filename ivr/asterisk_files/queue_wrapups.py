"""For how long after a talk Asterisk rings an agent no more: queues.conf says it, AMI does not."""

from pathlib import Path

from ivr import asterisk_config
from ivr.errors import FileError

_LONGEST = 86_400.0


def wrapups(folder: Path) -> dict[str, float]:
    """Read from queues.conf the seconds of each queue that has any; none if it cannot be read."""
    try:
        found = asterisk_config.read(folder / "queues.conf")
    except FileError:
        return {}
    made = {}
    for name in found.names():
        said = found.values.get(name.lower(), {}).get("wrapuptime", "")
        if said.isascii() and said.isdecimal() and 0 < (seconds := float(said[:9])) <= _LONGEST:
            made[name] = seconds
    return made
