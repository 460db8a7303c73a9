"""The folder of the admin's files: policy.yaml and agents.yaml, read together as one version."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ivr.domain.agent_interfaces import PHONES, Interfaces
from ivr.domain.agents import Agent
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy import Policy
from ivr.errors import FileError
from ivr.policy import builder, queues, texts
from ivr.policy.conditions.cel import Programs
from ivr.policy.references import misfits, refused_interfaces, unreadable_conditions
from ivr.policy.schema import AgentsFile, PolicyFile
from ivr.policy.texts import Texts
from ivr.policy.yaml_file import Document, names_of, problems

M = TypeVar("M", bound=BaseModel)
LAST_QUEUE = "general-queue"  # where the dialplan sends callers when nothing else can help, whatever the policy says


@dataclass(frozen=True, slots=True)
class Bundle:
    """The admin's files as one hashed version, ready to decide with."""

    policy: Policy
    agents: tuple[Agent, ...]
    conditions: Programs
    texts: Texts

    def queues(self) -> set[str]:
        """Queues that the policy sends callers to."""
        return set(queues.all_queues(self.policy))

    def own_queues(self) -> frozenset[str]:
        """The queues that are ours: the policy sends callers there, agents.yaml agents, or the dialplan anybody."""
        return frozenset({*self.queues(), *(queue for agent in self.agents for queue in agent.skills), LAST_QUEUE})

    def queues_without_agents(self) -> list[str]:
        """Queues in which callers would wait for nobody."""
        return sorted({each for _, missing in queues.without_agents(self.policy, self.agents) for each in missing})


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
        policy = builder.policy(self.policy, self.texts.version)
        agents = tuple(
            Agent(e.name, e.interface, dict(e.skills), e.languages, e.state or "") for e in self.agents.agents
        )
        return Bundle(policy, agents, Programs(policy.conditions()), self.texts)


def load(folder: Path, interfaces: Interfaces | None = PHONES) -> Bundle:
    """Read and check the files in `folder`; raises FileError for the first mistake.

    `interfaces` are those that agents may have on this machine; None where nobody is to be rung.
    """
    return parse(texts.read(folder), folder, interfaces)


def parse(read: Texts, folder: Path, interfaces: Interfaces | None = PHONES) -> Bundle:
    """Check the texts of the files; raises FileError for one mistake. `folder` is for messages."""
    found = checked(read, folder, interfaces)
    if isinstance(found, Parsed):
        return found.bundle()
    telling = (mistake for mistake in found if not mistake.problem.endswith("is missing"))
    raise next(telling, found[0])


def checked(read: Texts, folder: Path, interfaces: Interfaces | None = PHONES) -> Parsed | list[FileError]:
    """The files in their form, or every mistake in them, what comes first in a file at the beginning."""
    reading = PolicyReading(read, folder, interfaces=interfaces)
    return reading.mistakes or reading.parsed()


class PolicyReading:
    """The files as far as they can be read, and every mistake in them, what comes first in a file at the beginning."""

    def __init__(
        self, read: Texts, folder: Path, name: str = texts.POLICY, interfaces: Interfaces | None = PHONES
    ) -> None:
        """`name` is what the policy's file is called in messages."""
        self.texts, self.interfaces = read, interfaces
        self.mistakes: list[FileError] = []
        self.policy_document, self.policy = self._formed(folder / name, read.policy, PolicyFile)
        if self.policy_document is None:
            pass
        elif self.policy is None:
            self._sort_in(unreadable_conditions(self.policy_document))
        else:
            self._sort_in(misfits(self.policy, self.policy_document))
        of_policy, self.mistakes = self.mistakes, []
        self.agents_document, self.agents = self._formed(folder / texts.AGENTS, read.agents, AgentsFile)
        if interfaces and self.agents and self.agents_document:
            tests = self.policy.test.trunks if self.policy and self.policy.test else ()
            trunks = (*self.policy.trust.trunks, *tests) if self.policy else ()
            refused = refused_interfaces(self.agents, trunks, interfaces)
            self._sort_in(self.agents_document.error(where, problem) for where, problem in refused)
        self.mistakes = of_policy + self.mistakes

    def parsed(self) -> Parsed:
        """All of it. Only for files without a mistake."""
        if not (self.policy and self.agents and self.policy_document and self.agents_document):
            raise self.mistakes[0]
        return Parsed(self.policy, self.agents, self.policy_document, self.agents_document, self.texts)

    def _formed(self, path: Path, text: str, model: type[M]) -> tuple[Document | None, M | None]:
        try:
            document = Document(path, text, collect=True, names=names_of(model))
        except FileError as error:
            self.mistakes.append(error)
            return None, None
        self._sort_in(document.mistakes)
        try:
            return document, model.model_validate(document.data)
        except ValidationError as error:
            self._sort_in(problems(document, error))
            return document, None

    def _sort_in(self, found: Iterable[FileError]) -> None:
        self.mistakes = sorted([*self.mistakes, *found], key=lambda error: (error.line or 0, error.column or 0))


class Files:
    """The policy in force: the last good version of the files. Implements the PolicySource port."""

    def __init__(self, folder: Path, interfaces: Interfaces | None = PHONES) -> None:
        """Read the files for the first time; raises FileError, because without a policy there is nothing to do."""
        self.folder, self._interfaces = folder, interfaces
        self.problem: FileError | None = None
        self._stamp = self._stamps()
        self.bundle = load(folder, interfaces)

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
            bundle = load(self.folder, self._interfaces)
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
