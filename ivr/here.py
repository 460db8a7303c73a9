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
    if not os.environ.get("IVR_SETTINGS") and not settings_module.DEFAULT_FILE.exists():
        state = lab_state.load(lab_home())
        if state:  # also when one of its processes has been killed: that is when people look
            return settings_module.load(state.settings_file)
    return settings_module.load()


def running_lab() -> LabState:
    """The running lab; raises LabError, which says how to start one."""
    state = lab_state.load(lab_home())
    if state is None or not state.process("asterisk").alive():
        raise LabError("no lab is running here: start one with `ivr lab up`")
    return state
