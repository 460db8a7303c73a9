"""Where scenarios can be played: `lab`, `compose`, or a HOST of one's own."""

from dataclasses import dataclass
from pathlib import Path

from ivr.lab.asterisk_install import AsteriskInstall
from ivr.qa.scenarios.lab_stack import LabStack
from ivr.qa.scenarios.stack import Stack


@dataclass(frozen=True, slots=True)
class MakeLab:
    """Makes the lab of a worker in a folder of its own."""

    folder: Path
    install: AsteriskInstall
    policy_dir: Path

    def __call__(self, number: int) -> Stack:
        return LabStack(self.folder / f"worker-{number}", self.install, self.policy_dir)
