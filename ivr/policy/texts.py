"""The text of the admin's files, and the version that it is."""

from dataclasses import dataclass
from pathlib import Path

from ivr import regular_files
from ivr.domain.policy_version import version_of
from ivr.limits import LARGEST_TEXT_BYTES

POLICY, AGENTS = "policy.yaml", "agents.yaml"
SCORING, CALIBRATION = "scoring.yaml", "calibration.json"


@dataclass(frozen=True, slots=True)
class Texts:
    """policy.yaml and agents.yaml as they were read, unchecked."""

    policy: str
    agents: str

    @property
    def version(self) -> str:
        """A hash of both."""
        return version_of(self.policy, self.agents)


def read(folder: Path) -> Texts:
    """The files in `folder`; raises FileError when one is missing, unreadable, too large, not UTF-8, or elsewhere."""
    return read_file(folder / POLICY)


def read_file(policy: Path) -> Texts:
    """A policy in a file of any name, and the agents.yaml beside it; raises as `read`."""
    return Texts(
        *(regular_files.text(path, LARGEST_TEXT_BYTES, path.parent) for path in (policy, policy.parent / AGENTS))
    )
