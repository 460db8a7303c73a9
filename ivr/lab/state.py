"""What somebody needs to use a lab, as it stands in lab.json: light, because every `ivr` command looks for one."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ivr.errors import LabError
from ivr.lab.processes import Process

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
        return Path(self.home) / "ivr.toml"

    @property
    def authority(self) -> "Authority":
        """Who vouches for callers' numbers in this lab."""
        from ivr.lab.stir_shaken import Authority  # noqa: PLC0415 - 8 MB that the service, a user of this module, saves

        return Authority(Path(self.home) / "authority", f"http://{self.carrier}:{HTTP}/static/carrier.pem")

    def process(self, name: str) -> Process:
        """The process called `asterisk`, `carrier` or `service`."""
        return next(p for p in self.processes if p.name == name)

    def running(self) -> bool:
        """Whether every process is alive."""
        return bool(self.processes) and all(p.alive() for p in self.processes)


def load(home: Path) -> LabState | None:
    """The state of the lab in `home`, None when there is none."""
    try:
        data: dict[str, Any] = json.loads((home / "lab.json").read_text(encoding="utf-8"))
        return LabState(**{**data, "processes": [Process(**p) for p in data["processes"]]})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise LabError(f"{home}/lab.json cannot be read ({error}): end its processes and delete it") from None
