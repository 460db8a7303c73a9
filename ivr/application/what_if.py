"""A policy tried without a call: who would call is looked up as ever, and what would be decided is explained."""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from ivr.application.route_call import RouteCall
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy import Policy
from ivr.domain.ports import Customers, NumberPlan, PolicyInForce
from ivr.domain.routing.explanation import Explanation, explanation
from ivr.domain.routing.fact_overrides import SupposedError, in_call, in_facts, time_of
from ivr.domain.routing.facts import gather


@dataclass(frozen=True, slots=True)
class Always:
    """The PolicySource port with one policy, for good."""

    bundle: PolicyInForce

    def in_force(self, call: IncomingCall | None = None) -> PolicyInForce:
        """That policy."""
        return self.bundle


async def tried(
    call: IncomingCall, in_force: PolicyInForce, numbers: NumberPlan, customers: Customers, facts: Mapping[str, Any]
) -> Explanation:
    """What would be decided about `call` if `facts` were so, which `domain.supposed` has read."""
    call = in_call(call, facts)
    flow = RouteCall(numbers, customers, Always(in_force), time.perf_counter)
    policy = in_force.policy
    entry = policy.entry_point(call.dialled)
    call, caller, lookup = await flow.look_up(call, flow.identify(call, entry.region or policy.region))
    gathered = gather(call, caller, lookup, policy, entry=entry)
    return explanation(call, in_facts(gathered, facts), in_force, entry)


def with_intent(call: IncomingCall, intent: str, policy: Policy) -> IncomingCall:
    """The call after its menu: `intent` is a key, or what the key stands for. Raises SupposedError."""
    entry = policy.entry_point(call.dialled)
    menu = policy.menus.get(entry.menu)
    if menu is None:
        raise SupposedError(f"{call.dialled} ({entry.name}) has no menu: nothing can be chosen there")
    names = {name: key for key, name in reversed(tuple(menu.keys.items()))}
    key = intent if intent in menu.keys else names.get(intent)
    if key is None:
        there_are = ", ".join(f"{key} ({name})" for key, name in menu.keys.items())
        raise SupposedError(f"{intent!r} is not in the menu of {entry.name}: there are: {there_are}")
    return replace(call, asked="m", intent=key)


def moment(text: str, dialled: str, policy: Policy) -> float:
    """The Unix time of `monday 10:00` where that number is answered; empty is now. Raises SupposedError."""
    hours = policy.hours.get(policy.entry_point(dialled).hours)
    now = dt.datetime.now(dt.UTC).astimezone(ZoneInfo(hours.zone) if hours else None)
    return (time_of(text, now) if text else now).timestamp()
