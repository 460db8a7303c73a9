"""The steps of a call, in order: identify, look up, decide."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ivr.domain.calls.incoming_call import (
    UNCLEAR,
    Caller,
    IncomingCall,
    PinCaller,
    hidden,
    is_hidden,
)
from ivr.domain.customers import Ambiguous, Found, Lookup, Unavailable, Unknown
from ivr.domain.policy import Policy
from ivr.domain.ports import Customers, NumberPlan, Pins, PolicySource, QueueWatch
from ivr.domain.routing.decision import Decision, decide
from ivr.domain.routing.facts import NOT_KNOWN, Queues, gather
from ivr.domain.routing.memory import memory_of
from ivr.domain.routing.trust import trust_of


class NoPins:
    """Where no PIN can be typed: the Pins port, and what typed digits are given to."""

    def typed(self, call_id: str, digits: str) -> None:
        """Forget it."""

    def expect(self, call_id: str, customer_id: str, caller: PinCaller, *, has_pin: bool) -> None:
        """Nothing."""

    async def verdict(self, call_id: str, customer_id: str) -> str:
        """Never anything."""
        return ""

    def may_ask(self, caller: PinCaller) -> bool:
        """Whether it is asked for is the dialplan's affair."""
        return True


class NobodyWatches:
    """The QueueWatch port where Asterisk cannot be asked."""

    def queues(self) -> Queues:
        """Nothing is known."""
        return NOT_KNOWN


@dataclass(frozen=True, slots=True)
class RouteCall:
    """Takes a call from arrival to decision. What it is given to work with are ports; it knows no adapter.

    `stopwatch` counts seconds.
    """

    numbers: NumberPlan
    customers: Customers
    policies: PolicySource
    stopwatch: Callable[[], float]
    pins: Pins = field(default_factory=NoPins)
    queues: QueueWatch = field(default_factory=NobodyWatches)

    async def route(self, call: IncomingCall) -> Decision:
        """Decide how `call` is treated. A customer who cannot be found or asked is a case of policy, not an error.

        Asked again in the same call, with what the caller has pressed or typed since, it decides with that, too.
        """
        return (await self.routed(call))[1]

    async def routed(self, call: IncomingCall) -> tuple[IncomingCall, Decision]:
        """The decision, as `route` takes it, and the call as it may be kept: of what is no customer number, the length.

        People type their PIN when they are asked for their number.
        """
        laps = [self.stopwatch()]
        in_force = self.policies.in_force(call)
        policy = in_force.policy
        entry = policy.entry_point(call.dialled)
        caller = self.identify(call, entry.region or policy.region)
        laps.append(self.stopwatch())
        call, caller, lookup = await self.look_up(call, caller)
        laps.append(self.stopwatch())
        pin = await self._pin(call, caller, lookup, policy)
        laps.append(self.stopwatch())
        queues = self.queues.queues()

        def decided(pin: str) -> Decision:
            gathered = gather(call, caller, lookup, policy, queues, pin, entry)
            return decide(call, gathered, policy, in_force.conditions, entry)

        decision = decided(pin)
        memory = memory_of(call, caller, policy, decision, lambda: decided(""))
        laps.append(self.stopwatch())
        steps = ("identify", "look up", "PIN", "decide")
        took = {step: round((end - begin) * 1000, 3) for step, begin, end in zip(steps, laps, laps[1:], strict=False)}
        return call, replace(decision, memory=memory, took_ms=took)

    def identify(self, call: IncomingCall, region: str) -> Caller:
        """Who claims to call: the number in E.164, unless it was withheld or is no telephone number.

        `region` is where the number is read as dialled: the entry point's, or the policy's. Two
        numbers that the trunk asserts may be one, differently written; else neither counts.
        """
        if call.withheld:
            return Caller(None, "number withheld")
        if call.asserted == UNCLEAR:
            return Caller(None, "no number asserted")
        if not call.caller_number:
            return Caller(None, "no caller number")
        said = [call.caller_number, call.asserted] if call.asserted else [call.caller_number]
        read = [self.numbers.read(each, region) for each in said]
        numbers = {each.number for each in read if each.number}
        if len(numbers) > 1:
            return Caller(None, "two numbers asserted")
        found = next((each for each in read if each.number), read[0])
        return Caller(found.number, found.why_not, doubt=found.doubt, other=found.other)

    async def look_up(self, call: IncomingCall, caller: Caller) -> tuple[IncomingCall, Caller, Lookup]:
        """Whom the customer number typed, else the number called from belongs to. Without a number nobody is asked.

        A customer number that agrees with the number called from adds nothing to doubt: then the caller is as sure
        as that number; one that only the keypad knows is worth less. The call comes back without what was typed, but
        for its length, unless there is such a customer number.
        """
        lookup = await self._by_number(call, caller)
        if not call.typed:
            return call, caller, lookup
        typed: Lookup = Unknown("not a known customer number")
        if not is_hidden(call.typed):
            typed = await self.customers.find_by_customer_number(call.typed, call.call_id)
        if not isinstance(typed, Found | Ambiguous):
            call = replace(call, typed=hidden(call.typed))
        if not isinstance(typed, Found):
            return call, caller, lookup if isinstance(lookup, Found) else typed
        agrees = typed.customer.customer_id in getattr(lookup, "customer_ids", ())
        return call, replace(caller, typed=not agrees), typed

    async def _by_number(self, call: IncomingCall, caller: Caller) -> Lookup:
        """Whom the number called from belongs to.

        Of a number that could be another one as well, customers of either kind may call: then it
        is not known which of them does; nor is it where the other one cannot be looked up.
        """
        if caller.number is None:
            return Unknown(caller.why_not)
        found = await self.customers.find(caller.number, call.call_id)
        if not caller.other or not isinstance(found, Found):
            return found
        other = await self.customers.find(caller.other, call.call_id)
        if isinstance(other, Unavailable):
            return other
        both = {found.customer.customer_id, *_customers(other)}
        return found if len(both) == 1 else Ambiguous(tuple(sorted(both)))

    async def _pin(self, call: IncomingCall, caller: Caller, lookup: Lookup, policy: Policy) -> str:
        """What came of a PIN for the customer who was found, and nobody else; `later` while none may be asked for."""
        if not isinstance(lookup, Found):
            return ""
        customer = lookup.customer
        number_alone = trust_of(call, replace(caller, typed=False), policy, "")
        believed = caller.number if number_alone != "none" else None
        typist = PinCaller(call.trunk, believed or "", own=bool(believed) and not caller.typed)
        self.pins.expect(call.call_id, customer.customer_id, typist, has_pin=customer.has_pin)
        if "p" in call.asked:
            return await self.pins.verdict(call.call_id, customer.customer_id)
        return "later" if customer.has_pin and not self.pins.may_ask(typist) else ""


def _customers(lookup: Lookup) -> tuple[str, ...]:
    if isinstance(lookup, Found):
        return (lookup.customer.customer_id,)
    return lookup.customer_ids if isinstance(lookup, Ambiguous) else ()
