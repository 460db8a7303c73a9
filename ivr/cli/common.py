"""What several commands share: whose settings apply, and where the lab is."""

import os
from pathlib import Path

from rich.console import Console

from ivr import settings as settings_module
from ivr.errors import LabError
from ivr.lab import lab as lab_module
from ivr.lab.lab import LabState
from ivr.qa.calls import Containers, Target
from ivr.settings import Settings

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def lab_home() -> Path:
    """The folder of the lab that `ivr lab up` starts: IVR_LAB_DIR, else var/lab here."""
    return Path(os.environ.get("IVR_LAB_DIR") or "var/lab")


def settings() -> Settings:
    """The settings that apply: IVR_SETTINGS or ./ivr.toml, else those of the lab that is up, else the defaults."""
    if not os.environ.get("IVR_SETTINGS") and not settings_module.DEFAULT_FILE.exists():
        state = lab_module.load(lab_home())
        if state:  # also when one of its processes has been killed: that is when people look
            return settings_module.load(state.settings_file)
    return settings_module.load()


def call_target() -> Target:
    """Where test calls go: the containers that IVR_QA_CARRIER and IVR_QA_PBX name, else the running lab."""
    carrier, secret = os.environ.get("IVR_QA_CARRIER"), os.environ.get("IVR_QA_SECRET")
    if not carrier:
        return running_lab()
    if not secret:
        raise LabError("IVR_QA_CARRIER is set, but not IVR_QA_SECRET: the secret of the AMI user qa")
    return Containers(pbx=os.environ.get("IVR_QA_PBX") or "127.0.0.1", carrier=carrier, qa_secret=secret)


def running_lab() -> LabState:
    """The running lab; raises LabError, which says how to start one."""
    state = lab_module.load(lab_home())
    if state is None or not state.process("asterisk").alive():
        raise LabError("no lab is running here: start one with `ivr lab up`")
    return state
