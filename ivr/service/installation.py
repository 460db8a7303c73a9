"""Whose settings apply here, and where the lab is. Light, because `ivr health` needs it."""

import os
from pathlib import Path

from ivr import settings as settings_module
from ivr.errors import LabError
from ivr.lab import state as lab_state
from ivr.lab.state import LabState
from ivr.settings import Settings


def lab_home() -> Path:
    """The folder of the lab that `ivr lab up` starts: IVR_LAB_DIR, else var/lab here."""
    return Path(os.environ.get("IVR_LAB_DIR") or "var/lab")


def settings() -> Settings:
    """The settings that apply: IVR_SETTINGS or ./ivr.toml, else those of the lab that is up, else the defaults."""
    state = found_lab()
    if state is None:
        return settings_module.load()
    if not state.settings_file.exists():
        raise LabError(
            f"{lab_home() / 'lab.json'} says that a lab is up, but its settings {state.settings_file} are not there: "
            "`ivr lab down` ends it; or name your settings in IVR_SETTINGS"
        )
    return settings_module.load(state.settings_file)


def found_lab() -> LabState | None:
    """The lab whose settings apply: also when one of its processes has been killed, for that is when people look."""
    if os.environ.get("IVR_SETTINGS") or settings_module.DEFAULT_FILE.exists():
        return None
    return lab_state.load(lab_home())


def running_lab() -> LabState:
    """The running lab; raises LabError, which says how to start one."""
    state = lab_state.load(lab_home())
    if state is None or not state.process("asterisk").alive():
        raise LabError("no lab is running here: start one with `ivr lab up`")
    return state
