"""Whose settings apply here, and where the lab is. Light, because `ivr health` needs it.

Of a lab only the place of its settings is read: the service and its commands need nothing else of one.
"""

import json
import os
from pathlib import Path
from typing import Any

from ivr import regular_files
from ivr import settings as settings_module
from ivr.errors import FileError, LabError
from ivr.limits import LARGEST_TEXT_BYTES
from ivr.settings import Settings

LAB_CLOCK = "IVR_LAB_CLOCK"  # of a lab's service: names a file that holds the seconds to add to the time
LAB_SETTINGS = "ivr.toml"  # in a lab's folder
_LAB_FILE = "lab.json"


def lab_home() -> Path:
    """The folder of the lab that `ivr lab up` starts: IVR_LAB_DIR, else var/lab here."""
    return Path(os.environ.get("IVR_LAB_DIR") or "var/lab")


def settings() -> Settings:
    """The settings that apply: IVR_SETTINGS or ./ivr.toml, else those of the lab that is up, else the defaults."""
    of_lab = lab_settings()
    if of_lab is None:
        return settings_module.load()
    if not of_lab.exists():
        raise LabError(
            f"{lab_home() / _LAB_FILE} says that a lab is up, but its settings {of_lab} are not there: "
            "`ivr lab down` ends it; or name your settings in IVR_SETTINGS"
        )
    return settings_module.load(of_lab)


def lab_settings() -> Path | None:
    """The settings of the lab, if it is those that apply.

    Also when one of its processes has been killed, for that is when people look.
    """
    if os.environ.get("IVR_SETTINGS") or settings_module.DEFAULT_FILE.exists():
        return None
    lab = read_lab(lab_home())
    return None if lab is None else Path(lab["home"]) / LAB_SETTINGS


def read_lab(home: Path) -> dict[str, Any] | None:
    """What lab.json in `home` says, its `home` at the least; None when there is no lab. Raises LabError."""
    file = home / _LAB_FILE
    if not file.exists():
        return None
    try:
        said = json.loads(regular_files.read(file, LARGEST_TEXT_BYTES, private=True))
    except (FileError, ValueError) as error:
        raise not_a_lab(home, error) from None
    if not isinstance(said, dict) or not isinstance(said.get("home"), str):
        raise not_a_lab(home, "it does not say where the lab is")
    return said


def not_a_lab(home: Path, why: object) -> LabError:
    """The error for a lab.json that is none."""
    return LabError(f"{home / _LAB_FILE} cannot be read ({why}): end its processes and delete it")
