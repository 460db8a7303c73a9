"""Which segment a customer is in."""

from collections.abc import Sequence

from ivr.domain.policy import Segment
from ivr.domain.routing.facts import Evaluate, Facts


def assign(segments: Sequence[Segment], given: str, facts: Facts, holds: Evaluate) -> Segment | None:
    """The first of the segments that the customer is in, or that the number dialled gives (`given`).

    Hysteresis: who was in a segment last time stays in it while its `stay` conditions hold. `holds` evaluates a
    condition; one that cannot be evaluated does not hold.
    """
    for segment in segments:
        if segment.name == given or is_in(segment, facts, holds):
            return segment
    return None


def is_in(segment: Segment, facts: Facts, holds: Evaluate) -> bool:
    """Whether the conditions of the segment hold: those to enter it, or those to stay in it."""
    if not segment.enter:
        return False  # only a number gives it
    if _all_hold(segment.enter, holds):
        return True
    was_in = facts["customer.previous_segment"] == segment.name
    return was_in and segment.stay != segment.enter and _all_hold(segment.stay, holds)


def _all_hold(conditions: Sequence[str], holds: Evaluate) -> bool:
    for condition in conditions:  # noqa: SIM110 - all() with a generator takes twice as long
        if holds(condition) is not True:
            return False
    return True
