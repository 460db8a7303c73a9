"""`ivr policy check`: everything that is wrong with the admin's files, and what is surely not meant.

An error (everything that `files.checked` says) keeps the service from taking a file up. A warning works, but not as it
looks: a rule that is never reached, a queue that Asterisk does not have.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ivr.domain.agent_interfaces import PHONES, Interfaces
from ivr.errors import FileError
from ivr.policy import texts
from ivr.policy.lint import (
    agent_phones,
    deprecated,
    impossible_values,
    trust_bypasses,
    unreachable,
    unserved_queues,
    unused,
)
from ivr.policy.lint import attributes as of_attributes
from ivr.policy.lint.asterisk_inventory import AsteriskConfig
from ivr.policy.lint.attributes import Attributes
from ivr.policy.loader import PolicyReading
from ivr.policy.texts import Texts


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. Lines and columns count from 1; None where there is none."""

    grade: Literal["error", "warning"]
    path: str
    line: int | None
    column: int | None
    problem: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {'warning: ' if self.grade == 'warning' else ''}{self.problem}"


def check(
    read: Texts,
    folder: Path,
    asterisk: AsteriskConfig | None = None,
    name: str = texts.POLICY,
    interfaces: Interfaces | None = PHONES,
    attributes: Attributes | None = None,
) -> tuple[Finding, ...]:
    """Everything there is to say about the files, in the order in which it stands in them; errors never hide warnings.

    `folder` and `name` are for messages. `attributes` are those that scoring.yaml declares; None
    where nobody knows them. Where there are mistakes of form, not all warnings can be found.
    """
    reading = PolicyReading(read, folder, name, interfaces)
    found = [_finding("error", mistake) for mistake in reading.mistakes]
    found += [_finding("error", misfit) for misfit in _misfits(reading, attributes)]
    asterisk = asterisk or AsteriskConfig()
    found += [_finding("warning", doubt) for doubt in _doubts(reading, asterisk)]
    found += [_finding("warning", problem) for problem in asterisk.problems]
    files = [str(folder / name), str(folder / texts.AGENTS)]
    files += [str(problem.path) for problem in asterisk.problems]
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda each: (files.index(each.path), each.line or 0, each.column or 0)))


def _misfits(reading: PolicyReading, attributes: Attributes | None) -> Iterator[FileError]:
    policy, document = reading.policy, reading.policy_document
    if policy is None or document is None or attributes is None:
        return
    for where, problem, column in of_attributes.misfits(policy, attributes):
        yield document.error(where, problem, column)


def _doubts(reading: PolicyReading, asterisk: AsteriskConfig) -> Iterable[FileError]:
    policy, document = reading.policy, reading.policy_document
    if policy is None or document is None:
        return
    parts: tuple[Iterator[tuple[tuple[str | int, ...], str, int | None]], ...] = (
        unreachable.doubts(policy),
        impossible_values.doubts(policy, asterisk),
        unused.doubts(policy),
        trust_bypasses.doubts(policy),
        unserved_queues.doubts(policy, asterisk),
        deprecated.zones(policy),
    )
    for part in parts:
        yield from (document.error(where, problem, column) for where, problem, column in part)
    if reading.agents and reading.agents_document:
        without = unserved_queues.queues_without_agents(policy, reading.agents)
        yield from (document.error(where, problem, column) for where, problem, column in without)
        for part in (
            unserved_queues.skills_in_vain(policy, reading.agents, asterisk),
            unserved_queues.languages_not_spoken(policy, reading.agents),
            agent_phones.doubts(reading.agents, policy),
            deprecated.interfaces(reading.agents, reading.interfaces),
        ):
            yield from (reading.agents_document.error(where, problem, column) for where, problem, column in part)


def _finding(grade: Literal["error", "warning"], error: FileError) -> Finding:
    return Finding(grade, str(error.path), error.line, error.column if error.line else None, error.problem)
