"""The steps of a call, in order: identify, look up, decide."""

from dataclasses import dataclass

from ivr.domain.call import Caller, IncomingCall
from ivr.domain.customer import Lookup, Unknown
from ivr.domain.decision import Decision, decide
from ivr.domain.policy import Policy
from ivr.domain.ports import Customers, NumberPlan, PolicySource


@dataclass(frozen=True, slots=True)
class CallFlow:
    """Takes a call from arrival to decision. What it is given to work with are ports; it knows no adapter."""

    numbers: NumberPlan
    customers: Customers
    policies: PolicySource

    async def route(self, call: IncomingCall) -> Decision:
        """Decide how `call` is treated. A customer who cannot be found or asked is a case of policy, not an error."""
        policy = self.policies.policy()
        caller = self.identify(call, policy)
        lookup = await self.look_up(caller)
        return decide(call, caller, lookup, policy)

    def identify(self, call: IncomingCall, policy: Policy) -> Caller:
        """Who claims to call: the number in E.164, unless it was withheld or is no telephone number."""
        if call.withheld:
            return Caller(None, "number withheld")
        if not call.caller_number:
            return Caller(None, "no caller number")
        number = self.numbers.e164(call.caller_number, policy.region)
        return Caller(number) if number else Caller(None, "not a telephone number")

    async def look_up(self, caller: Caller) -> Lookup:
        """Whom the number belongs to. Without a number nobody is asked."""
        return await self.customers.find(caller.number) if caller.number else Unknown(caller.why_not)
