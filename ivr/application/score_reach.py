"""Which segment a customer's scores lead to, and what one metric would have to be for another."""

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.application.score_segments import LAPSED, segments, with_overall
from ivr.domain.customers import Scores
from ivr.domain.policy import Policy
from ivr.domain.scoring import reach
from ivr.domain.scoring.numbers import ONE_BY_ONE, known
from ivr.domain.scoring.reach import MetricChange, Standing, Truth

NONE = "none"


@dataclass(frozen=True, slots=True)
class SegmentReach:
    """The segment that scores lead to, and the change of one metric to each other one.

    `above` are the segments that the policy tries before it, the nearest first; `below` the others;
    None where no single metric leads there. `overall` is the total of the scores.
    """

    overall: float | None
    segment: str
    above: Mapping[str, MetricChange | None]
    below: Mapping[str, MetricChange | None]
    left_out: tuple[str, ...]


def segment_reach(
    policy: Policy,
    standing: Standing,
    given: Scores,
    *,
    lapsed: bool,
) -> SegmentReach:
    """Find out. Scores that no run makes are the given ones; `lapsed` where no metric says it."""
    found = segments(policy, lapsed=True)
    imported = {"value": given.value, "potential": given.potential, "need": given.need}
    imported[LAPSED] = float(lapsed)
    fixed = {name: float("nan") if each is None else each for name, each in imported.items()}

    def all_of_them(made: Mapping[str, float]) -> dict[str, float]:
        known_ones = {name: each for name, each in made.items() if known(each)}
        return with_overall({**fixed, **known_ones}, policy.score, ONE_BY_ONE)

    def holds(made: Mapping[str, float]) -> Truth:
        scores = all_of_them(made)
        asked = [(scores[each.score], each) for each in found.thresholds]
        return tuple(bool(known(it)) and by.compares.compare(it, by.limit) for it, by in asked)

    def leads_to(truth: Truth) -> str:
        both = zip(found.thresholds, truth, strict=True)
        failed = {each.segment for each, held in both if not held}
        return next((name for name in found.names if name not in failed), NONE)

    made = standing.scores(standing.values)
    here, changes = leads_to(holds(made)), reach.smallest(standing, holds, leads_to)
    overall = all_of_them(made)["score"]
    place = found.names.index(here) if here in found.names else len(found.names)
    above, below = reversed(found.names[:place]), found.names[place + 1 :]
    return SegmentReach(
        round(overall, 1) if known(overall) else None,
        here,
        {name: changes.get(name) for name in above},
        {name: changes.get(name) for name in below},
        found.left_out,
    )
