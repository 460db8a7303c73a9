"""Whether a policy and a scoring fit: both are in force together, and are published one by one."""

from collections.abc import Collection, Iterator, Mapping

from ivr.domain.customers import SCORES
from ivr.domain.policy import Policy
from ivr.domain.routing.condition_tokens import facts_of
from ivr.domain.scoring.definition import Scoring
from ivr.policy.lint.attributes import Declared, in_condition

_OVERALL = "customer.score"


def misfits(policy: Policy, scoring: Scoring, given: Collection[str]) -> list[str]:
    """Say what the policy asks for that nothing makes, a line each.

    `given` are the scores that some customer has from an import: a run does not make those.
    """
    lacking = {name: _why(name, scoring) for name in SCORES if not _made(name, scoring, given)}
    made = scoring.attributes.items()
    attributes = {name: Declared(each.type, each.values) for name, each in made}
    return list(dict.fromkeys(_lines(policy, lacking, attributes)))


def _lines(
    policy: Policy,
    lacking: Mapping[str, str],
    attributes: Mapping[str, Declared],
) -> Iterator[str]:
    weighted = [name for name in SCORES if policy.score.get(name, 0)]
    for condition in policy.conditions():
        asked = facts_of(condition)
        for problem, _ in in_condition(condition, attributes):
            yield f"the policy asks for {condition}: {problem}"
        for name, why in lacking.items():
            if f"customer.{name}" in asked:
                yield f"the policy asks for {condition}, and nothing makes {name}: {why}"
        if _OVERALL in asked and all(name in lacking for name in weighted):
            yield f"the policy asks for {condition}, and nothing makes any score that it weighs"


def _made(name: str, scoring: Scoring, given: Collection[str]) -> bool:
    return name in scoring.made or name in given


def _why(name: str, scoring: Scoring) -> str:
    if scoring.origins.get(name) == "run":
        return f"scoring.yaml has no weights for it: write weights.{name}"
    mend = f"import it, or write `{name}: run` under `scores` with weights"
    return f"scoring.yaml says `given`, and no customer has one: {mend}"
