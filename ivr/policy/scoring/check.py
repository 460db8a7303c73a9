"""`ivr score check`: everything that is wrong with scoring.yaml, and what is surely not meant."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ivr.domain.customers import SCORES
from ivr.domain.policy import Policy, Rule
from ivr.domain.routing.condition_tokens import facts_of
from ivr.domain.scoring.definition import OWN_CALLS
from ivr.errors import FileError
from ivr.policy.lint.check import Finding
from ivr.policy.schema import Where
from ivr.policy.scoring.attributes import metrics_of
from ivr.policy.scoring.loader import SCORING, ScoringReading
from ivr.policy.scoring.schema import MetricSchema, ScoringFile
from ivr.policy.suggestions import listed

Doubt = tuple[Where, str]
_SAME = {
    "customer.contacts_7d": "contact",
    "customer.contacts_30d": "contact",
    "customer.days_since_contact": "contact",
    "customer.abandoned_last": "abandon",
    "customer.open_case": "case",
}
"""Facts that a policy may raise a call for, and the word by which a metric of the same is known."""


def check(
    text: str,
    folder: Path,
    name: str = SCORING,
    policy: Policy | None = None,
) -> tuple[Finding, ...]:
    """Everything there is to say about the file, in its order. Errors never hide warnings.

    `folder` and `name` are for messages. With `policy`, what it raises calls for is compared.
    """
    reading = ScoringReading(folder / name, text)
    found = [_finding("error", each) for each in reading.mistakes]
    file, document = reading.file, reading.document
    if file is not None and document is not None:
        doubts = [*_unused(file), *_flat(file), *_twice(file), *_beside(file, policy)]
        found += [_finding("warning", document.error(*doubt)) for doubt in doubts]
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda each: (each.line or 0, each.column or 0)))


def _finding(grade: Literal["error", "warning"], error: FileError) -> Finding:
    column = error.column if error.line else None
    return Finding(grade, str(error.path), error.line, column, error.problem)


def _unused(file: ScoringFile) -> Iterator[Doubt]:
    counted = {metric for score in SCORES for metric in getattr(file.weights, score)}
    counted |= metrics_of(file)
    for metric in file.metrics.values():
        if metric.ratio is not None:
            counted |= {metric.ratio.of, metric.ratio.to}
    if file.report is not None:
        counted |= {getattr(file.report, part) for part in file.report.model_fields_set}
    for name, metric in file.metrics.items():
        if name not in counted and not metric.report_only:
            problem = "counts in no score: weight it, or write `report-only: true`"
            yield ("metrics", name), f"metrics.{name} {problem}"
    used = {metric.source for metric in file.metrics.values()}
    used |= {attribute.source for attribute in file.attributes.values()}
    for name in file.sources:
        if name not in used:
            yield (
                ("sources", name),
                f"sources.{name} is not used: no metric and no attribute names it: remove it",
            )


def _flat(file: ScoringFile) -> Iterator[Doubt]:
    for name, metric in file.metrics.items():
        if metric.points is not None and len(set(metric.points.values())) == 1:
            problem = "gives everybody the same points: write others, or leave the metric out"
            yield ("metrics", name, "points"), f"metrics.{name}.points: {problem}"


def _twice(file: ScoringFile) -> Iterator[Doubt]:
    """Metrics of one score that count the same rows in one direction."""
    for score in SCORES:
        seen: dict[tuple[str | None, str, str], str] = {}
        for name in getattr(file.weights, score):
            metric = file.metrics.get(name)
            if metric is None or metric.source is None:
                continue
            other = seen.setdefault((metric.source, _filter(metric), _direction(metric)), name)
            if other != name:
                problem = f"{name} and {other} count the same rows of {metric.source} twice"
                mend = "leave one out, or give it another `where`"
                yield ("weights", score, name), f"weights.{score}: {problem}: {mend}"


def _filter(metric: MetricSchema) -> str:
    said = " ".join((metric.where or "").split()).lower()
    same = metric.source == OWN_CALLS and said == "outcome = 'abandoned'"
    return "abandoned" if same else said


def _direction(metric: MetricSchema) -> str:
    """Whether more of it raises the score, or less; of points, by the first and the last."""
    if metric.points is None:
        return metric.direction or "more"
    points = list(metric.points.values())
    return "more" if points[-1] >= points[0] else "less"


def _beside(file: ScoringFile, policy: Policy | None) -> Iterator[Doubt]:
    """Metrics of need for what the policy raises the call for anyway."""
    raised = [rule for rule in policy.rules if _raises(rule)] if policy else []
    for name in file.weights.need:
        metric = file.metrics.get(name)
        if metric is None:
            continue
        rules = [rule.name for rule in raised if _is_same(name, metric, rule)]
        if rules:
            problem = f"{name}: the policy raises the call for it already ({listed(rules)})"
            mend = "leave it out here, or that rule there: else it counts twice"
            yield ("weights", "need", name), f"weights.need.{problem}: {mend}"


def _raises(rule: Rule) -> bool:
    return rule.adjust is not None and rule.adjust.priority != 0


def _is_same(name: str, metric: MetricSchema, rule: Rule) -> bool:
    words = {_SAME[fact] for when in rule.when for fact in facts_of(when) if fact in _SAME}
    said = f"{name} {metric.where or ''}".lower()
    for word in words:
        if word == "contact":
            same = metric.where is None and metric.source in ("contacts", OWN_CALLS)
        else:
            same = word in f"{said} {metric.source}"
        if same:
            return True
    return False
