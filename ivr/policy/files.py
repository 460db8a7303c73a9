"""The folder of the admin's files: policy.yaml and agents.yaml, read together as one version."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ivr.domain.agent import BEST_SKILL, Agent
from ivr.domain.policy import MisfitError, Policy, PolicyModel, QueueName
from ivr.errors import FileError
from ivr.policy.yaml_file import Document, read_text, validated

Interface = Annotated[str, StringConstraints(pattern=r"^(PJSIP|SIP|IAX2|Local|DAHDI|Agent)/[A-Za-z0-9_.@/-]{1,80}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
AgentName = Annotated[str, StringConstraints(pattern=r'^[^\x00-\x1f\x7f,;|"]{1,60}$')]  # goes into queue_log


class AgentEntry(PolicyModel):
    """One agent of agents.yaml."""

    name: AgentName
    interface: Interface
    skills: dict[QueueName, Annotated[int, Field(ge=1, le=BEST_SKILL, strict=True)]]
    languages: tuple[Language, ...] = ()


class AgentsFile(PolicyModel):
    """agents.yaml."""

    agents: tuple[AgentEntry, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what in ("name", "interface"):
            seen = set[str]()
            for i, value in enumerate(getattr(agent, what) for agent in self.agents):
                if value in seen:
                    problem = f"two agents have the {what} {value!r}: each agent needs their own"
                    raise MisfitError(("agents", i, what), problem)
                seen.add(value)
        return self


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
    policy_path, agents_path = folder / "policy.yaml", folder / "agents.yaml"
    texts = [read_text(policy_path), read_text(agents_path)]
    version = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
    policy = validated(Document(policy_path, texts[0]), Policy)
    entries = validated(Document(agents_path, texts[1]), AgentsFile).agents
    agents = tuple(Agent(e.name, e.interface, dict(e.skills), e.languages) for e in entries)
    return Bundle(policy.model_copy(update={"version": version}), agents)


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
        return [_stamp(self.folder / name) for name in ("policy.yaml", "agents.yaml")]


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Changes when the file does: its ctime also with an old mtime (cp -p, rsync), and with the right to read it."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino
