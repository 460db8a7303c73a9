"""What the core needs from outside, as protocols. Adapters implement them; app.py brings them together."""

from typing import TYPE_CHECKING, Protocol

from ivr.domain.call import IncomingCall
from ivr.domain.customer import Lookup
from ivr.domain.decision import Decision
from ivr.domain.policy import Policy

if TYPE_CHECKING:  # whoever only routes need not load it
    from ivr.domain.history import Fact


class NumberPlan(Protocol):
    """Understands telephone numbers."""

    def e164(self, number: str, region: str) -> str | None:
        """`number` in E.164 form (`+442079460001`), read as dialled in `region`; None when it is no such number."""
        ...


class Customers(Protocol):
    """Finds customers by number."""

    async def find(self, number: str, call_id: str = "") -> Lookup:
        """Who has this E.164 number. Never raises and never takes longer than its deadline.

        The call named `call_id` is not counted among the customer's earlier ones.
        """
        ...

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        """Who has this customer number, as the caller typed it; otherwise as `find`."""
        ...


class PolicySource(Protocol):
    """The policy in force."""

    def policy(self) -> Policy:
        """The last good policy."""
        ...


class Journal(Protocol):
    """Keeps what happened. Never blocks and never raises: it is called beside live calls."""

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        """Record a decision; `route_ms` is the time from the request to the answer, in milliseconds."""
        ...

    def happened(self, fact: "Fact") -> None:
        """Record a fact."""
        ...
