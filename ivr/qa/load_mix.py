"""Who calls in a load test, what the policy owes each of them, and how many agents that takes."""

import math
import random
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import yaml

from ivr.domain.customers import Unknown
from ivr.domain.policy import Policy, Step
from ivr.domain.routing.decision import Decision
from ivr.policy.loader import Bundle
from ivr.policy.queues import all_queues
from ivr.qa import sample_decisions
from ivr.qa.load import UNKNOWN, LoadCaller

GENERAL = "general"
HEADROOM = 1.2  # agents, for each one that would be busy all the time
# Between two callers of an agent: the phone rings 0.2 s, and app_queue looks only once a second whether an agent is
# free for somebody who waits. Without it, agents that suffice while nobody waits are too few as soon as somebody does.
HANDOVER_SECONDS = 0.7
PATIENCE_SPREAD = (0.5, 1.5)  # of the patience asked for: people are not all alike
LONGEST, MOST_AGENTS = 24 * 3600, 400
NUMBER = "1000"  # dialled
_UNITS = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Owed:
    """What the policy says callers of one kind get."""

    segment: str
    queue: str
    priority: int
    overflow: Step | None


@dataclass(frozen=True, slots=True)
class Asked(LoadCaller):
    """A caller of the kind `name`, who waits `patience` seconds for an agent."""

    name: str
    patience: float


def seconds(text: str) -> float:
    """A length of time as `90s`, `10m` or `1h`; ValueError says what is wrong with another text."""
    match = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([smh])", text.strip(), re.ASCII)
    if match is None:
        raise ValueError(f"{text!r} is no length of time: write 90s, 10m or 1h")
    length = float(match[1]) * _UNITS[match[2]]
    if not 1 <= length <= LONGEST:
        raise ValueError(f"{text!r} is not between 1s and 24h")
    return length


def weights(text: str) -> dict[str, float]:
    """`premium=20,general=80` as numbers above 0 by name; ValueError says what is wrong with another text."""
    found: dict[str, float] = {}
    for part in text.split(","):
        match = re.fullmatch(
            r"\s*([A-Za-z0-9][A-Za-z0-9_.-]{0,63})\s*=\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*", part, re.ASCII
        )
        if match is None:
            raise ValueError(f"{part.strip()!r} is no NAME=NUMBER: write for example premium=20,general=80")
        if match[1] in found:
            raise ValueError(f"{match[1]} stands there twice: name it once")
        if not float(match[2]):
            raise ValueError(f"{match[1]}=0 asks for nothing: leave it out, or give a number above 0")
        found[match[1]] = float(match[2])
    return found


def owed(bundle: Bundle, names: Collection[str]) -> dict[str, Owed]:
    """What callers of these kinds get; ValueError names those there are when one of them is none.

    Customers of a segment whom further rules treat otherwise than most are nobody's example: `numbers` leaves them out.
    """
    by_name = {segment: due for segment, (due, _) in _kinds(bundle).items()}
    by_name.setdefault(GENERAL, _owed(sample_decisions.about(bundle, Unknown("not a known number"), UNKNOWN[0])))
    if unknown := [name for name in names if name not in by_name]:
        raise ValueError(
            f"{unknown[0]} is no segment that a sample customer with a queue is in (there are: {', '.join(by_name)})"
        )
    return {name: by_name[name] for name in names}


def _owed(decision: Decision) -> Owed:
    assert decision.treatment.queue is not None, "only those with a queue are asked about"  # noqa: S101
    overflow = next((step for step in decision.treatment.steps if step.queue), None)
    segment = decision.identity.segment or ""
    return Owed(segment, decision.treatment.queue, decision.treatment.priority, overflow)


def numbers(bundle: Bundle) -> dict[str, list[str]]:
    """The sample's numbers by segment: of those who are treated as most of their segment are."""
    return {segment: found for segment, (_, found) in _kinds(bundle).items()}


def _kinds(bundle: Bundle) -> dict[str, tuple[Owed, list[str]]]:
    """For each segment what most of its customers are owed, and their numbers."""
    by_segment: dict[str, dict[Owed, list[str]]] = {}
    for number, decision in sample_decisions.of_numbers(bundle).items():
        if (
            decision.identity.segment
            and decision.treatment.queue
            and not decision.treatment.self_service
            and decision.treatment.language == "en"
        ):
            by_segment.setdefault(decision.identity.segment, {}).setdefault(_owed(decision), []).append(number)
    return {segment: max(groups.items(), key=lambda each: len(each[1])) for segment, groups in by_segment.items()}


def callers(bundle: Bundle, mix: Mapping[str, float], count: int, patience: float, seed: int) -> list[Asked]:
    """`count` callers, the same for the same seed; ValueError when the sample has nobody of a kind.

    Of those of no segment, half are unknown, and half withhold their number, whosever it is.
    """
    dice = random.Random(f"{seed} load")  # noqa: S311 - to have the same again, not to be secret
    by_segment = numbers(bundle)
    anybody = sorted(number for pool in by_segment.values() for number in pool)
    segments = {segment.name for segment in bundle.policy.segments}
    if absent := [name for name in mix if name in segments and not by_segment.get(name)]:
        raise ValueError(f"none of the sample customers is {absent[0]}: the policy's thresholds keep them all out")
    made = []
    for name in dice.choices(list(mix), list(mix.values()), k=count):
        withheld = name not in segments and dice.random() < 0.5
        pool = by_segment[name] if name in segments else anybody if withheld else UNKNOWN
        waits = patience * dice.uniform(*PATIENCE_SPREAD)
        made.append(Asked(dice.choice(pool), NUMBER, withheld, name == "premium", name, round(waits, 3)))
    return made


def agents_needed(bundle: Bundle, mix: Mapping[str, float], rate: float, talk: float) -> dict[str, int]:
    """How many agents each queue of the policy needs so that most callers find one free, and some wait a little."""
    load = dict.fromkeys(all_queues(bundle.policy), 0.0)
    for name, given in owed(bundle, mix).items():
        load[given.queue] += rate * mix[name] / sum(mix.values()) * (talk + HANDOVER_SECONDS)
    return {queue: max(1, math.ceil(round(HEADROOM * busy, 6))) for queue, busy in load.items()}


def agents_asked(policy: Policy, text: str) -> dict[str, int]:
    """`premium=10,general=30` as agents by queue; ValueError says what is wrong. `general` is the default's queue."""
    queues = all_queues(policy)
    default = policy.treatments[policy.default].queue
    found: dict[str, int] = {}
    for name, count in weights(text).items():
        queue = default if name == GENERAL and GENERAL not in queues else name
        if queue is None or queue not in queues:
            raise ValueError(f"{name} is no queue of the policy (there are: {', '.join(queues)}; {GENERAL}: {default})")
        if not count.is_integer():
            raise ValueError(f"{name}={count:g}: agents come whole")
        if queue in found:
            raise ValueError(f"{queue} stands there twice: name it once")
        found[queue] = int(count)
    return found


def agents_file(counts: Mapping[str, int]) -> str:
    """The agents.yaml of so many agents for each queue. ValueError when they are too many for one machine."""
    if sum(counts.values()) > MOST_AGENTS:
        told = ", ".join(f"{queue} {count}" for queue, count in counts.items())
        raise ValueError(f"that takes more than {MOST_AGENTS} agents ({told}): lower --rate or --talk, or set --agents")
    agents = [
        {"name": f"{queue} {n}", "interface": f"PJSIP/agent{i}n{n}", "skills": {queue: 5}}
        for i, (queue, count) in enumerate(counts.items(), 1)
        for n in range(1, count + 1)
    ]
    return str(yaml.safe_dump({"agents": agents}, sort_keys=False))
