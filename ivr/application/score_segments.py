"""Which segments scores lead to: what a policy makes of everybody's scores, without a call.

Only conditions over scores can be told from scores, and `customer.lapsed` where whoever asks knows
it of everybody. The others (the call, the queues, other facts of the customer) are named, and a
segment that has one is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ivr.domain.customers import SCORES
from ivr.domain.policy import Policy
from ivr.domain.scoring.numbers import Numbers, Values, known
from ivr.policy.conditions.comparison import Comparison, comparison

LAPSED = "lapsed"
"""Beside the scores: 1 for who used to buy and no longer does, 0 for who does; else unknown."""
_FACTS = {f"customer.{name}": name for name in (*SCORES, "score")}
_WITH_LAPSED = {**_FACTS, f"customer.{LAPSED}": LAPSED}
_ALWAYS = "customer.found"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One condition of a segment over one score, or LAPSED."""

    segment: str
    condition: str
    score: str
    compares: Comparison

    @property
    def limit(self) -> float:
        """What the score is compared with; of LAPSED 1 or 0."""
        value = self.compares.value
        return float(value) if isinstance(value, bool) else float(str(value))

    def count(self, scores: Mapping[str, Values]) -> int:
        """How many customers fit it; who has no such score does not."""
        fits: Values = self.compares.compare(scores[self.score], self.limit)
        return int((fits & known(scores[self.score])).sum())


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments that scores alone lead to, in their order, and the conditions left out."""

    names: tuple[str, ...]
    thresholds: tuple[Threshold, ...]
    left_out: tuple[str, ...]

    def of(self, scores: Mapping[str, Values], numbers: Numbers) -> Values:
        """Return the place among `names` of each customer's segment; -1 for none."""
        nothing = scores[SCORES[0]] * 0
        found = numbers.choose(known(nothing), -1.0, -1.0)
        for n, name in enumerate(self.names):
            fits = found < 0
            for each in self.thresholds:
                if each.segment == name:
                    value = scores[each.score]
                    fits &= known(value) & each.compares.compare(value, each.limit)
            found = numbers.choose(fits, float(n), found)
        return found


def segments(policy: Policy, *, lapsed: bool = False) -> Segments:
    """Return what of a policy's segments can be told from scores; with `lapsed`, also from LAPSED.

    With it, whoever asks for counts or segments gives LAPSED among the scores.
    """
    facts = _WITH_LAPSED if lapsed else _FACTS
    names, thresholds, left_out = list[str](), list[Threshold](), list[str]()
    for segment in policy.segments:
        if not segment.enter:
            continue  # only a number dialled gives it
        others = [each for each in segment.enter if each != _ALWAYS]
        found = [(each, comparison(each)) for each in others]
        mine = [
            Threshold(segment.name, condition, facts[made.fact], made)
            for condition, made in found
            if made is not None and made.fact in facts
        ]
        told = {each.condition for each in mine}
        missing = [each for each in others if each not in told]
        thresholds += mine
        left_out += [f"{segment.name}: {each}" for each in missing]
        if not missing:
            names.append(segment.name)
    return Segments(tuple(names), tuple(thresholds), tuple(left_out))


def with_overall(
    scores: Mapping[str, Values],
    weights: Mapping[str, float],
    numbers: Numbers,
) -> dict[str, Values]:
    """Return the scores with the overall one, as `Scores.overall` makes it; unmade are unknown.

    What stands beside them, such as LAPSED, stays.
    """
    some = next(iter(scores.values()))
    all_of_them = {name: scores.get(name, some * float("nan")) for name in SCORES}
    total = sum(weights.get(name, 0) * known(each) for name, each in all_of_them.items())
    points = 0
    for name, each in all_of_them.items():
        points = points + numbers.choose(known(each), weights.get(name, 0) * each, 0.0)
    return {**scores, **all_of_them, "score": numbers.divide(points, total)}


def counts(
    found: Segments,
    everybody: Iterable[Mapping[str, Values]],
    weights: Mapping[str, float],
    numbers: Numbers,
) -> tuple[int, list[int]]:
    """Count the customers, who come in batches, and those who fit each threshold.

    `weights` are those of the overall score.
    """
    customers, fit = 0, [0] * len(found.thresholds)
    for batch in everybody:
        scores = with_overall(batch, weights, numbers)
        customers += len(scores[SCORES[0]])
        fit = [n + each.count(scores) for n, each in zip(fit, found.thresholds, strict=True)]
    return customers, fit


def moved(found: Segments, before: Values, after: Values) -> Sequence[tuple[str, str, int]]:
    """From which segment into which, and how many, the most first; who stays is not among them."""
    names = (*found.names, "none")
    moves = []
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            if i != j:
                here = before == (i if i < len(found.names) else -1)
                there = after == (j if j < len(found.names) else -1)
                moves.append((one, other, int((here & there).sum())))
    return sorted((each for each in moves if each[2]), key=lambda each: -each[2])
