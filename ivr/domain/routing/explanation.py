"""A decision explained: how each segment and rule fared, also those that were not reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy import EntryPoint, Rule, Segment
from ivr.domain.ports import PolicyInForce
from ivr.domain.routing.decision import Decision, explain
from ivr.domain.routing.facts import Evaluate, Gathered
from ivr.domain.routing.trace import Tried

Part = TypeVar("Part", Segment, Rule)


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
        _fared(policy.segments, of_segments, holds),
        _fared(policy.rules, of_rules, holds),
        tuple(menu.keys.items()) if menu and decision.question.kind == "menu" else (),
    )


def _fared(
    parts: Sequence[Part],
    tried: Sequence[Tried],
    holds: Evaluate,
) -> tuple[tuple[Part, Tried], ...]:
    return tuple((part, _also(part, each, holds)) for part, each in zip(parts, tried, strict=True))


def _also(part: Segment | Rule, tried: Tried, holds: Evaluate) -> Tried:
    """Say of what was not reached whether it would have held, and what fails first."""
    if not tried.decided_by:
        return tried
    conditions = part.enter if isinstance(part, Segment) else part.when
    failed = next((condition for condition in conditions if holds(condition) is not True), "")
    given_only = isinstance(part, Segment) and not conditions  # by a number dialled
    return tried._replace(would=not failed and not given_only, failed=failed)
