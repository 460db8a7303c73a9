"""The text of the admin's files, and the version that it is."""

from dataclasses import dataclass
from pathlib import Path

from ivr.domain.version import version_of
from ivr.errors import FileError

POLICY, AGENTS = "policy.yaml", "agents.yaml"
_MAX_BYTES = 1_000_000


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
    """The files in `folder`; raises FileError when one is missing, unreadable, too large or not UTF-8."""
    return Texts(_read(folder / POLICY), _read(folder / AGENTS))


def read_file(policy: Path) -> Texts:
    """A policy in a file of any name, and the agents.yaml beside it; raises as `read`."""
    return Texts(_read(policy), _read(policy.parent / AGENTS))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise FileError(path, None, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if len(raw) > _MAX_BYTES:
        raise FileError(path, None, f"larger than {_MAX_BYTES:,} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileError(path, line, "not UTF-8: save the file as UTF-8") from None
