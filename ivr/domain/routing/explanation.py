"""A decision explained: how each segment and rule fared, also those that were not reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy import EntryPoint, Rule, Segment
from ivr.domain.ports import PolicyInForce
from ivr.domain.routing.decision import Decision, explain
from ivr.domain.routing.facts import Evaluate, Gathered
from ivr.domain.routing.trace import Tried


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision, with each segment and each rule of the policy as it was tried."""

    call: IncomingCall
    decision: Decision
    segments: tuple[tuple[Segment, Tried], ...]
    rules: tuple[tuple[Rule, Tried], ...]
    menu: tuple[tuple[str, str], ...] = ()  # key and intent, when the menu is asked


def explanation(
    call: IncomingCall, gathered: Gathered, in_force: PolicyInForce, entry: EntryPoint | None = None
) -> Explanation:
    """Decide, and find out how each segment and rule fared. Same inputs, same Explanation.

    `entry` is the policy's entry point for the number dialled, for whoever has it already.
    """
    policy = in_force.policy
    entry = entry or policy.entry_point(call.dialled)
    decision, tried = explain(call, gathered, policy, in_force.conditions, entry)
    holds = in_force.conditions(decision.trace.facts)
    menu = policy.menus.get(entry.menu)
    of_segments, of_rules = tried[: len(policy.segments)], tried[len(policy.segments) :]
    return Explanation(
        call,
        decision,
        tuple(_segments(policy.segments, of_segments, holds)),
        tuple(_rules(policy.rules, of_rules, holds)),
        tuple(menu.keys.items()) if menu and decision.question.kind == "menu" else (),
    )


def _segments(
    segments: Sequence[Segment],
    tried: Sequence[Tried],
    holds: Evaluate,
) -> Iterator[tuple[Segment, Tried]]:
    for segment, each in zip(segments, tried, strict=True):
        would, failed = _would(segment.enter, holds)
        yield segment, _also(each, failed, would=would and bool(segment.enter))


def _rules(
    rules: Sequence[Rule],
    tried: Sequence[Tried],
    holds: Evaluate,
) -> Iterator[tuple[Rule, Tried]]:
    for rule, each in zip(rules, tried, strict=True):
        would, failed = _would(rule.when, holds)
        yield rule, _also(each, failed, would=would)


def _would(conditions: Sequence[str], holds: Evaluate) -> tuple[bool, str]:
    """Whether all of them hold, and the first that does not."""
    failed = next((condition for condition in conditions if holds(condition) is not True), "")
    return not failed, failed


def _also(tried: Tried, failed: str, *, would: bool) -> Tried:
    """What was not reached, with whether it would have held."""
    return tried._replace(would=would, failed=failed) if tried.decided_by else tried
