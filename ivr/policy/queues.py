"""The queues that a policy sends callers to, and those among them where callers would wait for nobody.

It is asked of a file in its form, with places to point at, and of the policy that is made from it: the answer is one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.domain.agents import Agent
from ivr.domain.policy import Policy, Step
from ivr.policy.conditions.cel import readable
from ivr.policy.conditions.constraints import Among, Atom, atoms
from ivr.policy.schema import AgentEntry, PolicyFile, StepSchema, Where

AnyPolicy = Policy | PolicyFile


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a policy names a queue: the treatment's own, or that of its step number `step` (0 is the first).

    `queue` is what stands there, maybe with `{language}` in it.
    """

    treatment: str
    step: int | None
    queue: str

    @property
    def where(self) -> Where:
        """Its place in the file."""
        return ("treatments", self.treatment, *(() if self.step is None else ("steps", self.step)), "queue")


def places(policy: AnyPolicy) -> Iterator[QueuePlace]:
    """Everywhere that a queue is named, in the policy's order."""
    for name, treatment in policy.treatments.items():
        if treatment.queue:
            yield QueuePlace(name, None, treatment.queue)
        steps: Sequence[Step | StepSchema] = treatment.steps
        for i, step in enumerate(steps):
            if step.queue:
                yield QueuePlace(name, i, step.queue)


def in_each_language(place: QueuePlace, policy: AnyPolicy) -> list[str]:
    """The queue with each language that a caller with this treatment may have, as far as its rules tell."""
    if "{language}" not in place.queue:
        return [place.queue]
    rules = [atoms(rule.when) for rule in policy.rules if rule.treatment == place.treatment and readable(rule.when)]
    entries = policy.entry_points
    closed = [entry.closed for entry in (entries.values() if isinstance(entries, Mapping) else entries)]
    anybody = place.treatment in (policy.default, *closed) or not rules
    languages = [each for each in policy.languages if anybody or any(_may_be(each, asked) for asked in rules)]
    return [place.queue.replace("{language}", language) for language in dict.fromkeys(languages)]


def all_queues(policy: AnyPolicy) -> list[str]:
    """Every queue that a caller may come to, in the policy's order, with languages in place of `{language}`."""
    return list(dict.fromkeys(each for place in places(policy) for each in in_each_language(place, policy)))


def without_agents(policy: AnyPolicy, agents: Iterable[Agent | AgentEntry]) -> Iterator[tuple[QueuePlace, list[str]]]:
    """Where callers would wait for nobody: no agent has the skill, and no later step leads elsewhere.

    With each place the queues that it stands for which nobody serves.
    """
    served = {queue for agent in agents for queue in agent.skills}
    for place in places(policy):
        if not _leads_on(place, policy) and (missing := _unserved(place, policy, served)):
            yield place, missing


def _unserved(place: QueuePlace, policy: AnyPolicy, served: Collection[str]) -> list[str]:
    return [each for each in in_each_language(place, policy) if each not in served]


def _leads_on(place: QueuePlace, policy: AnyPolicy) -> bool:
    """Whether callers do not wait in this queue to the end."""
    steps = policy.treatments[place.treatment].steps
    at = -1 if place.step is None else place.step
    if at >= 0 and steps[at].then:
        return True
    return any(step.offer or step.then or (step.queue and step.queue != place.queue) for step in steps[at + 1 :])


def _may_be(language: str, asked: Iterable[Atom]) -> bool:
    is_it = Atom("call.language", Among(frozenset({language})))
    return not any(atom.excludes(is_it) for atom in asked)
