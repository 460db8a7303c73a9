"""What somebody needs to use a lab, as it stands in lab.json."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ivr.errors import LabError
from ivr.lab.processes import Process
from ivr.service import installation

if TYPE_CHECKING:
    from ivr.lab.stir_shaken import Authority

HTTP = 8088


@dataclass(frozen=True, slots=True)
class LabState:
    """All that somebody needs to use a lab; kept in lab.json in its folder."""

    home: str
    number: int
    pbx: str
    carrier: str
    policy_dir: str
    ami_secret: str
    qa_secret: str
    asterisk: list[str]
    version: str
    sipp: list[str] | None
    run_dirs: dict[str, str]
    processes: list[Process]

    @property
    def settings_file(self) -> Path:
        """The service's settings, for `ivr` commands that shall speak to this lab."""
        return Path(self.home) / installation.LAB_SETTINGS

    @property
    def authority(self) -> "Authority":
        """Who vouches for callers' numbers in this lab."""
        from ivr.lab.stir_shaken import Authority  # noqa: PLC0415 - 8 MB that most users of a lab do not need

        return Authority(Path(self.home) / "authority", f"http://{self.carrier}:{HTTP}/static/carrier.pem")

    def process(self, name: str) -> Process:
        """The process called `asterisk`, `carrier` or `service`."""
        return next(p for p in self.processes if p.name == name)

    def running(self) -> bool:
        """Whether every process is alive."""
        return bool(self.processes) and all(p.alive() for p in self.processes)


def load(home: Path) -> LabState | None:
    """The state of the lab in `home`, None when there is none."""
    said = installation.read_lab(home)
    if said is None:
        return None
    try:
        return LabState(**{**said, "processes": [Process(**p) for p in said["processes"]]})
    except (ValueError, TypeError, KeyError) as error:
        raise installation.not_a_lab(home, error) from None


def running(home: Path) -> LabState:
    """The lab in `home`, which runs; raises LabError, which says how to start one."""
    state = load(home)
    if state is None or not state.process("asterisk").alive():
        raise LabError("no lab is running here: start one with `ivr lab up`")
    return state
