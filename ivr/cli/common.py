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


def settings(*, say: bool = False) -> Settings:
    """The settings that apply: IVR_SETTINGS or ./ivr.toml, else those of the lab that is up, else the defaults.

    `say` is for what an operator runs: one line on stderr if it is a lab's settings that were found.
    """
    state = _found_lab()
    if state is None:
        return settings_module.load()
    if not state.settings_file.exists():
        raise LabError(
            f"{lab_home() / 'lab.json'} says that a lab is up, but its settings {state.settings_file} are not there: "
            "`ivr lab down` ends it; or name your settings in IVR_SETTINGS"
        )
    if say:
        err.print(f"settings: those of the lab, {state.settings_file} (IVR_SETTINGS names others)", markup=False)
    return settings_module.load(state.settings_file)


def _found_lab() -> LabState | None:
    """The lab whose settings apply: also when one of its processes has been killed, for that is when people look."""
    if os.environ.get("IVR_SETTINGS") or settings_module.DEFAULT_FILE.exists():
        return None
    return lab_module.load(lab_home())


def database(settings: Settings) -> str:
    """Which database a command writes to, for its last line. Ask before: afterwards it is not new any more."""
    from ivr.store.engine import named  # noqa: PLC0415 - SQLAlchemy, which many commands do without
    from ivr.store.sqlite_file import path_of  # noqa: PLC0415

    path = path_of(settings.database_url)
    what = "the database, which is new" if path and not path.exists() else "the database"
    return f"{what}: {named(settings.database_url)}"


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
