"""Warnings about trust: ways into a queue that take less of it than a segment asks for which leads there."""

from collections.abc import Iterator, Mapping

from ivr.domain.policy import TRUST_LEVELS
from ivr.domain.routing.condition_tokens import facts_of, tokens
from ivr.policy import builder, queues, schema
from ivr.policy.conditions.cel import readable
from ivr.policy.lint.unreachable import Doubt


def doubts(file: schema.PolicyFile) -> Iterator[Doubt]:
    """Each way round the trust of a segment, and numbers that are believed from anywhere."""
    if file.trust.routing == "none":
        problem = "trust.routing: with none, whoever shows a customer's number is treated as that customer"
        yield ("trust", "routing"), f"{problem}: write typed, or caller-id", None
    led = set[str]()
    for place in queues.places(file):
        led |= builder.spoken(place.queue, file)
    for queue in file.queues:
        if not builder.spoken(queue, file) & led:
            yield ("queues", queue), f"queues.{queue}: no treatment leads there: is the name right?", None
    asked = _asked(file)
    for place in queues.places(file):
        name, queue = place.treatment, place.queue
        takes = max(builder.trust_of(file.treatments[name], file), _led_there(name, file), key=TRUST_LEVELS.index)
        if queue in asked and _less(takes, asked[queue][0]):
            needed, segment = asked[queue]
            problem = f"treatments.{name} leads into {queue} with trust {takes}, for which {segment} takes {needed}"
            yield place.where, f"{problem}: under `queues` write {queue}: {{trust: {needed}}}", None


def _asked(file: schema.PolicyFile) -> Mapping[str, tuple[str, str]]:
    """For each queue the most trust that a segment asks for which leads there, and that segment's name."""
    asked: dict[str, tuple[str, str]] = {}
    takes = {segment.name: segment.trust for segment in file.segments if segment.trust}
    for rule in file.rules:
        treatment = file.treatments.get(rule.treatment or "")
        for segment in _segments_in(rule) & takes.keys() if treatment and treatment.queue else ():
            queue, needed = str(treatment and treatment.queue), str(takes[segment])
            if queue not in asked or _less(asked[queue][0], needed):
                asked[queue] = needed, segment
    return asked


def _led_there(treatment: str, file: schema.PolicyFile) -> str:
    """The least trust with which a rule leads to a treatment: that of the segments that it asks for."""
    if treatment == file.default or any(entry.closed == treatment for entry in file.entry_points.values()):
        return "none"
    takes = {segment.name: segment.trust or "none" for segment in file.segments}
    ways = [[takes.get(name, "none") for name in _segments_in(r)] for r in file.rules if r.treatment == treatment]
    return min(
        (min(way, key=TRUST_LEVELS.index, default="none") for way in ways), key=TRUST_LEVELS.index, default="none"
    )


def _segments_in(rule: schema.RuleSchema) -> set[str]:
    """The segments that a rule asks for by name, as far as can be seen."""
    asking = [tokens(each) for each in rule.when if readable((each,)) and "segment" in facts_of(each)]
    return {token.content for found in asking for token in found if token.content}


def _less(trust: str, needed: str) -> bool:
    return TRUST_LEVELS.index(trust) < TRUST_LEVELS.index(needed)
