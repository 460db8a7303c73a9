"""The folder of the admin's files: policy.yaml and agents.yaml, read together as one version."""

from dataclasses import dataclass
from pathlib import Path

from ivr.domain.agent import Agent
from ivr.domain.policy import Policy
from ivr.errors import FileError
from ivr.policy import texts
from ivr.policy.form import AgentsFile, PolicyFile
from ivr.policy.yaml_file import Document, validated


@dataclass(frozen=True, slots=True)
class Bundle:
    """The admin's files as one hashed version."""

    policy: Policy
    agents: tuple[Agent, ...]

    def queues(self) -> set[str]:
        """Queues that the policy sends callers to."""
        treatments = self.policy.treatments.values()
        return {t.queue for t in treatments if t.queue} | {t.overflow.queue for t in treatments if t.overflow}

    def queues_without_agents(self) -> list[str]:
        """Queues that the policy sends callers to, and that nobody serves."""
        return sorted(self.queues() - {queue for agent in self.agents for queue in agent.skills})


def load(folder: Path) -> Bundle:
    """Read and check the files in `folder`; raises FileError."""
    read = texts.read(folder)
    policy = validated(Document(folder / texts.POLICY, read.policy), PolicyFile).policy(read.version)
    entries = validated(Document(folder / texts.AGENTS, read.agents), AgentsFile).agents
    return Bundle(policy, tuple(Agent(e.name, e.interface, dict(e.skills), e.languages) for e in entries))


class Files:
    """The policy in force: the last good version of the files. Implements the PolicySource port."""

    def __init__(self, folder: Path) -> None:
        """Read the files for the first time; raises FileError, because without a policy there is nothing to do."""
        self.folder = folder
        self.problem: FileError | None = None
        self._stamp = self._stamps()
        self.bundle = load(folder)

    def policy(self) -> Policy:
        """The last good policy."""
        return self.bundle.policy

    def refresh(self) -> bool:
        """Take up changed files. True when a new version is in force; a broken one is kept in `problem` instead."""
        stamp = self._stamps()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            bundle = load(self.folder)
        except FileError as error:
            self.problem = error
            return False
        self.problem = None
        changed = bundle.policy.version != self.bundle.policy.version
        self.bundle = bundle
        return changed

    def _stamps(self) -> list[tuple[int, ...] | None]:
        return [_stamp(self.folder / name) for name in (texts.POLICY, texts.AGENTS)]


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Changes when the file does: its ctime also with an old mtime (cp -p, rsync), and with the right to read it."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino
