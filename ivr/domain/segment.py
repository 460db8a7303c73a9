"""Which segment a customer is in."""

from dataclasses import dataclass

from ivr.domain.customer import Scores
from ivr.domain.policy import Policy, Segment


@dataclass(frozen=True, slots=True)
class Assigned:
    """A segment and why: in a sentence, and in few words for the agent's phone."""

    segment: Segment
    reason: str
    few_words: str


def assign(scores: Scores, policy: Policy) -> Assigned | None:
    """The first segment, in the policy's order, whose conditions all hold; None when none does.

    A score that is not known meets no condition.
    """
    overall = scores.overall(policy.score)
    for segment in policy.segments:
        measured = {name: overall if name == "score" else scores.get(name) for name in segment.when}
        if all(have is not None and have >= segment.when[name] for name, have in measured.items()):
            met = [f"{name} {measured[name]:g}" for name in segment.when]
            needs = [f"{name} {measured[name]:g} is at least {least:g}" for name, least in segment.when.items()]
            reason = f"{' and '.join(needs) or 'no earlier segment fits'}, so {segment.name}"
            return Assigned(segment, reason, ", ".join(met))
    return None
