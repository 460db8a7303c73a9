"""The folder of the admin's files: policy.yaml and agents.yaml, read together as one version."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ivr.domain.agent import Agent
from ivr.domain.call import IncomingCall
from ivr.domain.policy import Policy
from ivr.errors import FileError
from ivr.policy import made, texts
from ivr.policy.cel import Programs
from ivr.policy.fit import misfits
from ivr.policy.form import AgentsFile, PolicyFile
from ivr.policy.texts import Texts
from ivr.policy.yaml_file import Document, problems


@dataclass(frozen=True, slots=True)
class Bundle:
    """The admin's files as one hashed version, ready to decide with."""

    policy: Policy
    agents: tuple[Agent, ...]
    conditions: Programs
    texts: Texts

    def queues(self) -> set[str]:
        """Queues that the policy sends callers to."""
        return self.policy.queues()

    def queues_without_agents(self) -> list[str]:
        """Queues that the policy sends callers to, and that nobody serves."""
        return sorted(self.queues() - {queue for agent in self.agents for queue in agent.skills})


@dataclass(frozen=True, slots=True)
class Parsed:
    """The files in their form, with the places of everything in them."""

    policy: PolicyFile
    agents: AgentsFile
    policy_document: Document
    agents_document: Document
    texts: Texts

    def bundle(self) -> Bundle:
        """What decisions are taken with. Only for files without a mistake."""
        policy = made.policy(self.policy, self.texts.version)
        agents = tuple(Agent(e.name, e.interface, dict(e.skills), e.languages) for e in self.agents.agents)
        return Bundle(policy, agents, Programs(policy.conditions()), self.texts)


def load(folder: Path) -> Bundle:
    """Read and check the files in `folder`; raises FileError for the first mistake."""
    return parse(texts.read(folder), folder)


def parse(read: Texts, folder: Path) -> Bundle:
    """Check the texts of the files; raises FileError for the first mistake. `folder` is for messages."""
    found = checked(read, folder)
    if isinstance(found, Parsed):
        return found.bundle()
    raise found[0]


def checked(read: Texts, folder: Path) -> Parsed | list[FileError]:
    """The files in their form, or every mistake in them, what comes first in a file at the beginning."""
    mistakes: list[FileError] = []
    documents: list[Document] = []
    forms: list[PolicyFile | AgentsFile] = []
    for name, text, model in ((texts.POLICY, read.policy, PolicyFile), (texts.AGENTS, read.agents, AgentsFile)):
        try:
            document = Document(folder / name, text)
            documents.append(document)
            forms.append(model.model_validate(document.data))
        except FileError as error:
            mistakes.append(error)
        except ValidationError as error:
            mistakes += problems(document, error)
    policies = [each for each in forms if isinstance(each, PolicyFile)]
    if policies:
        mistakes += _in_order(misfits(policies[0], documents[0]))
    agents = [each for each in forms if isinstance(each, AgentsFile)]
    return mistakes or Parsed(policies[0], agents[0], documents[0], documents[1], read)


def _in_order(found: Iterator[FileError]) -> list[FileError]:
    return sorted(found, key=lambda error: (error.line or 0, error.column or 0))


class Files:
    """The policy in force: the last good version of the files. Implements the PolicySource port."""

    def __init__(self, folder: Path) -> None:
        """Read the files for the first time; raises FileError, because without a policy there is nothing to do."""
        self.folder = folder
        self.problem: FileError | None = None
        self._stamp = self._stamps()
        self.bundle = load(folder)

    def in_force(self, call: IncomingCall | None = None) -> Bundle:
        """The last good policy, with its conditions ready."""
        return self.bundle

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
